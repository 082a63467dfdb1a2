"""The trends as the page draws them: shares by theme, source and period, and what is marked on them."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.schema import (
    ALL_SOURCES,
    HIGH,
    LOW,
    N_ARTICLES,
    N_THEME,
    PERIOD_END,
    PERIOD_START,
    SHARE,
    STATUS,
    STATUSES,
    THEME,
)
from corpus.schema import SOURCE
from figures.change_points import SURE
from figures.report.material import Material
from figures.shares import by_size, trends_of
from figures.tables import Tables

MOST_ROWS: Final = 120_000
"""Rows of trends.csv that a page can hold; with more, the smallest sources are left to the file."""
_COLUMNS: Final = {
    "n": N_ARTICLES,
    "k": N_THEME,
    "share": SHARE,
    "low": LOW,
    "high": HIGH,
    "adjusted": "adjusted",
    "adjusted_low": "adjusted_low",
    "adjusted_high": "adjusted_high",
}
_DIGITS: Final = 5


def periods_of(tables: Tables) -> list[tuple[str, str]]:
    """First and last day of each period of the trends, in order."""
    spans = tables["trends"][[PERIOD_START, PERIOD_END]].drop_duplicates().sort_values(PERIOD_START)
    return list(zip(spans[PERIOD_START], spans[PERIOD_END], strict=True))


def shown_sources(tables: Tables) -> tuple[list[str], int]:
    """Sources whose trends the page holds, the largest first, and how many it leaves out."""
    table = trends_of(tables)
    single = table[table[SOURCE] != ALL_SOURCES]
    sources = by_size(single, SOURCE, N_ARTICLES)
    a_source = max(len(table) // (len(sources) + 1), 1)
    most = max(MOST_ROWS // a_source - 1, 1)
    return sources[:most], max(len(sources) - most, 0)


def series(material: Material) -> dict[str, dict[str, dict[str, Any]]]:
    """Theme → source → columns, one value a period; `ALL` for all sources."""
    table = trends_of(material.run.tables)
    sources, _ = shown_sources(material.run.tables)
    starts = [start for start, _ in periods_of(material.run.tables)]
    table = table[table[SOURCE].isin([ALL_SOURCES, *sources])]
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for (theme, source), own in table.groupby([THEME, SOURCE], sort=False):
        rows = own.drop_duplicates(PERIOD_START).set_index(PERIOD_START).reindex(starts)
        found.setdefault(str(theme), {})[str(source)] = _values(rows)
    return found


def _values(rows: pd.DataFrame) -> dict[str, Any]:
    """The columns of one series; a column that is empty throughout is left out."""
    values = {name: _rounded(rows[column]) for name, column in _COLUMNS.items()}
    kept: dict[str, Any] = {
        name: column for name, column in values.items() if any(value is not None for value in column)
    }
    codes = {status: code for code, status in enumerate(STATUSES)}
    kept["status"] = [codes.get(status, codes["none"]) for status in rows[STATUS]]
    return kept


def _rounded(column: pd.Series[float]) -> list[float | None]:
    numbers = np.round(column.to_numpy(dtype=float), _DIGITS)
    return [None if np.isnan(value) else float(value) for value in numbers]


def marks(material: Material) -> dict[str, list[dict[str, Any]]]:
    """Change points that count, sure bursts and the study's events, to be marked on the trends."""
    steps = material.run.tables["change_points"]
    steps = steps[steps["q"] <= SURE]
    bursts, events = material.beside("bursts"), material.beside("events")
    sure = pd.DataFrame() if bursts is None else bursts[bursts["q"] <= SURE]
    named = pd.DataFrame() if events is None else events[["event", "date"]].drop_duplicates()
    return {
        "steps": _records(steps, (THEME, SOURCE, "date", LOW, HIGH)),
        "bursts": _records(sure, (THEME, SOURCE, "start", "end")),
        "events": _records(named, ("event", "date")),
    }


def _records(table: pd.DataFrame, names: tuple[str, ...]) -> list[dict[str, Any]]:
    if table.empty:
        return []
    plain = table[list(names)].astype(object)
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in plain.to_dict("records")
    ]
