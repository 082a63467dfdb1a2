"""Do sources differ? In how much they write on a theme, and in where that is going."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import ALL_SOURCES, SOURCE_DIFFERENCE_COLUMNS, THEME
from analysis.trends.issues import Issues, whole_issues
from analysis.trends.methods.clustered import (
    LEAST_ARTICLES,
    Slopes,
    contrast,
    estimate_slopes,
    joint_score_test,
    spans_of,
)
from analysis.trends.multiplicity import false_discovery_rates
from analysis.trends.panel import Floats, Panel, sum_by
from analysis.trends.periods import Integers
from analysis.trends.quasibinomial import expit
from analysis.trends.seasons import YEAR

LEAST_SPANS_OF_SOURCE: Final = 4
"""A source with articles in fewer periods than this has no trend of its own."""
KINDS: Final = ("level", "trend")


def compare_sources(panel: Panel, *, level: float = 0.95) -> pd.DataFrame:
    """Test, for each theme, whether sources differ in level, and whether their trends differ.

    Level: logit π(s, t) = γ(t) + α(s), an intercept a period (of a month at least), so that sources are
    compared in the periods that they share: whatever moved all of them, season included, is out of it.
    Trend: β(s) · years is added. A source's `effect` is α(s), or β(s), less the mean of the other sources'
    (unweighted): log-odds, or log-odds a year. `points` is the same as a difference between shares, 0 to 1,
    averaged over the articles' periods (for `trend`: none is given). The row of `ALL` tests all sources being
    alike (`clustered.joint_score_test`).

    Errors are clustered by issue (`clustered.estimate_slopes`); shocks that a source has for a whole period
    are tested for and carried. `q` is Benjamini–Hochberg over the sources' rows of one kind, and apart from
    them over the rows of `ALL` of one kind: the joint tests and the single ones are two families.

    Parameters
    ----------
    panel
        From `gather_issues`.
    level
        Confidence level of the intervals.

    Returns
    -------
    DataFrame
        `theme`, `source`, `kind` ("level" or "trend"), `effect`, `low`, `high`, `points`, `p`, `q`; NaN where
        nothing could be tested.

    Notes
    -----
    Assumptions: issues are independent given the model, and a source's difference is the same in every period
    (for `level`) or grows by the same log-odds every year (`trend`). Not tested: a source with fewer than
    five expected articles on or off the theme; for `trend` also one with articles in fewer than four periods.
    Where sources share no period there is nothing to compare, and rows are NaN. Don't use it where a period
    holds a handful of articles: intercepts that rest on so few push effects away from 0 (Neyman & Scott
    1948, *Econometrica* 16, 1), though the tests of no difference still hold; take a longer period.
    Reference: Liang & Zeger (1986), *Biometrika* 73, 13.
    """
    issues = whole_issues(panel)
    spans = spans_of(issues.day, panel.calendar.period)
    parts = [
        _compare(panel, issues, spans, theme, kind, level)
        for theme in range(len(panel.themes))
        for kind in KINDS
    ]
    table = pd.concat(parts, ignore_index=True)
    joint = (table["source"] == ALL_SOURCES).to_numpy()
    q = np.full(len(table), np.nan)
    for kind in KINDS:
        for family in (joint, ~joint):
            mine = family & (table["kind"] == kind).to_numpy()
            q[mine] = false_discovery_rates(table["p"].to_numpy()[mine])
    table["q"] = q
    return table[list(SOURCE_DIFFERENCE_COLUMNS)]


def _compare(
    panel: Panel, issues: Issues, spans: Integers, theme: int, kind: str, level: float
) -> pd.DataFrame:
    """Make the rows of one theme and one kind."""
    values = np.full((len(panel.sources) + 1, 5), np.nan)
    held = _testable_sources(issues, spans, theme, least=LEAST_SPANS_OF_SOURCE if kind == "trend" else 1)
    fitted = _fit(issues, spans, theme, held, kind) if len(held) > 1 else None
    if fitted is not None:
        slopes, articles, period, values[0, 4] = fitted
        others, size = len(held) - 1, slopes.estimate.shape[0]
        last = slice(size - others, size)
        points = _points(slopes, articles, period) if kind == "level" else np.full(len(held), np.nan)
        for place, code in enumerate(held):
            combination = np.zeros(size)
            combination[last] = -1 / others
            if place > 0:
                combination[last.start + place - 1] = 1.0
            found = contrast(slopes, combination, level=level)
            values[code + 1] = found.estimate[0], found.low[0], found.high[0], points[place], found.p[0]
    names = {THEME: panel.themes[theme], "source": (ALL_SOURCES, *panel.sources), "kind": kind}
    return pd.DataFrame(names | dict(zip(("effect", "low", "high", "points", "p"), values.T, strict=True)))


def _testable_sources(issues: Issues, spans: Integers, theme: int, *, least: int) -> Integers:
    """Return the codes of the sources that have enough articles on and off the theme, and periods."""
    size = int(issues.source.max()) + 1
    on = np.bincount(issues.source, issues.successes[:, theme], size)
    off = np.bincount(issues.source, issues.trials, size) - on
    pairs = np.unique(np.column_stack([issues.source, spans]), axis=0)
    periods = np.bincount(pairs[:, 0], minlength=size)
    return np.flatnonzero((on >= LEAST_ARTICLES) & (off >= LEAST_ARTICLES) & (periods >= least))


def _fit(
    issues: Issues, spans: Integers, theme: int, held: Integers, kind: str
) -> tuple[Slopes, Floats, Integers, float] | None:
    """Fit one theme: slopes, articles of each period, their codes, p of all; None where a source is alone."""
    mine = np.isin(issues.source, held)
    source = np.searchsorted(held, issues.source[mine])
    period = np.unique(spans[mine], return_inverse=True)[1].ravel()
    own = Issues(issues.successes[mine][:, [theme]], issues.trials[mine], source, issues.day[mine])
    dummies = np.eye(len(held))[source][:, 1:]
    known, asked = dummies[:, :0], dummies
    if kind == "trend":
        years = (own.day - own.day.mean()) / YEAR
        known, asked = dummies, dummies * years[:, None]
    design = np.hstack([known, asked])
    cells = np.unique(period * len(held) + source, return_inverse=True)[1].ravel()
    periods = int(period.max()) + 1
    if np.linalg.matrix_rank(_within(design, period, own.trials)) < design.shape[1]:
        return None
    lost = periods + design.shape[1]
    slopes = estimate_slopes(own, design, groups=period, spans=cells, lost=lost)
    if not slopes.tested[0]:
        return None
    p = joint_score_test(own, known, asked, groups=period, spans=cells, lost=lost)[1][0]
    return slopes, sum_by(period, own.trials, periods), period, float(p)


def _within(design: Floats, period: Integers, trials: Floats) -> Floats:
    """Return the Gram matrix of the design less its mean in each period."""
    size = int(period.max()) + 1
    mean = sum_by(period, design * trials[:, None], size) / sum_by(period, trials, size)[:, None]
    centred = design - mean[period]
    return np.asarray(centred.T @ (centred * trials[:, None]))


def _points(slopes: Slopes, articles: Floats, period: Integers) -> NDArray[np.float64]:
    """Return each source's share less the mean of the others', over the articles' periods."""
    live = np.zeros(len(articles))
    np.maximum.at(live, period, slopes.fit.live[:, 0])
    own = np.concatenate([[0.0], slopes.estimate[:, 0]])
    share = expit(slopes.fit.intercepts[:, [0]] + own[None, :])
    mean = np.einsum("t,ts->s", articles * live / articles.sum(), share)
    return np.asarray((mean - mean.mean()) * len(own) / (len(own) - 1))
