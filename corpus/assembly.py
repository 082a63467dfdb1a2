"""Article rows to the article table: ids made unique, order fixed, types settled."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, time
from typing import Final

import pandas as pd

from corpus.intake.row_readers import Row
from corpus.ledger import Ledger, Ranges, dump_lines
from corpus.schema import ARTICLE_COLUMNS, ARTICLE_ID, FILE, LINES, QUALITY, SOURCE_CONFIDENCE, TEXT

_FLOATS: Final = (QUALITY, SOURCE_CONFIDENCE)


def assemble(rows: Iterable[Row], ledger: Ledger) -> pd.DataFrame:
    """Build the article table from rows: sorted by file and first line, one row an `article_id`.

    A row whose id another row has goes to the ledger. Strings are pandas' `str`, with NaN for missing;
    `lines` is a JSON string.
    """
    ordered = sorted(rows, key=_place)
    kept = _without_doubles(ordered, ledger)
    names = [*ARTICLE_COLUMNS, *sorted({name for row in kept for name in row} - set(ARTICLE_COLUMNS))]
    columns = {}
    for name in names:
        values = [row.get(name) for row in kept]
        if name == LINES:
            columns[name] = pd.Series([dump_lines(_ranges(value)) for value in values], dtype="str")
        elif name in ARTICLE_COLUMNS:
            columns[name] = pd.Series(values, dtype="float64" if name in _FLOATS else "str")
        else:
            columns[name] = _carried(values)
    return pd.DataFrame(columns, columns=names)


def _place(row: Row) -> tuple[str, Ranges, str]:
    return str(row[FILE]), _ranges(row[LINES]), str(row[ARTICLE_ID])


def _ranges(value: object) -> Ranges:
    if not isinstance(value, tuple):
        raise TypeError(f"lines must be a tuple of ranges, not {value!r}")
    return value


def _without_doubles(rows: list[Row], ledger: Ledger) -> list[Row]:
    first: dict[str, Row] = {}
    for row in rows:
        name = str(row[ARTICLE_ID])
        earlier = first.setdefault(name, row)
        if earlier is row:
            continue
        place = f"{earlier[FILE]}:{_ranges(earlier[LINES])[0][0]}"
        whole = {k: v for k, v in row.items() if k not in (FILE, LINES)} == {
            k: v for k, v in earlier.items() if k not in (FILE, LINES)
        }
        what = "the same row stands" if whole else "another article has it"
        ledger.add(
            str(row[FILE]), _ranges(row[LINES]), f"duplicate id {name!r}: {what} at {place}", str(row[TEXT])
        )
    return list(first.values())


def _carried(values: list[object]) -> pd.Series[object]:
    """A column that we don't know: numbers, booleans and times as they are, anything else as strings."""
    series = pd.Series([_plain(value) for value in values])
    if series.dtype == object:
        return pd.Series([value if value is None else str(value) for value in series], dtype="str")
    return series


def _plain(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, date | time):
        return value.isoformat()
    return value
