"""Who leads? Whether one source's ups and downs on a theme come before another's, and by how many periods."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

from analysis.schema import LEAD_COLUMNS
from analysis.trends.issues import Issues, whole_issues
from analysis.trends.methods.clustered import LEAST_ARTICLES
from analysis.trends.multiplicity import false_discovery_rates
from analysis.trends.panel import Floats, Panel, sum_by
from analysis.trends.quasibinomial import fit_quasi_binomial
from analysis.trends.seasons import YEAR, can_have_season, season_design

LEAST_PAIRS: Final = 16
"""Periods that two sources must share at every lag."""
PERMUTATIONS: Final = 1999
TOGETHER: Final = "together"
UNTOLD: Final = "can't tell"


def find_leads(
    panel: Panel,
    *,
    most: int = 3,
    rate: float = 0.05,
    level: float = 0.95,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
) -> pd.DataFrame:
    """Tell, for each theme and pair of sources, which source leads and by how many periods.

    Each source's articles are fitted by logit share = intercept + β · years [+ season]; a period's residual
    articles over their standard deviation, less what the one before predicts (AR(1)), are its surprise
    (pre-whitening: Box, Jenkins & Reinsel 2008, *Time Series Analysis*, §12). The two series of surprises are
    correlated at every lag from -`most` to `most`; the largest positive correlation is the statistic. p: one
    series of residuals is permuted over its periods `permutations` times, in blocks of T^(1/3), freed again
    from trend and season and whitened, and the largest correlation over all lags taken, so that the choice of
    the lag and the freedom of the fit are paid for.

    The lag's interval: with a flat prior over the lags, and the normal likelihood (1 - r²)^(-n/2) of each,
    the lags of highest posterior probability that hold `level` of it together; lags whose r is negative have
    the likelihood of r = 0. Its first and last are given.

    leader
        A source, where q ≤ `rate` and the whole interval is on its side of 0; "together" where it is 0 alone;
        "can't tell" in all other cases. Of pairs that move together, the wrong source, or one although they
        move at once, is called leader in at most 1 - `level`, on average over the lags.

    Parameters
    ----------
    panel
        From `gather_issues`.
    most
        Longest lag in periods, 1 or more.
    rate
        False discovery rate for calling a leader.
    level
        Probability of the interval of the lag.
    permutations, seed
        Number of permutations, and their seed.

    Returns
    -------
    DataFrame
        `theme`, `first`, `second` (sources), `lag` (periods by which `second` follows `first`; negative: goes
        before it), `low`, `high`, `correlation` at the lag, `p`, `q` (Benjamini–Hochberg over the table),
        `leader`.

    Raises
    ------
    ValueError
        If a parameter is out of its range.

    Notes
    -----
    Assumptions: one lag for the whole study; surprises are stationary; a source doesn't answer another by
    writing less. To lead is to come first, not to cause: both may follow a third. Don't use it with fewer
    than about 40 periods or sources of a few articles a period: it will hardly ever tell. Not tested (NaN):
    pairs with fewer than sixteen common periods at a lag, or five expected articles on or off the theme.
    """
    if most < 1 or permutations < 99 or not 0 < rate < 1 or not 0 < level < 1:
        raise ValueError(
            f"most is {most}, permutations {permutations}, rate {rate}, level {level}; expected 1 or more, "
            "99 or more, and two numbers between 0 and 1"
        )
    rng = np.random.default_rng(seed)
    residuals, basis = _residuals_of_sources(panel)
    rows = []
    for theme, name in enumerate(panel.themes):
        for one, other in combinations(range(len(panel.sources)), 2):
            found = lag_of(
                residuals[one, :, theme], residuals[other, :, theme], basis,
                most=most, level=level, permutations=permutations, rng=rng,
            )  # fmt: skip
            rows.append((name, panel.sources[one], panel.sources[other], *found))
    table = pd.DataFrame(rows, columns=[*LEAD_COLUMNS[:3], "lag", "low", "high", "correlation", "p"])
    table["q"] = false_discovery_rates(table["p"])
    table["leader"] = pd.Series(_leaders(table, rate), dtype="str")
    return table[list(LEAD_COLUMNS)]


def lag_of(
    first: Floats, second: Floats, basis: Floats, *, most: int, level: float, permutations: int,
    rng: np.random.Generator,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Return lag, low, high, correlation and p of two series of residuals (T,), NaN where there is none.

    `basis` (T, p) is what the residuals are free of: a constant, the trend, the season.
    """
    lags = np.arange(-most, most + 1)
    if min((~np.isnan(series)).sum() for series in (first, second)) < LEAST_PAIRS:
        return (np.nan,) * 5
    lead = _whiten(first[:, None])[:, 0]
    own, pairs = _correlations(lead, _whiten(second[:, None]), lags)
    if pairs.min() < LEAST_PAIRS or not np.isfinite(own).all():
        return (np.nan,) * 5
    shuffled = _whiten(_free(_permuted(second, permutations, rng), basis))
    others, _ = _correlations(lead, shuffled, lags)
    best = int(np.argmax(own[:, 0]))
    reached = np.nanmax(others, axis=0) >= own[best, 0] - 1e-12
    p = (1 + reached.sum()) / (1 + permutations)
    positive = np.clip(own[:, 0], 0.0, 0.999999)
    likelihood = -pairs / 2 * np.log1p(-(positive**2))
    weight = np.exp(likelihood - likelihood.max())
    order = np.argsort(-weight, kind="stable")
    held = order[: int(np.searchsorted(np.cumsum(weight[order]) / weight.sum(), level)) + 1]
    low, high = lags[held].min(), lags[held].max()
    return float(lags[best]), float(low), float(high), float(own[best, 0]), float(p)


def _residuals_of_sources(panel: Panel) -> tuple[Floats, Floats]:
    """Return (S, T, K) standardised residuals (NaN: none) and the (T, p) basis that they are free of."""
    issues, periods = whole_issues(panel), len(panel.calendar)
    middle = (panel.calendar.starts.astype(np.float64) + panel.calendar.ends.astype(np.float64)) / 2
    basis = np.column_stack([np.ones(periods), (middle - middle.mean()) / YEAR])
    if panel.calendar.period != "year" and can_have_season(middle):
        basis = np.hstack([basis, season_design(middle)])
    result = np.full((len(panel.sources), periods, len(panel.themes)), np.nan)
    for code in range(len(panel.sources)):
        own = issues.only(code)
        if len(own.day) >= LEAST_PAIRS:
            result[code] = _residuals(panel, own)
    return result, basis


def _free(series: Floats, basis: Floats) -> Floats:
    """Return (T, B) series less what the basis explains of them; all have the same gaps."""
    known = ~np.isnan(series[:, 0])
    root = np.linalg.qr(basis[known])[0]
    left = np.full_like(series, np.nan)
    left[known] = series[known] - root @ (root.T @ series[known])
    return left


def _residuals(panel: Panel, own: Issues) -> Floats:
    """Return (T, K) residual articles of each period over their standard deviation."""
    design = ((own.day - own.day.mean()) / YEAR)[:, None]
    if panel.calendar.period != "year" and can_have_season(own.day):
        design = np.hstack([design, season_design(own.day)])
    fit = fit_quasi_binomial(own.successes, own.trials, own.source, design, size=1)
    place = panel.calendar.positions(own.day.astype(np.int64).astype("datetime64[D]"))
    error, variance = (sum_by(place, part, len(panel.calendar)) for part in (fit.residual, fit.variance))
    scaled = np.divide(error, np.sqrt(variance), out=np.full_like(error, np.nan), where=variance > 0)
    on = own.successes.sum(axis=0)
    tested = fit.converged & (np.minimum(on, own.trials.sum() - on) >= LEAST_ARTICLES)
    return np.where(tested, scaled, np.nan)


def _whiten(series: Floats) -> Floats:
    """Take out of each period what the one before predicts; the first after a gap stays as it is."""
    before = np.vstack([np.full((1, series.shape[1]), np.nan), series[:-1]])
    both = ~np.isnan(series) & ~np.isnan(before)
    product = np.where(both, np.nan_to_num(series) * np.nan_to_num(before), 0.0).sum(axis=0)
    square = np.where(both, np.nan_to_num(before) ** 2, 0.0).sum(axis=0)
    slope = np.divide(product, square, out=np.zeros_like(square), where=square > 0)
    return np.asarray(series - np.where(both, slope * np.nan_to_num(before), 0.0))


def _correlations(first: Floats, seconds: Floats, lags: np.ndarray) -> tuple[Floats, Floats]:
    """Return (L, B) correlations of first[t] with second[t + lag], and (L,) the pairs of the first."""
    found, pairs = np.empty((len(lags), seconds.shape[1])), np.empty(len(lags))
    count = len(first)
    for place, lag in enumerate(lags):
        x = first[max(0, -lag) : count - max(0, lag)]
        y = seconds[max(0, lag) : count - max(0, -lag)]
        both = ~np.isnan(x)[:, None] & ~np.isnan(y)
        n = both.sum(axis=0)
        left, right = np.where(both, np.nan_to_num(x)[:, None], 0.0), np.where(both, np.nan_to_num(y), 0.0)
        size = np.maximum(n, 1)
        left = np.where(both, left - left.sum(axis=0) / size, 0.0)
        right = np.where(both, right - right.sum(axis=0) / size, 0.0)
        scale = np.sqrt((left**2).sum(axis=0) * (right**2).sum(axis=0))
        product = (left * right).sum(axis=0)
        found[place] = np.divide(product, scale, out=np.full_like(product, np.nan), where=scale > 0)
        pairs[place] = n[0]
    return found, pairs


def _permuted(series: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Return (T, B) the series with its known periods permuted in blocks that start anywhere; gaps stay."""
    known = np.flatnonzero(~np.isnan(series))
    size = max(1, round(len(known) ** (1 / 3)))
    blocks = int(np.ceil(len(known) / size))
    start = rng.integers(0, len(known), size=count)
    order = rng.permuted(np.tile(np.arange(blocks), (count, 1)), axis=1)
    place = (order[:, :, None] * size + np.arange(size)).reshape(count, -1)
    kept = place < len(known)
    place = place[kept].reshape(count, len(known))
    shuffled = np.full((len(series), count), np.nan)
    shuffled[known] = series[known[(place + start[:, None]) % len(known)]].T
    return shuffled


def _leaders(table: pd.DataFrame, rate: float) -> list[str]:
    """Name the leader of each row."""
    names = []
    for row in table.itertuples():
        if not row.q <= rate:
            names.append(UNTOLD)
        elif row.low == row.high == 0:
            names.append(TOGETHER)
        else:
            names.append(row.first if row.low > 0 else row.second if row.high < 0 else UNTOLD)
    return names
