"""Topic sizes: bars as long as the table says, words in every language."""

import pandas as pd
import pytest

from figures import topic_sizes
from figures.errors import FigureNotDrawn
from figures.words import Voice
from tests.figures.conftest import make_tables


def test_bars_are_the_numbers_of_the_table(tables) -> None:
    data = topic_sizes.data(tables)
    (ax,) = topic_sizes.draw(data).axes
    assert [bar.get_width() for bar in ax.patches] == list(data["n_articles"])
    assert data["n_articles"].is_monotonic_decreasing
    assert [label.get_text() for label in ax.get_yticklabels()] == [str(topic) for topic in data["topic"]]
    assert ax.get_xlim()[0] == 0


@pytest.mark.parametrize("lang, first", [("en", "integrity"), ("zh", "清廉")])
def test_the_readers_language_comes_first(tables, lang: str, first: str) -> None:
    (ax,) = topic_sizes.draw(topic_sizes.data(tables), lang=lang).axes
    words = [text.get_text() for text in ax.texts if text.get_gid() == "words"]
    assert all(text.startswith(first) for text in words)
    assert all(part in words[0] for part in ("清廉", "integrity", "коррупция"))


def test_words_stay_inside_the_panel(tables) -> None:
    topics = tables["topics"].assign(terms='{"en": ["' + '", "'.join(["incomprehensibilities"] * 9) + '"]}')
    figure = topic_sizes.draw(topic_sizes.data({**tables, "topics": topics}))
    figure.draw_without_rendering()
    (ax,) = figure.axes
    for text in ax.texts:
        assert text.get_window_extent().x1 <= figure.bbox.x1


def test_smaller_topics_are_counted() -> None:
    tables = make_tables(topics=45, n=2000, months=2, themes=("health",), sources=("A", "B"))
    topics = pd.concat([tables["topics"], tables["topics"].head(1).assign(topic=-1, n_articles=7)])
    tables = {**tables, "topics": topics}
    data = topic_sizes.data(tables)
    assert len(data) == topic_sizes.MOST_TOPICS
    said = topic_sizes.caption(data, tables, Voice())
    assert "25 smaller ones" in said
    assert "Outside every topic: 7 articles." in said


def test_a_topic_without_terms_has_its_label(tables) -> None:
    (ax,) = topic_sizes.draw(topic_sizes.data({**tables, "topics": tables["topics"].assign(terms=None)})).axes
    assert next(text for text in ax.texts if text.get_gid() == "words").get_text().startswith("清廉 ")


def test_no_topics(tables) -> None:
    with pytest.raises(FigureNotDrawn, match="found no topics"):
        topic_sizes.data({**tables, "topics": tables["topics"].head(0)})


@pytest.mark.parametrize("terms", ["not json", "[1, 2]"])
def test_unreadable_terms(terms: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        topic_sizes.terms_of(terms)
