"""Which of a topic's terms to show: the nearest to its meaning, and each saying something of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.topics.labels import Terms
from embeddings import Encoder

_DIVERSITY: Final = 0.3


def central_terms(
    words: Sequence[str],
    vectors: NDArray[np.floating],
    *,
    centre: NDArray[np.floating] | None = None,
    n_terms: int | None = None,
    diversity: float = _DIVERSITY,
) -> list[str]:
    r"""Return terms by maximal marginal relevance (Carbonell and Goldstein 1998), best first.

    The first is the nearest to the centre, as in KeyBERT; each next maximises
    :math:`(1 - d) \cos(w, c) - d \max_{s} \cos(w, s)` over the terms *s* chosen before.

    Parameters
    ----------
    words
        Candidates, best first; of equals the earlier wins.
    vectors
        Their vectors from the study's encoder, (words, dimension), of length 1.
    centre
        Where the topic lies in the same space, such as the mean vector of its articles. None: the mean of the
        candidates, weighted by 1, 1/2, 1/3 …
    n_terms
        How many; None for all.
    diversity
        *d*, 0 (nearness alone) to 1 (difference alone).

    Raises
    ------
    ValueError
        If there are not as many vectors as words, or `diversity` is not between 0 and 1.
    """
    if len(words) != len(vectors):
        raise ValueError(f"{len(words)} words but {len(vectors)} vectors: give one vector a word")
    if not 0 <= diversity <= 1:
        raise ValueError(f"diversity {diversity} must be between 0 (nearness alone) and 1 (difference alone)")
    if not words:
        return []
    rows = np.asarray(vectors, dtype=np.float64)
    middle = (rows / np.arange(1, len(rows) + 1)[:, None]).sum(axis=0) if centre is None else centre
    near = np.round(rows @ (middle / np.linalg.norm(middle)), 6)
    alike = np.round(rows @ rows.T, 6)
    chosen = [int(near.argmax())]
    while len(chosen) < min(n_terms or len(words), len(words)):
        score = (1 - diversity) * near - diversity * alike[:, chosen].max(axis=1)
        score[chosen] = -np.inf
        chosen.append(int(score.argmax()))
    return [words[at] for at in chosen]


def label_terms(terms: dict[int, Terms], encoder: Encoder) -> dict[int, Terms]:
    """Return the terms of each topic's first language in the order in which they make its label.

    By `central_terms`, with the vectors of the study's own encoder.
    """
    firsts = {topic: next(iter(by_lang.items()), ("und", [])) for topic, by_lang in terms.items()}
    words = sorted({word for _, found in firsts.values() for word in found})
    if not words:
        return terms
    row = dict(zip(words, encoder.encode(words), strict=True))
    return {
        topic: {lang: central_terms(found, np.array([row[word] for word in found]))} if found else {}
        for topic, (lang, found) in firsts.items()
    }
