"""What stands over a story and is none of it: its first words as a teaser, a Markdown file's head."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.lines import Line

_CUT_OFF: Final = re.compile(r"(?:\.{3}|…+)[\s\"'’”」]*$")
_LEAST: Final = 16
_BELOW: Final = 8
_MARKS: Final = re.compile(r"[\W_]+")
_TITLE: Final = re.compile(r"#\s+\S")
_SECTION: Final = re.compile(r"##+\s+\S")
_FACT: Final = re.compile(r"[-*]\s+\S{1,12}\s?[:：]\s?[^。！？!?]{0,30}$")
_SECTIONS: Final = 2


def mark_previews(lines: list[Line], marks: list[str | None]) -> None:
    """Mark teasers and the head of a Markdown file as furniture."""
    for index, line in enumerate(lines):
        if marks[index] is None and _CUT_OFF.search(line.text) and _is_teaser(lines, index):
            marks[index] = "teaser"
    _mark_head(lines, marks)


def _is_teaser(lines: list[Line], index: int) -> bool:
    """Tell whether a line that is cut off says, word for word, what the lines below it say."""
    own = _MARKS.sub("", _CUT_OFF.sub("", lines[index].text))
    if len(own) < _LEAST:
        return False
    below = [line.text[: len(lines[index].text)] for line in lines[index + 1 : index + 1 + _BELOW]]
    told = [_MARKS.sub("", text) for text in below]
    return any("".join(told[k:]).startswith(own) for k in range(len(told)))


def _mark_head(lines: list[Line], marks: list[str | None]) -> None:
    """Mark a Markdown file's title and the facts listed under it, where its stories have headings."""
    sections = [index for index, line in enumerate(lines) if _SECTION.match(line.text)]
    if len(sections) < _SECTIONS or not _TITLE.match(lines[0].text):
        return
    head = range(1, sections[0])
    if any(_FACT.match(lines[index].text) for index in head):
        for index in head:
            if _FACT.match(lines[index].text):
                marks[index] = marks[index] or "masthead"
        marks[0] = marks[0] or "masthead"
