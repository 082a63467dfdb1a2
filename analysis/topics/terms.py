"""The terms of a topic in each of its languages: class-based tf–idf."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from analysis.schema import OUTLIER
from analysis.topics.neighbours import Indices
from analysis.words.table import WordTable

N_TERMS: Final = 10
_FEWEST_ARTICLES: Final = 3
"""A language with fewer articles in a topic has no terms there, unless it comes first."""

Terms = dict[str, list[str]]


def topic_terms(
    tokens: WordTable, topics: Indices, langs: Sequence[str | None], *, n_terms: int = N_TERMS
) -> dict[int, Terms]:
    r"""Return the terms of every topic, language by language, best first.

    Within a language a topic's articles are one class, and a term's weight is the class-based tf–idf of
    Grootendorst (2022) with frequent words damped, :math:`\sqrt{tf_{t,c}} \cdot \ln(1 + A / f_t)`: *tf* the
    term's share of the class' words, *f* its frequency in all classes, *A* the mean number of words a class.
    Each language by itself, or terms of the smaller one would stand high only for being rare. A term must
    occur in at least two of the topic's articles (when it has two), so that one article doesn't name a topic.

    Parameters
    ----------
    tokens
        Words of every article, from `analysis.words.phrases.join_phrases`.
    topics
        Topic of every article; those in none (-1) count for nothing.
    langs
        Language of every article; None is its own language, written `und`.

    Returns
    -------
    dict
        topic → language → at most `n_terms` terms. First comes the corpus' commonest language (of equals
        Chinese, then English) if it has half as many of the topic's articles as the topic's own commonest,
        which comes first otherwise: so most labels read in one language.
    """
    members: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for position, (topic, lang) in enumerate(zip(topics.tolist(), langs, strict=True)):
        if topic != OUTLIER:
            members[lang or "und"][topic].append(position)
    ranked: dict[int, Terms] = {topic: {} for topic in sorted(set(topics.tolist()) - {OUTLIER})}
    for topic, order in _languages_of(members).items():
        for rank, lang in enumerate(order):
            if rank == 0 or len(members[lang][topic]) >= _FEWEST_ARTICLES:
                ranked[topic][lang] = []
    for lang, classes in members.items():
        for topic, terms in _language_terms(tokens, classes, n_terms).items():
            if lang in ranked[topic]:
                ranked[topic][lang] = terms
    return {topic: {lang: terms for lang, terms in found.items() if terms} for topic, found in ranked.items()}


def _languages_of(members: Mapping[str, Mapping[int, list[int]]]) -> dict[int, list[str]]:
    """Return each topic's languages, first the corpus' own where it counts for half, then by articles."""
    totals = {lang: sum(map(len, classes.values())) for lang, classes in members.items()}
    main = min(totals, key=lambda lang: (-totals[lang], lang != "zh", lang != "en", lang), default="")
    sizes: dict[int, dict[str, int]] = defaultdict(dict)
    for lang, classes in members.items():
        for topic, positions in classes.items():
            sizes[topic][lang] = len(positions)
    ordered = {}
    for topic, counts in sizes.items():
        leads = main if 2 * counts.get(main, 0) >= max(counts.values()) else ""
        ordered[topic] = sorted(counts, key=lambda lang: (lang != leads, -counts[lang], lang))
    return ordered


def _language_terms(
    tokens: WordTable, classes: Mapping[int, list[int]], n_terms: int
) -> dict[int, list[str]]:
    """Return the best terms of each class of articles in one language."""
    group = np.full(len(tokens), -1, dtype=np.int64)
    for at, places in enumerate(classes.values()):
        group[places] = at
    counts, articles = tokens.by_group(group, len(classes)), tokens.documents_by_group(group, len(classes))
    total = np.asarray(counts.sum(axis=0)).ravel()
    mean = float(total.sum()) / len(classes)
    best: dict[int, list[str]] = {}
    for at, (topic, places) in enumerate(classes.items()):
        frequency, spread = counts[[at]].toarray().ravel(), articles[[at]].toarray().ravel()
        allowed = np.flatnonzero(spread >= min(2, len(places)))
        best[topic] = [tokens.vocabulary[word] for word in _best(frequency, total, mean, allowed)[:n_terms]]
    return best


def _best(frequency: Indices, total: Indices, mean: float, allowed: Indices) -> Indices:
    """Return the allowed words by falling weight; ties alphabetically, as the words are."""
    weight = np.sqrt(frequency[allowed] / max(frequency.sum(), 1)) * np.log1p(mean / total[allowed])
    return allowed[np.lexsort((allowed, -np.round(weight, 9)))]
