"""The series that a step is sought in, and the score of a step at each place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.trends.panel import Floats
from analysis.trends.periods import Integers
from analysis.trends.quasibinomial import Fit, fit_quasi_binomial


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
class Scores:
    """What C regressors of the period say of one theme, sources and season projected out.

    `parts` (C, N): contribution of each slot to the score. `information` (C,): the score's variance.
    `absorbed` (J, C, N): contributions to the scores of sources and seasons, scaled to variance 1, which take
    up part of the residuals; their squares, summed, are what flipped signs lose of the variance on average.
    `pull` (C, N): the score of an error of 1 in log-odds in each slot.
    """

    parts: Floats
    information: Floats
    absorbed: Floats
    pull: Floats

    @property
    def statistic(self) -> Floats:
        """Squared scores over information: to second order the gain in deviance from each regressor."""
        return np.asarray(self.parts.sum(axis=1) ** 2 / self.information)


def after_places(series: Series, places: Integers) -> Floats:
    """Return (C, N) 1 for the slots from each place on."""
    return (series.period[None, :] >= places[:, None]).astype(np.float64)


def fit_no_change(series: Series) -> Fit:
    """Fit no change: sources and season."""
    size = int(series.source.max()) + 1
    design = series.season[series.slot]
    return fit_quasi_binomial(series.successes, series.trials, series.source, design, size=size)


def score_steps(fit: Fit, series: Series, regressors: Floats, theme: int) -> Scores:
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
    return Scores((rest * error).sum(axis=1), (rest * pull).sum(axis=(1, 2)), absorbed, pull.sum(axis=1))
