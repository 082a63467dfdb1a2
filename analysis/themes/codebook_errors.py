"""Errors of a codebook file, each with its file, line, key and value, and the nearest right key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.themes.codebook_format import (
    CodebookFile,
    ExampleEntry,
    Head,
    OutsideEntry,
    OutsideExample,
    ThemeEntry,
)
from analysis.toml_lines import key_lines

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

_SHOWN = 10
_TABLES: dict[tuple[str, ...], type[BaseModel]] = {
    (): CodebookFile,
    ("codebook",): Head,
    ("theme",): ThemeEntry,
    ("theme", "example"): ExampleEntry,
    ("outside",): OutsideEntry,
    ("outside", "example"): OutsideExample,
}


class CodebookError(ValueError):
    """A codebook file can't be used; the message gives file, line, key and value of what is wrong."""


class MissingCodebookError(FileNotFoundError):
    """There is no codebook of this name or path."""


class KeyLines:
    """Looks up the line on which a key, or one string of a list, stands."""

    def __init__(self, text: str) -> None:
        self._lines = key_lines(text)
        self._text = text.splitlines()

    def find(self, path: Sequence[str | int], value: object = None) -> int:
        """1-based line of a key path; of the nearest table around it if the key isn't there.

        For an element of a list the line on which `value` stands quoted, from the list's key on.
        """
        parts = tuple(str(part) for part in path)
        while parts and parts not in self._lines:
            parts = parts[:-1]
        line = self._lines.get(parts, 1)
        if len(parts) < len(path) and isinstance(value, str):
            for number in range(line, len(self._text) + 1):
                if re.search(rf"""["']{re.escape(value)}["']""", self._text[number - 1]):
                    return number
        return line


def explain(error: ValidationError, data: Mapping[str, Any], text: str, path: Path) -> CodebookError:
    """Turn pydantic's errors into one `CodebookError` with a line for each."""
    lines = KeyLines(text)
    details = error.errors(include_url=False)
    found = sorted({_message(detail, data, lines, path) for detail in details})
    shown = [message for _, message in found[:_SHOWN]]
    if len(found) > _SHOWN:
        shown.append(f"and {len(found) - _SHOWN} more")
    return CodebookError("\n".join(shown))


def at(path: Path, line: int, message: str) -> str:
    """`file:line: message`."""
    return f"{path}:{line}: {message}"


def _message(detail: ErrorDetails, data: Mapping[str, Any], lines: KeyLines, path: Path) -> tuple[int, str]:
    """Line and message of one of pydantic's errors."""
    where = tuple(part for part in detail["loc"] if part != "[key]")
    line = lines.find(where, detail["input"])
    owner = _owner(where, data)
    kind = detail["type"]
    if kind == "extra_forbidden":
        key = str(where[-1])
        near = get_close_matches(key, _known_keys(where[:-1]), n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(_known_keys(where[:-1]))}"
        return line, at(path, line, f"{owner}unknown key {key!r}{hint}")
    if kind == "missing":
        return line, at(path, line, f"{owner}lacks the key {str(where[-1])!r}")
    reason = detail["msg"].removeprefix("Value error, ")
    return line, at(path, line, f"{owner}{_dotted(where)} = {_quote(detail['input'])}: {reason}")


def _known_keys(where: Sequence[str | int]) -> list[str]:
    """Keys that the table at this path may have."""
    model = _TABLES.get(tuple(part for part in where if isinstance(part, str)))
    return sorted(model.model_fields) if model else []


def _owner(where: Sequence[str | int], data: Mapping[str, Any]) -> str:
    """`theme 'id': ` for a path inside a theme."""
    if len(where) < 2 or where[0] != "theme" or not isinstance(where[1], int):
        return ""
    entry = data["theme"][where[1]]
    name = entry.get("id") if isinstance(entry, Mapping) else None
    return f"theme {name!r}: " if isinstance(name, str) else f"theme number {where[1] + 1}: "


def _dotted(where: Sequence[str | int]) -> str:
    """The key as one would write it, without the number of the theme."""
    inner = where[2:] if len(where) > 2 and where[0] == "theme" else where
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in inner).lstrip(".")


def _quote(value: object) -> str:
    """The value as given, cut to a readable length."""
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "…"
