"""The graph of articles: two neighbours are joined by how far they agree on who their neighbours are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.topics.neighbours import Indices
from embeddings import Embeddings

_STEPS: Final = 1000.0
"""Memberships are whole thousandths, so that their products add up exactly in any order."""
_CELLS: Final = 1_000_000
"""Memberships laid out at once, of eight bytes each."""


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

    def part(self, kept: NDArray[np.bool_]) -> tuple[Graph, Indices]:
        """Return the graph of the kept nodes that still have an edge, and which nodes those are."""
        inside = kept[self.left] & kept[self.right]
        nodes = np.unique(np.concatenate([self.left[inside], self.right[inside]]))
        place = np.zeros(self.n, dtype=np.int64)
        place[nodes] = np.arange(len(nodes))
        return (
            Graph(len(nodes), place[self.left[inside]], place[self.right[inside]], self.weight[inside]),
            nodes,
        )


def memberships(cosines: Embeddings, k: int) -> NDArray[np.float64]:
    r"""Return how much each of the first `k` neighbours belongs to an article's neighbourhood, (n, k + 1).

    :math:`(c_j - c_{k+1}) / (c_1 - c_{k+1})`, where :math:`c_j` is the cosine to the *j*-th neighbour: 1 for
    the nearest (and for the article itself), 0 for the first that is left out. Where a few neighbours stand
    far closer than the rest (the same story told by several papers) they are nearly all the neighbourhood;
    where nearness falls evenly all count. Whole thousandths.

    Parameters
    ----------
    cosines
        To the article itself and its `k + 1` nearest at least, greatest first.
    """
    wide = cosines[:, : k + 2].astype(np.float64)
    last = wide[:, -1:]
    reach = np.maximum(wide[:, 1:2] - last, 1e-9)
    shares = np.clip((wide[:, :-1] - last) / reach, 0.0, 1.0)
    shares[:, :2] = 1.0
    return np.asarray(np.rint(shares * _STEPS))


def shared_neighbour_graph(neighbours: Indices, shares: NDArray[np.float64]) -> Graph:
    r"""Return the graph of articles joined to their neighbours by the cosine of their neighbourhoods.

    The weight of i–j is :math:`\sum_l m_{il} m_{jl} / \sqrt{\sum_l m_{il}^2 \sum_l m_{jl}^2}` over the
    memberships *m*. Sharing neighbours corrects for hubs, which stand near everything (Jarvis and Patrick
    1973; Levine et al. 2015, PhenoGraph, whose Jaccard weights are this with all memberships alike, but for
    the denominator).

    Parameters
    ----------
    neighbours
        Positions of the nearest neighbours of each article, (n, k + 1), itself first.
    shares
        Their `memberships`.
    """
    n = len(neighbours)
    edges = np.unique(_undirected(neighbours))
    left, right = edges // n, edges % n
    squares = (shares**2).sum(axis=1)
    weight = _products(neighbours, shares, left, right) / np.sqrt(squares[left] * squares[right])
    linked = weight > 0
    return Graph(n, left[linked], right[linked], weight[linked])


def _products(
    neighbours: Indices, shares: NDArray[np.float64], left: Indices, right: Indices
) -> NDArray[np.float64]:
    """Return the inner product of the memberships of each pair, `left` ascending.

    Those of some left articles are laid out over all articles, where each right one's neighbours are read.
    """
    n = len(neighbours)
    step = max(1, _CELLS // n)
    found = np.empty(len(left), dtype=np.float64)
    laid = np.zeros((step, n))
    for start in range(0, n, step):
        rows = np.arange(start, min(start + step, n))
        own = (rows - start)[:, None], neighbours[rows]
        laid[own] = shares[rows]
        edges = slice(*np.searchsorted(left, [start, start + step]))
        others = right[edges]
        met = laid[(left[edges] - start)[:, None], neighbours[others]]
        found[edges] = np.einsum("ij,ij->i", met, shares[others])
        laid[own] = 0.0
    return found


def _undirected(neighbours: Indices) -> Indices:
    """Return every article–neighbour pair as one number, the lesser position first, without loops."""
    n, k = neighbours.shape
    here = np.repeat(np.arange(n, dtype=np.int64), k)
    there = neighbours.ravel()
    low, high = np.minimum(here, there), np.maximum(here, there)
    return np.asarray((low * n + high)[low != high])
