"""From themes to trends."""

from __future__ import annotations

from pathlib import Path

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
from broadsheet.plan import needs_of
from broadsheet.run_files import EXTRA_TRENDS, OUTPUTS, TOPIC_TRENDS, TRENDS
from broadsheet.stage_store import KEPT, StageStore
from broadsheet.stages.comparing import write_comparisons
from broadsheet.stages.topic_trends import write_topic_trends
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import write_table, write_tables
from corpus.engine import Engine
from corpus.schema import (
    ARTICLE_ID,
    DATE,
    DATE_END,
    DATE_START,
    KIND,
    SOURCE,
)
from figures.tables import FILES, read_table

_TREND_TABLES = {
    "trends": TREND_COLUMNS,
    "tests": TEST_COLUMNS,
    "change_points": CHANGE_POINT_COLUMNS,
}
_EXTRA_TABLES = {"effects": EFFECT_COLUMNS, "decomposition": DECOMPOSITION_COLUMNS}


def estimate_trends(
    study: Study,
    store: StageStore,
    articles: pd.DataFrame,
    themes: pd.DataFrame,
    topics: pd.DataFrame,
    engine: Engine,
    watch: Stopwatch,
) -> pd.DataFrame:
    """Estimate shares by period and source, test their trends, look for change points; give the trends."""
    with watch.stage(f"estimating trends by {study.trends.period}") as stage:
        stage.result = KEPT
        needs = needs_of(TRENDS, study, store)
        if store.changes(TRENDS, needs):
            with store.making(TRENDS, needs, OUTPUTS[TRENDS]):
                stage.result = _write_trends(study, store.folder, articles, themes, engine)
        needs = needs_of(TOPIC_TRENDS, study, store)
        if store.changes(TOPIC_TRENDS, needs):
            with store.making(TOPIC_TRENDS, needs, OUTPUTS[TOPIC_TRENDS]):
                counted = counted_articles(articles, study.trends)
                write_topic_trends(study, store.folder, counted, topics, engine)
    return read_table(store.folder / FILES["trends"])


def _write_trends(
    study: Study, folder: Path, articles: pd.DataFrame, themes: pd.DataFrame, engine: Engine
) -> str:
    """Estimate and write the tables of trends and those beside them; say how much went in."""
    settings = study.trends
    counted = counted_articles(articles, settings)
    frame = counted.merge(themes.drop(columns=[THEME]), on=ARTICLE_ID, validate="1:1")
    tables = _trend_tables(study, frame, engine)
    write_tables(folder, **{name: tables[name] for name in _TREND_TABLES})
    for name, file in EXTRA_TRENDS.items():
        write_table(tables[name], folder / file)
    write_comparisons(study, folder, frame, articles)
    periods = tables["trends"][PERIOD_START].nunique()
    return f"{len(frame):,} {settings.count} in {periods} periods"


def _trend_tables(study: Study, frame: pd.DataFrame, engine: Engine) -> dict[str, pd.DataFrame]:
    """The tables of trends; with their columns and no rows where no article has a date."""
    import analysis

    columns_of, settings = _TREND_TABLES | _EXTRA_TABLES, study.trends
    if frame[[DATE, DATE_START]].isna().all(axis=None):
        return {name: pd.DataFrame(columns=list(columns)) for name, columns in columns_of.items()}
    found = analysis.estimate_trends(
        frame,
        period=settings.period,
        level=settings.level,
        draws=settings.draws,
        min_articles=settings.min_articles,
        seed=study.seed,
        # A codebook's probabilities are blunter on easy corpora than their errors: correcting would
        # overshoot. Without it changes are pulled to the mean a little, and intervals stay on the safe side.
        calibrated="period",
        engine=engine,
    )
    return {name: getattr(found, name) for name in columns_of}


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
