"""Which topics come back in other articles."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.topics.communities import GraphCommunities
from analysis.topics.stability import _best_overlap, advice, topic_stability
from tests.analysis.topics.topic_corpus import make_corpus


def test_overlap_by_hand():
    """Topic 0 is {0, 1, 2}, topic 1 is {3, 4}; groups {0, 1} and {2, 3, 4}: 2/3 and 2/3."""
    found = _best_overlap(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1]), 3)
    assert found.tolist() == pytest.approx([2 / 3, 2 / 3, 0.0])


def test_real_groups_come_back_and_chance_groups_do_not():
    _, vectors, _ = make_corpus(240)
    clusterer = GraphCommunities().fit(vectors)
    assert clusterer.stability().min() > 0.9
    shuffled = np.random.default_rng(0).permutation(clusterer.point_labels_)
    chance = topic_stability(clusterer.graph_, shuffled, resolution=1.0, seed=0)
    assert chance.max() < 0.5
    assert {advice(value) for value in chance} == {"do not interpret"}
    assert advice(0.9) == ""


def test_noise_is_flagged():
    noise = np.random.default_rng(3).normal(size=(400, 200))
    found = GraphCommunities().fit(noise)
    assert (found.stability() < 0.6).mean() > 0.5
