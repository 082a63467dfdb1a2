"""When did a theme's share jump? The single most likely step of each series, its date, interval and p."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.trends.panel import Floats, sum_by
from analysis.trends.periods import Integers
from analysis.trends.quasibinomial import Fit, fit_quasi_binomial

LEAST_PERIODS: Final = 8
"""Fewer periods with articles than this can't hold a dated step."""
LEAST_ARTICLES: Final = 10
FLIPS: Final = 1999
MOST_BLOCKS: Final = 156
DECISIVE: Final = 2.0
SHOCK_LEVEL: Final = 0.25
NEIGHBOURS: Final = 0.8
FEW_REACHED: Final = 10
"""Fewer draws than this beyond what was seen are too few to count: p comes from the tail of the draws."""
LEAST_FLIPS_FOR_TAIL: Final = 999
_TRIM: Final = 0.1


@dataclass(frozen=True)
class Series:
    """Articles of one source, or of all, by source and slot: R cells that hold articles, K themes.

    A slot is a part of a period, a few days long, so that flipping signs by slots has much to flip.

    Attributes
    ----------
    successes, trials
        (R, K) expected articles on each theme, and (R,) articles.
    source, slot
        (R,) code of the source and slot of each cell.
    period
        (N,) place among the T periods that hold articles of each of the N slots, ascending.
    season
        (N, w) regressors of the season in each slot; w is 0 where there can be none.
    """

    successes: Floats
    trials: Floats
    source: Integers
    slot: Integers
    period: Integers
    season: Floats


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


@dataclass(frozen=True)
class _Scores:
    """What C regressors of the period say of one theme, sources and season projected out.

    `parts` (C, N): contribution of each slot to the score. `information` (C,): the score's variance.
    `absorbed` (J, C, N): contributions to the scores of sources and seasons, scaled to variance 1, which take
    up part of the residuals; their squares, summed, are what flipped signs lose of the variance on average.
    """

    parts: Floats
    information: Floats
    absorbed: Floats

    @property
    def statistic(self) -> Floats:
        """Squared scores over information: to second order the gain in deviance from each regressor."""
        return np.asarray(self.parts.sum(axis=1) ** 2 / self.information)


def find_steps(series: Series, *, level: float, seed: int, flips: int = FLIPS) -> Steps:
    """Find the most likely single step of each theme.

    Null model: logit share = source [+ season], quasi-binomial. For every period that leaves a tenth of the
    periods (three at least) on either side, the efficient score of a step there is squared over its
    information. This is the likelihood-ratio scan to second order (Hawkins 1977; Csörgő & Horváth 1997,
    *Limit Theorems in Change-Point Analysis*), with sources and season projected out. The step stands where
    the likelihood of a place and of its neighbours, at four fifths, is greatest: one period off is a small
    error, and this is right within one more often than the largest value (94 to 92 % for a step from 5 to
    8 % at 400 articles a month; a date chosen by one who knows both levels, 97 to 94 %).

    p: the signs of the slots' score contributions are flipped at random, `flips` times, and the largest
    statistic taken again (Hemerik, Goeman & Finos 2020, *J. R. Stat. Soc. B* 82, 841), over the variance that
    flipped scores have. It needs no model of the variance: issues may be as uneven and as overdispersed as
    they are, whole issues and all sources flip together. Shocks that whole periods share would escape it:
    where the periods' Pearson chi-square, with the step taken out, exceeds that of slots by what chance does
    in a quarter of studies (F test at 25 %), whole periods are flipped, at the cost of some power.

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
    margin = max(3, int(np.ceil(_TRIM * periods)))
    candidates = np.arange(margin, periods - margin + 1)
    if periods < LEAST_PERIODS or len(series.trials) < series.season.shape[1] + 4:
        return Steps(place, low, high, p, dated)
    fit = _null_fit(series)
    signs = _signs(len(series.period), flips, np.random.default_rng(seed))
    for theme in _testable(fit, series):
        found = _find_step(fit, series, theme, candidates, signs, level)
        if found is not None:
            place[theme], low[theme], high[theme], p[theme], dated[theme] = found
    return Steps(place, low, high, p, dated)


def _find_step(
    fit: Fit, series: Series, theme: int, candidates: Integers, signs: Floats, level: float
) -> tuple[int, int, int, float, bool] | None:
    """Place, low, high, p and dated of one theme's step; None where some candidate can't be told apart."""
    places = candidates[_grid(len(candidates))]
    scores = _score(fit, series, _after(series, places), theme)
    if not (scores.information > 1e-6 * fit.variance[:, theme].sum()).all():
        return None
    statistic = scores.statistic
    best = int(np.argmax(statistic))
    dispersion, shock = _dispersion(fit, series, theme, float(statistic[best]))
    p = _flip_p(scores, _blocks(series, whole_periods=shock > 1), signs)
    if len(places) < len(candidates):
        start, stop = places[max(best - 1, 0)], places[min(best + 1, len(places) - 1)]
        near = candidates[(candidates > start) & (candidates < stop)]
        places = np.union1d(places, near)
        statistic = _score(fit, series, _after(series, places), theme).statistic
        best = int(np.argmax(statistic))
    noise = dispersion * shock
    inside = places[statistic[best] - statistic <= -2 * np.log(1 - np.sqrt(level)) * noise]
    line = _score(fit, series, series.period[None, :].astype(np.float64), theme).statistic[0]
    dated = bool(line - statistic[best] <= DECISIVE * noise)
    place = int(np.clip(places[_likeliest(statistic, noise)], inside[0], inside[-1]))
    return place, int(inside[0]), int(inside[-1]), p, dated


def _likeliest(statistic: Floats, noise: float) -> int:
    """Return the place that with its two neighbours, at `NEIGHBOURS`, holds most of the likelihood."""
    likelihood = np.exp((statistic - statistic.max()) / (2 * noise))
    return int(np.argmax(np.convolve(likelihood, (NEIGHBOURS, 1.0, NEIGHBOURS), mode="same")))


def _grid(count: int) -> Integers:
    """Return at most `MOST_BLOCKS` of so many candidates, evenly placed."""
    return np.unique(np.linspace(0, count - 1, min(count, MOST_BLOCKS)).round().astype(np.int64))


def _after(series: Series, places: Integers) -> Floats:
    """Return (C, N) 1 for the slots from each place on."""
    return (series.period[None, :] >= places[:, None]).astype(np.float64)


def _null_fit(series: Series) -> Fit:
    """Fit no change: sources and season."""
    size = int(series.source.max()) + 1
    design = series.season[series.slot]
    return fit_quasi_binomial(series.successes, series.trials, series.source, design, size=size)


def _testable(fit: Fit, series: Series) -> list[int]:
    """Return the themes with a fit and enough articles on and off them."""
    on = (series.successes * fit.live).sum(axis=0)
    off = (series.trials[:, None] * fit.live).sum(axis=0) - on
    enough = fit.converged & (on >= LEAST_ARTICLES) & (off >= LEAST_ARTICLES)
    return [int(theme) for theme in np.flatnonzero(enough)]


def _score(fit: Fit, series: Series, regressors: Floats, theme: int) -> _Scores:
    """Score of regressors (C, N) of the slots, the same for all sources; sources and season projected out."""
    information = fit.group_information[:, theme]
    shape, waves = (len(information), len(series.period)), len(fit.centred)

    def by_cell(values: Floats) -> Floats:
        table = np.zeros(shape)
        table[series.source, series.slot] = values
        return table

    weight, error = by_cell(fit.variance[:, theme]), by_cell(fit.residual[:, theme])
    wave = np.stack([by_cell(row) for row in fit.centred[:, :, theme]]) if waves else np.zeros((0, *shape))
    held = regressors @ weight.T / information
    tilt = regressors @ (wave * weight).sum(axis=1).T @ fit.bread[theme]
    rest = regressors[:, None, :] - held[:, :, None] - np.einsum("cw,wst->cst", tilt, wave)
    pull = rest * weight
    shadow = np.einsum("cst,wst->cwt", pull, wave)
    by_source = pull.transpose(1, 0, 2) / np.sqrt(information)[:, None, None]
    by_wave = np.einsum("cwt,wx->xct", shadow, np.linalg.cholesky(fit.bread[theme]) if waves else np.eye(0))
    absorbed = np.concatenate([by_source, by_wave])
    return _Scores((rest * error).sum(axis=1), (rest * pull).sum(axis=(1, 2)), absorbed)


def _signs(slots: int, flips: int, rng: np.random.Generator) -> Floats:
    """Return (blocks, flips) random signs."""
    size = (min(slots, MOST_BLOCKS), flips)
    return rng.integers(0, 2, size=size, dtype=np.int8).astype(np.float64) * 2 - 1


def _blocks(series: Series, *, whole_periods: bool) -> Integers:
    """Return the first slot of each block of slots that flips together, `MOST_BLOCKS` at most."""
    slots = len(series.period)
    starts = np.unique(series.period, return_index=True)[1] if whole_periods else np.arange(slots)
    return np.asarray(
        starts[
            np.unique(
                np.arange(len(starts)) * MOST_BLOCKS // max(len(starts), MOST_BLOCKS), return_index=True
            )[1]
        ]
    )


def _flip_p(scores: _Scores, blocks: Integers, signs: Floats) -> float:
    """Return how often flipped scores reach the largest statistic seen."""
    parts = np.add.reduceat(scores.parts, blocks, axis=1)
    lost = (np.add.reduceat(scores.absorbed, blocks, axis=2) ** 2).sum(axis=(0, 2))
    variance = np.maximum(scores.information - lost, 0.1 * scores.information)
    largest = ((parts @ signs[: len(blocks)]) ** 2 / variance[:, None]).max(axis=0)
    return _tail_p(scores.statistic.max() * (1 - 1e-9), largest)


def _tail_p(seen: float, drawn: Floats) -> float:
    """Return how often draws reach what was seen; beyond nearly all draws, by their exponential tail."""
    reached = int((drawn >= seen).sum())
    if reached >= FEW_REACHED or len(drawn) < LEAST_FLIPS_FOR_TAIL:
        return (1 + reached) / (1 + len(drawn))
    tail = np.sort(drawn)[-len(drawn) // 20 :]
    excess = float((tail - tail[0]).mean())
    if excess <= 0:
        return (1 + reached) / (1 + len(drawn))
    return float(len(tail) / len(drawn) * np.exp(-max(seen - tail[0], 0.0) / excess))


def _dispersion(fit: Fit, series: Series, theme: int, explained: float) -> tuple[float, float]:
    """Return the dispersion of slots less the step, and by what that of periods exceeds it (1: nothing)."""
    from scipy.stats import f

    both = np.column_stack([fit.residual[:, theme], fit.variance[:, theme]])
    by_slot = sum_by(series.slot, both, len(series.period))
    by_period = sum_by(series.period, by_slot, int(series.period.max()) + 1)
    used = series.season.shape[1] + 3
    chi, degrees = [], []
    for sums in (by_slot, by_period):
        pearson = np.divide(sums[:, 0] ** 2, sums[:, 1], out=np.zeros(len(sums)), where=sums[:, 1] > 0).sum()
        degrees.append(max(len(sums) - used, 1))
        chi.append(max(float(pearson) - explained, 0.1 * degrees[-1]) / degrees[-1])
    ratio = chi[1] / chi[0]
    return chi[0], ratio if ratio > 1 and f.sf(ratio, degrees[1], degrees[0]) < SHOCK_LEVEL else 1.0
