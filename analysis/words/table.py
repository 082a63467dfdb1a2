"""The words of many texts as numbers: one vocabulary, one array, one place to count them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csc_array, csr_array

Indices = NDArray[np.int64]

_Value = TypeVar("_Value", bound=np.generic)
_WORDS: Final = 500_000
"""Words looked up at once."""


@dataclass(frozen=True, eq=False)
class WordTable(Sequence[list[str]]):
    """The words of documents in reading order: a sequence of lists of words that takes four bytes a word.

    Attributes
    ----------
    vocabulary
        Every word once, in alphabetical order (of code points).
    ids
        Places in the vocabulary of all words of all documents, int32.
    starts
        Where each document begins in `ids`, and at last where all end, (documents + 1,).
    """

    vocabulary: list[str]
    ids: NDArray[np.int32]
    starts: Indices

    @classmethod
    def from_documents(cls, documents: Iterable[Sequence[str]]) -> WordTable:
        """Return the table of documents given as lists of words."""
        lists = list(documents)
        vocabulary = sorted(set(chain.from_iterable(lists)))
        place = {word: at for at, word in enumerate(vocabulary)}
        total = sum(map(len, lists))
        ids = np.fromiter(map(place.__getitem__, chain.from_iterable(lists)), dtype=np.int32, count=total)
        return cls(vocabulary, ids, starts_of([len(words) for words in lists]))

    @overload
    def __getitem__(self, at: int) -> list[str]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[str]]: ...
    def __getitem__(self, at: int | slice) -> list[str] | list[list[str]]:
        """Return the words of one document, or of several."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        one = range(len(self))[at]
        return self._words(int(self.starts[one]), int(self.starts[one + 1]))

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the words of every document."""
        return (self[at] for at in range(len(self)))

    def _words(self, start: int, end: int) -> list[str]:
        return [self.vocabulary[number] for number in self.ids[start:end].tolist()]

    @property
    def lengths(self) -> Indices:
        """Words of each document."""
        return np.diff(self.starts)

    @property
    def document_of(self) -> Indices:
        """The document of every word."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def place(self, word: str) -> int | None:
        """Return the place of a word in the vocabulary, None if no document has it."""
        at = bisect_left(self.vocabulary, word)
        return at if at < len(self.vocabulary) and self.vocabulary[at] == word else None

    def only(self, kept: NDArray[np.bool_]) -> WordTable:
        """Return the table with those of `ids` that are kept, and the same vocabulary."""
        return WordTable(self.vocabulary, self.ids[kept], starts_of(kept_of_each(kept, self.starts)))

    def take(self, documents: Indices) -> WordTable:
        """Return the table of these documents, in this order, with the same vocabulary."""
        if np.array_equal(documents, np.arange(len(self))):
            return self
        lengths = self.lengths[documents]
        starts = starts_of(lengths)
        places = np.arange(starts[-1]) + np.repeat(self.starts[:-1][documents] - starts[:-1], lengths)
        return WordTable(self.vocabulary, self.ids[places], starts)

    @cached_property
    def counts(self) -> csr_array:
        """How often each document has each word, (documents, words), int32."""
        from scipy.sparse import csr_array

        ones = np.ones(len(self.ids), dtype=np.int32)
        shape = (len(self), len(self.vocabulary))
        found = csr_array((ones, self.ids.copy(), self.starts.copy()), shape=shape)
        found.sum_duplicates()  # in place, hence the copies
        return found

    def by_group(self, groups: Indices, n_groups: int) -> csr_array:
        """Return how often the documents of each group (-1: none) have each word, (groups, words), int64."""
        return _summed(groups, n_groups, self.counts)

    @cached_property
    def documents_with(self) -> csc_array:
        """Which documents have which words, (documents, words), by columns."""
        return self.counts.tocsc()

    def documents_by_group(self, groups: Indices, n_groups: int) -> csr_array:
        """Return how many documents of each group (-1: none) have each word, (groups, words), int64."""
        from scipy.sparse import csr_array

        there = (np.ones_like(self.counts.data), self.counts.indices, self.counts.indptr)
        return _summed(groups, n_groups, csr_array(there, shape=self.counts.shape))


def starts_of(lengths: Sequence[int] | Indices) -> Indices:
    """Return where documents of these lengths begin in a row, and at last where all end."""
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def kept_of_each(kept: NDArray[np.bool_], starts: Indices) -> Indices:
    """Return how many are kept from each start to the next, (starts - 1,)."""
    parts = (kept[start:end] for start, end in pairwise(starts.tolist()))
    return np.fromiter(map(np.count_nonzero, parts), dtype=np.int64, count=len(starts) - 1)


def looked_up(values: NDArray[_Value], ids: NDArray[np.int32]) -> NDArray[_Value]:
    """Return `values[ids]`, some at a time: at once, numpy would first make all of `ids` twice as wide."""
    found = np.empty(len(ids), dtype=values.dtype)
    for start in range(0, len(ids), _WORDS):
        part = slice(start, start + _WORDS)
        found[part] = values[ids[part]]
    return found


def frequencies(ids: NDArray[np.int32], n_words: int) -> Indices:
    """Return how often each of the words stands, some places at a time, for the same reason."""
    found = np.zeros(n_words, dtype=np.int64)
    for start in range(0, len(ids), _WORDS):
        found += np.bincount(ids[start : start + _WORDS], minlength=n_words)
    return found


def _summed(groups: Indices, n_groups: int, counts: csr_array) -> csr_array:
    """Return the sums of the documents' counts over each group, (groups, words)."""
    from scipy.sparse import coo_array

    documents = np.flatnonzero(groups >= 0)
    # Of the counts' own kind, lest the product convert them all.
    members = (np.ones(len(documents), dtype=counts.dtype), (groups[documents], documents))
    return (coo_array(members, shape=(n_groups, len(groups))).tocsr() @ counts).astype(np.int64)
