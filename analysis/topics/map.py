"""A place for every article on a flat map: a picture, in which near is alike but distances are not data."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.topics.neighbours import nearest, quantise
from embeddings import Embeddings

_FEW: Final = 10
"""Up to here the two greatest principal components are drawn as they are."""
_LANDMARKS: Final = 2_000
"""So many articles at most are laid out by t-SNE; the others stand among their nearest landmarks."""
_PERPLEXITY: Final = 30.0
_START_DIGITS: Final = 6
_START_SPREAD: Final = 1e-4
"""Standard deviation of the first axis of the places that the layout starts from, as scikit-learn has it."""
_NEAREST_LANDMARKS: Final = 5


def map_articles(vectors: NDArray[np.floating], *, seed: int = 0) -> Embeddings:
    """Return coordinates of the articles, (n, 2), each axis about between −1 and 1.

    t-SNE (van der Maaten and Hinton 2008) started from the principal components, on at most 2,000 articles
    drawn with `seed`; the others are put among their five nearest of these, so that 50,000 articles take
    little longer. Fewer than ten articles stand at their two greatest principal components. For the picture
    only: no statistic may be computed from it. The same vectors and seed give the same map, with any number
    of threads and on another processor.

    Raises
    ------
    VectorError
        If the vectors can't be compared.
    """
    rows = quantise(vectors)
    if len(rows) <= _FEW:
        return _scaled(_principal(rows.astype(np.float64), 2))
    chosen = np.arange(len(rows))
    if len(rows) > _LANDMARKS:
        chosen = np.sort(np.random.default_rng(seed).choice(len(rows), _LANDMARKS, replace=False))
    places = _tsne(rows[chosen], seed)
    return _scaled(places if len(chosen) == len(rows) else _among(rows, rows[chosen], places))


def _principal(rows: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Return the `n` greatest principal components, signs fixed, zeros where there are fewer."""
    centred = rows - rows.mean(axis=0)
    left, values, _ = np.linalg.svd(centred, full_matrices=False)
    found = left[:, :n] * values[:n]
    signs = np.sign(found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])])
    found = found * np.where(signs == 0, 1.0, signs)
    return np.pad(found, ((0, 0), (0, n - found.shape[1])))


def _tsne(rows: NDArray[np.int16], seed: int) -> NDArray[np.float64]:
    """Return the t-SNE layout of quantised vectors, on one thread: with several, sums differ from run to run.

    750 steps make much of little. Distances are those of whole numbers, which are exact, and the places it
    starts from are rounded, so that another processor's linear algebra leads to the same map.
    """
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        start = _principal(rows.astype(np.float64), 2)
        spread = max(float(start[:, 0].std()), np.finfo(float).tiny)
        layout = TSNE(
            metric="precomputed",
            perplexity=min(_PERPLEXITY, (len(rows) - 1) / 3),
            init=(np.round(start / spread, _START_DIGITS) * _START_SPREAD).astype(np.float32),
            random_state=seed,
            max_iter=750,
            n_jobs=1,
        )
        return np.asarray(layout.fit_transform(_distances(rows)), dtype=np.float64)


def _distances(rows: NDArray[np.int16]) -> NDArray[np.float64]:
    """Return the Euclidean distances of all rows, from sums of whole numbers."""
    wide = rows.astype(np.float64)
    squares = (wide**2).sum(axis=1)
    return np.asarray(np.sqrt(squares[:, None] + squares[None, :] - 2.0 * (wide @ wide.T)))


def _among(
    rows: NDArray[np.int16], landmarks: NDArray[np.int16], places: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the mean place of each row's nearest landmarks, weighted by nearness; landmarks stay put."""
    found, cosines = nearest(rows, landmarks, _NEAREST_LANDMARKS)
    weights = 1.0 / (1e-6 + np.clip(1.0 - cosines.astype(np.float64), 0.0, None)) ** 2
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray((places[found] * weights[:, :, None]).sum(axis=1))


def _scaled(places: NDArray[np.float64]) -> Embeddings:
    """Return the places around the origin, the farthest coordinate at 1, both axes by the same factor."""
    centred = places - places.mean(axis=0)
    reach = np.abs(centred).max(initial=0.0)
    return np.asarray(centred / reach if reach > 0 else centred, dtype=np.float32)
