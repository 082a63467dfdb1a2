"""What the lines of a page are to a site: their words and stamps, and whether the page is a site's at all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from corpus.cutting.lines import Line, is_prose
from corpus.cutting.site_stamps import is_junk, stamp_score
from corpus.cutting.site_words import Reading, count_requests, is_request, may_be_site, read_words

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
_LOOKED: Final = 160
_HEAD: Final = 25
_FOOT: Final = 40
"""How many lines at a page's head and foot are looked at for a site's words."""
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
_TIMED: Final = re.compile(r"\d[年/.\-]\s?\d{1,2}.{0,8}?\s\d{1,2}[:：]\d\d")
_DENSITY: Final = 0.04
_PRINTED_ENOUGH: Final = 4.0
_BARE: Final = re.compile(r"[^，。；！？,.;!?]+")


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
    teasers = _teasers(lines, marks)
    evidence = _evidence(lines, marks) + _CUT * bool(teasers)
    if not (evidence or "date line" in marks or _is_timed(lines, marks) or _asks(lines)):
        return None
    stamps = [
        stamp_score(line.text) if mark is None and (line.width <= _WIDEST or _is_bare(line)) else 0.0
        for line, mark in zip(lines, marks, strict=True)
    ]
    evidence += _evidence_of_stamps(lines, marks, stamps)
    printed = any(mark in _PRINTED and _is_printed(line) for line, mark in zip(lines, marks, strict=True))
    enough = max(_PRINTED_ENOUGH if printed else _ENOUGH, _DENSITY * len(marks))
    if evidence < enough and evidence + _ASKED * _asks(lines) < enough:
        return None
    readings = [_words_of(line) for line in lines]
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
    return read_words(line.text) if line.width <= _WIDEST or _is_bare(line) else None


def _is_bare(line: Line) -> bool:
    """Tell whether a line is long without any mark that parts clauses: it may be a menu."""
    return len(line.text) <= _LOOKED and _BARE.fullmatch(line.text) is not None


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


def _is_timed(lines: list[Line], marks: list[str | None]) -> bool:
    """Tell quickly whether a short line has a day and a time of day."""
    return any(
        mark is None and line.width <= _WIDEST and _TIMED.search(line.text) is not None
        for line, mark in zip(lines, marks, strict=True)
    )


def _asks(lines: list[Line]) -> bool:
    """Tell whether a page ends with a site's legal words: two known parts of sentences on a line."""
    return any(count_requests(line.text) > 1 for line in lines[-_ASKING:])


def _evidence(lines: list[Line], marks: list[str | None]) -> float:
    """Count a page's sure furniture of a site: one for a line, and more for what no printed page has."""
    kinds = Counter(mark for mark in marks if mark in SITE)
    evidence = float(sum(min(count, 3) for count in kinds.values()))
    evidence += "editors' line" in marks and not _PRINTED & set(marks)
    return evidence + _evidence_of_words(lines, marks)


def _evidence_of_words(lines: list[Line], marks: list[str | None]) -> float:
    """Count the lines made of a site's words; long ones at the page's edge and headings of links for more."""
    edges = {0, 1, len(lines) - 3, len(lines) - 2, len(lines) - 1}
    evidence, lists = 0.0, 0
    for index in [*range(min(_HEAD, len(lines))), *range(max(_HEAD, len(lines) - _FOOT), len(lines))]:
        line, mark = lines[index], marks[index]
        known = mark is not None and mark not in SITE
        reading = None if known or not may_be_site(line.text[:_LOOKED]) else _words_of(line)
        if reading is None:
            continue
        lists += reading.lists
        if mark is None and (reading.site >= SURE or is_menu(reading)):
            edge = index in edges and reading.letters >= (_LONG if line.text.isascii() else _LONG // 2)
            evidence += 1.0 + _EDGE * edge
    return evidence + _LISTED * min(lists, 1)


def _evidence_of_stamps(lines: list[Line], marks: list[str | None], stamps: list[float]) -> float:
    """Count stamps, two at most, and what programs left behind for two each."""
    stamped = sum(score >= SURE for score in stamps) + ("date line" in marks)
    stamped += sum(
        mark in _PRINTED and _CLOCK.search(line.text) is not None
        for line, mark in zip(lines, marks, strict=True)
    )
    junk = sum(score == 1.0 and is_junk(line.text) for score, line in zip(stamps, lines, strict=True))
    return min(stamped, 2) + 2.0 * junk
