"""Reads a whole corpus: files to one article table, a ledger of what was left out, a list of inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pandas as pd

from corpus.assembly import Assembly
from corpus.dating.given import GivenDate, parse_date
from corpus.errors import CorpusError, NoArticlesError
from corpus.export import check_suffix, write_batches
from corpus.file_reading import FileRead, Record, read_file
from corpus.intake.corrections import read_corrections
from corpus.intake.files import InputFile, InputPaths, find_inputs
from corpus.intake.name_patterns import NamePattern
from corpus.intake.tables import Defaults
from corpus.ledger import Ledger, summary, table_of
from corpus.ledger_file import LedgerFile
from corpus.progress import progress_bar
from corpus.rich_display import numbered, show_html
from corpus.schema import DATE, FILE, KIND, LANG, SOURCE, TITLE, count_left_out
from corpus.workers import each_in_order

_SHOWN: Final = (SOURCE, DATE, LANG, KIND, TITLE, FILE)
"""Columns of the articles that a notebook shows."""
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

    def _repr_html_(self) -> str:
        """Show a corpus in a notebook: how much, of whom, of when, what is missing, the first articles."""
        articles = self.articles
        head = f"{numbered(len(articles), 'article')} from {numbered(len(self.inputs), 'file')}"
        return show_html(head, articles[list(_SHOWN)], notes=_corpus_facts(self), whole="corpus.articles")


def _corpus_facts(corpus: Corpus) -> list[str]:
    """What a reader of a corpus asks first, in one line each."""
    articles, days = corpus.articles, corpus.articles[DATE].dropna()
    langs = ", ".join(f"{lang} {n:,}" for lang, n in articles[LANG].value_counts().items())
    span = f", {days.min()} to {days.max()}" if len(days) else ""
    facts = [f"{numbered(articles[SOURCE].nunique(), 'source')}{span}; languages: {langs or 'none known'}"]
    gaps = [(articles[DATE].isna().sum(), "an exact date"), (articles[SOURCE].isna().sum(), "a known source")]
    facts += [f"{numbered(int(n), 'article')} without {what}" for n, what in gaps if n]
    left_out = count_left_out(corpus.dropped)
    if left_out:
        facts.append(f"{numbered(left_out, 'piece')} of the input left out: corpus.dropped says why")
    return facts


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
    settings = ReadSettings(columns, source, date, name_pattern, corrections, reprints, progress, workers)
    loose = Ledger()
    return read_files(find_inputs(paths, loose), loose, settings, names=named_paths(paths))


def read_files(
    files: Sequence[InputFile],
    loose: Ledger,
    settings: ReadSettings,
    *,
    names: str,
    partly: bool = False,
) -> Corpus:
    """Read files that were found already; `names` stands for them in an error.

    `loose` has what the ledger says already, of files that aren't read. `partly` says that these files are
    part of a corpus: corrections may name articles of another part.
    """
    inputs: list[Record] = []
    with _on_disk(loose) as (assembly, ledger):
        _gather(files, settings, assembly, ledger, names=names, partly=partly, told=inputs.append)
        articles = pd.concat(assembly.batches(), ignore_index=True)
        return Corpus(articles, table_of(ledger.entries()), _input_table(inputs, articles))


@dataclass(frozen=True)
class Written:
    """How many articles were written, and how many pieces left out."""

    n_articles: int
    n_dropped: int


def read_to(  # noqa: PLR0913 (the settings of a study's corpus, each by its name)
    paths: InputPaths,
    out: str | Path,
    *,
    dropped: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    date: str | None = None,
    name_pattern: str | None = None,
    corrections: str | Path | None = None,
    reprints: bool = True,
    progress: bool = False,
    workers: int | None = None,
) -> Written:
    """Read pages and ready-made articles and write the articles to a file, without holding them.

    The file is, byte for byte, what `write_articles` makes of the table that `read` gives.

    Parameters
    ----------
    paths, columns, source, date, name_pattern, corrections, reprints, progress, workers
        As for `read`.
    out
        Where the articles go: `.jsonl`, `.csv` or `.parquet`.
    dropped
        Where the ledger of what was left out goes, as CSV.

    Raises
    ------
    MissingInputError, NoArticlesError, CorpusError
        As `read` does; also if `out` has another suffix, before anything is read.
    """
    check_suffix(out)
    settings = ReadSettings(columns, source, date, name_pattern, corrections, reprints, progress, workers)
    loose = Ledger()
    files = find_inputs(paths, loose)
    with _on_disk(loose) as (assembly, ledger):
        count = _gather(files, settings, assembly, ledger, names=named_paths(paths))
        write_batches(assembly.batches(), out)
        if dropped is not None:
            ledger.write_csv(dropped)
        return Written(count, len(ledger))


@dataclass(frozen=True)
class ReadSettings:
    """The settings of `read`, by the names of its arguments."""

    columns: Mapping[str, str] | None = None
    source: str | None = None
    date: str | None = None
    name_pattern: str | None = None
    corrections: str | Path | None = None
    reprints: bool = True
    progress: bool = False
    workers: int | None = None


@contextmanager
def _on_disk(loose: Ledger) -> Iterator[tuple[Assembly, LedgerFile]]:
    """Articles and ledger in a folder that is gone in the end."""
    with (
        TemporaryDirectory(prefix="broadsheet-") as made,
        Assembly(Path(made)) as assembly,
        closing(LedgerFile(Path(made) / "ledger.txt", loose)) as ledger,
    ):
        yield assembly, ledger


def _gather(
    files: Sequence[InputFile],
    plan: ReadSettings,
    assembly: Assembly,
    ledger: LedgerFile,
    *,
    names: str,
    partly: bool = False,
    told: Callable[[Record], None] | None = None,
) -> int:
    """Read all files into assembly and ledger and settle them; give the number of articles.

    `told` gets the row of each file for the table of inputs.
    """
    defaults = Defaults(source=plan.source, date=_given_date(plan.date))
    pattern = NamePattern(plan.name_pattern) if plan.name_pattern is not None else None
    known = read_corrections(Path(plan.corrections)) if plan.corrections is not None else None
    read_one = partial(
        read_file,
        columns=dict(plan.columns or {}),
        defaults=defaults,
        pattern=pattern,
        reprints=plan.reprints,
    )
    for number, file in _with_progress(_each_file(read_one, files, plan.workers), len(files), plan.progress):
        assembly.add(number, file.rows, file.plain)
        ledger.add(number, file.entries)
        if told:
            told(file.record)
    count = assembly.settle(
        ledger.loose, corrections=known, partly=partly, reprints=plan.reprints, workers=plan.workers
    )
    if not count:
        why = summary(ledger.entries())
        raise NoArticlesError(f"no articles found in {names}; left out were:\n{why}")
    return count


def _each_file(
    read_one: Callable[[InputFile], FileRead], files: Sequence[InputFile], workers: int | None
) -> Iterator[tuple[int, FileRead]]:
    """Read tables in this process, one after the other, and pages in as many as help; each with its number.

    Tables come first: they are soon read, and the only files that can stop a run.
    """
    tables = [number for number, file in enumerate(files) if file.is_table]
    pages = [number for number, file in enumerate(files) if not file.is_table]
    yield from ((number, read_one(files[number])) for number in tables)
    read = each_in_order(read_one, (files[number] for number in pages), count=len(pages), workers=workers)
    yield from zip(pages, read, strict=True)


def _given_date(date: str | None) -> GivenDate | None:
    if date is None:
        return None
    given = parse_date(date)
    if given is None:
        raise CorpusError(f"date {date!r} is no date; expected YYYY-MM-DD")
    return given


def _input_table(inputs: list[Record], articles: pd.DataFrame) -> pd.DataFrame:
    counts = articles[FILE].value_counts()
    table = pd.DataFrame(sorted(inputs, key=itemgetter(0)), columns=list(INPUT_COLUMNS[:-1]))
    table = table.astype({"sha256": "str", "encoding": "str"})
    return table.assign(n_articles=[int(counts.get(name, 0)) for name in table["file"]])


def _with_progress(
    read: Iterable[tuple[int, FileRead]], count: int, progress: bool
) -> Iterable[tuple[int, FileRead]]:
    if not progress:
        return read
    bar: Iterable[tuple[int, FileRead]] = progress_bar(read, total=count, doing="reading", unit="file")
    return bar


def named_paths(paths: InputPaths) -> str:
    """The paths that were given, for messages."""
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    shown = ", ".join(str(path) for path in given[:3])
    return shown if len(given) <= 3 else f"{shown} and {len(given) - 3} more"
