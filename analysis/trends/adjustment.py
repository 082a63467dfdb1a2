"""The share at a fixed mix of sources: had no source come, gone or changed its volume."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.trends.misclassification import Misclassification
from analysis.trends.panel import Floats
from analysis.trends.periods import Integers
from analysis.trends.quasibinomial import Fit, expit, fit_quasi_binomial, live_rows
from analysis.trends.shares import Cells, Shares, corrected_interval, effective_size

_FAR: float = 8.0


@dataclass(frozen=True)
class Adjusted:
    """(T, K) adjusted shares, intervals and effective articles, NaN where a period has none to go by."""

    share: Floats
    low: Floats
    high: Floats
    effective: Floats


def standardise(cells: Cells, shares: Shares, errors: Misclassification, *, level: float) -> Adjusted:
    """Standardise the share of all sources to the fixed mix of the whole study.

    For each theme logit π(s, t) = α(s) + γ(t) is fitted to the articles of source s in period t, and the
    adjusted share of t is Σ ω(s) π(s, t), ω(s) the source's share of all dated articles (marginal
    standardisation, or g-computation: Lane & Nelder 1982, *Biometrics* 38, 613; Muller & MacLehose 2014,
    *Int. J. Epidemiol.* 43, 962). A source that is absent from t enters by its α, so leaving one out doesn't
    bring the bias of the mix back, as reweighting the sources that are present would. Where the mix never
    changes the adjusted share is the raw one.

    A source whose share never moves (0, say) keeps it; a period with articles of such sources alone says
    nothing of the others and has no adjusted share (NaN).

    The variance is the delta method's: that of the period's articles, clustered and doubted as in
    `estimate_shares` and scaled by how the fixed mix weighs them, plus that of α. Where sources come as
    others go, so that no chain of common periods links them all, the data can't tell the sources' levels
    from the periods', and there is no adjusted share (NaN).

    Assumption: a theme's rises and falls are the same for every source on the log-odds scale. Where sources
    move apart the adjusted share is their average at the volumes of the period: read the sources' own rows.
    Don't use it when the change of the mix is the very thing under study.
    """
    total = cells.articles.sum(axis=1)
    mix = total / total.sum()
    source, period = np.nonzero(cells.articles > 0)
    if not _linked(source, period, cells.articles.shape):
        unknown = np.full_like(shares.share[0], np.nan)
        return Adjusted(unknown, unknown, unknown, unknown)
    trials, successes = cells.articles[source, period], cells.members[source, period]
    live = _live_cells(successes, trials, source, period, cells.articles.shape)
    design = np.eye(len(mix))[source]
    fit = fit_quasi_binomial(successes, trials, period, design, size=cells.articles.shape[1], live=live)

    raw = shares.share[0]
    constant = _constant_shares(cells, source, live)[:, None, :]
    moving = np.isnan(constant)
    mean = np.where(moving, expit(fit.slopes[:, None, :] + _period_levels(fit, raw)[None]), constant)
    share = np.einsum("s,stk->tk", mix, mean)
    share = np.where(raw <= 0, 0.0, np.where(raw >= 1, 1.0, share))
    informed = np.einsum("st,sk->tk", cells.articles, moving[:, 0, :]) > 0
    share = np.where(np.isnan(raw) | (moving.any(axis=0) & ~informed), np.nan, share)
    effective = _effective_articles(fit, share, mean * (1 - mean) * moving, cells, shares, errors)
    low, high = corrected_interval(share, effective, errors, level)
    return Adjusted(share, low, high, effective)


def _linked(source: Integers, period: Integers, shape: tuple[int, ...]) -> bool:
    """Whether periods in common link all sources that have articles, each to each, by some chain."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    sources, periods = shape[0], shape[1]
    size = sources + periods
    links = coo_array((np.ones(len(source)), (source, sources + period)), shape=(size, size))
    _, part = connected_components(links, directed=False)
    return len(set(part[source].tolist())) <= 1


def _effective_articles(
    fit: Fit, share: Floats, spread: Floats, cells: Cells, shares: Shares, errors: Misclassification
) -> Floats:
    """Return (T, K) effective articles behind the adjusted share, by the delta method.

    `spread` (S, T, K) is π(1 - π) of the sources that the model is about.
    """
    total = cells.articles.sum(axis=1)
    mix = (total / total.sum())[:, None, None]
    here = cells.articles.sum(axis=0)
    volume = (cells.articles / np.where(here > 0, here, 1.0))[:, :, None]
    ours, theirs = (mix * spread).sum(axis=0), (volume * spread).sum(axis=0)
    scale = np.divide(ours, theirs, out=np.ones_like(ours), where=theirs > 0)
    lean = mix * spread - scale * volume * spread
    of_sources = np.einsum("stk,ksr,rtk->tk", lean, fit.bread, lean) * _dispersion(shares)
    raw, plain = shares.share[0], shares.effective[0]
    apparent = errors.apparent_of(raw)
    clear = np.divide(
        apparent * (1 - apparent), errors.gain**2 * plain, out=np.zeros_like(plain), where=plain > 0
    )
    variance = scale**2 * clear + np.maximum(of_sources, 0.0)
    inner = effective_size(share, variance, np.ones_like(variance), errors)
    whole = (raw <= 0) | (raw >= 1)
    return np.asarray(np.where(whole, plain / scale, np.minimum(inner, total.sum())))


def _dispersion(shares: Shares) -> Floats:
    """Return (K,) the variance of shares over that of independent labelled articles, mean over periods."""
    spread = shares.share[0] * (1 - shares.share[0])
    known = spread > 0
    articles = np.where(known, shares.articles[0][:, None], 0.0)
    ratio = np.divide(shares.variance[0] * articles, spread, out=np.zeros_like(spread), where=known)
    return np.asarray((ratio * articles).sum(axis=0) / np.maximum(articles.sum(axis=0), 1e-12))


def _live_cells(
    successes: Floats, trials: Floats, source: Integers, period: Integers, shape: tuple[int, ...]
) -> Floats:
    """Return 1 for cells that inform the model: no source and no period that is all or nothing.

    Leaving one out can make another all or nothing, so this goes on until none is left.
    """
    live, before = np.ones_like(successes), np.zeros_like(successes)
    while not np.array_equal(live, before):
        before = live
        live = live_rows(successes, trials, period, shape[1], live)
        live = live_rows(successes, trials, source, shape[0], live)
    return live


def _period_levels(fit: Fit, raw: Floats) -> Floats:
    """Return γ (T, K); far out, where odds are proportional, for periods that are all or nothing."""
    below, above = -fit.slopes.max(axis=0) - _FAR, -fit.slopes.min(axis=0) + _FAR
    return np.where(raw <= 0, below, np.where(raw >= 1, above, fit.intercepts))


def _constant_shares(cells: Cells, source: Integers, live: Floats) -> Floats:
    """Return (S, K) the share of sources that say nothing about change, NaN for those that do."""
    alive = np.zeros((len(cells.articles), live.shape[1]))
    np.maximum.at(alive, source, live)
    own = cells.members.sum(axis=1) / cells.articles.sum(axis=1)[:, None]
    return np.where(alive > 0, np.nan, own)
