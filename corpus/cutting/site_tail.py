"""What stands under a site's story: headlines with no text of their own, and teasers of other stories.

A headline has its text below it. Short lines under the last text of a page that are no sentences and nobody's
name lead elsewhere, whatever their words; so does text that a site's furniture parts from the story above
and that shares hardly a word with it.
"""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.lines import Line
from corpus.cutting.site_evidence import SITE, SURE
from corpus.cutting.site_page import SitePage
from corpus.cutting.site_titles import DATED, is_of_the_news
from corpus.cutting.words import Grams, grams, is_foreign

_FEWEST: Final = 3
_WIDEST: Final = 60.0
_MOSTLY: Final = 1.0
"""How many times as wide as the lines under it the text must be: a post of short lines has little prose."""
_ITEM: Final = re.compile(
    r"\W*\d{1,3}\s?[.．、)）:：]|\W*[（(][\d一二三四五六七八九十]+[)）]|[一二三四五六七八九十]{1,3}、"
)
_STOP: Final = re.compile(r"[。.;；,，:：]\W*$")
_ANNOUNCES: Final = re.compile(r"[：:]\W*$")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SHORTER: Final = 0.67
"""How long a text that is no story's own is at most, as a part of the story."""
_HEADINGS: Final = 2


def links_below(lines: list[Line], marks: list[str | None], page: SitePage) -> frozenset[int]:
    """Return the short lines under the last text that are headlines of other stories: three at least."""
    last = page.prose[-1]
    found = [i for i in range(last + 1, len(lines)) if marks[i] is None and _is_link(lines[i])]
    told = sum(lines[index].width for index in page.prose)
    if len(found) < _FEWEST or told < _MOSTLY * sum(lines[index].width for index in found):
        return frozenset()
    return frozenset() if _ANNOUNCES.search(lines[last].text) else frozenset(found)


def _is_link(line: Line) -> bool:
    """Tell whether a line is short, no part of a sentence, no item of a list and no line of a story's own."""
    bare = line.width <= _WIDEST and "\t" not in line.text and not _STOP.search(line.text)
    begins = not line.text[0].islower() and not _ITEM.match(line.text)
    return bare and begins and not is_of_the_news(line)


def foreign_from(lines: list[Line], marks: list[str | None], page: SitePage) -> int:
    """Return the line of a site's own under which everything is of other stories, or the number of lines.

    What stands below has headings, is shorter than the story above, shares hardly a word with it, and has
    neither a date nor a name: on a page of several stories each would have its own.
    """
    told: list[Grams] = []
    for index in range(page.prose[0] + 1, page.prose[-1]):
        if not _parts(index, marks, page):
            continue
        above = [i for i in range(index) if marks[i] is None]
        below = [i for i in range(index + 1, len(lines)) if marks[i] is None]
        if SHORTER * sum(lines[i].width for i in above) < sum(lines[i].width for i in below):
            continue
        if not _has_headings(lines, marks, page, index):
            continue
        told = told or [grams(line.text) for line in lines]
        if is_foreign([told[i] for i in below], [told[i] for i in above]):
            return index
    return len(lines)


def _parts(index: int, marks: list[str | None], page: SitePage) -> bool:
    """Tell whether a line is a rule, or surely a site's and no date, so that a story may end above it."""
    reading = page.readings[index]
    if marks[index] is None:
        return reading is not None and reading.site >= SURE
    return marks[index] == "rule" or (marks[index] in SITE and marks[index] not in DATED)


def _has_headings(lines: list[Line], marks: list[str | None], page: SitePage, start: int) -> bool:
    """Tell whether there are headings below a line, and no date, no opening and nobody's name."""
    below = range(start + 1, len(lines))
    if any(marks[i] in DATED or (page.stamps[i] >= SURE and _YEAR.search(lines[i].text)) for i in below):
        return False
    if any(marks[i] is None and is_of_the_news(lines[i]) for i in below):
        return False
    return sum(marks[i] is None and not _STOP.search(lines[i].text) for i in below) >= _HEADINGS
