"""Two words that are one: `climate change`, 乡村振兴."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log
from typing import Final

from analysis.words.scripts import primary_subtag
from analysis.words.tokens import words_in_context

_LEAST_NPMI: Final = 0.5
_LEAST_SHARE: Final = 0.5
"""Of the rarer word's occurrences, how many stand in the pair."""

_FEWEST_NEIGHBOURS: Final = 3

Pair = tuple[str, str]
Words = list[tuple[str, bool]]


def tokenize_phrases(texts: Sequence[str], langs: Sequence[str | None]) -> list[list[str]]:
    """Return the words of every text, as `tokenize_many` does, with the phrases of each language joined.

    A phrase is written as in its text: Chinese without, others with a space. Which pairs are phrases depends
    on all the texts, see `phrases`.

    Raises
    ------
    ValueError
        If there are not as many languages as texts.
    """
    if len(texts) != len(langs):
        raise ValueError(f"{len(texts)} texts but {len(langs)} languages: give one language (or None) a text")
    bases = [primary_subtag(lang) for lang in langs]
    documents = [words_in_context(text, base) for text, base in zip(texts, bases, strict=True)]
    known = {
        base: phrases([words for words, its in zip(documents, bases, strict=True) if its == base])
        for base in set(bases)
    }
    return [_joined(words, known[base]) for words, base in zip(documents, bases, strict=True)]


def phrases(documents: Sequence[Words]) -> frozenset[Pair]:
    r"""Return the pairs of adjacent words that are phrases.

    A phrase makes up half of the occurrences of its rarer word, its normalised pointwise mutual information
    (Bouma 2009) over places in the text, :math:`\ln\frac{p(ab)}{p(a)\,p(b)} / -\ln p(ab)`, is at least .5,
    and three different words stand before it and three behind it (accessor variety, Feng et al. 2004): the
    pairs of a sentence that is only repeated, as in reprints, are none.

    Parameters
    ----------
    documents
        Words of documents in one language (`analysis.words.tokens.words_in_context`).
    """
    words = Counter(word for document in documents for word, kept in document if kept)
    total = words.total()
    pairs = Counter(
        (a, b)
        for document in documents
        for (a, first), (b, second) in pairwise(document)
        if first and second and a != b
    )
    bound = {
        (a, b)
        for (a, b), n in pairs.items()
        if n >= max(_FEWEST_NEIGHBOURS, _LEAST_SHARE * min(words[a], words[b]))
        and log(n * total / (words[a] * words[b])) >= _LEAST_NPMI * log(total / n)
    }
    return frozenset(_varied(documents, bound))


def _varied(documents: Sequence[Words], bound: set[Pair]) -> Iterator[Pair]:
    """Yield the pairs before and behind which enough different words stand; a gap is one."""
    before: dict[Pair, set[str]] = {pair: set() for pair in bound}
    behind: dict[Pair, set[str]] = {pair: set() for pair in bound}
    for document in documents:
        words = ["", *(word for word, _ in document), ""]
        for at, pair in enumerate(pairwise(words[1:-1])):
            if pair in bound:
                before[pair].add(words[at])
                behind[pair].add(words[at + 3])
    yield from (pair for pair in bound if min(len(before[pair]), len(behind[pair])) >= _FEWEST_NEIGHBOURS)


def _joined(document: Words, known: frozenset[Pair]) -> list[str]:
    """Return the kept words of a document with its phrases joined, from left to right."""
    joined: list[str] = []
    taken = False
    for (word, kept), (following, _) in pairwise([*document, ("", False)]):
        if taken:
            taken = False
        elif (word, following) in known:
            joined.append(_written(word, following))
            taken = True
        elif kept:
            joined.append(word)
    return joined


def _written(first: str, second: str) -> str:
    """Return the phrase as it stands in a text."""
    return first + second if "\u3400" <= first[-1] <= "\u9fff" else f"{first} {second}"
