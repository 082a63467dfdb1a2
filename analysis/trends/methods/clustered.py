"""Slopes of the quasi-binomial model with errors that allow for issues and for shocks, and their F tests.

The methods of this room differ in what they put into the design; this is what they share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.trends.issues import Issues
from analysis.trends.panel import Floats, Panel, sum_by
from analysis.trends.periods import Integers, Period, period_numbers
from analysis.trends.quasibinomial import Fit, efficient_columns, fit_quasi_binomial, varies

LEAST_ARTICLES: Final = 5
"""A theme with fewer expected articles on it, or off it, isn't tested."""
SHOCK_LEVEL: Final = 0.1
LEAST_SPANS: Final = 12


@dataclass(frozen=True)
class Slopes:
    """Slopes of K themes with what is known of their errors.

    `estimate` (r, K), `covariance` (K, r, r), `degrees` (K,) of freedom, `tested` (K,) whether the rest means
    anything, and the `fit` they come from.
    """

    estimate: Floats
    covariance: Floats
    degrees: Floats
    tested: NDArray[np.bool_]
    fit: Fit


@dataclass(frozen=True)
class Contrast:
    """Estimates in log-odds with their intervals and p, one a theme (and contrast)."""

    estimate: Floats
    low: Floats
    high: Floats
    p: Floats


def estimate_slopes(
    issues: Issues, design: Floats, *, groups: Integers, spans: Integers, lost: int
) -> Slopes:
    """Fit logit(share) = intercept of the group + design · slopes, errors clustered by issue.

    The covariance is the sandwich over issues with residuals over √(1 - leverage) (HC2, which is unbiased
    where issues are independent: MacKinnon & White 1985, *J. Econometrics* 29, 305; Kauermann & Carroll 2001,
    *J. Am. Stat. Assoc.* 96, 1387; the jackknife's HC3 is too wide where every period has an intercept), its
    degrees of freedom the issues less the parameters.
    Shocks that move whole spans are tested for by the spans' Pearson chi-square against the dispersion of
    issues; where it is significant at 10 % it multiplies the covariance, and the degrees of freedom become
    those of the spans. Assumption: given the design, spans are independent.

    Parameters
    ----------
    issues, design
        R issues, and (R, r) regressors.
    groups, spans
        (R,) codes of the intercepts, and of what may be shocked together.
    lost
        Parameters that the span sums lose to the model.
    """
    size, slopes = int(groups.max()) + 1, design.shape[1]
    fit = fit_quasi_binomial(issues.successes, issues.trials, groups, design, size=size)
    weighed = fit.centred * (fit.residual / np.sqrt(left_of(fit, groups)))
    meat = np.einsum("irk,jrk->kij", weighed, weighed, optimize=True)
    used = (sum_by(groups, fit.live, size) > 0).sum(axis=0)
    degrees = (fit.live.sum(axis=0) - used - slopes).astype(np.float64)
    shock, of_spans = shock_of(fit, spans, lost)
    covariance = fit.bread @ meat @ fit.bread * shock[:, None, None]
    degrees = np.where(shock > 1, np.minimum(of_spans, degrees), degrees)
    spread = np.einsum("kii->ki", covariance)
    tested = enough(fit, issues) & (degrees >= 2) & (spread > 0).all(axis=1)
    return Slopes(fit.slopes, covariance, degrees, tested, fit)


def left_of(fit: Fit, groups: Integers) -> Floats:
    """Return (R, K) what the fit leaves of each issue: 1 - leverage."""
    leverage = fit.variance / fit.group_information[groups]
    leverage = leverage + fit.variance * np.einsum("irk,kij,jrk->rk", fit.centred, fit.bread, fit.centred)
    return np.asarray(np.maximum(1 - leverage, 0.05))


def shock_of(fit: Fit, spans: Integers, lost: int) -> tuple[Floats, Floats]:
    """Return (K,) what shocks shared within spans multiply the variance by (1: none), and their df."""
    from scipy.stats import chi2

    count = int(spans.max()) + 1
    expected, excess = sum_by(spans, fit.variance, count), sum_by(spans, fit.residual, count)
    whole = fit.variance.sum(axis=0)
    dispersion = np.divide((fit.residual**2).sum(axis=0), whole, out=np.ones_like(whole), where=whole > 0)
    under = expected * dispersion
    pearson = np.divide(excess**2, under, out=np.zeros_like(under), where=under > 0).sum(axis=0)
    degrees = np.maximum((expected > 0).sum(axis=0) - lost, 1).astype(np.float64)
    # Where a span expects a fraction of an article its squared count has a long tail: Var(e²/v) is 2 + 1/v,
    # and chi-square takes as few degrees of freedom as have that variance (Haldane 1937, Biometrika 29, 133).
    rare = np.divide(1.0, expected, out=np.zeros_like(expected), where=expected > 0).sum(axis=0)
    uneven = 1 + rare / (2 * degrees)
    found = (chi2.sf(pearson / uneven, degrees / uneven) < SHOCK_LEVEL) & (degrees >= LEAST_SPANS / 2)
    return np.where(found, np.maximum(pearson / degrees, 1.0), 1.0), degrees


def enough(fit: Fit, issues: Issues) -> NDArray[np.bool_]:
    """Return which themes have a fit and enough articles on and off them."""
    on = (issues.successes * fit.live).sum(axis=0)
    off = (issues.trials[:, None] * fit.live).sum(axis=0) - on
    return np.asarray(fit.converged & varies(fit) & (on >= LEAST_ARTICLES) & (off >= LEAST_ARTICLES))


def contrast(slopes: Slopes, weights: Floats, *, level: float) -> Contrast:
    """Return the estimates (K,) of one linear combination (r,) of slopes, with t intervals and p."""
    from scipy.stats import t

    estimate = weights @ slopes.estimate
    variance = np.einsum("i,kij,j->k", weights, slopes.covariance, weights)
    tested = slopes.tested & (variance > 0)
    error, degrees = np.sqrt(np.where(tested, variance, 1.0)), np.where(tested, slopes.degrees, 2.0)
    reach = t.ppf((1 + level) / 2, degrees) * error
    parts = (estimate, estimate - reach, estimate + reach, 2 * t.sf(np.abs(estimate) / error, degrees))
    return Contrast(*(np.where(tested, part, np.nan) for part in parts))


def joint_test(slopes: Slopes, chosen: slice) -> tuple[Floats, Floats]:
    """Return (K,) F and p of the test that the chosen slopes are all 0, NaN where it can't be made."""
    from scipy.stats import f

    block, estimate = slopes.covariance[:, chosen, chosen], slopes.estimate[chosen]
    count = estimate.shape[0]
    block = np.where(slopes.tested[:, None, None], block, np.eye(count))
    wald = np.einsum("ik,ki->k", estimate, np.linalg.solve(block, estimate.T[:, :, None])[:, :, 0])
    degrees = np.where(slopes.tested, slopes.degrees, 2.0)
    # Hotelling's correction: the covariance itself is estimated.
    rest = np.maximum(degrees - count + 1, 1.0)
    statistic = wald / count * rest / degrees
    p = f.sf(statistic, count, rest)
    return np.where(slopes.tested, statistic, np.nan), np.where(slopes.tested, p, np.nan)


def spans_of(days: Floats, period: Period) -> Integers:
    """Return codes of the spans that shocks may fill: the study's periods, of a month at least."""
    longest: Period = "month" if period in ("day", "week") else period
    number = period_numbers(days.astype(np.int64).astype("datetime64[D]"), longest)
    return np.asarray(np.unique(number, return_inverse=True)[1].ravel(), dtype=np.int64)


def groups_of(panel: Panel, issues: Issues) -> list[tuple[str, Issues]]:
    """Return all issues under the word for all sources, then those of each source."""
    from analysis.schema import ALL_SOURCES

    own = [(name, issues.only(code)) for code, name in enumerate(panel.sources)]
    return [(ALL_SOURCES, issues), *own]


def joint_score_test(
    issues: Issues, design: Floats, extra: Floats, *, groups: Integers, spans: Integers, lost: int
) -> tuple[Floats, Floats]:
    """Return (K,) F and p of the test that regressors left out of a model explain nothing.

    The generalised score test: the efficient score of `extra` beside the groups and `design`, over its
    variance between issues (HC2), with Hotelling's correction and the shocks of spans as in
    `estimate_slopes`. Where the articles are few it keeps its size, which Wald's joint test, whose variance
    grows with the estimates, doesn't (Boos 1992, *The American Statistician* 46, 327; Hauck & Donner 1977,
    *J. Am. Stat. Assoc.* 72, 851). It gives no interval: see `estimate_slopes` for that. NaN where it can't
    be made.

    Parameters
    ----------
    issues, design, extra
        R issues, (R, r) regressors of the model, and (R, q) those tested.
    groups, spans, lost
        As in `estimate_slopes`, `lost` counting the tested regressors too.
    """
    from scipy.stats import f

    size, count = int(groups.max()) + 1, extra.shape[1]
    fit = fit_quasi_binomial(issues.successes, issues.trials, groups, design, size=size)
    error = fit.residual / np.sqrt(left_of(fit, groups))
    columns = np.stack(efficient_columns(fit, groups, extra))
    score = (columns * fit.residual).sum(axis=1)
    meat = np.einsum("irk,jrk->kij", columns * error, columns * error, optimize=True)
    used = (sum_by(groups, fit.live, size) > 0).sum(axis=0)
    degrees = (fit.live.sum(axis=0) - used - design.shape[1] - count).astype(np.float64)
    shock, of_spans = shock_of(fit, spans, lost)
    degrees = np.where(shock > 1, np.minimum(of_spans, degrees), degrees)
    values = np.linalg.eigvalsh(meat)
    tested = enough(fit, issues) & (degrees >= count + 1) & (values[:, 0] > 1e-9 * values[:, -1])
    block = np.where(tested[:, None, None], meat * shock[:, None, None], np.eye(count))
    wald = np.einsum("ik,ki->k", score, np.linalg.solve(block, score.T[:, :, None])[:, :, 0])
    degrees = np.where(tested, degrees, count + 1.0)
    rest = degrees - count + 1
    statistic = wald / count * rest / degrees
    p = f.sf(statistic, count, rest)
    return np.where(tested, statistic, np.nan), np.where(tested, p, np.nan)
