"""Logistic regression of many themes at once, on counts or sums of probabilities, with an intercept a group.

Every theme shares the rows and the design; only the successes differ. The intercepts are eliminated by
blocks, so that a study of many sources and days costs no more than its slopes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from analysis.trends.panel import Floats, adder_of, sum_by
from analysis.trends.periods import Integers

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix

_ROUNDS: Final = 60
_STEP: Final = 3.0
_RIDGE: Final = 1e-9
_DONE: Final = 1e-8
LEAST_DISPERSION: Final = 1e-9


@dataclass(frozen=True)
class Fit:
    """A fitted model; R rows, G groups, r slopes, K themes.

    Attributes
    ----------
    intercepts, slopes
        (G, K) and (r, K) coefficients in log-odds.
    live
        (R, K) whether a row takes part: the groups whose articles all are, or all aren't, on the theme say
        nothing about slopes, have an intercept at infinity, and are left out.
    mean, variance
        (R, K) fitted share, and trials × share × (1 - share) (0 for rows left out).
    residual
        (R, K) successes less expected ones (0 for rows left out).
    centred
        (r, R, K) the design less its weighted mean in the group: what is left for slopes to explain.
    bread
        (K, r, r) inverse information of the slopes.
    group_information
        (G, K) sum of `variance` in each group.
    converged
        (K,) whether the scores vanish at finite coefficients.
    """

    intercepts: Floats
    slopes: Floats
    live: Floats
    mean: Floats
    variance: Floats
    residual: Floats
    centred: Floats
    bread: Floats
    group_information: Floats
    converged: NDArray[np.bool_]


def fit_quasi_binomial(
    successes: Floats,
    trials: Floats,
    groups: Integers,
    design: Floats,
    *,
    size: int,
    live: Floats | None = None,
) -> Fit:
    """Fit logit(share) = intercept of the group + design · slopes, by Newton's method, all themes at once.

    The estimating equations are the binomial's, which hold for any successes between 0 and trials (Papke &
    Wooldridge 1996, *J. Appl. Econometrics* 11, 619), so sums of probabilities may stand for counts; the
    dispersion is left to the caller's robust variance. Don't use it with few articles a group: intercepts
    that each rest on a handful of articles bias slopes away from 0 (the tests of no slope still hold).

    Parameters
    ----------
    successes
        (R, K) number of articles on each theme, real.
    trials
        (R,) number of articles, above 0.
    groups
        (R,) group of each row, below `size`.
    design
        (R, r) regressors, without a constant; r may be 0.
    size
        Number of groups G.
    live
        (R, K) 1 for the rows that take part, 0 for others; all by default.

    Returns
    -------
    Fit
        `converged` is False for themes with perfect separation; their coefficients mean nothing.
    """
    live = live_rows(successes, trials, groups, size, np.ones_like(successes) if live is None else live)
    weight = trials[:, None] * live
    adder = adder_of(groups, size)
    share = (adder @ (successes * live) + 0.5) / (adder @ weight + 1.0)
    intercepts = np.log(share / (1 - share))
    slopes = np.zeros((design.shape[1], successes.shape[1]))
    converged = np.zeros(successes.shape[1], dtype=bool)
    for _ in range(_ROUNDS):
        mean = expit(intercepts[groups] + design @ slopes)
        variance, residual = weight * mean * (1 - mean), (successes - weight * mean) * live
        blocks = _Blocks.of(variance, adder, design)
        score = adder @ residual
        step = blocks.solve_slopes(
            design.T @ residual - (blocks.cross * (score / blocks.information)).sum(axis=1)
        )
        lift = (score - (blocks.cross * step[:, None, :]).sum(axis=0)) / blocks.information
        largest = np.maximum(np.abs(step).max(axis=0, initial=0.0), np.abs(lift).max(axis=0))
        converged = largest < _DONE
        if converged.all():
            break
        damping = np.minimum(1.0, _STEP / np.maximum(largest, _DONE))
        slopes, intercepts = slopes + damping * step, np.clip(intercepts + damping * lift, -40, 40)
    centred = design.T[:, :, None] - (blocks.cross / blocks.information)[:, groups, :]
    inside = np.abs(slopes).max(axis=0, initial=0.0) * (np.abs(design).max() if design.size else 0.0) < 30
    return Fit(
        intercepts, slopes, live, mean, variance, residual, centred, blocks.bread(), blocks.information,
        converged & inside & (live.sum(axis=0) > 0),
    )  # fmt: skip


def varies(fit: Fit) -> NDArray[np.bool_]:
    """Return (K,) whether residuals are more than rounding: a constant probability has nothing to test."""
    squares = (fit.residual**2).sum(axis=0)
    return np.asarray(squares > LEAST_DISPERSION * fit.variance.sum(axis=0))


def efficient_columns(fit: Fit, groups: Integers, extra: Floats) -> list[Floats]:
    """Return what a fit's groups and slopes leave (R, K) of each of q regressors (R, q)."""
    size = len(fit.group_information)
    rest = []
    for column in extra.T:
        held = sum_by(groups, column[:, None] * fit.variance, size) / fit.group_information
        centred = column[:, None] - held[groups]
        shared = np.einsum("irk,rk->ki", fit.centred, centred * fit.variance)
        tilt = np.einsum("kij,kj->ik", fit.bread, shared)
        rest.append(centred - (tilt[:, None, :] * fit.centred).sum(axis=0))
    return rest


def score_of(fit: Fit, groups: Integers, extra: Floats) -> tuple[Floats, Floats]:
    """Efficient score (q, K), and its information (K, q, q), of q regressors (R, q) left out of a fit.

    They are projected on the fit's groups and slopes, so the score is that of what only they can explain.
    """
    rest = efficient_columns(fit, groups, extra)
    score = np.stack([(column * fit.residual).sum(axis=0) for column in rest])
    information = np.empty((fit.variance.shape[1], len(rest), len(rest)))
    for i, one in enumerate(rest):
        for j, other in enumerate(rest):
            information[:, i, j] = (one * other * fit.variance).sum(axis=0)
    return score, information


@dataclass(frozen=True)
class _Blocks:
    """The information matrix of a fit: groups (diagonal), cross terms, and slopes with groups eliminated."""

    information: Floats
    cross: Floats
    profiled: Floats

    @classmethod
    def of(cls, variance: Floats, adder: csc_matrix, design: Floats) -> _Blocks:
        """Compute the blocks; a group that is left out gets information 1, so that it can be divided by."""
        information = adder @ variance
        information = np.where(information > 0, information, 1.0)
        slopes = design.shape[1]
        cross = np.empty((slopes, *information.shape))
        profiled = np.empty((variance.shape[1], slopes, slopes))
        for i in range(slopes):
            cross[i] = adder @ (design[:, i, None] * variance)
        for i in range(slopes):
            for j in range(i, slopes):
                own = (design[:, i] * design[:, j]) @ variance
                profiled[:, i, j] = profiled[:, j, i] = own - (cross[i] * cross[j] / information).sum(axis=0)
        return cls(information, cross, profiled)

    def bread(self) -> Floats:
        """Return the inverse information of the slopes; a trace of a ridge makes it a generalised inverse.

        Directions that the data say nothing about get no step and an enormous variance.
        """
        slopes = self.profiled.shape[1]
        if slopes == 0:
            return self.profiled
        scale = np.maximum(np.einsum("kii->k", self.profiled) / slopes, _RIDGE)
        return np.linalg.inv(self.profiled + (_RIDGE * scale)[:, None, None] * np.eye(slopes))

    def solve_slopes(self, score: Floats) -> Floats:
        """Return the Newton step (r, K) for a profiled score (r, K)."""
        return np.asarray(np.einsum("kij,jk->ik", self.bread(), score))


def live_rows(successes: Floats, trials: Floats, groups: Integers, size: int, live: Floats) -> Floats:
    """Return `live` less the rows of groups whose live articles all are, or all aren't, on the theme."""
    total = sum_by(groups, trials[:, None] * live, size)
    inside = sum_by(groups, successes * live, size)
    margin = 1e-9 * np.maximum(total, 1.0)
    return live * ((inside > margin) & (inside < total - margin)).astype(np.float64)[groups]


def expit(value: Floats) -> Floats:
    """Return the inverse of the logit."""
    from scipy import special

    return np.asarray(special.expit(value))
