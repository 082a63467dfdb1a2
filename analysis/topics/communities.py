"""The clusterer of topics: communities in the graph of neighbours that articles share.

scikit-learn's `fit`, `predict` and `labels_`, so that BERTopic takes it where it takes HDBSCAN. It needs no
projection to few dimensions first, leaves no outliers, and gives the same topics on every machine, with any
number of threads and in any order of the articles.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analysis.topics.choosing import RESOLUTIONS, choose, leiden
from analysis.topics.graph import Graph, memberships, shared_neighbour_graph
from analysis.topics.neighbours import Indices, VectorError, distinct, nearest, neighbours_of, quantise
from analysis.topics.stability import topic_stability

_NEIGHBOURS_PER_ROOT: Final = 30 / 1000**0.5
_FEWEST_NEIGHBOURS: Final = 10
_MOST_NEIGHBOURS: Final = 60
_VOTERS: Final = 30
"""Neighbours that give a new article its topic, at most."""
_SCALES: Final = (2 / 3, 1.0, 1.5)
"""Neighbourhoods tried, as parts of the usual one."""
_MANY: Final = 4_000
"""With more articles the usual neighbourhood alone is tried: a graph takes minutes."""
_FEWEST_POINTS: Final = 10
CLUSTERER_FILE: Final = "communities.safetensors"
"""Where a saved model keeps its clusterer."""


class GraphCommunities:
    """Leiden communities of the shared-neighbour graph.

    Parameters
    ----------
    n_neighbours
        Neighbours of an article. None: grows with the square root of the articles, 30 in a thousand, from 10
        to 60, so that a topic doesn't fall apart as its articles get more; and of that, its two thirds and
        its one and a half the one chosen by `choose`.
    resolution
        Modularity's; greater gives more topics. None: chosen by `choose`.
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
    n_neighbours_
        The neighbourhood used.
    agreement_
        Mean agreement (adjusted mutual information) of the topics with those of draws of the articles; NaN
        where neighbours and resolution are given.
    where_
        Position in `points_` of every fitted row.
    rows_
        Which articles of the study the fitted rows are, where they are a sample of them; None for all.
    graph_
        The graph of the different vectors, in the order of `point_labels_`.
    """

    labels_: Indices
    probabilities_: NDArray[np.float64]
    resolution_: float
    agreement_: float
    n_neighbours_: int
    graph_: Graph
    points_: NDArray[np.int16]
    point_labels_: Indices
    where_: Indices
    rows_: Indices | None = None

    def __init__(
        self,
        *,
        n_neighbours: int | None = None,
        resolution: float | None = None,
        min_topic_size: int = 5,
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
        sizes = self._sizes(n)
        neighbours, cosines = neighbours_of(self.points_, min(max(sizes) + 2, n), seed=self.seed)

        @cache
        def graph_of(size: int) -> Graph:
            return shared_neighbour_graph(neighbours[:, : size + 1], memberships(cosines, size))

        resolutions = _resolutions(n) if self.resolution is None else (self.resolution,)
        chosen = choose(graph_of, sizes, resolutions=resolutions, seed=self.seed)
        self.resolution_, self.agreement_ = chosen.resolution, chosen.agreement
        self.n_neighbours_ = chosen.n_neighbours
        self.k_ = min(chosen.n_neighbours, _VOTERS)
        self.graph_ = graph_of(chosen.n_neighbours)
        merged = _merge_small(self.graph_, chosen.labels, self.min_topic_size)
        self.point_labels_ = _by_size(merged, copies)
        self.where_ = where
        self.labels_ = self.point_labels_[where]
        self.probabilities_ = _strength(self.graph_, self.point_labels_)[where]
        return self

    def fit_predict(self, X: NDArray[np.floating], y: object = None) -> Indices:  # noqa: N803
        """Return `fit(X).labels_`."""
        return self.fit(X).labels_

    def predict(self, X: NDArray[np.floating]) -> Indices:  # noqa: N803
        """Return the topic of new vectors, by vote of their nearest fitted articles weighted by cosine.

        A vector that was fitted has the topic it was given then.
        """
        neighbours, cosines = nearest(quantise(X), self.points_, self.k_)
        winners, _ = vote(self.point_labels_[neighbours], cosines)
        known = (quantise(X) == self.points_[neighbours[:, 0]]).all(axis=1)
        return np.where(known, self.point_labels_[neighbours[:, 0]], winners)

    def stability(self) -> NDArray[np.float64]:
        """Return how well each fitted topic comes back in draws of the articles, see `topic_stability`."""
        return topic_stability(self.graph_, self.point_labels_, resolution=self.resolution_, seed=self.seed)

    def regrouped(self, seed: int) -> Indices:
        """Return the topic of every fitted article had the Leiden algorithm begun from another seed.

        The graph, the resolution and the least size of a topic are those of the fit; numbers are by size
        anew, so that they don't name the same topics.
        """
        labels = leiden(self.graph_, resolution=self.resolution_, seed=seed)
        merged = _merge_small(self.graph_, labels, self.min_topic_size)
        copies = np.bincount(self.where_, minlength=self.graph_.n)
        return _by_size(merged, copies)[self.where_]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what `predict` needs, and which point and article every fitted row is, to be saved."""
        saved: dict[str, NDArray[Any]] = {
            "points": self.points_,
            "labels": self.point_labels_,
            "k": np.array([self.k_]),
            "where": self.where_,
        }
        return saved if self.rows_ is None else {**saved, "rows": self.rows_}

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[Any]]) -> GraphCommunities:
        """Return a clusterer that predicts as the one whose `arrays` these are.

        Raises
        ------
        ValueError
            An array is missing: the model is damaged, or an earlier version saved it.
        """
        if missing := sorted({"points", "labels", "k", "where"} - set(arrays)):
            raise ValueError(
                f"the saved topic model lacks {', '.join(missing)}: it is damaged or an earlier version's; "
                "run the study again"
            )
        made = cls()
        made.points_ = np.asarray(arrays["points"], dtype=np.int16)
        made.point_labels_ = np.asarray(arrays["labels"], dtype=np.int64)
        made.k_ = int(arrays["k"][0])
        made.where_ = np.asarray(arrays["where"], dtype=np.int64)
        made.rows_ = np.asarray(arrays["rows"], dtype=np.int64) if "rows" in arrays else None
        return made

    @classmethod
    def from_labels(cls, X: NDArray[np.floating], labels: Indices) -> GraphCommunities:  # noqa: N803
        """Return a clusterer that predicts by the nearest of articles whose topics (-1: none) are given."""
        points, where, _ = distinct(quantise(X))
        given = np.empty(len(points), dtype=np.int64)
        given[where[::-1]] = labels[::-1]
        k = min(_FEWEST_NEIGHBOURS, len(points))
        return cls.from_arrays({"points": points, "labels": given, "k": np.array([k]), "where": where})

    def _sizes(self, n: int) -> tuple[int, ...]:
        """Return the neighbourhood sizes to try among `n` different articles."""
        if self.n_neighbours is not None:
            return (min(self.n_neighbours, n - 2),)
        usual = min(max(_NEIGHBOURS_PER_ROOT * n**0.5, _FEWEST_NEIGHBOURS), _MOST_NEIGHBOURS)
        scales = _SCALES if n <= _MANY else (1.0,)
        return tuple(sorted({min(max(round(usual * scale), 7), n - 2) for scale in scales}))


def vote(labels: Indices, cosines: NDArray[np.floating]) -> tuple[Indices, NDArray[np.float64]]:
    """Return the label that the neighbours of each row choose, and its share of their votes.

    `labels` and `cosines` are those of the neighbours, (rows, neighbours); a vote weighs as the cosine, none
    below 0. Of equals the lowest label wins.
    """
    first = labels.min(initial=0)
    width = int(labels.max(initial=0) - first + 1)
    cells = np.arange(len(labels))[:, None] * width + labels - first
    weights = np.clip(cosines, 0.0, None).astype(np.float64)
    votes = np.bincount(cells.ravel(), weights.ravel(), width * len(labels)).reshape(len(labels), -1)
    winners = votes.argmax(axis=1)
    total = np.maximum(votes.sum(axis=1), np.finfo(float).tiny)
    return winners + first, votes[np.arange(len(labels)), winners] / total


def share_of_first(labels: Indices, cosines: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the share of the votes that the first neighbour's label has in each row, as `vote` counts."""
    weights = np.clip(cosines, 0.0, None).astype(np.float64)
    own = (weights * (labels == labels[:, :1])).sum(axis=1)
    return np.asarray(own / np.maximum(weights.sum(axis=1), np.finfo(float).tiny))


def _resolutions(n: int) -> tuple[float, ...]:
    """Return the resolutions to try: beyond 4,000 articles lower ones, as neighbourhoods no longer grow.

    They fall with the root of the number, as the neighbourhood falls behind what it would have grown to.
    """
    scale = min(1.0, _MOST_NEIGHBOURS / (_NEIGHBOURS_PER_ROOT * n**0.5))
    return tuple(round(resolution * scale, 3) for resolution in RESOLUTIONS)


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
