"""The Leiden library given arrays finds what it finds in a list of edges, its first and better known form."""

from __future__ import annotations

import graspologic_native
import numpy as np
import pytest

from analysis.topics.choosing import leiden
from analysis.topics.communities import GraphCommunities
from tests.analysis.topics.topic_corpus import make_corpus


@pytest.mark.parametrize("resolution", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("seed", [0, 7])
def test_communities_are_those_of_the_list_of_edges(resolution, seed):
    noise = np.random.default_rng(seed).normal(size=(300, 20))
    vectors = np.concatenate(
        [make_corpus(240)[1], np.pad(noise, ((0, 0), (0, make_corpus(240)[1].shape[1] - 20)))]
    )
    graph = GraphCommunities(n_neighbours=20, resolution=1.0).fit(vectors).graph_
    ends = zip(graph.left.tolist(), graph.right.tolist(), graph.weight.tolist(), strict=True)
    edges = [(str(left), str(right), weight) for left, right, weight in ends]
    _, expected = graspologic_native.leiden(edges, resolution=resolution, iterations=2, seed=seed)
    found = leiden(graph, resolution=resolution, seed=seed)
    assert found.tolist() == [expected[str(node)] for node in range(graph.n)]
    assert len(set(found.tolist())) > 2
