"""Two words that are one, joined in tables of words: `climate change`, 乡村振兴."""

from __future__ import annotations

from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.words.cut_texts import CutTexts
from analysis.words.table import Indices, WordTable, frequencies, kept_of_each, looked_up, starts_of

_LEAST_NPMI: Final = 0.5
_LEAST_SHARE: Final = 0.5
"""Of the rarer word's occurrences, how many stand in the pair."""
_FEWEST_NEIGHBOURS: Final = 3

Pairs = Indices
"""Pairs of words, each in one number: the first one's place times the vocabulary's size, and the second's."""


def join_phrases(texts: CutTexts) -> WordTable:
    r"""Return the words of every text that can say what it is about, the phrases of each language joined.

    A phrase is written as in its text: Chinese without, others with a space. Which pairs are phrases depends
    on all the texts of their language. A phrase makes up half of the occurrences of its rarer word, its
    normalised pointwise mutual information (Bouma 2009) over places in the text,
    :math:`\ln\frac{p(ab)}{p(a)\,p(b)} / -\ln p(ab)`, is at least .5, and three different words stand before
    it and three behind it (accessor variety, Feng et al. 2004): the pairs of a sentence that is only
    repeated, as in reprints, are none.
    """
    written: dict[str, int] = {}
    rows = {base: [at for at, own in enumerate(texts.bases) if own == base] for base in texts.langs}
    parts = [_joined(texts.take(np.array(own)), written) for own in rows.values()]
    order = np.argsort(np.array([at for own in rows.values() for at in own], dtype=np.int64))
    return _alphabetical([*texts.table.vocabulary, *written], parts).take(order)


def _joined(texts: CutTexts, written: dict[str, int]) -> tuple[NDArray[np.int32], Indices]:
    """Return the kept words of texts in one language, phrases joined: places of words, and how many each has.

    Phrases that weren't met before are added to `written`; their places follow those of the vocabulary.
    """
    row = _Row(texts)
    found = _phrases(row)
    starts = _starts(row, found)
    names = [_written(*row.words(pair)) for pair in found.tolist()]
    new = [row.width + written.setdefault(name, len(written)) for name in names]
    row.ids[starts] = np.array(new, dtype=np.int32)[np.searchsorted(found, row.pairs(starts))]
    row.kept[starts + 1] = False
    return row.ids[row.kept], kept_of_each(row.kept, np.append(row.starts, len(row.kept)))


class _Row:
    """All words of texts in a row, two gaps before the first and behind each.

    `ids` are their places in the vocabulary, `starts` where each text begins, `kept` says of each whether it
    can say what its text is about.
    """

    def __init__(self, texts: CutTexts) -> None:
        table = texts.table
        self._vocabulary, self.width = table.vocabulary, len(table.vocabulary)
        n = len(table.ids) + 2 * (len(table) + 1)
        self.ids, self.kept = np.zeros(n, dtype=np.int32), np.zeros(n, dtype=bool)
        self.starts: Indices = table.starts[:-1] + 2 * np.arange(1, len(table) + 1)
        is_word = np.ones(n, dtype=bool)
        is_word[[0, 1]] = False
        for gap in (1, 2):
            is_word[np.append(self.starts[1:], n) - gap] = False
        self.ids[is_word], self.kept[is_word] = table.ids, texts.kept

    def is_pair(self) -> NDArray[np.bool_]:
        """Return whether each word but the last and the next are a pair: both kept, and different."""
        joined: NDArray[np.bool_] = self.ids[:-1] != self.ids[1:]
        joined &= self.kept[:-1]
        joined &= self.kept[1:]
        return joined

    def pairs(self, at: Indices | NDArray[np.bool_]) -> Pairs:
        """Return the pairs that the words at these places are with the next ones."""
        found = self.ids[:-1][at].astype(np.int64)
        found *= self.width
        found += self.ids[1:][at]
        return found

    def words(self, pair: int) -> tuple[str, str]:
        """Return the words of a pair."""
        return self._vocabulary[pair // self.width], self._vocabulary[pair % self.width]


def _phrases(row: _Row) -> Pairs:
    """Return the pairs of adjacent words that are phrases, in ascending order."""
    found, often = _counted(row.pairs(row.is_pair()))
    counts = frequencies(row.ids[row.kept], row.width)
    total = int(counts.sum())
    a, b = counts[found // row.width], counts[found % row.width]
    likely = often >= np.maximum(_FEWEST_NEIGHBOURS, _LEAST_SHARE * np.minimum(a, b))
    found, often, a, b = found[likely], often[likely], a[likely], b[likely]
    bound = [
        log(n * total / (one * other)) >= _LEAST_NPMI * log(total / n)
        for n, one, other in zip(often.tolist(), a.tolist(), b.tolist(), strict=True)
    ]
    return _varied(row, found[np.array(bound, dtype=bool)])


def _counted(pairs: Pairs) -> tuple[Pairs, Indices]:
    """Return the different pairs in order and how often each stands; the array given is sorted in place."""
    pairs.sort()
    is_first = np.ones(len(pairs), dtype=bool)
    np.not_equal(pairs[1:], pairs[:-1], out=is_first[1:])
    first = np.flatnonzero(is_first)
    return pairs[first], np.diff(np.append(first, len(pairs)))


def _varied(row: _Row, bound: Pairs) -> Pairs:
    """Return the pairs before and behind which enough different words stand; a gap is one."""
    at, which = _places(row, bound)
    enough = np.ones(len(bound), dtype=bool)
    for neighbour in (row.ids[at - 1], row.ids[at + 2]):
        different = _counted(which * row.width + neighbour)[0] // row.width
        enough &= np.bincount(different, minlength=len(bound)) >= _FEWEST_NEIGHBOURS
    return bound[enough]


def _places(row: _Row, pairs: Pairs) -> tuple[Indices, Indices]:
    """Return where any of the pairs (in ascending order) stands, and which of them it is."""
    firsts, seconds = np.zeros(row.width, dtype=bool), np.zeros(row.width, dtype=bool)
    firsts[pairs // row.width] = True
    seconds[pairs % row.width] = True
    likely = row.is_pair()
    likely &= looked_up(firsts, row.ids[:-1])
    likely &= looked_up(seconds, row.ids[1:])
    at = np.flatnonzero(likely)
    found = row.pairs(at)
    which = np.searchsorted(pairs, found)
    is_one = pairs.take(which, mode="clip") == found
    return at[is_one], which[is_one]


def _starts(row: _Row, found: Pairs) -> Indices:
    """Return where phrases begin, taken from left to right so that no word is in two."""
    at, _ = _places(row, found)
    first = np.diff(at, prepend=-2) > 1
    run_start: Indices = np.maximum.accumulate(np.where(first, at, 0))
    even: Indices = at[(at - run_start) % 2 == 0]
    return even


def _written(first: str, second: str) -> str:
    """Return the phrase as it stands in a text."""
    return first + second if "\u3400" <= first[-1] <= "\u9fff" else f"{first} {second}"


def _alphabetical(names: list[str], parts: list[tuple[NDArray[np.int32], Indices]]) -> WordTable:
    """Return the table of the texts of all languages, its words (names may be there twice) by alphabet."""
    ids = np.concatenate([np.empty(0, dtype=np.int32), *(words for words, _ in parts)])
    lengths = np.concatenate([np.empty(0, dtype=np.int64), *(lengths for _, lengths in parts)])
    used = np.flatnonzero(frequencies(ids, len(names)))
    words, place = np.unique(np.array([names[at] for at in used.tolist()], dtype=object), return_inverse=True)
    rank = np.zeros(len(names), dtype=np.int32)
    rank[used] = place.ravel()
    return WordTable(words.tolist(), looked_up(rank, ids), starts_of(lengths))
