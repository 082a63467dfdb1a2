"""Holds what came out of an input against what went in: every line, row and file in an article or the ledger.

What went in is counted here anew, with the standard library (and Arrow for Parquet), and not by the
reader under test; only which encoding a file is in, and which characters of a web page are visible, is
taken from it.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.spreadsheets import unguard

Rows = Mapping[int, str | None]
"""Number of a line or row → its text, if it must come out as it is; None where only the number is told."""

_KEPT = "kept: "


@dataclass(frozen=True)
class Accounts:
    """Articles and ledger rows that came out, and the pieces of the input that are in neither.

    A piece is a line of a page, a row of a table, or a whole file; an article whose text is not the row's
    counts as lost.
    """

    articles: int
    left_out: int
    lost: tuple[str, ...]


@dataclass(frozen=True)
class _Told:
    """Of one file: lines that articles or the ledger name, texts by line, and if it is told as a whole."""

    lines: frozenset[int]
    texts: Mapping[int, str]
    whole: bool


def accounts_of(path: Path, articles: Path, dropped: Path) -> Accounts:
    """Count what of an input is in neither of the two files that were written of it."""
    rows = [json.loads(line) for line in articles.read_text("utf-8").split("\n") if line]
    with dropped.open(encoding="utf-8", newline="") as stream:
        ledger = [{name: unguard(cell) for name, cell in row.items()} for row in csv.DictReader(stream)]
    left_out = [row for row in ledger if not row["reason"].startswith(_KEPT)]
    names = {row["file"] for row in (*rows, *left_out)}
    lost = []
    for name, data in _files(path):
        if data is None:
            lost += [] if _names_archive(name, names) else [name]
        elif name not in names:
            lost.append(name)
        else:
            lost += _lost_of(name, data, _told(name, rows, left_out))
    lost += _lost_members(path, names)
    return Accounts(len(rows), len(left_out), tuple(lost))


def _files(path: Path) -> Iterator[tuple[str, bytes | None]]:
    """Files of an input by the names that articles give them, with their bytes; None for an archive."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.is_file():
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            yield name, None if file.suffix == ".zip" else file.read_bytes()


def _names_archive(name: str, names: Iterable[str]) -> bool:
    return any(one == name or one.startswith(f"{name}/") for one in names)


def _lost_members(path: Path, names: Iterable[str]) -> list[str]:
    """How many of an archive's members are not named; their names may be brought to another form."""
    if path.suffix != ".zip" or path.name in names:
        return []
    with zipfile.ZipFile(path) as archive:
        members = {info.filename for info in archive.infolist() if not info.is_dir()}
    named = {one for one in names if one.startswith(f"{path.name}/")}
    return [f"{len(members) - len(named)} members of {path.name}"] if len(named) < len(members) else []


def _told(name: str, rows: list[dict[str, object]], left_out: list[dict[str, str]]) -> _Told:
    lines: set[int] = set()
    texts: dict[int, str] = {}
    whole = False
    for row in rows:
        if row["file"] == name:
            spans: list[tuple[int, int]] = row["lines"]  # type: ignore[assignment]
            lines.update(line for first, last in spans for line in range(first, last + 1))
            texts[spans[0][0]] = str(row["text"])
    for entry in left_out:
        if entry["file"] == name:
            spans = json.loads(entry["lines"])
            whole = whole or not spans
            lines.update(line for first, last in spans for line in range(first, last + 1))
    return _Told(frozenset(lines), texts, whole)


def _lost_of(name: str, data: bytes, told: _Told) -> list[str]:
    """The pieces of one file that are not told."""
    suffixes = Path(name).suffixes[-2:]
    if told.whole:
        return []
    if suffixes[-1] == ".gz":
        data, suffixes = gzip.decompress(data), suffixes[:1]
    pieces = _pieces(suffixes[-1], data)
    missing = [f"{name}:{number}" for number in pieces if number not in told.lines]
    changed = [
        f"{name}:{number} came out changed"
        for number, text in pieces.items()
        if text is not None and told.texts.get(number, text) != text
    ]
    return missing + changed


def _pieces(suffix: str, data: bytes) -> Rows:
    """Lines or rows of a file; nothing of PDFs and images, which are told as files."""
    if suffix == ".parquet":
        from pyarrow import parquet

        return dict.fromkeys(range(1, parquet.ParquetFile(io.BytesIO(data)).metadata.num_rows + 1))
    if suffix in (".pdf", ".png", ".jpg", ".tiff"):
        return {}
    from corpus.intake.encoding import declared_charset, decode

    web = suffix in (".html", ".htm", ".xhtml")
    text = decode(data, declared=declared_charset(data) if web else None).text
    if suffix in (".csv", ".tsv"):
        return _csv_rows(text, suffix)
    if suffix == ".jsonl":
        return {n: _text_of(line) for n, line in enumerate(text.split("\n"), 1) if line.strip()}
    if web:
        return dict.fromkeys(_visible_lines(text))
    return dict.fromkeys(n for n, line in enumerate(text.split("\n"), 1) if line.strip())


def _csv_rows(text: str, suffix: str) -> Rows:
    csv.field_size_limit(10_000_000)
    head = text.split("\n", 1)[0]
    separator = "\t" if suffix == ".tsv" else max(",;\t|", key=lambda one: (head.count(one), one == ","))
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
    return dict.fromkeys(range(1, len(rows)))


def _text_of(line: str) -> str | None:
    """The text of a row of JSON as it must come out; None where there is none."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str) or not text.strip():
        return None
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip()


def _visible_lines(source: str) -> set[int]:
    """Lines of a web page on which anything can be seen."""
    from corpus.intake.encoding import replace_surrogates
    from corpus.intake.markup import visible_text

    return set(visible_text(replace_surrogates(source)).lines)
