"""Signs that a text was written anew from another's sentences: their order, and words exchanged throughout.

A reprint keeps the order of its sentences, and an editor doesn't rename people. Scanning misreads a name in
one way here and in another there, but never as the same other name wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_TELLING: Final = {True: 7, False: 16}
"""Characters in a row that two texts share by more than a stock phrase: in scripts without spaces, others."""
_NAME: Final = {True: 2, False: 4}
"""Fewest characters of a word that was exchanged; systematic misreading changes fewer."""


def displaced(passages: Sequence[str], other: str, *, unspaced: bool) -> int:
    """How many characters of passages of one text, which `other` lacks at their place, it has elsewhere."""
    width, found = _TELLING[unspaced], 0
    for passage in passages:
        reached = 0
        for start in range(len(passage) - width + 1):
            if passage[start : start + width] in other:
                found += start + width - max(start, reached)
                reached = start + width
    return found


def exchanged_throughout(
    differences: Sequence[tuple[str, str]], one: str, other: str, *, unspaced: bool
) -> int:
    """How many words of `one` have another word in their place wherever they stand.

    Of `differences`, strings that stand in the same place of both texts, those are counted of which each
    side comes again in its own text and never in the other.
    """
    least = _NAME[unspaced]
    return sum(
        one.count(first) > 1 and other.count(second) > 1 and first not in other and second not in one
        for first, second in {pair for pair in differences if min(map(len, pair)) >= least}
    )
