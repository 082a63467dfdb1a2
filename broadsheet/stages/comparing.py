"""Tables beside the trends: how sources differ, what bursts, emerges and drifts, and what events did."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.schema import (
    BURST_COLUMNS,
    DRIFT_COLUMNS,
    EMERGING_COLUMNS,
    EVENT_COLUMNS,
    SOURCE_DIFFERENCE_COLUMNS,
)
from broadsheet.config import Study
from broadsheet.run_files import COMPARISONS
from broadsheet.storage import write_table
from corpus.schema import ARTICLE_ID, DATE, DATE_START, LANG, TEXT

_COLUMNS: Final = {
    "sources": SOURCE_DIFFERENCE_COLUMNS,
    "bursts": BURST_COLUMNS,
    "emerging": EMERGING_COLUMNS,
    "events": EVENT_COLUMNS,
    "drift": DRIFT_COLUMNS,
}
_MOST_WORDS: Final = 50
"""Words of a theme and language in `drift.csv`, the most changed; `analysis.estimate_drift` has all."""
_LEAST_PERIODS: Final = 4
"""A study of fewer periods has nothing recent to set against a before."""


def write_comparisons(study: Study, folder: Path, frame: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Write the tables of `COMPARISONS`; `frame` has the articles that count, with their probabilities.

    A table that can't be made (no date, one source, too few periods) has its columns and no rows.
    """
    from threadpoolctl import threadpool_limits

    tables = {name: pd.DataFrame(columns=list(columns)) for name, columns in _COLUMNS.items()}
    if frame[[DATE, DATE_START]].notna().any(axis=None):
        # Sums in another order would change last digits, and with them the bytes, from machine to machine.
        with threadpool_limits(limits=1):
            tables |= _tables(study, frame, articles)
    for name, table in tables.items():
        write_table(table, folder / COMPARISONS[name])


def _tables(study: Study, frame: pd.DataFrame, articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Make the tables that the study allows."""
    import analysis

    settings = study.trends
    panel = analysis.gather_issues(frame, period=settings.period)
    tables = {"bursts": analysis.find_bursts(panel, seed=study.seed)}
    if len(panel.sources) > 1:
        tables["sources"] = analysis.compare_sources(panel, level=settings.level)
    if len(panel.calendar) >= _LEAST_PERIODS:
        tables["emerging"] = analysis.classify_themes(panel, level=settings.level)
    events = [analysis.Event(event.name, event.date) for event in settings.events]
    tables["events"] = analysis.estimate_events(panel, events, level=settings.level)
    texts = frame.merge(articles[[ARTICLE_ID, LANG, TEXT]], on=ARTICLE_ID, validate="1:1")
    if texts[DATE].notna().any():
        words = analysis.estimate_drift(texts, level=settings.level, seed=study.seed).words
        tables["drift"] = words.groupby(["theme", "lang"], sort=False, dropna=False).head(_MOST_WORDS)
    return tables
