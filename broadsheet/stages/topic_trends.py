"""From topics to trends: the tables of themes' trends, made for the topics that the model found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.schema import OUTLIER, TEST_COLUMNS, THEME, TOPIC, TREND_COLUMNS
from broadsheet.config import Study
from broadsheet.run_files import TOPIC_TABLES
from broadsheet.storage import write_table
from corpus.engine import THIS_PROCESS, Engine
from corpus.schema import ARTICLE_ID, DATE, DATE_START

if TYPE_CHECKING:
    from analysis import Topics

RUNS: Final = 4
"""Fits with other seeds, beside the study's own, that say what the choice of a seed adds to intervals."""
_COLUMNS: Final = {"topic_trends": TREND_COLUMNS, "topic_tests": TEST_COLUMNS}


def with_other_seeds(topics: Topics) -> pd.DataFrame:
    """Each article's topic and those of `RUNS` further fits.

    For umap-hdbscan, where such a fit takes as long as the first, the study's own topics are all there are.
    """
    runs = topics.under_other_seeds(RUNS)
    return pd.concat([topics.assignments[[ARTICLE_ID, TOPIC]], runs], axis=1)


def write_topic_trends(
    study: Study, folder: Path, counted: pd.DataFrame, topics: pd.DataFrame, engine: Engine = THIS_PROCESS
) -> None:
    """Write the share of each topic by period and source, and its tests.

    `counted` has the articles that count, with source and date; `topics` each article's topic, and beside it
    those of fits with other seeds. Shares, intervals and tests are means over all of these
    (`analysis.trends.topic_runs`). Without topics or dates the tables have their columns and no row.
    """
    import analysis

    tables = {
        name: pd.DataFrame(columns=[TOPIC if column == THEME else column for column in columns])
        for name, columns in _COLUMNS.items()
    }
    dated = counted[[DATE, DATE_START]].notna().any(axis=None)
    frame = counted.merge(topics, on=ARTICLE_ID, how="left", validate="1:1")
    columns = [column for column in topics.columns if column != ARTICLE_ID]
    frame[columns] = frame[columns].fillna(OUTLIER).astype("int64")
    if dated and (frame[TOPIC] != OUTLIER).any():
        settings = study.trends
        found = analysis.estimate_trends(
            frame,
            by="topic",
            topic_runs=columns[1:],
            period=settings.period,
            level=settings.level,
            draws=settings.draws,
            min_articles=settings.min_articles,
            seed=study.seed,
            engine=engine,
        )
        tables = {"topic_trends": found.trends, "topic_tests": found.tests}
    for name, file in TOPIC_TABLES.items():
        write_table(tables[name], folder / file)
