"""Explains the cut of one page: for every line where it went and why, as data that a renderer can show."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.cutting.page import Page, Segment, cut_page
from corpus.dating.publication import find_publication
from corpus.errors import CorpusError, MissingInputError
from corpus.intake.encoding import decode, replace_surrogates
from corpus.intake.files import PAGE_SUFFIXES
from corpus.origins.sources import find_source

TITLE: Final = "title"
HEADLINE: Final = "headline"
BODY: Final = "body"
BOILERPLATE: Final = "boilerplate"
BLANK: Final = "blank"
_JOINERS: Final = "\u200c\u200d"
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One line of a page.

    Attributes
    ----------
    number
        Its 1-based number.
    text
        The line as it stands; `visible` makes its control characters seen.
    role
        `title`, `headline` (a kicker, a deck or a byline of its own), `body`, `boilerplate` or `blank`.
    segment
        The 1-based number of its segment in `ExplainedPage.segments`; None outside of one.
    reason
        Why boilerplate is held for boilerplate; None for other lines.
    """

    number: int
    text: str
    role: str
    segment: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ExplainedPage:
    """A page line by line, its segments (each with its `why`), and the source and date read from it.

    `source` and `date` are None where the page doesn't tell; the evidence is the words they were read from.
    `source_confidence` is the probability that the source is right, `date_basis` how the date was read
    (`printed`, `file name`, `inferred`, `none`); `date_start` and `date_end` bound the day of publication.
    """

    name: str
    lines: tuple[ExplainedLine, ...]
    segments: tuple[Segment, ...]
    source: str | None
    source_evidence: str | None
    source_confidence: float | None
    date: str | None
    date_start: str | None
    date_end: str | None
    date_basis: str
    date_evidence: str | None

    @property
    def day(self) -> str | None:
        """The day of publication, with the interval it lies in where that is longer; None if unknown."""
        if self.date_start is None or self.date_start == self.date_end:
            return self.date
        interval = f"{self.date_start} to {self.date_end}"
        return f"{self.date} ({interval})" if self.date else interval

    @property
    def certainty(self) -> tuple[str, str]:
        """How sure the source is, and how the date was read, in words; empty where nothing is known."""
        sure = f"{self.source_confidence:.0%} sure" if self.source_confidence is not None else ""
        return sure, self.date_basis if self.day else ""


def explain_page(text: str, *, name: str = "page.txt") -> ExplainedPage:
    """Cut one page and say of every line where it went and why.

    Parameters
    ----------
    text
        The page; lines are what lies between line feeds.
    name
        The name of its file, from which a source and a date may be read.
    """
    clean = replace_surrogates(text)
    page = cut_page(clean)
    publication = find_publication(clean, name=name, given=None)
    source = find_source(clean, name=name, given=None)
    return ExplainedPage(
        name=name,
        lines=tuple(_lines(clean.split("\n"), page)),
        segments=page.segments,
        source=source.name,
        source_evidence=source.evidence,
        source_confidence=source.confidence,
        date=publication.date,
        date_start=publication.start,
        date_end=publication.end,
        date_basis=publication.basis,
        date_evidence=publication.evidence,
    )


def explain_file(path: Path) -> ExplainedPage:
    """`explain_page` of a page file in any encoding that `corpus.read` knows.

    Raises
    ------
    MissingInputError
        If there is no such file.
    CorpusError
        If it is no page text.
    """
    if not path.is_file():
        raise MissingInputError(f"{path}: no such file; --explain shows one page text")
    if path.suffix.lower() not in PAGE_SUFFIXES & {".txt"}:
        raise CorpusError(f"{path}: --explain shows page texts (.txt), not “{path.suffix}”")
    return explain_page(decode(path.read_bytes()).text, name=path.name)


def visible(text: str) -> str:
    """`text` with every control, format and private character written out, so that none acts unseen.

    A tab becomes `␉`, an escape `␛`, a right-to-left override `‹U+202E›`; joiners, which Indic and Arabic
    script needs, stay.
    """
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if character in "\u200c\u200d" or unicodedata.category(character) not in {
        "Cc",
        "Cf",
        "Co",
        "Cn",
        "Zl",
        "Zp",
    }:
        return character
    return f"‹U+{code:04X}›"


def _lines(physical: list[str], page: Page) -> list[ExplainedLine]:
    owner = {
        line: number
        for number, segment in enumerate(page.segments, 1)
        for first, last in segment.lines
        for line in range(first, last + 1)
    }
    reasons = {line: reason for first, last, reason in page.boilerplate for line in range(first, last + 1)}
    explained = []
    for line, text in enumerate(physical, 1):
        if not text.strip():
            explained.append(ExplainedLine(line, text, BLANK, owner.get(line)))
        elif line in owner:
            role = _role(text, page.segments[owner[line] - 1])
            explained.append(ExplainedLine(line, text, role, owner[line]))
        else:
            explained.append(ExplainedLine(line, text, BOILERPLATE, reason=reasons.get(line)))
    return explained


def _role(text: str, segment: Segment) -> str:
    """What a line of a segment is, by which of the segment's parts it stands in."""
    squeezed = _squeezed(text)
    if segment.title and squeezed in _squeezed(segment.title):
        return TITLE
    above = (segment.kicker, segment.deck, segment.byline)
    if any(part and squeezed in _squeezed(part) for part in above):
        return HEADLINE
    return BODY


def _squeezed(text: str) -> str:
    return "".join(text.split())
