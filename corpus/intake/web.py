"""A page saved from the web to an article row: one article a file, everything else to the ledger."""

from __future__ import annotations

import re
from typing import Final

from corpus.dating.printed import find_printed_date
from corpus.intake.encoding import replace_surrogates
from corpus.intake.files import InputFile
from corpus.intake.markup import Span, VisibleText, visible_text
from corpus.intake.row_readers import Row
from corpus.intake.tables import Defaults, make_id
from corpus.intake.web_facts import Metadata, find_author, find_headline, find_web_date, find_web_source
from corpus.intake.web_text import article_lines, extract, is_article, is_byline_of, pieces, printed_byline
from corpus.ledger import Ledger
from corpus.origins.places import name_place
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

_MOST_ABOVE: Final = 400
"""Characters above the text in which its date and source line may stand, if not below the headline."""
_TODAY: Final = re.compile(r"(?:今天|今日|现在|当前时间)\s?[是:：].{0,30}")
"""A clock that a site shows: the day on which the page was saved."""
_MOST_BELOW: Final = 120
"""Characters below the text in which its source and editor may stand."""


def read_web_page(file: InputFile, source: str, ledger: Ledger, *, defaults: Defaults) -> list[Row]:
    """Read the article of a saved web page.

    Its `lines` are the lines of the HTML source on which its headline and its paragraphs stand. What else is
    visible goes to the ledger: the site's furniture above, amid and below the article. A page without an
    article has one row there.
    """
    source = replace_surrogates(source)
    visible = visible_text(source)
    found = extract(source)
    metadata = Metadata.from_source(source)
    title = find_headline(metadata, visible, guess=found.title if found else None)
    blocks = visible.blocks(pieces(found.text or "")) if found else []
    longest = max(blocks, key=lambda block: block.end - block.begin, default=Span(0, 0))
    heading = visible.whole_block(title, before=longest.begin) if title else None
    blocks = _below(heading, blocks)
    words = [visible.words(block.begin, block.end) for block in blocks]
    chosen = article_lines(words, title) if words else []
    lines, body = [words[place] for place in chosen], [blocks[place] for place in chosen]
    if found is None or not is_article(lines):
        ledger.add(file.name, (), _why_nothing(visible), visible.words(0, len(visible.characters)))
        return []
    if heading is None or heading.begin > body[0].begin:
        heading = _nearest(visible, title, body[0])
    spans = [*([heading] if heading else []), *body]
    printed = _printed(visible, heading, body)
    origin = find_web_source(metadata, printed, site=found.sitename, name=file.name, given=defaults.source)
    publication = find_web_date(metadata, printed, name=file.name, given=defaults.date)
    author = find_author(metadata, printed, guess=found.author, source=origin.name)
    text = "\n".join(lines[1:] if author and is_byline_of(lines[0], author) else lines)
    _tell_furniture(file, visible, spans, ledger)
    ranges = visible.ranges(spans)
    row: Row = dict.fromkeys(ARTICLE_COLUMNS)
    row |= {
        ARTICLE_ID: make_id(text, file.name, ranges),
        TITLE: title,
        BYLINE: author or printed_byline(lines, title),
        TEXT: text,
        KIND: "article",
        PLACE: name_place(f"{title or ''}\n{text}"),
        FILE: file.name,
        LINES: ranges,
        SOURCE: origin.name,
        SOURCE_EVIDENCE: origin.evidence,
        SOURCE_CONFIDENCE: origin.confidence,
        DATE: publication.date,
        DATE_START: publication.start,
        DATE_END: publication.end,
        DATE_BASIS: publication.basis,
        DATE_EVIDENCE: publication.evidence,
    }
    return [row]


def _why_nothing(visible: VisibleText) -> str:
    if visible.characters:
        return "web page without an article (links and furniture alone)"
    return "web page without visible text (its text is made by scripts: save it as the browser shows it)"


def _below(heading: Span | None, blocks: list[Span]) -> list[Span]:
    """The blocks below a headline that stands alone above most of the text; else all."""
    below = [block for block in blocks if heading and block.begin >= heading.end]
    most = sum(block.end - block.begin for block in blocks) / 2
    return below if sum(block.end - block.begin for block in below) > most else blocks


def _nearest(visible: VisibleText, title: str | None, body: Span) -> Span | None:
    """Where the words of the headline stand nearest above the text."""
    squeezed = "".join((title or "").split())
    begin = visible.characters.rfind(squeezed, 0, body.begin) if squeezed else -1
    return Span(begin, begin + len(squeezed)) if begin >= 0 else None


def _printed(visible: VisibleText, heading: Span | None, body: list[Span]) -> str:
    """What is printed around the article and in it, in which its date and source are looked for.

    That is from the headline on to a little below the text; if there is no date in it, from the masthead on.
    """
    end = min(len(visible.characters), body[-1].end + _MOST_BELOW)
    near = visible.words(heading.end if heading else body[0].begin, end)
    if heading and find_printed_date(near):
        return near
    first = heading or body[0]
    return _TODAY.sub("", visible.words(max(0, first.begin - _MOST_ABOVE), end))


def _tell_furniture(file: InputFile, visible: VisibleText, spans: list[Span], ledger: Ledger) -> None:
    """Write down what is visible and isn't the article."""
    first, last = spans[0].begin, spans[-1].end
    for gap in visible.gaps(spans):
        where = "above" if gap.end <= first else "below" if gap.begin >= last else "amid"
        lines = visible.ranges([gap])
        ledger.add(file.name, lines, f"site furniture {where} the article", visible.words(gap.begin, gap.end))
