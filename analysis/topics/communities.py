"""The clusterer of topics: communities in the graph of neighbours that articles share.

scikit-learn's `fit`, `predict` and `labels_`, so that BERTopic takes it where it takes HDBSCAN. It needs no
projection to few dimensions first, leaves no outliers, and gives the same topics on every machine, with any
number of threads and in any order of the articles.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analysis.topics.neighbours import (
    Graph,
    Indices,
    VectorError,
    distinct,
    nearest,
    quantise,
    shared_neighbour_graph,
)
from analysis.topics.resolution import choose_partition, leiden

N_NEIGHBOURS: Final = 30
_FEWEST_NEIGHBOURS: Final = 10
_FEWEST_POINTS: Final = 10


class GraphCommunities:
    """Leiden communities of the shared-neighbour graph.

    Parameters
    ----------
    n_neighbours
        Neighbours of an article; None: 30, but under 600 articles a twentieth of them, at least 10, since
        thirty neighbours of a small corpus reach into other topics.
    resolution
        Modularity's; greater gives more topics. None: chosen by `choose_partition`.
    min_topic_size
        Communities of fewer different articles join the one that they have the most neighbours in.
    seed
        Of the Leiden algorithm.

    Attributes
    ----------
    labels_
        Topic of every fitted article, the greatest topic 0; ties go by the articles' vectors.
    probabilities_
        Strength: the share of an article's neighbours that are in its topic, weighted as the graph's edges.
    resolution_
        The resolution used.
    agreement_
        Mean agreement of the chosen partition with those at other resolutions; NaN for a given resolution.
    """

    labels_: Indices
    probabilities_: NDArray[np.float64]
    resolution_: float
    agreement_: float

    def __init__(
        self,
        *,
        n_neighbours: int | None = None,
        resolution: float | None = None,
        min_topic_size: int = 10,
        seed: int = 0,
    ) -> None:
        if resolution is not None and not resolution > 0:
            raise ValueError(f"resolution {resolution} must be over 0; 0.3 to 2 is usual, None chooses it")
        if n_neighbours is not None and n_neighbours < 1:
            raise ValueError(f"n_neighbours {n_neighbours} must be at least 1")
        self.n_neighbours = n_neighbours
        self.resolution = resolution
        self.min_topic_size = min_topic_size
        self.seed = seed

    def fit(self, X: NDArray[np.floating], y: object = None) -> GraphCommunities:  # noqa: N803
        """Find the communities of the rows of `X`.

        Identical vectors (an article printed twice) are one node of the graph, and nodes are put in the
        order of their vectors, so that neither reprints nor the order of the rows bear on the topics.

        Raises
        ------
        VectorError
            If fewer than ten vectors differ, or one of them can't be compared.
        """
        rows = quantise(X)
        self.points_, where, copies = distinct(rows)
        n = len(self.points_)
        if n < _FEWEST_POINTS:
            raise VectorError(
                f"{n} different vectors are too few for topics; at least {_FEWEST_POINTS} are needed"
            )
        self.k_ = min(self.n_neighbours or _default_neighbours(n), n - 1)
        neighbours, _ = nearest(self.points_, self.points_, self.k_ + 1)
        graph = shared_neighbour_graph(neighbours)
        merged = _merge_small(graph, self._partition(graph), self.min_topic_size)
        self.point_labels_ = _by_size(merged, copies)
        self.labels_ = self.point_labels_[where]
        self.probabilities_ = _strength(graph, self.point_labels_)[where]
        return self

    def fit_predict(self, X: NDArray[np.floating], y: object = None) -> Indices:  # noqa: N803
        """Return `fit(X).labels_`."""
        return self.fit(X).labels_

    def predict(self, X: NDArray[np.floating]) -> Indices:  # noqa: N803
        """Return the topic of new vectors, by vote of their nearest fitted articles weighted by cosine.

        A vector that was fitted has the topic it was given then.
        """
        neighbours, cosines = nearest(quantise(X), self.points_, self.k_)
        labels = self.point_labels_[neighbours]
        first = self.point_labels_.min()
        cells = np.arange(len(labels))[:, None] * (self.point_labels_.max() - first + 1) + labels - first
        weights = np.clip(cosines, 0.0, None).astype(np.float64)
        votes = np.bincount(
            cells.ravel(), weights.ravel(), (self.point_labels_.max() - first + 1) * len(labels)
        )
        winners = votes.reshape(len(labels), -1).argmax(axis=1) + first
        known = (quantise(X) == self.points_[neighbours[:, 0]]).all(axis=1)
        return np.where(known, labels[:, 0], winners)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what `predict` needs, to be saved."""
        return {"points": self.points_, "labels": self.point_labels_, "k": np.array([self.k_])}

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[Any]]) -> GraphCommunities:
        """Return a clusterer that predicts as the one whose `arrays` these are."""
        made = cls()
        made.points_ = np.asarray(arrays["points"], dtype=np.int16)
        made.point_labels_ = np.asarray(arrays["labels"], dtype=np.int64)
        made.k_ = int(arrays["k"][0])
        return made

    @classmethod
    def from_labels(cls, X: NDArray[np.floating], labels: Indices) -> GraphCommunities:  # noqa: N803
        """Return a clusterer that predicts by the nearest of articles whose topics (-1: none) are given."""
        points, where, _ = distinct(quantise(X))
        given = np.empty(len(points), dtype=np.int64)
        given[where[::-1]] = labels[::-1]
        k = min(_FEWEST_NEIGHBOURS, len(points))
        return cls.from_arrays({"points": points, "labels": given, "k": np.array([k])})

    def _partition(self, graph: Graph) -> Indices:
        """Return the communities at the given or the chosen resolution."""
        if self.resolution is None:
            found, self.resolution_, self.agreement_ = choose_partition(graph, seed=self.seed)
            return found
        self.resolution_, self.agreement_ = self.resolution, float("nan")
        return leiden(graph, resolution=self.resolution, seed=self.seed)


def _default_neighbours(n: int) -> int:
    """Return how many neighbours an article of `n` has when nobody says."""
    return min(N_NEIGHBOURS, max(_FEWEST_NEIGHBOURS, n // 20))


def _merge_small(graph: Graph, labels: Indices, least: int) -> Indices:
    """Join communities under `least` nodes, smallest first, to the one they share most weight with."""
    labels = np.unique(labels, return_inverse=True)[1].ravel()
    while True:
        sizes = np.bincount(labels)
        present = np.flatnonzero(sizes)
        smallest = present[np.argmin(sizes[present])]
        if sizes[smallest] >= least or len(present) == 1:
            return labels
        weights = graph.weight_to(labels, len(sizes))[labels == smallest].sum(axis=0)
        weights[smallest] = 0.0
        target = int(np.argmax(weights)) if weights.any() else int(np.argmax(sizes))
        labels = np.where(labels == smallest, target, labels)


def _by_size(labels: Indices, copies: Indices) -> Indices:
    """Number the communities by articles (copies counted), the greatest 0; ties by their first node."""
    names, first, where = np.unique(labels, return_index=True, return_inverse=True)
    sizes = np.bincount(where.ravel(), weights=copies, minlength=len(names))
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    return rank[where.ravel()]


def _strength(graph: Graph, labels: Indices) -> NDArray[np.float64]:
    """Return the share of each node's edge weight that stays in its community."""
    weights = graph.weight_to(labels, int(labels.max()) + 1)
    own = weights[np.arange(graph.n), labels]
    return np.asarray(own / weights.sum(axis=1))
