"""Writes an article table as JSONL, CSV or Parquet: the same bytes for the same table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from corpus.errors import CorpusError
from corpus.schema import ARTICLE_COLUMNS, LINES, require_columns
from corpus.spreadsheets import guard_table

SUFFIXES: Final = (".jsonl", ".csv", ".parquet")
ROWS: Final = 10_000
"""Articles that are written at a time, and rows of a group in Parquet."""


def write_articles(articles: pd.DataFrame, path: str | Path) -> Path:
    """Write `articles` to `path`; the suffix chooses the format.

    In JSONL `lines` is a list and missing values are null; in CSV and Parquet `lines` is a JSON string and
    missing values are empty and null.

    Raises
    ------
    CorpusError
        If the suffix is none of .jsonl, .csv, .parquet.
    TableError
        If an article column is missing.
    """
    target = check_suffix(path)
    require_columns(articles, ARTICLE_COLUMNS, name="the article table")
    pieces = (articles.iloc[start : start + ROWS] for start in range(0, max(1, len(articles)), ROWS))
    return write_batches(pieces, target)


def check_suffix(path: str | Path) -> Path:
    """Give the path of articles to be written; raise `CorpusError` if its suffix is none of ours."""
    target = Path(path)
    if target.suffix.lower() not in SUFFIXES:
        raise CorpusError(
            f"{target}: can't write articles as “{target.suffix.lower()}”; use {', '.join(SUFFIXES)}"
        )
    return target


def write_batches(batches: Iterable[pd.DataFrame], path: str | Path) -> Path:
    """Write an article table that comes in pieces; how it is cut makes no difference to the file."""
    target = check_suffix(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix.lower() == ".parquet":
        _write_parquet(_regrouped(batches), target)
        return target
    with target.open("w", encoding="utf-8", newline="") as stream:
        for number, batch in enumerate(batches):
            if target.suffix.lower() == ".csv":
                guard_table(batch).to_csv(stream, index=False, header=number == 0, lineterminator="\n")
            else:
                stream.writelines(_json_line(record) + "\n" for record in batch.to_dict("records"))
    return target


def _write_parquet(groups: Iterable[pd.DataFrame], target: Path) -> None:
    """Write each piece as a row group."""
    import pyarrow as pa
    from pyarrow import parquet

    writer = None
    try:
        for group in groups:
            table = pa.Table.from_pandas(group, preserve_index=False).combine_chunks()
            writer = writer or parquet.ParquetWriter(target, table.schema, compression="snappy")
            writer.write_table(table)
    finally:
        if writer:
            writer.close()


def _regrouped(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The same rows in pieces of `ROWS`, the last one shorter."""
    held = pd.DataFrame()
    for batch in batches:
        held = pd.concat([held, batch], ignore_index=True) if len(held) else batch
        while len(held) > ROWS:
            yield held.iloc[:ROWS]
            held = held.iloc[ROWS:]
    yield held


def _json_line(record: dict[str, object]) -> str:
    values = {name: _json_value(value) for name, value in record.items()}
    values[LINES] = json.loads(str(record[LINES]))
    return json.dumps(values, ensure_ascii=False)


def _json_value(value: object) -> object:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return value
