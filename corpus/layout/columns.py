"""The columns of a page, the areas that frames make of it, and what stands over a block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from corpus.layout.blocks import Role, Sizes, TypeBlock
from corpus.layout.sheet import Box, Sheet

_SAME_COLUMN: Final = 3.0
_WIDE_RULE: Final = 0.6


def areas_of(sheet: Sheet, blocks: Sequence[TypeBlock]) -> list[list[TypeBlock]]:
    """Part the blocks by the smallest frame that they stand in; what stands in none is the last area.

    A frame counts if it holds a headline with its text, and not the whole page's text.
    """
    frames = sorted(sheet.frames, key=lambda box: (box.width * box.height, box.top, box.left))
    members: dict[Box, list[TypeBlock]] = {}
    rest = list(blocks)
    for frame in frames:
        inside = [block for block in rest if frame.holds_middle_of(block.box)]
        roles = {block.role for block in inside}
        if {Role.HEAD, Role.BODY} <= roles and len(inside) < len(rest):
            members[frame] = inside
            rest = [block for block in rest if block not in inside]
    return [members[frame] for frame in sorted(members, key=lambda f: (f.top, f.left))] + (
        [rest] if rest else []
    )


def column_starts(blocks: Iterable[TypeBlock], sizes: Sizes) -> list[float]:
    """Return the left edges of the columns of text."""
    starts: list[float] = []
    for left in sorted(block.box.left for block in blocks):
        if not starts or left > starts[-1] + _SAME_COLUMN * sizes.body:
            starts.append(left)
    return starts


def column_of(block: TypeBlock, starts: Sequence[float], sizes: Sizes) -> int:
    """Return the number of the column in which a block begins."""
    own = [k for k, left in enumerate(starts) if block.box.left >= left - sizes.body / 2]
    return own[-1] if own else 0


def last_column(block: TypeBlock, starts: Sequence[float], sizes: Sizes) -> int:
    """Return the number of the last column that a block reaches into."""
    return max((k for k, left in enumerate(starts) if left < block.box.right - sizes.body), default=0)


def above(block: Box, others: Iterable[TypeBlock]) -> TypeBlock | None:
    """Return the nearest of `others` that stands over `block`."""
    over = [
        other
        for other in others
        if other.box.stands_over(block)
        and other.box.top < block.top
        and other.box.bottom < block.top + 0.5 * min(block.height, other.box.height)
    ]
    return max(over, key=lambda other: (other.box.bottom, other.box.top, -other.box.left), default=None)


def rule_between(upper: float, block: Box, rules: Iterable[Box]) -> bool:
    """Tell whether a rule over most of a block runs between height `upper` and its top."""
    slack = 0.3 * min(block.height, 12.0)
    return any(
        upper - slack <= rule.top <= block.top + slack
        and rule.shared_width(block) >= _WIDE_RULE * block.width
        for rule in rules
        if rule.width > rule.height
    )
