"""What belongs to the page and to no story: mastheads and folios at its edges, running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import Line, width
from corpus.layout.blocks import Sizes, TypeBlock
from corpus.layout.sheet import Sheet

_HEAD: Final = 0.16
_FOOT: Final = 0.08
_WIDEST: Final = 70.0
_MOST_LINES: Final = 2
_DIGITS: Final = re.compile(r"\d+")


def mark_edges(
    sheet: Sheet, blocks: Sequence[TypeBlock], sizes: Sizes, running: frozenset[str]
) -> dict[TypeBlock, str]:
    """Return the furniture among `blocks` with the reason; `running` comes from `running_heads`."""
    short = [b for b in blocks if len(b.lines) <= _MOST_LINES and width(b.text) <= _WIDEST]
    lines = [Line(k, b.text.strip(), 0.0, 0, width(b.text)) for k, b in enumerate(short, 1)]
    marks = dict(zip(short, mark_furniture(lines), strict=True))
    found = {block: reason for block, reason in marks.items() if reason and reason != "contents"}
    for block in short:
        if _at_edge(sheet, block) and key_of(block.text) in running:
            found.setdefault(block, "running head")
    strip = [block for block in found if _at_edge(sheet, block)]
    for block in short:
        beside = any(block.box.shared_height(other.box) > 0.5 * block.box.height for other in strip)
        if _at_edge(sheet, block) and beside and _narrow_edge(sheet, block):
            found.setdefault(block, "masthead")
    return found


def running_heads(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Return the keys of lines that stand at the edge of at least half of the sheets (and of three)."""
    counts: Counter[str] = Counter()
    for sheet in sheets:
        counts.update(
            {key_of(line.text) for line in sheet.lines if _in_edge(sheet, line.box.top, line.box.bottom)}
        )
    least = max(3, len(sheets) / 2)
    return frozenset(key for key, count in counts.items() if key and count >= least)


def key_of(text: str) -> str:
    """Return what stays the same of a running head from page to page."""
    return _DIGITS.sub("#", "".join(text.split()))


def _at_edge(sheet: Sheet, block: TypeBlock) -> bool:
    return _in_edge(sheet, block.box.top, block.box.bottom)


def _in_edge(sheet: Sheet, top: float, bottom: float) -> bool:
    return bottom <= _HEAD * sheet.height or top >= (1 - _FOOT) * sheet.height


def _narrow_edge(sheet: Sheet, block: TypeBlock) -> bool:
    """Tell whether a block stands in the outermost strip of the page, where no headline does."""
    return block.box.bottom <= 0.07 * sheet.height or block.box.top >= (1 - 0.05) * sheet.height
