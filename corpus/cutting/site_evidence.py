"""Whether a page is a site's: how much furniture it has that no printed page has."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from corpus.cutting.bylines import is_byline
from corpus.cutting.captions import is_credit_line
from corpus.cutting.lines import Line, ends_sentence
from corpus.cutting.site_stamps import is_junk, stamp_score
from corpus.cutting.site_words import Reading, count_requests, is_menu, may_be_site, read_words

SITE: Final = frozenset(
    {"web address", "breadcrumb", "date and source line", "site links", "links", "copyright", "footer"}
)
SURE: Final = 0.75
"""Share from which on a line is made of a site's words, or of stamps."""
_PRINTED: Final = frozenset({"masthead", "page label", "imprint"})
_ENOUGH: Final = 1.5
_LISTED: Final = 0.5
_EDGE: Final = 0.5
_BUTTONS: Final = 0.5
"""Share of a dated line that buttons have on a site's page and not in a paper's masthead."""
_ASKED: Final = 1.5
_ASKING: Final = 3
"""How many of a page's last lines are looked at for a site's legal words."""
_LOOKED: Final = 160
_REQUEST: Final = 0.5
_REQUESTS_MOST: Final = 1.5
_HEAD: Final = 25
_FOOT: Final = 40
"""How many lines at a page's head and foot are looked at for a site's words."""
_LONG: Final = 10
"""Letters of a site's words that no paper has at a page's edge."""
_CUT: Final = 1.5
_RUNS: Final = 1.5
_RUN: Final = 4
"""Lines in a row, each of a menu's words and no others, that are a menu set line by line."""
_OF_A_MENU: Final = 0.9
_ENTRY: Final = 8.0
_ENTRY_WEIGHT: Final = 0.5
_MENU_MOST: Final = 4.0
_REPEATED: Final = 20.0
_REPEATS: Final = 3
"""So many different short lines come twice where a site sets the same links above and below.

On a printed page that is text printed twice, so it counts beside other evidence only.
"""
_RETITLED: Final = re.compile(r"[（(【]?原[标標][题題]\s?[:：]")
"""What a site says that gave a story another headline."""
_CLOCK: Final = re.compile(r"\d[:：]\d\d")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DENSITY: Final = 0.04
_PRINTED_ENOUGH: Final = 4.0
WIDEST: Final = 60.0
_BARE: Final = re.compile(r"[^，。；！？,.;!?]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for a site's page, and how surely each of its lines is a stamp."""

    weight: float
    stamps: list[float]


def enough_of_a_site(lines: list[Line], marks: list[str | None], *, teasers: bool) -> Evidence | None:
    """Return the evidence that a page is a site's, or None where it is too little.

    A page shows itself to be a site's by sure furniture: what the rules have marked, lines that are made of a
    site's words, stamps, and `teasers` at its end. It takes more on a long page, and on one that was printed.
    """
    weight = _evidence(lines, marks) + _CUT * teasers
    if not (weight or "date line" in marks or _is_timed(lines, marks) or _asks(lines) or _has_junk(lines)):
        return None
    stamps = [
        stamp_score(line.text) if mark is None and (line.width <= WIDEST or is_bare(line)) else 0.0
        for line, mark in zip(lines, marks, strict=True)
    ]
    weight += _evidence_of_stamps(lines, marks, stamps)
    printed = any(mark in _PRINTED and _is_printed(line) for line, mark in zip(lines, marks, strict=True))
    enough = max(_PRINTED_ENOUGH if printed else _ENOUGH, _DENSITY * len(marks))
    if weight < enough and weight + _ASKED * _asks(lines) < enough:
        return None
    return Evidence(weight, stamps)


def _is_timed(lines: list[Line], marks: list[str | None]) -> bool:
    """Tell quickly whether a short line has a day and a time of day."""
    return any(
        mark is None and line.width <= WIDEST and has_day_and_time(line.text)
        for line, mark in zip(lines, marks, strict=True)
    )


def _has_junk(lines: list[Line]) -> bool:
    """Tell whether a short line has what a site's program left behind."""
    return any(line.width <= WIDEST and is_junk(line.text) for line in lines)


def has_day_and_time(text: str) -> bool:
    """Tell whether a text has a time of day and a year."""
    return _CLOCK.search(text) is not None and _YEAR.search(text) is not None


def _asks(lines: list[Line]) -> bool:
    """Tell whether a page ends with a site's legal words: two known parts of sentences on a line."""
    return any(count_requests(line.text) > 1 for line in lines[-_ASKING:])


def _evidence(lines: list[Line], marks: list[str | None]) -> float:
    """Count a page's sure furniture of a site: one for a line, and more for what no printed page has."""
    kinds = Counter(mark for mark in marks if mark in SITE)
    evidence = float(sum(min(count, 3) for count in kinds.values()))
    evidence += "editors' line" in marks and not _PRINTED & set(marks)
    evidence += any(_RETITLED.match(line.text) for line in lines)
    evidence += _longest_menu(lines, marks) + _evidence_of_words(lines, marks)
    evidence += min(_REQUESTS_MOST, _REQUEST * _count_asking(lines, marks))
    return evidence + _RUNS * (evidence > 0 and count_repeats(lines, marks) >= _REPEATS)


def _count_asking(lines: list[Line], marks: list[str | None]) -> int:
    """Count the lines with a sentence in which sites ask something or tell their rules."""
    return sum(
        mark is None and line.width <= _LOOKED // 2 and count_requests(line.text) > 0
        for line, mark in zip(lines, marks, strict=True)
    )


def count_repeats(lines: list[Line], marks: list[str | None]) -> int:
    """Count the different short lines that come more than once and are neither sentences nor who wrote."""
    free = Counter(
        line.text
        for line, mark in zip(lines, marks, strict=True)
        if mark is None and line.width <= _REPEATED and not ends_sentence(line.text)
    )
    return sum(
        count > 1
        and not is_byline(text)
        and not is_credit_line(text)
        and re.search(r"[^\W\d_]", text) is not None
        for text, count in free.items()
    )


def _longest_menu(lines: list[Line], marks: list[str | None]) -> float:
    """Return the weight of the longest menu that is set line by line, each of words of a menu alone."""
    run, longest = 0, 0
    for line, mark in zip(lines, marks, strict=True):
        if mark is not None:
            continue
        reading = read_words(line.text) if line.width <= _ENTRY and may_be_site(line.text) else None
        run = run + 1 if reading is not None and reading.menu >= _OF_A_MENU else 0
        longest = max(longest, run)
    return min(_MENU_MOST, _ENTRY_WEIGHT * longest) if longest >= _RUN else 0.0


def _evidence_of_words(lines: list[Line], marks: list[str | None]) -> float:
    """Count the lines made of a site's words; long ones at the page's edge and headings of links for more."""
    edges = {0, 1, len(lines) - 3, len(lines) - 2, len(lines) - 1}
    evidence, lists = 0.0, 0
    for index in [*range(min(_HEAD, len(lines))), *range(max(_HEAD, len(lines) - _FOOT), len(lines))]:
        line, mark = lines[index], marks[index]
        known = mark is not None and mark not in SITE
        reading = None if known or not may_be_site(line.text[:_LOOKED]) else words_of(line)
        if reading is None:
            continue
        lists += reading.lists
        if mark is None and (reading.site >= SURE or reading.lists or is_menu(reading)):
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
    timed = any(
        score >= SURE and has_day_and_time(line.text) for score, line in zip(stamps, lines, strict=True)
    )
    return min(stamped, 2) + _EDGE * timed + 2.0 * junk


def _is_printed(line: Line) -> bool:
    """Tell whether a masthead or a page's label is a paper's: no clock or number, and none with buttons."""
    named = _CLOCK.search(line.text) is None and re.search(r"[^\W\d_]", line.text) is not None
    return named and read_words(line.text[:_LOOKED]).site < _BUTTONS


def words_of(line: Line) -> Reading | None:
    """Read the words of a line that is short, or long without a mark; None for others."""
    return read_words(line.text) if line.width <= WIDEST or is_bare(line) else None


def is_bare(line: Line) -> bool:
    """Tell whether a line is long without any mark that parts clauses: it may be a menu."""
    return len(line.text) <= _LOOKED and _BARE.fullmatch(line.text) is not None
