"""Pages of an archive that says where each story begins: its page and column stand over every one.

Between two such labels (`archive_labels`) lies one story, whatever datelines, signatures and subheads it has,
and nothing stands elsewhere than where it belongs. Some archives put the label in front of the text, on one
line with it, and some print the headline above the label and again below it.
"""

from __future__ import annotations

from typing import Final

from corpus.cutting.archive_labels import announces, is_label, is_labelled
from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block
from corpus.cutting.stories import Story

_WHY: Final = "the archive's label over it"


def section_starts(blocks: list[Block]) -> list[int]:
    """Return the blocks at which the stories of an archive's page begin; empty for any other page."""
    starts: list[int] = []
    for index in range(1, len(blocks)):
        text = blocks[index].text
        if is_label(blocks[index - 1].text, text):
            starts.append(_start(blocks, index))
        elif blocks[index].furniture is None and is_labelled(text):
            above = blocks[index - 1].furniture is None
            starts.append(index - 1 if above else index)
    return [start for start in starts if start < len(blocks)]


def _start(blocks: list[Block], label: int) -> int:
    """Return where the story under a label begins: with the headline above, if it stands again below."""
    below = label + 1
    above = blocks[label - 2] if label >= 2 else None
    twice = (
        above is not None
        and above.furniture is None
        and below < len(blocks)
        and announces(above.text, blocks[below].text)
    )
    return label - 2 if twice else below


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
        count = int(is_labelled(blocks[members[1]].text) or clues[members[0]].head > 0)
    return Story(heads=members[:count], body=members[count:], why=[_WHY])
