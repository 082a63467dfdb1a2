"""Reads the sheets that coders filled in, and says of every wrong cell where it stands."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from analysis.coding.intrusion import TOPICS_SHOWN, WORDS_SHOWN
from analysis.coding.kit import ITEM, Kit
from analysis.coding.words import WORDS
from analysis.coding.workbook import THEME_FIELDS
from analysis.schema import UNMAPPED
from analysis.themes.codebook import Codebook

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SHOWN: Final = 10
_LARGEST: Final = 100_000_000
"""Bytes that a workbook may unpack to: some thousand articles of 6,000 characters have 20 million."""
_MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 500
_BROKEN: Final = (
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What openpyxl and what it stands on raise for a broken workbook (`SyntaxError` for XML that is none)."""
_BRACKETS: Final = re.compile(r"\[([a-z][a-z0-9_]*)\]\s*$")


class FilledSheetError(ValueError):
    """A filled sheet can't be used; one line a fault, with file, sheet, row, value and what was expected."""


@dataclass(frozen=True)
class Codes:
    """What one coder wrote.

    Attributes
    ----------
    coder
        The file's name without its ending.
    themes
        Item → the themes in the order given, the main one first; `(unmapped,)` for none. Items that the coder
        left empty are missing.
    unsure
        Items the coder was unsure about.
    words, topics
        Item → the number chosen as intruder; what was left empty is missing.
    """

    coder: str
    themes: Mapping[str, tuple[str, ...]]
    unsure: frozenset[str]
    words: Mapping[str, int]
    topics: Mapping[str, int]


def read_filled(path: str | Path, kit: Kit, *, codebook: Codebook) -> Codes:
    """Read one coder's sheet.

    A theme may be written as the list offers it, by its id, or by its name in any language of the codebook.

    Raises
    ------
    FilledSheetError
        The file is no workbook of this kit, or cells hold what can't be understood.
    """
    path = Path(path)
    book = _open(path)
    words = next((found for found in WORDS.values() if found["articles"] in book.sheetnames), None)
    if words is None or _kit_id(book, words) != kit.id:
        raise FilledSheetError(f"{path}: is no sheet of this kit ({kit.id}); give the key it was made with")
    faults: list[str] = []
    known = _known_themes(codebook)
    themes: dict[str, tuple[str, ...]] = {}
    unsure = set()
    items = set(kit.articles[ITEM])
    for row, item, cells in _filled_rows(path, book[words["articles"]], words, items, faults):
        given = [(words[field], cells.get(words[field], "")) for field in THEME_FIELDS]
        found = _themes(given, known, f"{path}: sheet {words['articles']!r}, row {row}", faults)
        if found:
            themes[item] = found
        if cells.get(words["unsure"]):
            unsure.add(item)
    tasks = []
    for name, wanted in (("word_task", kit.word_items), ("topic_task", kit.topic_items)):
        tasks.append(_numbers(path, book, words, name, wanted, faults))
    if faults:
        more = [f"and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
        raise FilledSheetError("\n".join([*faults[:_SHOWN], *more]))
    return Codes(path.stem, themes, frozenset(unsure), *tasks)


def _open(path: Path) -> Workbook:
    """Open a workbook, values only."""
    from openpyxl import load_workbook

    try:
        with path.open("rb") as stream, ZipFile(stream) as parts:
            size = sum(part.file_size for part in parts.infolist())
            book = load_workbook(stream, data_only=True) if size <= _LARGEST else None
    except FileNotFoundError as error:
        raise FilledSheetError(f"{path}: no such file") from error
    except _BROKEN as error:
        raise FilledSheetError(f"{path}: is no Excel workbook (.xlsx); save the sheet as .xlsx") from error
    if book is None:
        raise FilledSheetError(f"{path}: unpacks to {size:,} bytes, more than a sheet has ({_LARGEST:,})")
    for sheet in book.worksheets:
        if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
            raise FilledSheetError(
                f"{path}: sheet {sheet.title!r} reaches to {sheet.dimensions.split(':')[-1]}, far beyond the "
                "tasks; delete what stands there"
            )
    return book


def _kit_id(book: Workbook, words: Mapping[str, str]) -> str | None:
    """The id that stands on the guide's sheet."""
    if words["guide"] not in book.sheetnames:
        return None
    for row in book[words["guide"]].iter_rows(values_only=True):
        if len(row) > 1 and row[0] == words["kit"]:
            return str(row[1])
    return None


def _filled_rows(
    path: Path, sheet: Worksheet, words: Mapping[str, str], items: set[str], faults: list[str]
) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Row number, item and cells by heading, of every row with an item of the kit."""
    rows = sheet.iter_rows(values_only=True)
    heads = [_text(value) for value in next(rows, ())]
    place = f"{path}: sheet {sheet.title!r}"
    if words["item"] not in heads:
        raise FilledSheetError(
            f"{place}: the column {words['item']!r} is missing; take the sheet as it was made"
        )
    seen: dict[str, int] = {}
    for number, values in enumerate(rows, start=2):
        cells = dict(zip(heads, map(_text, values), strict=False))
        item = cells[words["item"]]
        if not any(cells.values()):
            continue
        if item not in items:
            faults.append(f"{place}, row {number}: item {item!r} is not in the kit")
        elif item in seen:
            faults.append(f"{place}, row {number}: item {item!r} stands already in row {seen[item]}")
        else:
            seen[item] = number
            yield number, item, cells


def _themes(
    given: list[tuple[str, str]], known: Mapping[str, str], place: str, faults: list[str]
) -> tuple[str, ...]:
    """Theme ids of one row; what can't be understood goes to the faults."""
    found: list[str] = []
    for column, value in given:
        if not value:
            continue
        mark = _BRACKETS.search(value)
        theme = known.get((mark.group(1) if mark else value).casefold())
        if theme is None:
            faults.append(f"{place}, {column}: {value!r} is no theme; choose from the list")
        elif theme not in found:
            found.append(theme)
    if found and not given[0][1]:
        faults.append(f"{place}, {given[0][0]}: is empty though another theme is given")
    if UNMAPPED in found and len(found) > 1:
        faults.append(f"{place}: both a theme and {UNMAPPED!r} are given; keep one")
    return tuple(found)


def _numbers(
    path: Path,
    book: Workbook,
    words: Mapping[str, str],
    name: str,
    wanted: Mapping[str, Any],
    faults: list[str],
) -> dict[str, int]:
    """Item → number of the intruder chosen, of one of the two intrusion sheets."""
    if not wanted:
        return {}
    if words[name] not in book.sheetnames:
        raise FilledSheetError(f"{path}: the sheet {words[name]!r} is missing; take the sheet as it was made")
    most = (WORDS_SHOWN if name == "word_task" else TOPICS_SHOWN) + 1
    answers = {}
    for row, item, cells in _filled_rows(path, book[words[name]], words, set(wanted), faults):
        value = cells.get(words["odd"], "")
        if not value:
            continue
        number = int(value) if value.isdecimal() else 0
        if 1 <= number <= most:
            answers[item] = number
        else:
            place = f"{path}: sheet {words[name]!r}, row {row}, {words['odd']}"
            faults.append(f"{place}: {value!r} is no number from 1 to {most}")
    return answers


def _known_themes(codebook: Codebook) -> dict[str, str]:
    """Everything a theme may be called, without case → its id."""
    names = {
        name.casefold(): theme.id for theme in codebook.themes for name in (*theme.names.values(), theme.id)
    }
    return names | {UNMAPPED: UNMAPPED} | {words["none"]: UNMAPPED for words in WORDS.values()}


def _text(value: object) -> str:
    """A cell as text; whole numbers without a decimal point."""
    if value is None:
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
