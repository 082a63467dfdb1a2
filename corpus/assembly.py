"""Article rows to the article table, batch by batch: ids made unique, order fixed, types settled.

The rows stand in a `Spool`. Of each, memory holds some numbers; of corrected articles and reprints what
changes; and columns of ready-made tables that we don't know, since their type shows when all are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, time, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from corpus.intake.corrections import Corrections
from corpus.intake.row_readers import Row
from corpus.ledger import Ledger, Ranges, dump_lines
from corpus.origins.names import unify_sources
from corpus.reprints import trace_reprints
from corpus.schema import (
    ARTICLE_COLUMNS,
    ARTICLE_ID,
    DATE,
    DATE_START,
    FILE,
    LINES,
    QUALITY,
    REPRINT_OF,
    SOURCE,
    SOURCE_CONFIDENCE,
    TEXT,
)
from corpus.spool import Spool
from corpus.texts import Selection, TextFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OTHERS: Final = "other columns"
_FLOATS: Final = (QUALITY, SOURCE_CONFIDENCE)
_TYPES: Final = {
    **{name: pa.float64() if name in _FLOATS else pa.large_string() for name in ARTICLE_COLUMNS},
    _OTHERS: pa.int64(),
}


class Assembly:
    """The articles of a corpus: rows are added file by file, then settled, then given batch by batch.

    Parameters
    ----------
    folder
        A folder for what stands on disk meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self._spool = Spool(folder / "articles.arrow", _TYPES)
        self._plain = TextFile(folder / "plain.txt")
        self._kept = np.empty(0, dtype=bool)
        self._changed: dict[str, dict[int, object]] = {}
        self._spellings: dict[str, str] = {}
        self._unknown: list[Row] = []
        self._others = pd.DataFrame()

    def __enter__(self) -> Assembly:
        return self

    def __exit__(self, *_: object) -> None:
        self._plain.close()

    def add(self, number: int, rows: list[Row], plain: list[str]) -> None:
        """Add the rows of file `number`, with their texts as they are compared for reprints (or none)."""
        paired = list(zip(rows, plain or [""] * len(rows), strict=True))
        paired.sort(key=lambda pair: (_ranges(pair[0][LINES]), str(pair[0][ARTICLE_ID])))
        self._spool.add(number, [self._packed(row) for row, _ in paired])
        if plain:
            self._plain.extend(text for _, text in paired)

    def settle(
        self,
        ledger: Ledger,
        *,
        corrections: Corrections | None,
        partly: bool = False,
        reprints: bool,
        workers: int | None,
    ) -> int:
        """Find out what takes all articles to know; return how many there are.

        A row whose id another row has goes to the ledger. `partly`: corrections may name other articles.
        """
        self._spool.close()
        order = self._spool.order()
        self._kept = np.ones(len(order), dtype=bool)
        if not len(order):
            return 0
        self._drop_doubles(ledger)
        self._others = self._gather_others()
        if corrections:
            names = [name for name in ARTICLE_COLUMNS if name != TEXT]
            before = self._table(names)
            after = corrections.apply(before, partly=partly)
            self._changed = {name: _changes(before[name], after[name]) for name in names}
        sources = self._table([SOURCE])[SOURCE]
        named = pd.DataFrame({"one": sources, "other": unify_sources(sources)}).dropna().drop_duplicates()
        self._spellings = dict(zip(named["one"], named["other"], strict=True))
        if reprints:
            self._changed[REPRINT_OF] = self._trace(order[self._kept], workers)
        return int(self._kept.sum())

    def batches(self) -> Iterator[pd.DataFrame]:
        """The article table, sorted by file and first line, some rows at a time.

        Strings are pandas' `str`, with NaN for missing; `lines` is a JSON string.
        """
        place = 0
        for batch in self._kept_batches(ARTICLE_COLUMNS):
            span = range(place, place + len(batch))
            batch[SOURCE] = batch[SOURCE].map(self._spellings).astype("str")
            others = self._others.iloc[span.start : span.stop].set_axis(batch.index)
            yield pd.concat([batch, others], axis=1)
            place = span.stop

    def _packed(self, row: Row) -> Row:
        """A row as the spool takes it; what we don't know of it stays in memory."""
        others = {name: row[name] for name in sorted(row.keys() - set(ARTICLE_COLUMNS))}
        packed = {name: row.get(name) for name in ARTICLE_COLUMNS}
        packed[LINES] = dump_lines(_ranges(row[LINES]))
        packed[_OTHERS] = len(self._unknown) if others else None
        if others:
            self._unknown.append(others)
        return packed

    def _trace(self, rows: NDArray[np.int64], workers: int | None) -> dict[int, object]:
        """Place of each reprint → id of the first print."""
        printed = self._table([ARTICLE_ID, DATE, DATE_START])
        first = trace_reprints(printed, Selection(self._plain, rows), workers=workers)
        again = np.flatnonzero(first >= 0)
        return dict(zip(again.tolist(), printed[ARTICLE_ID].iloc[first[again]], strict=True))

    def _table(self, columns: list[str]) -> pd.DataFrame:
        """Some columns of all articles that are kept."""
        return pd.concat(
            [pd.DataFrame(columns=columns, dtype="str"), *self._kept_batches(columns)], ignore_index=True
        )[columns]

    def _kept_batches(self, columns: list[str] | tuple[str, ...]) -> Iterator[pd.DataFrame]:
        """The articles without those whose id another has, corrected."""
        row = place = 0
        for batch in self._spool.batches(columns):
            kept = batch[self._kept[row : row + len(batch)]].reset_index(drop=True)
            row += len(batch)
            for name in set(columns) & self._changed.keys():
                changes = self._changed[name]
                cells = [changes.get(place + at, cell) for at, cell in enumerate(kept[name].tolist())]
                kept[name] = pd.Series(cells, dtype=kept[name].dtype)
            yield kept
            place += len(kept)

    def _gather_others(self) -> pd.DataFrame:
        """The columns that we don't know, of all articles that are kept."""
        packed = pd.concat([pd.DataFrame({_OTHERS: []}), *self._kept_batches([_OTHERS])])[_OTHERS]
        values = {place: self._unknown[int(cell)] for place, cell in enumerate(packed) if pd.notna(cell)}
        names = sorted({name for row in values.values() for name in row})
        none: Row = {}
        count = len(packed)
        return pd.DataFrame(
            {
                name: carried_column([values.get(place, none).get(name) for place in range(count)])
                for name in names
            }
        )

    def _drop_doubles(self, ledger: Ledger) -> None:
        """Keep the first article of each id."""
        ids = (name for batch in self._spool.batches([ARTICLE_ID]) for name in batch[ARTICLE_ID])
        marks = np.fromiter((_mark(name.encode()) for name in ids), dtype=np.uint64, count=len(self._kept))
        _, group, counts = np.unique(marks, return_inverse=True, return_counts=True)
        suspect = counts[group] > 1
        if not suspect.any():
            return
        first: dict[str, tuple[str, int]] = {}
        row = -1
        for batch in self._spool.batches():
            for record in batch.to_dict("records"):
                row += 1
                if suspect[row]:
                    others = record[_OTHERS]
                    record[_OTHERS] = self._unknown[int(others)] if pd.notna(others) else None
                    self._kept[row] = _is_first(record, first, ledger)


def _is_first(record: dict[str, object], first: dict[str, tuple[str, int]], ledger: Ledger) -> bool:
    """Whether no article before has this one's id; if one has, the ledger tells."""
    lines = json.loads(str(record[LINES]))
    content = _mark(repr(sorted((k, v) for k, v in record.items() if k not in (FILE, LINES))).encode())
    known = first.get(str(record[ARTICLE_ID]))
    if known is None:
        first[str(record[ARTICLE_ID])] = (f"{record[FILE]}:{lines[0][0]}", content)
        return True
    place, earlier = known
    what = "the same row stands" if content == earlier else "another article has it"
    reason = f"duplicate id {record[ARTICLE_ID]!r}: {what} at {place}"
    ledger.add(str(record[FILE]), tuple((a, b) for a, b in lines), reason, str(record[TEXT]))
    return False


def _mark(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest())


def _ranges(value: object) -> Ranges:
    if not isinstance(value, tuple):
        raise TypeError(f"lines must be a tuple of ranges, not {value!r}")
    return value


def _changes(before: pd.Series[str], after: pd.Series[str]) -> dict[int, object]:
    """Place → new value, where two columns differ."""
    same = (before == after) | (before.isna() & after.isna())
    return {place: after.iloc[place] for place in np.flatnonzero(~same.to_numpy()).tolist()}


def carried_column(values: list[object]) -> pd.Series[object]:
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
    if isinstance(value, timedelta):
        return str(value)
    return value
