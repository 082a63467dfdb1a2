"""Headline blocks of one area: pieces that belong together, and subheads told from headlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.cutting.bylines import is_byline
from corpus.cutting.headlines import join_title
from corpus.cutting.lines import width
from corpus.cutting.openings import opens_story
from corpus.layout.blocks import Role, Sizes, TypeBlock
from corpus.layout.columns import above, rule_between
from corpus.layout.sheet import Box, around

_TIGHT: Final = 1.2
_MAIN: Final = 0.93
_MAIN_MEASURED: Final = 0.82
_SUBHEAD: Final = 1.35
_SUBHEAD_WIDTH: Final = 18.0
_LARGER: Final = 1.2
_KICKER: Final = 0.92
_PIECES: Final = 2.5


@dataclass(slots=True, eq=False)
class PlacedStory:
    """One story of an area while it is put together: its headline blocks, its text, the cues."""

    heads: list[TypeBlock] = field(default_factory=list)
    body: list[TypeBlock] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    @property
    def head_box(self) -> Box | None:
        """Where its headline stands."""
        return around(block.box for block in self.heads) if self.heads else None


@dataclass(frozen=True, slots=True)
class Headline:
    """The parts of a headline as printed; None where there is none."""

    title: str | None
    kicker: str | None
    deck: str | None
    byline: str | None


def read_headline(heads: Sequence[TypeBlock], *, exact: bool) -> Headline:
    """Tell title, kicker, deck and byline by their sizes: the title is in the largest."""
    names = [block for block in heads if is_byline(block.text)]
    rest = [block for block in heads if block not in names]
    if not rest:
        return Headline(None, None, None, " ".join(block.text for block in names) or None)
    largest = max(block.size for block in rest)
    least = largest * (_MAIN if exact else _MAIN_MEASURED)
    main = [block for block in rest if block.size >= least]
    return Headline(
        join_title([block.text for block in main]),
        " ".join(b.text for b in rest if b not in main and b.box.top < main[0].box.top) or None,
        " ".join(b.text for b in rest if b not in main and b.box.top >= main[0].box.top) or None,
        " ".join(block.text for block in names) or None,
    )


def headline_stories(blocks: Sequence[TypeBlock], rules: Sequence[Box]) -> list[PlacedStory]:
    """Return a story, still without text, for each headline of an area."""
    stories: list[PlacedStory] = []
    for block in sorted((b for b in blocks if b.role is Role.HEAD), key=lambda b: (b.box.top, b.box.left)):
        home = next((story for story in stories if _goes_with(story.heads[-1], block, blocks, rules)), None)
        if home is None:
            stories.append(PlacedStory([block], why=["larger type"]))
        else:
            home.heads.append(block)
    return stories


def _goes_with(upper: TypeBlock, lower: TypeBlock, blocks: Sequence[TypeBlock], rules: Sequence[Box]) -> bool:
    """Tell whether a headline block is the next line of the headline above it."""
    gap = lower.box.top - upper.box.bottom
    if not -0.5 * lower.size <= gap <= _TIGHT * max(upper.size, lower.size):
        return False
    if rule_between(upper.box.bottom, lower.box, rules):
        return False
    if not upper.box.stands_over(lower.box):
        return upper.size <= _KICKER * lower.size and _is_blank_under(upper, lower, blocks)
    return above(lower.box, blocks) is upper and not _has_company(upper, lower, blocks)


def _is_blank_under(upper: TypeBlock, lower: TypeBlock, blocks: Sequence[TypeBlock]) -> bool:
    """Tell whether nothing stands under `upper` beside `lower`, a headline that is centred, say."""
    return not any(
        block.box.stands_over(upper.box) and block.box.shared_height(lower.box) > 0
        for block in blocks
        if block is not upper
    ) and not any(
        block.box.shared_height(lower.box) > 0
        and min(upper.box.right, lower.box.right) < block.box.right
        and block.box.left < max(upper.box.left, lower.box.left)
        for block in blocks
        if block not in (upper, lower)
    )


def _has_company(upper: TypeBlock, lower: TypeBlock, blocks: Sequence[TypeBlock]) -> bool:
    """Tell whether text or another headline stands beside `lower`, so that `upper` heads more than it."""
    for block in blocks:
        apart = -block.box.shared_width(lower.box)
        beside = block.box.shared_height(lower.box) > 0 and block is not lower
        other = block.role is Role.BODY or (block.role is Role.HEAD and apart > _PIECES * lower.size)
        if beside and other and apart > 0 and above(block.box, blocks) is upper:
            return True
    return False


def without_subheads(blocks: Sequence[TypeBlock], sizes: Sizes) -> list[TypeBlock]:
    """Return the blocks with subheads made text: a little larger than it, in its midst, under a headline."""
    heads = [block for block in blocks if block.role is Role.HEAD]
    texts = [block for block in blocks if block.role is not Role.CAPTION]
    return [
        replace(block, role=Role.BODY)
        if block in heads and _is_subhead(block, heads, texts, sizes)
        else block
        for block in blocks
    ]


def _is_subhead(
    block: TypeBlock, heads: Sequence[TypeBlock], texts: Sequence[TypeBlock], sizes: Sizes
) -> bool:
    if block.size > _SUBHEAD * sizes.body or width(block.text) > _SUBHEAD_WIDTH:
        return False
    if not any(head.size >= _LARGER * block.size for head in heads):
        return False
    over = above(block.box, texts)
    under = min(
        (b for b in texts if block.box.stands_over(b.box) and b.box.top > block.box.bottom - 0.3 * b.size),
        key=lambda b: (b.box.top, b.box.left),
        default=None,
    )
    if over is None or over.role is Role.HEAD or under is None or under.role is Role.HEAD:
        return False
    return not opens_story(under.text)
