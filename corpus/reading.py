"""Reads a whole corpus: files to one article table, a ledger of what was left out, a list of inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Final

import pandas as pd

from corpus.assembly import assemble
from corpus.dating.given import GivenDate, parse_date
from corpus.errors import CorpusError, NoArticlesError
from corpus.intake.archives import ArchiveError
from corpus.intake.corrections import read_corrections
from corpus.intake.encoding import UndecodableError, declared_charset, decode
from corpus.intake.files import InputFile, InputPaths, find_inputs
from corpus.intake.name_patterns import NamePattern
from corpus.intake.row_readers import Row
from corpus.intake.tables import Defaults, read_table
from corpus.language import detect_language
from corpus.ledger import Entry, Ledger
from corpus.origins.names import unify_sources
from corpus.quality import score_quality
from corpus.reprints import find_reprints
from corpus.schema import FILE, KEPT, LANG, QUALITY, REPRINT_OF, SOURCE, TEXT
from corpus.workers import each_in_order

_Record = tuple[str, str | None, int, str | None]
INPUT_COLUMNS: Final = ("file", "sha256", "bytes", "encoding", "n_articles")


@dataclass(frozen=True)
class Corpus:
    """What was read.

    Attributes
    ----------
    articles
        One row an article: `corpus.schema.ARTICLE_COLUMNS`, then the inputs' own columns; sorted by file and
        first line.
    dropped
        One row for everything that was left out: `corpus.schema.DROPPED_COLUMNS`.
    inputs
        One row for each file that was read: file, sha256, bytes, encoding, n_articles; for a member of a zip
        hash and bytes are those of the unpacked member.
    """

    articles: pd.DataFrame
    dropped: pd.DataFrame
    inputs: pd.DataFrame


def read(  # noqa: PLR0913 (the settings of a study's corpus, each by its name)
    paths: InputPaths,
    *,
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    date: str | None = None,
    name_pattern: str | None = None,
    corrections: str | Path | None = None,
    reprints: bool = True,
    progress: bool = False,
    workers: int | None = None,
) -> Corpus:
    """Read pages and ready-made articles into one table.

    Parameters
    ----------
    paths
        Files, folders (searched to the bottom) or patterns (`pages/*.txt`), in any order: `.txt` pages, pages
        saved from the web (`.html`, `.htm`, `.xhtml`, `.shtml`; one article each), and `.jsonl`, `.ndjson`,
        `.csv`, `.tsv` and `.parquet` tables of ready-made articles; each also as `.gz` or in a `.zip`.
    columns
        For the tables: our column name → theirs, as in `{"text": "body"}`.
    source
        The newspaper, for inputs that don't name it.
    date
        The publication date (YYYY-MM-DD), for inputs that don't say.
    name_pattern
        How the files are named, as in `{source}_{date}_{page}`; it counts before what is read on a page. The
        page goes into a column `page`.
    corrections
        A table (`.csv`, `.tsv` or `.jsonl`) of what is known better: see `corpus.intake.corrections`.
    reprints
        Look for articles printed more than once, and fill `reprint_of`.
    progress
        Show a progress bar.
    workers
        Processes that read pages; by default one a core where there are enough pages, and with 1 this one
        alone. The result is the same.

    Raises
    ------
    MissingInputError
        If a path doesn't exist.
    NoArticlesError
        If not one article was found; the message repeats the reasons.
    CorpusError
        If an input can't be read as it stands: no text column, broken CSV quoting, unsupported suffix.
    """
    ledger = Ledger()
    defaults = Defaults(source=source, date=_given_date(date))
    files = find_inputs(paths, ledger)
    rows: list[Row] = []
    inputs = []
    pattern = NamePattern(name_pattern) if name_pattern is not None else None
    known = read_corrections(Path(corrections)) if corrections is not None else None
    read_one = partial(_read_file, columns=dict(columns or {}), defaults=defaults, pattern=pattern)
    for file in _with_progress(_each_file(read_one, files, workers), len(files), progress):
        rows.extend(file.rows)
        ledger.entries.extend(file.entries)
        inputs.append(file.record)
    if not rows:
        raise NoArticlesError(f"no articles found in {_names(paths)}; left out were:\n{ledger.summary()}")
    articles = assemble(rows, ledger)
    articles = _completed(known.apply(articles) if known else articles, reprints=reprints, workers=workers)
    return Corpus(articles, ledger.table(), _input_table(inputs, articles))


def _given_date(date: str | None) -> GivenDate | None:
    if date is None:
        return None
    given = parse_date(date)
    if given is None:
        raise CorpusError(f"date {date!r} is no date; expected YYYY-MM-DD")
    return given


@dataclass(frozen=True)
class _FileRead:
    """What one file gave: article rows, ledger entries, and its row of the table of inputs."""

    rows: list[Row]
    entries: list[Entry]
    record: _Record


def _each_file(
    read_one: Callable[[InputFile], _FileRead], files: Sequence[InputFile], workers: int | None
) -> Iterator[_FileRead]:
    """Read tables in this process, one after the other, and pages in as many as help."""
    yield from map(read_one, (file for file in files if file.is_table))
    pages = [file for file in files if not file.is_table]
    yield from each_in_order(read_one, pages, count=len(pages), workers=workers)


def _read_file(
    file: InputFile, *, columns: Mapping[str, str], defaults: Defaults, pattern: NamePattern | None
) -> _FileRead:
    """Read one file; its articles have their language and quality."""
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
    return _FileRead(rows, ledger.entries, record)


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
    if file.is_page:
        from corpus.pages import read_page

        return read_page(file, decoded.text, ledger, defaults=defaults), decoded.encoding
    if file.is_web_page:
        from corpus.intake.web import read_web_page

        return read_web_page(file, decoded.text, ledger, defaults=defaults), decoded.encoding
    return read_table(file, decoded.text, ledger, columns=columns, defaults=defaults), decoded.encoding


def _completed(articles: pd.DataFrame, *, reprints: bool, workers: int | None) -> pd.DataFrame:
    """Fill what takes all articles to know: one spelling for each source, reprints."""
    filled = articles.assign(**{SOURCE: unify_sources(articles[SOURCE])})
    return filled.assign(**{REPRINT_OF: find_reprints(filled, workers=workers)}) if reprints else filled


def _input_table(inputs: list[_Record], articles: pd.DataFrame) -> pd.DataFrame:
    counts = articles[FILE].value_counts()
    table = pd.DataFrame(sorted(inputs, key=itemgetter(0)), columns=list(INPUT_COLUMNS[:-1]))
    table = table.astype({"sha256": "str", "encoding": "str"})
    return table.assign(n_articles=[int(counts.get(name, 0)) for name in table["file"]])


def _with_progress(read: Iterable[_FileRead], count: int, progress: bool) -> Iterable[_FileRead]:
    if not progress:
        return read
    from tqdm import tqdm

    bar: Iterable[_FileRead] = tqdm(read, total=count, desc="reading", unit="file")
    return bar


def _names(paths: InputPaths) -> str:
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    shown = ", ".join(str(path) for path in given[:3])
    return shown if len(given) <= 3 else f"{shown} and {len(given) - 3} more"
