"""A logistic regression of one theme with covariance by issue, and Rubin's rules for several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.trends.methods.formulas import FormulaError
from analysis.trends.panel import Floats
from analysis.trends.periods import Integers
from analysis.trends.quasibinomial import expit

_ROUNDS: Final = 60
_LEAST_FREE: Final = 0.05
_ALONE: Final = 1e-10
_FAR: Final = 15.0
"""Log-odds that no share of news has: coefficients that reach so far are on their way to infinity."""


@dataclass(frozen=True)
class Estimates:
    """`estimate` (p,), `covariance` (p, p), and (p,) `degrees` of freedom."""

    estimate: Floats
    covariance: Floats
    degrees: Floats

    def quantile(self, level: float) -> float:
        """Return the t quantile of two-sided intervals, at the fewest degrees of freedom."""
        from scipy.stats import t

        return float(t.ppf((1 + level) / 2, self.degrees.min()))

    def wald(self, columns: slice) -> tuple[float, float]:
        """Return F and p of the test that some coefficients are all 0, with Hotelling's correction."""
        from scipy.stats import f

        part, block = self.estimate[columns], self.covariance[columns, columns]
        count, degrees = len(part), float(self.degrees[columns].min())
        rest = max(degrees - count + 1, 1.0)
        statistic = float(part @ np.linalg.solve(block, part)) / count * rest / degrees
        return statistic, float(f.sf(statistic, count, rest))


def fit_logit(
    successes: Floats,
    trials: Floats,
    design: Floats,
    clusters: Integers,
    *,
    columns: Sequence[str],
    formula: str,
) -> Estimates:
    """Fit logit(share) = design · β by Newton's method, with covariance CR3 by cluster.

    Parameters
    ----------
    successes, trials
        (R,) articles on the theme, real, and articles.
    design
        (R, p) of full rank, its intercept included.
    clusters
        (R,) code of the issue of each row.
    columns, formula
        Names, for errors.

    Raises
    ------
    FormulaError
        If coefficients run to infinity (perfect separation), one rests on a single cluster, or there are too
        few clusters.
    """
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationError

    codes = np.unique(clusters, return_inverse=True)[1].ravel()
    degrees = int(codes.max()) + 1 - design.shape[1]
    if degrees < 2:
        raise FormulaError(f"{formula!r} has {design.shape[1]} parameters for {codes.max() + 1} issues")
    import warnings

    with warnings.catch_warnings():
        # Separation shows in the fitted odds, which are looked at below.
        warnings.simplefilter("ignore")
        try:
            fit = GLM(successes / trials, design, family=Binomial(), var_weights=trials).fit(
                maxiter=_ROUNDS, tol=1e-10, tol_criterion="params"
            )
            beta = np.asarray(fit.params)
        except PerfectSeparationError:
            beta = np.full(design.shape[1], np.inf)
    odds = np.where(np.isfinite(beta).all(), design @ np.nan_to_num(beta), np.inf)
    if not np.isfinite(odds).all() or np.abs(odds).max() > _FAR:
        raise FormulaError(
            f"{formula!r}: some articles are wholly on or wholly off the theme"
            f"{_which(successes, trials, design, columns)}, so that their log-odds are infinite; leave the "
            "term out, or put such groups together"
        )
    resting = _resting_on_one(trials * expit(odds) * expit(-odds), design, codes)
    if resting.any():
        names = ", ".join(name for name, rests in zip(columns, resting, strict=True) if rests)
        raise FormulaError(
            f"{formula!r}: {names} rests on a single issue, which can't show how much issues differ; leave "
            "the term out, or put such groups together"
        )
    return Estimates(
        beta, _covariance(beta, successes, trials, design, codes), np.full(len(beta), float(degrees))
    )


def pool(fits: Sequence[Estimates]) -> Estimates:
    """Combine fits to several draws by Rubin's rules: mean, and within + (1 + 1/m) between covariance."""
    if len(fits) == 1:
        return fits[0]
    count = len(fits)
    estimates = np.stack([fit.estimate for fit in fits])
    within = np.mean([fit.covariance for fit in fits], axis=0)
    between = np.atleast_2d(np.cov(estimates.T))
    total = within + (1 + 1 / count) * between
    ratio = np.clip((1 + 1 / count) * np.diag(between) / np.diag(total), 1e-9, 1 - 1e-9)
    complete = fits[0].degrees
    old = (count - 1) / ratio**2
    observed = (complete + 1) / (complete + 3) * complete * (1 - ratio)
    return Estimates(estimates.mean(axis=0), total, 1 / (1 / old + 1 / observed))


def _covariance(beta: Floats, successes: Floats, trials: Floats, design: Floats, codes: Integers) -> Floats:
    """Return the CR3 sandwich: residuals of each cluster freed of its leverage."""
    mean = expit(design @ beta)
    variance = trials * mean * (1 - mean)
    bread = np.linalg.inv(design.T @ (design * variance[:, None]))
    residual = successes - trials * mean
    sizes = np.bincount(codes)
    scores = np.zeros((len(sizes), design.shape[1]))
    single = sizes[codes] == 1
    leverage = variance * np.einsum("ri,ij,rj->r", design, bread, design, optimize=True)
    alone = residual / np.maximum(1 - leverage, _LEAST_FREE)
    scores[codes[single]] = design[single] * alone[single, None]
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(sizes)
    for code in np.flatnonzero(sizes > 1):
        rows = order[ends[code] - sizes[code] : ends[code]]
        own = design[rows]
        freed = np.eye(len(rows)) - (own * variance[rows, None]) @ bread @ own.T
        scores[code] = own.T @ np.linalg.lstsq(freed, residual[rows], rcond=None)[0]
    return np.asarray(bread @ (scores.T @ scores) @ bread)


def _resting_on_one(variance: Floats, design: Floats, codes: Integers) -> NDArray[np.bool_]:
    """Return (p,) which coefficients the other clusters can't tell without some single one.

    Its leverage is 1: it has no residual, and the sandwich would take the coefficient for known.
    """
    scaled = design / np.sqrt((design**2).sum(axis=0))
    bread = np.linalg.inv(scaled.T @ (scaled * variance[:, None]))
    leverage = np.bincount(codes, variance * np.einsum("ri,ij,rj->r", scaled, bread, scaled, optimize=True))
    resting = np.zeros(design.shape[1], dtype=bool)
    for code in np.flatnonzero(leverage > 1 - 1e-6):
        values, vectors = np.linalg.eigh(scaled[codes != code].T @ scaled[codes != code])
        resting |= (np.abs(vectors[:, values < _ALONE]) > 1e-3).any(axis=1)
    return resting


def _which(successes: Floats, trials: Floats, design: Floats, columns: Sequence[str]) -> str:
    """Name a column of 0 and 1 whose articles all are, or all aren't, on the theme."""
    for place, name in enumerate(columns):
        inside = design[:, place] == 1
        if set(np.unique(design[:, place]).tolist()) <= {0.0, 1.0} and 0 < inside.sum() < len(inside):
            on, of = successes[inside].sum(), trials[inside].sum()
            if on < 1e-9 or on > of - 1e-9:
                return f" ({name}: {on:.0f} of {of:.0f})"
    return ""
