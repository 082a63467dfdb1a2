"""What a corpus can't support is said in words."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import ALL_SOURCES
from broadsheet.caveats import language_notes, topic_notes, trend_notes
from broadsheet.config import TrendSettings

MIXED = {"verdict": "languages mix: 50% of an article's 10 nearest neighbours are in its own language"}


def test_one_language_says_nothing():
    told = {"ami": None, "one_language_topics": None, "parallel_same_topic": None}
    assert language_notes({"language_leakage": {"verdict": None}, "topics_and_languages": told}) == []
    assert language_notes({}) == []


def test_topics_that_follow_the_language_are_said_to():
    told = {"ami": 0.3, "one_language_topics": 0.7, "parallel_same_topic": None}
    verdict, topics = language_notes({"language_leakage": MIXED, "topics_and_languages": told})
    assert verdict.startswith("Languages mix: 50%")
    assert topics.startswith("Topics follow the language: 70% of them")


def test_translations_in_one_topic_are_counted():
    told = {"ami": 0.01, "one_language_topics": 0.0, "parallel_same_topic": 0.97}
    notes = language_notes({"language_leakage": MIXED, "topics_and_languages": told})
    assert notes[1:] == ["97% of the pairs of translations are in the same topic."]


def test_topics_of_a_sample_are_said_to_be_of_one():
    (note,) = topic_notes({"fitted_on": {"articles": 20_000, "of": 100_000}})
    assert "a sample of 20,000 of 100,000 articles" in note
    assert topic_notes({"sizes": [3]}) == []


@pytest.mark.parametrize(("months", "said"), [(24, False), (23, True)])
def test_two_whole_years_are_not_called_less(months: int, said: bool) -> None:
    starts = pd.date_range("2021-01-01", periods=months, freq="MS")
    trends = pd.DataFrame(
        {
            "source": ALL_SOURCES,
            "status": "enough",
            "period_start": starts.strftime("%Y-%m-%d"),
            "period_end": (starts + pd.offsets.MonthEnd(0)).strftime("%Y-%m-%d"),
        }
    )
    assert any("less than two years" in note for note in trend_notes(trends, TrendSettings())) == said
