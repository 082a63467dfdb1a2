"""Studies whose truth is known: simulated streams of news to hold the statistics to.

A study is a table of articles with the themes they were assigned, and the true shares behind them. It is
built the way newspapers are: sources of different habits and changing volume, articles of an issue chosen
together, themes that drift, jump, return every year or burst, and an assignment that errs at a known rate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import ALL_SOURCES, SHARE, THEME, UNMAPPED, probability_column
from analysis.trends.confusion import Confusion, bayes, confuse, confusion_matrix, confusion_table
from analysis.trends.lunar import lunar_day
from analysis.trends.panel import Floats
from analysis.trends.periods import Days


@dataclass(frozen=True)
class Ritual:
    """What returns every year for some days: a congress in March, a travel season about the lunar New Year.

    Attributes
    ----------
    month, day
        The first day, 1 being January or the first lunar month.
    days
        How long it lasts.
    height
        How much it adds in log-odds.
    lunar
        Whether month and day are those of the Chinese lunar calendar.
    """

    month: int
    day: int
    days: int
    height: float
    lunar: bool = False

    def lift(self, days: Days) -> Floats:
        """Return what the ritual adds on each day."""
        first = int(days.min().astype("datetime64[Y]").astype(np.int64)) + 1969
        last = int(days.max().astype("datetime64[Y]").astype(np.int64)) + 1970
        added = np.zeros(days.shape)
        for year in range(first, last + 1):
            start = self._start(year)
            added[(days >= start) & (days < start + self.days)] = self.height
        return added

    def _start(self, year: int) -> np.datetime64:
        """Return the first day in a year, or in a lunar year."""
        if self.lunar:
            return lunar_day(year, self.month, self.day)
        return np.datetime64(f"{year}-{self.month:02d}-{self.day:02d}", "D")


@dataclass(frozen=True)
class Signal:
    """How a theme's share moves; the parts add up in log-odds, months are counted from 0.

    Attributes
    ----------
    share
        Share of articles at the start, in a source without a leaning.
    ramp_to
        Share that a straight line in log-odds reaches in the last month.
    step
        (month, share): from that month on the share is this.
    season
        (height, month): a cosine of that height in log-odds, with its peak in that month of the year (0:
        January).
    burst
        (month, months, height): so much more in log-odds from that month, for so many months.
    leanings
        One addition in log-odds a source.
    rituals
        What is added on some days of every year.
    """

    share: float
    ramp_to: float | None = None
    step: tuple[int, float] | None = None
    season: tuple[float, float] | None = None
    burst: tuple[int, int, float] | None = None
    leanings: tuple[float, ...] = ()
    rituals: tuple[Ritual, ...] = ()

    def path(self, months: int, *, first_month: int = 0) -> Floats:
        """Return the log-odds of each month, without leanings and rituals."""
        time = np.arange(months, dtype=np.float64)
        path = np.full(months, _logit(self.share))
        if self.ramp_to is not None:
            path += (_logit(self.ramp_to) - _logit(self.share)) * time / max(months - 1, 1)
        if self.step is not None:
            path[self.step[0] :] += _logit(self.step[1]) - _logit(self.share)
        if self.season is not None:
            path += self.season[0] * np.cos(2 * np.pi * (time + first_month - self.season[1]) / 12)
        if self.burst is not None:
            path[self.burst[0] : self.burst[0] + self.burst[1]] += self.burst[2]
        return path


@dataclass(frozen=True)
class Design:
    """A study to simulate.

    Attributes
    ----------
    signals
        Theme → how it moves.
    volumes
        Source → mean articles a month, one number or one a month (0: absent).
    months, start
        Length, and the first month (ISO, such as "2020-01").
    issues_a_month
        Issues of a source in a month, at most 28.
    clustering
        Correlation of membership within an issue, 0 up to below 1.
    shock
        Standard deviation in log-odds of shocks that every source shares in a month.
    confusion
        Probability of an error: an article gets the label of a random other theme (or none). Or a matrix: a
        row a true theme, a column an assigned one, in the order of `signals`, no theme last. The
        probabilities in the result are then Bayes' from the labels, at the mean shares of the study.
    """

    signals: Mapping[str, Signal]
    volumes: Mapping[str, float | Sequence[float]]
    months: int = 24
    start: str = "2020-01"
    issues_a_month: int = 20
    clustering: float = 0.0
    shock: float = 0.0
    confusion: Confusion = 0.0


@dataclass(frozen=True)
class Study:
    """A simulated study.

    Attributes
    ----------
    articles
        `article_id`, `source`, `date`, `theme` (as assigned), `truth` (the real theme), and `p_<theme>`
        columns if the assignment errs.
    truth
        `theme`, `source`, `period_start` (months), `share`: of each source, and of `ALL` at the volumes
        drawn. `adjusted` is the share at the fixed mix of the whole study, for `ALL` alone.
    steps
        Theme → first day of the month of its step.
    confusion
        Probability of each assigned label (columns) of an article of each true one (rows).
    """

    articles: pd.DataFrame
    truth: pd.DataFrame
    steps: dict[str, str] = field(default_factory=dict)
    confusion: pd.DataFrame = field(default_factory=pd.DataFrame)


def simulate_study(design: Design, *, seed: int) -> Study:
    """Simulate a study; the same design and seed give the same study.

    The label of an article is drawn from the shares of its issue, which a Dirichlet distribution spreads
    about those of the source and month: the expectation stays and two articles of an issue are correlated by
    `clustering`.
    """
    rng = np.random.default_rng(seed)
    themes, sources = tuple(design.signals), tuple(design.volumes)
    of_issues = _true_shares(design, rng)
    shares = of_issues.mean(axis=2)
    volume = np.stack(
        [np.broadcast_to(np.asarray(v, dtype=np.float64), design.months) for v in design.volumes.values()]
    )
    counts = rng.poisson(volume)
    source, month = (part.ravel() for part in np.indices(counts.shape))
    article_cell = np.repeat(np.arange(counts.size), counts.ravel())
    issue = rng.integers(0, design.issues_a_month, size=len(article_cell))
    issues, of_article = np.unique(article_cell * design.issues_a_month + issue, return_inverse=True)
    chances = _issue_shares(
        of_issues.reshape(counts.size * design.issues_a_month, -1)[issues], design.clustering, rng
    )
    label = _draw(chances[of_article], rng)
    matrix = confusion_matrix(design.confusion, len(themes) + 1)
    assigned = confuse(label, design.confusion, matrix, rng)
    names = np.array([*themes, UNMAPPED], dtype=object)
    dates = _days(design)[month[article_cell], issue]
    start = np.datetime64(design.start, "M")
    articles = pd.DataFrame({
        "article_id": [f"a{number:07d}" for number in range(len(label))],
        "source": np.array(sources, dtype=object)[source[article_cell]],
        "date": dates.astype(str),
        THEME: names[assigned],
        "truth": names[label],
    })  # fmt: skip
    if not np.array_equal(matrix, np.eye(len(names))):
        mean = np.average(shares.reshape(counts.size, -1), axis=0, weights=counts.ravel())
        chance = bayes(mean, matrix)
        for place, theme in enumerate(themes):
            articles[probability_column(theme)] = chance[assigned, place]
    steps = {
        theme: str((start + signal.step[0]).astype("datetime64[D]"))
        for theme, signal in design.signals.items()
        if signal.step is not None
    }
    truth = _truth_table(design, shares, counts, start)
    return Study(articles, truth, steps, confusion_table(matrix, names.tolist()))


def _logit(share: float) -> float:
    """Return log-odds."""
    return float(np.log(share / (1 - share)))


def _days(design: Design) -> Days:
    """Return (months, issues) the day of each issue of a month."""
    months = np.datetime64(design.start, "M") + np.arange(design.months)
    place = np.arange(design.issues_a_month) * 28 // design.issues_a_month
    days: Days = months.astype("datetime64[D]")[:, None] + place.astype("timedelta64[D]")
    return days


def _true_shares(design: Design, rng: np.random.Generator) -> Floats:
    """Return (S, months, issues, K + 1) shares, the last for no theme."""
    first_month, days = int(design.start[5:7]) - 1, _days(design)
    cube = np.empty((len(design.volumes), *days.shape, len(design.signals) + 1))
    for place, signal in enumerate(design.signals.values()):
        leanings = np.asarray(signal.leanings or (0.0,) * len(design.volumes))
        shocks = rng.normal(0.0, design.shock, design.months) if design.shock > 0 else np.zeros(design.months)
        odds = signal.path(design.months, first_month=first_month) + shocks + leanings[:, None]
        added = sum((ritual.lift(days) for ritual in signal.rituals), np.zeros(days.shape))
        cube[..., place] = 1 / (1 + np.exp(-(odds[:, :, None] + added)))
    cube[..., -1] = 1 - cube[..., :-1].sum(axis=-1)
    if cube[..., -1].min() < 0:
        raise ValueError(
            f"the themes' shares add up to {1 - cube[..., -1].min():.2f} somewhere; expected 1 at most"
        )
    return cube


def _issue_shares(mean: Floats, clustering: float, rng: np.random.Generator) -> Floats:
    """Draw each issue's shares about their mean (Dirichlet), so that articles correlate by `clustering`."""
    if clustering <= 0:
        return mean
    draws = rng.gamma(np.maximum(mean * (1 - clustering) / clustering, 1e-12))
    total = draws.sum(axis=1, keepdims=True)
    return np.where(total > 0, draws / np.where(total > 0, total, 1.0), mean)


def _draw(chances: Floats, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw one label a row."""
    cut = rng.random(len(chances))[:, None] * chances.sum(axis=1, keepdims=True)
    place = (np.cumsum(chances, axis=1) < cut).sum(axis=1)
    return np.asarray(np.minimum(place, chances.shape[1] - 1), dtype=np.int64)


def _truth_table(
    design: Design, shares: Floats, counts: NDArray[np.int64], start: np.datetime64
) -> pd.DataFrame:
    """Lay the true shares out as rows."""
    months = (start + np.arange(design.months)).astype("datetime64[D]").astype(str)
    total = counts.sum(axis=0)
    together = np.einsum("st,stk->tk", counts / np.where(total > 0, total, 1), shares)
    fixed = np.einsum("s,stk->tk", counts.sum(axis=1) / counts.sum(), shares)
    parts = []
    for place, theme in enumerate(design.signals):
        everything = pd.DataFrame({"source": ALL_SOURCES, "period_start": months, SHARE: together[:, place]})
        everything["adjusted"] = fixed[:, place]
        own = [
            pd.DataFrame({"source": name, "period_start": months, SHARE: shares[code, :, place]})
            for code, name in enumerate(design.volumes)
        ]
        parts.append(pd.concat([everything, *own], ignore_index=True).assign(**{THEME: theme}))
    return pd.concat(parts, ignore_index=True)[[THEME, "source", "period_start", SHARE, "adjusted"]]
