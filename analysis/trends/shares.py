"""The share of articles on a theme in each period, with an interval that carries what is not known.

Read `Shares` for what comes out, `estimate_shares` for how, `binomial_interval` for the interval itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.trends.misclassification import Misclassification
from analysis.trends.panel import Floats, Panel, sum_by

LEAST_DEGREES: Final = 10
"""With fewer degrees of freedom than this a source takes the correlation within issues of all sources
together."""
LEAST_DESIGN: Final = 0.1
LEFT_FOR_NONE: Final = 1.25
"""Of 1 - level: the probability that a count of 0 has at its upper limit."""


@dataclass(frozen=True)
class Cells:
    """Sums over the issues of each source in each period: arrays (S, T), and (S, T, K) for themes.

    `articles` Σw, `squared` Σw², `clusters` Σ over issues of (Σw)², `issues` their number, `members` Σwp (p
    as corrected for errors of assignment), `residual` Σ over issues of (Σw(p - share))².
    """

    articles: Floats
    squared: Floats
    clusters: Floats
    issues: Floats
    members: Floats
    residual: Floats

    @property
    def share(self) -> Floats:
        """Share of each theme in each source and period, 0 to 1, 0 where there is no article."""
        raw = self.members / np.where(self.articles > 0, self.articles, 1.0)[:, :, None]
        return np.asarray(np.clip(raw, 0.0, 1.0))


@dataclass(frozen=True)
class Shares:
    """Shares by group and period; group 0 is all sources together, the others are the sources in order.

    Attributes
    ----------
    articles
        (1 + S, T) number of articles.
    members, share, low, high
        (1 + S, T, K) estimated number of articles on the theme, its share of all, and the interval of the
        share; NaN where there is no article.
    effective
        (1 + S, T, K) effective number of articles: in a simple random sample of that size the apparent share,
        which errors of assignment are not undone in, would be as sure.
    variance
        (1 + S, T, K) variance of the share.
    design
        (1 + S, T, K) what clustering by issue multiplies the variance by.
    """

    articles: Floats
    members: Floats
    share: Floats
    low: Floats
    high: Floats
    effective: Floats
    variance: Floats
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
    by_theme = (members, residual)
    return Cells(
        *(table.reshape(sizes) for table in flat), *(table.reshape(*sizes, -1) for table in by_theme)
    )


def issue_correlation(cells: Cells, errors: Misclassification) -> Floats:
    """Return the correlation of membership within an issue: (S, K), 0 to 1.

    Estimated by moments and pooled over periods, since one period has too few issues for a steady variance:
    the squared residuals of issues, times J / (J - 1) for J issues, exceed what independent articles give
    (π(1 - π) and what errors of assignment add) by π(1 - π) ρ Σ m(m - 1), m the size of an issue. A source
    with fewer than `LEAST_DEGREES` degrees of freedom (issues less periods) takes ρ of all sources; where no
    period has two issues ρ is 0, which makes the interval one for the articles within those issues.
    """
    usable = ((cells.issues >= 2) & (cells.articles > 1.5))[:, :, None]
    issues = np.where(cells.issues >= 2, cells.issues, 2.0)
    observed = cells.residual * (issues / (issues - 1))[:, :, None]
    spread = _unbiased_spread(cells)
    alone = errors.seen(spread, cells.share) * cells.squared[:, :, None]
    excess = ((observed - alone) * usable).sum(axis=1)
    pairs = (spread * (cells.clusters - cells.squared)[:, :, None] * usable).sum(axis=1)
    degrees = degrees_of_freedom(cells)
    own = np.divide(excess, pairs, out=np.zeros_like(pairs), where=pairs > 0)
    total = pairs.sum(axis=0)
    pooled = np.divide(excess.sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    correlation = np.where(degrees[:, None] >= LEAST_DEGREES, own, pooled[None, :])
    return np.asarray(np.clip(correlation, 0.0, 1.0))


def degrees_of_freedom(cells: Cells) -> Floats:
    """Return (S,) how many issues more than periods each source has, where a period has two or more."""
    return np.asarray(np.where(cells.issues >= 2, cells.issues - 1, 0.0).sum(axis=1))


def estimate_shares(cells: Cells, errors: Misclassification, *, level: float, draws: int) -> Shares:
    """Estimate every theme's share by source, and of all sources, in each period.

    The estimand is the mean of membership in the stream of articles that the source's desk draws issues from,
    at the sources' volumes of that period; the estimate is the ratio Σwp / Σw, corrected for errors of
    assignment (`correct_memberships`). Its variance is `(π(1 - π) d + (1 + 1/draws) a) / n`, where d = 1 + ρ
    (Σm² / n - 1) is the design effect of articles clustered by issue (Kish 1965; ρ from `issue_correlation`)
    and a what assignment adds to the variance of one article (`Misclassification.added`). This is Rubin's
    total variance for `draws` imputations of labels, each at a share of the period drawn anew; the labels'
    mean and variance being known, the rule's expectation is used and nothing is drawn. For all sources
    together the variance is stratified: the sources' within-variances over the pooled π(1 - π), a ratio
    steadied over periods.

    The interval is that of the apparent share q, the mean probability: the effective number of articles, at
    which q(1 - q) over it is the variance of q, is multiplied by (t_{n-1} / t_df)², capped at n, and goes to
    `binomial_interval`; the limits are then corrected as the share is. For labels q is the share.

    References: Korn & Graubard (1998), *Survey Methodology* 24, 193; Rubin (1987), *Multiple Imputation for
    Nonresponse in Surveys*; Franco, Little, Louis & Slud (2019), *J. Surv. Stat. Methodol.* 7, 334.

    Assumptions: those of `correct_memberships`; issues are independent given the period. Don't read it as the
    interval of a count: the articles on hand have no sampling error.
    """
    degrees = degrees_of_freedom(cells)
    companions = _ratio(cells.clusters - cells.squared, cells.squared)[:, :, None]
    by_source = 1 + issue_correlation(cells, errors)[:, None, :] * companions
    everything = Cells(*(np.asarray(table).sum(axis=0, keepdims=True) for table in vars(cells).values()))
    weights = _ratio(cells.squared, everything.squared)[:, :, None]
    clustered = np.where(weights.sum(axis=0) > 0, (weights * by_source).sum(axis=0), 1.0)[None]
    together = np.maximum(_stratification(cells, everything) * clustered, LEAST_DESIGN)
    first = _with_intervals(everything, together, degrees.sum(keepdims=True), errors, level, draws)
    others = _with_intervals(cells, by_source, degrees, errors, level, draws)
    tables = zip(vars(first).values(), vars(others).values(), strict=True)
    return Shares(*(np.concatenate([one, other]) for one, other in tables))


def binomial_interval(count: Floats, size: Floats, level: float) -> tuple[Floats, Floats]:
    """Return Jeffreys' interval of a proportion for real-valued counts.

    The limits are quantiles of Beta(x + ½, n - x + ½), 0 where x = 0 and 1 where x = n; the interval never
    leaves 0 to 1. A count of 0 has a real upper limit, about 2.8 / n, and no other count a lower one: there
    1.25 (1 - level) of the probability is left for 0. Jeffreys' own limit, 2.5 / n, would hold only 91.5 to
    93 % of months of two and a half to three expected articles (Brown, Cai & DasGupta 2001, *Statistical
    Science* 16, 101, mend it at 0 as well), and the rule of three (Hanley & Lippman-Hand 1983, *JAMA* 249,
    1743) over 97 % of those of two to three. Clopper–Pearson's interval, which Korn and Graubard use, holds
    95 % at every proportion and so 97 to 99 % on average at the counts of a month of news, mid-P 98 % where
    two or three articles are expected; Jeffreys' holds it on average over proportions (Brown et al.; for
    clustered samples Franco et al. 2019). Where less than two articles are expected no interval of this kind
    covers less than 97 %. Don't use it where a guarantee at each single proportion is asked for: at some it
    holds only 92.5 %.

    Parameters
    ----------
    count, size
        Successes and trials, real, 0 ≤ count ≤ size; NaN gives NaN.
    level
        Confidence level.
    """
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    share = np.divide(count, size, out=np.full_like(count, np.nan), where=size > 0)
    rest = np.maximum(size - count, 0.0)
    low = betaincinv(count + 0.5, rest + 0.5, tail)
    high = betaincinv(count + 0.5, rest + 0.5, 1 - tail)
    of_none = 1 - (LEFT_FOR_NONE * (1 - level)) ** (1 / np.where(size > 0, size, np.nan))
    low, high = np.minimum(low, 1 - of_none), np.maximum(high, of_none)
    low, high = np.where(count <= 0, 0.0, low), np.where(rest <= 0, 1.0, high)
    return np.minimum(low, share), np.maximum(high, share)


def _with_intervals(
    cells: Cells, design: Floats, degrees: Floats, errors: Misclassification, level: float, draws: int
) -> Shares:
    """Put an interval round each share, given the design effects and their degrees of freedom."""
    articles = cells.articles[:, :, None]
    share = np.where(articles > 0, cells.share, np.nan)
    plain = _ratio(cells.articles**2, cells.squared)[:, :, None]
    spread = share * (1 - share)
    one = spread * design + (1 + 1 / draws) * errors.added(share)
    adjustment = _t_adjustment(plain, degrees[:, None, None], level)
    certain = np.ones_like(design)
    most = effective_size(share, spread + errors.added(share), certain, errors) * plain
    effective = np.minimum(effective_size(share, one, design, errors) * plain * adjustment, most)
    low, high = corrected_interval(share, effective, errors, level)
    variance = np.divide(one, plain, out=np.full_like(one, np.nan), where=plain > 0)
    return Shares(
        cells.articles, np.clip(cells.members, 0.0, articles), share, low, high, effective, variance,
        np.broadcast_to(design, share.shape),
    )  # fmt: skip


def effective_size(share: Floats, variance: Floats, certain: Floats, errors: Misclassification) -> Floats:
    """Return q(1 - q) over the variance of the apparent share q; 1 / `certain` where both are 0."""
    apparent = errors.apparent_of(share)
    spread = apparent * (1 - apparent)
    seen = errors.gain**2 * variance
    known = (spread > 0) & (seen > 0)
    return np.asarray(
        np.divide(spread, seen, out=np.broadcast_to(1 / certain, seen.shape).copy(), where=known)
    )


def corrected_interval(
    share: Floats, effective: Floats, errors: Misclassification, level: float
) -> tuple[Floats, Floats]:
    """Return the interval of a share from that of its apparent share."""
    low, high = binomial_interval(errors.apparent_of(share) * effective, effective, level)
    return np.minimum(errors.share_of(low), share), np.maximum(errors.share_of(high), share)


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
