"""From themes to trends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.schema import (
    CHANGE_POINT_COLUMNS,
    DECOMPOSITION_COLUMNS,
    EFFECT_COLUMNS,
    PERIOD_START,
    TEST_COLUMNS,
    THEME,
    TREND_COLUMNS,
)
from broadsheet.config import Study, TrendSettings
from broadsheet.stages.comparing import write_comparisons
from broadsheet.stages.topic_trends import TOPIC_TABLES, write_topic_trends
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import write_table, write_tables
from corpus.schema import (
    ARTICLE_ID,
    DATE,
    DATE_END,
    DATE_START,
    KIND,
    SOURCE,
)

if TYPE_CHECKING:
    from analysis import Themes, Topics


_TREND_TABLES = {
    "trends": TREND_COLUMNS,
    "tests": TEST_COLUMNS,
    "change_points": CHANGE_POINT_COLUMNS,
}
_EXTRA_TABLES = {"effects": EFFECT_COLUMNS, "decomposition": DECOMPOSITION_COLUMNS}
"""Written as CSV of that name: effects in shares a year, and changes within and between sources."""
EXTRA_FILES = (*(f"{name}.csv" for name in _EXTRA_TABLES), *TOPIC_TABLES.values())


def estimate_trends(
    study: Study, folder: Path, articles: pd.DataFrame, themes: Themes, topics: Topics, watch: Stopwatch
) -> pd.DataFrame:
    """Estimate shares by period and source, test their trends, look for change points; give the trends."""
    import analysis

    settings, columns_of = study.trends, _TREND_TABLES | _EXTRA_TABLES
    with watch.stage(f"estimating trends by {settings.period}") as stage:
        counted = counted_articles(articles, settings)
        frame = counted.merge(themes.assignments.drop(columns=[THEME]), on=ARTICLE_ID, validate="1:1")
        if frame[[DATE, DATE_START]].isna().all(axis=None):
            tables = {name: pd.DataFrame(columns=list(columns)) for name, columns in columns_of.items()}
        else:
            found = analysis.estimate_trends(
                frame,
                period=settings.period,
                level=settings.level,
                draws=settings.draws,
                min_articles=settings.min_articles,
                seed=study.seed,
                # A codebook's probabilities are blunter on easy corpora than their errors: correcting would
                # overshoot. Without it changes are pulled to the mean a little, and intervals stay on the
                # safe side.
                calibrated="period",
            )
            tables = {name: getattr(found, name) for name in columns_of}
        write_tables(folder, **{name: tables[name] for name in _TREND_TABLES})
        for name in _EXTRA_TABLES:
            write_table(tables[name], folder / f"{name}.csv")
        write_topic_trends(study, folder, counted, topics)
        write_comparisons(study, folder, frame, articles)
        periods = tables["trends"][PERIOD_START].nunique()
        stage.result = f"{len(frame):,} {settings.count} in {periods} periods"
    return tables["trends"]


def counted_articles(articles: pd.DataFrame, settings: TrendSettings) -> pd.DataFrame:
    """The articles that count in trends, with source and date; each story once where stories are counted.

    A date that is only the likeliest day of an interval is left out, so that the article is spread over all
    the periods it may belong to.
    """
    from analysis.trends.counting import counted_stories

    counted = articles[articles[KIND].isin(settings.kinds)]
    if settings.count == "stories":
        counted = counted_stories(counted)
    exact = counted[DATE_START].isna() | (counted[DATE_START] == counted[DATE_END])
    return counted[[ARTICLE_ID, SOURCE, DATE, DATE_START, DATE_END]].assign(
        **{DATE: counted[DATE].where(exact)}
    )
