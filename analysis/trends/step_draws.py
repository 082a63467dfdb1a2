"""What the largest score of a step would be by chance: signs flipped, or whole periods permuted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from analysis.trends.panel import Floats, sum_by
from analysis.trends.periods import Integers
from analysis.trends.quasibinomial import Fit
from analysis.trends.step_scores import Scores, Series

MOST_BLOCKS: Final = 156
FEW_SIGNS: Final = 6
FEW_REACHED: Final = 10
"""Fewer draws than this beyond what was seen are too few to count: p comes from the tail of the draws."""
LEAST_FLIPS_FOR_TAIL: Final = 999


@dataclass(frozen=True)
class Draws:
    """What is drawn at random for one series, the same for all its themes.

    Attributes
    ----------
    signs
        (blocks, flips) random signs.
    periods
        Number of periods.
    whole
        Whether a period is one slot, so that there is nothing smaller to flip.
    """

    signs: Floats
    periods: int
    whole: bool
    rng: np.random.Generator

    @classmethod
    def of(cls, series: Series, periods: int, flips: int, rng: np.random.Generator) -> Draws:
        """Draw for one series."""
        slots = len(series.period)
        size = (min(slots, MOST_BLOCKS), flips)
        signs = rng.integers(0, 2, size=size, dtype=np.int8).astype(np.float64) * 2 - 1
        return cls(signs, periods, slots == periods, rng)

    @cached_property
    def orders(self) -> Integers:
        """(T, flips) orders of the periods, drawn when first asked for; most series need none."""
        return np.argsort(self.rng.random((self.periods, self.signs.shape[1])), axis=0)


def draw_largest(
    scores: Scores, fit: Fit, series: Series, theme: int, draws: Draws, *, whole: bool, place: int
) -> Floats:
    """Return the largest statistic of each draw, whole periods being drawn where they share shocks.

    Their signs are flipped, unless the step at `place` leaves fewer than `FEW_SIGNS` periods on a side, whose
    signs can't be flipped in enough ways, or a period is one slot: then their order is permuted.
    """
    at_end = min(place, draws.periods - place) < FEW_SIGNS
    if (draws.whole or (whole and at_end)) and draws.periods <= MOST_BLOCKS:
        return permuted(scores, fit, series, theme, draws.orders)
    return _flipped(scores, _blocks(series, whole_periods=whole), draws.signs)


def permuted(scores: Scores, fit: Fit, series: Series, theme: int, orders: Integers) -> Floats:
    """Return the largest statistic for each order of the periods' residuals, standardised by their variance.

    A period's residual is shared out to its cells by their variance, as a shock would be. What sources and
    season have taken of the residuals is given back on average.
    """
    periods = len(orders)
    cell_period = series.period[series.slot]
    both = np.column_stack([fit.residual[:, theme], fit.variance[:, theme]])
    residual, variance = sum_by(cell_period, both, periods).T
    error = np.sqrt(np.where(variance > 0, variance, 1.0))
    held = int((variance > 0).sum())
    lost = 1 + series.season.shape[1]
    standard = residual / error * np.sqrt(held / max(held - lost, 1))
    starts = np.unique(series.period, return_index=True)[1]
    reach = np.add.reduceat(scores.pull, starts, axis=1) / error
    spread = np.maximum((reach**2).sum(axis=1), 0.1 * scores.information)
    return np.asarray(((reach @ standard[orders]) ** 2 / spread[:, None]).max(axis=0))


def _blocks(series: Series, *, whole_periods: bool) -> Integers:
    """Return the first slot of each block of slots that flips together, `MOST_BLOCKS` at most."""
    slots = len(series.period)
    starts = np.unique(series.period, return_index=True)[1] if whole_periods else np.arange(slots)
    return np.asarray(
        starts[
            np.unique(
                np.arange(len(starts)) * MOST_BLOCKS // max(len(starts), MOST_BLOCKS), return_index=True
            )[1]
        ]
    )


def _flipped(scores: Scores, blocks: Integers, signs: Floats) -> Floats:
    """Return the largest statistic for each draw of the blocks' signs."""
    parts = np.add.reduceat(scores.parts, blocks, axis=1)
    lost = (np.add.reduceat(scores.absorbed, blocks, axis=2) ** 2).sum(axis=(0, 2))
    variance = np.maximum(scores.information - lost, 0.1 * scores.information)
    return np.asarray(((parts @ signs[: len(blocks)]) ** 2 / variance[:, None]).max(axis=0))


def tail_p(seen: float, drawn: Floats) -> float:
    """Return how often draws reach what was seen; beyond nearly all draws, by their exponential tail."""
    reached = int((drawn >= seen).sum())
    if reached >= FEW_REACHED or len(drawn) < LEAST_FLIPS_FOR_TAIL:
        return (1 + reached) / (1 + len(drawn))
    tail = np.sort(drawn)[-len(drawn) // 20 :]
    excess = float((tail - tail[0]).mean())
    if excess <= 0:
        return (1 + reached) / (1 + len(drawn))
    return float(len(tail) / len(drawn) * np.exp(-max(seen - tail[0], 0.0) / excess))
