"""Topic hierarchy: topics of one group stand together, and a bracket joins exactly its members."""

import pytest

from figures import topic_hierarchy
from figures.errors import FigureNotDrawn
from figures.words import Voice
from tests.figures.artists import named, starting


def test_topics_of_a_group_stand_together(tables) -> None:
    data = topic_hierarchy.data(tables)
    for level in ("level_1", "level_2"):
        groups = list(data[level])
        assert len(set(groups)) == sum(a != b for a, b in zip(groups, [None, *groups], strict=False))


def test_a_bracket_joins_the_members_of_a_group(tables) -> None:
    data = topic_hierarchy.data(tables)
    figure = topic_hierarchy.draw(data)
    first = data.groupby("level_1", sort=False).indices
    for group, rows in first.items():
        spans = [tuple(line.get_ydata()) for line in named(figure, f"join:{group}")]
        if len(rows) > 1:
            assert (min(rows), max(rows)) in spans
    joins = [line for line in starting(figure, "join:") if len(set(line.get_ydata())) > 1]
    inner = sum(len(rows) > 1 for rows in first.values())
    second = data.drop_duplicates("level_1").groupby("level_2").size()
    assert len(joins) == inner + int((second > 1).sum()) + 1


def test_every_topic_is_named_with_its_size(tables) -> None:
    data = topic_hierarchy.data(tables)
    said = [text.get_text() for text in named(topic_hierarchy.draw(data), "topic")]
    for text, (topic, n) in zip(said, data[["topic", "n_articles"]].to_numpy(), strict=True):
        assert text.startswith(f"{topic}  ")
        assert text.endswith(f"({n})")


def test_too_few_topics(tables) -> None:
    with pytest.raises(FigureNotDrawn, match="no broader topics"):
        topic_hierarchy.data({**tables, "levels": tables["levels"][["topic"]]})


def test_caption_counts_topics_and_articles(tables) -> None:
    said = topic_hierarchy.caption(topic_hierarchy.data(tables), tables, Voice("en", {}, None))
    assert "the 9 topics of 800 articles" in said
