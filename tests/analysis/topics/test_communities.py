"""Neighbours, the graph they share, and its communities."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.topics.communities import GraphCommunities
from analysis.topics.graph import memberships, shared_neighbour_graph
from analysis.topics.neighbours import (
    SCALE,
    VectorError,
    approximate,
    distinct,
    nearest,
    quantise,
)
from tests.analysis.topics.topic_corpus import make_corpus


@pytest.fixture(scope="module")
def corpus():
    _, vectors, fields = make_corpus(240)
    return vectors, fields


def test_quantised_products_are_exact_in_float32():
    random = np.random.default_rng(0)
    rows = quantise(random.normal(size=(50, 1024)))
    exact = rows.astype(np.int64) @ rows.astype(np.int64).T
    assert exact.max() < 2**24
    assert np.array_equal(rows.astype(np.float32) @ rows.astype(np.float32).T, exact)
    assert abs(int(exact[0, 0]) - SCALE**2) < 0.01 * SCALE**2


def test_nearest_agrees_with_scikit_learn():
    from sklearn.neighbors import NearestNeighbors

    random = np.random.default_rng(1)
    vectors = random.normal(size=(400, 24))
    rows = quantise(vectors)
    found, cosines = nearest(rows, rows, 6)
    distances, expected = NearestNeighbors(n_neighbors=6, metric="cosine").fit(vectors).kneighbors(vectors)
    assert (found == expected).mean() > 0.995
    np.testing.assert_allclose(cosines, 1 - distances, atol=5e-4)


def test_nearest_gives_ties_to_the_earlier_point():
    rows = quantise(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0]]))
    found, _ = nearest(rows[1:2], rows, 2)
    assert found.tolist() == [[1, 2]]


@pytest.mark.parametrize(
    "vectors, message",
    [
        (np.ones(3), "shape"),
        (np.array([[1.0, 0.0], [np.nan, 1.0]]), "first in row 1"),
        (np.array([[1.0, 0.0], [0.0, 0.0]]), "zero, the first in row 1"),
    ],
)
def test_vectors_that_have_no_direction(vectors, message):
    with pytest.raises(VectorError, match=message):
        quantise(vectors)


def test_distinct_rows_keep_their_places_and_counts():
    rows = np.array([[5, 1], [-3, 2], [5, 1], [0, 0]], dtype=np.int16)
    different, where, copies = distinct(rows)
    assert np.array_equal(different[where], rows)
    assert copies[where].tolist() == [2, 1, 2, 1]
    assert np.array_equal(distinct(rows[::-1])[0], different)


def test_memberships_fall_from_the_nearest_to_the_first_left_out():
    """Oracle by hand: (.6 - .2) / (.7 - .2) = .8 and (.45 - .2) / .5 = .5."""
    shares = memberships(np.array([[1.0, 0.7, 0.6, 0.45, 0.2]]), 3)
    assert shares.tolist() == [[1000, 1000, 800, 500]]
    assert memberships(np.array([[1.0, 0.5, 0.5, 0.5]]), 2).tolist() == [[1000, 1000, 0]]


def test_shared_neighbours_by_hand():
    neighbours = np.array([[0, 1, 2], [1, 0, 2], [2, 1, 0], [3, 2, 1]])
    graph = shared_neighbour_graph(neighbours, np.tile([1000.0, 1000.0, 500.0], (4, 1)))
    edges = dict(zip(zip(graph.left.tolist(), graph.right.tolist(), strict=True), graph.weight, strict=True))
    assert edges[(0, 1)] == pytest.approx((1 + 1 + 0.25) / 2.25)
    assert edges[(1, 3)] == pytest.approx((0.5 * 1.0 + 1.0 * 0.5) / 2.25)
    assert (0, 3) not in edges


@pytest.mark.parametrize("cells", [1, 90, 10_000])
def test_weights_are_those_of_all_memberships_laid_out_at_once(monkeypatch, cells):
    random = np.random.default_rng(4)
    others = np.array([random.choice(np.delete(np.arange(30), i), 6, replace=False) for i in range(30)])
    neighbours = np.concatenate([np.arange(30)[:, None], others], axis=1)
    shares = np.rint(random.uniform(1, 1000, size=neighbours.shape))
    whole = np.zeros((30, 30))
    whole[np.arange(30)[:, None], neighbours] = shares
    lengths = np.sqrt((whole**2).sum(axis=1))
    expected = whole @ whole.T / np.outer(lengths, lengths)
    monkeypatch.setattr("analysis.topics.graph._CELLS", cells)
    graph = shared_neighbour_graph(neighbours, shares)
    assert graph.weight == pytest.approx(expected[graph.left, graph.right], abs=1e-12)
    assert len(graph.left) > 90


def test_a_part_of_a_graph_keeps_the_edges_inside():
    neighbours = np.array([[0, 1, 2], [1, 0, 2], [2, 1, 0], [3, 2, 1]])
    graph = shared_neighbour_graph(neighbours, np.ones((4, 3)))
    part, nodes = graph.part(np.array([False, True, True, True]))
    assert nodes.tolist() == [1, 2, 3]
    assert list(zip(part.left.tolist(), part.right.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]


def test_approximate_neighbours_are_nearly_the_exact_ones_and_the_same_each_time():
    random = np.random.default_rng(0)
    centres = random.normal(size=(10, 60))
    points, _, _ = distinct(quantise(centres[np.arange(900) % 10] + random.normal(size=(900, 60))))
    found, cosines = approximate(points, 12, seed=1)
    exact, exact_cosines = nearest(points, points, 12)
    assert np.array_equal(found[:, 0], np.arange(len(points)))
    assert np.mean([len(set(a) & set(b)) / 12 for a, b in zip(found, exact, strict=True)]) > 0.95
    assert cosines == pytest.approx(exact_cosines, abs=0.05)
    assert np.array_equal(found, approximate(points, 12, seed=1)[0])


def test_known_groups_are_found(corpus):
    from sklearn.metrics import adjusted_mutual_info_score

    vectors, fields = corpus
    clusterer = GraphCommunities().fit(vectors)
    assert adjusted_mutual_info_score(fields, clusterer.labels_) > 0.95
    assert np.all(np.diff(np.bincount(clusterer.labels_)) <= 0)
    assert clusterer.probabilities_.min() >= 0
    assert clusterer.probabilities_.max() <= 1
    assert clusterer.probabilities_.mean() > 0.9


def test_order_of_the_articles_makes_no_difference(corpus):
    vectors, _ = corpus
    order = np.random.default_rng(5).permutation(len(vectors))
    first, second = GraphCommunities().fit(vectors), GraphCommunities().fit(vectors[order])
    assert np.array_equal(first.labels_[order], second.labels_)
    assert np.array_equal(first.probabilities_[order], second.probabilities_)


def test_threads_make_no_difference():
    from threadpoolctl import threadpool_limits

    vectors = np.random.default_rng(2).normal(size=(600, 100))
    with threadpool_limits(1):
        one = GraphCommunities().fit_predict(vectors)
    with threadpool_limits(2):
        two = GraphCommunities().fit_predict(vectors)
    assert np.array_equal(one, two)


def test_seeds_are_respected(corpus):
    vectors = np.random.default_rng(2).normal(size=(400, 30))
    assert np.array_equal(
        GraphCommunities(seed=3).fit_predict(vectors), GraphCommunities(seed=3).fit_predict(vectors)
    )
    assert any(
        not np.array_equal(
            GraphCommunities(seed=0).fit_predict(vectors), GraphCommunities(seed=seed).fit_predict(vectors)
        )
        for seed in (20, 40)
    )


def test_copies_of_an_article_are_one_node(corpus):
    vectors, _ = corpus
    copied = np.concatenate([vectors, np.repeat(vectors[:1], 100, axis=0)])
    plain, heavy = GraphCommunities().fit(vectors), GraphCommunities().fit(copied)
    assert len(set(heavy.labels_[[0, *range(240, 340)]].tolist())) == 1
    same = heavy.labels_[:240][:, None] == heavy.labels_[:240]
    assert np.array_equal(same, plain.labels_[:, None] == plain.labels_)


def test_small_communities_join_a_neighbour(corpus):
    vectors, _ = corpus
    sizes = np.bincount(GraphCommunities(resolution=3.0, min_topic_size=20).fit_predict(vectors))
    finer = np.bincount(GraphCommunities(resolution=3.0, min_topic_size=1).fit_predict(vectors))
    assert sizes.min() >= 20
    assert finer.min() < 20


def test_greater_resolution_gives_more_topics():
    vectors = np.random.default_rng(3).normal(size=(500, 30))
    few, many = (
        GraphCommunities(resolution=r, min_topic_size=2).fit_predict(vectors).max() for r in (0.5, 2.0)
    )
    assert few < many


def test_predict_keeps_fitted_topics_and_finds_new_ones(corpus):
    vectors, fields = corpus
    clusterer = GraphCommunities().fit(vectors)
    assert np.array_equal(clusterer.predict(vectors), clusterer.labels_)
    _, fresh, fresh_fields = make_corpus(240)
    fresh = fresh + np.random.default_rng(9).normal(size=fresh.shape) * 0.03
    topic_of = {field: clusterer.labels_[fields == field][0] for field in range(4)}
    assert np.mean(clusterer.predict(fresh) == [topic_of[field] for field in fresh_fields]) > 0.97


def test_arrays_make_the_same_clusterer_again(corpus):
    vectors, _ = corpus
    clusterer = GraphCommunities().fit(vectors)
    fresh = np.random.default_rng(4).normal(size=(50, vectors.shape[1]))
    again = GraphCommunities.from_arrays(clusterer.arrays())
    assert np.array_equal(again.predict(fresh), clusterer.predict(fresh))


def test_given_labels_predict_outliers_too(corpus):
    vectors, fields = corpus
    labels = np.where(fields == 3, -1, fields)
    clusterer = GraphCommunities.from_labels(vectors, labels)
    assert np.array_equal(clusterer.predict(vectors), labels)
    near = vectors + np.random.default_rng(9).normal(size=vectors.shape) * 0.01
    assert np.mean(clusterer.predict(near) == labels) > 0.97


def test_too_few_different_vectors():
    with pytest.raises(VectorError, match="3 different vectors are too few"):
        GraphCommunities().fit(np.tile(np.eye(3), (10, 1)))


def test_impossible_parameters():
    with pytest.raises(ValueError, match="resolution 0 must be over 0"):
        GraphCommunities(resolution=0)
    with pytest.raises(ValueError, match="n_neighbours 0 must be at least 1"):
        GraphCommunities(n_neighbours=0)


def test_a_model_that_lacks_an_array_is_told() -> None:
    arrays = {"points": np.ones((3, 4)), "labels": np.zeros(3), "k": np.ones(1)}
    with pytest.raises(ValueError, match="lacks where: it is damaged or an earlier version's"):
        GraphCommunities.from_arrays(arrays)
