"""How many topics: of partitions at many resolutions, the one that the others agree with most."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.topics.neighbours import Graph, Indices

RESOLUTIONS: Final = (0.4, 0.5, 0.6, 0.7, 0.85, 1.0, 1.2, 1.4)
"""From a handful of broad topics to about twice as many as a newspaper has sections."""
_RUNS: Final = ((1_500, 3), (5_000, 2))
"""How often a resolution is tried with fewer articles than this; once with more, when topics vary little."""
_LEIDEN_ROUNDS: Final = 2


def leiden(graph: Graph, *, resolution: float, seed: int) -> Indices:
    """Return the communities of the Leiden algorithm maximising modularity (Traag, Waltman and van Eck 2019).

    Every node must have an edge. Deterministic: one thread, its own random numbers.
    """
    import graspologic_native

    names = [str(node) for node in range(graph.n)]
    edges = [
        (names[left], names[right], weight)
        for left, right, weight in zip(
            graph.left.tolist(), graph.right.tolist(), graph.weight.tolist(), strict=True
        )
    ]
    _, found = graspologic_native.leiden(edges, resolution=resolution, iterations=_LEIDEN_ROUNDS, seed=seed)
    return np.array([found[name] for name in names], dtype=np.int64)


def choose_partition(graph: Graph, *, seed: int) -> tuple[Indices, float, float]:
    """Return the communities that agree most with those found at all the other resolutions and seeds.

    A partition of every resolution in `RESOLUTIONS` and several seeds is made, and the medoid taken: the
    one whose adjusted mutual information with all the others has the greatest mean. A grouping that shows
    at many resolutions is in the data; one that shows at a single resolution is the resolution's. (Stability
    under resampling alone doesn't choose well: it is best with two or three topics, and good again with very
    many.)

    Parameters
    ----------
    graph
        Neighbours' graph in which every node has an edge.
    seed
        Of the first of the Leiden runs.

    Returns
    -------
    tuple
        Community of every node, the resolution it was found at, and the mean agreement (at most 1).
    """
    runs = next((times for below, times in _RUNS if graph.n < below), 1)
    tried = [
        (resolution, leiden(graph, resolution=resolution, seed=seed + run))
        for resolution in RESOLUTIONS
        for run in range(runs)
    ]
    agreement = mean_agreement([partition for _, partition in tried])
    best = int(np.argmax(np.round(agreement, 9)))
    return tried[best][1], tried[best][0], float(agreement[best])


def mean_agreement(partitions: list[Indices]) -> NDArray[np.float64]:
    """Return for every partition its mean adjusted mutual information with the others."""
    from sklearn.metrics import adjusted_mutual_info_score

    n = len(partitions)
    table = np.zeros((n, n))
    for row in range(n):
        for column in range(row):
            score = adjusted_mutual_info_score(partitions[row], partitions[column])
            table[row, column] = table[column, row] = score
    return np.asarray(table.sum(axis=1) / (n - 1))
