"""Tables that people open in a spreadsheet: no cell of a CSV is taken for a formula there.

A newspaper text may begin with `=`, `+`, `-` or `@`, and a text from a stranger may do so on purpose: as a
cell of a CSV a spreadsheet would compute it, call up an address with it, or offer to run a program. Such a
cell gets an apostrophe before it, as OWASP advises ("CSV Injection"), and so does one that has apostrophes
alone before such a character, so that reading takes off again exactly what writing put there. Numbers stay
numbers. A carriage return becomes a line end, since Python 3.11 writes it without quotes, which ends the row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import pandas as pd

_DANGEROUS: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def guard(text: str) -> str:
    """A cell's text as it goes into a CSV."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def _cell(text: str) -> str:
    return guard(text.replace("\r\n", "\n").replace("\r", "\n"))


def unguard(text: str) -> str:
    """A cell's text as it was before `guard`."""
    return text[1:] if _GUARDED.match(text) else text


def guard_table(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose texts and column names are guarded; the same table where there is nothing to guard."""
    guarded = {name: _map(table[name], _cell) for name in _text_columns(table)}
    return table.assign(**guarded).rename(columns={name: _cell(str(name)) for name in table.columns})


def unguard_table(table: pd.DataFrame) -> pd.DataFrame:
    """A table read from a CSV as it was before `guard_table`."""
    plain = {name: _map(table[name], unguard) for name in _text_columns(table)}
    return table.assign(**plain).rename(columns={name: unguard(str(name)) for name in table.columns})


def _text_columns(table: pd.DataFrame) -> list[str]:
    """Columns that may hold text."""
    return [name for name in table.columns if table[name].dtype == object or table[name].dtype == "str"]


def _map(column: pd.Series[Any], change: Callable[[str], str]) -> pd.Series[Any]:
    """A column with its texts changed, whatever else it holds."""
    cells = [change(cell) if isinstance(cell, str) else cell for cell in column.tolist()]
    return pd.Series(cells, index=column.index, dtype=column.dtype)
