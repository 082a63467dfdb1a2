"""The door to trends: a table of articles with themes in, shares by period, tests and change points out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import ALL_SOURCES, CHANGE_POINT_COLUMNS, STATUSES, TEST_COLUMNS, TREND_COLUMNS
from analysis.trends.adjustment import Adjusted, standardise
from analysis.trends.change_points import MOST_BLOCKS, Series, Steps, find_steps
from analysis.trends.misclassification import Calibrated, correct_memberships
from analysis.trends.multiplicity import false_discovery_rates
from analysis.trends.panel import Floats, Panel, gather_issues, sum_by
from analysis.trends.periods import Integers, Period, check_period
from analysis.trends.seasons import can_have_season, season_design
from analysis.trends.shares import Shares, cells_of, estimate_shares
from analysis.trends.trend_tests import estimate_trend, whole_issues

Column = NDArray[np.object_] | NDArray[np.float64] | NDArray[np.bool_]

SEASON_RATE: Final = 0.05
"""A theme is called seasonal when the false discovery rate of its season's test is below this."""


@dataclass(frozen=True)
class Trends:
    """What `estimate_trends` found, and the parameters that made it.

    Attributes
    ----------
    trends, tests, change_points
        Tables with the columns of `analysis.schema`.
    period, level, draws, seed, min_articles
        As given.
    undated
        Number of articles left out because they have neither a date nor an interval.
    """

    trends: pd.DataFrame
    tests: pd.DataFrame
    change_points: pd.DataFrame
    period: Period
    level: float
    draws: int
    seed: int
    min_articles: int
    undated: int


def estimate_trends(
    frame: pd.DataFrame,
    *,
    period: str = "month",
    level: float = 0.95,
    draws: int = 20,
    seed: int = 0,
    min_articles: int = 5,
    themes: Sequence[str] | None = None,
    calibrated: Calibrated = "study",
) -> Trends:
    """Estimate each theme's share of articles by period, for all sources and for each, and test its changes.

    Parameters
    ----------
    frame
        One row an article: `article_id`; `source` (missing: "unknown"); `date`, an ISO calendar date, or
        where that is missing `date_start` and `date_end`, between which the article is spread by days over
        the periods; and `p_<theme>` columns of calibrated probabilities (an article may belong to several
        themes), or `theme`, one label an article (`unmapped` or missing: none). Probabilities count where
        both are there.
    period
        "day", "week" (ISO, from Monday), "month", "quarter" or "year".
    level
        Confidence level of all intervals.
    draws
        Imputations of the assignment that Rubin's rules are applied for.
    seed
        Seed of the sign flips behind the p of change points; nothing else is random.
    min_articles
        A period with fewer articles than this (and more than none) has the status "few".
    themes
        The themes to follow, in order; all by default.

    Returns
    -------
    Trends
        `trends`: every period from the first to the last, for every theme, for `ALL` and each source; how the
        numbers come about is told in `shares.estimate_shares` and `adjustment.standardise`.
        `tests`: one row a theme and source, `ALL` being adjusted for source (`trend_tests`).
        `change_points`: the likeliest step of each series, significant or not, unless a straight line fits
        decisively better: choose by q (`change_points`). `q` is Benjamini–Hochberg over all tests
        made in a table.

    Raises
    ------
    corpus.schema.TableError, analysis.trends.periods.DateError
        If the frame lacks something or holds what can't be read.
    ValueError
        If a parameter is out of its range.
    """
    length = check_period(period)
    _check_parameters(level, draws, min_articles)
    panel, errors = correct_memberships(
        gather_issues(frame, period=length, themes=themes), calibrated=calibrated
    )
    cells = cells_of(panel)
    shares = estimate_shares(cells, errors, level=level, draws=draws)
    adjusted = standardise(cells, shares, errors, level=level)
    steps = _find_all_steps(panel, level=level, seed=seed)
    return Trends(
        _trend_table(panel, shares, adjusted, min_articles),
        _test_table(panel, steps, level),
        _change_point_table(panel, steps, shares, adjusted),
        length, level, draws, seed, min_articles, panel.undated,
    )  # fmt: skip


def _check_parameters(level: float, draws: int, min_articles: int) -> None:
    """Raise `ValueError` for a parameter out of its range."""
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; expected a confidence level between 0 and 1, such as 0.95")
    if draws < 2:
        raise ValueError(f"draws is {draws}; Rubin's rules need 2 imputations or more")
    if min_articles < 1:
        raise ValueError(f"min_articles is {min_articles}; expected 1 or more")


def _groups(panel: Panel) -> tuple[str, ...]:
    """Return the values of `source` in the tables: all together first."""
    return (ALL_SOURCES, *panel.sources)


def _trend_table(panel: Panel, shares: Shares, adjusted: Adjusted, min_articles: int) -> pd.DataFrame:
    """Lay the arrays (group, period, theme) out as rows: theme, then group, then period."""
    groups, periods, themes = len(_groups(panel)), len(panel.calendar), len(panel.themes)

    def rows(values: Floats) -> Floats:
        return np.broadcast_to(values, (groups, periods, themes)).transpose(2, 0, 1).ravel()

    def only_all(values: Floats) -> Floats:
        padded = np.full((groups, periods, themes), np.nan)
        padded[0] = values
        return rows(padded)

    n = rows(shares.articles[:, :, None])
    status = np.array(STATUSES, dtype=object)[np.where(n <= 0, 2, np.where(n < min_articles, 1, 0))]
    columns: tuple[Column, ...] = (
        np.repeat(np.array(panel.themes, dtype=object), groups * periods),
        np.tile(np.repeat(np.array(_groups(panel), dtype=object), periods), themes),
        np.tile(panel.calendar.starts.astype(str).astype(object), groups * themes),
        np.tile(panel.calendar.ends.astype(str).astype(object), groups * themes),
        n, rows(shares.members), rows(shares.share), rows(shares.low), rows(shares.high),
        only_all(adjusted.share), only_all(adjusted.low), only_all(adjusted.high), status,
    )  # fmt: skip
    return _table(dict(zip(TREND_COLUMNS, columns, strict=True)))


def _test_table(panel: Panel, steps: Sequence[_DatedSteps], level: float) -> pd.DataFrame:
    """Test every theme in all sources together and in each."""
    issues = whole_issues(panel)
    groups_of_issues = [issues, *(issues.only(code) for code in range(len(panel.sources)))]
    found = [
        estimate_trend(of_group, level=level, step_days=dated.days(panel))
        for of_group, dated in zip(groups_of_issues, steps, strict=True)
    ]

    def rows(name: str) -> Floats:
        return np.stack([np.asarray(getattr(test, name)) for test in found], axis=1).ravel()

    themes, groups = np.array(panel.themes, dtype=object), np.array(_groups(panel), dtype=object)
    p = rows("p")
    seasonal = false_discovery_rates(rows("season_p")) < SEASON_RATE
    columns: tuple[Column, ...] = (
        np.repeat(themes, len(groups)), np.tile(groups, len(themes)),
        rows("effect"), rows("low"), rows("high"), p, false_discovery_rates(p), seasonal,
    )  # fmt: skip
    return _table(dict(zip(TEST_COLUMNS, columns, strict=True)))


@dataclass(frozen=True)
class _DatedSteps:
    """The steps of one group, and the periods that its places stand for."""

    steps: Steps
    held: Integers

    def days(self, panel: Panel) -> Floats:
        """Return each theme's first day after its step (days since 1970), NaN where none was sought."""
        starts = panel.calendar.starts.astype(np.float64)[self.held[self.steps.place]]
        return np.where(self.steps.place < 0, np.nan, starts)


def _find_all_steps(panel: Panel, *, level: float, seed: int) -> list[_DatedSteps]:
    """Look for the step of every theme, in all sources together and in each."""
    everything = list(range(len(panel.sources)))
    found = []
    for members in [everything, *([code] for code in everything)]:
        series, held = _series(panel, members)
        found.append(_DatedSteps(find_steps(series, level=level, seed=seed), held))
    return found


def _change_point_table(
    panel: Panel, found: Sequence[_DatedSteps], shares: Shares, adjusted: Adjusted
) -> pd.DataFrame:
    """Give a row to each step that no straight line beats; q is over all that were sought."""
    starts, groups = panel.calendar.starts.astype(str).astype(object), _groups(panel)
    parts = []
    for group, (name, dated) in enumerate(zip(groups, found, strict=True)):
        steps, held = dated.steps, dated.held
        share = adjusted.share if group == 0 else shares.share[group]
        before, after = _levels(share[held], shares.articles[group][held], steps)
        dates = (starts[held[at]] for at in (steps.place, steps.low, steps.high))
        names = (np.array(panel.themes, dtype=object), np.full(len(panel.themes), name, dtype=object))
        columns = (*names, *dates, before, after, steps.p, np.full(len(steps.p), np.nan))
        part = pd.DataFrame(dict(zip(CHANGE_POINT_COLUMNS, columns, strict=True)))
        parts.append(part.assign(dated=steps.dated, order=np.arange(len(part))))
    table = pd.concat(parts, ignore_index=True).sort_values("order", kind="stable")
    table["q"] = false_discovery_rates(table["p"])
    table = table.loc[table["dated"], list(CHANGE_POINT_COLUMNS)].reset_index(drop=True)
    return table.astype(dict.fromkeys(CHANGE_POINT_COLUMNS[:5], "str"))


def _series(panel: Panel, members: Sequence[int]) -> tuple[Series, Integers]:
    """Return the articles of some sources by slot, and the periods that hold any."""
    mine = np.isin(panel.source, members)
    held, period = np.unique(panel.period[mine], return_inverse=True)
    starts, ends = (days.astype(np.float64) for days in (panel.calendar.starts, panel.calendar.ends))
    start, end = starts[held][period], ends[held][period]
    parts = max(1, MOST_BLOCKS // len(held))
    part = (np.clip(panel.day[mine], start, end) - start) * parts // (end - start + 1)
    slots, slot = np.unique(period * parts + part.astype(np.int64), return_inverse=True)
    source = np.unique(panel.source[mine], return_inverse=True)[1]
    cells, cell = np.unique(source * len(slots) + slot, return_inverse=True)
    middle = (
        starts[held][slots // parts]
        + (slots % parts + 0.5) / parts * (ends - starts + 1)[held][slots // parts]
    )
    seasonal = panel.calendar.period != "year" and can_have_season(middle)
    season = season_design(middle) if seasonal else np.empty((len(slots), 0))
    successes, trials = (sum_by(cell, table[mine], len(cells)) for table in (panel.members, panel.weight))
    return Series(successes, trials, cells // len(slots), cells % len(slots), slots // parts, season), held


def _levels(share: Floats, articles: Floats, steps: Steps) -> tuple[Floats, Floats]:
    """Return each theme's mean share, weighted by articles, before its step and from it on."""
    later = np.arange(len(share))[:, None] >= steps.place
    early, late = (np.where(part, articles[:, None], 0.0) for part in (~later, later))
    known = ~np.isnan(share)
    filled = np.where(known, share, 0.0)
    before, after = (
        (filled * part).sum(axis=0) / np.maximum((known * part).sum(axis=0), 1e-12) for part in (early, late)
    )
    return before, after


def _table(columns: Mapping[str, Column]) -> pd.DataFrame:
    """Make a table, its words in pandas' own string type."""
    table = pd.DataFrame(columns)
    words = [name for name, values in columns.items() if values.dtype == object]
    return table.astype(dict.fromkeys(words, "str"))
