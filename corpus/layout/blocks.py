"""Lines to blocks, and what each block is by its size of type: headline, text or caption."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from corpus.cutting.captions import has_credit, is_caption, is_picture_text
from corpus.cutting.lines import ends_sentence, join_all, width
from corpus.layout.sheet import Box, Sheet, TypeLine, around

_LEADING: Final = 1.05
_FALLS_BACK: Final = 0.5
_LONGEST_HEAD: Final = 80.0
_LEAD_WIDTH: Final = 28.0
_MOST_HEAD_LINES: Final = 5
_MOST_CAPTION_LINES: Final = 8


class Role(Enum):
    """What a block is on its page."""

    HEAD = auto()
    BODY = auto()
    CAPTION = auto()


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of type of a page: its body's, from where a headline begins, below what a caption is."""

    body: float
    head: float
    small: float
    same: float


@dataclass(frozen=True, slots=True, eq=False)
class TypeBlock:
    """Lines of one size that stand under each other in one column."""

    lines: tuple[TypeLine, ...]
    box: Box
    role: Role = Role.BODY

    @property
    def text(self) -> str:
        """Its lines joined."""
        return join_all([line.text for line in self.lines])

    @property
    def size(self) -> float:
        """The size of its type: that of most of its characters."""
        return _most_common(self.lines)


def sizes_of(sheet: Sheet) -> Sizes:
    """Return the sizes of a sheet; those of an image are only roughly known and get wider margins."""
    body = _most_common(sheet.lines) if sheet.exact else _middle(sheet.lines)
    if sheet.exact:
        return Sizes(body, 1.14 * body, 0.94 * body, 1.1)
    return Sizes(body, 1.3 * body, 0.84 * body, 1.25)


def _most_common(lines: Sequence[TypeLine]) -> float:
    """The size, to a quarter of a unit, that most characters have."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size * 4) / 4] += len(line.text)
    return max(counts.items(), key=lambda item: (item[1], -item[0]))[0]


def _middle(lines: Sequence[TypeLine]) -> float:
    """The median size, by characters."""
    ordered = sorted((line.size, len(line.text)) for line in lines)
    half = sum(count for _, count in ordered) / 2
    for size, count in ordered:
        half -= count
        if half <= 0:
            return size
    raise ValueError("a sheet without lines has no size of type")


def blocks_of(sheet: Sheet, sizes: Sizes) -> list[TypeBlock]:
    """Return the blocks of a sheet, each with its role, from top to bottom."""
    rules = [rule for rule in sheet.rules if rule.width > rule.height]
    barriers = [*rules, *sheet.pictures]
    mostly_bold = 2 * sum(len(line.text) for line in sheet.lines if line.bold) > sum(
        len(line.text) for line in sheet.lines
    )
    found = []
    for chain in _chains(sheet.lines, barriers, sizes):
        box = around(line.box for line in chain)
        role = _role(chain, box, sheet, sizes, bold_counts=not mostly_bold)
        found.append(TypeBlock(tuple(chain), box, role))
    return sorted(found, key=lambda block: (block.box.top, block.box.left))


def _chains(lines: Sequence[TypeLine], barriers: list[Box], sizes: Sizes) -> list[list[TypeLine]]:
    """Chain each line with the nearest one below it when both are each other's nearest."""
    ordered = sorted(lines, key=lambda line: (line.box.top, line.box.left))
    below = [_nearest_below(ordered, index) for index in range(len(ordered))]
    above: dict[int, list[int]] = {}
    for index, targets in enumerate(below):
        for target in targets:
            above.setdefault(target, []).append(index)
    follows: dict[int, int] = {}
    for index, targets in enumerate(below):
        if len(targets) != 1 or above[targets[0]] != [index]:
            continue
        if _continues(ordered[index], ordered[targets[0]], barriers, sizes):
            follows[index] = targets[0]
    starts = sorted(set(range(len(ordered))) - set(follows.values()))
    chains = []
    for start in starts:
        chain = [start]
        while chain[-1] in follows:
            chain.append(follows[chain[-1]])
        chains.append([ordered[index] for index in chain])
    return chains


def _nearest_below(ordered: list[TypeLine], index: int) -> list[int]:
    """The lines that stand directly under a line: the first, and those beside it."""
    own = ordered[index]
    tops = bisect_left(ordered, own.box.top + 0.5 * own.size, key=lambda line: line.box.top)
    found: list[int] = []
    for other in range(tops, len(ordered)):
        line = ordered[other]
        if line.box.top > own.box.bottom + 2 * own.size:
            break
        if found and line.box.top > ordered[found[0]].box.top + 0.5 * line.size:
            break
        if own.box.shared_width(line.box) > 0.1 * min(own.box.width, line.box.width):
            found.append(other)
    return found


def _continues(upper: TypeLine, lower: TypeLine, barriers: list[Box], sizes: Sizes) -> bool:
    """Tell whether two lines, one under the other, belong to one block."""
    large, small = max(upper.size, lower.size), min(upper.size, lower.size)
    gap = lower.box.top - upper.box.bottom
    if large > sizes.same * small or upper.bold != lower.bold or gap > _LEADING * small:
        return False
    between = Box(
        upper.box.left, upper.box.bottom - 0.2 * small, upper.box.right, lower.box.top + 0.2 * small
    )
    return not any(
        between.shared_height(barrier) > 0 or between.top <= barrier.top <= between.bottom
        for barrier in barriers
        if barrier.stands_over(lower.box) and barrier.stands_over(upper.box)
    )


def _role(chain: list[TypeLine], box: Box, sheet: Sheet, sizes: Sizes, *, bold_counts: bool) -> Role:
    """Tell what a block is."""
    block = TypeBlock(tuple(chain), box)
    text, size = block.text, block.size
    letters = sum(char.isalnum() for char in text)
    ended = ends_sentence(text) and width(text) > _LEAD_WIDTH
    short = len(chain) <= _MOST_HEAD_LINES and width(text) <= _LONGEST_HEAD and letters >= 2
    if size >= sizes.head and short and not ended:
        return Role.HEAD
    bold = all(line.bold for line in chain)
    if bold and bold_counts and short and not ends_sentence(text) and len(chain) <= 3:
        return Role.HEAD
    if len(chain) <= _MOST_CAPTION_LINES and _is_caption(block, sheet, sizes):
        return Role.CAPTION
    return Role.BODY


def _is_caption(block: TypeBlock, sheet: Sheet, sizes: Sizes) -> bool:
    """Tell whether a block belongs to a picture: small type beside one, or a caption's own words."""
    text = block.text
    beside = any(_touches(picture, block.box, sizes.body) for picture in sheet.pictures)
    worded = is_caption(text) or is_picture_text(text) or has_credit(text)
    if beside:
        return block.size <= sizes.small or worded
    return worded and len(block.lines) <= 5 and (block.size <= sizes.small or not sheet.exact)


def _touches(picture: Box, box: Box, body: float) -> bool:
    """Tell whether a block stands right under, over or beside a picture."""
    beneath = picture.stands_over(box, least=0.5) and -body <= -picture.shared_height(box) <= 2 * body
    aside = picture.shared_height(box) > _FALLS_BACK * box.height and -picture.shared_width(box) <= 2 * body
    return beneath or aside
