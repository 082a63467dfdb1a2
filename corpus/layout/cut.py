"""Sheets to the cut of a page: text in numbered lines, segments, furniture.

Where type sizes tell headlines, layout decides what belongs together. Where all type looks alike, the lines
are put in reading order, and `corpus.layout.plain` has their paragraphs cut by their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.cutting.bylines import is_byline
from corpus.cutting.closings import closing_names
from corpus.cutting.jumps import starts_with_jump
from corpus.cutting.openings import opening_names
from corpus.cutting.page import Page, Segment
from corpus.layout.blocks import Role, Sizes, TypeBlock, blocks_of, sizes_of
from corpus.layout.columns import areas_of, column_of, column_starts
from corpus.layout.edges import mark_edges, running_heads
from corpus.layout.headlines import PlacedStory, read_headline, without_subheads
from corpus.layout.ownership import place_blocks
from corpus.layout.paragraphs import body_text
from corpus.layout.plain import cut_plain
from corpus.layout.sheet import Box, Sheet

_WIDE: Final = 0.6


@dataclass(frozen=True, slots=True)
class SheetCut:
    """The cut of one sheet: its number, its lines of text from `first_line` of the file on, and the cut."""

    number: int
    first_line: int
    lines: tuple[str, ...]
    page: Page


def cut_sheets(sheets: Sequence[Sheet]) -> list[SheetCut]:
    """Cut each sheet that has text; line numbers go on from one to the next, with a blank line between."""
    running = running_heads(sheets)
    cuts: list[SheetCut] = []
    first = 1
    for sheet in sheets:
        if not sheet.lines:
            continue
        cut = _cut_sheet(sheet, running, first)
        cuts.append(cut)
        first += len(cut.lines) + 1
    return cuts


def _cut_sheet(sheet: Sheet, running: frozenset[str], first: int) -> SheetCut:
    sizes = sizes_of(sheet)
    blocks = blocks_of(sheet, sizes)
    marks = mark_edges(sheet, blocks, sizes, running)
    rest = [block for block in blocks if block not in marks]
    middle = sheet.height / 2
    pen = _Pen(first)
    boilerplate = [(*pen.write(b), why) for b, why in marks.items() if b.box.top < middle]
    if any(block.role is Role.HEAD for block in rest):
        segments = _by_layout(sheet, rest, sizes, pen)
    else:
        segments, more = _by_text(sheet, rest, sizes, pen)
        boilerplate += more
    boilerplate += [(*pen.write(b), why) for b, why in marks.items() if b.box.top >= middle]
    return SheetCut(sheet.number, first, tuple(pen.lines), Page(tuple(segments), tuple(sorted(boilerplate))))


class _Pen:
    """Writes the page text and tells the line numbers of what it wrote."""

    def __init__(self, first: int) -> None:
        self._first = first
        self.lines: list[str] = []

    @property
    def next_line(self) -> int:
        """Number of the line that is written next."""
        return self._first + len(self.lines)

    def write(self, *blocks: TypeBlock) -> tuple[int, int]:
        """Write the lines of blocks; return the first and the last line number."""
        start = self.next_line
        self.lines.extend(line.text for block in blocks for line in block.lines)
        return start, self.next_line - 1


def _by_layout(sheet: Sheet, blocks: list[TypeBlock], sizes: Sizes, pen: _Pen) -> list[Segment]:
    """Cut a sheet by its headlines, columns, rules and frames."""
    starts = column_starts((b for b in blocks if b.role is Role.BODY), sizes)
    stories: list[PlacedStory] = []
    for area in areas_of(sheet, blocks):
        stories += place_blocks(without_subheads(area, sizes), sheet.rules, sizes)
    stories += [PlacedStory(body=[b], why=["a caption"]) for b in blocks if b.role is Role.CAPTION]
    bands = _bands(sheet, blocks)
    stories.sort(key=lambda s: _order([*s.heads, *s.body][0], bands, starts, sizes))
    return [_segment(story, sheet, starts, sizes, pen) for story in stories]


def _bands(sheet: Sheet, blocks: Sequence[TypeBlock]) -> list[float]:
    """Heights at which a rule or headline runs over most of the page, so that reading starts again below."""
    wide: list[Box] = [rule for rule in sheet.rules if rule.width > rule.height]
    wide += [block.box for block in blocks if block.role is Role.HEAD]
    return sorted(box.top for box in wide if box.width >= _WIDE * sheet.width)


def _order(
    block: TypeBlock, bands: Sequence[float], starts: Sequence[float], sizes: Sizes
) -> tuple[int, int, float, float]:
    """Sort key of reading order: band, column, height."""
    band = sum(top <= block.box.top + sizes.body / 2 for top in bands)
    return band, column_of(block, starts, sizes), block.box.top, block.box.left


def _segment(story: PlacedStory, sheet: Sheet, starts: Sequence[float], sizes: Sizes, pen: _Pen) -> Segment:
    """Build the segment of a story, and write its lines."""
    headline = read_headline(story.heads, exact=sheet.exact)
    body = sorted(story.body, key=lambda b: (column_of(b, starts, sizes), b.box.top, b.box.left))
    byline = headline.byline
    if byline is None and body and is_byline(body[0].lines[0].text):
        byline = body[0].lines[0].text
    text = body_text(body)
    lines = pen.write(*story.heads, *body)
    return Segment(
        kind=_kind(story, text),
        lines=(lines,),
        title=headline.title,
        byline=byline or _named(text),
        text=text,
        kicker=headline.kicker,
        deck=headline.deck,
        why=tuple(story.why),
    )


def _kind(story: PlacedStory, text: str) -> str:
    if not story.heads and all(block.role is Role.CAPTION for block in story.body):
        return "caption"
    return "continuation" if starts_with_jump(text) else "article"


def _named(text: str) -> str | None:
    """Return the names in the opening or closing formula."""
    if not text:
        return None
    paragraphs = text.split("\n")
    return opening_names(paragraphs[0]) or closing_names(paragraphs[-1])


def _by_text(
    sheet: Sheet, blocks: list[TypeBlock], sizes: Sizes, pen: _Pen
) -> tuple[list[Segment], list[tuple[int, int, str]]]:
    """Put the lines in reading order and have the text cut by its words."""
    starts = column_starts(blocks, sizes)
    bands = _bands(sheet, blocks)
    offset = pen.next_line - 1
    ordered = sorted(blocks, key=lambda b: _order(b, bands, starts, sizes))
    written, page = cut_plain(ordered, starts, sizes)
    pen.lines.extend(written)
    segments = [
        replace(segment, lines=tuple((a + offset, b + offset) for a, b in segment.lines))
        for segment in page.segments
    ]
    return segments, [(a + offset, b + offset, why) for a, b, why in page.boilerplate]
