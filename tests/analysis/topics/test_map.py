"""The map of articles."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from analysis.topics.map import map_articles
from analysis.topics.neighbours import VectorError
from benchmarks.robustness.machines import clean, processor
from tests.analysis.topics.topic_corpus import make_corpus


def test_alike_articles_stand_together():
    from sklearn.metrics import silhouette_score

    _, vectors, fields = make_corpus(160)
    assert silhouette_score(map_articles(vectors), fields) > 0.4


def test_same_seed_same_map():
    _, vectors, _ = make_corpus(80)
    assert map_articles(vectors, seed=1).tobytes() == map_articles(vectors, seed=1).tobytes()


@pytest.mark.parametrize("name", ["AVX2", "SSE"])
def test_another_processor_lays_out_the_same_map(name):
    """The libraries add up in another order there; a step of t-SNE passes any difference on to the next."""
    code = (
        "import numpy as np\n"
        "from analysis.topics.map import map_articles\n"
        "vectors = np.random.default_rng(38).normal(size=(38, 512))\n"
        "print(map_articles(vectors).tobytes().hex())"
    )
    command, environment = [sys.executable, "-c", code], clean(os.environ)
    here, there = (
        subprocess.run(command, env=environment | machine, capture_output=True, text=True, check=True).stdout
        for machine in ({}, processor(name))
    )
    assert here == there


@pytest.mark.parametrize("n", [1, 2, 3, 9, 11, 30])
def test_few_articles(n):
    _, vectors, _ = make_corpus(40)
    places = map_articles(vectors[:n])
    assert places.shape == (n, 2)
    assert places.dtype == np.float32
    assert np.isfinite(places).all()
    assert np.abs(places).max() <= 1


def test_articles_beyond_the_landmarks_stand_with_their_like(monkeypatch):
    from sklearn.metrics import silhouette_score

    monkeypatch.setattr("analysis.topics.map._LANDMARKS", 100)
    _, vectors, fields = make_corpus(300)
    places = map_articles(vectors, seed=0)
    assert len(places) == 300
    assert silhouette_score(places, fields) > 0.4


def test_identical_articles_stand_in_one_place():
    places = map_articles(np.tile([[1.0, 0.0, 0.0]], (6, 1)))
    assert np.ptp(places, axis=0).max() == 0


def test_vectors_that_cannot_be_compared():
    with pytest.raises(VectorError, match="not finite"):
        map_articles(np.full((4, 3), np.nan))
