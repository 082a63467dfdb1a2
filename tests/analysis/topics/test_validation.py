"""Coherence, diversity, stability, and whether topics follow languages."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from analysis.topics.coherence import diversity, npmi, word_similarity
from analysis.topics.fitting import fit_topics
from analysis.topics.validation import language_association, validate
from analysis.topics.windows import c_v
from analysis.words.table import WordTable
from tests.analysis.topics.topic_corpus import FIELDS, make_corpus

table = WordTable.from_documents


def test_npmi_by_hand():
    """Of four documents a is in two, b in two, both in one: independent, 0. a and c always together: 1."""
    documents = table([["a", "b", "c"], ["a", "c"], ["b"], []])
    assert npmi(documents, ["a", "b"]) == pytest.approx(0.0)
    assert npmi(documents, ["a", "c"]) == pytest.approx(1.0)
    assert npmi(table([["a"], ["d"]]), ["a", "d"]) == -1.0
    assert npmi(documents, ["a", "b", "c"]) == pytest.approx((0 + 1 + 0) / 3)


def test_npmi_of_partly_shared_documents():
    """Oracle: ln(.25 / (.75 · .5)) / −ln .25 = −0.292481, by hand."""
    assert npmi(table([["a", "b"], ["a"], ["a"], ["b"]]), ["a", "b"]) == pytest.approx(-0.2924813)


def test_npmi_of_too_few_terms():
    assert math.isnan(npmi(table([["a"]]), ["a"]))
    assert math.isnan(npmi(table([["a"]]), ["a", "unseen"]))
    assert npmi(table([["a", "b"], ["a", "b"]]), ["a", "b"]) == 0.0


def test_c_v_of_terms_that_always_and_never_meet():
    together = table([["a", "b"], ["a", "b"], ["c"], ["d"]])
    assert c_v(together, ["a", "b"]) == pytest.approx(1.0)
    apart = table([["a"], ["b"], ["a"], ["b"], ["c"]])
    assert c_v(apart, ["a", "b"]) < 0.8
    assert math.isnan(c_v(together, ["a", "unseen"]))


def test_c_v_by_hand():
    """Windows of 2 over `a b c`: {a, b}, {b, c}; p(a) = p(c) = 1/2, p(b) = 1, a and c never meet.

    NPMI: a-a 1, c-c 1, a-b 0 (ln 1), a-c ln(4e-12)/-ln 1e-12 = -.94983. Their vectors with the sum
    (1 - .94983) (1, 1): cosine .05017·√2 / (√(1 + .94983²)·...) = .05017 / √(2·1.90218) = .025722.
    """
    assert c_v(table([["a", "b", "c"]]), ["a", "c"], window=2) == pytest.approx(0.025722, abs=1e-5)


def windows_together(documents, terms, window):
    """Windows that hold each two terms, counted one window after the other."""
    counts, total = np.zeros((len(terms), len(terms))), 0
    for words in documents:
        for start in range(max(1, len(words) - window + 1)):
            there = np.array([term in words[start : start + window] for term in terms], dtype=float)
            counts, total = counts + np.outer(there, there), total + 1
    return counts / total


def test_c_v_counts_windows_as_sliding_them_would():
    random = np.random.default_rng(3)
    documents = [random.choice(list("abcdefgh"), random.integers(0, 40)).tolist() for _ in range(60)]
    terms = ["a", "c", "f"]
    joint = windows_together(documents, terms, 7)
    single = np.diag(joint)
    found = np.log((joint + 1e-12) / np.outer(single, single)) / -np.log(joint + 1e-12)
    whole = found.sum(axis=0)
    cosines = found @ whole / (np.linalg.norm(found, axis=1) * np.linalg.norm(whole))
    assert c_v(table(documents), terms, window=7) == pytest.approx(cosines.mean(), abs=1e-12)


def test_word_similarity():
    assert word_similarity(np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]])) == pytest.approx(
        (0.6 + 0.8 + 0) / 3
    )
    assert math.isnan(word_similarity(np.ones((1, 2))))


def test_diversity():
    assert diversity([["a", "b"], ["b", "c"]]) == 0.75
    assert math.isnan(diversity([]))


def test_topics_that_follow_the_language_show():
    langs = ["en", "zh"] * 60
    follow = language_association(np.array([0, 1] * 60), langs, seed=0)
    ignore = language_association(np.array([0, 0, 1, 1] * 30), langs, seed=0)
    assert follow["nmi"] == pytest.approx(1.0)
    assert follow["p"] < 0.01
    assert ignore["nmi"] == pytest.approx(0.0, abs=1e-9)
    assert ignore["p"] > 0.5


def test_one_language_cannot_be_followed():
    assert language_association(np.array([0, 1]), ["en", "en"], seed=0) is None
    assert language_association(np.array([0, -1]), ["en", "zh"], seed=0) is None


def test_good_topics_score_well_and_make_json():
    articles, vectors, fields = make_corpus(240)
    topics = fit_topics(articles, vectors)
    scores = validate(articles, vectors, topics, labels=[FIELDS[field] for field in fields])
    assert json.loads(json.dumps(scores, allow_nan=False)) == scores
    assert min(scores[name] for name in ("agreement", "agreement_ari", "agreement_f1")) > 0.95
    assert scores["stability"]["resampled"] > 0.9
    assert scores["outliers"] == 0
    assert scores["diversity"] == {"en": 1.0, "ja": 1.0, "zh": 1.0}
    assert scores["coherence"]["npmi"] > 0.2
    assert scores["coherence"]["c_v"] > 0.4
    assert scores["coherence"]["words"] is None
    assert scores["silhouette"] > 0.3
    assert min(scores["stability"]["by_topic"].values()) > 0.9
    assert scores["stability"]["do_not_interpret"] == []
    assert scores["language"]["p"] > 0.05
    assert scores == validate(articles, vectors, topics, labels=[FIELDS[field] for field in fields])


def test_without_topics_there_is_the_note():
    articles, vectors, _ = make_corpus(40)
    scores = validate(articles, vectors, fit_topics(articles, vectors), labels=["a"] * 40)
    assert "40 different articles" in scores["note"]
    assert scores["coherence"] is None
    assert scores["agreement"] is scores["agreement_ari"] is scores["agreement_f1"] is None
