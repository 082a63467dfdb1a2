"""Exact nearest neighbours by cosine, and the graph of neighbours that articles share.

Vectors are first rounded to whole numbers so small that every product and every partial sum of a matrix
product is exact in float32. So the neighbours are the same whatever the number of threads, the order of
additions, the linear algebra library or the machine; the rounding moves a cosine by about 0.0001.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from embeddings import Embeddings

Indices = NDArray[np.int64]

SCALE: Final = 4000
"""Length of a vector in whole numbers: 4,000² is under 2²⁴, up to where float32 counts exactly."""
_BLOCK_CELLS: Final = 8_000_000
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
    if vectors.ndim != 2:
        raise VectorError(f"vectors have shape {vectors.shape}; expected (articles, dimension)")
    exact = np.asarray(vectors, dtype=np.float64)
    bad = np.flatnonzero(~np.isfinite(exact).all(axis=1))
    if bad.size:
        raise VectorError(
            f"{bad.size} vectors are not finite, the first in row {bad[0]}: encode that text again"
        )
    lengths = np.sqrt((exact**2).sum(axis=1, keepdims=True))
    empty = np.flatnonzero(lengths[:, 0] == 0)
    if empty.size:
        raise VectorError(f"{empty.size} vectors are zero, the first in row {empty[0]}: is its text empty?")
    return np.asarray(np.rint(exact * (SCALE / lengths)), dtype=np.int16)


def distinct(rows: NDArray[np.int16]) -> tuple[NDArray[np.int16], Indices, Indices]:
    """Return the different rows in one fixed order, where each row went, and how often each occurs.

    The order is that of the rows' bytes, so it doesn't depend on the order they came in.
    """
    rows = np.ascontiguousarray(rows.astype(">i2"))
    keys = rows.view(np.dtype((np.void, rows.shape[1] * rows.itemsize))).ravel()
    _, first, where, copies = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    return rows[first].astype(np.int16), where.ravel(), copies


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


def _best(products: Embeddings, k: int) -> tuple[Indices, Indices]:
    """Return positions and values of the k greatest of each row, ties to the earlier."""
    n = products.shape[1]
    keys = products.astype(np.int64)
    keys *= n
    keys += np.arange(n - 1, -1, -1)
    top = np.partition(keys, n - k, axis=1)[:, n - k :] if k < n else keys
    top = np.sort(top, axis=1)[:, ::-1]
    values = top // n
    return n - 1 - (top - values * n), values


@dataclass(frozen=True)
class Graph:
    """An undirected weighted graph; each edge stands once, `left` < `right`, sorted.

    Attributes
    ----------
    n
        Number of nodes.
    left, right
        Ends of every edge.
    weight
        Weights over 0, at most 1.
    """

    n: int
    left: Indices
    right: Indices
    weight: NDArray[np.float64]

    def weight_to(self, groups: Indices, n_groups: int) -> NDArray[np.float64]:
        """Return for every node the sum of its edges' weights to each group, (n, n_groups)."""
        cells = np.concatenate(
            [self.left * n_groups + groups[self.right], self.right * n_groups + groups[self.left]]
        )
        both = np.concatenate([self.weight, self.weight])
        sums = np.bincount(cells, weights=both, minlength=self.n * n_groups)
        return np.asarray(sums, dtype=np.float64).reshape(self.n, n_groups)


def shared_neighbour_graph(neighbours: Indices) -> Graph:
    r"""Return the graph of articles joined to their neighbours by the share of neighbours in common.

    The weight of i–j is Jaccard's :math:`|N_i \cap N_j| / |N_i \cup N_j|` of their neighbour sets, each with
    the article itself. Sharing neighbours corrects for hubs, which stand near everything (Jarvis and Patrick
    1973; Levine et al. 2015, PhenoGraph).

    Parameters
    ----------
    neighbours
        Positions of the nearest neighbours of each article, (n, k), itself included.
    """
    n, k = neighbours.shape
    edges = np.unique(_undirected(neighbours))
    left, right = edges // n, edges % n
    ordered = np.sort(neighbours, axis=1)
    shared = np.empty(len(edges), dtype=np.int64)
    step = max(1, 4_000_000 // (2 * k))
    for start in range(0, len(edges), step):
        chosen = slice(start, start + step)
        pair = np.sort(np.concatenate([ordered[left[chosen]], ordered[right[chosen]]], axis=1), axis=1)
        shared[chosen] = (pair[:, 1:] == pair[:, :-1]).sum(axis=1)
    weight = shared / (2 * k - shared)
    linked = weight > 0
    return Graph(n, left[linked], right[linked], weight[linked])


def _undirected(neighbours: Indices) -> Indices:
    """Return every article–neighbour pair as one number, the lesser position first, without loops."""
    n, k = neighbours.shape
    here = np.repeat(np.arange(n, dtype=np.int64), k)
    there = neighbours.ravel()
    low, high = np.minimum(here, there), np.maximum(here, there)
    return np.asarray((low * n + high)[low != high])
