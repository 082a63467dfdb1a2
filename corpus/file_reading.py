"""Reads one file, in whatever process: to article rows, ledger entries and a row of the table of inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.intake.archives import ArchiveError
from corpus.intake.encoding import UndecodableError, declared_charset, decode
from corpus.intake.files import InputFile
from corpus.intake.name_patterns import NamePattern
from corpus.intake.row_readers import Row
from corpus.intake.tables import Defaults, read_table
from corpus.language import detect_language
from corpus.ledger import Entry, Ledger
from corpus.quality import score_quality
from corpus.reprints import plain_text
from corpus.schema import KEPT, LANG, QUALITY, TEXT

Record = tuple[str, str | None, int, str | None]


@dataclass(frozen=True)
class FileRead:
    """What one file gave: article rows, their plain texts, ledger entries, and its row of the inputs."""

    rows: list[Row]
    plain: list[str]
    entries: list[Entry]
    record: Record


def read_file(
    file: InputFile,
    *,
    columns: Mapping[str, str],
    defaults: Defaults,
    pattern: NamePattern | None,
    reprints: bool,
) -> FileRead:
    """Read one file; its articles have their language and quality, and for `reprints` their plain texts.

    Raises
    ------
    CorpusError
        If the file can't be read as it stands: no text column, broken CSV quoting.
    """
    ledger = Ledger()
    try:
        rows, encoding = _rows_of(file, ledger, columns=columns, defaults=defaults)
    except ArchiveError as error:
        ledger.add(file.name, (), str(error))
        rows, encoding = [], None
    if pattern:
        pattern.apply(rows, file, ledger)
    for row in rows:
        text = str(row[TEXT])
        row[LANG] = detect_language(text) if row[LANG] is None else row[LANG]
        row[QUALITY] = score_quality(text) if row[QUALITY] is None else row[QUALITY]
    record = (file.name, *file.fingerprint(), encoding)
    plain = [plain_text(str(row[TEXT])) for row in rows] if reprints else []
    return FileRead(rows, plain, ledger.entries, record)


def _rows_of(
    file: InputFile, ledger: Ledger, *, columns: Mapping[str, str], defaults: Defaults
) -> tuple[list[Row], str | None]:
    """Read one file: its article rows and its encoding (None for Parquet, or if it can't be decoded)."""
    if file.suffix == ".parquet":
        return read_table(file, None, ledger, columns=columns, defaults=defaults), None
    if file.has_layout:
        from corpus.layout import read_layout

        return read_layout(file, ledger, defaults=defaults), None
    try:
        data = file.read_bytes()
        decoded = decode(data, declared=declared_charset(data) if file.is_web_page else None)
    except UndecodableError as error:
        ledger.add(file.name, (), str(error))
        return [], None
    if decoded.damaged:
        reason = f"{KEPT}{decoded.damaged} unreadable characters of {decoded.encoding} became U+FFFD"
        ledger.add(file.name, (), reason)
    if not decoded.text.strip():
        ledger.add(file.name, (), "empty file (white space alone)")
        return [], decoded.encoding
    if file.is_web_page or (file.is_page and _is_html(decoded.text)):
        from corpus.intake.web import read_web_page

        if file.is_page:
            ledger.add(file.name, (), f"{KEPT}a web page by its first characters: read as one")
        return read_web_page(file, decoded.text, ledger, defaults=defaults), decoded.encoding
    if file.is_page:
        from corpus.pages import read_page

        if known := _disguise(decoded.text):
            ledger.add(file.name, (), known, decoded.text)
            return [], decoded.encoding
        return read_page(file, decoded.text, ledger, defaults=defaults), decoded.encoding
    return read_table(file, decoded.text, ledger, columns=columns, defaults=defaults), decoded.encoding


def _is_html(text: str) -> bool:
    """Whether a text begins as the source of a web page does."""
    return text[:200].lstrip().lower().startswith(("<!doctype html", "<html"))


def _disguise(text: str) -> str | None:
    """What a file is that is called `.txt` but is another kind, and what to do."""
    begin = text[:200].lstrip().lower()
    if begin.startswith("%pdf-"):
        return "a PDF by its first characters, not text: name it .pdf"
    if begin.startswith("{\\rtf"):
        return "a word processor's file by its first characters, not text: save it as .txt"
    return None
