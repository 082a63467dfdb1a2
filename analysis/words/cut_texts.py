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
        number = {base: at for at, base in enumerate(self.langs)}
        of_text = np.array([number[base] for base in self.bases], dtype=np.int16)
        of_word = np.repeat(of_text, self.table.lengths)
        judged = np.zeros((len(number), len(self.table.vocabulary)), dtype=bool)
        judged[of_word, self.table.ids] = True
        for base, at in number.items():
            judge, used = kept_in(base), np.flatnonzero(judged[at])
            judged[at, used] = [judge[self.table.vocabulary[word]] for word in used.tolist()]
        return judged[of_word, self.table.ids]

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
    parts, lengths = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.int64)]
    for block in engine.map(_cut_block, _blocks(texts, bases)):
        own = np.array([number[word] for word in block.vocabulary], dtype=np.int32)
        parts.append(own[block.ids])
        lengths.append(block.lengths)
    vocabulary = sorted(number)
    rank: NDArray[np.int32] = np.empty(len(number), dtype=np.int32)
    rank[[number[word] for word in vocabulary]] = np.arange(len(vocabulary), dtype=np.int32)
    for part in parts:
        part[:] = rank[part]
    return CutTexts(WordTable(vocabulary, np.concatenate(parts), starts_of(np.concatenate(lengths))), bases)


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
    parts = [
        np.array([number[word] for word in cut(normalise(text), base)], dtype=np.int32)
        for text, base in zip(*block, strict=True)
    ]
    return WordTable(list(number), np.concatenate(parts), starts_of([len(part) for part in parts]))


class _Numbers(dict[str, int]):
    """Word → its number; a word that wasn't met before gets the next."""

    def __init__(self) -> None:
        super().__init__({GAP: 0})

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number
