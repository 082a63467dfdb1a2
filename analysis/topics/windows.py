"""C_v: coherence over sliding windows, nearest to human ratings in Röder, Both and Hinneburg (2015)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

WINDOW: Final = 110
"""Words in a window, as the authors chose."""
_EPSILON: Final = 1e-12


def c_v(documents: Sequence[Sequence[str]], terms: Sequence[str], *, window: int = WINDOW) -> float:
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
    wanted = list(dict.fromkeys(terms))
    place = {term: at for at, term in enumerate(wanted)}
    counts, total = np.zeros((len(wanted), len(wanted))), 0
    for words in documents:
        shows_any = not place.keys().isdisjoint(words)
        found = [(at, place[word]) for at, word in enumerate(words) if word in place] if shows_any else []
        n_windows = max(1, len(words) - window + 1)
        total += n_windows
        if found:
            shown = _shown(found, len(wanted), n_windows, window)
            counts += shown.T @ shown
    kept = np.flatnonzero(np.diag(counts) > 0)
    if len(kept) < 2:
        return float("nan")
    return _indirect(counts[np.ix_(kept, kept)] / total)


def _shown(found: list[tuple[int, int]], n: int, n_windows: int, window: int) -> NDArray[np.float64]:
    """Return which windows hold which terms, (windows, terms)."""
    shown = np.zeros((n_windows, n))
    for at, term in found:
        shown[max(0, at - window + 1) : at + 1, term] = 1.0
    return shown


def _indirect(joint: NDArray[np.float64]) -> float:
    """Return the mean cosine of each term's vector of NPMI with the sum of them all."""
    single = np.diag(joint)
    npmi = np.log((joint + _EPSILON) / np.outer(single, single)) / -np.log(joint + _EPSILON)
    total = npmi.sum(axis=0)
    lengths = np.linalg.norm(npmi, axis=1) * np.linalg.norm(total)
    return float(np.mean(npmi @ total / np.maximum(lengths, _EPSILON)))
