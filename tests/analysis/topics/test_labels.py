"""Terms by language, labels, typical articles."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.topics.labels import representative_articles, topic_labels, topic_terms


def test_weights_are_those_of_bertopic():
    """Oracle: BERTopic 0.17.4's ClassTfidfTransformer(reduce_frequent_words=True) on the same counts."""
    from scipy.sparse import csr_matrix

    from analysis.topics.adapter import ClassTfidfTransformer

    random = np.random.default_rng(0)
    words = [f"w{at}" for at in range(12)]
    topics = np.repeat([0, 1, 2], 20)
    tokens = [random.choice(words, 15, p=random.dirichlet(np.ones(12))).tolist() for _ in topics]
    counts = np.array(
        [
            [sum(t.count(w) for t, c in zip(tokens, topics, strict=True) if c == k) for w in words]
            for k in range(3)
        ]
    )
    weights = ClassTfidfTransformer(reduce_frequent_words=True).fit_transform(csr_matrix(counts)).toarray()
    terms = topic_terms(tokens, topics, ["en"] * 60, n_terms=5)
    for topic in range(3):
        assert terms[topic]["en"] == [words[at] for at in np.argsort(-weights[topic], kind="stable")[:5]]


def test_each_language_has_its_own_terms():
    english = [["school", "pupil"], ["school", "exam"], ["wheat", "farm"], ["farm", "wheat"]]
    chinese = [["学校", "学生"]] * 5
    topics = np.array([0, 0, 1, 1, 0, 0, 0, 0, 0])
    terms = topic_terms(english + chinese, topics, ["en"] * 4 + ["zh"] * 5)
    assert terms == {0: {"zh": ["学校", "学生"]}, 1: {"en": ["farm", "wheat"]}}


def test_a_word_of_one_article_names_no_topic():
    tokens = [["school", "zebra", "zebra", "zebra"], ["school"], ["school"]]
    assert topic_terms(tokens, np.zeros(3, dtype=int), ["en"] * 3) == {0: {"en": ["school"]}}


def test_outliers_count_for_nothing():
    terms = topic_terms([["school"], ["school"], ["wheat"]], np.array([0, 0, -1]), ["en"] * 3)
    assert terms == {0: {"en": ["school"]}}


def test_articles_without_language_or_words():
    assert topic_terms([[], []], np.array([0, 0]), [None, None]) == {0: {}}
    assert topic_labels({0: {}}) == {0: "topic 0"}


def test_labels_differ():
    labels = topic_labels(
        {0: {"en": ["a", "b", "c", "d"]}, 1: {"en": ["a", "b", "c", "e"]}, 2: {"en": ["a", "b", "c"]}}
    )
    assert labels == {0: "a · b · c", 1: "a · b · c · e", 2: "a · b · c · topic 2"}


def test_typical_articles_are_central_and_no_reprints():
    vectors = np.array([[1.0, 0.0], [0.8, 0.6], [1.0, 0.0], [0.9, np.sqrt(0.19)], [0.0, 1.0]])
    topics = np.array([0, 0, 0, 0, 1])
    eligible = np.array([True, True, True, False, True])
    shown = representative_articles(vectors, topics, np.ones(5), eligible, n_articles=3)
    assert shown == {0: [0, 1], 1: [4]}


@pytest.mark.parametrize("strength, first", [((0.1, 1.0), 1), ((1.0, 0.1), 0)])
def test_strength_ranks_typical_articles(strength, first):
    vectors = np.array([[1.0, 0.0], [0.0, 1.0]])
    shown = representative_articles(
        vectors, np.zeros(2, dtype=int), np.array(strength), np.ones(2, dtype=bool)
    )
    assert shown[0][0] == first


def test_labels_read_in_the_corpus_language_where_it_counts():
    tokens = [["小麦"]] * 20 + [["school"]] * 3 + [["学校"]] * 2 + [["court"]] * 9 + [["法院"]] * 4
    langs = ["zh"] * 20 + ["en"] * 3 + ["zh"] * 2 + ["en"] * 9 + ["zh"] * 4
    topics = np.array([0] * 20 + [1] * 5 + [2] * 13)
    terms = topic_terms(tokens, topics, langs)
    assert list(terms[1]) == ["zh", "en"]
    assert list(terms[2]) == ["en", "zh"]
    assert topic_labels(terms) == {0: "小麦", 1: "学校", 2: "court"}
