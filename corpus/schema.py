"""The columns of an article table and of the ledger of what was left out.

Every other package takes its column names from here (articles) or from `analysis.schema` (results), and
a table is checked once, where it enters.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

ARTICLE_ID: Final = "article_id"
SOURCE: Final = "source"
DATE: Final = "date"
DATE_START: Final = "date_start"
DATE_END: Final = "date_end"
DATE_BASIS: Final = "date_basis"
DATE_EVIDENCE: Final = "date_evidence"
SOURCE_EVIDENCE: Final = "source_evidence"
TITLE: Final = "title"
BYLINE: Final = "byline"
PLACE: Final = "place"
LANG: Final = "lang"
KIND: Final = "kind"
TEXT: Final = "text"
FILE: Final = "file"
LINES: Final = "lines"
REPRINT_OF: Final = "reprint_of"
QUALITY: Final = "quality"
SOURCE_CONFIDENCE: Final = "source_confidence"

ARTICLE_COLUMNS: Final = (
    ARTICLE_ID,
    SOURCE,
    DATE,
    DATE_START,
    DATE_END,
    DATE_BASIS,
    DATE_EVIDENCE,
    SOURCE_EVIDENCE,
    TITLE,
    BYLINE,
    PLACE,
    LANG,
    KIND,
    TEXT,
    FILE,
    LINES,
    REPRINT_OF,
    QUALITY,
    SOURCE_CONFIDENCE,
)
"""Columns of `articles.parquet`, in order; columns of ready-made articles that we don't know follow them.

`quality` and `source_confidence` (the probability that `source` is right, by the kind of its evidence) are
numbers from 0 to 1, missing where nothing is known; the others are strings."""

DATE_BASES: Final = ("printed", "metadata", "file name", "inferred", "none")
NOTICE: Final = "notice"
KINDS: Final = ("article", "caption", "continuation", NOTICE)

KEPT: Final = "kept: "
"""How the reason of a ledger row begins that is about an article or a file which was kept all the same."""

DROPPED_COLUMNS: Final = ("file", "lines", "reason", "text")
"""Columns of `dropped.csv`: where it stood (lines as JSON ranges), why it was left out, its first words."""


class TableError(ValueError):
    """A table lacks a column it needs; the message names the table, the columns and what was found."""


def require_columns(table: pd.DataFrame, columns: Iterable[str], *, name: str) -> None:
    """Raise `TableError` unless `table` has all of `columns`; `name` is what the message calls the table."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        found = ", ".join(map(str, table.columns)) or "no columns"
        raise TableError(f"{name} lacks {', '.join(missing)}; it has {found}")


def count_left_out(dropped: pd.DataFrame) -> int:
    """Number of ledger rows that tell of something left out, and not of something kept with a remark."""
    return int((~dropped["reason"].str.startswith(KEPT)).sum())
