"""Topics under other seeds: topics matched between runs, and what the choice of a seed adds to intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.schema import OUTLIER
from analysis.trends.adjustment import Adjusted
from analysis.trends.panel import Floats
from analysis.trends.shares import Shares, binomial_interval
from analysis.trends.trend_tests import TrendTest


def match_topics(reference: pd.Series, other: pd.Series) -> pd.Series:
    """Name the topics of another run after those of the reference.

    Pairs are chosen so that as many articles as possible are in the same topic in both (the assignment
    problem: Kuhn 1955; as stability of topics is measured by Greene, O'Callaghan & Cunningham 2014). A topic
    of the other run without a partner is an outlier there: its articles are on none of the reference's.

    Parameters
    ----------
    reference, other
        The topic of each article in the two runs, in the same order; -1 for none.
    """
    from scipy.optimize import linear_sum_assignment

    ours, names = pd.factorize(reference, sort=True)
    theirs, others = pd.factorize(other, sort=True)
    overlap = np.zeros((len(names), len(others)))
    np.add.at(overlap, (ours, theirs), 1.0)
    overlap[names == OUTLIER] = 0.0
    overlap[:, others == OUTLIER] = 0.0
    pairs = linear_sum_assignment(-overlap)
    renamed = np.full(len(others), OUTLIER, dtype=object)
    for one, two in zip(*pairs, strict=True):
        if overlap[one, two] > 0:
            renamed[two] = names[one]
    return pd.Series(renamed[theirs], index=other.index)


def combine_shares(found: Sequence[Shares], *, level: float) -> Shares:
    """Combine the shares of several runs by Rubin's rules; the numbers of articles are means."""
    first = found[0]
    share, low, high, effective = _combine(
        [run.share for run in found], [run.effective for run in found], level
    )
    variance = np.divide(share * (1 - share), effective, out=np.zeros_like(share), where=effective > 0)
    members = share * first.articles[:, :, None]
    return Shares(first.articles, members, share, low, high, effective, variance, first.design)


def combine_adjusted(found: Sequence[Adjusted], *, level: float) -> Adjusted:
    """Combine the adjusted shares of several runs by Rubin's rules."""
    return Adjusted(*_combine([run.share for run in found], [run.effective for run in found], level))


def combine_tests(found: Sequence[TrendTest], *, level: float) -> TrendTest:
    """Combine the trends of several runs by Rubin's rules; the season's p is the median of the runs'.

    Degrees of freedom are Rubin's joined with those of the runs (Barnard & Rubin 1999, *Biometrika* 86, 948).
    A topic that some run can't test isn't tested.
    """
    from scipy.stats import t

    effects, errors = (np.stack([getattr(run, name) for run in found]) for name in ("effect", "error"))
    effect, inside, total, degrees = _rubin(effects, errors**2)
    error = np.sqrt(total)
    of_runs = np.stack([run.degrees for run in found]).mean(axis=0)
    degrees = 1 / (1 / degrees + 1 / np.maximum(of_runs * inside / total, 1.0))
    reach = t.ppf((1 + level) / 2, degrees) * error
    p = 2 * t.sf(np.abs(effect) / error, degrees)
    season_p = np.median([run.season_p for run in found], axis=0)
    slope = np.mean([run.slope for run in found], axis=0)
    return TrendTest(effect, effect - reach, effect + reach, p, season_p, slope, error, degrees)


def _combine(
    shares: Sequence[Floats], sizes: Sequence[Floats], level: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return share, limits and effective articles of several runs."""
    from scipy.stats import norm, t

    values, effective = np.stack(shares), np.stack(sizes)
    variances = np.divide(values * (1 - values), effective, out=np.zeros_like(values), where=effective > 0)
    share, inside, total, degrees = _rubin(values, variances)
    quantile = (1 + level) / 2
    shrink = np.divide(inside, total, out=np.ones_like(total), where=total > 0)
    shrink = shrink * (norm.ppf(quantile) / t.ppf(quantile, degrees)) ** 2
    size = effective.mean(axis=0) * shrink
    return share, *binomial_interval(share * size, size, level), size


def _rubin(estimates: Floats, variances: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return mean, variance within, total variance and degrees of freedom of (M, …) estimates."""
    runs = len(estimates)
    inside, between = variances.mean(axis=0), (1 + 1 / runs) * estimates.var(axis=0, ddof=1)
    ratio = np.divide(inside, between, out=np.full_like(inside, np.inf), where=between > 0)
    degrees = np.minimum((runs - 1) * (1 + ratio) ** 2, 1e6)
    return estimates.mean(axis=0), inside, inside + between, degrees
