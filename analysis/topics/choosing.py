"""How many topics: the neighbourhood and resolution whose topics come back when articles are drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.topics.graph import Graph
from analysis.topics.neighbours import Indices

RESOLUTIONS: Final = (0.75, 1.0, 1.3)
"""Modularity's own scale, a step finer and a step coarser; the number of topics follows from the graph."""
_RUNS: Final = ((1_500, 3), (4_000, 2))
"""How many draws with fewer articles than this; one with more, when topics vary little."""
_KEPT: Final = 0.8
"""Share of the articles in each draw."""
_COMPARED: Final = 5_000
"""Articles on which two groupings are compared at most."""
_LEIDEN_ROUNDS: Final = 2
_SMALL: Final = 5_000
"""Nodes of a small graph, at most."""


@dataclass(frozen=True)
class Choice:
    """A grouping, what it was found with, and how well it comes back.

    Attributes
    ----------
    labels
        Community of every node.
    n_neighbours, resolution
        What it was found with.
    agreement
        Mean adjusted mutual information with the groupings of the draws; NaN where there was no choice.
    """

    labels: Indices
    n_neighbours: int
    resolution: float
    agreement: float


def leiden(graph: Graph, *, resolution: float, seed: int) -> Indices:
    """Return the communities of the Leiden algorithm maximising modularity (Traag, Waltman and van Eck 2019).

    Every node must have an edge. Deterministic: one thread, its own random numbers.
    """
    return _leiden(_adjacency(graph), resolution, seed)


def choose(
    graph_of: Callable[[int], Graph],
    sizes: Sequence[int],
    *,
    resolutions: Sequence[float] = RESOLUTIONS,
    seed: int,
) -> Choice:
    """Return the grouping that comes back best when a part of the articles is left out.

    For every neighbourhood size, the graph is cut to draws of 80 % of its nodes, and each draw is grouped at
    every resolution. A grouping of the whole is compared (adjusted mutual information) with those of the
    draws at all resolutions: one found in other articles and at other resolutions is in the data. The size
    whose groupings agree best on average is taken, and of its resolutions the best. (At one resolution alone,
    stability is greatest with two or three topics, and again with very many.)

    Parameters
    ----------
    graph_of
        The neighbours' graph of a neighbourhood size; every node has an edge.
    sizes
        Neighbourhood sizes to try.
    resolutions
        Modularity's, to try.
    seed
        Of the draws and of Leiden.
    """
    if len(sizes) == len(resolutions) == 1:
        only = leiden(graph_of(sizes[0]), resolution=resolutions[0], seed=seed)
        return Choice(only, sizes[0], resolutions[0], float("nan"))
    found: list[list[Choice]] = []
    for size in sizes:
        graph = graph_of(size)
        groupings, agreement = _tried(graph, resolutions, seed)
        found.append(
            [
                Choice(labels, size, resolution, float(score))
                for labels, resolution, score in zip(groupings, resolutions, agreement, strict=True)
            ]
        )
    means = [round(float(np.mean([one.agreement for one in tried])), 9) for tried in found]
    return max(found[int(np.argmax(means))], key=lambda one: round(one.agreement, 9))


def _tried(
    graph: Graph, resolutions: Sequence[float], seed: int
) -> tuple[list[Indices], NDArray[np.float64]]:
    """Return the grouping at each resolution, and its mean agreement with those of the draws."""
    from sklearn.metrics import adjusted_mutual_info_score

    whole = _at_all(graph, resolutions, seed)
    random = np.random.default_rng(seed)
    runs = next((times for below, times in _RUNS if graph.n < below), 1)
    scores: list[list[float]] = [[] for _ in resolutions]
    for run in range(1, runs + 1):
        part, nodes = graph.part(random.random(graph.n) < _KEPT)
        compared = np.arange(len(nodes))
        if len(nodes) > _COMPARED:
            compared = random.choice(len(nodes), _COMPARED, replace=False)
        for drawn in _at_all(part, resolutions, seed + run):
            for score, labels in zip(scores, whole, strict=True):
                score.append(float(adjusted_mutual_info_score(labels[nodes[compared]], drawn[compared])))
    return whole, np.asarray(scores).mean(axis=1)


def _at_all(graph: Graph, resolutions: Sequence[float], seed: int) -> list[Indices]:
    """Return the communities at each resolution; of a small graph two at a time, which takes memory twice.

    The library leaves the interpreter alone.
    """
    adjacency = _adjacency(graph)
    with ThreadPoolExecutor(2 if graph.n <= _SMALL else 1) as threads:
        return list(threads.map(lambda resolution: _leiden(adjacency, resolution, seed), resolutions))


@dataclass(frozen=True)
class _Adjacency:
    """A graph as the Leiden library takes it: for every node its neighbours and the weights of their edges.

    Nodes are numbered as they are first met in the edges, `number` says how. So the communities are those
    that the library finds in a list of the edges, with an eighth of the memory.
    """

    number: Indices
    starts: Indices
    ends: NDArray[np.int32]
    weights: NDArray[np.float64]


def _adjacency(graph: Graph) -> _Adjacency:
    """Return every edge of the graph from both of its ends."""
    from scipy.sparse import coo_array

    met, first = np.unique(np.stack([graph.left, graph.right], axis=1), return_index=True)
    number = np.empty(graph.n, dtype=np.int64)
    number[met[np.argsort(first)]] = np.arange(graph.n)
    left, right = number[graph.left].astype(np.int32), number[graph.right].astype(np.int32)
    ends = np.concatenate([left, right]), np.concatenate([right, left])
    table = coo_array((np.tile(graph.weight, 2), ends), shape=(graph.n, graph.n)).tocsr()
    table.sort_indices()
    return _Adjacency(number, table.indptr.astype(np.int64), table.indices.astype(np.int32), table.data)


def _leiden(adjacency: _Adjacency, resolution: float, seed: int) -> Indices:
    """Return the community of every node."""
    import graspologic_native

    n = len(adjacency.number)
    _, found = graspologic_native.leiden_csr(
        adjacency.starts,
        adjacency.ends,
        adjacency.weights,
        n,
        resolution=resolution,
        iterations=_LEIDEN_ROUNDS,
        seed=seed,
    )
    communities = np.fromiter(map(found.__getitem__, range(n)), dtype=np.int64, count=n)
    return np.asarray(communities[adjacency.number])
