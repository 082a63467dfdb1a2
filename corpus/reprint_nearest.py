"""Of pairs of articles, those that are with one of the few that agree most with an article.

Chance alone makes two signatures equal in some band, and in a large corpus it makes forty such pairs for an
article in every band. So pairs are passed over as soon as they can't be among an article's nearest: by the
low bytes of the signatures, in memory, which agree wherever the whole numbers do; then by the whole numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus.signatures import Signatures

_GATHERED: Final = 1 << 21
"""Pairs that are gathered before the nearest are chosen: some tens of megabytes."""


class NearestPairs:
    """The pairs of articles offered so far that are with one of those that agree most with either of them.

    Parameters
    ----------
    signatures
        Of the articles.
    least
        Share of the numbers of two signatures that must be equal.
    nearest
        How many articles after it, and how many before it, are kept for each article.
    """

    def __init__(self, signatures: Signatures, *, least: float, nearest: int) -> None:
        self._signatures = signatures
        self._nearest = nearest
        fewest = int(np.ceil(least * signatures.width))
        self._needed = np.full((2, len(signatures)), fewest, dtype=np.int16)
        """Equal numbers that a pair needs to be among the nearest of its first article, and of its second."""
        self._codes = np.empty(0, dtype=np.int64)
        self._equal = np.empty(0, dtype=np.int16)
        self._gathered: list[NDArray[np.int64]] = []
        self._room = _GATHERED

    def offer(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> None:
        """Take pairs, the earlier article of each first; the same pair may be offered again."""
        needed = np.minimum(self._needed[0][first], self._needed[1][second])
        likely = np.flatnonzero(self._signatures.equal_bytes(first, second) >= needed)
        self._gathered.append(first[likely] * len(self._signatures) + second[likely])
        self._room -= len(likely)
        if self._room < 0:
            self._choose()

    def best(self) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
        """The pairs, as one number each, in order, and how many numbers are equal."""
        self._choose()
        return self._codes, self._equal

    def _choose(self) -> None:
        """Keep the nearest of all gathered, and note what a pair needs from now on."""
        new = _different(self._gathered)
        new = new[~np.isin(new, self._codes, assume_unique=True)]
        first, second = pairs_of(new, len(self._signatures)).T
        equal = self._signatures.equal_numbers(first, second)
        enough = equal >= np.minimum(self._needed[0][first], self._needed[1][second])
        codes = np.concatenate([self._codes, new[enough]])
        equal = np.concatenate([self._equal, equal[enough]])
        pairs = pairs_of(codes, len(self._signatures))
        ranks = [_ranks(pairs, equal, side) for side in (0, 1)]
        for side, rank in enumerate(ranks):
            last = rank == self._nearest - 1
            self._needed[side][pairs[last, side]] = equal[last]
        near = np.flatnonzero(np.minimum(*ranks) < self._nearest)
        near = near[np.argsort(codes[near])]
        self._codes, self._equal = codes[near], equal[near]
        self._gathered, self._room = [], _GATHERED + 2 * len(near)


def _different(gathered: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The different numbers in order; sorting takes a tenth of the time of numpy's `unique`, which hashes."""
    codes = np.sort(np.concatenate([np.empty(0, dtype=np.int64), *gathered]))
    return codes[np.flatnonzero(np.diff(codes, prepend=-1))]


def pairs_of(codes: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The pairs of `count` articles that are written as one number each, (pairs, 2)."""
    return np.stack(np.divmod(codes, max(1, count)), axis=1)


def among_nearest(pairs: NDArray[np.int64], equal: NDArray[np.int16], nearest: int) -> NDArray[np.bool_]:
    """Which pairs are with one of those that agree most with an article, of those after it or before it."""
    return np.minimum(_ranks(pairs, equal, 0), _ranks(pairs, equal, 1)) < nearest


def _ranks(pairs: NDArray[np.int64], equal: NDArray[np.int16], side: int) -> NDArray[np.int64]:
    """The rank of each pair among those of its article on a side, the most equal first, then the earlier."""
    rank = np.empty(len(pairs), dtype=np.int64)
    order = np.lexsort((pairs[:, 1 - side], -equal, pairs[:, side]))
    owners = pairs[order, side]
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    rank[order] = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    return rank
