"""Does a theme return every year? Waves, a month of the year, and a month of the lunar year, in one p."""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.trends.issues import Issues
from analysis.trends.lunar import knows_lunar_months, lunar_months
from analysis.trends.panel import Floats, sum_by
from analysis.trends.periods import Integers, period_numbers
from analysis.trends.quasibinomial import Fit, score_of
from analysis.trends.rituals import MONTHS, month_deviations, ritual_p
from analysis.trends.shocks import SIZES, dispersion_of, log_likelihood, posterior, shock_prior

WEIGHTS: Final = (0.5, 0.25, 0.25)
"""Of waves, of a month of the year and of a month of the lunar year, in the harmonic mean of their p."""
SHARED_BY_CHANCE: Final = {2: 2.3, 3: 1.2, 4: 0.6}
"""Years of a study → what the calendar month that stands out most in all its years alike takes of the
chi-square: mean of 40,000 draws of independent normal months."""


def season_p(without: Fit, beside: Fit, issues: Issues, waves: Floats) -> Floats:
    """Return (K,) p of the hypothesis that nothing returns with the year.

    Three tests: the efficient score of the waves (Rao's, with the quasi-binomial dispersion: it holds where
    events are rare, and Wald's doesn't); a month of the year that stands out in every year
    (`rituals.ritual_p`), which waves are too wide for; and a month of the lunar year, by which New Year and
    its travel season move. Each is averaged over how large shocks common to months may be, Σ P(r | data)
    p(r), with P(r) from Pearson's chi-square of the months beside the waves; what the calendar month that
    stands out most adds to it in all years alike, beyond chance, isn't counted, so that a ritual is no shock
    and what happened once is. The p is the harmonic mean of the three with `WEIGHTS` (Wilson 2019, *PNAS*
    116, 1195), which holds for tests that depend on each other; at 5 % it is up to a fifth too small where
    all three are exact, and rituals' are on the safe side. A single month of many times its usual articles
    pulls the waves with it: in two years it is called a season in one study of seven by p.

    Days before 1901 or after 2099 have no lunar month here; the other two then share its weight.

    Parameters
    ----------
    without, beside
        Fits of sources and trend, without the waves and beside them.
    waves
        (R, w) regressors of the season.
    """
    likelihood = _shocks_but_a_ritual(beside, issues.day)
    weight = posterior(np.log(shock_prior())[:, None] + likelihood)
    dispersion = dispersion_of(beside)
    calendars = [_solar_months(issues.day)]
    if knows_lunar_months(issues.day):
        calendars.append(lunar_months(issues.day))
    rituals = (ritual_p(*month_deviations(without, issues, month, dispersion)) for month in calendars)
    found = [_waves_p(without, beside, issues, waves), *rituals]
    weights = np.array(WEIGHTS[: len(found)])
    averaged = np.stack([(weight * p).sum(axis=0) for p in found])
    inverse = (weights[:, None] / np.maximum(averaged, 1e-300)).sum(axis=0)
    return np.asarray(np.minimum(weights.sum() / inverse, 1.0))


def _solar_months(day: Floats) -> Integers:
    """Return the months since January 1970 of days since 1970."""
    return period_numbers(day.astype(np.int64).astype("datetime64[D]"), "month")


def _waves_p(without: Fit, beside: Fit, issues: Issues, waves: Floats) -> Floats:
    """Return (S, K) p of the waves' score test for each size of a shock."""
    from scipy.stats import f

    score, information = score_of(without, issues.source, waves)
    count = waves.shape[1]
    usable = np.isfinite(information).all(axis=(1, 2)) & (without.variance.sum(axis=0) > 0)
    trace = np.einsum("kii->k", information) * 1e-9 + 1e-300
    block = np.where(usable[:, None, None], information + trace[:, None, None] * np.eye(count), np.eye(count))
    statistic = np.einsum("ik,ki->k", score, np.linalg.solve(block, score.T[:, :, None])[:, :, 0])
    degrees = np.maximum(without.live.sum(axis=0) - issues.sources - len(beside.centred), 1.0)
    return np.asarray(f.sf(statistic / (SIZES[:, None] * dispersion_of(beside) * count), count, degrees))


def _shocks_but_a_ritual(beside: Fit, day: Floats) -> Floats:
    """Return (S, K) the log-likelihood of each size of a shock, the strongest ritual left out."""
    months, place = np.unique(_solar_months(day), return_inverse=True)
    excess = sum_by(place, beside.residual, len(months))
    variance = sum_by(place, beside.variance, len(months)) * dispersion_of(beside)
    deviation = _over(excess, np.sqrt(variance))
    shared = np.zeros(deviation.shape[1])
    for calendar_month in range(MONTHS):
        years = deviation[months % MONTHS == calendar_month]
        if len(years) > 1:
            least = np.maximum(years.min(axis=0), (-years).min(axis=0))
            shared = np.maximum(shared, len(years) * np.maximum(least, 0.0) ** 2)
    degrees = np.maximum((variance > 0).sum(axis=0) - len(beside.centred) - 1, 1).astype(np.float64)
    by_chance = SHARED_BY_CHANCE.get(round(len(months) / MONTHS), 0.0)
    beyond = np.maximum(shared - by_chance * SIZES[:, None], 0.0)
    return log_likelihood((deviation**2).sum(axis=0) - beyond, degrees)


def _over(values: Floats, whole: Floats) -> Floats:
    """Divide, giving 0 where there is nothing to divide by."""
    return np.asarray(np.divide(values, whole, out=np.zeros_like(values), where=whole > 0))
