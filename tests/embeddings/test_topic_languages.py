"""Topics that are languages, topics that are not, and parallel texts."""

import numpy as np
import pytest

from embeddings import topics_and_languages

LANGS = ["zh", "en"] * 50


def test_topics_that_are_languages() -> None:
    found = topics_and_languages([0, 1] * 50, LANGS, parallel_ids=np.repeat(range(50), 2).tolist())
    assert found == {"ami": 1.0, "one_language_topics": 1.0, "parallel_same_topic": 0.0}


def test_topics_across_languages() -> None:
    topics = np.repeat([0, 1, 2, 3, 4], 20).tolist()
    found = topics_and_languages(topics, LANGS, parallel_ids=np.repeat(range(50), 2).tolist())
    assert found["ami"] == pytest.approx(0, abs=0.02)
    assert found["one_language_topics"] == 0
    assert found["parallel_same_topic"] == 1


def test_what_cannot_be_measured_is_none() -> None:
    nothing = {"ami": None, "one_language_topics": None, "parallel_same_topic": None}
    assert topics_and_languages([0, 1], ["zh", "zh"]) == nothing
    assert topics_and_languages([-1, -1, 0], ["zh", "en", "en"]) == nothing
    assert topics_and_languages([0, 1, 0], ["zh", "en", None])["parallel_same_topic"] is None
