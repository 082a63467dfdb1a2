"""The articles that show a topic best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.schema import OUTLIER
from analysis.topics.neighbours import Indices


def representative_articles(
    vectors: NDArray[np.floating],
    topics: Indices,
    strength: NDArray[np.floating],
    eligible: NDArray[np.bool_],
    *,
    n_articles: int = 5,
) -> dict[int, list[int]]:
    """Return the positions of the articles that show each topic best, best first.

    The eligible articles are ranked by strength times the cosine to the mean of the topic's vectors; an
    article whose vector is the same as a better one's is passed over.

    Parameters
    ----------
    vectors
        (n, dimension), unit length.
    topics, strength
        Topic (-1: none) and strength of every article.
    eligible
        Which articles may be shown: not reprints.
    """
    shown: dict[int, list[int]] = {}
    for topic in sorted(set(topics.tolist()) - {OUTLIER}):
        members = np.flatnonzero(topics == topic)
        centre = vectors[members].mean(axis=0, dtype=np.float64)
        members = members[eligible[members]]
        score = strength[members] * (vectors[members].astype(np.float64) @ centre)
        ranked = members[np.lexsort((members, -np.round(score, 6)))]
        shown[topic] = _without_copies(vectors, ranked, n_articles)
    return shown


def _without_copies(vectors: NDArray[np.floating], ranked: Indices, n: int) -> list[int]:
    """Return the first `n` positions whose vectors differ."""
    chosen: list[int] = []
    for position in ranked.tolist():
        if not any(np.array_equal(vectors[position], vectors[other]) for other in chosen):
            chosen.append(position)
        if len(chosen) == n:
            break
    return chosen
