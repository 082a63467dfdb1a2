"""Nearest neighbours by cosine: exact ones up to a size, approximate ones beyond it.

Vectors are first rounded to whole numbers so small that every product and every partial sum of a matrix
product is exact in float32. So the neighbours are the same whatever the number of threads, the order of
additions, the linear algebra library or the machine; the rounding moves a cosine by about 0.0001.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from embeddings import Embeddings

Indices = NDArray[np.int64]

SCALE: Final = 4000
"""Length of a vector in whole numbers: 4,000² is under 2²⁴, up to where float32 counts exactly."""
EXACT_UP_TO: Final = 40_000
"""With more points neighbours are approximate: the exact products take time with the square of them."""
_ROWS: Final = 4_096
"""Vectors rounded at once."""
_BLOCK_CELLS: Final = 2_000_000
"""Similarities held at once (a block of rows against all vectors)."""


class VectorError(ValueError):
    """The vectors can't be compared: wrong shape, not finite, or zero; the message says which."""


def quantise(vectors: NDArray[np.floating]) -> NDArray[np.int16]:
    """Return the vectors' directions in whole numbers, (n, dimension).

    Raises
    ------
    VectorError
        If `vectors` is not two-dimensional, or a row isn't finite or is zero (it has no direction).
    """
    check_vectors(vectors)
    rounded = np.empty(vectors.shape, dtype=np.int16)
    for start in range(0, len(vectors), _ROWS):
        part = slice(start, start + _ROWS)
        exact = np.asarray(vectors[part], dtype=np.float64)
        rounded[part] = np.rint(exact * (SCALE / _lengths(exact)))
    return rounded


def check_vectors(vectors: NDArray[np.floating]) -> None:
    """Raise if the vectors can't be compared.

    Raises
    ------
    VectorError
        If `vectors` is not two-dimensional, or a row isn't finite or is zero (it has no direction).
    """
    if vectors.ndim != 2:
        raise VectorError(f"vectors have shape {vectors.shape}; expected (articles, dimension)")
    finite, zero = np.ones(len(vectors), dtype=bool), np.zeros(len(vectors), dtype=bool)
    for start in range(0, len(vectors), _ROWS):
        part = slice(start, start + _ROWS)
        exact = np.asarray(vectors[part], dtype=np.float64)
        finite[part] = np.isfinite(exact).all(axis=1)
        zero[part] = _lengths(exact)[:, 0] == 0
    bad, empty = np.flatnonzero(~finite), np.flatnonzero(zero)
    if bad.size:
        raise VectorError(
            f"{bad.size} vectors are not finite, the first in row {bad[0]}: encode that text again"
        )
    if empty.size:
        raise VectorError(f"{empty.size} vectors are zero, the first in row {empty[0]}: is its text empty?")


def _lengths(exact: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the lengths of the rows, (rows, 1)."""
    return np.asarray(np.sqrt((exact**2).sum(axis=1, keepdims=True)))


def distinct(rows: NDArray[np.int16]) -> tuple[NDArray[np.int16], Indices, Indices]:
    """Return the different rows in one fixed order, where each row went, and how often each occurs.

    The order is that of the rows' bytes, so it doesn't depend on the order they came in.
    """
    rows = np.ascontiguousarray(rows.astype(">i2"))
    keys = rows.view(np.dtype((np.void, rows.shape[1] * rows.itemsize))).ravel()
    _, first, where, copies = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    return rows[first].astype(np.int16), where.ravel(), copies


def numbered(vectors: NDArray[np.floating]) -> Indices:
    """Return for every row the number of its rounded vector: from 0, the same for the same vectors.

    Raises
    ------
    VectorError
        As `quantise` does.
    """
    check_vectors(vectors)
    known: dict[bytes, int] = {}
    numbers = np.empty(len(vectors), dtype=np.int64)
    for start in range(0, len(vectors), _ROWS):
        for at, row in enumerate(quantise(vectors[start : start + _ROWS]), start):
            numbers[at] = known.setdefault(blake2b(row.tobytes(), digest_size=16).digest(), len(known))
    return numbers


def nearest(queries: NDArray[np.int16], points: NDArray[np.int16], k: int) -> tuple[Indices, Embeddings]:
    """Return the `k` nearest points of every query, nearest first; ties go to the earlier point.

    Parameters
    ----------
    queries, points
        Quantised vectors, (m, dimension) and (n, dimension).
    k
        Neighbours wanted, at most n.

    Returns
    -------
    tuple
        Positions in `points` and cosines, each (m, k). A point that is its own query is among its neighbours.
    """
    n = len(points)
    columns = points.astype(np.float32).T
    block = max(1, _BLOCK_CELLS // n)
    found = np.empty((len(queries), k), dtype=np.int64)
    cosines = np.empty((len(queries), k), dtype=np.float32)
    lengths = np.sqrt((points.astype(np.float64) ** 2).sum(axis=1))
    for start in range(0, len(queries), block):
        rows = queries[start : start + block].astype(np.float32)
        best, products = _best(rows @ columns, k)
        scale = np.sqrt((rows.astype(np.float64) ** 2).sum(axis=1, keepdims=True)) * lengths[best]
        found[start : start + block] = best
        cosines[start : start + block] = products / scale
    return found, cosines


def _best(products: Embeddings, k: int) -> tuple[Indices, Embeddings]:
    """Return positions and values of the k greatest of each row, greatest first, ties to the earlier."""
    rows, n = products.shape
    least = np.partition(products, n - k, axis=1)[:, n - k, None]
    chosen = np.flatnonzero((products >= least).ravel())
    row, position = np.divmod(chosen, n)
    value = products.ravel()[chosen]
    order = np.lexsort((position, -value, row))
    # Where several have the least value, those behind the k-th are passed over.
    starts = np.searchsorted(row, np.arange(rows))
    best = order[starts[:, None] + np.arange(k)]
    return position[best], value[best]


def neighbours_of(points: NDArray[np.int16], k: int, *, seed: int) -> tuple[Indices, Embeddings]:
    """Return the `k` nearest of all points for every point, itself the first of them: positions and cosines.

    Exact (`nearest`) for at most `EXACT_UP_TO` points; with more, found by nearest-neighbour descent (Dong,
    Moses and Li 2011) from `seed`, which misses a few in a hundred.
    """
    if len(points) <= EXACT_UP_TO:
        return nearest(points, points, k)
    return approximate(points, k, seed=seed)


def approximate(points: NDArray[np.int16], k: int, *, seed: int) -> tuple[Indices, Embeddings]:
    """Return `neighbours_of` by nearest-neighbour descent, on one thread, so that a seed gives one answer."""
    from pynndescent import NNDescent

    index = NNDescent(
        points.astype(np.float32),
        metric="cosine",
        n_neighbors=k,
        random_state=seed,
        n_jobs=1,
        compressed=False,
    )
    found, distances = index.neighbor_graph
    found = np.asarray(found, dtype=np.int64)
    cosines = np.asarray(1.0 - distances, dtype=np.float32)
    return _itself_first(found, cosines)


def _itself_first(found: Indices, cosines: Embeddings) -> tuple[Indices, Embeddings]:
    """Put every point at the head of its own neighbours, in place of the last where it isn't among them."""
    own = np.arange(len(found))[:, None]
    order = np.argsort(found != own, axis=1, kind="stable")
    found, cosines = np.take_along_axis(found, order, 1), np.take_along_axis(cosines, order, 1)
    missing = found[:, 0] != own[:, 0]
    found[missing] = np.concatenate([own[missing], found[missing, :-1]], axis=1)
    cosines[missing] = np.concatenate([np.ones((missing.sum(), 1)), cosines[missing, :-1]], axis=1)
    return found, cosines
