"""What the own form of a line of a site's page says: its words, its stamps, its length, how it ends."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.lines import Line, clause_marks, ends_sentence
from corpus.cutting.site_evidence import SURE
from corpus.cutting.site_page import CUT_OFF, is_row
from corpus.cutting.site_words import Reading, is_menu

_STAMPED: Final = 3.8
_PATH: Final = 2.5
_ROW: Final = 2.5
_SHORT: Final = 6.0
_RUBRIC: Final = 14.0
_WHOLE: Final = 0.9
_WITHIN_TEXT: Final = re.compile(r"。.|[，,]$")
"""The end of a sentence inside of a line, or of a clause at its end, as furniture has none."""
_STEP: Final = re.compile(r"\S\s?[>＞»]\s?\S")
_CELLS: Final = re.compile(r"[|｜·•>＞»/]|\s{2,}|\u3000")


def form_odds(line: Line, reading: Reading, stamp: float) -> float:
    """Return how much a line's own form speaks for the site (above 0) or for its news."""
    value = 0.0 if line.width <= _SHORT else -0.8
    value += 4.5 * reading.site if reading.site >= SURE else 2.0 * reading.site
    if is_menu(reading):
        value += 4.0
    elif reading.words >= 3 and reading.menu >= SURE:
        value += 2.5
    elif is_row(line):
        value += _ROW
    elif _is_few_words(line, reading):
        value += 1.5
    value += _STAMPED * stamp
    if len(_CELLS.findall(line.text)) >= 2 and reading.menu >= 0.3:
        value += 1.0
    if _STEP.search(line.text) and not clause_marks(line.text):
        value += _PATH
    if reading.site < SURE and _is_sentence(line.text):
        value -= 2.0 if _WITHIN_TEXT.search(line.text) else 1.0
    return value


def _is_sentence(text: str) -> bool:
    """Tell whether a line ends as a sentence does and is not cut off, or holds the end of one."""
    return _WITHIN_TEXT.search(text) is not None or (ends_sentence(text) and CUT_OFF.search(text) is None)


def _is_few_words(line: Line, reading: Reading) -> bool:
    """Tell whether a line is a menu's one word, or some words of which a site's are much."""
    several = reading.words >= 2 and reading.site >= 0.4 and len(line.text.split()) > 1
    return several or is_entry(line, reading)


def is_entry(line: Line, reading: Reading) -> bool:
    """Tell whether a short line is nothing but words of a menu."""
    return reading.menu >= _WHOLE and line.width <= _RUBRIC
