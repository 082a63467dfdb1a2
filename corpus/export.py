"""Writes an article table as JSONL, CSV or Parquet: the same bytes for the same table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pandas as pd

from corpus.errors import CorpusError
from corpus.schema import ARTICLE_COLUMNS, LINES, require_columns

SUFFIXES: Final = (".jsonl", ".csv", ".parquet")


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
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise CorpusError(f"{target}: can't write articles as “{suffix}”; use {', '.join(SUFFIXES)}")
    require_columns(articles, ARTICLE_COLUMNS, name="the article table")
    target.parent.mkdir(parents=True, exist_ok=True)
    if suffix == ".parquet":
        articles.to_parquet(target, index=False)
    elif suffix == ".csv":
        articles.to_csv(target, index=False, lineterminator="\n", encoding="utf-8")
    else:
        with target.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(_json_line(record) + "\n" for record in articles.to_dict("records"))
    return target


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
