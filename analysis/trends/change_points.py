"""When did a theme's share jump? The single most likely step of each series, its date, interval and p."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.trends.panel import Floats, sum_by
from analysis.trends.periods import Integers
from analysis.trends.quasibinomial import Fit
from analysis.trends.step_draws import MOST_BLOCKS, Draws, draw_largest, tail_p
from analysis.trends.step_scores import Series, after_places, fit_no_change, score_steps

LEAST_PERIODS: Final = 8
"""Fewer periods with articles than this can't hold a dated step."""
LEAST_ARTICLES: Final = 10
FLIPS: Final = 1999
DECISIVE: Final = 2.0
SHOCK_LEVEL: Final = 0.25
NEIGHBOURS: Final = 0.8
LEAST_SIDE_PERIODS: Final = 2
LEAST_SIDE: Final = 5.0
"""Information that either side of a step must hold: of so many articles on a rare theme, or a tenth."""


@dataclass(frozen=True)
class Steps:
    """The step found in each theme, (K,) each.

    `place` of the first period after the step, `low` and `high` places of its interval, `p`, and `dated`:
    whether no straight line fits decisively better. Places are -1 and p is NaN where nothing was tested.
    """

    place: Integers
    low: Integers
    high: Integers
    p: Floats
    dated: NDArray[np.bool_]


def find_steps(series: Series, *, level: float, seed: int, flips: int = FLIPS) -> Steps:
    """Find the most likely single step of each theme.

    Null model: logit share = source [+ season], quasi-binomial. For every period that leaves two periods on
    either side, and the information of five articles on a rare theme (a tenth of all, where that is less),
    the efficient score of a step there is squared over its information. This is the likelihood-ratio scan to
    second order (Hawkins 1977; Csörgő & Horváth 1997, *Limit Theorems in Change-Point Analysis*), with
    sources and season projected out. The step stands where the likelihood of a place and of its neighbours,
    at four fifths, is greatest: one period off is a small error, and this is right within one more often than
    the largest value (94 to 92 % for a step from 5 to 8 % at 400 articles a month; a date chosen by one who
    knows both levels, 97 to 94 %).

    p: the signs of the slots' score contributions are flipped at random, `flips` times, and the largest
    statistic taken again (Hemerik, Goeman & Finos 2020, *J. R. Stat. Soc. B* 82, 841), over the variance that
    flipped scores have. It needs no model of the variance: issues may be as uneven and as overdispersed as
    they are, whole issues and all sources flip together. Shocks that whole periods share would escape it:
    where the periods' Pearson chi-square, with the step taken out, exceeds that of slots (of sources in them,
    where a period is one slot) by what chance does in a quarter of studies (F test at 25 %), whole periods
    flip. A few periods at an end have too few signs for that: where the step leaves fewer than six on a side,
    and where nothing is smaller than a period, the periods' standardised residuals are permuted instead, at
    the cost of some power (Antoch & Hušková 2001, *Stat. Probab. Lett.* 53, 37). That takes them to be alike
    in distribution; beyond `MOST_BLOCKS` periods blocks of them flip.

    p is the share of draws that reach what was seen, the data counted as one draw; where fewer than ten do,
    it is read from an exponential tail fitted to the largest twentieth of the draws (Knijnenburg et al. 2009,
    *Bioinformatics* 25, i161), so that one change among thousands of series can be told.

    Interval: the places whose statistic is within -2 log(1 - √level) of the largest, in units of the
    dispersion that is left (Eo & Morley 2015, *Quantitative Economics* 6, 463); first and last are reported.

    The null is that of no change at all, so a straight rise is significant as well. `dated` is False where a
    straight line takes more deviance than the step by over 2 (positive evidence on the scale of BIC: Kass &
    Raftery 1995, *J. Am. Stat. Assoc.* 90, 773): such a rise has no date and belongs to `trend_tests`. A weak
    rise can be told neither from the one nor from the other; then the step stands, and its interval is wide.
    Don't use it for more than one step (the largest is found), for bursts that fall back, or for series whose
    noise lasts over many periods: that looks like steps.
    """
    themes, periods = series.successes.shape[1], int(series.period.max(initial=-1)) + 1
    place, low, high = (np.full(themes, -1, dtype=np.int64) for _ in range(3))
    p, dated = np.full(themes, np.nan), np.zeros(themes, dtype=bool)
    if periods < LEAST_PERIODS or len(series.trials) < series.season.shape[1] + 4:
        return Steps(place, low, high, p, dated)
    fit = fit_no_change(series)
    draws = Draws.of(series, periods, flips, np.random.default_rng(seed))
    for theme in _testable(fit, series):
        found = _find_step(fit, series, theme, draws, level)
        if found is not None:
            place[theme], low[theme], high[theme], p[theme], dated[theme] = found
    return Steps(place, low, high, p, dated)


def _find_step(
    fit: Fit, series: Series, theme: int, draws: Draws, level: float
) -> tuple[int, int, int, float, bool] | None:
    """Place, low, high, p and dated of one theme's step; None where some candidate can't be told apart."""
    candidates = candidates_of(fit, series, theme)
    if len(candidates) == 0:
        return None
    places = candidates[_grid(len(candidates))]
    scores = score_steps(fit, series, after_places(series, places), theme)
    if not (scores.information > 1e-6 * fit.variance[:, theme].sum()).all():
        return None
    statistic = scores.statistic
    best = int(np.argmax(statistic))
    dispersion, shock = _dispersion(fit, series, theme, float(statistic[best]))
    drawn = draw_largest(scores, fit, series, theme, draws, whole=shock > 1, place=int(places[best]))
    p = tail_p(statistic.max() * (1 - 1e-9) - 1e-9, drawn)
    if len(places) < len(candidates):
        start, stop = places[max(best - 1, 0)], places[min(best + 1, len(places) - 1)]
        near = candidates[(candidates > start) & (candidates < stop)]
        places = np.union1d(places, near)
        statistic = score_steps(fit, series, after_places(series, places), theme).statistic
        best = int(np.argmax(statistic))
    noise = dispersion * shock
    inside = places[statistic[best] - statistic <= -2 * np.log(1 - np.sqrt(level)) * noise]
    line = score_steps(fit, series, series.period[None, :].astype(np.float64), theme).statistic[0]
    dated = bool(line - statistic[best] <= DECISIVE * noise)
    place = int(np.clip(places[_likeliest(statistic, noise)], inside[0], inside[-1]))
    return place, int(inside[0]), int(inside[-1]), p, dated


def _likeliest(statistic: Floats, noise: float) -> int:
    """Return the place that with its two neighbours, at `NEIGHBOURS`, holds most of the likelihood."""
    likelihood = np.exp((statistic - statistic.max()) / (2 * noise))
    # Not mode="same", which gives three values for one or two candidates.
    return int(np.argmax(np.convolve(likelihood, (NEIGHBOURS, 1.0, NEIGHBOURS))[1:-1]))


def _grid(count: int) -> Integers:
    """Return at most `MOST_BLOCKS` of so many candidates, evenly placed."""
    return np.unique(np.linspace(0, count - 1, min(count, MOST_BLOCKS)).round().astype(np.int64))


def _testable(fit: Fit, series: Series) -> list[int]:
    """Return the themes with a fit and enough articles on and off them."""
    on = (series.successes * fit.live).sum(axis=0)
    off = (series.trials[:, None] * fit.live).sum(axis=0) - on
    enough = fit.converged & (on >= LEAST_ARTICLES) & (off >= LEAST_ARTICLES)
    return [int(theme) for theme in np.flatnonzero(enough)]


def candidates_of(fit: Fit, series: Series, theme: int) -> Integers:
    """Return the places of a step that leave enough on either side."""
    periods = int(series.period.max()) + 1
    information = sum_by(series.period[series.slot], fit.variance[:, [theme]], periods)[:, 0]
    before = np.cumsum(information) - information
    least = min(LEAST_SIDE, 0.1 * information.sum())
    enough = (before >= least) & (information.sum() - before >= least)
    enough[:LEAST_SIDE_PERIODS] = enough[periods - LEAST_SIDE_PERIODS + 1 :] = False
    return np.flatnonzero(enough)


def _dispersion(fit: Fit, series: Series, theme: int, explained: float) -> tuple[float, float]:
    """Return the dispersion of slots less the step, and by what that of periods exceeds it (1: nothing).

    Where a period is one slot its sources stand for slots.
    """
    from scipy.stats import f

    both = np.column_stack([fit.residual[:, theme], fit.variance[:, theme]])
    alone = len(series.period) == int(series.period.max()) + 1
    by_slot = both if alone else sum_by(series.slot, both, len(series.period))
    by_period = sum_by(series.period[series.slot], both, int(series.period.max()) + 1)
    used = series.season.shape[1] + 3
    chi, degrees = [], []
    for sums in (by_slot, by_period):
        pearson = np.divide(sums[:, 0] ** 2, sums[:, 1], out=np.zeros(len(sums)), where=sums[:, 1] > 0).sum()
        degrees.append(max(len(sums) - used, 1))
        chi.append(max(float(pearson) - explained, 0.1 * degrees[-1]) / degrees[-1])
    ratio = chi[1] / chi[0]
    return chi[0], ratio if ratio > 1 and f.sf(ratio, degrees[1], degrees[0]) < SHOCK_LEVEL else 1.0
