"""Keeps cells of a CSV file from being taken for formulas by a spreadsheet, and gives them back when read.

A spreadsheet computes a cell that begins with `=`, `+`, `-` or `@` (some take their full-width forms too),
whatever its quotes, and a formula can call programs and send what stands in other cells elsewhere. So text
that begins so, and is no number, is written with an apostrophe before it, as spreadsheets themselves mark
text. Reading takes one apostrophe away again, so that nothing changes on the way but line ends within a text;
text that has apostrophes there already gets one more.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO, Final

import pandas as pd

_FORMULA: Final = r"'*[=+\-@\t\r\n＝＋－＠]"
_NUMBER: Final = r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_TO_GUARD: Final = re.compile(rf"(?!{_NUMBER}\Z)(?={_FORMULA})")
_GUARDED: Final = re.compile(rf"'(?={_FORMULA})")


def guard(text: str) -> str:
    r"""Text as it can stand in a cell of a CSV file; line ends in it are `\n`, as rows end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return f"'{text}" if _TO_GUARD.match(text) else text


def unguard(text: str) -> str:
    """The text that a cell of a CSV file stands for."""
    return text[1:] if _GUARDED.match(text) else text


def write_csv(table: pd.DataFrame, target: Path | IO[str], *, header: bool = True) -> None:
    """Write a table as CSV, with no cell or heading in it that is a formula."""
    safe = table.copy(deep=False)
    for column in table.columns[[not pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes]]:
        safe[column] = table[column].map(_guarded, na_action="ignore")
    safe.columns = [_guarded(name) for name in table.columns]
    safe.to_csv(target, index=False, header=header, lineterminator="\n")


def unguard_cells(table: pd.DataFrame) -> pd.DataFrame:
    """A table of strings, as read from CSV, with its cells and headings as they were before writing."""
    plain = table.apply(lambda column: column.map(unguard, na_action="ignore"))
    plain.columns = pd.Index([unguard(str(name)) for name in table.columns])
    return plain


def _guarded(value: object) -> object:
    return guard(value) if isinstance(value, str) else value
