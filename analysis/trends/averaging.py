"""A trend beside a season and shocks of unknown size: averaged over how large both may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.trends.panel import Floats
from analysis.trends.shocks import SIZES, posterior, shock_prior

NO_SEASON: Final = 0.1
"""Prior probability that there is no season."""
SEASONS: Final = np.array([0, 0.5, 1, 2, 4, 8, 16, 64], dtype=np.float64)
"""Sizes of a season, the standard deviation of its coefficients in units of their standard error."""
_LEAST_SPREAD: Final = 1e-6


@dataclass(frozen=True)
class Averaged:
    """(K,) each: the effect, its standard error and degrees of freedom; t-distributed."""

    effect: Floats
    error: Floats
    degrees: Floats


def season_prior() -> Floats:
    """Return the prior of `SEASONS`: `NO_SEASON` for none, the rest even."""
    prior = np.full(len(SEASONS), (1 - NO_SEASON) / (len(SEASONS) - 1))
    prior[0] = NO_SEASON
    return prior


def average_slope(slopes: Floats, covariance: Floats, shocks: Floats, degrees: Floats) -> Averaged:
    """Average the first slope over the sizes of a season and of shocks.

    Given the season's size τ and the shocks' r, the other slopes g are Gaussian with mean 0 and variance τ²,
    and the estimates b, ĝ Gaussian with r times their robust covariance C. So with M = r C_gg + τ² I

        E[β] = b - r C_bg M⁻¹ ĝ,   Var[β] = r C_bb - r² C_bg M⁻¹ C_gb,

    which is the slope of a model without a season where τ = 0, that of a model with a free one where τ is
    large, and ridge regression between. Each (τ, r) is weighted by its prior times the likelihood of ĝ,
    N(0, M), and of the months' chi-square (`shocks.common_shocks`): Bayesian model averaging (Hoeting,
    Madigan, Raftery & Volinsky 1999, *Statistical Science* 14, 382) in place of a test before the test. The
    mixture's mean, variance and kurtosis are those of the t-distribution returned, its degrees of freedom
    joined with those of the issues.

    A season that isn't there so costs little: of the fifth of the information that a free one takes of two
    years, most comes back. The price is a rate of false positives that isn't the same for all seasons: in the
    Gaussian limit 4 % without one, 5 where a strong one is, up to 7 (7.5 in the very worst phase) where a
    season is just too weak to be seen and all of it looks like a trend. Don't use it where that is too much:
    the size of a model with a free season is exact.

    Parameters
    ----------
    slopes
        (r, K) estimates, the trend first; the rest (none, too) is the season.
    covariance
        (K, r, r) their robust covariance without shocks.
    shocks
        (S, K) log-likelihood of each of `shocks.SIZES`.
    degrees
        (K,) degrees of freedom of the covariance.
    """
    mean, variance, likelihood = _on_grid(slopes, covariance)
    prior = np.log(season_prior())[:, None, None] + np.log(shock_prior())[:, None]
    if len(slopes) == 1:
        prior = prior[:1]
    grid = likelihood + prior + shocks
    weight = posterior(grid.reshape(-1, grid.shape[-1])).reshape(grid.shape)
    effect = (weight * mean).sum(axis=(0, 1))
    spread = variance + (mean - effect) ** 2
    total = (weight * spread).sum(axis=(0, 1))
    uneven = (weight * spread**2).sum(axis=(0, 1)) / total**2 - 1
    of_mixture = 4 + 2 / np.maximum(uneven, _LEAST_SPREAD)
    joined = 1 / (1 / of_mixture + 1 / np.maximum(degrees, 1.0))
    return Averaged(effect, np.sqrt(total * (of_mixture - 2) / of_mixture), joined)


def _on_grid(slopes: Floats, covariance: Floats) -> tuple[Floats, Floats, Floats]:
    """Return mean and variance of the trend, and log-likelihood of the season, (seasons, shocks, K) each."""
    own, shared, rest = covariance[:, 0, 0], covariance[:, 0, 1:], covariance[:, 1:, 1:]
    size = SIZES[:, None]
    if len(slopes) == 1:
        return slopes[:1, None, :] + 0 * size, (own * size)[None], np.zeros((1, len(SIZES), len(own)))
    waves = len(slopes) - 1
    unit = np.maximum(np.einsum("kii->k", rest) / waves, 1e-12)
    values, vectors = np.linalg.eigh(rest)
    values = np.maximum(values, 1e-9 * unit[:, None])
    turned, lean = (np.einsum("kij,ki->kj", vectors, part) for part in (slopes[1:].T, shared))
    spread = size[:, None] * values.T + (SEASONS**2)[:, None, None, None] * unit
    mean = slopes[0] - (size[:, None] * (lean * turned).T / spread).sum(axis=2)
    variance = size * own - (size[:, None] ** 2 * (lean**2).T / spread).sum(axis=2)
    likelihood = -0.5 * (np.log(spread) + (turned**2).T / spread).sum(axis=2)
    return mean, np.maximum(variance, 1e-12 * own), likelihood
