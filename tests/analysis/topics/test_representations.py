"""Terms by nearness and difference."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.topics.representations import central_terms, represented

WORDS = ["court", "judge", "wheat"]
ROWS = np.array([[1.0, 0.0], [0.96, 0.28], [0.6, 0.8]])


def test_nearness_alone_ranks_by_cosine():
    assert central_terms(WORDS, ROWS, centre=np.array([1.0, 0.0]), diversity=0) == ["court", "judge", "wheat"]


def test_a_term_that_repeats_another_comes_later():
    """By hand: after court, judge scores .5·.96 - .5·.96 = 0 and wheat .5·.6 - .5·.6 = 0: the earlier wins.

    With d = .7 judge has .3·.96 - .7·.96 = -.384 and wheat .3·.6 - .7·.6 = -.24.
    """
    east = np.array([1.0, 0.0])
    assert central_terms(WORDS, ROWS, centre=east, diversity=0.5) == ["court", "judge", "wheat"]
    assert central_terms(WORDS, ROWS, centre=east, diversity=0.7) == ["court", "wheat", "judge"]
    assert central_terms(WORDS, ROWS, centre=east, diversity=0.7, n_terms=2) == ["court", "wheat"]


def test_the_studys_encoder_sets_a_stray_word_last():
    import embeddings

    words = ["医院", "医生", "患者", "小麦"]
    vectors = embeddings.load_encoder().encode(words)
    assert central_terms(words, vectors, diversity=0)[-1] == "小麦"


def test_bad_arguments():
    assert central_terms([], np.empty((0, 2))) == []
    with pytest.raises(ValueError, match="3 words but 2 vectors"):
        central_terms(WORDS, ROWS[:2])
    with pytest.raises(ValueError, match="diversity 2 must be between 0"):
        central_terms(WORDS, ROWS, diversity=2)


CANDIDATES = {0: {"zh": ["小麦", "医院", "医生", "患者"], "en": ["wheat", "hospital", "doctor"]}}


def test_keybert_ranks_by_nearness_to_the_typical_articles_of_the_language():
    import embeddings

    texts = ["医生在医院给患者看病。", "The doctor saw patients in the hospital ward.", "小麦丰收了。"]
    found = represented(
        CANDIDATES,
        texts,
        ["zh", "en", "zh"],
        {0: [0, 1]},
        representation="keybert",
        encoder=embeddings.load_encoder(),
    )
    assert found[0]["zh"][-1] == "小麦"
    assert found[0]["en"][-1] == "wheat"
    assert sorted(found[0]["zh"]) == sorted(CANDIDATES[0]["zh"])


def test_mmr_takes_terms_that_differ():
    import embeddings

    found = represented(
        {0: {"en": ["doctor", "doctors", "physician", "hospital"]}},
        [],
        [],
        {},
        representation="mmr",
        encoder=embeddings.load_encoder(),
        n_terms=2,
    )
    assert len(found[0]["en"]) == 2
    assert found[0]["en"][1] == "hospital"
