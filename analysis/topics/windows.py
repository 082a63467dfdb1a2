"""C_v: coherence over sliding windows, nearest to human ratings in Röder, Both and Hinneburg (2015)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.words.table import Indices, WordTable, starts_of

WINDOW: Final = 110
"""Words in a window, as the authors chose."""
_EPSILON: Final = 1e-12


def c_v(documents: WordTable, terms: Sequence[str], *, window: int = WINDOW) -> float:
    r"""Return the coherence C_v of a topic's terms.

    Probabilities are shares of windows of 110 words that slide over the documents by one word (a shorter
    document is one window). Each term's vector holds its normalised pointwise mutual information with every
    term of the topic, :math:`\ln\frac{p(a, b) + \epsilon}{p(a)\,p(b)} / -\ln(p(a, b) + \epsilon)` with
    :math:`\epsilon = 10^{-12}`; the score is the mean cosine of the terms' vectors with their sum. Do not
    compare it between corpora: it is high for terms that seldom occur.

    Parameters
    ----------
    documents
        Words of the documents in reading order, all in the terms' language.
    terms
        The topic's terms; those in no document are left out.
    window
        Words in a window.

    Returns
    -------
    float
        NaN for fewer than two terms.
    """
    places = [place for term in dict.fromkeys(terms) if (place := documents.place(term)) is not None]
    n_windows = np.maximum(1, documents.lengths - window + 1)
    counts = _windows_together(documents, np.array(places, dtype=np.int64), n_windows, window)
    kept = np.flatnonzero(np.diag(counts) > 0)
    if len(kept) < 2:
        return float("nan")
    return _indirect(counts[np.ix_(kept, kept)] / int(n_windows.sum()))


def _windows_together(
    documents: WordTable, places: Indices, n_windows: Indices, window: int
) -> NDArray[np.float64]:
    """Return how many windows hold each two of the words at `places`, (words, words).

    The windows of all documents stand in one row; an occurrence is in a run of them. Between two places where
    such a run begins or ends all windows hold the same words, and are counted at once.
    """
    begin, end, term = _runs(documents, places, n_windows, window)
    edges, at = np.unique(np.concatenate([begin, end]), return_inverse=True)
    change = np.zeros((len(edges), len(places)), dtype=np.int64)
    np.add.at(change, (at.ravel()[: len(term)], term), 1)
    np.add.at(change, (at.ravel()[len(term) :], term), -1)
    shown = (np.cumsum(change, axis=0) > 0)[:-1].astype(np.float64)
    return np.asarray((shown * np.diff(edges)[:, None]).T @ shown)


def _runs(
    documents: WordTable, places: Indices, n_windows: Indices, window: int
) -> tuple[Indices, Indices, Indices]:
    """Return of every occurrence of the words its first window, the one after its last, and which it is."""
    number = np.full(len(documents.vocabulary), -1, dtype=np.int64)
    number[places] = np.arange(len(places))
    at = np.flatnonzero(number[documents.ids] >= 0)
    document = np.searchsorted(documents.starts, at, side="right") - 1
    before = starts_of(n_windows)[document]
    position = at - documents.starts[document]
    first = before + np.maximum(position - window + 1, 0)
    last = before + np.minimum(position, n_windows[document] - 1)
    return first, last + 1, number[documents.ids[at]]


def _indirect(joint: NDArray[np.float64]) -> float:
    """Return the mean cosine of each term's vector of NPMI with the sum of them all."""
    single = np.diag(joint)
    npmi = np.log((joint + _EPSILON) / np.outer(single, single)) / -np.log(joint + _EPSILON)
    total = npmi.sum(axis=0)
    lengths = np.linalg.norm(npmi, axis=1) * np.linalg.norm(total)
    return float(np.mean(npmi @ total / np.maximum(lengths, _EPSILON)))
