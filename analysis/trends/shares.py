"""The share of articles on a theme in each period, with an interval that carries what is not known.

Read `Shares` for what comes out, `estimate_shares` for how, `binomial_interval` for the interval itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.trends.panel import Floats, Panel, sum_by

LEAST_DEGREES: Final = 10
"""With fewer degrees of freedom than this a source takes the correlation within issues of all sources
together."""
LEAST_DESIGN: Final = 0.1
_NEWTON_STEPS: Final = 8


@dataclass(frozen=True)
class Cells:
    """Sums over the issues of each source in each period: arrays (S, T), and (S, T, K) for themes.

    `articles` Σw, `squared` Σw², `clusters` Σ over issues of (Σw)², `issues` their number, `members` Σwp,
    `doubt` Σw²p(1 - p), `residual` Σ over issues of (Σw(p - share))².
    """

    articles: Floats
    squared: Floats
    clusters: Floats
    issues: Floats
    members: Floats
    doubt: Floats
    residual: Floats

    @property
    def share(self) -> Floats:
        """Share of each theme in each source and period, 0 where there is no article."""
        return np.asarray(self.members / np.where(self.articles > 0, self.articles, 1.0)[:, :, None])


@dataclass(frozen=True)
class Shares:
    """Shares by group and period; group 0 is all sources together, the others are the sources in order.

    Attributes
    ----------
    articles
        (1 + S, T) number of articles.
    members, share, low, high
        (1 + S, T, K) expected number of articles on the theme, its share of all, and the interval of the
        share; NaN where there is no article.
    effective
        (1 + S, T, K) effective number of articles: a simple random sample of that size would be as sure.
    design
        (1 + S, T, K) what clustering by issue multiplies the variance by.
    """

    articles: Floats
    members: Floats
    share: Floats
    low: Floats
    high: Floats
    effective: Floats
    design: Floats


def cells_of(panel: Panel) -> Cells:
    """Sum the issues of a panel by source and period."""
    sizes = (len(panel.sources), len(panel.calendar))
    code = panel.source * sizes[1] + panel.period
    count = sizes[0] * sizes[1]

    def sums(values: Floats) -> Floats:
        return sum_by(code, values, count)

    articles, members = sums(panel.weight), sums(panel.members)
    share = members / np.where(articles > 0, articles, 1.0)[:, None]
    residual = sums((panel.members - panel.weight[:, None] * share[code]) ** 2)
    flat = (articles, sums(panel.weight_squared), sums(panel.weight**2), sums(np.ones_like(panel.weight)))
    by_theme = (members, sums(panel.doubt), residual)
    return Cells(
        *(table.reshape(sizes) for table in flat), *(table.reshape(*sizes, -1) for table in by_theme)
    )


def issue_correlation(cells: Cells) -> Floats:
    """Return the correlation of membership within an issue: (S, K), 0 to 1.

    Estimated by moments and pooled over periods, since one period has too few issues for a steady variance:
    the squared residuals of issues, times J / (J - 1) for J issues, exceed what independent articles give by
    π(1 - π) ρ Σ m(m - 1), m the size of an issue. Assigned themes count as if drawn: p(1 - p) is added, so
    that ρ is that of the labels and not of their blurred probabilities. A source with fewer than
    `LEAST_DEGREES` degrees of freedom (issues less periods) takes ρ of all sources; where no period has two
    issues ρ is 0, which makes the interval one for the articles within those issues.
    """
    usable = (cells.issues >= 2) & (cells.articles > 1.5)
    issues = np.where(usable, cells.issues, 2.0)
    observed = cells.residual * (issues / (issues - 1))[:, :, None] + cells.doubt
    spread = _unbiased_spread(cells) * usable[:, :, None]
    excess = (observed * usable[:, :, None] - spread * cells.squared[:, :, None]).sum(axis=1)
    pairs = (spread * (cells.clusters - cells.squared)[:, :, None]).sum(axis=1)
    degrees = degrees_of_freedom(cells)
    own = np.divide(excess, pairs, out=np.zeros_like(pairs), where=pairs > 0)
    total = pairs.sum(axis=0)
    pooled = np.divide(excess.sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    correlation = np.where(degrees[:, None] >= LEAST_DEGREES, own, pooled[None, :])
    return np.asarray(np.clip(correlation, 0.0, 1.0))


def degrees_of_freedom(cells: Cells) -> Floats:
    """Return (S,) how many issues more than periods each source has, where a period has two or more."""
    return np.asarray(np.where(cells.issues >= 2, cells.issues - 1, 0.0).sum(axis=1))


def estimate_shares(cells: Cells, *, level: float, draws: int) -> Shares:
    """Estimate every theme's share by source, and of all sources, in each period.

    The estimand is the mean of membership in the stream of articles that the source's desk draws issues from,
    at the sources' volumes of that period; the estimate is the ratio Σwp / Σw. Its variance is `π(1 - π)/n ·
    (d + (1 + 1/draws) b)`, where d = 1 + ρ (Σm² / n - 1) is the design effect of articles clustered by issue
    (Kish 1965; ρ from `issue_correlation`) and b = Σp(1 - p) / nπ(1 - π) the variance between imputed
    assignments. This is Rubin's total variance for `draws` imputations of membership from the probabilities.
    Bernoulli draws have a known mean and variance, so the rule's expectation is used and nothing is drawn.
    For all sources together the variance is stratified: the sources' within-variances over the pooled π(1 -
    π), a ratio steadied over periods.

    n / (d + (1 + 1/draws) b) is the effective number of articles; it is multiplied by (t_{n-1} / t_df)²,
    capped at n, and goes to `binomial_interval`.

    References: Korn & Graubard (1998), *Survey Methodology* 24, 193; Rubin (1987), *Multiple Imputation for
    Nonresponse in Surveys*; Franco, Little, Louis & Slud (2019), *J. Surv. Stat. Methodol.* 7, 334.

    Assumptions: probabilities are calibrated; issues are independent given the period. Calibrated over the
    whole study but not in each period, probabilities pull shares towards their mean. Where the probabilities
    are soft the interval is wider than 95 % needs, since it counts both the labels' sampling and their doubt.
    Don't read it as the interval of a count: the articles on hand have no sampling error.
    """
    degrees = degrees_of_freedom(cells)
    companions = _ratio(cells.clusters - cells.squared, cells.squared)[:, :, None]
    by_source = 1 + issue_correlation(cells)[:, None, :] * companions
    everything = Cells(*(np.asarray(table).sum(axis=0, keepdims=True) for table in vars(cells).values()))
    weights = _ratio(cells.squared, everything.squared)[:, :, None]
    clustered = np.where(weights.sum(axis=0) > 0, (weights * by_source).sum(axis=0), 1.0)[None]
    together = np.maximum(_stratification(cells, everything) * clustered, LEAST_DESIGN)
    first = _with_intervals(everything, together, degrees.sum(keepdims=True), level=level, draws=draws)
    others = _with_intervals(cells, by_source, degrees, level=level, draws=draws)
    tables = zip(vars(first).values(), vars(others).values(), strict=True)
    return Shares(*(np.concatenate([one, other]) for one, other in tables))


def binomial_interval(count: Floats, size: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the mid-P interval of a proportion for real-valued counts.

    The limits solve `½ P(X ≥ x) + ½ P(X > x) = α/2` and its mirror image, with the binomial tail written as
    the beta distribution so that effective, non-integer counts have one too. A count of 0 has the lower limit
    0 and a real upper limit (1 - (α)^{1/n}); the interval never leaves 0 to 1.

    Clopper–Pearson's, which Korn and Graubard use, holds 95 % at every proportion and so 97 to 99 % on
    average at the counts of a month of news; mid-P holds it on average and within about 2 points everywhere
    (Berry & Armitage 1995, *The Statistician* 44, 417; Agresti & Gottard 2007). Don't use it where a
    guarantee at each single proportion is asked for.

    Parameters
    ----------
    count, size
        Successes and trials, real, 0 ≤ count ≤ size; NaN gives NaN.
    level
        Confidence level.
    """
    share = np.divide(count, size, out=np.full_like(count, np.nan), where=size > 0)
    low = np.minimum(_lower_limit(count, size, (1 - level) / 2), share)
    high = np.maximum(1.0 - _lower_limit(size - count, size, (1 - level) / 2), share)
    return low, high


def _lower_limit(count: Floats, size: Floats, tail: float) -> Floats:
    """Solve for the lower mid-P limit (0 where the count is 0)."""
    limit = np.where(np.isnan(count) | np.isnan(size), np.nan, 0.0)
    known = (count > 0) & (size > 0)
    limit[known] = _solve_tail(count[known], np.maximum(size[known] - count[known], 0.0), tail)
    return limit


def _solve_tail(count: Floats, rest: Floats, tail: float) -> Floats:
    """Solve ½ P(X ≥ count) + ½ P(X > count) = tail by Newton's method, log tail against log-odds.

    That function is concave and close to straight; from Jeffreys' limit eight steps are exact to 1e-9.
    """
    from scipy.special import betainc, betaincinv, betaln, expit, logit, xlog1py, xlogy

    some = rest > 0
    beyond = np.where(some, rest, 1.0)
    odds = logit(np.clip(betaincinv(count + 0.5, rest + 0.5, tail), 1e-300, 1 - 1e-16))
    for _ in range(_NEWTON_STEPS):
        p = expit(odds)
        log_p, log_rest = xlogy(count, p), xlog1py(rest, -p)
        reached = (betainc(count, rest + 1, p) + some * betainc(count + 1, beyond, p)) / 2
        slope = (1 - p) * np.exp(log_p + log_rest - betaln(count, rest + 1))
        slope = (slope + some * p * np.exp(log_p + log_rest - betaln(count + 1, beyond))) / 2
        step = np.log(np.maximum(reached, 1e-300) / tail) * reached / np.maximum(slope, 1e-300)
        odds = odds - np.clip(step, -2.0, 2.0)
    return np.asarray(expit(odds))


def _with_intervals(cells: Cells, design: Floats, degrees: Floats, *, level: float, draws: int) -> Shares:
    """Put an interval round each share, given the design effects and their degrees of freedom."""
    articles = cells.articles[:, :, None]
    share = np.where(articles > 0, cells.share, np.nan)
    plain = _ratio(cells.articles**2, cells.squared)[:, :, None]
    spread = share * (1 - share) * cells.squared[:, :, None]
    unsure = np.divide(cells.doubt, spread, out=np.zeros_like(spread), where=spread > 0)
    effective = plain / (design + (1 + 1 / draws) * np.minimum(unsure, 1.0))
    effective = np.minimum(effective * _t_adjustment(plain, degrees[:, None, None], level), plain)
    low, high = binomial_interval(share * effective, effective, level)
    return Shares(
        cells.articles, cells.members, share, low, high, effective, np.broadcast_to(design, share.shape)
    )


def _t_adjustment(size: Floats, degrees: Floats, level: float) -> Floats:
    """Return Korn and Graubard's (t_{n-1} / t_df)², 1 where there is no clustering to estimate."""
    from scipy.stats import t

    quantile = (1 + level) / 2
    matters = (degrees > 0) & (size - 1 > degrees)
    ours = t.ppf(quantile, np.where(matters, degrees, 1.0))
    simple = t.ppf(quantile, np.where(matters, size - 1, 1.0))
    return np.where(matters, (simple / ours) ** 2, 1.0)


def _stratification(cells: Cells, everything: Cells) -> Floats:
    """Return (1, 1, K) what fixing the sources' volumes multiplies the variance of all sources by."""
    within = (_unbiased_spread(cells) * cells.squared[:, :, None]).sum(axis=(0, 1))
    pooled = (_unbiased_spread(everything) * everything.squared[:, :, None]).sum(axis=(0, 1))
    ratio = np.divide(within, pooled, out=np.ones_like(pooled), where=pooled > 0)
    return np.asarray(np.clip(ratio, 0.0, 1.0))[None, None, :]


def _unbiased_spread(cells: Cells) -> Floats:
    """Return π(1 - π), corrected for its having been estimated from n articles."""
    correction = np.where(cells.articles > 1.5, cells.articles / np.maximum(cells.articles - 1, 0.5), 1.0)
    return cells.share * (1 - cells.share) * correction[:, :, None]


def _ratio(over: Floats, under: Floats) -> Floats:
    """Divide, giving 0 where there is nothing to divide by."""
    return np.asarray(np.divide(over, under, out=np.zeros_like(over), where=under > 0))
