"""What a notebook shows of a result: a line that says what it is, its caveats, the first rows of its table.

Everything is escaped: headlines and names of files come from anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import pandas as pd

ROWS: Final = 5
"""Rows of a table that are shown."""
_MOST_NOTES: Final = 6
_MOST_CHARACTERS: Final = 60
"""Of a cell: a longer text is cut."""


def show_html(
    head: str, table: pd.DataFrame, *, notes: Sequence[str] = (), rows: int = ROWS, whole: str = ""
) -> str:
    """HTML of a head line, notes and the first rows of a table; text in, escaped text out.

    Parameters
    ----------
    head
        One line that says what the thing is.
    table
        What is shown of it.
    notes
        What has to be known to read it; of many the first ones, and how many more there are.
    rows
        Rows of the table that are shown.
    whole
        Where the whole table is, for the line below a table that was cut.
    """
    shown = [*notes[:_MOST_NOTES]]
    if len(notes) > _MOST_NOTES:
        shown.append(f"… and {len(notes) - _MOST_NOTES} more notes")
    parts = [f"<p><b>{escape(head)}</b></p>"]
    if shown:
        parts.append("<ul>" + "".join(f"<li>{escape(note)}</li>" for note in shown) + "</ul>")
    parts.append(_table_html(table.head(rows)))
    if len(table) > rows:
        behind = f"; all: {whole}" if whole else ""
        parts.append(f"<p>{escape(f'{rows} of {len(table):,} rows{behind}')}</p>")
    return "<div>" + "".join(parts) + "</div>"


def numbered(n: int, noun: str, plural: str = "") -> str:
    """A number with its noun, as in `1 topic` and `1,204 topics`."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def _table_html(table: pd.DataFrame) -> str:
    """A table with long cells cut; pandas escapes what stands in it."""
    cut = table.map(_cut)
    return str(cut.to_html(index=False, border=0, na_rep="–", float_format="{:.3g}".format, justify="left"))


def _cut(cell: object) -> object:
    """A text cut to what a cell shows; anything else as it is."""
    if not isinstance(cell, str) or len(cell) <= _MOST_CHARACTERS:
        return cell
    return cell[: _MOST_CHARACTERS - 1] + "…"
