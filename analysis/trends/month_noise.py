"""How uneven months are: the residual mean square of months, which tests of a season are measured by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.trends.issues import Issues
from analysis.trends.panel import Floats, adder_of
from analysis.trends.periods import Integers
from analysis.trends.quasibinomial import Fit

MONTHS: Final = 12
_LEAST: Final = 1e-9


@dataclass(frozen=True)
class MonthSums:
    """Sums of a fit's residuals over months, K themes.

    Attributes
    ----------
    place
        (M,) which of the twelve months of the year each month is.
    excess, variance
        (M, K) sums of residuals and of binomial variances.
    shadows
        (M, P, K) by what the P parameters of the fit are leant on: independent issues with the dispersion 1
        have sums with the covariance diag(variance) - shadows · shadowsᵀ.
    """

    place: Integers
    excess: Floats
    variance: Floats
    shadows: Floats

    @classmethod
    def of(cls, fit: Fit, issues: Issues, month: Integers) -> MonthSums:
        """Sum a fit by month, equal by the remainder to 12 in every year."""
        months, place = np.unique(month, return_inverse=True)
        count, size = len(months), issues.sources
        adder = adder_of(place, count)
        cells = adder_of(place * size + issues.source, count * size) @ fit.variance
        of_sources = cells.reshape(count, size, -1) / np.sqrt(fit.group_information)
        root = np.linalg.cholesky(fit.bread)
        leant = np.stack([adder @ (fit.variance * column) for column in fit.centred], axis=1)
        of_slopes = np.einsum("mik,kij->mjk", leant, root)
        shadows = np.concatenate([of_sources, of_slopes], axis=1)
        return cls(months % MONTHS, adder @ fit.residual, adder @ fit.variance, shadows)

    @property
    def deviation(self) -> Floats:
        """(M, K) sums over the root of their variance, were there no parameters to estimate."""
        return _over(self.excess, np.sqrt(self.variance))

    @property
    def lean(self) -> Floats:
        """(M, P, K) what the parameters take of the deviations."""
        return _over(self.shadows, np.sqrt(self.variance)[:, None, :])

    def noise(self) -> tuple[Floats, Floats]:
        """Return (K,) the residual mean square of months and its degrees of freedom."""
        degrees = (self.variance > 0).sum(axis=0) - (self.lean**2).sum(axis=(0, 1))
        return _mean_square((self.deviation**2).sum(axis=0), degrees), degrees

    def noise_without(self, month: int) -> tuple[Floats, Floats]:
        """Return the same had a month of the year, in every year, a parameter of its own."""
        mine = self.place == month
        square, degrees = (self.deviation**2).sum(axis=0), self.noise()[1]
        held, lean = self.deviation[mine], self.lean[mine]
        block = np.eye(len(held)) - np.einsum("ipk,jpk->kij", lean, lean)
        values, vectors = np.linalg.eigh(block)
        turned = np.einsum("kij,ik->kj", vectors, held)
        known = values > 1e-6
        taken = np.where(known, turned**2 / np.where(known, values, 1.0), 0.0).sum(axis=1)
        live = (self.variance[mine] > 0).sum(axis=0)
        return _mean_square(square - taken, degrees - live), degrees - live


def _mean_square(square: Floats, degrees: Floats) -> Floats:
    """Return the mean square, a trace of 0 where there is none."""
    return np.asarray(np.maximum(square, _LEAST) / np.maximum(degrees, 1.0))


def _over(values: Floats, whole: Floats) -> Floats:
    """Divide, giving 0 where there is nothing to divide by."""
    return np.asarray(np.divide(values, whole, out=np.zeros_like(values), where=whole > 0))
