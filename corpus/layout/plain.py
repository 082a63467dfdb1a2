"""Sheets set in one size of type: lines in reading order to paragraphs, which are cut by their words.

The place of a line tells where a paragraph ends long before its words do: by an indent, a line that falls
short of its column, a space above. A headline in the same type as the text is a paragraph of its own, so the
cutter, which reads such text as well as it reads a page with a paragraph a line, need not guess at lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from corpus.cutting.lines import ends_sentence, is_dense, join_all
from corpus.cutting.page import Page, cut_page
from corpus.layout.blocks import Sizes, TypeBlock
from corpus.layout.columns import column_of
from corpus.layout.sheet import TypeLine

_INDENT: Final = 0.9
_FARTHEST_INDENT: Final = 6.0
_SHORT: Final = 1.6
_RAGGED: Final = 0.75
"""Share of the column's width below which a line of words with spaces, set ragged, ends a paragraph."""
_SPACE: Final = 0.35
"""Ems by which the space over a line is wider than usual where a paragraph of its own begins."""
_GAP: Final = 1.0
_MOST_HEAD_LINES: Final = 3
_FEW: Final = 0.04
"""Share of indented lines from which on paragraphs are told by their indents."""


class SetLine(NamedTuple):
    """A line where it stands: its block, and the left and right edge of its column."""

    line: TypeLine
    block: TypeBlock
    left: float
    right: float

    @property
    def is_indented(self) -> bool:
        """Whether it starts further right than its column, by as much as a paragraph does."""
        shift = (self.line.box.left - self.left) / self.line.size
        return _INDENT < shift <= _FARTHEST_INDENT

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle of its column, with room on both sides."""
        before, after = self.line.box.left - self.left, self.right - self.line.box.right
        return min(before, after) > _SHORT * self.line.size and abs(before - after) < self.line.size

    @property
    def is_short(self) -> bool:
        """Whether it ends before its column does, as the last line of a paragraph."""
        if is_dense(self.line.text):
            return self.line.box.right < self.right - _SHORT * self.line.size
        return self.line.box.right - self.left < _RAGGED * (self.right - self.left)


def cut_plain(blocks: Sequence[TypeBlock], starts: Sequence[float], sizes: Sizes) -> tuple[list[str], Page]:
    """Cut blocks in reading order; give the lines as written, with blank ones, and the cut.

    Lines are counted from 1.
    """
    paragraphs = _paragraphs(_placed(blocks, starts, sizes))
    telling = _indents_tell([paragraph for paragraph, _ in paragraphs])
    rows: list[str] = []
    spans: list[tuple[int, int]] = []
    written: list[str] = []
    for paragraph, apart in paragraphs:
        if apart and rows:
            rows.append("")
            written.append("")
            spans.append((len(written), len(written)))
        indent = "\u3000\u3000" if telling and _is_indented(paragraph[0]) else ""
        rows.append(indent + join_all([item.line.text for item in paragraph]))
        spans.append((len(written) + 1, len(written) + len(paragraph)))
        written += [item.line.text for item in paragraph]
    page = cut_page("\n".join(rows))
    segments = [
        replace(segment, lines=tuple((spans[a - 1][0], spans[b - 1][1]) for a, b in segment.lines))
        for segment in page.segments
    ]
    boilerplate = tuple((spans[a - 1][0], spans[b - 1][1], why) for a, b, why in page.boilerplate)
    return written, Page(tuple(segments), boilerplate)


def _placed(blocks: Sequence[TypeBlock], starts: Sequence[float], sizes: Sizes) -> list[SetLine]:
    """The lines of blocks with the edges of their columns: what most lines reach to, or the farthest."""
    edges: dict[int, tuple[float, float]] = {}
    for block in blocks:
        column = column_of(block, starts, sizes)
        left, right = edges.get(column, (block.box.left, block.box.right))
        edges[column] = (min(left, block.box.left), max(right, block.box.right))
    return [
        SetLine(line, block, *edges[column_of(block, starts, sizes)])
        for block in blocks
        for line in block.lines
    ]


def _paragraphs(lines: Sequence[SetLine]) -> list[tuple[list[SetLine], bool]]:
    """The lines of each paragraph, and whether a space parts it from what is above, or as good as one."""
    usual = _usual_space(lines)
    indents = sum(map(_is_indented, lines)) >= _FEW * len(lines)
    found: list[tuple[list[SetLine], bool]] = []
    for place, item in enumerate(lines):
        before = lines[place - 1] if place else None
        after = lines[place + 1] if place + 1 < len(lines) else None
        apart = before is not None and _is_apart(before, item, usual)
        if before is None or apart or _begins(before, item, after, indents=indents):
            found.append(([], apart or (item.is_centred and before is not None)))
        found[-1][0].append(item)
    return found


def _is_indented(item: SetLine) -> bool:
    return item.is_indented and not item.is_centred


def _indents_tell(paragraphs: Sequence[Sequence[SetLine]]) -> bool:
    """Tell whether paragraphs are indented and headlines are not, by the short ones without a stop."""
    heads = [
        paragraph
        for paragraph in paragraphs
        if len(paragraph) <= _MOST_HEAD_LINES and not ends_sentence(paragraph[-1].line.text)
    ]
    return bool(heads) and 2 * sum(_is_indented(paragraph[0]) for paragraph in heads) < len(heads)


def _usual_space(lines: Sequence[SetLine]) -> float:
    """The usual space between two lines, one under the other, in ems."""
    spaces = sorted(
        (below.line.box.top - above.line.box.bottom) / below.line.size
        for above, below in pairwise(lines)
        if _is_under(above, below)
    )
    return spaces[len(spaces) // 2] if spaces else 0.0


def _is_under(above: SetLine, below: SetLine) -> bool:
    return above.line.box.stands_over(below.line.box) and below.line.box.top > above.line.box.top


def _is_apart(above: SetLine, below: SetLine, usual: float) -> bool:
    """Tell whether more than the usual space is between two lines; a new column alone is none."""
    if not _is_under(above, below):
        return False
    space = (below.line.box.top - above.line.box.bottom) / below.line.size
    return space > min(usual + _SPACE, _GAP)


def _begins(before: SetLine, item: SetLine, after: SetLine | None, *, indents: bool) -> bool:
    """Tell whether a line begins a paragraph."""
    ended = ends_sentence(before.line.text)
    if item.line.bold != before.line.bold or before.is_centred:
        return not (item.is_centred and before.is_centred and _is_under(before, item))
    if item.is_centred:
        return ended or before.is_short
    if item.is_indented:
        return True
    if not indents:
        return before.is_short and (ended or is_dense(before.line.text) or not _is_under(before, item))
    if before.is_short and (ended or is_dense(before.line.text)):
        return True
    stands_alone = after is not None and (after.is_centred or (item.is_short and after.is_indented))
    return ended and stands_alone and not ends_sentence(item.line.text)
