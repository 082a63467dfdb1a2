"""Pages of an archive that says where each story begins: its page and column stand over every one.

Such archives print `第4版(要闻)` and `专栏:` over each story, on lines of their own or in front of the
text on one line with it, under a headline with a number. Between two such labels lies one story, whatever
datelines, signatures and subheads it has, and nothing stands elsewhere than where it belongs.
"""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block
from corpus.cutting.stories import Story

_PAGE: Final = r"第\s?[A-Z]?\d{1,3}\s?版\s?(?:[（(]\S{0,10}?[）)])?"
_PAGE_ALONE: Final = re.compile(_PAGE)
_COLUMN_ALONE: Final = re.compile(r"(?:专栏|專欄|栏目)\s?[：:].{0,32}")
_IN_FRONT: Final = re.compile(_PAGE + r"(?:\s|<br\s?/?>){0,3}(?:专栏|專欄|栏目)\s?[：:]")
_WHY: Final = "the archive's label over it"


def section_starts(blocks: list[Block]) -> list[int]:
    """Return the blocks at which the stories of an archive's page begin; empty for any other page."""
    starts: list[int] = []
    for index in range(1, len(blocks)):
        above, text = blocks[index - 1], blocks[index].text
        if _COLUMN_ALONE.fullmatch(text) and _PAGE_ALONE.fullmatch(above.text):
            starts.append(index + 1)
        elif above.furniture is None and blocks[index].furniture is None and _IN_FRONT.match(text[:60]):
            starts.append(index - 1)
    return [start for start in starts if start < len(blocks)]


def by_section(
    stories: list[Story], blocks: list[Block], clues: list[Clue], starts: list[int]
) -> list[Story]:
    """Return one story for each section, and the stories above the first as they are."""
    heads = {index for story in stories for index in story.heads}
    sections = [_above(story, starts[0]) for story in stories]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        members = [index for index in range(start, end) if blocks[index].furniture is None]
        if members:
            sections.append(_section(members, heads, blocks, clues))
    return [section for section in sections if section.blocks]


def _above(story: Story, first: int) -> Story:
    """Return the part of a story that stands above the first label."""
    return Story(
        heads=[index for index in story.heads if index < first],
        body=[index for index in story.body if index < first],
        caption=story.caption,
        why=story.why,
    )


def _section(members: list[int], heads: set[int], blocks: list[Block], clues: list[Clue]) -> Story:
    """Build the story of a section: the headline lines it begins with, then its text."""
    count = 0
    while count < len(members) - 1 and members[count] in heads:
        count += 1
    if not count and len(members) > 1:
        labelled = _IN_FRONT.match(blocks[members[1]].text[:60]) is not None
        count = int(labelled or clues[members[0]].head > 0)
    return Story(heads=members[:count], body=members[count:], why=[_WHY])
