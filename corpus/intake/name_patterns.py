"""What file names say: a pattern such as `{source}_{date}_{page}` gives each article source, date and page.

A study that names a pattern knows how its files are called, so that what the pattern gives counts before what
is read on the page. Rows of ready-made articles keep what they say themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from corpus.dating.given import GivenDate, parse_date
from corpus.errors import CorpusError
from corpus.intake.archives import GZIP_SUFFIX
from corpus.intake.files import InputFile
from corpus.intake.row_readers import Row
from corpus.ledger import Ledger
from corpus.schema import (
    DATE,
    DATE_BASIS,
    DATE_END,
    DATE_EVIDENCE,
    DATE_START,
    KEPT,
    SOURCE,
    SOURCE_CONFIDENCE,
    SOURCE_EVIDENCE,
)

if TYPE_CHECKING:
    from parse import Parser

PAGE: Final = "page"
"""The column that carries the page number or name of a file's name."""
_FIELDS: Final = (SOURCE, DATE, PAGE)
_GIVEN_FOR_ALL: Final = ("metadata: given for the run", "given for the run")


@dataclass(frozen=True)
class NamePattern:
    """How files are named.

    Attributes
    ----------
    pattern
        Text with any of `{source}`, `{date}` and `{page}` in it, and `{}` for what is not to be read. It is
        matched with the whole of a file's name, with or without suffix; one with slashes, as
        `{source}/{date}`, with as many folders as it has.

    Raises
    ------
    CorpusError
        If it has no field, or one that isn't known.
    """

    pattern: str

    def __post_init__(self) -> None:
        try:
            fields = set(self._parser.named_fields)
        except (ValueError, KeyError) as error:
            raise CorpusError(f"name pattern {self.pattern!r} can't be read ({error})") from error
        unknown = sorted(fields - {*_FIELDS})
        if unknown or not fields:
            said = f"has the unknown field {{{unknown[0]}}}" if unknown else "names no field"
            raise CorpusError(
                f"name pattern {self.pattern!r} {said}; expected {{source}}, {{date}}, {{page}}, and "
                "{} for the rest, as in {source}_{date}_{page}"
            )

    @cached_property
    def _parser(self) -> Parser:
        import parse

        return parse.compile(self.pattern, case_sensitive=True)

    def read(self, name: str) -> dict[str, str] | None:
        """The fields in a file's name, or None if it doesn't fit the pattern."""
        path = PurePosixPath(name)
        if path.suffix.lower() == GZIP_SUFFIX:
            path = path.with_suffix("")
        depth = self.pattern.count("/") + 1
        whole = "/".join(path.parts[-depth:])
        for candidate in (whole.removesuffix(path.suffix), whole):
            found = self._parser.parse(candidate)
            if found is not None and not any("/" in str(value) for value in found.named.values()):
                return {field: str(value).strip() for field, value in found.named.items()}
        return None

    def apply(self, rows: list[Row], file: InputFile, ledger: Ledger) -> None:
        """Fill the rows of a file from its name; a name that doesn't fit is told in the ledger."""
        said = self.read(file.name)
        if said is None:
            ledger.add(file.name, (), f"{KEPT}the name doesn't fit the pattern {self.pattern}")
            return
        day = parse_date(said[DATE]) if DATE in said else None
        if DATE in said and day is None:
            reason = f"{KEPT}the name has no date where the pattern {self.pattern} has one"
            ledger.add(file.name, (), reason, said[DATE])
        for row in rows:
            _fill(row, said, day, evidence=f"file name: {file.name}", own=file.is_table)


def _fill(row: Row, said: dict[str, str], day: GivenDate | None, *, evidence: str, own: bool) -> None:
    """Fill one row; with `own`, only what the row doesn't say itself."""
    if SOURCE in said and not (own and row[SOURCE] and row[SOURCE_EVIDENCE] not in _GIVEN_FOR_ALL):
        row |= {SOURCE: said[SOURCE], SOURCE_EVIDENCE: evidence, SOURCE_CONFIDENCE: 1.0}
    if day and not (own and row[DATE_START] and row[DATE_EVIDENCE] not in _GIVEN_FOR_ALL):
        row |= {DATE: day.day, DATE_START: day.start, DATE_END: day.end}
        row |= {DATE_BASIS: "file name", DATE_EVIDENCE: evidence}
    if PAGE in said and not row.get(PAGE):
        row[PAGE] = said[PAGE]
