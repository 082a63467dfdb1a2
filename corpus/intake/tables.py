"""Ready-made articles from JSONL, CSV and Parquet files to article rows.

A row needs `text`; `id`, `title`, `date`, `source`, `lang` and the other article columns are taken if they
are there. Columns we don't know are carried through, and so are those that the folders of a Parquet data set
name (`partitions`). Where an input has columns that we compute ourselves
(`file`, `lines`, `reprint_of`), or values that the column doesn't allow, theirs is kept as `input_<name>`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from corpus.dating.given import GivenDate, month_comes_first, parse_date
from corpus.errors import CorpusError
from corpus.intake.encoding import replace_surrogates
from corpus.intake.files import InputFile
from corpus.intake.parquet_rows import read_parquet
from corpus.intake.partitions import Partitions
from corpus.intake.row_readers import Row, check_width, columns_of, read_csv, read_jsonl, rename
from corpus.ledger import Ledger
from corpus.schema import (
    ARTICLE_COLUMNS,
    ARTICLE_ID,
    BYLINE,
    DATE,
    DATE_BASES,
    DATE_BASIS,
    DATE_END,
    DATE_EVIDENCE,
    DATE_START,
    FILE,
    KEPT,
    KIND,
    KINDS,
    LANG,
    LINES,
    PLACE,
    QUALITY,
    REPRINT_OF,
    SOURCE,
    SOURCE_CONFIDENCE,
    SOURCE_EVIDENCE,
    TEXT,
    TITLE,
)

_ALIASES: Final = {"id": ARTICLE_ID}
_SHARES: Final = (QUALITY, SOURCE_CONFIDENCE)
_COMPUTED: Final = (FILE, LINES, REPRINT_OF)
_WORDS: Final = (ARTICLE_ID, SOURCE, TITLE, BYLINE, PLACE, LANG, DATE_EVIDENCE, SOURCE_EVIDENCE)


@dataclass(frozen=True)
class Defaults:
    """What holds for inputs that don't say: the source and the date of publication."""

    source: str | None = None
    date: GivenDate | None = None


def read_table(
    file: InputFile, text: str | None, ledger: Ledger, *, columns: Mapping[str, str], defaults: Defaults
) -> list[Row]:
    """Read one file of ready-made articles; rows without text go to the ledger.

    Parameters
    ----------
    file
        The file; its suffix says how to read it.
    text
        Its decoded text; None for Parquet.
    ledger
        Where rows that are left out, and dates that can't be read, are written down.
    columns
        Our column name → theirs.
    defaults
        Source and date for rows that don't say.

    Raises
    ------
    CorpusError
        If the file has rows but no `text` column, lacks a column that `columns` names, or is broken.
    """
    rows = list(_named_rows(file, text, ledger, columns))
    if not rows:
        ledger.add(file.name, (), "table without a readable row")
        return []
    names = columns_of(rows)
    check_width(names, file)
    _check_columns(file, names, columns)
    rows = _set_aside(rows)
    order = month_comes_first(row.get(DATE) for _, row in rows)
    articles = []
    for number, row in rows:
        if not isinstance(row.get(TEXT), str):
            ledger.add(file.name, ((number, number),), _why_no_text(row), str(row.get(TITLE, "")))
            continue
        articles.append(_article(file, number, row, ledger=ledger, month_first=order, defaults=defaults))
    return articles


def _why_no_text(row: Row) -> str:
    if TEXT not in row:
        return "row without text"
    return f"row without text (in its place stands {type(row[TEXT]).__name__}, not words)"


def _named_rows(
    file: InputFile, text: str | None, ledger: Ledger, columns: Mapping[str, str]
) -> Iterator[tuple[int, Row]]:
    """The rows of a file with its columns named as ours; those of Parquet have what their folders say."""
    if text is None:
        folders = Partitions.of(file.place, claimed=columns.values())
        for number, row in read_parquet(file, ledger):
            yield number, folders.explain(_our_names(folders.fill(row), columns))
        return
    read = read_csv if file.suffix in (".csv", ".tsv") else read_jsonl
    for number, row in read(text, file, ledger):
        yield number, _our_names(row, columns)


def _our_names(row: Row, columns: Mapping[str, str]) -> Row:
    mapped = rename(row, {_ALIASES.get(ours, ours): theirs for ours, theirs in columns.items()})
    for alias, name in _ALIASES.items():
        if alias in mapped and name not in mapped:
            mapped[name] = mapped.pop(alias)
    return mapped


def _check_columns(file: InputFile, found: list[str], columns: Mapping[str, str]) -> None:
    """Raise unless there is a text column and every column that the mapping names."""
    lacking = [theirs for ours, theirs in columns.items() if _ALIASES.get(ours, ours) not in found]
    if TEXT in found and not lacking:
        return
    wanted = f"column {lacking[0]!r}, which `columns` names," if lacking else "column 'text'"
    raise CorpusError(
        f"{file.place}: no {wanted} in it; found: {', '.join(found) or 'no columns'}. "
        'Say which column holds the text with columns={"text": "<name>"}'
    )


def _set_aside(rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """Rename the columns that we compute, and those with values we can't take, to `input_<name>`."""
    aside = set(_COMPUTED)
    for column, allowed in ((KIND, KINDS), (DATE_BASIS, DATE_BASES)):
        if any(row[column] not in allowed for _, row in rows if column in row):
            aside.add(column)
    for column in _SHARES:
        if any(not _is_share(row[column]) for _, row in rows if column in row):
            aside.add(column)
    return [(number, {f"input_{k}" if k in aside else k: v for k, v in row.items()}) for number, row in rows]


def _is_share(value: object) -> bool:
    try:
        return 0.0 <= float(value) <= 1.0  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def _article(
    file: InputFile, number: int, row: Row, *, ledger: Ledger, month_first: bool | None, defaults: Defaults
) -> Row:
    """One article row: what the input says, checked, and what holds for all."""
    text = replace_surrogates(str(row[TEXT])).strip()
    article: Row = dict.fromkeys(ARTICLE_COLUMNS)
    article.update({name: value for name, value in row.items() if name not in article})
    article.update({name: _words(row[name]) for name in _WORDS if name in row})
    article.update({TEXT: text, FILE: file.name, LINES: ((number, number),), KIND: row.get(KIND, "article")})
    article[ARTICLE_ID] = article[ARTICLE_ID] or make_id(text, file.name, ((number, number),))
    article.update({name: float(row[name]) for name in _SHARES if name in row})  # type: ignore[arg-type]
    article.update(_source(article, defaults))
    article.update(_dates(file, number, row, ledger=ledger, month_first=month_first, defaults=defaults))
    return article


def _source(article: Row, defaults: Defaults) -> Row:
    """The source columns: as the row says, else as is given for all; what is given counts as sure."""
    if article[SOURCE] is not None:
        known = article[SOURCE_CONFIDENCE] is not None
        return {
            SOURCE_EVIDENCE: article[SOURCE_EVIDENCE] or "metadata: column source",
            SOURCE_CONFIDENCE: article[SOURCE_CONFIDENCE] if known else 1.0,
        }
    if defaults.source is None:
        return {SOURCE_CONFIDENCE: None}
    evidence = "metadata: given for the run"
    return {SOURCE: defaults.source, SOURCE_EVIDENCE: evidence, SOURCE_CONFIDENCE: 1.0}


def _dates(
    file: InputFile, number: int, row: Row, *, ledger: Ledger, month_first: bool | None, defaults: Defaults
) -> Row:
    """The date columns: from `date`, from `date_start` and `date_end`, or from what holds for all."""
    start, end = parse_date(row.get(DATE_START, "")), parse_date(row.get(DATE_END, ""))
    day = parse_date(row[DATE], month_first=month_first) if DATE in row else None
    if DATE in row and day is None:
        reason = f"{KEPT}unreadable date (expected YYYY-MM-DD), so the article has none"
        ledger.add(file.name, ((number, number),), reason, str(row[DATE]))
    basis, evidence = row.get(DATE_BASIS), row.get(DATE_EVIDENCE)
    if start and end and start.start <= end.end and (day is None or start.start <= day.start <= end.end):
        words = evidence or "columns date_start, date_end"
        return _date_columns(day and day.day, start.start, end.end, _known(basis), words)
    if day is not None:
        return _date_columns(day.day, day.start, day.end, _known(basis), evidence or str(row[DATE]))
    if defaults.date is not None and DATE not in row:
        given = defaults.date
        return _date_columns(given.day, given.start, given.end, "metadata", "given for the run")
    return _date_columns(None, None, None, "none", None)


def _known(basis: object) -> object:
    return "metadata" if basis in (None, "none") else basis


def _date_columns(day: object, start: object, end: object, basis: object, evidence: object) -> Row:
    return {DATE: day, DATE_START: start, DATE_END: end, DATE_BASIS: basis, DATE_EVIDENCE: evidence}


def _words(value: object) -> str:
    """A value as a string: 12.0, as a Parquet column of numbers with gaps holds an id, becomes `12`."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return replace_surrogates(str(value)).strip()


def make_id(text: str, file: str, lines: tuple[tuple[int, int], ...]) -> str:
    """Make an article's id from its text and where it stood: 16 hexadecimal digits of a SHA-256."""
    place = ",".join(f"{first}-{last}" for first, last in lines)
    return hashlib.sha256(f"{file}\x1f{place}\x1f{text}".encode()).hexdigest()[:16]
