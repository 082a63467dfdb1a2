"""Levels above the topics."""

from __future__ import annotations

import numpy as np

from analysis.topics.communities import GraphCommunities
from analysis.topics.hierarchy import topic_levels


def test_topics_are_joined_to_their_like():
    """Two broad groups of centres, each of three narrow ones: level 1 must not mix the broad groups."""
    random = np.random.default_rng(0)
    broad = np.repeat(random.normal(size=(2, 80)) * 2, 3, axis=0)
    centres = broad + random.normal(size=(6, 80)) * 1.2
    truth = np.repeat(np.arange(6), 100)
    clusterer = GraphCommunities().fit(centres[truth] + random.normal(size=(600, 80)) * 0.5)
    levels = topic_levels(clusterer.points_, clusterer.point_labels_)
    assert len(levels) == 6
    assert levels["level_1"].nunique() == 3
    for _, group in levels.groupby("level_1"):
        members = np.isin(clusterer.labels_, group["topic"])
        assert len({int(field) // 3 for field in truth[members]}) == 1


def test_few_topics_have_no_levels():
    assert list(topic_levels(np.eye(4), np.array([0, 0, 1, 1]))) == ["topic"]


def test_levels_by_hand():
    """Four topics of one article at 0, 10, 90 and 100 degrees."""
    angles = np.radians([0, 10, 90, 100])
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    assert topic_levels(rows, np.arange(4))["level_1"].tolist() == [0, 0, 2, 2]
