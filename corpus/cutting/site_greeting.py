"""What a site says of itself over its menu, before any story: a greeting, a slogan, an advertisement.

It is a sentence, so that nothing in its form tells it from text; but furniture follows it, and the text
further down repeats hardly a word of it. A story goes on after an advertisement with its own words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from corpus.cutting.lines import Line
from corpus.cutting.site_evidence import SITE, SURE
from corpus.cutting.site_page import SitePage
from corpus.cutting.site_tail import SHORTER
from corpus.cutting.words import Grams, grams, is_foreign

_BETWEEN: Final = 3
"""Lines of a site's between the greeting and the next text; one or two may be an advertisement's."""


def without_greeting(lines: list[Line], marks: list[str | None], page: SitePage) -> SitePage:
    """Return the page without the text over its menu, where that is of no story; else the page itself."""
    for place in range(1, len(page.prose)):
        above, below = page.prose[:place], page.prose[place:]
        between = range(above[-1] + 1, below[0])
        if sum(_is_of_a_site(i, marks, page) for i in between) < _BETWEEN:
            continue
        shorter = sum(lines[i].width for i in above) <= SHORTER * sum(lines[i].width for i in below)
        return (
            replace(page, prose=below, greeting=frozenset(above))
            if shorter and is_foreign(_grams(lines, above), _grams(lines, below))
            else page
        )
    return page


def _is_of_a_site(index: int, marks: list[str | None], page: SitePage) -> bool:
    """Tell whether a line is surely a site's: by its form or by its words, those of a menu among them."""
    reading = page.readings[index]
    if marks[index] is None:
        return reading is not None and reading.menu >= SURE
    return marks[index] in SITE


def _grams(lines: list[Line], places: list[int]) -> list[Grams]:
    """Return the words of some lines."""
    return [grams(lines[index].text) for index in places]
