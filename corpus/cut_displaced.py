"""Headlines and columns that stand away from their story."""

from __future__ import annotations

from corpus.cut_clues import Clue, Style
from corpus.cut_stories import Story
from corpus.lines import Block


def bring_home(blocks: list[Block], clues: list[Clue], stories: list[Story], style: Style) -> list[Story]:
    return stories
