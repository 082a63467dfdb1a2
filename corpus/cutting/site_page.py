"""What the lines of a page are to a site: their words and stamps, and whether the page is a site's at all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from corpus.cutting.lines import Line, is_prose
from corpus.cutting.site_stamps import is_junk, stamp_score
from corpus.cutting.site_words import Reading, is_request, read_words

SITE: Final = frozenset(
    {"web address", "breadcrumb", "date and source line", "site links", "links", "copyright", "footer"}
)
SURE: Final = 0.75
"""Share from which on a line is made of a site's words, or of stamps."""
_PRINTED: Final = frozenset({"masthead", "page label", "imprint"})
_WIDEST: Final = 60.0
_ENOUGH: Final = 1.5
_DENSITY: Final = 0.04
_PRINTED_ENOUGH: Final = 4.0
_BARE: Final = re.compile(r"[^，。；！？,.;!?]{20,160}")
"""A long line without any mark that parts clauses may be a menu on one line."""


@dataclass(frozen=True, slots=True)
class SitePage:
    """What the lines of a page are: their words, their stamps, which are prose, how often a line comes."""

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
    if not _is_site(lines, readings, stamps, marks):
        return None
    page = SitePage(
        readings=readings,
        stamps=stamps,
        prose=[i for i, mark in enumerate(marks) if mark is None and _is_text(lines[i], readings[i])],
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


def is_menu(reading: Reading) -> bool:
    """Tell whether a line is a row of a menu's words."""
    return reading.words >= 6 and reading.menu >= 0.6


def _is_site(
    lines: list[Line], readings: list[Reading | None], stamps: list[float], marks: list[str | None]
) -> bool:
    """Tell whether a page has enough sure furniture of a site, for its length and for a printed one."""
    kinds = Counter(mark for mark in marks if mark in SITE)
    evidence = sum(min(count, 3) for count in kinds.values())
    evidence += sum(
        mark is None and reading is not None and (reading.site >= SURE or is_menu(reading))
        for mark, reading in zip(marks, readings, strict=True)
    )
    stamped = sum(score >= SURE for score in stamps) + ("date line" in marks)
    evidence += min(stamped, 2) + 2 * sum(
        score == 1.0 and is_junk(line.text) for score, line in zip(stamps, lines, strict=True)
    )
    printed = any(mark in _PRINTED for mark in marks)
    evidence += "editors' line" in marks and not printed
    return evidence >= max(_PRINTED_ENOUGH if printed else _ENOUGH, _DENSITY * len(marks))
