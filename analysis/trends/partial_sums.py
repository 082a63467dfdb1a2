"""What a panel sums over articles, block for block, so that no block's part hangs on where it was computed.

Articles come in one fixed order and the parts are added up in that of the blocks: sums are the same to the
last bit whoever works through the blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.engine import Engine

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_ARTICLES: Final = 20_000
"""Articles summed at once."""


class Memberships(Protocol):
    """How far articles belong to each of K themes; small enough to be sent to another process."""

    def take(self, rows: Integers) -> Memberships:
        """Return those of some articles."""
        ...

    def of_theme(self, theme: int) -> Floats:
        """Return every article's membership of one theme, 0 to 1."""
        ...


@dataclass(frozen=True)
class Probabilities:
    """Memberships as one column of probabilities a theme."""

    columns: tuple[Floats, ...]

    def take(self, rows: Integers) -> Probabilities:
        """Return those of some articles."""
        return Probabilities(tuple(column[rows] for column in self.columns))

    def of_theme(self, theme: int) -> Floats:
        """Return every article's probability of one theme."""
        return self.columns[theme]


@dataclass(frozen=True)
class Labels:
    """Memberships as the place of each article's one theme, -1 for none."""

    places: Integers

    def take(self, rows: Integers) -> Labels:
        """Return those of some articles."""
        return Labels(self.places[rows])

    def of_theme(self, theme: int) -> Floats:
        """Return 1 for the articles of one theme, 0 for others."""
        return np.asarray(self.places == theme, dtype=np.float64)


@dataclass(frozen=True)
class Spread:
    """Articles spread over units (an issue in a period): part n is `weight[n]` of an article, in `unit[n]`.

    `article` ascends; `n_units` is how many units there are.
    """

    article: Integers
    unit: Integers
    weight: Floats
    n_units: int

    def between(self, first: int, last: int) -> Spread:
        """Return the parts of the articles from `first` on and before `last`, counted from the first."""
        part = slice(*np.searchsorted(self.article, [first, last]).tolist())
        return Spread(self.article[part] - first, self.unit[part], self.weight[part], self.n_units)


@dataclass(frozen=True)
class Sums:
    """Sums over articles, of K themes.

    Attributes
    ----------
    units
        The units that the articles lie in.
    members
        (units, K) sums of weight times membership.
    moments
        (4, K) sums of 1, p, p² and p³.
    extremes
        (2, K) least and greatest p.
    """

    units: Integers
    members: Floats
    moments: Floats
    extremes: Floats


def sums_of(memberships: Memberships, rows: Integers, spread: Spread, n_themes: int, engine: Engine) -> Sums:
    """Sum over the articles of `rows`, whose parts `spread` has, in blocks that the engine works through."""
    whole = Sums(
        np.arange(spread.n_units),
        np.zeros((spread.n_units, n_themes)),
        np.zeros((4, n_themes)),
        np.stack([np.full(n_themes, np.inf), np.full(n_themes, -np.inf)]),
    )
    for part in engine.map(_sum_block, _blocks(memberships, rows, spread, n_themes)):
        whole.members[part.units] += part.members
        whole.moments[:] += part.moments
        np.minimum(whole.extremes[0], part.extremes[0], out=whole.extremes[0])
        np.maximum(whole.extremes[1], part.extremes[1], out=whole.extremes[1])
    return whole


_Block = tuple[Memberships, Spread, int]
"""Memberships and parts of some articles, and the number of themes."""


def _blocks(memberships: Memberships, rows: Integers, spread: Spread, n_themes: int) -> Iterator[_Block]:
    """Yield the articles, some at a time."""
    for first in range(0, len(rows), _ARTICLES):
        last = min(first + _ARTICLES, len(rows))
        yield memberships.take(rows[first:last]), spread.between(first, last), n_themes


def _sum_block(block: _Block) -> Sums:
    """Sum over the articles of one block."""
    memberships, spread, n_themes = block
    units, unit = np.unique(spread.unit, return_inverse=True)
    members, moments = np.empty((len(units), n_themes)), np.empty((4, n_themes))
    extremes = np.empty((2, n_themes))
    for theme in range(n_themes):
        p = memberships.of_theme(theme)
        moments[:, theme] = [len(p), p.sum(), (p**2).sum(), (p**3).sum()]
        extremes[:, theme] = p.min(), p.max()
        members[:, theme] = np.bincount(unit.ravel(), spread.weight * p[spread.article], len(units))
    return Sums(units, members, moments, extremes)
