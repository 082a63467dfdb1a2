"""What the statistics found, table by table: trends, change points, bursts, emerging themes and more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from analysis.schema import ALL_SOURCES, CHANGE_POINT_COLUMNS, TEST_COLUMNS, THEME
from corpus.schema import SOURCE, require_columns
from figures.change_points import SURE
from figures.report.listing import (
    NOTHING,
    TABLE_ROWS,
    Cell,
    Listing,
    Row,
    columns,
    figure_of,
    interval,
    number,
    plain_source,
    points,
    probability,
    share,
    words_of,
)
from figures.report.material import Material

Record = Mapping[Any, Any]
Cells = Sequence[Cell]


def listing(
    material: Material,
    name: str,
    table: pd.DataFrame,
    headings: Sequence[tuple[str, str]],
    cells: Callable[[Record], Cells],
    *,
    file: str | None = None,
) -> Listing:
    """A table of the report from a table of the run: `headings` are names and looks, `cells` tells a row."""
    said = material.words["tables"][name]
    rows = [
        Row(tuple(cells(row)), theme=_text(row.get(THEME)), source=_text(row.get(SOURCE)))
        for row in table.head(TABLE_ROWS).to_dict("records")
    ]
    names, looks = zip(*headings, strict=True)
    return Listing(
        id=name,
        title=said["title"],
        caption=said["caption"].format(level=material.voice.of_level()),
        columns=columns(material.words["columns"], names, looks),
        rows=tuple(rows),
        file=file or f"{name}.csv",
        total=len(table),
        empty=said.get("empty", material.words["page"]["empty_table"]),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def findings(material: Material) -> list[Listing]:
    """Every table of findings that the run folder has, in the order in which they are read."""
    made = [tests(material), change_points(material)]
    makers = {
        "emerging": emerging,
        "bursts": bursts,
        "sources": sources,
        "events": events,
        "decomposition": decomposition,
        "drift": drift,
        "reprints": reprints,
    }
    for name, maker in makers.items():
        table = material.beside(name)
        if table is not None:
            made.append(maker(material, table))
    return made


def tests(material: Material) -> Listing:
    """Change over time, all sources first, the surest first."""
    table = material.run.tables["tests"]
    require_columns(table, TEST_COLUMNS, name="tests")
    table = table.assign(alone=table[SOURCE] != ALL_SOURCES)
    table = table.sort_values(["alone", "q", "p", THEME, SOURCE], kind="stable")
    headings = [("theme", ""), ("source", ""), ("log_odds_a_year", "n"), ("interval", "n"), *_PQ]
    said = material.words["columns"]

    def cells(row: Record) -> Cells:
        season = NOTHING if pd.isna(row["seasonal"]) else said["yes"] if row["seasonal"] else said["no"]
        return [*_names(material, row), *_effect(row, "effect"), *_pq(row), words_of(season)]

    return listing(material, "tests", table, [*headings, ("season", "")], cells)


def change_points(material: Material) -> Listing:
    """Lasting steps, the surest first; a row says whether it counts."""
    table = material.run.tables["change_points"]
    require_columns(table, CHANGE_POINT_COLUMNS, name="change_points")
    table = table.sort_values(["q", "p", THEME, SOURCE], kind="stable")
    said = material.words["columns"]
    headings = [("theme", ""), ("source", ""), ("date", "d"), ("interval", "d"), ("before", "n")]

    def cells(row: Record) -> Cells:
        return [
            *_names(material, row),
            words_of(row["date"]),
            words_of(interval(row["low"], row["high"], str)),
            _share(row["before"]),
            _share(row["after"]),
            figure_of(row["q"], probability(row["q"])),
            words_of(said["yes"] if row["q"] <= SURE else said["no"]),
        ]

    return listing(
        material, "change_points", table, [*headings, ("after", "n"), ("q", "n"), ("counts", "")], cells
    )


def emerging(material: Material, table: pd.DataFrame) -> Listing:
    """Which themes are new, growing, fading, steady, or can't be told."""
    states = material.words["states"]
    order = {state: place for place, state in enumerate(states)}
    table = table.assign(order=table["state"].map(order)).sort_values(["order", "q", THEME], kind="stable")
    headings = [("theme", ""), ("state", ""), ("since", "d"), ("before", "n"), ("recent", "n")]

    def cells(row: Record) -> Cells:
        return [
            words_of(material.voice.theme(row[THEME])),
            words_of(states.get(row["state"], row["state"]), sort=row["order"]),
            words_of(row["since"]),
            _share(row["before"]),
            _share(row["recent"]),
            *_effect(row, "effect"),
            *_pq(row),
        ]

    return listing(
        material, "emerging", table, [*headings, ("log_odds", "n"), ("interval", "n"), *_PQ], cells
    )


def bursts(material: Material, table: pd.DataFrame) -> Listing:
    """Stretches with more articles than expected, the heaviest first."""
    table = table.sort_values(["q", "weight", THEME], ascending=[True, False, True], kind="stable")
    headings = [("theme", ""), ("source", ""), ("start", "d"), ("end", "d"), ("peak", "d"), ("found", "n")]

    def cells(row: Record) -> Cells:
        return [
            *_names(material, row),
            *(words_of(row[name]) for name in ("start", "end", "peak")),
            figure_of(row["n_theme"], number(row["n_theme"], 1)),
            figure_of(row["expected"], number(row["expected"], 1)),
            figure_of(row["weight"], number(row["weight"], 1)),
            *_pq(row),
        ]

    return listing(material, "bursts", table, [*headings, ("expected", "n"), ("weight", "n"), *_PQ], cells)


def sources(material: Material, table: pd.DataFrame) -> Listing:
    """How papers differ, in level and in trend."""
    table = table.sort_values(["q", "p", THEME, SOURCE], kind="stable")
    kinds = material.words["kinds_of_difference"]
    headings = [("theme", ""), ("source", ""), ("what", ""), ("log_odds", "n"), ("interval", "n")]

    def cells(row: Record) -> Cells:
        return [
            *_names(material, row),
            words_of(kinds.get(row["kind"], row["kind"])),
            *_effect(row, "effect"),
            figure_of(row["points"], points(row["points"])),
            *_pq(row),
        ]

    return listing(material, "sources", table, [*headings, ("points", "n"), *_PQ], cells)


def events(material: Material, table: pd.DataFrame) -> Listing:
    """What changed with an event that the study names."""
    kinds = material.words["kinds_of_event"]
    headings = [("event", ""), ("date", "d"), ("theme", ""), ("what", ""), ("log_odds", "n")]
    more = [("interval", "n"), ("expected_share", "n"), ("observed_share", "n"), *_PQ]

    def cells(row: Record) -> Cells:
        return [
            words_of(row["event"]),
            words_of(row["date"]),
            words_of(material.voice.theme(row[THEME])),
            words_of(kinds.get(row["kind"], row["kind"])),
            *_effect(row, "effect"),
            _share(row["expected"]),
            _share(row["observed"]),
            *_pq(row),
        ]

    return listing(material, "events", table, [*headings, *more], cells)


def decomposition(material: Material, table: pd.DataFrame) -> Listing:
    """What of each change came from the papers themselves, and what from their mix; the largest first."""
    table = table.sort_values("change", key=lambda column: -column.abs(), kind="stable")
    headings = [("theme", ""), ("since", "d"), ("until", "d"), ("change", "n"), ("within", "n")]

    def cells(row: Record) -> Cells:
        def part(name: str) -> list[Cell]:
            bounds = interval(row[f"{name}_low"], row[f"{name}_high"], points)
            return [figure_of(row[name], points(row[name])), figure_of(row[f"{name}_low"], bounds)]

        return [
            words_of(material.voice.theme(row[THEME])),
            words_of(row["since"]),
            words_of(row["period_start"]),
            figure_of(row["change"], points(row["change"])),
            *part("within"),
            *part("between"),
        ]

    more = [("interval", "n"), ("between", "n"), ("interval", "n")]
    return listing(material, "decomposition", table, [*headings, *more], cells)


def drift(material: Material, table: pd.DataFrame) -> Listing:
    """Words that a theme uses more or less than before, the surest first."""
    table = table.sort_values(["q", "p", THEME, "word"], kind="stable")
    headings = [("theme", ""), ("language", ""), ("word", ""), ("since", "d"), ("before_words", "n")]
    more = [("after_words", "n"), ("log_odds", "n"), ("interval", "n"), *_PQ]

    def cells(row: Record) -> Cells:
        return [
            words_of(material.voice.theme(row[THEME])),
            words_of(row["lang"]),
            words_of(row["word"], _text(row["lang"])),
            words_of(row["since"]),
            figure_of(row["before"], number(row["before"])),
            figure_of(row["after"], number(row["after"])),
            *_effect(row, "log_odds"),
            *_pq(row),
        ]

    return listing(material, "drift", table, [*headings, *more], cells)


def reprints(material: Material, table: pd.DataFrame) -> Listing:
    """Who reprints whom."""
    table = table.sort_values(["n", "from_source", "to_source"], ascending=[False, True, True])
    headings = [("first_printed", ""), ("reprinted", ""), ("articles", "n"), ("median_lag", "n")]

    def cells(row: Record) -> Cells:
        return [
            material.source_cell(row["from_source"]),
            material.source_cell(row["to_source"]),
            figure_of(row["n"], number(row["n"], 0)),
            figure_of(row["median_lag_days"], number(row["median_lag_days"], 0)),
        ]

    return listing(material, "reprints", table, headings, cells)


_PQ: Final = (("p", "n"), ("q", "n"))


def _names(material: Material, row: Record) -> Cells:
    """Theme and source of a row."""
    return [words_of(material.voice.theme(row[THEME])), material.source_cell(plain_source(row[SOURCE]))]


def _effect(row: Record, name: str) -> Cells:
    """An effect in log-odds and its interval."""
    bounds = interval(row["low"], row["high"], number)
    return [figure_of(row[name], number(row[name])), figure_of(row["low"], bounds)]


def _pq(row: Record) -> Cells:
    return [figure_of(row[name], probability(row[name])) for name in ("p", "q")]


def _share(value: Any) -> Cell:
    return figure_of(value, share(value))
