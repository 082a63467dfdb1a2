"""Lists of contents: lines that announce the stories of a page and come again, alone, further down."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from corpus.cutting.lines import Line, ends_sentence, is_prose
from corpus.cutting.words import coverage, grams

_COUNTED: Final = re.compile(r"[（(【]?\d{1,2}[）)】、.．:：\s]\s*\D")
_ENTRY: Final = (4, 50)
_CONTENTS_LINES: Final = 3
_HALF_LINES: Final = 120
_LISTED: Final = 3
"""Headlines that a list of an issue's has at least, the one that comes again among them."""
_UNDER_HEADLINE: Final = 3
"""Lines from a headline down to its text at most: a byline and a deck may stand between."""
_TOLD_IN: Final = re.compile(r"。|[，,；;]$|[.] ")
"""What shows a line to be of a text."""
_SEMICOLON: Final = re.compile(r"[；;]")
_PARTS: Final = 2
_TOLD: Final = 0.6
_TOP: Final = 8
_STAMPED: Final = frozenset({"date and source line", "date line", "site links", "site words"})
"""Lines of a site that come twice for another reason."""


def spread_contents(lines: list[Line], marks: list[str | None]) -> None:
    """A list of contents is furniture: each of its lines comes again, alone, further down the page."""
    keys = [
        entry_key(line.text) if _ENTRY[0] <= line.width <= _ENTRY[1] and mark not in _STAMPED else ""
        for line, mark in zip(lines, marks, strict=True)
    ]
    places: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if key:
            places.setdefault(key, []).append(index)
    announced = {key: found for key, found in places.items() if len(found) > 1}
    _add_parts(keys, announced)
    if len(announced) < _CONTENTS_LINES:
        return
    run = _contents_run(lines, keys, announced)
    again = [announced[keys[index]][1] for index in run if keys[index] in announced]
    # Where the second readings touch, a text is printed twice; under a list of contents each has its story.
    apart = sum(abs(b - a) > 1 for a, b in pairwise(again))
    if len(run) >= _CONTENTS_LINES and apart * 3 >= 2 * (len(again) - 1):
        for index in range(run[0], run[-1] + 1):
            marks[index] = marks[index] or "contents"


def mark_issue(lines: list[Line], marks: list[str | None]) -> None:
    """Mark a list of an issue's headlines over the one story that the page has: its headline comes again.

    What stands over it, a run of headlines, has no text on the page. A heap of headlines over several stories
    has none of them twice, and the lines of a text have stops.
    """
    first = next((i for i, line in enumerate(lines) if marks[i] is None and is_prose(line)), 0)
    free = [i for i in range(first) if marks[i] is None]
    keys = [entry_key(lines[i].text) for i in free]
    seen: dict[str, int] = {}
    again = 0
    for place, key in enumerate(keys):
        if key and seen.setdefault(key, place) < place - 1:
            again = place
    if not again or first - free[again] > _UNDER_HEADLINE or len(set(keys[:again])) < _LISTED:
        return
    if all(
        _ENTRY[0] <= lines[i].width <= _ENTRY[1] and not _TOLD_IN.search(lines[i].text) for i in free[:again]
    ):
        for index in free[:again]:
            marks[index] = "contents"


def mark_summary(lines: list[Line], marks: list[str | None]) -> None:
    """Mark the line over a digest's stories that names several of them, parted by semicolons."""
    for index, line in enumerate(lines[:_TOP]):
        parts = [grams(part) for part in _SEMICOLON.split(line.text)]
        if marks[index] is not None or len(parts) < _PARTS or ends_sentence(line.text):
            continue
        heads = [grams(below.text) for below in lines[index + 1 :] if below.width <= _ENTRY[1]]
        told = sum(any(coverage(part, head, {}) >= _TOLD for head in heads) for part in parts if part)
        if told >= _PARTS:
            marks[index] = "contents"


def spread_label(lines: list[Line], marks: list[str | None]) -> None:
    """Numbered lines without a stop, directly under the label of a list of contents, are its entries."""
    for index, line in enumerate(lines):
        if marks[index] != "contents" or not line.text.endswith(("：", ":", "要", "读", "容", "单", "录")):
            continue
        for below in range(index + 1, len(lines)):
            text = lines[below].text
            if not _COUNTED.match(text) or lines[below].width > _ENTRY[1] or text.endswith(("。", "；")):
                break
            marks[below] = "contents"


def _add_parts(keys: list[str], announced: dict[str, list[int]]) -> None:
    """Add entries that are a part of a line further down: an entry broken over two lines is two of them."""
    last = max((index for index, key in enumerate(keys) if key in announced), default=0)
    half = range(min(len(keys), last, _HALF_LINES))
    if not announced:
        return
    for index in half:
        key = keys[index]
        if key and key not in announced:
            again = next((later for later in range(index + 1, len(keys)) if key in keys[later]), None)
            if again is not None and len(keys[again]) > len(key):
                announced[key] = [index, again]


def _contents_run(lines: list[Line], keys: list[str], announced: dict[str, list[int]]) -> list[int]:
    """Return the lines of the list of contents: announced ones, with little else between them."""
    run: list[int] = []
    for index in range(min(len(lines), len(lines) // 2 + 2)):
        if keys[index] in announced:
            if announced[keys[index]][0] in run:
                break
            run.append(index)
        elif run and (
            lines[index].width > _ENTRY[1] or lines[index].text.endswith("。") or index - run[-1] > 2
        ):
            if len(run) >= _CONTENTS_LINES:
                break
            run = []
    return run


def entry_key(text: str) -> str:
    """Return what identifies an entry of a list of contents: its letters, without marks and number."""
    return re.sub(r"\W+", "", re.sub(r"^[\W\d_]+", "", text))
