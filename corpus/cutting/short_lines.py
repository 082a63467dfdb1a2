"""A site's page that is all short lines, as messengers' posts are set: one story, though no line is prose."""

from __future__ import annotations

from typing import Final

from corpus.cutting.clues import DATED
from corpus.cutting.lines import Block, ends_sentence
from corpus.cutting.stories import Story

_LEAST: Final = 6
_HEAD_LINES: Final = 3
_LINE: Final = 30.0
"""Width from which on a line without a stop is text all the same."""
POSTED: Final = frozenset({"site links", "editors' line"})
"""Furniture that a post has at the least."""


def as_one_story(stories: list[Story], blocks: list[Block]) -> list[Story]:
    """Return one story for a page on which most of the text would be headlines over nothing; else `stories`.

    Its headline is what stands above the date line, at most three lines; without one, the first line.
    """
    members = [index for index, block in enumerate(blocks) if block.furniture is None]
    told = sum(_told(blocks[index]) for story in stories for index in story.body)
    if len(members) < _LEAST or 2 * told >= sum(len(blocks[index].text) for index in members):
        return stories
    dated = next((index for index, block in enumerate(blocks) if block.furniture in DATED), 0)
    count = sum(index < dated for index in members)
    count = count if 0 < count <= _HEAD_LINES else 1
    return [Story(heads=members[:count], body=members[count:], why=["a site's page of short lines"])]


def _told(block: Block) -> int:
    """Return how much text a block is: nothing, if it is a short line without a stop."""
    return len(block.text) if block.width >= _LINE or ends_sentence(block.text) else 0
