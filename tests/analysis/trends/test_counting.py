import numpy as np
import pandas as pd
import pytest

from analysis.trends.counting import counted_stories, topics_in
from analysis.trends.estimation import estimate_trends
from corpus.schema import TableError


def frame_of(rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["article_id", "source", "date", "theme", "reprint_of"])


FRAME = frame_of(
    [
        ("1", "a", "2024-01-03", "x", None),
        ("2", "b", "2024-01-04", "x", "1"),
        ("3", "b", "2024-01-09", "x", "gone"),
        ("4", "a", "2024-01-08", "x", "gone"),
        ("5", "a", "2024-02-01", "unmapped", None),
    ]
)


def test_each_story_counts_once() -> None:
    assert counted_stories(FRAME)["article_id"].tolist() == ["1", "4", "5"]


def test_order_of_rows_chooses_nothing() -> None:
    assert counted_stories(FRAME.iloc[::-1])["article_id"].tolist() == ["5", "4", "1"]


def test_trends_of_stories_and_of_articles() -> None:
    articles, stories = (estimate_trends(FRAME, count=count) for count in ("articles", "stories"))
    assert (articles.count, articles.reprints, stories.count, stories.reprints) == (
        "articles",
        0,
        "stories",
        2,
    )
    january = stories.trends.query("source == 'ALL'").iloc[0]
    assert (january["n_articles"], january["n_theme"]) == (2, 2)
    assert articles.trends.query("source == 'ALL'").iloc[0]["n_articles"] == 4


def test_stories_need_to_know_reprints() -> None:
    with pytest.raises(TableError, match="reprint_of"):
        estimate_trends(FRAME.drop(columns="reprint_of"), count="stories")
    with pytest.raises(TableError, match="'1' is a reprint_of itself"):
        counted_stories(FRAME.assign(reprint_of=["1", None, None, None, None]))


@pytest.mark.parametrize(
    "choice, message",
    [
        ({"count": "words"}, "count is 'words'; expected one of articles, stories"),
        ({"by": "word"}, "by is 'word'; expected one of theme, topic"),
        ({"calibrated": "no"}, "calibrated is 'no'; expected one of study, period"),
        ({"topic_runs": ["t"]}, "expected by='topic'"),
    ],
)
def test_unknown_ways_of_counting(choice, message) -> None:
    with pytest.raises(ValueError, match=message):
        estimate_trends(FRAME, **choice)


def topics(seed=0, articles=1200) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    month = rng.integers(0, 12, articles)
    topic = np.where(
        rng.random(articles) < 0.1 + 0.02 * month, 10, np.where(rng.random(articles) < 0.5, 2, -1)
    )
    return pd.DataFrame(
        {
            "article_id": range(articles),
            "source": "a",
            "date": [f"2024-{m + 1:02d}-{m + 11:02d}" for m in month],
            "topic": topic,
            "p_x": 0.5,
        }
    )


def test_topics_are_followed_in_the_order_of_their_numbers() -> None:
    found = estimate_trends(topics(), by="topic")
    for table in (found.trends, found.tests, found.change_points, found.effects, found.decomposition):
        assert table.columns[0] == "topic"
        assert table["topic"].dtype == "int64"
    assert found.trends["topic"].unique().tolist() == [2, 10]
    ten = found.trends.query("topic == 10 and source == 'ALL'")
    assert ten["n_theme"].sum() == (topics()["topic"] == 10).sum()


def test_a_missing_topic_is_named() -> None:
    frame = topics().astype({"topic": "Int64"})
    frame.loc[3, "topic"] = pd.NA
    with pytest.raises(TableError, match="topic of article '3' is missing"):
        estimate_trends(frame, by="topic")


def test_topics_with_names_follow_those_with_numbers() -> None:
    frame = topics()
    frame["topic"] = frame["topic"].map({10: "10", 2: "2", -1: "-1"}).where(frame.index > 5, "harvest")
    assert topics_in(frame) == ["2", "10", "harvest"]
    found = estimate_trends(frame, by="topic")
    assert found.trends["topic"].unique().tolist() == ["2", "10", "harvest"]
    assert found.trends.query("topic == 'harvest' and source == 'ALL'")["n_theme"].sum() == 6
