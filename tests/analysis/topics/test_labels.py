"""Terms by language, labels, typical articles."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.topics.keyness import keyness, topic_marks
from analysis.topics.labels import first_labels, label_topics
from analysis.topics.terms import topic_terms
from analysis.topics.typical import representative_articles
from analysis.words.table import WordTable

table = WordTable.from_documents


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
    terms = topic_terms(table(tokens), topics, ["en"] * 60, n_terms=5)
    for topic in range(3):
        assert terms[topic]["en"] == [words[at] for at in np.argsort(-weights[topic], kind="stable")[:5]]


def test_each_language_has_its_own_terms():
    english = [["school", "pupil"], ["school", "exam"], ["wheat", "farm"], ["farm", "wheat"]]
    chinese = [["学校", "学生"]] * 5
    topics = np.array([0, 0, 1, 1, 0, 0, 0, 0, 0])
    terms = topic_terms(table(english + chinese), topics, ["en"] * 4 + ["zh"] * 5)
    assert terms == {0: {"zh": ["学校", "学生"]}, 1: {"en": ["farm", "wheat"]}}


def test_a_word_of_one_article_names_no_topic():
    tokens = [["school", "zebra", "zebra", "zebra"], ["school"], ["school"]]
    assert topic_terms(table(tokens), np.zeros(3, dtype=int), ["en"] * 3) == {0: {"en": ["school"]}}


def test_outliers_count_for_nothing():
    terms = topic_terms(table([["school"], ["school"], ["wheat"]]), np.array([0, 0, -1]), ["en"] * 3)
    assert terms == {0: {"en": ["school"]}}


def labels_of(texts, topics, langs):
    """Labels of texts whose words are cut at spaces, without an encoder."""
    tokens = [text.casefold().replace(".", "").split() for text in texts]
    terms = topic_terms(table(tokens), topics, langs)
    return label_topics(terms, texts, table(tokens), topics, langs, encoder=None)


def test_articles_without_language_or_words():
    assert topic_terms(table([[], []]), np.array([0, 0]), [None, None]) == {0: {}}
    found = labels_of(["", ""], np.array([0, 0]), [None, None])
    assert found == {0: {}}
    assert first_labels(found) == {0: "topic 0"}


def test_keyness_is_the_log_likelihood_ratio():
    """Oracle: scipy's G-test of the two by two table, without correction."""
    from scipy.stats import chi2_contingency

    own, other = np.array([9.0, 3.0, 1.0, 0.0]), np.array([2.0, 30.0, 60.0, 20.0])
    found = keyness(own, 12, other, 88)
    for at, (a, b) in enumerate(zip(own, other, strict=True)):
        table = [[a, 12 - a], [b, 88 - b]]
        expected = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        assert abs(found[at]) == pytest.approx(expected)
    assert (found > 0).tolist() == [True, False, False, False]
    assert keyness(own, 12, np.zeros(4), 0).tolist() == [0, 0, 0, 0]


def test_a_word_marks_the_topic_it_marks_most():
    tokens = [["court", "law"]] * 4 + [["law", "wheat"]] * 2 + [["wheat"]] * 4
    marks = topic_marks(table(tokens), np.array([0] * 4 + [1] * 6), ["en"] * 10)
    assert {topic: sorted(found["en"]) for topic, found in marks.items()} == {
        0: ["court", "law"],
        1: ["wheat"],
    }


def test_a_word_that_comes_back_in_an_article_marks_more():
    tokens = [["court", "court", "court", "hall"]] * 4 + [["wheat"]] * 4
    marks = topic_marks(table(tokens), np.repeat([0, 1], 4), ["en"] * 8)[0]["en"]
    assert marks["court"] == pytest.approx(np.sqrt(3) * marks["hall"])


def test_a_label_says_three_different_things_as_the_articles_write_them():
    court = "The judge of the Supreme Court met protesters. A protest against the judge and the EU."
    farm = "The wheat of the farmers. A farmer has wheat and barley in harvest."
    texts = [court, court, court, farm, farm, farm]
    tokens = [
        ["judge", "supreme court", "protesters", "protest", "eu", "judge", "protest", "eu"]
        if text == court
        else ["wheat", "farmers", "farmer", "wheat", "barley", "harvest"]
        for text in texts
    ]
    topics, langs = np.repeat([0, 1], 3), ["en"] * 6
    terms = topic_terms(table(tokens), topics, langs)
    labels = label_topics(terms, texts, table(tokens), topics, langs, encoder=None)
    assert set(labels[0]["en"].split(" · ")) == {"judge", "EU", "protest"}
    assert len(labels[1]["en"].split(" · ")) == 3
    assert not {"farmer", "farmers"} <= set(labels[1]["en"].split(" · "))


def test_words_that_name_nothing_stand_only_where_there_is_no_other():
    langs, topics = ["zh"] * 6, np.repeat([0, 1], 3)
    tokens = [["飞机", "仍旧"]] * 3 + [["只管"]] * 3
    texts = ["".join(words) for words in tokens]
    terms = topic_terms(table(tokens), topics, langs)
    found = label_topics(terms, texts, table(tokens), topics, langs, encoder=None)
    assert found == {0: {"zh": "飞机"}, 1: {"zh": "只管"}}


def test_labels_differ_where_words_dont():
    terms = {0: {"en": ["school"]}, 1: {"en": ["school"]}}
    labels = label_topics(
        terms, ["School.", "School."], table([[], []]), np.array([0, 1]), ["en"] * 2, encoder=None
    )
    assert labels == {0: {"en": "School"}, 1: {"en": "School · topic 1"}}


def test_labels_by_the_studys_encoder_are_near_the_topics_meaning():
    import embeddings

    health = [["医院", "医生", "患者", "星期"]] * 3
    farm = [["小麦", "收割", "农民"]] * 3
    tokens, topics, langs = health + farm, np.repeat([0, 1], 3), ["zh"] * 6
    texts = ["".join(words) for words in tokens]
    terms = topic_terms(table(tokens), topics, langs)
    labels = label_topics(terms, texts, table(tokens), topics, langs, encoder=embeddings.load_encoder())
    assert set(labels[0]["zh"].split(" · ")) == {"医院", "医生", "患者"}


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
    terms = topic_terms(table(tokens), topics, langs)
    assert list(terms[1]) == ["zh", "en"]
    assert list(terms[2]) == ["en", "zh"]
    labels = label_topics(
        terms, ["".join(words) for words in tokens], table(tokens), topics, langs, encoder=None
    )
    assert first_labels(labels) == {0: "小麦", 1: "学校", 2: "court"}
    assert labels[1] == {"zh": "学校", "en": "school"}
