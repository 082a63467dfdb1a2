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
from tests.analysis.topics.topic_corpus import FIELDS, make_corpus


def test_npmi_by_hand():
    """Of four documents a is in two, b in two, both in one: independent, 0. a and c always together: 1."""
    documents = [["a", "b", "c"], ["a", "c"], ["b"], []]
    assert npmi(documents, ["a", "b"]) == pytest.approx(0.0)
    assert npmi(documents, ["a", "c"]) == pytest.approx(1.0)
    assert npmi([["a"], ["d"]], ["a", "d"]) == -1.0
    assert npmi(documents, ["a", "b", "c"]) == pytest.approx((0 + 1 + 0) / 3)


def test_npmi_of_partly_shared_documents():
    """Oracle: ln(.25 / (.75 · .5)) / −ln .25 = −0.292481, by hand."""
    assert npmi([["a", "b"], ["a"], ["a"], ["b"]], ["a", "b"]) == pytest.approx(-0.2924813)


def test_npmi_of_too_few_terms():
    assert math.isnan(npmi([["a"]], ["a"]))
    assert math.isnan(npmi([["a"]], ["a", "unseen"]))
    assert npmi([["a", "b"], ["a", "b"]], ["a", "b"]) == 0.0


def test_c_v_of_terms_that_always_and_never_meet():
    together = [["a", "b"], ["a", "b"], ["c"], ["d"]]
    assert c_v(together, ["a", "b"]) == pytest.approx(1.0)
    apart = [["a"], ["b"], ["a"], ["b"], ["c"]]
    assert c_v(apart, ["a", "b"]) < 0.8
    assert math.isnan(c_v(together, ["a", "unseen"]))


def test_c_v_by_hand():
    """Windows of 2 over `a b c`: {a, b}, {b, c}; p(a) = p(c) = 1/2, p(b) = 1, a and c never meet.

    NPMI: a-a 1, c-c 1, a-b 0 (ln 1), a-c ln(4e-12)/-ln 1e-12 = -.94983. Their vectors with the sum
    (1 - .94983) (1, 1): cosine .05017·√2 / (√(1 + .94983²)·...) = .05017 / √(2·1.90218) = .025722.
    """
    assert c_v([["a", "b", "c"]], ["a", "c"], window=2) == pytest.approx(0.025722, abs=1e-5)


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
