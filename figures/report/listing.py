"""A table of the report: its words, its rows, and how numbers are rounded for reading."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from analysis.schema import ALL_SOURCES
from figures.topic_sizes import terms_of
from figures.words import percent

TABLE_ROWS: Final = 500
"""Rows of a table that the page shows; the file of the run folder has all."""
TERMS: Final = 8
NOTHING: Final = "–"
_UNTITLED: Final = 40
"""Characters of the text that stand for the title of an article without one."""


@dataclass(frozen=True)
class Words:
    """A piece of text in its language (BCP-47), None where the language isn't known."""

    text: str
    lang: str | None = None


@dataclass(frozen=True)
class Cell:
    """What stands in a table: pieces of text, and the value that it is sorted by."""

    parts: tuple[Words, ...]
    sort: float | str | None = None

    @property
    def text(self) -> str:
        """All of it as one text."""
        return "; ".join(part.text for part in self.parts)


@dataclass(frozen=True)
class Column:
    """A column's heading, and whether it is of numbers (`n`), dates (`d`), file names (`file`) or words."""

    name: str
    look: str = ""


@dataclass(frozen=True)
class Row:
    """A row; theme and source are those of the trend that it is about, topic that of the topic."""

    cells: tuple[Cell, ...]
    theme: str | None = None
    source: str | None = None
    topic: int | None = None


@dataclass(frozen=True)
class Listing:
    """A table with its title and a caption that says how to read it.

    `total` is the number of rows of `file`, which may be more than are shown.
    """

    id: str
    title: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    file: str
    total: int
    empty: str = ""
    open: bool = field(default=False)


def words_of(text: object, lang: str | None = None, sort: float | str | None = None) -> Cell:
    """A cell of words; a missing value is a dash."""
    shown = text if isinstance(text, str) and text.strip() else NOTHING
    return Cell((Words(shown, lang if shown is text else None),), shown if sort is None else sort)


def figure_of(value: Any, shown: str) -> Cell:
    """A cell of a number, shown as these words and sorted by its value."""
    return Cell((Words(shown),), None if pd.isna(value) else float(value))


def number(value: Any, digits: int = 2) -> str:
    """A number to so many digits after the point, with a true minus; a dash where there is none."""
    return NOTHING if pd.isna(value) else f"{value:,.{digits}f}".replace("-", "−")


def probability(value: Any) -> str:
    """A p or q value: three digits, or < 0.001."""
    return NOTHING if pd.isna(value) else "< 0.001" if value < 0.001 else f"{value:.3f}"


def share(value: Any) -> str:
    """A share in per cent."""
    return NOTHING if pd.isna(value) else percent(float(value))


def points(value: Any) -> str:
    """A difference of shares in percentage points, with its sign."""
    if pd.isna(value):
        return NOTHING
    shown = f"{float(value) * 100:+.1f}"
    return "0.0" if float(shown) == 0 else shown.replace("-", "−")


def interval(low: Any, high: Any, say: Any) -> str:
    """Two bounds, as `say` writes each; a dash where there are none."""
    return NOTHING if pd.isna(low) or pd.isna(high) else f"{say(low)} – {say(high)}"


def terms(value: Any) -> tuple[Words, ...]:
    """The first terms of each language."""
    found = sorted(terms_of(value).items())
    said = tuple(Words(", ".join(words[:TERMS]), lang) for lang, words in found if words)
    return said or (Words(NOTHING),)


def title_of(row: Mapping[Any, Any]) -> str:
    """An article's title, or the first words of its text in square brackets."""
    title = row["title"]
    if isinstance(title, str) and title.strip():
        return " ".join(title.split())
    text = " ".join(row["text"].split()) if isinstance(row["text"], str) else ""
    return f"[{text[:_UNTITLED]}{'…' if len(text) > _UNTITLED else ''}]" if text else NOTHING


def ranges(value: Any) -> str:
    """Lines as they are kept (JSON ranges) as people write them: 3–9, 14."""
    if not isinstance(value, str) or not value:
        return ""
    try:
        found = json.loads(value)
    except json.JSONDecodeError:
        return value
    if not isinstance(found, list):
        return str(found)
    return ", ".join(_range(item) for item in found)


def _range(item: Any) -> str:
    if isinstance(item, list) and len(item) == 2:
        return f"{item[0]}" if item[0] == item[1] else f"{item[0]}–{item[1]}"
    return str(item)


def plain_source(value: Any) -> str | None:
    """A row's source, None for all together."""
    return None if not isinstance(value, str) or value == ALL_SOURCES else value


def columns(words: Mapping[str, str], names: Sequence[str], looks: Iterable[str]) -> tuple[Column, ...]:
    """Columns by the names their headings have among the words."""
    return tuple(Column(words[name], look) for name, look in zip(names, looks, strict=True))
