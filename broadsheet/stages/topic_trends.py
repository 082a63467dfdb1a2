"""From topics to trends: the tables of themes' trends, made for the topics that the model found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.schema import OUTLIER, TEST_COLUMNS, THEME, TOPIC, TREND_COLUMNS
from broadsheet.config import Study
from broadsheet.storage import write_table
from corpus.schema import ARTICLE_ID, DATE, DATE_START

if TYPE_CHECKING:
    from analysis import Topics

RUNS: Final = 4
"""Fits with other seeds, beside the study's own, that say what the choice of a seed adds to intervals."""
_COLUMNS: Final = {"topic_trends": TREND_COLUMNS, "topic_tests": TEST_COLUMNS}
TOPIC_TABLES: Final = {name: f"{name}.csv" for name in _COLUMNS}
"""Table → its file in the run folder."""


def write_topic_trends(study: Study, folder: Path, counted: pd.DataFrame, topics: Topics) -> None:
    """Write the share of each topic by period and source, and its tests.

    `counted` has the articles that count, with source and date. Shares, intervals and tests are means over
    the study's topics and `RUNS` fits with other seeds (`analysis.trends.topic_runs`); for umap-hdbscan,
    where such a fit takes as long as the first, they are those of the study's own topics. Without topics or
    dates the tables have their columns and no row.
    """
    import analysis

    tables = {
        name: pd.DataFrame(columns=[TOPIC if column == THEME else column for column in columns])
        for name, columns in _COLUMNS.items()
    }
    dated = counted[[DATE, DATE_START]].notna().any(axis=None)
    runs = topics.under_other_seeds(RUNS)
    told = pd.concat([topics.assignments[[ARTICLE_ID, TOPIC]], runs], axis=1)
    frame = counted.merge(told, on=ARTICLE_ID, how="left", validate="1:1")
    columns = [TOPIC, *runs.columns]
    frame[columns] = frame[columns].fillna(OUTLIER).astype("int64")
    if dated and (frame[TOPIC] != OUTLIER).any():
        settings = study.trends
        found = analysis.estimate_trends(
            frame,
            by="topic",
            topic_runs=list(runs.columns),
            period=settings.period,
            level=settings.level,
            draws=settings.draws,
            min_articles=settings.min_articles,
            seed=study.seed,
        )
        tables = {"topic_trends": found.trends, "topic_tests": found.tests}
    for name, file in TOPIC_TABLES.items():
        write_table(tables[name], folder / file)
