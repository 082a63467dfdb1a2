"""Does a theme return every year? Waves, a month of the year, and a month of the lunar year, in one p."""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.trends.issues import Issues
from analysis.trends.lunar import knows_lunar_months, lunar_months
from analysis.trends.month_noise import MonthSums
from analysis.trends.panel import Floats
from analysis.trends.periods import Integers, period_numbers
from analysis.trends.quasibinomial import Fit, score_of
from analysis.trends.rituals import ritual_p

WEIGHTS: Final = (0.5, 0.25, 0.25)
"""Of waves, of a month of the year and of a month of the lunar year, where their p are combined."""
MOST_P: Final = 0.99
"""A larger p counts as this much: what speaks for nothing so strongly shall not silence the others."""
LEAST_DEGREES: Final = 4.0
"""A group whose months leave fewer degrees of freedom than this has no season of its own to test."""


def season_p(without: Fit, beside: Fit, issues: Issues, waves: Floats) -> Floats:
    """Return (K,) p of the hypothesis that nothing returns with the year; NaN where months are too few.

    Three tests: the efficient score of the waves (Rao's), over the residual mean square of months beside
    them, referred to F; a month of the year that stands out in every year (`rituals.ritual_p`), which waves
    are too wide for; and a month of the lunar year, by which New Year and its travel season move. As all are
    measured by the noise of months, shocks that months have and clusters in issues are in it, whatever their
    size, and the test is exact in the Gaussian limit; with 18 months to spare this costs four points of
    power. They are combined by Cauchy's rule, T = Σ w tan((½ - p) π) with `WEIGHTS`, which is exact for
    independent tests and holds in its tail for others (Liu & Xie 2020, *J. Am. Stat. Assoc.* 115, 393).

    Assumptions: given a straight trend, months are independent and about equally uneven. Don't use it where
    noise lasts from month to month, or for a ritual that goes round the year (Ramadan). What has a step or a
    bend can look like a season: `trend_tests.estimate_trend` tests it beside the step too.

    Days before 1901 or after 2099 have no lunar month here; the other two then share its weight.

    Parameters
    ----------
    without, beside
        Fits of sources and trend, without the waves and beside them.
    waves
        (R, w) regressors of the season.
    """
    calendars = [_solar_months(issues.day)]
    if knows_lunar_months(issues.day):
        calendars.append(lunar_months(issues.day))
    months = [
        (MonthSums.of(without, issues, month), MonthSums.of(beside, issues, month)) for month in calendars
    ]
    found = [_waves_p(without, issues, waves, months[0][1]), *(ritual_p(*pair) for pair in months)]
    return combined_p(np.stack(found), np.array(WEIGHTS[: len(found)]))


def combined_p(found: Floats, weights: Floats) -> Floats:
    """Combine p-values (n, K) by Cauchy's rule."""
    # 1 / tan(π p) keeps the digits of a small p that ½ - p would lose.
    statistic = weights @ (1 / np.tan(np.pi * np.clip(found, 1e-300, MOST_P))) / weights.sum()
    return np.asarray(np.arctan2(1.0, statistic) / np.pi)


def _solar_months(day: Floats) -> Integers:
    """Return the months since January 1970 of days since 1970."""
    return period_numbers(day.astype(np.int64).astype("datetime64[D]"), "month")


def _waves_p(without: Fit, issues: Issues, waves: Floats, beside: MonthSums) -> Floats:
    """Return (K,) p of the waves' score test, NaN where months leave nothing to measure it by."""
    from scipy.stats import f

    score, information = score_of(without, issues.source, waves)
    count = waves.shape[1]
    usable = np.isfinite(information).all(axis=(1, 2)) & (without.variance.sum(axis=0) > 0)
    trace = np.einsum("kii->k", information) * 1e-9 + 1e-300
    block = np.where(usable[:, None, None], information + trace[:, None, None] * np.eye(count), np.eye(count))
    statistic = np.einsum("ik,ki->k", score, np.linalg.solve(block, score.T[:, :, None])[:, :, 0])
    noise, degrees = beside.noise()
    p = f.sf(statistic / (noise * count), count, np.maximum(degrees, 1.0))
    return np.where(degrees >= LEAST_DEGREES, p, np.nan)
