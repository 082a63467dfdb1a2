"""Finds articles that were printed more than once, though headlines change and tails are cut.

Texts are compared by the character 5-grams of their simplified, lower-case form without punctuation. MinHash
with banding (Broder 1997; Leskovec, Rajaraman and Ullman 2014, chapter 3) proposes pairs; each is then
checked on the 5-grams themselves, and on the figures: what is written anew by an old pattern (a yearly
notice, a weather report) has its words but other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from corpus.dating.expressions import western_figures
from corpus.schema import ARTICLE_ID, DATE, DATE_START, TEXT, require_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIGNATURE_ERROR: Final = 0.15
"""Over three standard errors of the Jaccard index as 128 permutations estimate it."""
_FIGURE: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_NOT_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class ReprintOptions:
    """When two articles count as one text.

    Attributes
    ----------
    jaccard
        Share of common 5-grams among all that either has, from which two texts are the same.
    containment
        Share of the shorter text's 5-grams that the longer has, from which the shorter is a cut version.
    shortest
        Fewest 5-grams of a text that is compared at all; shorter ones (a slogan, a caption) are left alone.
    sure_jaccard, sure_containment
        The same two for texts with fewer numbers than `fewest_figures`, which can't confirm them.
    figures
        Share of the numbers of the text with fewer that the other has too, below which an article is another
        one by the same pattern. It counts from `fewest_figures` numbers on.
    fewest_figures
        How many numbers a text must have for that.
    least_length
        Length of the shorter text over that of the longer, below which it is a quotation and no reprint.
    permutations
        Size of a MinHash signature.
    bands
        Bands of the signature: two texts are proposed when they agree on all of one band.
    """

    jaccard: float = 0.6
    containment: float = 0.8
    sure_jaccard: float = 0.72
    sure_containment: float = 0.9
    figures: float = 0.7
    fewest_figures: int = 3
    shortest: int = 60
    least_length: float = 0.3
    permutations: int = 128
    bands: int = 64


def find_reprints(articles: pd.DataFrame, *, options: ReprintOptions | None = None) -> pd.Series[str]:
    """For each article the `article_id` of the first print of its text, missing for the first itself.

    The first of a family is the earliest by date (articles without a date come last), then by `article_id`.

    Parameters
    ----------
    articles
        A table with `article_id`, `text`, `date` and `date_start`.
    options
        When two articles count as one text.

    Returns
    -------
    pandas.Series
        Ids on the index of `articles`.
    """
    require_columns(articles, (ARTICLE_ID, TEXT, DATE, DATE_START), name="the article table")
    chosen = options or ReprintOptions()
    texts = articles[TEXT].tolist()
    shingles = [_shingles(text) for text in _plain_texts(texts)]
    twins: dict[int, set[int]] = {}
    for one, other in _pairs(shingles, chosen):
        if _same_figures(texts[one], texts[other], shingles[one], shingles[other], options=chosen):
            twins.setdefault(one, set()).add(other)
            twins.setdefault(other, set()).add(one)
    days = articles[DATE].fillna(articles[DATE_START]).fillna("9999").tolist()
    ids = articles[ARTICLE_ID].tolist()
    order = sorted(range(len(ids)), key=lambda place: (days[place], ids[place]))
    first_prints = _first_prints(order, twins)
    named = [None if place is None else ids[place] for place in first_prints]
    return pd.Series(named, index=articles.index, dtype="str")


def _first_prints(order: Sequence[int], twins: Mapping[int, set[int]]) -> list[int | None]:
    """For each article the earliest of its twins that is no reprint itself; None if there is none.

    Twins are not passed on: a twin's twin, which may share less and less, is judged by itself.
    """
    rank = {place: position for position, place in enumerate(order)}
    found: list[int | None] = [None] * len(order)
    for place in order:
        originals = [
            twin for twin in twins.get(place, ()) if rank[twin] < rank[place] and found[twin] is None
        ]
        found[place] = min(originals, key=lambda twin: rank[twin], default=None)
    return found


def _plain_texts(texts: Sequence[str]) -> list[str]:
    """Simplified characters, lower case, no punctuation and white space."""
    from opencc import OpenCC

    converter = OpenCC("t2s")
    return [_NOT_WORD.sub("", converter.convert(text)).lower() for text in texts]


def _shingles(text: str, *, width: int = 5) -> NDArray[np.uint32]:
    """The distinct character n-grams of `text`, each as a 32-bit number, sorted."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    if codes.size < width:
        return np.empty(0, dtype=np.uint32)
    windows = np.lib.stride_tricks.sliding_window_view(codes, width).astype(np.uint64)
    mixed = np.zeros(len(windows), dtype=np.uint64)
    for column in range(width):
        mixed = (mixed ^ windows[:, column]) * np.uint64(0x100000001B3)
        mixed ^= mixed >> np.uint64(29)
    return np.unique((mixed >> np.uint64(16)).astype(np.uint32))


def _pairs(shingles: Sequence[NDArray[np.uint32]], options: ReprintOptions) -> Iterator[tuple[int, int]]:
    """Pairs of articles that hold the same text."""
    from datasketch import MinHash, MinHashLSH

    rows = options.permutations // options.bands
    index = MinHashLSH(num_perm=options.permutations, params=(options.bands, rows))
    empty = MinHash(num_perm=options.permutations, seed=1, hashfunc=int)
    sizes = np.array([grams.size for grams in shingles])
    signatures = np.zeros((len(shingles), options.permutations), dtype=np.uint64)
    for place, grams in enumerate(shingles):
        if grams.size < options.shortest:
            continue
        signature = empty.copy()
        signature.update_batch(grams.tolist())
        signatures[place] = signature.hashvalues
        others = np.array(sorted(index.query(signature)), dtype=np.int64)
        agreement = (signatures[others] == signatures[place]).mean(axis=1)
        likely = agreement >= _least_jaccard(sizes[others], grams.size, options) - _SIGNATURE_ERROR
        for other in others[likely].tolist():
            if _same_text(grams, shingles[other], options):
                yield other, place
        index.insert(place, signature)


def _same_figures(
    one: str,
    other: str,
    grams: NDArray[np.uint32],
    other_grams: NDArray[np.uint32],
    *,
    options: ReprintOptions,
) -> bool:
    """Whether two texts of like words give the same numbers; with few numbers the words must agree more."""
    first, second = set(_FIGURE.findall(western_figures(one))), set(_FIGURE.findall(western_figures(other)))
    fewer = min(len(first), len(second))
    if fewer < options.fewest_figures:
        return _same_text(
            grams,
            other_grams,
            replace(options, jaccard=options.sure_jaccard, containment=options.sure_containment),
        )
    return len(first & second) >= options.figures * fewer


def _least_jaccard(sizes: NDArray[np.int64], size: int, options: ReprintOptions) -> NDArray[np.float64]:
    """The Jaccard index from which texts of these sizes can be one text, by either of the two rules."""
    ratio = np.minimum(sizes, size) / np.maximum(sizes, size)
    contained = options.containment * ratio / (1 + ratio - options.containment * ratio)
    return np.asarray(np.minimum(options.jaccard, contained))


def _same_text(one: NDArray[np.uint32], other: NDArray[np.uint32], options: ReprintOptions) -> bool:
    common = np.intersect1d(one, other, assume_unique=True).size
    shorter, longer = sorted((one.size, other.size))
    if common / (shorter + longer - common) >= options.jaccard:
        return True
    return common / shorter >= options.containment and shorter / longer >= options.least_length
