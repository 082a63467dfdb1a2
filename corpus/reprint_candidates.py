"""Pairs of articles that share enough to be worth aligning, without comparing all with all.

MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman 2014, chapter 3) over character n-grams,
short ones so that some survive in a text of which every tenth character was misread. Two signatures are made
of an article: of its beginning, which an abridged reprint keeps, and of the whole. An n-gram that one article
alone has tells nothing about pairs, and misreading makes many of them, so they are left out; so are those
that very many articles have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from corpus.reprint_nearest import NearestPairs, among_nearest, pairs_of
from corpus.signatures import Signatures
from corpus.texts import Texts

if TYPE_CHECKING:
    from datasketch import MinHash
    from numpy.typing import NDArray

_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+")
_PERMUTATIONS: Final = 128
_BANDS: Final = _PERMUTATIONS - 1
"""Bands of a signature, of two numbers beside each other: articles are proposed that agree on one of them.

Each number is in two bands. That proposes of pairs that agree on an eighth of their numbers seven in eight,
where bands side by side propose two in three.
"""
_COUNTERS: Final = 1 << 24
"""Counters over which n-grams are spread: twice as many bytes of memory, whatever the number of articles."""
_MOST: Final = int(np.iinfo(np.uint16).max)
_MANY: Final = 1000


@dataclass(frozen=True)
class CandidateOptions:
    """Which pairs are proposed.

    Attributes
    ----------
    width, width_spaced
        Characters of an n-gram: in scripts without spaces, and in others.
    shortest
        Fewest n-grams of a text that is compared at all; shorter ones (a slogan, a caption) are left alone.
    head
        Characters of the beginning that has a signature of its own.
    agreement
        Share of the numbers of two signatures that must be equal.
    neighbours, nearest
        Most articles after it that one is proposed with by a band; and of all proposed, how many of those
        that agree most with it are compared.
    common
        Share of the articles (and at least 1,000) that may have an n-gram.
    """

    width: int = 3
    width_spaced: int = 4
    shortest: int = 60
    head: int = 600
    agreement: float = 0.08
    neighbours: int = 20
    nearest: int = 8
    common: float = 0.05


def propose_pairs(texts: Texts, *, options: CandidateOptions) -> NDArray[np.int64]:
    """Pairs of places in `texts` that may be one text: shape (pairs, 2), the smaller first, sorted.

    Of a pair's two agreements, in the beginning and in the whole, the greater counts.
    """
    with Signatures(_PERMUTATIONS) as head, Signatures(_PERMUTATIONS) as whole:
        longer = _sign(texts, head, whole, options)
        every = np.ones(len(longer), dtype=bool)
        found = [_of_signature(head, every, options), _of_signature(whole, longer, options)]
    codes, equal = map(np.concatenate, zip(*found, strict=True))
    order = np.lexsort((-equal, codes))
    codes, first = np.unique(codes[order], return_index=True)
    pairs = pairs_of(codes, len(texts))
    return pairs[among_nearest(pairs, equal[order][first], options.nearest)]


def _of_signature(
    signatures: Signatures, longer: NDArray[np.bool_], options: CandidateOptions
) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    """The pairs that one kind of signature proposes, as one number each, and how many numbers are equal.

    Only those with one of the articles that are `longer`.
    """
    nearest = NearestPairs(signatures, least=options.agreement, nearest=options.nearest)
    places = signatures.signed()
    for band in range(_BANDS) if longer.any() else ():
        for first, second in _equal(signatures, places, band, options):
            of_longer = longer[first] | longer[second]
            nearest.offer(first[of_longer], second[of_longer])
    return nearest.best()


def _equal(
    signatures: Signatures, places: NDArray[np.int64], band: int, options: CandidateOptions
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Pairs equal in a band, the earlier article of each first; equal ones stand in their own order."""
    keys = signatures.keys(band)[places]
    order = np.argsort(keys, kind="stable")
    ordered, placed = keys[order], places[order]
    for step in range(1, min(options.neighbours, len(order) - 1) + 1):
        equal = np.flatnonzero(ordered[step:] == ordered[:-step])
        if not equal.size:
            break
        yield placed[equal], placed[equal + step]


def _sign(texts: Texts, head: Signatures, whole: Signatures, options: CandidateOptions) -> NDArray[np.bool_]:
    """Sign the beginning and the whole of each text, zeros for one that is too short; say which have more.

    The whole of a text that is no longer than a beginning has the same signature.
    """
    from datasketch import MinHash

    counts = _count_grams(texts, options)
    most = min(max(_MANY, int(options.common * len(texts))), _MOST - 1)
    empty = MinHash(num_perm=_PERMUTATIONS, seed=1, hashfunc=int)
    longer = np.zeros(len(texts), dtype=bool)
    for place, text in enumerate(texts):
        signature, grams = empty.copy(), _grams(text[: options.head], options)
        signature.update_batch(_telling(grams, counts, most).tolist())
        head.add(_values(signature, grams.size, options))
        if len(text) > options.head:
            longer[place] = True
            known, grams = grams, _grams(text, options)
            rest = np.setdiff1d(grams, known, assume_unique=True)
            signature.update_batch(_telling(rest, counts, most).tolist())
        whole.add(_values(signature, grams.size, options))
    return longer


def _telling(grams: NDArray[np.uint32], counts: NDArray[np.uint16], most: int) -> NDArray[np.uint32]:
    """Those n-grams that other articles have too, and not very many."""
    holders = counts[grams % _COUNTERS]
    return grams[(holders > 1) & (holders <= most)]


def _values(signature: MinHash, size: int, options: CandidateOptions) -> NDArray[np.uint32]:
    """The numbers of a signature; zeros for a text of too few n-grams, and of none that tell."""
    if size < options.shortest or signature.is_empty():
        return np.zeros(_PERMUTATIONS, dtype=np.uint32)
    values: NDArray[np.uint32] = signature.hashvalues.astype(np.uint32)
    return values


def _count_grams(texts: Texts, options: CandidateOptions) -> NDArray[np.uint16]:
    """How many articles have the n-grams of each counter."""
    counts = np.zeros(_COUNTERS, dtype=np.uint16)
    for text in texts:
        slots = _grams(text, options) % _COUNTERS
        counts[slots] = np.minimum(counts[slots], _MOST - 1) + 1
    return counts


def _grams(text: str, options: CandidateOptions) -> NDArray[np.uint32]:
    """The distinct character n-grams of a text, each as a 32-bit number, sorted."""
    width = options.width if is_unspaced(text) else options.width_spaced
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    if codes.size < width:
        return np.empty(0, dtype=np.uint32)
    mixed = np.zeros(codes.size - width + 1, dtype=np.uint64)
    for column in range(width):
        mixed = (mixed ^ codes[column : codes.size - width + 1 + column]) * np.uint64(0x100000001B3)
        mixed ^= mixed >> np.uint64(29)
    ordered = np.sort((mixed >> np.uint64(16)).astype(np.uint32))
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[0] ^ 1))]


def is_unspaced(text: str) -> bool:
    """Whether a text is in a script without spaces, in which a character tells as much as a syllable."""
    begin = text[:400]
    return sum(map(len, _UNSPACED.findall(begin))) * 4 > len(begin)
