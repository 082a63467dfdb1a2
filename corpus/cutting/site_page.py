"""What the lines of a site's page are: their words and stamps, which of them are text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from corpus.cutting.lines import Line, clause_marks, ends_sentence, is_dense, is_prose
from corpus.cutting.site_evidence import SURE, enough_of_a_site, has_day_and_time, words_of
from corpus.cutting.site_words import Reading, is_menu, is_request

_SAMPLE: Final = 80
_NARROW: Final = 8.0
_LONGEST: Final = 75.0
"""Width up to which headlines of sites go in scripts with spaces; a paragraph so short ends with a stop."""
_WRAPPED: Final = 4
_EVERY: Final = 5
_STOP: Final = re.compile(r"[。！？]|[.!?][”»\"']? |[^\W\d_]{3}[.!?][”»\"']?$")
CUT_OFF: Final = re.compile(r"(?:…|\.{3})\W*$|[\[【](?:详细|详情|更多|全文)[\]】]$")
"""How a line ends that was cut off, to be read elsewhere."""
_TEASERS: Final = 3
_CUT_MOST: Final = 2.0
"""How many times as much text as the rest of the page teasers have at most."""
_CELLS: Final = 5
_CELL: Final = 7
_NAME: Final = 4


@dataclass(frozen=True, slots=True)
class SitePage:
    """What the lines of a page are: their words, their stamps, which are prose, how often a line comes.

    `dense` says that its text is in a script without spaces, `greeting` which sentences are of no story,
    `days` which lines are stamps with a year and a time of day.
    """

    evidence: float
    teasers: frozenset[int]
    readings: list[Reading | None]
    stamps: list[float]
    prose: list[int]
    repeats: Counter[str]
    dense: bool
    days: frozenset[int] = frozenset()
    greeting: frozenset[int] = frozenset()

    def is_alien(self, line: Line) -> bool:
        """Tell whether a line is words of another script than the text's."""
        return re.search(r"[^\W\d_]", line.text) is not None and is_dense(line.text) != self.dense


def read_site(lines: list[Line], marks: list[str | None]) -> SitePage | None:
    """Return what the lines of a site's page are; None for a page that is none, or has no text."""
    teasers = _teasers(lines, marks)
    evidence = enough_of_a_site(lines, marks, teasers=bool(teasers))
    if evidence is None:
        return None
    readings = [words_of(line) for line in lines]
    stamps = evidence.stamps
    wrapped = _wrapped(lines, readings, marks)
    prose = [
        i
        for i, mark in enumerate(marks)
        if mark is None and stamps[i] < SURE and (i in wrapped or _is_text(lines[i], readings[i]))
    ]
    if not prose:
        return None
    return SitePage(
        evidence=evidence.weight,
        teasers=teasers,
        readings=readings,
        stamps=stamps,
        prose=prose,
        repeats=Counter(line.text for line, mark in zip(lines, marks, strict=True) if mark is None),
        dense=is_dense("\n".join(lines[i].text[:_SAMPLE] for i in prose)),
        days=frozenset(
            i for i, line in enumerate(lines) if stamps[i] >= SURE and has_day_and_time(line.text)
        ),
    )


def _is_text(line: Line, reading: Reading | None) -> bool:
    """Tell whether a line is prose, and neither a site's request nor a menu on one line."""
    if not is_prose(line) or is_request(line.text) or _is_long_headline(line):
        return False
    return not is_row(line) and (reading is None or not is_menu(reading))


def _is_long_headline(line: Line) -> bool:
    """Tell whether a line of a script with spaces is no paragraph: it is not long enough to lack its stop."""
    return line.width <= _LONGEST and not ends_sentence(line.text) and not is_dense(line.text)


def _teasers(lines: list[Line], marks: list[str | None]) -> frozenset[int]:
    """Return the lines at the page's end that are cut off, as teasers are, if most of its last lines are.

    Where most of the page's text is cut off, it is the page's own.
    """
    cut: set[int] = set()
    for index in range(len(lines) - 1, 0, -1):
        if marks[index] is None and CUT_OFF.search(lines[index].text):
            cut.add(index)
        elif marks[index] is None and 2 * len(cut) < len(lines) - index:
            break
    text = [index for index, line in enumerate(lines) if marks[index] is None and is_prose(line)]
    told = sum(lines[index].width for index in text if index not in cut)
    most = sum(lines[index].width for index in cut) > _CUT_MOST * told
    return frozenset(cut if len(cut) >= _TEASERS and not most else ())


def _wrapped(lines: list[Line], readings: list[Reading | None], marks: list[str | None]) -> set[int]:
    """Return the lines of hard-wrapped text: runs of lines of which some hold the end of a sentence.

    A list of headlines has no stops.
    """
    found: set[int] = set()
    run: list[int] = []
    for index in range(len(lines) + 1):
        free = index < len(lines) and marks[index] is None and lines[index].width >= _NARROW
        if free and (not run or lines[index].gap == 0):
            run.append(index)
            continue
        stops = sum(_STOP.search(lines[i].text) is not None for i in run)
        if len(run) >= _WRAPPED and stops * _EVERY >= len(run):
            text = [i for i in run if not is_request(lines[i].text)]
            found |= {i for i in text if (reading := readings[i]) is None or not _is_entry(reading)}
        run = [index] if free else []
    return found


def _is_entry(reading: Reading) -> bool:
    """Tell whether a line is of a menu's words."""
    return reading.menu >= SURE or is_menu(reading)


def is_row(line: Line) -> bool:
    """Tell whether a line of a dense script is a row of short cells, longer than names are, with no mark."""
    cells = line.text.split()
    return (
        len(cells) >= _CELLS
        and max(map(len, cells)) <= _CELL
        and 2 * sum(len(cell) >= _NAME for cell in cells) >= len(cells)
        and is_dense(line.text)
        and not clause_marks(line.text)
    )
