"""Rows of a JSONL or CSV file, with where each stood; unreadable rows go to the ledger."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import pandas as pd

from corpus.errors import CorpusError
from corpus.intake.files import InputFile
from corpus.ledger import Ledger
from corpus.schema import KEPT
from corpus.spreadsheets import unguard

Row = dict[str, object]
"""One row as read: the file's own column names, missing values left out."""

_LARGEST_FIELD: Final = 10_000_000
_SEPARATORS: Final = ",;\t|"
MOST_COLUMNS: Final = 10_000
"""Columns of the widest table that is read."""


def read_jsonl(text: str, file: InputFile, ledger: Ledger) -> Iterator[tuple[int, Row]]:
    """Read one JSON object a line; the number is the line's."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            ledger.add(file.name, ((number, number),), f"not valid JSON: {_json_problem(error)}", line)
            continue
        if not isinstance(value, dict):
            ledger.add(file.name, ((number, number),), "a JSON value, but not an object with columns", line)
            continue
        value, lone = _without_lone_surrogates(line, value)
        if lone:
            ledger.add(file.name, ((number, number),), f"{KEPT}halves of characters became U+FFFD", line)
        yield number, {key: item for key, item in value.items() if not is_missing(item)}


def read_csv(text: str, file: InputFile, ledger: Ledger) -> Iterator[tuple[int, Row]]:
    """Read a CSV or TSV with a header; the number is the row's, counted from 1 after the header.

    An apostrophe that keeps a cell from being taken for a formula (`corpus.spreadsheets`) is taken off.

    Raises
    ------
    CorpusError
        If the quoting is broken (everything after it would be in doubt), or the header is.
    """
    csv.field_size_limit(_LARGEST_FIELD)
    separator = "\t" if file.suffix == ".tsv" else _guess_separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header = _next_fields(reader, file)
    if header is None:
        return
    header = [unguard(name.strip()) for name in header]
    check_width(header, file)
    doubled = sorted(name for name, count in Counter(header).items() if count > 1)
    if doubled:
        raise CorpusError(
            f"{file.place}:1: the header names {', '.join(map(repr, doubled))} twice; rename one of them"
        )
    number = 0
    while (fields := _next_fields(reader, file)) is not None:
        if not fields:
            continue
        number += 1
        if len(fields) != len(header):
            reason = f"row has {len(fields)} fields, the header {len(header)}"
            ledger.add(file.name, ((number, number),), reason, separator.join(fields))
            continue
        cells = zip(header, fields, strict=True)
        yield number, {name: unguard(value) for name, value in cells if value.strip()}


def check_width(names: Collection[str], file: InputFile) -> None:
    """Raise if a table has more columns than are read.

    Raises
    ------
    CorpusError
        It has more than `MOST_COLUMNS`.
    """
    if len(names) > MOST_COLUMNS:
        raise CorpusError(
            f"{file.place}: a table of {len(names):,} columns, more than the limit of {MOST_COLUMNS:,}; keep "
            "those that say something of the articles"
        )


def columns_of(rows: list[tuple[int, Row]]) -> list[str]:
    """All column names of `rows`, in order of first appearance."""
    return list(dict.fromkeys(name for _, row in rows for name in row))


def rename(row: Row, columns: Mapping[str, str]) -> Row:
    """Rename a row's columns from their names to ours; a column of theirs that bears our name steps aside."""
    if not columns:
        return row
    ours = {theirs: name for name, theirs in columns.items()}
    return {
        ours.get(name, f"input_{name}" if name in columns else name): value for name, value in row.items()
    }


def _next_fields(reader: Iterator[list[str]], file: InputFile) -> list[str] | None:
    line = reader.line_num + 1  # type: ignore[attr-defined]
    try:
        return next(reader, None)
    except csv.Error as error:
        raise CorpusError(
            f"{file.place}:{line}: broken quoting in the row that starts here ({error}); "
            'write each field that holds quotes, separators or line ends in "…", with quotes inside doubled'
        ) from error


def _guess_separator(text: str) -> str:
    """The separator that the header line has most of."""
    head = text[: text.find("\n")] if "\n" in text else text
    return max(_SEPARATORS, key=lambda separator: (head.count(separator), separator == ","))


def is_missing(value: object) -> bool:
    """None, NaN, NaT and strings of white space count as missing."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    return not isinstance(value, str | list | dict | bytes) and bool(pd.isna(value))


def _json_problem(error: json.JSONDecodeError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (column {error.colno})"
    return "nested too deeply"


def _without_lone_surrogates(line: str, value: dict[str, object]) -> tuple[dict[str, object], bool]:
    """Replace halves of characters, which JSON can escape and no file can hold; tell if any were."""
    if "\\ud" not in line.lower():
        return value, False
    text = json.dumps(value, ensure_ascii=False)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return (json.loads(whole), True) if whole != text else (value, False)
