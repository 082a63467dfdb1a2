"""Shocks that all issues of a month share: how probable each size of them is, given the months' residuals."""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.trends.panel import Floats, sum_by
from analysis.trends.periods import Integers, period_numbers
from analysis.trends.quasibinomial import Fit

NO_SHOCK: Final = 0.5
"""Prior probability that months share no shock."""
SIZES: Final = np.array([1, 1.2, 1.5, 2, 2.8, 4, 5.6, 8, 11, 16, 23, 32, 64, 128, 256, 512], dtype=np.float64)
"""By what shocks multiply the variance of a month's sum; 1: none."""
LEAST_SPANS: Final = 12
"""Fewer months than this (weeks, in a study of less than a year) say nothing of shocks."""
_FAIR: Final = 8.0


def shock_prior() -> Floats:
    """Return the prior of `SIZES`: `NO_SHOCK` for none, the rest even up to 8 and falling beyond."""
    prior = np.minimum(1.0, _FAIR / SIZES)
    prior[0] = 0.0
    prior *= (1 - NO_SHOCK) / prior.sum()
    prior[0] = NO_SHOCK
    return prior


def log_likelihood(chi_square: Floats, degrees: Floats) -> Floats:
    """Return (S, K) the log-likelihood of each of `SIZES`, by which Pearson's chi-square is inflated.

    Parameters
    ----------
    chi_square
        (K,), or (S, K) where it depends on the size.
    degrees
        (K,) degrees of freedom.
    """
    return np.asarray(-degrees / 2 * np.log(SIZES)[:, None] - chi_square / (2 * SIZES[:, None]))


def posterior(log_weights: Floats) -> Floats:
    """Return weights that sum to 1 over the first axis."""
    weights = np.exp(log_weights - log_weights.max(axis=0))
    return np.asarray(weights / weights.sum(axis=0))


def spans_of(day: Floats) -> Integers:
    """Return the number, from 0, of the month of each day (of the week, within a year)."""
    days = day.astype(np.int64).astype("datetime64[D]")
    number = period_numbers(days, "month")
    if number.max() - number.min() + 1 < LEAST_SPANS:
        number = period_numbers(days, "week")
    return np.asarray(np.unique(number, return_inverse=True)[1])


def dispersion_of(fit: Fit) -> Floats:
    """Return (K,) the variance of issues over the binomial's."""
    whole = fit.variance.sum(axis=0)
    squares = (fit.residual**2).sum(axis=0)
    found = np.divide(squares, whole, out=np.ones_like(whole), where=whole > 0)
    return np.where(found > 0, found, 1.0)


def common_shocks(fit: Fit, day: Floats) -> Floats:
    """Return (S, K) the log-likelihood of each size of shock, from the residuals of months (or weeks)."""
    span = spans_of(day)
    count, themes = int(span.max()) + 1, fit.residual.shape[1]
    if count < LEAST_SPANS:
        return np.where(SIZES[:, None] > 1, -np.inf, np.zeros((1, themes)))
    excess, expected = sum_by(span, fit.residual, count), sum_by(span, fit.variance, count)
    under = expected * dispersion_of(fit)
    pearson = np.divide(excess**2, under, out=np.zeros_like(under), where=under > 0).sum(axis=0)
    degrees = np.maximum((expected > 0).sum(axis=0) - len(fit.centred) - 1, 1).astype(np.float64)
    return log_likelihood(pearson, degrees)
