"""Many texts cut into words once, for all that counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.words.scripts import normalise, primary_subtag
from analysis.words.table import Indices, WordTable, starts_of
from analysis.words.tokens import GAP, cut, kept_in


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
        return CutTexts(self.table.take(texts), tuple(self.bases[at] for at in texts.tolist()))

    def words(self) -> WordTable:
        """Return the words that can say what the texts are about, as `tokenize` gives them."""
        return self.table.only(self.kept)


def cut_texts(texts: Sequence[str], langs: Sequence[str | None]) -> CutTexts:
    """Cut texts into words, each as its language asks.

    Raises
    ------
    ValueError
        If there are not as many languages as texts.
    """
    if len(texts) != len(langs):
        raise ValueError(f"{len(texts)} texts but {len(langs)} languages: give one language (or None) a text")
    bases = tuple(primary_subtag(lang) for lang in langs)
    number = _Numbers()
    parts = [
        np.array([number[word] for word in cut(normalise(text), base)], dtype=np.int32)
        for text, base in zip(texts, bases, strict=True)
    ]
    ids = np.concatenate([np.empty(0, dtype=np.int32), *parts])
    vocabulary = sorted(number)
    rank: NDArray[np.int32] = np.empty(len(number), dtype=np.int32)
    rank[[number[word] for word in vocabulary]] = np.arange(len(vocabulary), dtype=np.int32)
    return CutTexts(WordTable(vocabulary, rank[ids], starts_of([len(part) for part in parts])), bases)


class _Numbers(dict[str, int]):
    """Word → its number; a word that wasn't met before gets the next."""

    def __init__(self) -> None:
        super().__init__({GAP: 0})

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number
