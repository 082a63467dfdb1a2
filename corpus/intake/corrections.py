"""What a study knows better than what was read: a table of corrections, applied to the article table.

A row names an article by `article_id`, or by `file` and `line` (the first of the lines on which it stands;
without a line, all articles of the file). Its other columns are what is known: `source`, `date`, `title`,
`byline`, `place`, `lang`, `kind`. An empty cell changes nothing; `-` says that nothing is known. A column
`note` is for people, and isn't read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from corpus.dating.given import month_comes_first, parse_date
from corpus.errors import CorpusError, MissingInputError
from corpus.intake.encoding import UndecodableError, decode
from corpus.intake.files import InputFile
from corpus.intake.row_readers import Row, columns_of, read_csv, read_jsonl
from corpus.ledger import Ledger
from corpus.schema import (
    ARTICLE_ID,
    BYLINE,
    DATE,
    DATE_BASIS,
    DATE_END,
    DATE_EVIDENCE,
    DATE_START,
    FILE,
    KIND,
    KINDS,
    LANG,
    LINES,
    PLACE,
    SOURCE,
    SOURCE_CONFIDENCE,
    SOURCE_EVIDENCE,
    TITLE,
)

LINE: Final = "line"
CORRECTED: Final = (SOURCE, DATE, TITLE, BYLINE, PLACE, LANG, KIND)
"""Columns that a table of corrections may set."""
UNKNOWN: Final = "-"
_KEYS: Final = (ARTICLE_ID, FILE, LINE)
_NOTE: Final = "note"
_JSONL: Final = (".jsonl", ".ndjson")
_SUFFIXES: Final = (".csv", ".tsv", *_JSONL)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Corrections:
    """A table of corrections as read: for each row its number, the article it names and what it sets."""

    path: Path
    rows: tuple[tuple[int, Row], ...]

    def apply(self, articles: pd.DataFrame, *, partly: bool = False) -> pd.DataFrame:
        """Give the article table with the corrections made; what was not corrected stays as it is.

        `partly` leaves out rows that name no article: other parts of the corpus may have theirs.

        Raises
        ------
        CorpusError
            If a row names no article that is there, or two rows set one article's column to different values.
        """
        changed: dict[str, dict[int, object]] = {}
        by_id = {str(name): place for place, name in enumerate(articles[ARTICLE_ID])}
        by_line = _by_file_and_line(articles)
        for number, row in self.rows:
            for place in self._places(number, row, by_id, by_line, partly):
                for column, value in self._values(row).items():
                    earlier = changed.setdefault(column, {}).setdefault(place, value)
                    if earlier != value:
                        raise CorpusError(
                            f"{self._at(number)}: sets {column} of article "
                            f"{articles[ARTICLE_ID].iloc[place]!r} to {value!r}, but a row before it to "
                            f"{earlier!r}; keep one of them"
                        )
        return articles.assign(**{name: _with(articles[name], values) for name, values in changed.items()})

    def _places(
        self,
        number: int,
        row: Row,
        by_id: Mapping[str, int],
        by_line: Mapping[str, Mapping[int, int]],
        partly: bool,
    ) -> list[int]:
        """The places of the articles that a row names."""
        absent = str(row.get(ARTICLE_ID)) not in by_id if ARTICLE_ID in row else str(row[FILE]) not in by_line
        if partly and absent:
            return []
        if ARTICLE_ID in row:
            name = str(row[ARTICLE_ID])
            if name not in by_id:
                raise CorpusError(f"{self._at(number)}: no article has the article_id {name!r}")
            return [by_id[name]]
        file = str(row[FILE])
        if file not in by_line:
            raise CorpusError(f"{self._at(number)}: no article comes from the file {file!r}")
        if LINE not in row:
            return sorted(by_line[file].values())
        lines = by_line[file]
        if not str(row[LINE]).isdecimal() or int(str(row[LINE])) not in lines:
            there = ", ".join(map(str, sorted(lines)[:10]))
            raise CorpusError(
                f"{self._at(number)}: no article of {file!r} begins at line {row[LINE]!r}; "
                f"articles begin at {there}"
            )
        return [lines[int(str(row[LINE]))]]

    def _values(self, row: Row) -> Row:
        """The article columns that a row sets, with their evidence."""
        values: Row = {name: None if row[name] == UNKNOWN else row[name] for name in CORRECTED if name in row}
        evidence = f"corrected by {self.path.name}"
        if SOURCE in values:
            values[SOURCE_EVIDENCE] = evidence
            values[SOURCE_CONFIDENCE] = None if values[SOURCE] is None else 1.0
        if DATE in values:
            given = parse_date(values[DATE]) if values[DATE] is not None else None
            values |= {DATE: given and given.day, DATE_START: given and given.start}
            values |= {DATE_END: given and given.end, DATE_EVIDENCE: evidence}
            values[DATE_BASIS] = "metadata" if given else "none"
        return values

    def _at(self, number: int) -> str:
        return _at(self.path, number)


def read_corrections(path: Path) -> Corrections:
    """Read and check a table of corrections.

    Raises
    ------
    MissingInputError
        If it isn't there.
    CorpusError
        If it can't be read, has a column that isn't known, names no article in a row, or has a date, kind or
        language that is none; the message has the row.
    """
    if not path.is_file():
        raise MissingInputError(f"{path}: no such table of corrections")
    if path.suffix.lower() not in _SUFFIXES:
        raise CorpusError(
            f"{path}: corrections can't be read from “{path.suffix}”; expected one of {', '.join(_SUFFIXES)}"
        )
    try:
        text = decode(path.read_bytes()).text
    except UndecodableError as error:
        raise CorpusError(f"{path}: {error}") from error
    ledger = Ledger()
    file = InputFile(str(path), path.name)
    read = read_jsonl if path.suffix.lower() in _JSONL else read_csv
    rows = [(number, _plain(row)) for number, row in read(text, file, ledger)]
    if ledger.entries:
        first = ledger.entries[0]
        raise CorpusError(f"{_at(path, first.lines[0][0])}: {first.reason}")
    unknown = sorted({*columns_of(rows)} - {*_KEYS, *CORRECTED, _NOTE})
    if unknown:
        raise CorpusError(
            f"{path}: unknown column {unknown[0]!r}; expected article_id, or file and line, and any of "
            f"{', '.join(CORRECTED)}, note"
        )
    order = month_comes_first(row.get(DATE) for _, row in rows)
    return Corrections(path, tuple((number, _checked(path, number, row, order)) for number, row in rows))


def _plain(row: Row) -> Row:
    """Values as strings without blanks around them; a whole number as its figures."""
    plain = {name: int(v) if isinstance(v, float) and v.is_integer() else v for name, v in row.items()}
    return {name: str(value).strip() for name, value in plain.items()}


def _checked(path: Path, number: int, row: Row, month_first: bool | None) -> Row:
    """A row whose values its columns take, with its date as an ISO date, month or year."""
    if ARTICLE_ID not in row and FILE not in row:
        raise CorpusError(f"{_at(path, number)}: names no article; give article_id, or file and line")
    if ARTICLE_ID in row and (FILE in row or LINE in row):
        raise CorpusError(f"{_at(path, number)}: give either article_id, or file and line, not both")
    if not any(name in row for name in CORRECTED):
        raise CorpusError(f"{_at(path, number)}: corrects nothing; fill one of {', '.join(CORRECTED)}")
    if (kind := row.get(KIND)) is not None and kind not in KINDS:
        raise CorpusError(f"{_at(path, number)}: kind {kind!r} is none of {', '.join(KINDS)}")
    lang = str(row.get(LANG, UNKNOWN))
    if lang != UNKNOWN and not _LANGUAGE.fullmatch(lang):
        raise CorpusError(f"{_at(path, number)}: lang {lang!r} is no language tag; expected zh, en, zh-Hant")
    date = row.get(DATE, UNKNOWN)
    if date == UNKNOWN:
        return row
    given = parse_date(date, month_first=month_first)
    if given is None:
        raise CorpusError(f"{_at(path, number)}: date {date!r} can't be read; expected YYYY-MM-DD or YYYY-MM")
    return row | {DATE: given.day or date}


def _by_file_and_line(articles: pd.DataFrame) -> dict[str, dict[int, int]]:
    """File → first line → place in the table."""
    found: dict[str, dict[int, int]] = {}
    for place, (file, lines) in enumerate(zip(articles[FILE], articles[LINES], strict=True)):
        found.setdefault(str(file), {}).setdefault(json.loads(lines)[0][0], place)
    return found


def _with(column: pd.Series[str], values: Mapping[int, object]) -> pd.Series[str]:
    """A column with the values at some places replaced."""
    cells = column.tolist()
    for place, value in values.items():
        cells[place] = value
    return pd.Series(cells, index=column.index, dtype=column.dtype)


def _at(path: Path, number: int) -> str:
    """Where a row stands, for messages: the line of a JSONL file, the row of a CSV after its header."""
    return f"{path}:{number}" if path.suffix.lower() in _JSONL else f"{path}, row {number} after the header"
