"""Characters to lines of type: rows by their base line, cut where a gutter runs between columns.

A gap within a row is a gutter unless lines just above or below, set in the same size, run across it: then
it is a wide space between words or after a mark.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.cutting.lines import is_dense, width
from corpus.layout.sheet import Box, TypeLine

_ASCENT: Final = 0.86
_DESCENT: Final = 0.14
_SAME_ROW: Final = 0.3
_SPLIT: Final = 0.6
_WORD_SPACE: Final = 0.15
_SPACED: Final = 3.0
_WIDEST_SPACE: Final = 2.5
_SAME_SIZE: Final = 1.3
_NEAR: Final = 2.6
_FAR: Final = 8.0
_ALIGNED: Final = 0.3


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as set: its left and right edge, base line, size, and whether a space came before it."""

    char: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    spaced: bool = False


def set_lines(glyphs: Sequence[Glyph], rules: Sequence[Box] = ()) -> tuple[TypeLine, ...]:
    """Return the lines of type that `glyphs` form, top to bottom and left to right."""
    pieces = [_line(piece) for row in _rows(glyphs) for piece in _pieces(row)]
    return merge_words(pieces, rules)


def merge_words(pieces: Sequence[TypeLine], rules: Sequence[Box] = ()) -> tuple[TypeLine, ...]:
    """Join neighbours in a row that only a wide space parts."""
    index = _Rows(pieces)
    merged: list[TypeLine] = []
    for line in sorted(pieces, key=lambda piece: (round(piece.box.bottom), piece.box.left)):
        left = merged[-1] if merged and _one_row(merged[-1], line) else None
        if left is not None and _is_word_gap(left, line, index, rules):
            merged[-1] = _joined(left, line)
        else:
            merged.append(line)
    return tuple(sorted(merged, key=lambda line: (line.box.top, line.box.left, line.text)))


class _Rows:
    """Finds the lines near a height without looking at all of them."""

    def __init__(self, lines: Sequence[TypeLine]) -> None:
        self._lines = sorted(lines, key=lambda line: line.box.top)
        self._tops = [line.box.top for line in self._lines]

    def near(self, top: float, reach: float) -> Sequence[TypeLine]:
        """Return the lines whose top is within `reach` of `top`."""
        return self._lines[bisect_left(self._tops, top - reach) : bisect_right(self._tops, top + reach)]


def _one_row(left: TypeLine, right: TypeLine) -> bool:
    low = min(left.box.height, right.box.height)
    return left.box.shared_height(right.box) > 0.6 * low and right.box.left > left.box.left


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by base line; each row from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.base, g.left)):
        if rows and glyph.base - rows[-1][0].base <= _SAME_ROW * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: (g.left, g.base)) for row in rows]


def _pieces(row: list[Glyph]) -> list[list[Glyph]]:
    """Cut a row where the size changes much or the gap is wider than a space."""
    pieces = [row[:1]]
    for before, glyph in pairwise(row):
        em = max(before.size, glyph.size)
        gap = glyph.left - before.right
        limit = _SPACED if glyph.spaced else _SPLIT
        if gap > limit * em or em > _SAME_SIZE * min(before.size, glyph.size):
            pieces.append([])
        elif _printed_twice(before, glyph):
            continue
        pieces[-1].append(glyph)
    return pieces


def _printed_twice(before: Glyph, glyph: Glyph) -> bool:
    """Tell whether a glyph is the shadow or fake bold of the one before it."""
    return before.char == glyph.char and glyph.left - before.left < 0.12 * glyph.size


def _line(glyphs: list[Glyph]) -> TypeLine:
    parts = [glyphs[0].char]
    usual = _usual_gap(glyphs)
    for before, glyph in pairwise(glyphs):
        gap = (glyph.left - before.right) / glyph.size
        han = width(before.char + glyph.char) >= 2
        if gap > max(0.0, usual if han else 0.0) + _WORD_SPACE or (glyph.spaced and not han):
            parts.append(" ")
        parts.append(glyph.char)
    sizes = sorted(glyph.size for glyph in glyphs)
    size, base = sizes[len(sizes) // 2], glyphs[0].base
    box = Box(glyphs[0].left, base - _ASCENT * size, max(g.right for g in glyphs), base + _DESCENT * size)
    return TypeLine(box, "".join(parts), size, all(glyph.bold for glyph in glyphs))


def _usual_gap(glyphs: list[Glyph]) -> float:
    """The usual space between two characters of a piece, in ems: above nought where text is justified."""
    gaps = sorted((after.left - before.right) / after.size for before, after in pairwise(glyphs))
    return gaps[len(gaps) // 2] if gaps else 0.0


def _is_word_gap(left: TypeLine, right: TypeLine, lines: _Rows, rules: Sequence[Box]) -> bool:
    """Tell whether the gap between two pieces of a row is a space and no gutter.

    Words set apart to fill a line leave gaps as wide as a gutter, but other words above and below stand
    across them; under a gutter lines start.
    """
    em = max(left.size, right.size)
    gap = right.box.left - left.box.right
    if gap > _WIDEST_SPACE * em or em > 1.15 * min(left.size, right.size):
        return False
    hole = Box(left.box.right, left.box.top, right.box.left, left.box.bottom)
    if any(
        rule.height > rule.width and hole.shared_width(rule) >= 0 and _beside(hole, rule) for rule in rules
    ):
        return False
    near = [line for line in lines.near(hole.top, _NEAR * em) if _is_other_row(line, hole, em)]
    if any(_runs_across(line, hole, em) for line in near):
        return True
    if is_dense(left.text) or is_dense(right.text):
        return False
    far = [line for line in lines.near(hole.top, _FAR * em) if _is_other_row(line, hole, em)]
    aligned = sum(abs(line.box.left - hole.right) <= _ALIGNED * em for line in far)
    return sum(_runs_across(line, hole, em) for line in far) > max(1, aligned)


def _is_other_row(line: TypeLine, hole: Box, em: float) -> bool:
    """Tell whether a line of the same size stands above or below a gap."""
    same_size = max(line.size, em) <= 1.15 * min(line.size, em)
    return same_size and abs(line.box.top - hole.top) > 0.5 * em


def _runs_across(line: TypeLine, hole: Box, em: float) -> bool:
    middle = (hole.left + hole.right) / 2
    return line.box.left < middle - 0.2 * em and line.box.right > middle + 0.2 * em


def _beside(hole: Box, rule: Box) -> bool:
    return hole.shared_height(rule) > 0.5 * hole.height


def _joined(left: TypeLine, right: TypeLine) -> TypeLine:
    box = Box(
        left.box.left,
        min(left.box.top, right.box.top),
        right.box.right,
        max(left.box.bottom, right.box.bottom),
    )
    return TypeLine(box, f"{left.text} {right.text}", max(left.size, right.size), left.bold and right.bold)
