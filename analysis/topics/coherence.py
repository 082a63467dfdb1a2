"""How well a topic's terms belong together, and how much the topics differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from analysis.words.table import WordTable


def npmi(documents: WordTable, terms: Sequence[str]) -> float:
    r"""Return the normalised pointwise mutual information of a topic's terms over documents.

    The mean over pairs of terms of :math:`\ln\frac{p(a, b)}{p(a)\,p(b)} / -\ln p(a, b)`, where *p* is the
    share of documents that contain the term or both (Bouma 2009; in Röder, Both and Hinneburg 2015 the
    coherence measure with segmentation one–one and document counts). A pair that never meets counts −1, a
    pair in every document 0 (it says nothing).

    Parameters
    ----------
    documents
        Words of the documents, all in the terms' language.
    terms
        The topic's terms; those in no document are left out.

    Returns
    -------
    float
        From −1 (the terms never meet) over 0 (as by chance) to 1 (always together); NaN for fewer than two
        terms.
    """
    found = _documents_having(documents, terms)
    if len(found) < 2:
        return float("nan")
    return float(np.mean([_pair(a, b) for a, b in combinations(found, 2)]))


def diversity(terms: Sequence[Sequence[str]]) -> float:
    """Return the share of different words in the terms of all topics (Dieng et al. 2020); NaN for none."""
    words = [word for found in terms for word in found]
    return len(set(words)) / len(words) if words else float("nan")


def word_similarity(vectors: NDArray[np.floating]) -> float:
    """Return the mean cosine of pairs of a topic's terms (Ding, Nallapati and Xiang 2018); NaN for one term.

    Parameters
    ----------
    vectors
        Vectors of the terms, (terms, dimension), of length 1.
    """
    n = len(vectors)
    if n < 2:
        return float("nan")
    cosines = np.asarray(vectors, dtype=np.float64) @ np.asarray(vectors, dtype=np.float64).T
    return float((cosines.sum() - np.trace(cosines)) / (n * (n - 1)))


def _documents_having(documents: WordTable, terms: Sequence[str]) -> list[NDArray[np.bool_]]:
    """Return for every different term that some document has which documents have it."""
    places = [documents.place(term) for term in dict.fromkeys(terms)]
    columns, found = documents.documents_with, []
    for place in places:
        if place is not None and columns.indptr[place] < columns.indptr[place + 1]:
            having = np.zeros(len(documents), dtype=bool)
            having[columns.indices[columns.indptr[place] : columns.indptr[place + 1]]] = True
            found.append(having)
    return found


def _pair(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Return the normalised pointwise mutual information of two words."""
    both = float((first & second).mean())
    if both == 0.0:
        return -1.0
    if both == 1.0:
        return 0.0
    return float(np.log(both / (first.mean() * second.mean())) / -np.log(both))
