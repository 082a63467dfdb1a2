"""A ritual: a month of the year that stands out in every year, and the noise that such months leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.trends.panel import Floats, adder_of
from analysis.trends.periods import Integers

SHOCK_LEVEL: Final = 0.15
_MONTHS: Final = 12


@dataclass(frozen=True)
class MonthNoise:
    """What is left of a fit's residuals beside the mean of each month of the year; (K,) each.

    `dispersion`: variance of issues over the binomial's. `shock`: what shocks common to a month multiply it
    by (1: none). `degrees`: months less months of the year and the trend.
    """

    dispersion: Floats
    shock: Floats
    degrees: Floats


def month_noise(counted: Floats, expected: Floats, variance: Floats, month: Integers) -> MonthNoise:
    """Estimate the noise of issues and of months beside a season of any form.

    Each month of the year gets its ratio of counted to expected articles, so that a ritual of one month is no
    noise. Shocks are found where Pearson's chi-square of months is significant at `SHOCK_LEVEL`.

    Parameters
    ----------
    counted, expected, variance
        (R, K) articles on each theme in each issue, as counted and as a fit without a season expects them,
        and their binomial variance; 0 in all for issues that are left out.
    month
        (R,) months since January 1970 of each issue.
    """
    from scipy.stats import chi2

    of_year = adder_of(month % _MONTHS, _MONTHS)
    ratio = _over(of_year @ counted, of_year @ expected)[month % _MONTHS]
    ratio = np.where(ratio > 0, ratio, 1.0)
    residual, whole = counted - ratio * expected, variance * ratio
    dispersion = _over((residual**2).sum(axis=0), whole.sum(axis=0))
    dispersion = np.where(dispersion > 0, dispersion, 1.0)
    months, place = np.unique(month, return_inverse=True)
    by_month = adder_of(place, len(months))
    pearson = _over((by_month @ residual) ** 2, (by_month @ whole) * dispersion).sum(axis=0)
    degrees = max(len(months) - len(np.unique(months % _MONTHS)) - 1, 1)
    found = chi2.sf(pearson, degrees) < SHOCK_LEVEL
    shock = np.where(found, np.maximum(pearson / degrees, 1.0), 1.0)
    return MonthNoise(dispersion, shock, np.full(len(shock), float(degrees)))


def ritual_p(residual: Floats, variance: Floats, month: Integers, noise: MonthNoise) -> Floats:
    """Test whether some month of the year stands out, upwards or downwards, in every year alike.

    The month's smallest deviation of all Y years, in standard errors, is taken, whose tail is that of one
    to the power of Y; the smallest p of the months of the year, times how many were tried in two directions
    (Bonferroni), is the p. So a thing that happened once is no ritual, however great (a partial conjunction:
    Benjamini & Heller 2008, *Biometrics* 64, 1215). Don't use it for a ritual that moves through the year by
    more than a month, or for studies of less than two years.

    Parameters
    ----------
    residual, variance
        (R, K) of a fit without a season, as in `month_noise`.
    month
        (R,) months since January 1970 of each issue.
    noise
        What the month's deviations are measured by.

    Returns
    -------
    Floats
        (K,) p; 1 where no month of the year has articles in two years.
    """
    from scipy.stats import t

    months, place = np.unique(month, return_inverse=True)
    adder = adder_of(place, len(months))
    error = np.sqrt((adder @ variance) * noise.dispersion * noise.shock)
    deviation = _over(adder @ residual, error)
    degrees = np.where(noise.shock > 1, noise.degrees, 1e6)
    smallest, tried = np.ones(residual.shape[1]), 0
    for calendar_month in range(_MONTHS):
        years = deviation[months % _MONTHS == calendar_month]
        if len(years) < 2:
            continue
        tried += 2
        for least in (years.min(axis=0), (-years).min(axis=0)):
            smallest = np.minimum(smallest, t.sf(least, degrees) ** len(years))
    return np.minimum(smallest * max(tried, 1), 1.0)


def _over(values: Floats, whole: Floats) -> Floats:
    """Divide, giving 0 where there is nothing to divide by."""
    return np.asarray(np.divide(values, whole, out=np.zeros_like(values), where=whole > 0))
