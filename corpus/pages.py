"""A page file to article rows: cut, then dated, attributed and placed as one page."""

from __future__ import annotations

from corpus.cutting.page import Page, cut_page
from corpus.dating.publication import find_publication
from corpus.intake.encoding import replace_surrogates
from corpus.intake.files import InputFile
from corpus.intake.row_readers import Row
from corpus.intake.tables import Defaults, make_id
from corpus.ledger import Ledger
from corpus.origins.places import name_place
from corpus.origins.sources import find_source
from corpus.schema import (
    ARTICLE_COLUMNS,
    ARTICLE_ID,
    BYLINE,
    DATE,
    DATE_BASIS,
    DATE_END,
    DATE_EVIDENCE,
    DATE_START,
    FILE,
    KIND,
    LINES,
    PLACE,
    SOURCE,
    SOURCE_CONFIDENCE,
    SOURCE_EVIDENCE,
    TEXT,
    TITLE,
)


def read_page(file: InputFile, text: str, ledger: Ledger, *, defaults: Defaults) -> list[Row]:
    """Cut one page into article rows; all share the page's source and date.

    What the cutter holds for furniture (mastheads, breadcrumbs, footers) goes to the ledger.
    """
    clean = replace_surrogates(text)
    return rows_of(file, clean, cut_page(clean), ledger, defaults=defaults)


def rows_of(
    file: InputFile, text: str, page: Page, ledger: Ledger, *, defaults: Defaults, first_line: int = 1
) -> list[Row]:
    """Turn the cut of a page into article rows; its `text` begins at line `first_line` of the file."""
    physical = text.split("\n")
    for first, last, reason in page.boilerplate:
        words = " ".join(physical[first - first_line : last - first_line + 1])
        ledger.add(file.name, ((first, last),), reason, words)
    if not page.segments:
        ledger.add(file.name, (), "page without an article")
        return []
    shared = _of_the_page(file, text, defaults)
    rows: list[Row] = []
    for segment in page.segments:
        if not segment.text.strip():
            ledger.add(file.name, segment.lines, "headline without a body", segment.title or "")
            continue
        row: Row = dict.fromkeys(ARTICLE_COLUMNS)
        row.update(shared)
        row.update({TITLE: segment.title, BYLINE: segment.byline, KIND: segment.kind, TEXT: segment.text})
        row.update(
            {
                PLACE: name_place(f"{segment.title or ''}\n{segment.text}"),
                FILE: file.name,
                LINES: segment.lines,
            }
        )
        row[ARTICLE_ID] = make_id(segment.text, file.name, segment.lines)
        rows.append(row)
    return rows


def _of_the_page(file: InputFile, text: str, defaults: Defaults) -> Row:
    """The columns that all articles of a page share."""
    publication = find_publication(text, name=file.name, given=defaults.date)
    source = find_source(text, name=file.name, given=defaults.source)
    return {
        DATE: publication.date,
        DATE_START: publication.start,
        DATE_END: publication.end,
        DATE_BASIS: publication.basis,
        DATE_EVIDENCE: publication.evidence,
        SOURCE: source.name,
        SOURCE_EVIDENCE: source.evidence,
        SOURCE_CONFIDENCE: source.confidence,
    }
