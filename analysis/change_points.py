"""When did a theme's share jump? The single most likely step of each series, its date, interval and p."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.panel import Floats, sum_by
from analysis.periods import Integers
from analysis.quasibinomial import Fit, fit_quasi_binomial

LEAST_PERIODS: Final = 8
"""Fewer periods with articles than this can't hold a dated step."""
LEAST_ARTICLES: Final = 5
FLIPS: Final = 1999
MOST_BLOCKS: Final = 156
DECISIVE: Final = 2.0
_TRIM: Final = 0.1


@dataclass(frozen=True)
class Series:
    """Articles of one source, or of all, by source and period: R cells that hold articles, K themes.

    `successes` (R, K), `trials` (R,), `source` (R,) code, `place` (R,) place of the period among the T that
    hold articles, `season` (T, w) regressors of the season in each of those periods (w = 0: none).
    """

    successes: Floats
    trials: Floats
    source: Integers
    place: Integers
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

    `parts` (C, T): contribution of each period to the score. `information` (C,): the score's variance.
    `shadow` (C, Z, T): what each period contributes to the projection of the regressor on the nuisance's Z
    directions (sources, season), whitened; over all periods it sums to nothing.
    """

    parts: Floats
    information: Floats
    shadow: Floats

    @property
    def statistic(self) -> Floats:
        """Squared scores over information: to second order the gain in deviance from each regressor."""
        return np.asarray(self.parts.sum(axis=1) ** 2 / self.information)


def find_steps(series: Series, *, level: float, seed: int, flips: int = FLIPS) -> Steps:
    """Find the most likely single step of each theme.

    Null model: logit share = source [+ season], quasi-binomial. For every period that leaves a tenth of the
    periods (three at least) on either side, the efficient score of a step there is squared over its
    information; the largest marks the step. This is the likelihood-ratio scan to second order (Hawkins 1977;
    Csörgő & Horváth 1997, *Limit Theorems in Change-Point Analysis*), with sources and season projected out.

    p: the signs of whole periods' score contributions are flipped at random, `flips` times, and the largest
    statistic taken again, each flipped score over its own variance (Hemerik, Goeman & Finos 2020, *J. R.
    Stat. Soc. B* 82, 841; De Santis et al. 2022, arXiv:2209.13918). It needs no model of the variance:
    periods may be as uneven and as overdispersed as they are, whole issues and all sources flip together.
    With more than 156 periods neighbours flip in blocks, and p is that of a grid of 156 candidates.

    Interval: the places whose statistic is within -2 log(1 - √level) of the largest, in units of the
    dispersion that is left (Eo & Morley 2015, *Quantitative Economics* 6, 463); first and last are reported.

    The null is that of no change at all, so a straight rise is significant as well. `dated` is False where a
    straight line takes more deviance than the step by over 2 (positive evidence on the scale of BIC: Kass &
    Raftery 1995, *J. Am. Stat. Assoc.* 90, 773): such a rise has no date and belongs to `trend_tests`. A weak
    rise can be told neither from the one nor from the other; then the step stands, and its interval is wide.
    Don't use it for more than one step (the largest is found), for bursts that fall back, or for series whose
    noise lasts over many periods: that looks like steps.
    """
    themes, periods = series.successes.shape[1], len(series.season)
    place, low, high = (np.full(themes, -1, dtype=np.int64) for _ in range(3))
    p, dated = np.full(themes, np.nan), np.zeros(themes, dtype=bool)
    margin = max(3, int(np.ceil(_TRIM * periods)))
    candidates = np.arange(margin, periods - margin + 1)
    if periods < LEAST_PERIODS or len(series.trials) < series.season.shape[1] + 4:
        return Steps(place, low, high, p, dated)
    fit = _null_fit(series)
    signs = _signs(periods, flips, np.random.default_rng(seed))
    reach = -2 * np.log(1 - np.sqrt(level))
    line = np.arange(periods, dtype=np.float64)[None, :]
    after = (np.arange(periods)[None, :] >= candidates[:, None]).astype(np.float64)
    for theme in _testable(fit, series):
        scores = _score(fit, series, after, theme)
        if not (scores.information > 0).all():
            continue
        statistic = scores.statistic
        best = int(np.argmax(statistic))
        dispersion = _dispersion(fit, series, theme, float(statistic[best]))
        inside = np.flatnonzero(statistic[best] - statistic <= reach * dispersion)
        place[theme], low[theme], high[theme] = (
            candidates[best],
            candidates[inside[0]],
            candidates[inside[-1]],
        )
        p[theme] = _flip_p(scores, signs)
        straight = _score(fit, series, line, theme).statistic[0]
        dated[theme] = straight - statistic[best] <= DECISIVE * dispersion
    return Steps(place, low, high, p, dated)


def _null_fit(series: Series) -> Fit:
    """Fit no change: sources and season."""
    size = int(series.source.max()) + 1
    design = series.season[series.place]
    return fit_quasi_binomial(series.successes, series.trials, series.source, design, size=size)


def _testable(fit: Fit, series: Series) -> list[int]:
    """Return the themes with a fit and enough articles on and off them."""
    on = (series.successes * fit.live).sum(axis=0)
    off = (series.trials[:, None] * fit.live).sum(axis=0) - on
    enough = fit.converged & (on >= LEAST_ARTICLES) & (off >= LEAST_ARTICLES)
    return [int(theme) for theme in np.flatnonzero(enough)]


def _score(fit: Fit, series: Series, regressors: Floats, theme: int) -> _Scores:
    """Score of regressors (C, T) that depend on the period alone, with sources and season projected out."""
    periods, information = len(series.season), fit.group_information[:, theme]
    size, waves = len(information), len(fit.centred)
    variance, residual, centred = fit.variance[:, theme], fit.residual[:, theme], fit.centred[:, :, theme]

    def by_cell(values: Floats) -> Floats:
        table = np.zeros((size, periods))
        table[series.source, series.place] = values
        return table

    weight, error = by_cell(variance), by_cell(residual)
    wave = np.stack([by_cell(row) for row in centred]) if waves else np.zeros((0, size, periods))
    held = regressors @ weight.T / information
    tilt = np.einsum("ct,wst,st->cw", regressors, wave, weight) @ fit.bread[theme]
    rest = regressors[:, None, :] - held[:, :, None] - np.einsum("cw,wst->cst", tilt, wave)
    root = np.linalg.cholesky(fit.bread[theme]) if waves else np.zeros((0, 0))
    pull = rest * weight
    shadow = np.concatenate(
        [pull / np.sqrt(information)[:, None], np.einsum("cst,wst,wz->czt", pull, wave, root)], axis=1
    )
    return _Scores((rest * error).sum(axis=1), (rest * pull).sum(axis=(1, 2)), shadow)


def _signs(periods: int, flips: int, rng: np.random.Generator) -> Floats:
    """Return (blocks, flips) random signs."""
    return rng.integers(0, 2, size=(min(periods, MOST_BLOCKS), flips)).astype(np.float64) * 2 - 1


def _flip_p(scores: _Scores, signs: Floats) -> float:
    """Return how often flipped scores reach the largest statistic seen, the data counted as one draw."""
    count, periods = scores.parts.shape
    grid = np.unique(np.linspace(0, count - 1, min(count, MOST_BLOCKS)).round().astype(np.int64))
    edges = np.unique(np.arange(periods) * len(signs) // periods, return_index=True)[1]
    parts = np.add.reduceat(scores.parts[grid], edges, axis=1)
    shadow = np.add.reduceat(scores.shadow[grid], edges, axis=2)
    information = scores.information[grid]
    largest = np.zeros(signs.shape[1])
    for place in range(len(grid)):
        lost = ((shadow[place] @ signs) ** 2).sum(axis=0)
        variance = np.maximum(information[place] - lost, 1e-3 * information[place])
        np.maximum(largest, (parts[place] @ signs) ** 2 / variance, out=largest)
    seen = scores.statistic[grid].max() * (1 - 1e-9)
    return float((1 + (largest >= seen).sum()) / (1 + signs.shape[1]))


def _dispersion(fit: Fit, series: Series, theme: int, explained: float) -> float:
    """Return the periods' Pearson chi-square over its degrees of freedom, with the step taken out."""
    periods = len(series.season)
    sums = sum_by(series.place, np.column_stack([fit.residual[:, theme], fit.variance[:, theme]]), periods)
    pearson = np.divide(sums[:, 0] ** 2, sums[:, 1], out=np.zeros(periods), where=sums[:, 1] > 0).sum()
    degrees = max(periods - series.season.shape[1] - 3, 1)
    return float(max(pearson - explained, 0.1 * degrees) / degrees)
