"""The rubric over a page's first headline: one word of a menu, which no story has for its title.

In scripts with spaces, papers set such words over their stories as flags; there nothing is marked.
"""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.line_rules import FLASHES
from corpus.cutting.lines import Line, is_dense, is_prose
from corpus.cutting.site_words import read_words

_WIDEST: Final = 8.0
_BULLET: Final = re.compile(r"[●■◆▲★◎▶◼•◇○□]\s*\S")
_ITEMS: Final = 3
_ITEM: Final = 25.0


def mark_rubric(lines: list[Line], marks: list[str | None]) -> None:
    """Mark the lines above everything else of a page that are a menu's words, or name a column of items.

    On a page without any furniture, such a line is the flag of the story below it.
    """
    if not any(marks):
        return
    for index, line in enumerate(lines[:-1]):
        if marks[index] is not None:
            continue
        below = next((i for i in range(index + 1, len(lines)) if marks[i] is None), None)
        if below is None or line.width > _WIDEST or FLASHES.match(line.text):
            return
        headed = not is_prose(lines[below]) and is_dense(line.text) and read_words(line.text).known == 1.0
        if not headed and not _heads_items(lines, index):
            return
        marks[index] = "section label"


def _heads_items(lines: list[Line], index: int) -> bool:
    """Tell whether a short line, set off or under the page's head, stands over several items with bullets."""
    below = lines[index + 1 : index + 1 + _ITEMS]
    return len(below) == _ITEMS and all(
        _BULLET.match(line.text[:4]) and line.width >= _ITEM for line in below
    )
