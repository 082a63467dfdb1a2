"""Themes at a glance: how large each is, which way it goes, and the words that carry it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.schema import (
    ALL_SOURCES,
    N_ARTICLES,
    SHARE,
    TEST_COLUMNS,
    THEME,
    THEME_COLUMNS,
)
from corpus.schema import SOURCE, require_columns
from figures.report.listing import (
    Cell,
    Listing,
    Row,
    columns,
    figure_of,
    interval,
    points,
    probability,
    share,
    terms,
    words_of,
)
from figures.report.material import Material

_LOOKS = ("", "n", "n", "n", "n", "n", "")
_NAMES = ("theme", "articles", "share", "points_a_year", "interval", "q", "state")


def glance(material: Material) -> Listing:
    """Themes, the largest first, with their trend in all sources."""
    table = material.run.tables["themes"]
    require_columns(table, THEME_COLUMNS, name="themes")
    table = table.sort_values([N_ARTICLES, THEME], ascending=[False, True])
    effects, states, tests = _effects(material), _states(material), _tests(material)
    said = material.words["tables"]["glance"]
    rows = [
        Row(
            (
                words_of(material.voice.theme(row[THEME])),
                figure_of(row[N_ARTICLES], f"{row[N_ARTICLES]:,.0f}"),
                figure_of(row[SHARE], share(row[SHARE])),
                *_trend(effects.get(row[THEME])),
                figure_of(tests.get(row[THEME]), probability(tests.get(row[THEME]))),
                words_of(states.get(row[THEME])),
            ),
            theme=row[THEME],
        )
        for row in table.to_dict("records")
    ]
    heads = columns(material.words["columns"], _NAMES, _LOOKS)
    return _listing("glance", said, heads, rows, "themes.csv")


def theme_terms(material: Material) -> Listing:
    """The words that carry each theme, by language."""
    table = material.run.tables["themes"].sort_values([N_ARTICLES, THEME], ascending=[False, True])
    rows = [
        Row((words_of(material.voice.theme(row[THEME])), Cell(terms(row["terms"]))), theme=row[THEME])
        for row in table.to_dict("records")
    ]
    heads = columns(material.words["columns"], ("theme", "terms"), ("", "terms"))
    return _listing("theme_terms", material.words["tables"]["theme_terms"], heads, rows, "themes.csv")


def _listing(name: str, said: Mapping[str, str], heads: Any, rows: list[Row], file: str) -> Listing:
    return Listing(
        name, said["title"], said["caption"], heads, tuple(rows), file, len(rows), said.get("empty", "")
    )


def _effects(material: Material) -> dict[str, Mapping[Any, Any]]:
    """Theme → its change of share a year in all sources."""
    table = material.beside("effects")
    return {} if table is None else _together(table)


def _states(material: Material) -> dict[str, str]:
    """Theme → what emerging.csv calls it, in the page's language."""
    table = material.beside("emerging")
    if table is None:
        return {}
    states = material.words["states"]
    return {
        theme: states.get(state, state) for theme, state in zip(table[THEME], table["state"], strict=True)
    }


def _tests(material: Material) -> dict[str, float]:
    table = material.run.tables["tests"]
    require_columns(table, TEST_COLUMNS, name="tests")
    return {theme: row["q"] for theme, row in _together(table).items()}


def _together(table: pd.DataFrame) -> dict[str, Mapping[Any, Any]]:
    rows = table[table[SOURCE] == ALL_SOURCES].to_dict("records")
    return {row[THEME]: row for row in rows}


def _trend(effect: Mapping[Any, Any] | None) -> tuple[Cell, Cell]:
    """The change a year in percentage points, and its interval."""
    row = effect or {"effect": None, "low": None, "high": None}
    bounds = interval(row["low"], row["high"], points)
    return figure_of(row["effect"], points(row["effect"])), figure_of(row["low"], bounds)
