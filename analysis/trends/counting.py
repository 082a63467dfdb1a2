"""What a trend counts: articles or stories, on themes or on topics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import pandas as pd

from analysis.schema import OUTLIER, P_PREFIX, THEME, TOPIC, UNMAPPED
from analysis.trends.misclassification import Calibrated
from corpus.schema import ARTICLE_ID, DATE, DATE_START, REPRINT_OF, TableError, require_columns

Count = Literal["articles", "stories"]
By = Literal["theme", "topic"]


def check_counting(count: str, by: str, calibrated: str, topic_runs: Sequence[str]) -> None:
    """Raise `ValueError` for a way of counting that isn't there."""
    choices = (("count", count, Count), ("by", by, By), ("calibrated", calibrated, Calibrated))
    for name, value, known in choices:
        if value not in get_args(known):
            raise ValueError(f"{name} is {value!r}; expected one of {', '.join(get_args(known))}")
    if topic_runs and by != "topic":
        raise ValueError(f"topic_runs {tuple(topic_runs)} are given, but by is {by!r}; expected by='topic'")


def counted_stories(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the articles with each story once.

    Parameters
    ----------
    frame
        With `article_id`, `date` or `date_start`, and `reprint_of`, the id of the first printing (missing:
        not a reprint). Where the first printing isn't in the table the earliest reprint stands for the story.

    Raises
    ------
    corpus.schema.TableError
        If `reprint_of` is missing, or an article is a reprint of itself.
    """
    require_columns(frame, (ARTICLE_ID, REPRINT_OF), name="the table of articles (which counts stories)")
    ids, first = frame[ARTICLE_ID].astype(str), frame[REPRINT_OF]
    again = first.notna()
    itself = again & (first.astype(str) == ids)
    if itself.any():
        raise TableError(
            f"article {ids[itself].iloc[0]!r} is a {REPRINT_OF} itself; leave it empty in a first printing"
        )
    story = first.astype(str).where(again, ids)
    days = [frame[name].astype("str") for name in (DATE, DATE_START) if name in frame.columns]
    day = days[0].where(days[0].notna(), days[-1]) if days else pd.Series("", index=frame.index)
    table = pd.DataFrame({"story": story, "again": again, "day": day, "id": ids}).reset_index(drop=True)
    kept = table.sort_values(["again", "day", "id"], kind="stable").drop_duplicates("story")
    return frame.iloc[kept.index.sort_values()]


def as_themes(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the articles with their topics in the place of themes; outliers are on none.

    Raises
    ------
    corpus.schema.TableError
        If `topic` is missing, in the table or for an article.
    """
    require_columns(frame, (TOPIC,), name="the table of articles (which is followed by topic)")
    topics = frame[TOPIC]
    if topics.isna().any():
        article = str(frame.loc[topics.isna(), ARTICLE_ID].iloc[0])
        raise TableError(f"{TOPIC} of article {article!r} is missing; expected a topic, {OUTLIER} for none")
    probabilities = [name for name in frame.columns if str(name).startswith(P_PREFIX)]
    names = topics.astype(str).where(topics.astype(str) != str(OUTLIER), UNMAPPED)
    return frame.drop(columns=probabilities).assign(**{THEME: names})


def topics_in(frame: pd.DataFrame) -> list[str]:
    """Return the topics of a table, in the order of their numbers."""
    found = {str(topic) for topic in frame[TOPIC].dropna().unique()} - {str(OUTLIER)}
    return sorted(found, key=lambda name: (not name.isdigit(), int(name) if name.isdigit() else 0, name))


def by_topic(table: pd.DataFrame, topics: Sequence[str]) -> pd.DataFrame:
    """Return a result table that names topics, as numbers where all are."""
    table = table.rename(columns={THEME: TOPIC})
    return table.astype({TOPIC: "int64"}) if all(name.isdigit() for name in topics) else table
