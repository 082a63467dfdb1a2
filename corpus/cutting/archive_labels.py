"""The labels that an archive of newspapers prints over each story: `第4版(要闻)`, then `专栏:`."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.contents import entry_key
from corpus.cutting.lines import Line, is_prose

_PAGE: Final = r"第\s?[A-Z]?\d{1,3}\s?版\s?(?:[（(]\S{0,20}?[）)]{1,2})?"
_PAGE_ALONE: Final = re.compile(_PAGE)
_COLUMN_ALONE: Final = re.compile(r"(?:专栏|專欄|栏目)\s?[：:].{0,32}")
_IN_FRONT: Final = re.compile(_PAGE + r"(?:\s|<br\s?/?>){0,3}(?:专栏|專欄|栏目)\s?[：:]")
_HEAD: Final = 80
_MOST_ABOVE: Final = 12
_REPEAT: Final = 6
_STORY: Final = 75.0
"""Above the first label this much running text is a story; an archive's own words are shorter."""
_OF_ITSELF: Final = re.compile(r"本(?:站|网|数据|資料|资料)")


def is_label(above: str, text: str) -> bool:
    """Tell whether two lines are a label: the page, then the column."""
    return bool(_COLUMN_ALONE.fullmatch(text) and _PAGE_ALONE.fullmatch(above))


def is_labelled(text: str) -> bool:
    """Tell whether a text has the label in front of it, on its own line."""
    return bool(_IN_FRONT.match(text[:_HEAD]))


def announces(line: str, headline: str) -> bool:
    """Tell whether a line says in one what the headline under it says on its first line, or its first lines.

    A line that is cut off (`…`) is a link's, and no headline.
    """
    key = entry_key(headline)
    whole = not line.rstrip("'\"”").endswith(("...", "…"))
    return whole and len(key) >= _REPEAT and entry_key(line).startswith(key)


def mark_archive(lines: list[Line], marks: list[str | None]) -> None:
    """Mark an archive's labels, and what the archive says of itself above the first story."""
    first: int | None = None
    for index in range(1, len(lines)):
        if is_label(lines[index - 1].text, lines[index].text):
            marks[index - 1], marks[index] = "page label", "section label"
            first = _first(lines, index) if first is None else first
        elif first is None and is_labelled(lines[index].text):
            first = index - 1
    above = lines[: first if first is not None and first <= _MOST_ABOVE else 0]
    told = [line for line in above if is_prose(line) and not _OF_ITSELF.search(line.text)]
    if sum(line.width for line in told if not is_labelled(line.text)) >= _STORY:
        return
    for index in range(len(above)):
        marks[index] = marks[index] or "site links"


def _first(lines: list[Line], label: int) -> int:
    """Return where the story under the first label begins: above it, where its headline stands twice."""
    below = label + 1
    if label >= 2 and below < len(lines) and announces(lines[label - 2].text, lines[below].text):
        return label - 2
    return label - 1
