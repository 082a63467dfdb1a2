"""Stories: runs of blocks that the path through a page put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block
from corpus.cutting.path import Part


@dataclass(slots=True)
class Story:
    """One story of a page while it is put together; the numbers are indices of blocks in reading order.

    `titles` are those of its `heads` that are known to be lines of the headline, where that is known.
    """

    heads: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    caption: bool = False
    why: list[str] = field(default_factory=list)

    @property
    def blocks(self) -> list[int]:
        """Headline block and body together."""
        return [*self.heads, *self.body]


def gather(blocks: list[Block], clues: list[Clue], path: list[Part]) -> list[Story]:
    """Return the stories along a path, in order of their first block; a caption is a story of its own.

    Body text that follows a caption or furniture goes on with the story that was open before.
    """
    stories: list[Story] = []
    current: Story | None = None
    for index, part in enumerate(path):
        if part is Part.FURNITURE:
            continue
        if part is Part.CAPTION and clues[index].credit_line and index and path[index - 1] is Part.CAPTION:
            stories[-1].body.append(index)
            continue
        if part is Part.CAPTION:
            stories.append(Story(body=[index], caption=True, why=["a picture's credit or first words"]))
            continue
        if current is None or part in (Part.HEAD, Part.OPEN) or (part is Part.MORE and current.body):
            current = Story(why=[_reason(blocks[index], clues[index], part)])
            stories.append(current)
        (current.heads if part in (Part.HEAD, Part.MORE) else current.body).append(index)
        _note(current, clues[index], part)
    return stories


def _reason(block: Block, clue: Clue, part: Part) -> str:
    """Say in plain words why a story begins at a block."""
    if clue.jump:
        return f"a jump line at line {block.first}"
    if part is Part.OPEN:
        return (
            f"an opening formula at line {block.first}"
            if clue.opening
            else f"text without a headline from line {block.first}"
        )
    return f"a headline at line {block.first}"


def _note(story: Story, clue: Clue, part: Part) -> None:
    """Add the cue that a block gives to the reasons of its story."""
    reason = None
    if part is Part.MORE and clue.byline:
        reason = "a byline under the headline"
    elif part is Part.LEAD and clue.opening:
        reason = "an opening formula under the headline"
    elif part is Part.CLOSE or clue.signed:
        reason = "a closing signature"
    elif part is Part.SUBHEAD:
        reason = "a subhead, for the text goes on with the same subject"
    elif clue.goes_on and part is Part.BODY:
        reason = "a sentence that runs on over a break"
    if reason and reason not in story.why:
        story.why.append(reason)


def count_habits(stories: list[Story], clues: list[Clue], path: list[Part]) -> tuple[float, int, int]:
    """Return the share of marked stories (0: too few), and how many unmarked headlines and subheads."""
    whole = [story for story in stories if not story.caption and story.body]
    marked = [story for story in whole if _is_marked(story, clues)]
    plain = sum(bool(story.heads) for story in whole) - sum(bool(story.heads) for story in marked)
    subheads = sum(part is Part.SUBHEAD for part in path)
    return (len(marked) / len(whole) if len(marked) >= 3 else 0.0), plain, subheads


def _is_marked(story: Story, clues: list[Clue]) -> bool:
    """Tell whether a story opens by a formula, byline or jump line."""
    return (
        any(clues[i].byline or clues[i].jump for i in story.heads)
        or clues[story.body[0]].opening
        or clues[story.body[0]].jump
    )
