"""What the lines of a page are to a site: their words and stamps, and whether the page is a site's at all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from corpus.cutting.lines import Line, is_prose
from corpus.cutting.site_stamps import is_junk, stamp_score
from corpus.cutting.site_words import Reading, count_requests, is_request, read_words

SITE: Final = frozenset(
    {"web address", "breadcrumb", "date and source line", "site links", "links", "copyright", "footer"}
)
SURE: Final = 0.75
"""Share from which on a line is made of a site's words, or of stamps."""
_PRINTED: Final = frozenset({"masthead", "page label", "imprint"})
_WIDEST: Final = 60.0
_ENOUGH: Final = 1.5
_LISTED: Final = 0.5
_EDGE: Final = 0.5
_ASKED: Final = 1.5
_ASKING: Final = 3
"""How many of a page's last lines are looked at for a site's legal words."""
_LONG: Final = 10
"""Letters of a site's words that no paper has at a page's edge."""
_NARROW: Final = 8.0
_WRAPPED: Final = 4
_EVERY: Final = 5
_STOP: Final = re.compile(r"[。！？]|[.!?][”»\"']? |[^\W\d_]{3}[.!?][”»\"']?$")
CUT_OFF: Final = re.compile(r"(?:…|\.{3})\W*$|[\[【](?:详细|详情|更多|全文)[\]】]$")
"""How a line ends that was cut off, to be read elsewhere."""
_TEASERS: Final = 3
_CUT: Final = 1.5
_CLOCK: Final = re.compile(r"\d[:：]\d\d")
_DENSITY: Final = 0.04
_PRINTED_ENOUGH: Final = 4.0
_BARE: Final = re.compile(r"[^，。；！？,.;!?]{20,160}")
"""A long line without any mark that parts clauses may be a menu on one line."""


@dataclass(frozen=True, slots=True)
class SitePage:
    """What the lines of a page are: their words, their stamps, which are prose, how often a line comes."""

    evidence: float
    teasers: frozenset[int]
    readings: list[Reading | None]
    stamps: list[float]
    prose: list[int]
    repeats: Counter[str]


def read_site(lines: list[Line], marks: list[str | None]) -> SitePage | None:
    """Return what the lines of a site's page are; None for a page that is none, or has no text.

    A page shows itself to be a site's by sure furniture: what the rules have marked, lines that are made of a
    site's words, stamps.
    """
    readings = [_words_of(line) for line in lines]
    stamps = [
        stamp_score(line.text) if mark is None and reading is not None else 0.0
        for line, mark, reading in zip(lines, marks, readings, strict=True)
    ]
    teasers = _teasers(lines, marks)
    evidence = _evidence(lines, readings, stamps, marks) + _CUT * bool(teasers)
    printed = any(mark in _PRINTED and _is_printed(line) for line, mark in zip(lines, marks, strict=True))
    if evidence < max(_PRINTED_ENOUGH if printed else _ENOUGH, _DENSITY * len(marks)):
        return None
    wrapped = _wrapped(lines, readings, marks)
    page = SitePage(
        evidence=evidence,
        teasers=teasers,
        readings=readings,
        stamps=stamps,
        prose=[
            i
            for i, mark in enumerate(marks)
            if mark is None and stamps[i] < SURE and (i in wrapped or _is_text(lines[i], readings[i]))
        ],
        repeats=Counter(line.text for line, mark in zip(lines, marks, strict=True) if mark is None),
    )
    return page if page.prose else None


def _words_of(line: Line) -> Reading | None:
    """Read the words of a line that is short, or long without a mark; None for others."""
    return read_words(line.text) if line.width <= _WIDEST or _BARE.fullmatch(line.text) else None


def _is_text(line: Line, reading: Reading | None) -> bool:
    """Tell whether a line is prose, and neither a site's request nor a menu on one line."""
    if not is_prose(line) or is_request(line.text):
        return False
    return reading is None or not is_menu(reading)


def _teasers(lines: list[Line], marks: list[str | None]) -> frozenset[int]:
    """Return the lines at the page's end that are cut off, as teasers are, if most of its last lines are."""
    cut: set[int] = set()
    for index in range(len(lines) - 1, 0, -1):
        if marks[index] is None and CUT_OFF.search(lines[index].text):
            cut.add(index)
        elif marks[index] is None and 2 * len(cut) < len(lines) - index:
            break
    return frozenset(cut if len(cut) >= _TEASERS else ())


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
            found |= {i for i in run if (reading := readings[i]) is None or reading.menu < SURE}
        run = [index] if free else []
    return found


def is_menu(reading: Reading) -> bool:
    """Tell whether a line is a row of a menu's words."""
    return reading.words >= 6 and reading.menu >= 0.6


def _is_printed(line: Line) -> bool:
    """Tell whether a masthead or a page's label is a paper's, and no clock or number of a site's."""
    return _CLOCK.search(line.text) is None and re.search(r"[^\W\d_]", line.text) is not None


def _evidence(
    lines: list[Line], readings: list[Reading | None], stamps: list[float], marks: list[str | None]
) -> float:
    """Count a page's sure furniture of a site: one for a line, and more for what no printed page has."""
    kinds = Counter(mark for mark in marks if mark in SITE)
    evidence = float(sum(min(count, 3) for count in kinds.values()))
    lists = 0
    edges = {0, 1, len(marks) - 3, len(marks) - 2, len(marks) - 1}
    for index, (mark, reading) in enumerate(zip(marks, readings, strict=True)):
        if reading is None or (mark is not None and mark not in SITE):
            continue
        lists += reading.lists
        if mark is None and (reading.site >= SURE or is_menu(reading)):
            edge = index in edges and reading.letters >= (
                _LONG if lines[index].text.isascii() else _LONG // 2
            )
            evidence += 1.0 + _EDGE * edge
    evidence += _ASKED * any(count_requests(line.text) > 1 for line in lines[-_ASKING:])
    stamped = sum(score >= SURE for score in stamps) + ("date line" in marks)
    for line, mark, score in zip(lines, marks, stamps, strict=True):
        stamped += mark in _PRINTED and _CLOCK.search(line.text) is not None
        evidence += 2 * (score == 1.0 and is_junk(line.text))
    evidence += min(stamped, 2) + _LISTED * min(lists, 1)
    return evidence + ("editors' line" in marks and not _PRINTED & set(marks))
