"""Is a theme rising or falling? A logistic trend, its errors allowing for issues, shocks and seasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.trends.averaging import average_slope
from analysis.trends.issues import Issues
from analysis.trends.panel import Floats, sum_by
from analysis.trends.quasibinomial import Fit, fit_quasi_binomial, varies
from analysis.trends.season_tests import season_p
from analysis.trends.seasons import HARMONICS, YEAR, can_have_season, season_design
from analysis.trends.shocks import common_shocks

LEAST_ARTICLES: Final = 10
"""A theme with fewer expected articles on it (or off it) than this isn't tested: a test of fewer can hardly
reject."""
DOUBT_LEVEL: Final = 0.1


@dataclass(frozen=True)
class TrendTest:
    """(K,) each: change in log-odds a year, its interval and p, p of the season; NaN where not tested.

    `slope` is the change of the share a year that a change of 1 in log-odds a year makes on average, `error`
    the standard error of the effect, `degrees` its degrees of freedom.
    """

    effect: Floats
    low: Floats
    high: Floats
    p: Floats
    season_p: Floats
    slope: Floats
    error: Floats
    degrees: Floats


def estimate_trend(
    issues: Issues, *, level: float, step_days: Floats | None = None, seasonal: bool | None = None
) -> TrendTest:
    """Test each theme for a trend: logit share = source + effect · years [+ season].

    The fit is quasi-binomial (`fit_quasi_binomial`), an intercept a source, so that the effect is that within
    sources, whatever became of their mix. A season of two harmonics is in the model when `can_have_season`
    (or as `seasonal` says): then a yearly ritual is a season, and not a trend. Errors are robust to
    clustering by issue (`robust_covariance`). A season that isn't there costs power, most of all in two
    years, where it takes a fifth of a line's information, and shocks that move all issues of a month (a week,
    when the study is shorter than a year) widen the error; how large both are isn't known, and the effect is
    averaged over what they may be (`averaging.average_slope`). `season_p` is told in `season_tests.season_p`.
    The effect in shares a year is the average marginal effect, the mean of π(1 - π) over articles times that
    in log-odds.

    A step looks like a season once a line has taken what it can: `step_days` (K,), the first day after each
    theme's step (NaN: none), is used to test the season beside that step too, and the larger p is the
    season's.

    Assumptions: issues, or months where shocks are found, are independent given trend and season; a trend
    that is straight in log-odds. A trend that only stands for a single step is a change point: see
    `change_points`. Stories that run for several months without end make p too small. Probabilities in place
    of labels leave the test's size right and pull the effect towards 0, by the share of their variance in
    that of the labels. Not tested (NaN): fewer than `LEAST_ARTICLES` expected articles on or off the theme,
    three different days, or two issues more than parameters; perfect separation; a probability that never
    changes.
    """
    themes = issues.successes.shape[1]
    seasonal = can_have_season(issues.day) if seasonal is None else seasonal
    parameters = issues.sources + 1 + (2 * HARMONICS if seasonal else 0)
    if len(np.unique(issues.day)) < 3 or len(issues.day) < parameters + 2:
        return TrendTest(*(np.full(themes, np.nan) for _ in range(8)))
    design = ((issues.day - issues.day.mean()) / YEAR)[:, None]
    without = _fit(issues, design)
    if not seasonal:
        return _test_slope(without, issues, level, _testable(without, issues), np.full(themes, np.nan))
    design = np.hstack([design, season_design(issues.day)])
    beside = _fit(issues, design)
    tested = _testable(without, issues) & _testable(beside, issues)
    of_season = np.where(tested, season_p(without, beside, issues, design[:, 1:]), np.nan)
    if step_days is not None:
        of_season = _beside_steps(of_season, issues, design, step_days)
    return _test_slope(beside, issues, level, tested, of_season)


def robust_covariance(fit: Fit, issues: Issues) -> tuple[Floats, Floats]:
    """Return (K, r, r) the covariance of slopes and (K,) its degrees of freedom.

    Robust to clustering by issue, with residuals over 1 - leverage (HC3: MacKinnon & White 1985, *J.
    Econometrics* 29, 305; one row being one issue this is the jackknife CR3).
    """
    leverage = fit.variance / fit.group_information[issues.source]
    leverage = leverage + fit.variance * np.einsum("irk,kij,jrk->rk", fit.centred, fit.bread, fit.centred)
    error = fit.residual / np.maximum(1 - leverage, 0.05)
    slopes = len(fit.centred)
    meat = np.empty((fit.residual.shape[1], slopes, slopes))
    for i in range(slopes):
        for j in range(i, slopes):
            meat[:, i, j] = meat[:, j, i] = (fit.centred[i] * fit.centred[j] * error**2).sum(axis=0)
    used = sum_by(issues.source, fit.live, issues.sources) > 0
    degrees = fit.live.sum(axis=0) - used.sum(axis=0) - slopes
    return fit.bread @ meat @ fit.bread, degrees


def _fit(issues: Issues, design: Floats) -> Fit:
    """Fit an intercept a source and the columns of the design, the first of them the trend."""
    return fit_quasi_binomial(issues.successes, issues.trials, issues.source, design, size=issues.sources)


def _beside_steps(of_season: Floats, issues: Issues, design: Floats, step_days: Floats) -> Floats:
    """Return the p of the season, the larger of that beside the step and that without for suspects."""
    of_season = of_season.copy()
    for theme in np.flatnonzero((of_season < DOUBT_LEVEL) & ~np.isnan(step_days)):
        own = Issues(issues.successes[:, [theme]], issues.trials, issues.source, issues.day)
        step = (issues.day >= step_days[theme]).astype(np.float64)
        one = _fit(own, np.column_stack([design[:, 0], step]))
        both = _fit(own, np.column_stack([design, step]))
        if one.converged[0] and both.converged[0]:
            of_season[theme] = max(of_season[theme], season_p(one, both, own, design[:, 1:])[0])
    return of_season


def _testable(fit: Fit, issues: Issues) -> NDArray[np.bool_]:
    """Return which themes have enough articles on and off them, and a fit."""
    on = (issues.successes * fit.live).sum(axis=0)
    off = (issues.trials[:, None] * fit.live).sum(axis=0) - on
    return np.asarray(fit.converged & varies(fit) & (on >= LEAST_ARTICLES) & (off >= LEAST_ARTICLES))


def _test_slope(
    fit: Fit, issues: Issues, level: float, tested: NDArray[np.bool_], of_season: Floats
) -> TrendTest:
    """Test the first slope by t."""
    from scipy.stats import t

    covariance, degrees = robust_covariance(fit, issues)
    sound = tested & (degrees >= 2) & (covariance[:, 0, 0] > 0) & np.isfinite(covariance).all(axis=(1, 2))
    safe = np.where(sound[:, None, None], covariance, np.eye(len(fit.slopes)))
    found = average_slope(fit.slopes, safe, common_shocks(fit, issues.day), degrees)
    reach = t.ppf((1 + level) / 2, found.degrees) * found.error
    p = 2 * t.sf(np.abs(found.effect) / found.error, found.degrees)
    marginal = fit.variance.sum(axis=0) / issues.trials.sum()
    numbers = (found.effect, found.effect - reach, found.effect + reach, p)
    effect, low, high, p, error = (np.where(sound, value, np.nan) for value in (*numbers, found.error))
    return TrendTest(effect, low, high, p, of_season, marginal, error, found.degrees)
