"""Topics fitted on a sample of the articles, the others placed among them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.topics.fitting import fit_topics
from analysis.topics.neighbours import VectorError
from analysis.topics.placing import FittedTopics, place_articles
from analysis.topics.result import Topics
from analysis.topics.validation import validate
from tests.analysis.topics.topic_corpus import make_corpus

N, FIT_ON = 900, 300


@pytest.fixture(scope="module")
def corpus() -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Nine hundred articles, among them ten that have the vector of another."""
    articles, vectors, fields = make_corpus(N)
    vectors[-10:], fields[-10:] = vectors[:10], fields[:10]
    return articles, vectors, fields


@pytest.fixture(scope="module")
def on_all(corpus) -> Topics:
    return fit_topics(corpus[0], corpus[1])


@pytest.fixture(scope="module")
def on_sample(corpus) -> Topics:
    return fit_topics(corpus[0], corpus[1], fit_on=FIT_ON)


def test_topics_of_a_sample_agree_with_those_of_all_articles(corpus, on_all: Topics, on_sample: Topics):
    from sklearn.metrics import adjusted_mutual_info_score

    numbers = on_sample.assignments["topic"]
    assert adjusted_mutual_info_score(corpus[2], numbers) > 0.9
    assert adjusted_mutual_info_score(on_all.assignments["topic"], numbers) > 0.9
    assert on_sample.sample is not None
    assert len(on_sample.sample) == FIT_ON
    assert on_all.sample is None


def test_sizes_map_and_strengths_are_of_all_articles(corpus, on_sample: Topics):
    articles = corpus[0]
    assert on_sample.assignments["article_id"].tolist() == articles["article_id"].tolist()
    assert on_sample.map["article_id"].tolist() == articles["article_id"].tolist()
    assert on_sample.topics["n_articles"].sum() == N
    counts = on_sample.assignments["topic"].value_counts()
    assert on_sample.topics["n_articles"].tolist() == [counts[topic] for topic in on_sample.topics["topic"]]
    assert on_sample.assignments["topic_strength"].between(0.2, 1).all()


def test_articles_of_one_vector_have_one_topic(on_sample: Topics):
    numbers = on_sample.assignments["topic"].to_numpy()
    assert numbers[-10:].tolist() == numbers[:10].tolist()


def test_other_seeds_reach_the_articles_outside_of_the_sample(on_sample: Topics):
    runs = on_sample.under_other_seeds(2)
    assert len(runs) == N
    for run in runs:
        alike = pd.crosstab(on_sample.assignments["topic"], runs[run]).max(axis=1).sum()
        assert alike > 0.9 * N


def test_with_as_many_articles_as_are_fitted_nothing_is_sampled(corpus, on_all: Topics):
    """There are 890 different articles of 900."""
    again = fit_topics(corpus[0], corpus[1], fit_on=890)
    assert again.sample is None
    pd.testing.assert_frame_equal(again.assignments, on_all.assignments)
    pd.testing.assert_frame_equal(again.map, on_all.map)
    assert fit_topics(corpus[0], corpus[1], fit_on=889).sample is not None


def test_the_order_of_the_articles_does_not_matter(corpus, on_sample: Topics):
    articles, vectors, _ = corpus
    order = np.random.default_rng(5).permutation(N)
    other = fit_topics(articles.iloc[order].reset_index(drop=True), vectors[order], fit_on=FIT_ON)
    found = other.assignments.set_index("article_id").loc[articles["article_id"]].reset_index()
    pd.testing.assert_frame_equal(found, on_sample.assignments)


def test_a_saved_model_places_what_the_fit_placed(corpus, on_sample: Topics, tmp_path):
    runs = pd.concat([on_sample.assignments[["article_id", "topic"]], on_sample.under_other_seeds(1)], axis=1)
    fitted = FittedTopics.load(on_sample.save(tmp_path / "model"), runs, on_sample.map, seed=0)
    placed = place_articles(corpus[0]["article_id"], corpus[1], fitted)
    assert placed["topic"].tolist() == on_sample.assignments["topic"].tolist()
    assert (placed["topic_1"] == runs["topic_1"]).mean() > 0.99


def test_validation_says_what_the_topics_were_fitted_on(corpus, on_sample: Topics):
    articles, vectors, fields = corpus
    found = validate(articles, vectors, on_sample, labels=[str(field) for field in fields])
    assert found["fitted_on"] == {"articles": FIT_ON, "of": N}
    assert sum(found["sizes"]) == N
    assert found["agreement"] > 0.9
    assert found["stability"]["articles"] == 0.8 * FIT_ON
    assert "sample of 300 articles" in on_sample._repr_html_()


def test_hdbscan_places_the_others_too(corpus):
    from sklearn.metrics import adjusted_mutual_info_score

    topics = fit_topics(corpus[0], corpus[1], method="umap-hdbscan", fit_on=FIT_ON)
    assert adjusted_mutual_info_score(corpus[2], topics.assignments["topic"]) > 0.9
    outside = topics.assignments["topic"] == -1
    assert (topics.assignments.loc[outside, "topic_strength"] == 0).all()
    assert topics.topics["n_articles"].sum() == N - outside.sum()


def test_a_sample_too_small_for_topics_is_refused(corpus):
    with pytest.raises(ValueError, match="fit_on is 100, but topics need 120"):
        fit_topics(corpus[0], corpus[1], fit_on=100)


def test_a_sample_is_of_different_articles(corpus):
    """Of nine hundred articles six hundred are copies, not marked as reprints, of three."""
    articles, vectors, _ = corpus
    vectors = vectors.copy()
    vectors[300:] = vectors[np.arange(600) % 3]
    found = fit_topics(articles, vectors, fit_on=200)
    assert found.sample is not None
    assert len(np.unique(vectors[found.sample], axis=0)) == len(found.sample) == 200


def test_a_sample_without_topics_leaves_all_in_none():
    articles, _, _ = make_corpus(400)
    vectors = np.random.default_rng(0).normal(size=(400, 64)).astype(np.float32)
    found = fit_topics(articles, vectors, method="umap-hdbscan", min_topic_size=60, fit_on=200)
    assert set(found.assignments["topic"]) == {-1}
    assert found.topics.empty


def test_the_first_bad_vector_is_named_by_its_row(corpus):
    articles, vectors, _ = corpus
    vectors = vectors.copy()
    vectors[[700, 850]] = np.nan
    with pytest.raises(VectorError, match="2 vectors are not finite, the first in row 700"):
        fit_topics(articles, vectors, fit_on=FIT_ON)
