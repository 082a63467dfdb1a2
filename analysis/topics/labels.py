"""What a topic is called in each of its languages: three terms that mark it and say different things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.schema import OUTLIER
from analysis.topics.keyness import Marks, topic_marks
from analysis.topics.neighbours import Indices
from analysis.topics.terms import Terms
from analysis.words.naming import naming_weight, say_the_same
from analysis.words.scripts import is_latin_script
from analysis.words.table import WordTable
from analysis.words.written import written_forms
from embeddings import Encoder

_LABEL_TERMS: Final = 3
_CANDIDATES: Final = 15
_READ: Final = 200
"""Articles of a topic and language from which it is read how its words are written."""
_DIVERSITY: Final = 0.25
_SEPARATOR: Final = " · "

Labels = dict[int, dict[str, str]]
"""Topic → language → label; the language the topic's terms come first in is the first."""


def label_topics(
    terms: Mapping[int, Terms],
    texts: Sequence[str],
    tokens: WordTable,
    topics: Indices,
    langs: Sequence[str | None],
    *,
    encoder: Encoder | None,
) -> Labels:
    r"""Return a label for every topic in each of its languages.

    The candidates are the fifteen words that mark the topic most (`topic_marks`), weighted by how well their
    kind names (`naming_weight`). Each counts by the root of its mark, as a share of the greatest, times
    :math:`(1 + \cos(w, c)) / 2`, its nearness to the candidates' weighted mean. Three are taken by maximal
    marginal relevance (Carbonell and Goldstein 1998, diversity .25), none of them repeating another's stem.
    Words are written as the articles write them.

    Parameters
    ----------
    terms
        Terms of every topic (`topic_terms`); its languages are those of the labels. A language in which a
        topic has no marks (the only topic of that language) is called by its first terms.
    texts, tokens, topics, langs
        Text, words, topic (-1: none) and language of every article.
    encoder
        The study's; None: by the marks alone.
    """
    marks = topic_marks(tokens, topics, langs)
    candidates: dict[tuple[int, str], Marks] = {}
    samples: dict[tuple[int, str], list[str]] = {}
    read = _texts_read(texts, topics, langs)
    for key in ((topic, lang) for topic, by_lang in terms.items() for lang in by_lang):
        topic, lang = key
        own = marks.get(topic, {}).get(lang) or _by_rank(terms[topic][lang])
        samples[key] = read.get(key, [])
        candidates[key] = _weighted(own, samples[key], lang)
    vectors = _vectors(candidates, encoder)
    labels: Labels = {topic: {} for topic in terms}
    for (topic, lang), weights in candidates.items():
        if weights:
            labels[topic][lang] = _written(_choose(weights, vectors), samples[topic, lang])
    return _all_different(labels)


def first_labels(labels: Labels) -> dict[int, str]:
    """Return the label of every topic in its first language; its number where it has none."""
    return {topic: next(iter(by_lang.values()), f"topic {topic}") for topic, by_lang in labels.items()}


def _by_rank(terms: Sequence[str]) -> Marks:
    """Return marks that fall with the rank: 1, 1/2, 1/3 and so on."""
    return {word: 1.0 / rank for rank, word in enumerate(terms, 1)}


def _texts_read(
    texts: Sequence[str], topics: Indices, langs: Sequence[str | None]
) -> dict[tuple[int, str], list[str]]:
    """Return the first texts of every topic and language, in the order of the alphabet."""
    found: dict[tuple[int, str], list[str]] = {}
    for text, topic, lang in zip(texts, topics.tolist(), langs, strict=True):
        if topic != OUTLIER:
            own = found.setdefault((topic, lang or "und"), [])
            own.append(text)
            if len(own) == 2 * _READ:  # so that never all of them are held
                own[:] = nsmallest(_READ, own)
    return {key: nsmallest(_READ, own) for key, own in found.items()}


def _weighted(marks: Marks, texts: Sequence[str], lang: str) -> Marks:
    """Return the words of greatest mark that name, weighted by their kind; all where none names."""
    likely = sorted(marks, key=lambda word: (-marks[word], word))[: 2 * _CANDIDATES]
    forms, latin = written_forms(likely, texts), is_latin_script(lang)
    found = {word: marks[word] * naming_weight(word, form=forms[word], latin=latin) for word in likely}
    if not any(found.values()):
        found = {word: marks[word] for word in likely}
    ranked = sorted(found, key=lambda word: (-found[word], word))[:_CANDIDATES]
    return {word: found[word] for word in ranked if found[word] > 0}


def _vectors(
    candidates: Mapping[tuple[int, str], Marks], encoder: Encoder | None
) -> dict[str, NDArray[np.float64]]:
    """Return the vector of every candidate; all alike without an encoder."""
    words = sorted({word for weights in candidates.values() for word in weights})
    if encoder is None or not words:
        return {word: np.zeros(1) for word in words}
    return dict(zip(words, encoder.encode(words).astype(np.float64), strict=True))


def _choose(weights: Marks, vectors: Mapping[str, NDArray[np.float64]]) -> list[str]:
    """Return the words of a label, the one that counts most first."""
    words = list(weights)
    rows, weight = np.array([vectors[word] for word in words]), np.array(list(weights.values()))
    middle = weight @ rows
    near = rows @ middle / max(float(np.linalg.norm(middle)), 1e-12)
    counts = np.round(np.sqrt(weight / weight.max()) * (1 + near) / 2, 6)
    alike = np.round(rows @ rows.T, 6)
    chosen = [int(counts.argmax())]
    while len(chosen) < _LABEL_TERMS:
        score = (1 - _DIVERSITY) * counts - _DIVERSITY * alike[:, chosen].max(axis=1)
        free = [
            at for at, word in enumerate(words) if not any(say_the_same(word, words[one]) for one in chosen)
        ]
        if not free:
            break
        chosen.append(max(free, key=lambda at: (score[at], -at)))
    return [words[at] for at in chosen]


def _written(words: Sequence[str], texts: Sequence[str]) -> str:
    """Return the label, its words as the articles write them."""
    forms = written_forms(words, texts)
    return _SEPARATOR.join(forms[word] for word in words)


def _all_different(labels: Labels) -> Labels:
    """Add the topic's number to a label that an earlier topic has in the same language."""
    taken: set[tuple[str, str]] = set()
    found: Labels = {}
    for topic, by_lang in labels.items():
        found[topic] = {}
        for lang, label in by_lang.items():
            free = label if (lang, label) not in taken else f"{label}{_SEPARATOR}topic {topic}"
            taken.add((lang, free))
            found[topic][lang] = free
    return found
