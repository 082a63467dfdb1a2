"""A ritual: a month of the year, or of the lunar year, that stands out in every year."""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.trends.issues import Issues
from analysis.trends.panel import Floats, adder_of
from analysis.trends.periods import Integers
from analysis.trends.quasibinomial import Fit
from analysis.trends.shocks import SIZES

MONTHS: Final = 12
LEAST_LEFT: Final = 0.2
"""Of the variance of a month's sum; a fit that takes more of a month than the rest leaves nothing to test."""


def month_deviations(
    fit: Fit, issues: Issues, month: Integers, dispersion: Floats
) -> tuple[Integers, Floats]:
    """Return the months that hold issues, and (M, K) the deviation of each in standard errors.

    The variance is that of the residuals: what the sources' intercepts and the trend take of a month is off.

    Parameters
    ----------
    fit
        A fit of sources and a trend, without a season.
    month
        (R,) number of the month of each issue.
    dispersion
        (K,) variance of issues over the binomial's.
    """
    months, place = np.unique(month, return_inverse=True)
    adder = adder_of(place, len(months))
    whole, size = adder @ fit.variance, issues.sources
    cells = adder_of(place * size + issues.source, len(months) * size) @ fit.variance
    of_sources = cells.reshape(len(months), size, -1) ** 2 / fit.group_information
    of_trend = (adder @ (fit.variance * fit.centred[0])) ** 2 * fit.bread[:, 0, 0]
    left = np.maximum(whole - of_sources.sum(axis=1) - of_trend, LEAST_LEFT * whole)
    error = np.sqrt(left * dispersion)
    excess = adder @ fit.residual
    return months, np.divide(excess, error, out=np.zeros_like(error), where=error > 0)


def ritual_p(months: Integers, deviation: Floats) -> Floats:
    """Test whether some month of the year stands out, upwards or downwards, in every year alike.

    The month's smallest deviation of all Y years is taken, whose tail is that of one to the power of Y; the
    smallest p of the months of the year, times how many were tried in two directions (Bonferroni), is the p.
    So a thing that happened once is no ritual, however great (a partial conjunction: Benjamini & Heller 2008,
    *Biometrics* 64, 1215). Don't use it for a ritual that moves through the year by more than a month, or for
    studies of less than two years.

    Parameters
    ----------
    months
        (M,) numbers of months, equal by the remainder to 12 in every year (`periods.period_numbers`,
        `lunar.lunar_months`).
    deviation
        (M, K) in standard errors.

    Returns
    -------
    Floats
        (S, K) p for each of `shocks.SIZES` of a shock to months; 1 where no month has two years.
    """
    from scipy.stats import norm

    smallest, tried = np.ones((len(SIZES), deviation.shape[1])), 0
    error = np.sqrt(SIZES)[:, None]
    for calendar_month in range(MONTHS):
        years = deviation[months % MONTHS == calendar_month]
        if len(years) < 2:
            continue
        tried += 2
        for least in (years.min(axis=0), (-years).min(axis=0)):
            smallest = np.minimum(smallest, norm.sf(least / error) ** len(years))
    return np.minimum(smallest * max(tried, 1), 1.0)
