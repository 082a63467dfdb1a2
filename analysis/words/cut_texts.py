"""Many texts cut into words once, for all that counts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.words.scripts import normalise, primary_subtag
from analysis.words.table import Indices, WordTable, starts_of
from analysis.words.tokens import GAP, cut, kept_in
from corpus.engine import THIS_PROCESS, Engine

_TEXTS: Final = 1_000
"""Texts cut at once."""


@dataclass(frozen=True)
class CutTexts:
    """Texts as all their words and the gaps between them.

    Attributes
    ----------
    table
        The words of every text; the first of the vocabulary is `GAP`.
    bases
        The language of every text (a primary subtag), None where it isn't known.
    """

    table: WordTable
    bases: tuple[str | None, ...]

    @property
    def langs(self) -> tuple[str | None, ...]:
        """The different languages."""
        return tuple(dict.fromkeys(self.bases))

    @cached_property
    def kept(self) -> NDArray[np.bool_]:
        """Whether each word can say what its text is about, by the stop words of the text's language."""
        judged = np.zeros((len(self.langs), len(self.table.vocabulary)), dtype=bool)
        for words, langs in self._langs_of_words():
            judged[langs, self.table.ids[words]] = True
        for at, base in enumerate(self.langs):
            judge, used = kept_in(base), np.flatnonzero(judged[at])
            judged[at, used] = [judge[self.table.vocabulary[word]] for word in used.tolist()]
        kept = np.empty(len(self.table.ids), dtype=bool)
        for words, langs in self._langs_of_words():
            kept[words] = judged[langs, self.table.ids[words]]
        return kept

    def _langs_of_words(self) -> Iterator[tuple[slice, NDArray[np.int16]]]:
        """Yield which words those of some texts are, and the place of each one's language in `langs`."""
        number = {base: at for at, base in enumerate(self.langs)}
        of_text = np.array([number[base] for base in self.bases], dtype=np.int16)
        for start in range(0, len(of_text), _TEXTS):
            texts = slice(start, start + _TEXTS)
            ends = self.table.starts[start], self.table.starts[min(start + _TEXTS, len(of_text))]
            yield slice(*map(int, ends)), np.repeat(of_text[texts], self.table.lengths[texts])

    def take(self, texts: Indices) -> CutTexts:
        """Return these texts, in this order."""
        table = self.table.take(texts)
        if table is self.table:
            return self
        return CutTexts(table, tuple(self.bases[at] for at in texts.tolist()))

    def words(self) -> WordTable:
        """Return the words that can say what the texts are about, as `tokenize` gives them."""
        return self.table.only(self.kept)


def cut_texts(
    texts: Sequence[str], langs: Sequence[str | None], *, engine: Engine = THIS_PROCESS
) -> CutTexts:
    """Cut texts into words, each as its language asks, in blocks that the engine works through.

    Raises
    ------
    ValueError
        If there are not as many languages as texts.
    """
    if len(texts) != len(langs):
        raise ValueError(f"{len(texts)} texts but {len(langs)} languages: give one language (or None) a text")
    bases = tuple(primary_subtag(lang) for lang in langs)
    number = _Numbers()
    parts: list[NDArray[np.int32]] = []
    lengths = [np.empty(0, dtype=np.int64)]
    for block in engine.map(_cut_block, _blocks(texts, bases)):
        own = np.array([number[word] for word in block.vocabulary], dtype=np.int32)
        parts.append(own[block.ids])
        lengths.append(block.lengths)
    vocabulary = sorted(number)
    rank: NDArray[np.int32] = np.empty(len(number), dtype=np.int32)
    rank[[number[word] for word in vocabulary]] = np.arange(len(vocabulary), dtype=np.int32)
    starts = starts_of(np.concatenate(lengths))
    ids = np.empty(starts[-1], dtype=np.int32)
    end = len(ids)
    while parts:  # each is let go of when it is copied
        part = parts.pop()
        ids[end - len(part) : end] = rank[part]
        end -= len(part)
    return CutTexts(WordTable(vocabulary, ids, starts), bases)


_Block = tuple[Sequence[str], Sequence[str | None]]
"""Some texts and their languages."""


def _blocks(texts: Sequence[str], bases: Sequence[str | None]) -> Iterator[_Block]:
    """Yield the texts and their languages, some at a time."""
    for start in range(0, len(texts), _TEXTS):
        part = slice(start, start + _TEXTS)
        yield texts[part], bases[part]


def _cut_block(block: _Block) -> WordTable:
    """Return the words of some texts; the vocabulary in the order in which words were met."""
    number = _Numbers()
    parts = []
    for text, base in zip(*block, strict=True):
        words = cut(normalise(text), base)
        parts.append(np.fromiter(map(number.__getitem__, words), dtype=np.int32, count=len(words)))
    return WordTable(list(number), np.concatenate(parts), starts_of([len(part) for part in parts]))


class _Numbers(dict[str, int]):
    """Word → its number; a word that wasn't met before gets the next."""

    def __init__(self) -> None:
        super().__init__({GAP: 0})

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number
