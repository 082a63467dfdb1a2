"""A ritual: a month of the year, or of the lunar year, that stands out in every year."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from analysis.trends.month_noise import MONTHS, MonthSums
from analysis.trends.panel import Floats

LEAST_LEFT: Final = 0.2
"""Of the variance of a month's sum; a fit that takes more of a month than the rest leaves nothing to test."""
LEAST_DEGREES: Final = 4.0
"""Other months must leave so many degrees of freedom to measure a month by."""
_NODES: Final = 40
_LEAST_ROOT: Final = 1e-2


def ritual_p(without: MonthSums, beside: MonthSums) -> Floats:
    """Test whether some month of the year stands out, upwards or downwards, in every year alike.

    The month's smallest deviation of all Y years is taken, in units of the other months' noise s (their
    residual mean square beside the waves of a season, `MonthSums.noise_without`); its tail is E[Φ(-c s)^Y],
    s² being chi-square over its degrees of freedom, which is Student's t where Y is 1. The smallest p of the
    twelve months in both directions, 1 - (1 - p)^tried (Šidák), is the p. So what happened once is no ritual,
    however great (a partial conjunction: Benjamini & Heller 2008, *Biometrics* 64, 1215), and shocks that
    months have are in the noise. Don't use it for a ritual that moves through the year by more than a month,
    or for studies of less than two years.

    Parameters
    ----------
    without, beside
        Months of a fit of sources and trend without a season, and beside its waves; equal by their place in
        the year (`periods.period_numbers`, `lunar.lunar_months`).

    Returns
    -------
    Floats
        (K,) p; 1 where no month has two years.
    """
    deviation = _deviations(without)
    smallest, tried = np.ones(deviation.shape[1]), 0
    for month in range(MONTHS):
        years = deviation[without.place == month]
        if len(years) < 2:
            continue
        tried += 2
        noise, degrees = beside.noise_without(month)
        for least in (years.min(axis=0), (-years).min(axis=0)):
            tail = least_tail(least / np.sqrt(noise), degrees, len(years))
            smallest = np.minimum(smallest, np.where(degrees < LEAST_DEGREES, 1.0, tail))
    return np.asarray(-np.expm1(max(tried, 1) * np.log1p(-np.minimum(smallest, 1 - 1e-12))))


def least_tail(least: Floats, degrees: Floats, years: int) -> Floats:
    """Return P(all of so many deviations exceed `least`), their common scale known to `degrees`.

    The root of chi-square over its degrees of freedom is taken as Wilson and Hilferty's (1931), and
    integrated by Gauss and Hermite's rule.
    """
    from scipy.special import ndtr

    nodes, weights = _hermite()
    spread = 2 / (9 * np.maximum(degrees, 1.0))
    root = np.maximum(1 - spread + np.sqrt(spread) * nodes[:, None], _LEAST_ROOT) ** 1.5
    return np.asarray(weights @ ndtr(-least * root) ** years)


@cache
def _hermite() -> tuple[Floats, Floats]:
    """Return nodes and weights of the standard normal distribution."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    return nodes, weights / weights.sum()


def _deviations(sums: MonthSums) -> Floats:
    """Return (M, K) the deviations, in units in which independent articles have variance 1."""
    left = sums.variance - (sums.shadows**2).sum(axis=1)
    error = np.sqrt(np.maximum(left, LEAST_LEFT * sums.variance))
    return np.asarray(np.divide(sums.excess, error, out=np.zeros_like(error), where=error > 0))
