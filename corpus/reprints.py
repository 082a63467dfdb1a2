"""Finds articles that were printed more than once, though headlines change, tails are cut and scans are poor.

Texts are compared in their simplified, lower-case form without punctuation. MinHash with banding (Broder
1997; Leskovec, Rajaraman and Ullman 2014, chapter 3) over character n-grams proposes pairs, short n-grams so
that a few survive in a text of which every tenth character was misread. Each pair is then aligned, and *how*
it differs decides (`corpus.alignment`): what is written anew by an old pattern (a yearly notice, a weather
report) has its words but other names and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from corpus.alignment import Alignment, align, far_apart
from corpus.dating.expressions import western_figures
from corpus.schema import ARTICLE_ID, DATE, DATE_START, TEXT, require_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NOT_WORD: Final = re.compile(r"[\W_]+")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")


@dataclass(frozen=True)
class ReprintOptions:
    """When two articles count as one text.

    Attributes
    ----------
    coverage, least_coverage, coverage_of_noise
        Share of the shorter text that must stand in the longer in the same order: `coverage` in a clean text,
        less by `coverage_of_noise` times the share of misread characters, but never below `least_coverage`.
    slots, slots_of_noise
        Differing characters may make up `slots` of the aligned text where they stand in runs (other words),
        and as much more as misread characters fall together by chance, at most `slots_of_noise` times their
        share.
    figures, figures_of_noise
        Numbers that changed, over those that did not, from which it is another article by the same pattern.
        As many as `figures_of_noise` times the share of misread characters don't count.
    late, late_coverage, late_length
        Days from which on a text that comes back must be the same but for scanning: no other word or number,
        `late_coverage` of it there, and as long as this. Patterns come back with the season, reprints within
        weeks.
    shortest
        Fewest n-grams of a text that is compared at all; shorter ones (a slogan, a caption) are left alone.
    least_length
        Length of the shorter text over that of the longer, below which it is a quotation and no reprint.
    width, width_spaced
        Characters of an n-gram: in scripts without spaces, and in others.
    common
        Share of the articles (and at least 200) that may have an n-gram; what more have tells nothing.
    similarity
        Share of their n-grams, of the shorter text's, that two texts must have in common to be aligned.
    permutations
        Size of a MinHash signature.
    bands
        Bands of the signature: two texts are proposed when they agree on all of one band.
    """

    coverage: float = 0.88
    least_coverage: float = 0.7
    coverage_of_noise: float = 2.5
    slots: float = 0.012
    slots_of_noise: float = 2.6
    figures: float = 0.3
    figures_of_noise: float = 50.0
    late: int = 60
    late_coverage: float = 0.96
    late_length: int = 150
    shortest: int = 60
    least_length: float = 0.3
    width: int = 3
    width_spaced: int = 5
    common: float = 0.05
    similarity: float = 0.42
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
    texts = _plain_texts(articles[TEXT].tolist())
    days = articles[DATE].fillna(articles[DATE_START]).fillna("9999").tolist()
    dates = pd.to_datetime(articles[DATE], errors="coerce").to_numpy()
    twins: dict[int, set[int]] = {}
    for one, other in _pairs(_all_shingles(texts, chosen), chosen):
        late = bool(abs(dates[one] - dates[other]) >= np.timedelta64(chosen.late, "D"))
        if same_text(texts[one], texts[other], late=late, options=chosen):
            twins.setdefault(one, set()).add(other)
            twins.setdefault(other, set()).add(one)
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


def same_text(one: str, other: str, *, late: bool, options: ReprintOptions) -> bool:
    """Whether two plain texts are one: cut, with another opening or misread, but not written anew.

    `late` tells that so much time lies between them that a pattern is likelier than a reprint.
    """
    shorter, longer = sorted((len(one), len(other)))
    if shorter < options.least_length * longer or far_apart(one, other, coverage=options.least_coverage):
        return False
    found = align(one, other)
    if late and found.length < options.late_length:
        return False
    coverage = options.late_coverage if late else options.coverage
    if found.coverage < max(options.least_coverage, coverage - options.coverage_of_noise * found.noise):
        return False
    by_chance = min(options.slots_of_noise * found.noise, found.by_chance * found.noise**2)
    allowed = (0.0 if late else options.slots) + by_chance
    return found.slots <= allowed * found.length and not _other_figures(found, late=late, options=options)


def _other_figures(found: Alignment, *, late: bool, options: ReprintOptions) -> bool:
    """Whether so many numbers differ that it is another article by the same pattern."""
    forgiven = 0 if late else round(options.figures_of_noise * found.noise)
    return found.figures_changed > forgiven and found.figures_changed > options.figures * found.figures_kept


def _plain_texts(texts: Sequence[str]) -> list[str]:
    """Simplified characters, lower case, numbers in digits, no punctuation and white space."""
    from opencc import OpenCC

    converter = OpenCC("t2s")
    return [_NOT_WORD.sub("", western_figures(converter.convert(text))).lower() for text in texts]


def _all_shingles(texts: Sequence[str], options: ReprintOptions) -> list[NDArray[np.uint32]]:
    """The n-grams of each text, without those that too many texts have; none for a text that is too short."""
    shingles = []
    for text in texts:
        start = text[:400]
        spaced = len(_UNSPACED.findall(start)) * 4 < len(start)
        grams = _shingles(text, width=options.width_spaced if spaced else options.width)
        shingles.append(grams if grams.size >= options.shortest else grams[:0])
    if not shingles:
        return []
    names, counts = np.unique(np.concatenate(shingles), return_counts=True)
    common = names[counts > max(200, options.common * len(texts))]
    return (
        [np.setdiff1d(grams, common, assume_unique=True) for grams in shingles] if common.size else shingles
    )


def _shingles(text: str, *, width: int) -> NDArray[np.uint32]:
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
    """Pairs of articles that share enough n-grams to be worth aligning."""
    from datasketch import MinHash, MinHashLSH

    rows = options.permutations // options.bands
    index = MinHashLSH(num_perm=options.permutations, params=(options.bands, rows))
    empty = MinHash(num_perm=options.permutations, seed=1, hashfunc=int)
    sizes = np.array([grams.size for grams in shingles])
    signatures = np.zeros((len(shingles), options.permutations), dtype=np.uint32)
    for place, grams in enumerate(shingles):
        if not grams.size:
            continue
        signature = empty.copy()
        signature.update_batch(grams.tolist())
        signatures[place] = signature.hashvalues
        others = np.array(sorted(index.query(signature)), dtype=np.int64)
        agreement = (signatures[others] == signatures[place]).mean(axis=1)
        for other in others[_likely(agreement, sizes[others], grams.size, options)].tolist():
            yield other, place
        index.insert(place, signature)


def _likely(
    agreement: NDArray[np.float64], sizes: NDArray[np.int64], size: int, options: ReprintOptions
) -> NDArray[np.bool_]:
    """Which of the others share enough, up to two standard errors of what the signature can tell."""
    shorter, longer = np.minimum(sizes, size), np.maximum(sizes, size)
    least = options.similarity * shorter / (shorter + longer - options.similarity * shorter)
    error = 2 * np.sqrt(least * (1 - least) / options.permutations)
    return np.asarray((agreement >= least - error) & (shorter >= 0.8 * options.least_length * longer))
