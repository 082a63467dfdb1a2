"""Which headline owns which block of text: every block looks up, then beside it, then to the column before.

A block belongs to the headline right above it, or to the story of the text right above it. Where a gap or a
rule parts it from what stands above, it belongs to the story beside it whose first lines stand at the same
height with nothing but a headline above; else it goes on with what the column before it left off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.cutting.closings import closing_names
from corpus.cutting.lines import ends_sentence
from corpus.layout.blocks import Role, Sizes, TypeBlock
from corpus.layout.columns import above, column_of, column_starts, last_column, rule_between
from corpus.layout.headlines import PlacedStory, headline_stories
from corpus.layout.sheet import Box, around

_CLOSE: Final = 1.4
_UNDER_HEAD: Final = 3.0
_DECORATION: Final = 1.25
_LEVEL: Final = 2.5
_SAME_HEIGHT: Final = 0.8


@dataclass(slots=True)
class _Area:
    """What is known of an area while its blocks are placed."""

    blocks: list[TypeBlock]
    captions: list[TypeBlock]
    rules: Sequence[Box]
    sizes: Sizes
    starts: list[float]
    story: dict[TypeBlock, PlacedStory]
    first: list[TypeBlock]


def place_blocks(blocks: Sequence[TypeBlock], rules: Sequence[Box], sizes: Sizes) -> list[PlacedStory]:
    """Return the stories of one area; every headline and text block is in exactly one."""
    stories = headline_stories(blocks, rules)
    texts = [block for block in blocks if block.role is Role.BODY]
    area = _Area(
        [block for block in blocks if block.role is not Role.CAPTION],
        [block for block in blocks if block.role is Role.CAPTION],
        rules,
        sizes,
        column_starts(texts, sizes),
        {block: story for story in stories for block in story.heads},
        [],
    )
    area.first += [block for block in texts if _under_headline(block, area) is not None]
    for block in sorted(texts, key=lambda b: (column_of(b, area.starts, sizes), b.box.top, b.box.left)):
        story, why = _home(block, area)
        if story is None:
            story = PlacedStory()
            stories.append(story)
        area.story[block] = story
        story.body.append(block)
        if why not in story.why:
            story.why.append(why)
    return stories


def _home(block: TypeBlock, area: _Area) -> tuple[PlacedStory | None, str]:
    """Return the story that a block belongs to (None: a new one) and the cue."""
    over = above(block.box, area.blocks)
    headed = _under_headline(block, area)
    if headed is not None:
        return headed, "text under its headline"
    story = area.story.get(over) if over is not None and over.role is Role.BODY else None
    ruled = over is None or rule_between(over.box.bottom, block.box, area.rules)
    goes_down = story is not None and not ruled
    if goes_down and not _is_parted(block, over, area):
        return story, "text that goes on down the column"
    beside = _beside(block, over, area)
    if beside is not None:
        area.first.append(block)
        return beside, "a column beside it at the same height"
    finished = over is not None and _is_finished(over.text)
    before = _column_before(block, over, ruled=ruled, area=area, broken_off=goes_down)
    if goes_down and not (finished and before is not None):
        return story, "text that goes on down the column"
    if before is not None:
        return before, "text that goes on at the top of the next column"
    return None, "text without a headline"


def _is_finished(text: str) -> bool:
    """Tell whether a text ends with a sentence, or with the names of who wrote it."""
    return ends_sentence(text) or closing_names(text) is not None


def _under_headline(block: TypeBlock, area: _Area) -> PlacedStory | None:
    """Return the story of the headline right above a block, a rule close under it aside."""
    over = above(block.box, area.blocks)
    if over is None or over.role is not Role.HEAD:
        return None
    near = block.box.top - over.box.bottom <= _UNDER_HEAD * area.sizes.body
    widest = _DECORATION * max(over.box.width, block.box.width)
    rules = [rule for rule in area.rules if not near or rule.width > widest]
    if not rule_between(over.box.bottom, block.box, rules):
        return area.story[over]
    return None


def _is_parted(block: TypeBlock, over: TypeBlock | None, area: _Area) -> bool:
    """Tell whether more than a paragraph's space, and no picture, parts a block from the text above it."""
    if over is None or block.box.top - over.box.bottom <= _CLOSE * area.sizes.body:
        return over is None
    return not any(
        caption.box.stands_over(block.box) and over.box.bottom < caption.box.bottom < block.box.bottom
        for caption in area.captions
    )


def _beside(block: TypeBlock, over: TypeBlock | None, area: _Area) -> PlacedStory | None:
    """Return the story whose text starts at the height of a block, with nothing else beside its headline."""
    slack = area.sizes.body / 2
    firsts = [first for first in area.first if first.box.shared_width(block.box) <= slack]
    for first in sorted(firsts, key=lambda b: _preference(b, block, area)):
        story = area.story.get(first) or _under_headline(first, area)
        head = story.head_box if story is not None else None
        if head is None or abs(first.box.top - block.box.top) > _SAME_HEIGHT * area.sizes.body:
            continue
        if over is None or over.box.bottom <= head.top + slack:
            return story
    return None


def _preference(first: TypeBlock, block: TypeBlock, area: _Area) -> tuple[int, float, float]:
    """Sort key of a column beside a block: under a headline centred over both, to the left, to the right."""
    story = area.story.get(first) or _under_headline(first, area)
    head = story.head_box if story is not None else None
    rank = 1 if first.box.left < block.box.left else 2
    if rank == 2 and head is not None:
        end = head.left + head.right - block.box.left
        level = [b.box.right for b in area.blocks if b.box.shared_height(first.box) > 0]
        rank = 0 if any(abs(right - end) <= 1.5 * area.sizes.body for right in level) else 2
    return rank, -first.box.shared_width(block.box), first.box.left


def _column_before(
    block: TypeBlock, over: TypeBlock | None, *, ruled: bool, area: _Area, broken_off: bool
) -> PlacedStory | None:
    """Return the story that the column to the left leaves off with; `broken_off`: in mid-sentence alone."""
    ceiling = _ceiling(block, over, ruled=ruled, area=area)
    placed = [
        other
        for other in area.blocks
        if other in area.story
        and other.box.right <= block.box.left + area.sizes.body
        and other.box.bottom > ceiling
        and other.box.top < _floor(block.box, other.box, area)
    ]
    if not placed:
        return None
    reach = {other: last_column(other, area.starts, area.sizes) for other in placed}
    nearest = max(reach.values())
    strip = around(other.box for other in placed if reach[other] == nearest)
    column = [other for other in placed if strip.shared_width(other.box) > 0.5 * other.box.width]
    last: dict[int, TypeBlock] = {}
    for other in sorted(column, key=lambda b: b.box.bottom):
        last[id(area.story[other])] = other
    open_ended = [other for other in last.values() if other.role is Role.HEAD or not _is_finished(other.text)]
    if broken_off and len(open_ended) != 1:
        return None
    chosen = open_ended[0] if len(open_ended) == 1 else max(last.values(), key=lambda b: b.box.bottom)
    return area.story[chosen]


def _ceiling(block: TypeBlock, over: TypeBlock | None, *, ruled: bool, area: _Area) -> float:
    """Height above which nothing can flow into a block: a rule over it, or the end of what stands over it."""
    rules = [
        rule.top
        for rule in area.rules
        if rule.width > 1.4 * block.box.width and rule.stands_over(block.box) and rule.top <= block.box.top
    ]
    heights = [max(rules)] if rules and ruled else []
    if over is not None:
        heights.append(over.box.bottom)
    return max(heights, default=float("-inf"))


def _floor(block: Box, other: Box, area: _Area) -> float:
    """Height below which the column before is no longer of the block's story.

    It is that of the next headline or rule over both, or of two headlines side by side.
    """
    heads = [b.box for b in area.blocks if b.role is Role.HEAD and b.box.top > block.top]
    rules = [rule for rule in area.rules if rule.width > rule.height and rule.top > block.top]
    own = [box for box in (*heads, *rules) if box.stands_over(block)]
    level = _LEVEL * area.sizes.body
    tops = [box.top for box in own if box.stands_over(other)]
    tops += [
        min(box.top, head.top)
        for box in own
        for head in heads
        if head.stands_over(other) and abs(head.top - box.top) <= level and _is_filled(block, head, area)
    ]
    return min(tops, default=float("inf"))


def _is_filled(block: Box, head: Box, area: _Area) -> bool:
    """Tell whether text stands over a headline, at the height of a block in the next column."""
    return any(
        other.box.stands_over(head) and other.box.shared_height(block) > 0 and other.box.bottom <= head.top
        for other in area.blocks
        if other.role is Role.BODY
    )
