"""What is new, growing, fading or steady: the last periods of a study against all before."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import EMERGING_COLUMNS, THEME
from analysis.trends.issues import Issues, whole_issues
from analysis.trends.methods.clustered import LEAST_ARTICLES, Slopes, contrast, estimate_slopes, spans_of
from analysis.trends.multiplicity import false_discovery_rates
from analysis.trends.panel import Floats, Panel, sum_by
from analysis.trends.seasons import can_have_season, season_design

Flags = NDArray[np.bool_]

STATES: Final = ("new", "growing", "fading", "steady", "unclear")
LEAST_PERIODS: Final = 3
"""Periods with articles that each side needs."""


def classify_themes(
    panel: Panel,
    *,
    recent: int | None = None,
    trace: float = 0.01,
    margin: float = 1.5,
    rate: float = 0.05,
    level: float = 0.95,
) -> pd.DataFrame:
    """Say of each theme whether it is new, growing, fading or steady, at a stated error rate.

    Model: logit share = source + δ · [recent] [+ season], errors clustered by issue and allowing for shocks
    of whole periods (`clustered.estimate_slopes`); δ is how much the odds of the last `recent` periods stand
    above all before, at the same mix of sources and time of the year.

    growing, fading
        The two-sided test of δ = 0 has q ≤ `rate`, by Benjamini–Hochberg over the themes; the sign says
        which. Of themes so called, no more than `rate` are expected to be in truth unchanged or moving the
        other way (Benjamini & Yekutieli 2005, *J. Am. Stat. Assoc.* 100, 71).
    new
        Growing, and besides a one-sided bound of confidence 1 - `rate` has the share before below `trace`
        and another has the recent one above it (an intersection–union test: Berger 1982, *Technometrics* 24,
        295), so that a theme that was there before is called new with probability `rate` at most.
    steady
        Not moving, and two one-sided tests reject that the odds have changed by the factor `margin` either
        way (equivalence: Schuirmann 1987, *J. Pharmacokinet. Biopharm.* 15, 657): a theme that has changed so
        much is called steady with probability `rate` at most.
    unclear
        All others: the study is too small to tell.

    Parameters
    ----------
    panel
        From `gather_issues`.
    recent
        Number of last periods; a third of the study's by default.
    trace
        Share below which a theme is as good as absent.
    margin
        Factor of the odds that would matter, above 1.
    rate
        Error rate, above.
    level
        Confidence level of `low` and `high`.

    Returns
    -------
    DataFrame
        `theme`, `state`, `effect` (δ in log-odds), `low`, `high`, `before`, `before_high`, `recent`,
        `recent_low` (raw shares and their one-sided Clopper–Pearson bounds, on effective articles), `since`
        (first day of the recent periods), `p`, `q`.

    Raises
    ------
    ValueError
        If a parameter is out of its range, or `recent` leaves fewer than three periods before.

    Notes
    -----
    Assumptions: issues (periods, where shocks are found) are independent given the model. Where a study is
    too short for a season, a season's rise is called growing. Don't choose `recent` by looking at the series:
    the error rate is that of a window fixed beforehand. A theme with fewer than five expected articles in all
    is unclear. Where all articles of a theme lie on one side of `since` the odds have no finite ratio: p is
    Fisher's exact one on the effective numbers of articles (theirs over the dispersion of issues), `effect`
    has half an article added to each cell, and `low` and `high` are missing.
    """
    count = len(panel.calendar)
    window = max(1, count // 3) if recent is None else recent
    _check(count, window, trace, margin, rate)
    since = panel.calendar.starts[count - window]
    issues = whole_issues(panel)
    late = issues.day >= since.astype(np.float64)
    spans = spans_of(issues.day, panel.calendar.period)
    table = pd.DataFrame({THEME: panel.themes, "since": str(since)})
    enough = min(len(np.unique(spans[late])), len(np.unique(spans[~late]))) >= min(LEAST_PERIODS, window)
    numbers = ("effect", "low", "high", "before", "before_high", "recent", "recent_low", "p")
    if not enough or len(issues.day) < issues.source.max() + 8:
        return table.assign(**dict.fromkeys((*numbers, "q"), np.nan), state="unclear")[list(EMERGING_COLUMNS)]
    slopes = _fit(panel, issues, late)
    found = contrast(slopes, np.eye(slopes.estimate.shape[0])[0], level=level)
    sure = contrast(slopes, np.eye(slopes.estimate.shape[0])[0], level=1 - 2 * rate)
    lumps = _dispersion(issues)
    before, before_high = _bound(issues, ~late, lumps, upper=True, rate=rate)
    now, now_low = _bound(issues, late, lumps, upper=False, rate=rate)
    alone = _absent_on_one_side(issues, late)
    p = np.where(alone, _exact_p(issues, late, lumps), found.p)
    effect = np.where(alone, _log_odds_ratio(issues, late), found.estimate)
    q = false_discovery_rates(p)
    moving, rising = q <= rate, effect > 0
    new = moving & rising & (before_high < trace) & (now_low > trace)
    steady = ~moving & (sure.low > -np.log(margin)) & (sure.high < np.log(margin))
    chosen = [new, moving & rising, moving & ~rising, steady]
    state = np.select(chosen, STATES[:-1], default=STATES[-1])
    values = (effect, found.low, found.high, before, before_high, now, now_low, p)
    table = table.assign(state=pd.Series(state, dtype="str"), q=q, **dict(zip(numbers, values, strict=True)))
    return table[list(EMERGING_COLUMNS)]


def _check(count: int, window: int, trace: float, margin: float, rate: float) -> None:
    """Raise `ValueError` for a parameter out of its range."""
    if not 1 <= window <= count - LEAST_PERIODS:
        raise ValueError(
            f"recent is {window} of {count} periods; expected 1 or more, {LEAST_PERIODS} left before them"
        )
    if not 0 < trace < 1:
        raise ValueError(f"trace is {trace}; expected a share between 0 and 1, such as 0.01")
    if margin <= 1:
        raise ValueError(f"margin is {margin}; expected a factor above 1, such as 1.5")
    if not 0 < rate < 0.5:
        raise ValueError(f"rate is {rate}; expected an error rate between 0 and 0.5, such as 0.05")


def _fit(panel: Panel, issues: Issues, late: Flags) -> Slopes:
    """Fit the recent periods' lift, sources and season."""
    design = late.astype(np.float64)[:, None]
    if panel.calendar.period != "year" and can_have_season(issues.day):
        design = np.hstack([design, season_design(issues.day)])
    spans = spans_of(issues.day, panel.calendar.period)
    return estimate_slopes(issues, design, groups=issues.source, spans=spans, lost=design.shape[1] + 1)


def _dispersion(issues: Issues) -> Floats:
    """Return (K,) how much more issues vary about their sources' shares than a binomial, 1 at least."""
    size = int(issues.source.max()) + 1
    total = sum_by(issues.source, issues.trials, size)
    share = (sum_by(issues.source, issues.successes, size) / np.maximum(total, 1e-12)[:, None])[issues.source]
    variance = issues.trials[:, None] * share * (1 - share)
    whole = variance.sum(axis=0)
    squares = ((issues.successes - issues.trials[:, None] * share) ** 2).sum(axis=0)
    lumps = np.divide(squares, whole, out=np.ones_like(whole), where=whole > 0)
    return np.asarray(np.maximum(lumps, 1.0))


def _bound(issues: Issues, part: Flags, lumps: Floats, *, upper: bool, rate: float) -> tuple[Floats, Floats]:
    """Return (K,) the raw share of a part of the issues and its one-sided bound (Clopper & Pearson's)."""
    from scipy.stats import beta

    trials = issues.trials[part].sum()
    share = issues.successes[part].sum(axis=0) / trials
    size, on = trials / lumps, share * trials / lumps
    if upper:
        return share, np.where(on < size, beta.ppf(1 - rate, on + 1, np.maximum(size - on, 1e-12)), 1.0)
    return share, np.where(on > 0, beta.ppf(rate, np.maximum(on, 1e-12), size - on + 1), 0.0)


def _absent_on_one_side(issues: Issues, late: Flags) -> Flags:
    """Return which themes have enough articles, all of them on one side, where odds have no ratio."""
    before, now = (issues.successes[part].sum(axis=0) for part in (~late, late))
    return np.asarray((np.minimum(before, now) < 1e-9) & (before + now >= LEAST_ARTICLES))


def _exact_p(issues: Issues, late: Flags, lumps: Floats) -> Floats:
    """Return (K,) Fisher's exact p, twice the smaller tail, on effective numbers of articles."""
    from scipy.stats import hypergeom

    size = [np.round(issues.trials[part].sum() / lumps) for part in (~late, late)]
    on = [np.round(issues.successes[part].sum(axis=0) / lumps) for part in (~late, late)]
    arguments = (size[0] + size[1], on[0] + on[1], size[1])
    tails = hypergeom.sf(on[1] - 1, *arguments), hypergeom.cdf(on[1], *arguments)
    return np.asarray(np.minimum(2 * np.minimum(*tails), 1.0))


def _log_odds_ratio(issues: Issues, late: Flags) -> Floats:
    """Return (K,) the raw log-odds ratio with half an article added to every cell (Haldane)."""
    odds = [
        np.log(issues.successes[part].sum(axis=0) + 0.5)
        - np.log(issues.trials[part].sum() - issues.successes[part].sum(axis=0) + 0.5)
        for part in (late, ~late)
    ]
    return np.asarray(odds[0] - odds[1])
