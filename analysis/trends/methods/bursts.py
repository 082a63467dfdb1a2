"""Bursts: stretches of periods in which a theme has far more articles than its course lets expect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import BURST_COLUMNS, THEME
from analysis.trends.issues import Issues, whole_issues
from analysis.trends.methods.clustered import enough, groups_of
from analysis.trends.multiplicity import false_discovery_rates
from analysis.trends.panel import Floats, Panel, sum_by
from analysis.trends.periods import Integers
from analysis.trends.quasibinomial import Fit, fit_quasi_binomial
from analysis.trends.seasons import YEAR, can_have_season, season_design

States = NDArray[np.bool_]

DRAWS: Final = 999
LEAST_PERIODS: Final = 8
"""Fewer periods with articles than this hold no burst."""


@dataclass(frozen=True)
class _Burst:
    """A burst: places of its first, last and highest period; articles on the theme, expected ones."""

    first: int
    last: int
    peak: int
    n_theme: float
    expected: float
    weight: float
    p: float
    theme: int = -1
    source: str = ""

    def placed(self, held: Integers) -> _Burst:
        """Return it with places in the calendar, `held` being those of the periods with articles."""
        first, last, peak = (int(held[place]) for place in (self.first, self.last, self.peak))
        return replace(self, first=first, last=last, peak=peak)


@dataclass(frozen=True)
class _Course:
    """What one theme was expected to do, cell by cell of source and period.

    `expected` (C,) articles on the theme, `trials` (C,), `period` (C,) of T, `basis` (C, p) what the model
    was free to fit, `dispersion` of issues.
    """

    expected: Floats
    trials: Floats
    period: Integers
    basis: Floats
    dispersion: float


def find_bursts(
    panel: Panel, *, ratio: float = 2.0, rate: float = 0.05, draws: int = DRAWS, seed: int = 0
) -> pd.DataFrame:
    """Find the bursts of each theme, in all sources together and in each, at a stated rate of false alarms.

    Kleinberg's two-state automaton for batches. In period t, d_t articles, of which r_t are on the theme,
    come from state 0 with share p_0t or from state 1 with `ratio` times its odds; entering state 1 has a
    cost, leaving it none. The states that cost least in all are found by dynamic programming; a run of state
    1 is a burst of the weight Σ (log-likelihood in state 1 - that in state 0). It differs in three things:

    - p_0t is not one number but what sources, a straight trend and the season let expect (quasi-binomial, two
      harmonics), so that a ritual or a change of the mix is no burst.
    - Log-likelihoods are divided by the dispersion φ of issues.
    - The cost isn't γ log T with a γ of one's choice. `draws` series are drawn from the same expectation and
      dispersion (binomial on d/φ effective articles), less what the model would have fitted of their noise
      (one step of Newton's method); the cost is the weight of the heaviest stretch that a share `rate` of
      them exceeds. A series without bursts then gives a false alarm with probability `rate`.

    p of a burst is the share of the draws whose heaviest stretch is as heavy, the data counted as one draw.

    Parameters
    ----------
    panel
        From `gather_issues`; its periods are the batches.
    ratio
        Factor of the odds in a burst, above 1.
    rate
        Probability of a false alarm in a series without bursts.
    draws
        Simulated series.
    seed
        Seed of the draws.

    Returns
    -------
    DataFrame
        One row a burst: `theme`, `source`, `start` and `end` (first day of its first, last day of its last
        period), `peak` (first day of the period highest above expectation), `n_theme`, `expected` articles,
        `weight`, `p`, `q`. `q` is Benjamini–Hochberg over the bursts found and, with the p of their heaviest
        stretch, all series that were searched and have none.

    Raises
    ------
    ValueError
        If a parameter is out of its range.

    Notes
    -----
    Reference: Kleinberg (2002), *Bursty and hierarchical structure in streams*, KDD; 2003, *Data Min. Knowl.
    Discov.* 7, 373, §4. Assumptions: sources move together in log-odds; issues are independent given the
    course. A shock that all sources share for a single period is a burst, if high enough. A step that lasts
    is found as a long burst: read `change_points` beside this. Don't use it on periods so short that most
    hold no article. Not searched: themes with fewer than five expected articles on or off, or fewer than
    eight periods.
    """
    if ratio <= 1 or not 0 < rate < 1 or draws < 1 / rate - 1:
        raise ValueError(
            f"ratio is {ratio}, rate {rate}, draws {draws}; expected a ratio above 1, a rate from 0 to 1, "
            "and 1 / rate - 1 draws or more"
        )
    rng = np.random.default_rng(seed)
    rows: list[_Burst] = []
    others: list[float] = []
    for name, own in groups_of(panel, whole_issues(panel)):
        fitted = _fit_course(panel, own)
        if fitted is None:
            continue
        fit, design, held, period = fitted
        for theme in np.flatnonzero(enough(fit, own)).tolist():
            course = _course_of(fit, own, theme, design, period, len(held))
            series = sum_by(period, own.successes[:, theme] * fit.live[:, theme], len(held))
            p, found = _bursts(series, course, ratio, rate, _simulate(course, len(held), draws, rng))
            others += [] if found else [p]
            rows += [replace(burst, theme=theme, source=name).placed(held) for burst in found]
    return _table(panel, rows, others)


def burst_states(gain: Floats, cost: float) -> States:
    """Return (T,) the states of least cost: where state 1 gains `gain` (T,) and entering it costs `cost`.

    The automaton starts in state 0 and leaves state 1 for nothing; of equal costs, state 0 is taken.
    """
    count = len(gain)
    from_low, from_high = np.empty(count, dtype=bool), np.empty(count, dtype=bool)
    low, high = 0.0, np.inf
    for period in range(count):
        from_high[period], from_low[period] = high < low, low + cost <= high
        low, high = min(low, high), min(high, low + cost) - gain[period]
    states = np.empty(count, dtype=bool)
    state = high < low
    for period in range(count - 1, -1, -1):
        states[period] = state
        state = not from_low[period] if state else bool(from_high[period])
    return states


def burst_gain(successes: Floats, trials: Floats, base: Floats, *, ratio: float) -> Floats:
    """Return the log-likelihood of each period in state 1 (`ratio` times the odds) less that in state 0."""
    lifted = ratio * base / (1 - base + ratio * base)
    gain = successes * np.log(lifted / base) + (trials - successes) * np.log((1 - lifted) / (1 - base))
    return np.where(trials > 0, gain, 0.0)


def _table(panel: Panel, rows: list[_Burst], others: list[float]) -> pd.DataFrame:
    """Lay the bursts out, theme by theme."""
    rows = sorted(rows, key=lambda burst: burst.theme)
    starts, ends = panel.calendar.starts.astype(str), panel.calendar.ends.astype(str)
    table = pd.DataFrame({
        THEME: [panel.themes[burst.theme] for burst in rows], "source": [burst.source for burst in rows],
        "start": [starts[burst.first] for burst in rows], "end": [ends[burst.last] for burst in rows],
        "peak": [starts[burst.peak] for burst in rows],
    }, dtype="str")  # fmt: skip
    for column in ("n_theme", "expected", "weight", "p"):
        table[column] = np.array([getattr(burst, column) for burst in rows], dtype=np.float64)
    table["q"] = false_discovery_rates([*table["p"], *others])[: len(table)]
    return table[list(BURST_COLUMNS)]


def _fit_course(panel: Panel, own: Issues) -> tuple[Fit, Floats, Integers, Integers] | None:
    """Fit sources, trend and season; return also the design, the periods held, and each issue's place."""
    if len(own.day) == 0:
        return None
    place = panel.calendar.positions(own.day.astype(np.int64).astype("datetime64[D]"))
    held, period = np.unique(place, return_inverse=True)
    design = ((own.day - own.day.mean()) / YEAR)[:, None]
    if panel.calendar.period != "year" and can_have_season(own.day):
        design = np.hstack([design, season_design(own.day)])
    if len(held) < LEAST_PERIODS or len(own.day) < design.shape[1] + own.source.max() + 4:
        return None
    size = int(own.source.max()) + 1
    fit = fit_quasi_binomial(own.successes, own.trials, own.source, design, size=size)
    return fit, design, held, period.ravel()


def _course_of(fit: Fit, own: Issues, theme: int, design: Floats, period: Integers, periods: int) -> _Course:
    """Sum one theme's expectation over the issues of each source and period."""
    live = fit.live[:, theme] > 0
    cells, cell = np.unique(own.source[live] * periods + period[live], return_inverse=True)
    cell = cell.ravel()
    trials = sum_by(cell, own.trials[live], len(cells))
    expected = sum_by(cell, (own.trials * fit.mean[:, theme])[live], len(cells))
    source = np.unique(cells // periods, return_inverse=True)[1].ravel()
    mean_design = sum_by(cell, design[live] * own.trials[live, None], len(cells)) / trials[:, None]
    basis = np.hstack([np.eye(int(source.max()) + 1)[source], mean_design])
    variance = fit.variance[live, theme].sum()
    parameters = basis.shape[1]
    inflate = live.sum() / max(live.sum() - parameters, 1)
    dispersion = float((fit.residual[live, theme] ** 2).sum() / variance * inflate)
    return _Course(expected, trials, cells % periods, basis, max(dispersion, 1e-3))


def _bursts(
    series: Floats, course: _Course, ratio: float, rate: float, drawn: Floats
) -> tuple[float, list[_Burst]]:
    """Return the p of the heaviest stretch of a series, and its bursts with theirs."""
    periods = len(series)
    trials = sum_by(course.period, course.trials, periods)[:, None]
    expected = sum_by(course.period, course.expected, periods)[:, None]
    base = np.clip(np.divide(expected, trials, out=np.full_like(trials, 0.5), where=trials > 0), 1e-9, 0.999)
    together = np.hstack([series[:, None], drawn])
    gain = burst_gain(together, trials, base, ratio=ratio) / course.dispersion
    heaviest = _heaviest_stretch(gain)
    draws = np.sort(heaviest[1:])

    def p_of(weight: float) -> float:
        return float((1 + (draws >= weight - 1e-9).sum()) / (1 + len(draws)))

    allowed = int(np.floor(rate * (len(draws) + 1))) - 1
    states = burst_states(gain[:, 0], max(float(draws[len(draws) - 1 - allowed]), 1e-9))
    starts = np.flatnonzero(states & ~np.concatenate([[False], states[:-1]]))
    ends = np.flatnonzero(states & ~np.concatenate([states[1:], [False]]))
    above = (series - expected[:, 0]) / np.sqrt(np.maximum(expected[:, 0], 1e-9))
    found = []
    for first, last in zip(starts.tolist(), ends.tolist(), strict=True):
        inside = slice(first, last + 1)
        weight = float(gain[inside, 0].sum())
        peak = first + int(np.argmax(above[inside]))
        on, usual = float(series[inside].sum()), float(expected[inside, 0].sum())
        found.append(_Burst(first, last, peak, on, usual, weight, p_of(weight)))
    return p_of(float(heaviest[0])), found


def _simulate(course: _Course, periods: int, draws: int, rng: np.random.Generator) -> Floats:
    """Draw (T, B) series without bursts, less the part of their noise that the model would have fitted."""
    share = np.clip(course.expected / course.trials, 0.0, 1.0)
    size = np.maximum(np.round(course.trials / course.dispersion), 1.0)
    drawn = rng.binomial(size.astype(np.int64), share, size=(draws, len(share))).T / size[:, None]
    noise = (drawn - share[:, None]) * course.trials[:, None]
    weight = course.trials * share * (1 - share)
    gram = course.basis.T @ (course.basis * weight[:, None])
    fitted = weight[:, None] * (course.basis @ np.linalg.lstsq(gram, course.basis.T @ noise, rcond=None)[0])
    drawn = np.clip(course.expected[:, None] + noise - fitted, 0.0, course.trials[:, None])
    return sum_by(course.period, drawn, periods)


def _heaviest_stretch(gain: Floats) -> Floats:
    """Return (B,) the largest sum of consecutive periods of (T, B) gains, 0 at least."""
    running, heaviest = np.zeros(gain.shape[1]), np.zeros(gain.shape[1])
    for row in gain:
        running = np.maximum(running + row, 0.0)
        heaviest = np.maximum(heaviest, running)
    return heaviest
