"""Which of a topic's terms to show: the nearest to its meaning, and each saying something of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from analysis.topics.terms import N_TERMS, Terms
from embeddings import Encoder

Representation = Literal["c-tf-idf", "keybert", "mmr"]
CANDIDATES: Final = 30
"""Terms by class-based tf–idf among which the encoder chooses."""
DIVERSITY: Final = 0.5
"""Of `mmr`: nearness and difference count alike."""


def central_terms(
    words: Sequence[str],
    vectors: NDArray[np.floating],
    *,
    centre: NDArray[np.floating] | None = None,
    n_terms: int | None = None,
    diversity: float = DIVERSITY,
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


def represented(
    terms: Mapping[int, Terms],
    texts: Sequence[str],
    langs: Sequence[str | None],
    typical: Mapping[int, Sequence[int]],
    *,
    representation: Representation,
    encoder: Encoder,
    n_terms: int = N_TERMS,
) -> dict[int, Terms]:
    """Return the terms of every topic in each of its languages, chosen anew with the study's own encoder.

    `mmr` chooses by `central_terms` around the candidates' own mean; `keybert` ranks by nearness to the mean
    vector of the topic's typical articles, those of the language where there are any; `c-tf-idf` leaves the
    best as they are.

    Parameters
    ----------
    terms
        Candidates, best first: more of them than are wanted.
    texts, langs
        Text and language of every article.
    typical
        Topic → positions of the articles that show it best.
    """
    if representation == "c-tf-idf":
        return {topic: {lang: own[:n_terms] for lang, own in found.items()} for topic, found in terms.items()}
    words = sorted({word for found in terms.values() for own in found.values() for word in own})
    row = dict(zip(words, encoder.encode(words), strict=True)) if words else {}
    chosen: dict[int, Terms] = {}
    for topic, found in terms.items():
        chosen[topic] = {}
        for lang, own in found.items():
            rows = np.array([row[word] for word in own])
            if representation == "mmr":
                chosen[topic][lang] = central_terms(own, rows, n_terms=n_terms)
                continue
            places = [at for at in typical.get(topic, ()) if (langs[at] or "und") == lang]
            read = [texts[at] for at in places or typical.get(topic, ())]
            centre = encoder.encode(read).mean(axis=0) if read else None
            chosen[topic][lang] = central_terms(own, rows, centre=centre, n_terms=n_terms, diversity=0.0)
    return chosen
