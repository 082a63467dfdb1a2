"""Which words mark a topic: Dunning's log-likelihood over articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.schema import OUTLIER
from analysis.topics.neighbours import Indices
from analysis.words.table import WordTable

_FEWEST: Final = 2
"""Articles of a topic that a word must be in, or all where there are fewer."""

Marks = dict[str, float]
"""Words of a topic in one language and how strongly they mark it, over 0."""


def topic_marks(
    tokens: WordTable, topics: Indices, langs: Sequence[str | None]
) -> dict[int, dict[str, Marks]]:
    r"""Return the words that mark each topic in each language.

    Within a language, a word's mark is the log-likelihood ratio of Dunning (1993), :math:`G^2 = 2 \sum o \ln
    (o / e)` over the articles of the topic and of the other topics, with and without the word. It is great
    for a word that is both common in the topic and rare outside it. It is multiplied by the root of how often
    the word stands in one of the topic's articles that have it: words that an article is about come back in
    it (Church and Gale 1995). A word is listed under the topic that it marks most, and under no other, so
    that no two topics are called by one word.

    Parameters
    ----------
    tokens
        Words of every article.
    topics
        Topic of every article; those in none (-1) count for nothing.
    langs
        Language of every article; None is its own language, written `und`.

    Returns
    -------
    dict
        topic → language → word → mark. A language with one topic has no marks.
    """
    found: dict[int, dict[str, Marks]] = defaultdict(dict)
    for lang in sorted({lang or "und" for lang in langs}):
        theirs = np.array([(own or "und") == lang for own in langs])
        for topic, marks in _language_marks(tokens, np.where(theirs, topics, OUTLIER)).items():
            found[topic][lang] = marks
    return dict(found)


def _language_marks(tokens: WordTable, topics: Indices) -> dict[int, Marks]:
    """Return the marks of the words of each topic, each word under one topic."""
    placed = topics != OUTLIER
    present, sizes = np.unique(topics[placed], return_counts=True)
    group = np.where(placed, np.searchsorted(present, topics), -1)
    inside = tokens.documents_by_group(group, len(present))
    times = tokens.by_group(group, len(present))
    total, n = np.asarray(inside.sum(axis=0)).ravel(), int(sizes.sum())
    best, whose = np.zeros(len(total)), np.full(len(total), OUTLIER, dtype=np.int64)
    for at, size in enumerate(sizes.tolist()):
        own, often = inside[[at]].toarray().ravel(), times[[at]].toarray().ravel()
        words = np.flatnonzero(own >= min(_FEWEST, size))
        here, other = own[words].astype(np.float64), (total - own)[words].astype(np.float64)
        marks = np.round(np.sqrt(often[words] / here) * keyness(here, size, other, n - size), 9)
        better = marks > best[words]
        best[words[better]], whose[words[better]] = marks[better], at
    found: dict[int, Marks] = {topic: {} for topic in present.tolist()}
    for word in np.flatnonzero(whose != OUTLIER).tolist():
        found[int(present[whose[word]])][tokens.vocabulary[word]] = float(best[word])
    return found


def keyness(
    own: NDArray[np.float64], n_own: int, other: NDArray[np.float64], n_other: int
) -> NDArray[np.float64]:
    """Return the signed log-likelihood of words found in `own` of `n_own` articles and `other` of `n_other`.

    Below 0 where the word is rarer in the first; 0 where there are no other articles to compare with.
    Rounded to nine digits.
    """
    if n_other == 0:
        return np.zeros(len(own))
    share = (own + other) / (n_own + n_other)
    total = np.zeros(len(own))
    for count, size in ((own, n_own), (other, n_other)):
        for seen, expected in ((count, size * share), (size - count, size * (1 - share))):
            some = seen > 0
            total[some] += seen[some] * np.log(seen[some] / expected[some])
    sign = np.where(own / n_own >= other / n_other, 1.0, -1.0)
    return np.asarray(np.round(2 * sign * total, 9))
