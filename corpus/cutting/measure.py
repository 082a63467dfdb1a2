"""The measure of a column whose lines were broken exactly: which lines its width cannot have ended.

Where text in a dense script is set to a width of so many ems, a line is broken only when the next character
does not fit. A line into which it would have fitted was ended by its writer, and a line wider than the column
is none of the column's: both may be headlines. On pages whose widths jitter, as character recognition leaves
them, nothing is said.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Final

from corpus.cutting.lines import Line, width

_REACH: Final = 8
_LEAST: Final = 4
_EXACT: Final = 0.8
_INDENT: Final = 4.0
_EPS: Final = 0.01
_NO_START: Final = "，。、；：？！”’）》」』】〉…—,.;:?!)"
"""Marks that may not begin a line, and may hang at the end of one."""
_NO_END: Final = "“‘（《「『【〈("
_RUN: Final = re.compile(r"[A-Za-z0-9.%+-]+|.")


def off_measure(lines: list[Line], marks: list[str | None], full: list[bool], stops: list[bool]) -> list[int]:
    """Return the lines among the `full` ones that the exact width of the column around cannot have ended.

    `stops` says which lines end a sentence: they tell nothing of the width.
    """
    told = [
        full[k] and not stops[k] and k + 1 < len(lines) and not marks[k + 1] and not lines[k + 1].gap
        for k in range(len(lines))
    ]
    sizes = [line.width + min(line.indent, _INDENT) for line in lines]
    found: list[int] = []
    for index in range(len(lines) - 1):
        if not full[index] or stops[index]:
            continue
        around = range(max(0, index - _REACH), min(len(lines), index + _REACH + 1))
        near = [k for k in around if k != index and told[k]]
        measure = _measure([_set_size(lines[k], sizes[k]) for k in near])
        if measure is None:
            continue
        own = sizes[index]
        hangs = own - 1 if lines[index].text[-1] in _NO_START else own
        if hangs > measure + _EPS or own + _next_size(lines[index + 1].text) <= measure + _EPS:
            found.append(index)
    return found


def _measure(sizes: list[float]) -> float | None:
    """Return the width in whole ems that nearly all lines fill to less than one em, or None."""
    if len(sizes) < _LEAST:
        return None
    measure, count = Counter(math.ceil(size - _EPS) for size in sizes).most_common(1)[0]
    return float(measure) if count >= _EXACT * len(sizes) else None


def _set_size(line: Line, size: float) -> float:
    """Return the width of a line without the mark that may hang over the column's edge."""
    return size - 0.5 if line.text[-1] in _NO_START else size


def _next_size(text: str) -> float:
    """Return the width of what would have had to fit: a character or number, with the marks it takes."""
    size, place = 0.0, 0
    while place < len(text):
        run = _RUN.match(text, place)
        token = run.group() if run else text[place]
        size += width(token)
        place += len(token)
        if token not in _NO_END:
            break
    while place < len(text) and text[place] in _NO_START:
        size += width(text[place])
        place += 1
    return size
