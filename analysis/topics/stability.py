"""Whether a topic comes back when part of the articles is left out and the random seed is another."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.topics.choosing import leiden
from analysis.topics.graph import Graph
from analysis.topics.neighbours import Indices

DRAWS: Final = 5
_MANY: Final = 5_000
_DRAWS_OF_MANY: Final = 2
_KEPT: Final = 0.8
STABLE: Final = 0.6
"""Below this a group "should not be trusted" (Hennig 2007); from .75 on it is a valid, stable one."""
DO_NOT_INTERPRET: Final = "do not interpret"


def topic_stability(graph: Graph, labels: Indices, *, resolution: float, seed: int) -> NDArray[np.float64]:
    r"""Return how well each topic comes back in draws of the articles, 0 to 1.

    Five times (twice with more than 5,000 nodes), 80 % of the nodes are drawn and grouped at the same
    resolution from another seed. A topic's value is the mean over the draws of the greatest Jaccard
    coefficient :math:`\max_D |C \cap D| / |C \cup D|` of its drawn articles *C* with a group *D* of the draw
    (Hennig 2007, cluster-wise assessment of stability). A topic that no drawn article belongs to scores 0
    there.

    Parameters
    ----------
    graph
        The neighbours' graph.
    labels
        Topic of every node, 0 to the number of topics less 1.
    resolution, seed
        What the topics were found with.
    """
    n_topics = int(labels.max()) + 1
    draws = DRAWS if graph.n <= _MANY else _DRAWS_OF_MANY
    random = np.random.default_rng(seed)
    total = np.zeros(n_topics)
    for draw in range(1, draws + 1):
        part, nodes = graph.part(random.random(graph.n) < _KEPT)
        again = leiden(part, resolution=resolution, seed=seed + draw)
        total += _best_overlap(labels[nodes], again, n_topics)
    return total / draws


def advice(stability: float) -> str:
    """Return the words for a topic that doesn't come back, or nothing for one that does."""
    return DO_NOT_INTERPRET if stability < STABLE else ""


def _best_overlap(labels: Indices, again: Indices, n_topics: int) -> NDArray[np.float64]:
    """Return each topic's greatest Jaccard coefficient with a group of the draw."""
    n_groups = int(again.max()) + 1
    both = np.bincount(labels * n_groups + again, minlength=n_topics * n_groups).reshape(n_topics, n_groups)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    return np.asarray((both / np.maximum(either, 1)).max(axis=1))
