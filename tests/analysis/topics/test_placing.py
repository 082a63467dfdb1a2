"""Later articles among topics that were found before: simulated fields whose truth is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.topics.communities import vote
from analysis.topics.fitting import fit_topics
from analysis.topics.neighbours import VectorError
from analysis.topics.placing import FAR, USUALLY_FAR, FittedTopics, place_articles
from analysis.topics.result import Topics, load_model
from tests.analysis.topics.topic_corpus import make_corpus

N = 300


@pytest.fixture(scope="module")
def whole() -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Five hundred articles of four fields, of which the first 300 are fitted."""
    return make_corpus(500)


@pytest.fixture(scope="module")
def topics(whole) -> Topics:
    articles, vectors, _ = whole
    return fit_topics(articles[:N].reset_index(drop=True), vectors[:N])


@pytest.fixture(scope="module")
def fitted(topics: Topics, tmp_path_factory: pytest.TempPathFactory) -> FittedTopics:
    """The topics as a run folder keeps them."""
    folder = topics.save(tmp_path_factory.mktemp("model"))
    runs = pd.concat([topics.assignments[["article_id", "topic"]], topics.under_other_seeds(2)], axis=1)
    return FittedTopics.load(folder, runs, topics.map, seed=0)


def test_later_articles_get_the_topic_of_their_field(whole, topics: Topics, fitted: FittedTopics) -> None:
    articles, vectors, fields = whole
    placed = place_articles(articles["article_id"][N:], vectors[N:], fitted)
    named = {field: topics.assignments["topic"][fields[:N] == field].mode()[0] for field in range(4)}
    assert (placed["topic"].to_numpy() == [named[field] for field in fields[N:]]).mean() > 0.97
    assert placed["article_id"].tolist() == articles["article_id"].tolist()[N:]
    assert placed["topic_strength"].between(0.3, 1).all()
    assert placed[FAR].mean() < 3 * USUALLY_FAR
    for run in ("topic_1", "topic_2"):
        assert pd.crosstab(placed["topic"], placed[run]).max(axis=1).sum() > 0.97 * len(placed)


def test_a_fitted_article_keeps_its_topic_and_its_place(whole, topics: Topics, fitted: FittedTopics) -> None:
    articles, vectors, _ = whole
    placed = place_articles(articles["article_id"][:N], vectors[:N], fitted)
    assert placed["topic"].tolist() == topics.assignments["topic"].tolist()
    assert placed[["x", "y"]].to_numpy() == pytest.approx(topics.map[["x", "y"]].to_numpy(), abs=1e-3)
    assert not placed[FAR].any() or placed[FAR].mean() < USUALLY_FAR


def test_it_is_what_the_saved_model_predicts(whole, topics: Topics, tmp_path: Path) -> None:
    articles, vectors, _ = whole
    folder = topics.save(tmp_path)
    runs = topics.assignments[["article_id", "topic"]]
    placed = place_articles(
        articles["article_id"][N:], vectors[N:], FittedTopics.load(folder, runs, topics.map, seed=0)
    )
    predicted, _ = load_model(folder).transform(articles["text"][N:].tolist(), vectors[N:])
    assert placed["topic"].tolist() == list(predicted)


def test_articles_of_a_new_subject_are_far(fitted: FittedTopics) -> None:
    strange = np.random.default_rng(9).normal(size=(50, 64)).astype(np.float32)
    placed = place_articles(pd.Series([f"n{n}" for n in range(50)]), strange, fitted)
    assert placed[FAR].mean() > 0.9


def test_each_article_is_placed_by_itself(whole, fitted: FittedTopics) -> None:
    articles, vectors, _ = whole
    together = place_articles(articles["article_id"][N:], vectors[N:], fitted)
    order = np.arange(N, 500)[::-1]
    alone = place_articles(articles["article_id"].iloc[order], vectors[order], fitted)
    assert alone.iloc[::-1].reset_index(drop=True).equals(together)


def test_what_cannot_be_placed(whole, fitted: FittedTopics, tmp_path: Path) -> None:
    articles, _, _ = whole
    with pytest.raises(FileNotFoundError, match="holds no topic model"):
        FittedTopics.load(tmp_path, fitted.runs, fitted.map, seed=0)
    with pytest.raises(VectorError, match="not finite"):
        place_articles(articles["article_id"][:1], np.full((1, 64), np.nan, dtype=np.float32), fitted)


def test_votes_weigh_as_cosines_and_the_lower_label_wins_a_tie() -> None:
    labels = np.array([[0, 1, 1], [2, 1, 1], [-1, -1, 3]])
    cosines = np.array([[0.9, 0.2, 0.3], [0.4, 0.2, 0.2], [0.1, -5.0, 0.1]])
    winners, shares = vote(labels, cosines)
    assert winners.tolist() == [0, 1, -1]
    assert shares == pytest.approx([0.9 / 1.4, 0.5, 0.5])
