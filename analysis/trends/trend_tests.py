"""Is a theme rising or falling? A logistic trend, its errors allowing for issues, shocks and seasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.trends.panel import Floats, Panel, sum_by
from analysis.trends.periods import Integers, period_numbers
from analysis.trends.quasibinomial import Fit, fit_quasi_binomial, score_of
from analysis.trends.rituals import month_noise, ritual_p
from analysis.trends.seasons import HARMONICS, YEAR, can_have_season, season_design

LEAST_ARTICLES: Final = 10
"""A theme with fewer expected articles on it (or off it) than this isn't tested: a test of fewer can hardly
reject."""
SHOCK_LEVEL: Final = 0.1
NO_SEASON: Final = 0.65
"""A season whose p is above this is no season, and leaves the trend's model."""
DOUBT_LEVEL: Final = 0.1
_LEAST_SPANS: Final = 12


@dataclass(frozen=True)
class Issues:
    """Issues in one row each: R issues, K themes.

    `successes` (R, K) expected articles on each theme, `trials` (R,) articles, `source` (R,) code, `day` (R,)
    days since 1970.
    """

    successes: Floats
    trials: Floats
    source: Integers
    day: Floats

    def only(self, source: int) -> Issues:
        """Return the issues of one source, as source 0."""
        mine = self.source == source
        return Issues(self.successes[mine], self.trials[mine], np.zeros(mine.sum(), np.int64), self.day[mine])


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


def whole_issues(panel: Panel) -> Issues:
    """Put the parts of issues whose date is an interval together again, at the middle of the interval."""
    size = int(panel.issue.max()) + 1
    first = np.full(size, -1, dtype=np.int64)
    first[panel.issue[::-1]] = np.arange(len(panel.issue))[::-1]
    trials, successes = sum_by(panel.issue, panel.weight, size), sum_by(panel.issue, panel.members, size)
    return Issues(successes, trials, panel.source[first], panel.day[first])


def estimate_trend(
    issues: Issues, *, level: float, step_days: Floats | None = None, seasonal: bool | None = None
) -> TrendTest:
    """Test each theme for a trend: logit share = source + effect · years [+ season].

    The fit is quasi-binomial (`fit_quasi_binomial`), an intercept a source, so that the effect is that within
    sources, whatever became of their mix. A season of two harmonics is in the model when `can_have_season`
    (or as `seasonal` says): then a yearly ritual is a season, and not a trend. `season_p` is twice the
    smaller p of two tests: the F test of the waves' efficient score (Rao's, with the quasi-binomial
    dispersion: it holds where events are rare, and Wald's doesn't), and that of a month that stands out in
    every year (`rituals.ritual_p`), which waves are too wide for. Errors are robust to clustering by issue,
    with residuals over 1 - leverage (HC3: MacKinnon & White 1985, *J. Econometrics* 29, 305; one row being
    one issue this is the jackknife CR3) and t with issues less parameters degrees of freedom. Shocks that
    move all issues of a month (a week, when the study is shorter than a year) together are tested for by
    their Pearson chi-square; where it is significant at `SHOCK_LEVEL` the variance is multiplied by it and
    the degrees of freedom become those of the months. The effect in shares a year is the average marginal
    effect, the mean of π(1 - π) over articles times that in log-odds.

    A season that isn't there costs power, most of all in two years, where it takes a fifth of a line's
    information: where its p is above .65 it leaves the trend's model.

    A step looks like a season once a line has taken what it can: `step_days` (K,), the first day after each
    theme's likeliest step (NaN: none), is used to test the season beside that step too, and the larger p is
    the season's.

    Assumptions: issues, or months where shocks are found, are independent given trend and season; a trend
    that is straight in log-odds. A trend that only stands for a single step is a change point: see
    `change_points`. Stories that run for several months without end make p too small. Probabilities in place
    of labels leave the test's size right and pull the effect towards 0, by the share of their variance in
    that of the labels. Not tested (NaN): fewer than `LEAST_ARTICLES` expected articles on or off the theme,
    three different days, or two issues more than parameters; perfect separation.
    """
    themes = issues.successes.shape[1]
    nothing = np.full(themes, np.nan)
    seasonal = can_have_season(issues.day) if seasonal is None else seasonal
    size = int(issues.source.max(initial=0)) + 1
    parameters = size + 1 + (2 * HARMONICS if seasonal else 0)
    if len(np.unique(issues.day)) < 3 or len(issues.day) < parameters + 2:
        return TrendTest(*(nothing for _ in range(8)))
    design = ((issues.day - issues.day.mean()) / YEAR)[:, None]
    if seasonal:
        design = np.hstack([design, season_design(issues.day)])
    without = _fit(issues, design[:, :1])
    if not seasonal:
        return _test_slope(without, issues, level)
    beside = _fit(issues, design)
    season_p = _season_p(without, beside, issues, design[:, 1:])
    suspects = season_p < DOUBT_LEVEL
    if step_days is not None:
        suspects &= ~np.isnan(step_days)
        for theme in np.flatnonzero(suspects):
            own = Issues(issues.successes[:, [theme]], issues.trials, issues.source, issues.day)
            step = (issues.day >= step_days[theme]).astype(np.float64)
            one = _fit(own, np.column_stack([design[:, 0], step]))
            both = _fit(own, np.column_stack([design, step]))
            season_p[theme] = np.fmax(season_p[theme], _season_p(one, both, own, design[:, 1:])[0])
    plain, with_season = (_test_slope(fit, issues, level) for fit in (without, beside))
    return _where(season_p > NO_SEASON, plain, replace(with_season, season_p=season_p))


def _fit(issues: Issues, design: Floats) -> Fit:
    """Fit an intercept a source and the columns of the design, the first of them the trend."""
    size = int(issues.source.max()) + 1
    return fit_quasi_binomial(issues.successes, issues.trials, issues.source, design, size=size)


def _season_p(without: Fit, beside: Fit, issues: Issues, waves: Floats) -> Floats:
    """Return (K,) p of the season: twice the smaller p of waves (a score test) and of a ritual."""
    from scipy.stats import f

    score, information = score_of(without, issues.source, waves)
    month = period_numbers(issues.day.astype(np.int64).astype("datetime64[D]"), "month")
    expected = issues.trials[:, None] * without.live * without.mean
    noise = month_noise(expected + without.residual, expected, without.variance, month)
    tested = _testable(without, issues)
    block = np.where(tested[:, None, None], information, np.eye(waves.shape[1]))
    statistic = np.einsum("ik,ki->k", score, np.linalg.solve(block, score.T[:, :, None])[:, :, 0])
    degrees = without.live.sum(axis=0) - issues.source.max() - 1 - len(beside.centred)
    degrees = np.maximum(np.where(noise.shock > 1, np.minimum(noise.degrees, degrees), degrees), 1.0)
    scale = noise.dispersion * noise.shock * waves.shape[1]
    of_waves = f.sf(statistic / scale, waves.shape[1], degrees)
    of_ritual = ritual_p(without.residual, without.variance, month, noise)
    return np.where(tested, np.minimum(2 * np.minimum(of_waves, of_ritual), 1.0), np.nan)


def _where(chosen: NDArray[np.bool_], one: TrendTest, other: TrendTest) -> TrendTest:
    """Take the trend of the chosen themes from one test, all else from the other."""
    picked = {name: np.where(chosen, value, getattr(other, name)) for name, value in vars(one).items()}
    return TrendTest(**picked | {"season_p": other.season_p})


def _testable(fit: Fit, issues: Issues) -> NDArray[np.bool_]:
    """Return which themes have enough articles on and off them, and a fit."""
    on = (issues.successes * fit.live).sum(axis=0)
    off = (issues.trials[:, None] * fit.live).sum(axis=0) - on
    return np.asarray(fit.converged & (on >= LEAST_ARTICLES) & (off >= LEAST_ARTICLES))


def _robust_covariance(fit: Fit, issues: Issues, size: int) -> tuple[Floats, Floats]:
    """Return (K, r, r) the covariance of slopes and (K,) its degrees of freedom."""
    leverage = fit.variance / fit.group_information[issues.source]
    leverage = leverage + fit.variance * np.einsum("irk,kij,jrk->rk", fit.centred, fit.bread, fit.centred)
    error = fit.residual / np.maximum(1 - leverage, 0.05)
    slopes = len(fit.centred)
    meat = np.empty((fit.residual.shape[1], slopes, slopes))
    for i in range(slopes):
        for j in range(i, slopes):
            meat[:, i, j] = meat[:, j, i] = (fit.centred[i] * fit.centred[j] * error**2).sum(axis=0)
    used = sum_by(issues.source, fit.live, size) > 0
    degrees = fit.live.sum(axis=0) - used.sum(axis=0) - slopes
    shock, spans = _common_shocks(fit, issues, slopes)
    covariance = fit.bread @ meat @ fit.bread * shock[:, None, None]
    return covariance, np.where(shock > 1, np.minimum(spans, degrees), degrees)


def _common_shocks(fit: Fit, issues: Issues, slopes: int) -> tuple[Floats, Floats]:
    """Return (K,) what shocks common to a month multiply the variance by (1: none), and their df."""
    from scipy.stats import chi2

    days = issues.day.astype(np.int64).astype("datetime64[D]")
    number = period_numbers(days, "month")
    if number.max() - number.min() + 1 < _LEAST_SPANS:
        number = period_numbers(days, "week")
    _, span = np.unique(number, return_inverse=True)
    count = int(span.max()) + 1
    themes = fit.residual.shape[1]
    if count < _LEAST_SPANS:
        return np.ones(themes), np.full(themes, float(count))
    excess, expected = sum_by(span, fit.residual, count), sum_by(span, fit.variance, count)
    whole = fit.variance.sum(axis=0)
    dispersion = np.divide((fit.residual**2).sum(axis=0), whole, out=np.ones(themes), where=whole > 0)
    under = expected * dispersion
    pearson = np.divide(excess**2, under, out=np.zeros_like(under), where=under > 0).sum(axis=0)
    degrees = np.maximum((expected > 0).sum(axis=0) - slopes - 1, 1).astype(np.float64)
    found = chi2.sf(pearson, degrees) < SHOCK_LEVEL
    return np.where(found, np.maximum(pearson / degrees, 1.0), 1.0), degrees


def _test_slope(fit: Fit, issues: Issues, level: float) -> TrendTest:
    """Test the first slope by t."""
    from scipy.stats import t

    covariance, degrees = _robust_covariance(fit, issues, int(issues.source.max()) + 1)
    tested = _testable(fit, issues) & (degrees >= 2) & (covariance[:, 0, 0] > 0)
    safe = np.where(tested, degrees, 1.0)
    effect = np.where(tested, fit.slopes[0], np.nan)
    error = np.sqrt(np.where(tested, covariance[:, 0, 0], 1.0))
    reach = t.ppf((1 + level) / 2, safe) * error
    p = np.where(tested, 2 * t.sf(np.abs(fit.slopes[0]) / error, safe), np.nan)
    marginal = fit.variance.sum(axis=0) / issues.trials.sum()
    error, nothing = np.where(tested, error, np.nan), np.full(len(p), np.nan)
    return TrendTest(effect, effect - reach, effect + reach, p, nothing, marginal, error, degrees)
