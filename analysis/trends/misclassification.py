"""What errors of assignment do to a share, and how they are undone: the adjusted count of soft labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from analysis.trends.panel import Floats, Panel

Calibrated = Literal["study", "period"]

LEAST_RELIABILITY: Final = 0.05
"""Probabilities that explain less of their theme than this are taken to explain this much: the correction
divides by it."""


@dataclass(frozen=True)
class Misclassification:
    """How the mean probability of a group of articles follows the share of the theme in it; (K,) each.

    Attributes
    ----------
    origin, gain
        The apparent share of a group, which is the mean of (p - min p) / (max p - min p), is expected to be
        `origin + gain · share`; 0 and 1 where nothing is corrected.
    on, off
        What an article on the theme, and one off it, adds to the variance of a corrected sum.
    noise
        Variance of one article's probability over π(1 - π), where nothing is corrected; else NaN.
    """

    origin: Floats
    gain: Floats
    on: Floats
    off: Floats
    noise: Floats

    def share_of(self, apparent: Floats) -> Floats:
        """Return the share, 0 to 1, behind an apparent share (…, K)."""
        return np.asarray(np.clip((apparent - self.origin) / self.gain, 0.0, 1.0))

    def apparent_of(self, share: Floats) -> Floats:
        """Return the apparent share that a share (…, K) is expected to give."""
        return np.asarray(np.clip(self.origin + self.gain * share, 0.0, 1.0))

    def added(self, share: Floats) -> Floats:
        """Return what assignment adds to π(1 - π), the variance that one labelled article has."""
        plain = (1 - self.noise) * share * (1 - share)
        return np.asarray(np.where(np.isnan(self.noise), share * self.on + (1 - share) * self.off, plain))

    def seen(self, spread: Floats, share: Floats) -> Floats:
        """Return the variance that one article contributes to the sums on hand; `spread` is π(1 - π)."""
        corrected = np.isnan(self.noise)
        return np.asarray(np.where(corrected, spread + self.added(share), self.noise * spread))


def correct_memberships(panel: Panel, *, calibrated: Calibrated) -> tuple[Panel, Misclassification]:
    """Undo the pull of errors of assignment towards the mean.

    Calibrated probabilities p estimate the share π of the whole study, but where the theme is twice as
    frequent the mean of p is less than twice as high: a classifier that knows nothing of the period mixes
    every period with the study's mean. If articles on the theme (and off it) look alike in all periods, the
    mean of p in any group is `p̄ + R (π - p̄)`, with R = E[p | on] - E[p | off] = Var(p) / p̄(1 - p̄), all from
    the probabilities themselves. The correction solves that for π: issues' sums Σwp become Σw(p̄ + (p - p̄)
    / R). This is the probabilistic adjusted count (Bella, Ferri, Hernández-Orallo & Ramírez-Quintana 2010,
    *ICDM*, 737; Buonaccorsi 2010, *Measurement Error*, ch. 3, for hard labels), one step of scoring from the
    study's mean to the maximum likelihood estimate of Saerens, Latinne & Decaestecker (2002, *Neural Comput.*
    14, 21).
    One article's variance becomes `π(1 - π) + (π Var(p | on) + (1 - π) Var(p | off)) / R²`. Labels have R = 1
    and stay as they are.

    Assumptions: probabilities are calibrated over the study; what an article of a theme looks like doesn't
    change between periods and sources (prior shift), nor does the mix of the other themes enough to matter.
    Don't use it (`calibrated="period"`) where the probabilities already know of period and source, as a
    coder's own do or a model's that was given the date: changes would be made too large. Probabilities that
    are blunter than they should be are over-corrected; check the calibration curve.

    Parameters
    ----------
    panel
        Issues with sums of probabilities.
    calibrated
        "study": the probabilities are right on average over the study, and are corrected; "period": they are
        right within each period and source, and stay.

    Returns
    -------
    Panel, Misclassification
        The panel with corrected sums, which can be below 0 or above the number of articles in an issue.
    """
    n, first, second, third = panel.moments
    mean = first / n
    spread = mean * (1 - mean)
    certain = spread <= 0
    known = np.divide(second / n - mean**2, spread, out=np.ones_like(mean), where=~certain)
    reliability = np.where(known > 1 - 1e-9, 1.0, np.maximum(known, LEAST_RELIABILITY))
    if calibrated == "period":
        nothing, one = np.zeros_like(mean), np.ones_like(mean)
        return panel, Misclassification(nothing, one, nothing, nothing, reliability)
    among = [
        _conditional_variance(first, second, third),
        _conditional_variance(n - first, first - second, second - third),
    ]
    informed = (known > LEAST_RELIABILITY) & ~certain
    nearly_all = spread * (1 / reliability - 1)
    on, off = (np.where(informed, variance / reliability**2, nearly_all) for variance in among)
    expected = panel.weight[:, None] * mean
    corrected = expected + (panel.members - expected) / reliability
    members = np.where(reliability == 1, panel.members, corrected)
    lowest, highest = np.where(informed, panel.extremes, [[0.0], [1.0]])
    reach = highest - lowest
    origin = np.where(reliability == 1, 0.0, (mean * (1 - reliability) - lowest) / reach)
    gain = np.where(reliability == 1, 1.0, reliability / reach)
    return panel.with_members(members), Misclassification(origin, gain, on, off, np.full_like(mean, np.nan))


def _conditional_variance(weight: Floats, first: Floats, second: Floats) -> Floats:
    """Return the variance of p among articles weighted by their probability of being on (or off)."""
    whole = np.where(weight > 0, weight, 1.0)
    return np.maximum(second / whole - (first / whole) ** 2, 0.0)
