"""Which line of a site's page is the headline of the text below it, and which lines are a story's own."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from corpus.cutting.bylines import is_byline
from corpus.cutting.captions import is_caption, is_credit_line
from corpus.cutting.closings import closes_story, is_office
from corpus.cutting.lines import Line
from corpus.cutting.openings import opens_story
from corpus.cutting.site_page import SitePage, is_row
from corpus.cutting.words import Grams, coverage, grams

LEAD: Final = 400
"""Characters of a paragraph that are looked at."""
_TITLE: Final = 3.0
_STRANGE: Final = 30.0
_MOST: Final = 20
_HEAPED: Final = 0.4
"""Share of its words that a text further down repeats of a headline in a heap."""
_ACCOUNT: Final = 8.0
_NAME: Final = 10.0
"""Widths up to which a line may be the name of an account, or of a site that the text names as well."""
_AGENCY: Final = re.compile(
    r"(?:dpa|epd|kna|sid|afp|ap|apa|efe|ansa|lusa|reuters|ritzau|tass|тасс|xinhua|新华社|新華社|中新社|中央社|共同)"
    r"(?:\s?/\s?\w{2,8})?\.?",
    re.IGNORECASE,
)
"""The agency that a story is from, alone on its last line."""
DATED: Final = frozenset({"date and source line", "date line"})


def titles_of(
    lines: list[Line], marks: list[str | None], page: SitePage, leads: dict[int, Grams]
) -> set[int]:
    """Return the lines over each run of prose that are likest to its headline: one, and its repetitions."""
    titles: set[int] = set()
    start = 0
    for index in page.prose:
        free = [i for i in range(start, index) if marks[i] is None and _may_be_title(lines[i], i, page)]
        start = index + 1
        if free:
            scores = {i: _title_score(lines, marks, page, i, leads[index]) for i in free}
            best = max(free, key=lambda i: (scores[i], i))
            titles |= {
                i for i in free if lines[i].text == lines[best].text or _over_date(lines, marks, page, i)
            }
    return titles


def leads_of(lines: list[Line], prose: list[int]) -> dict[int, Grams]:
    """Return for each line of prose the grams of it and the two after it."""
    own = [grams(lines[index].text[:LEAD]) for index in prose]
    return {index: sum(own[place + 1 : place + 3], Counter(own[place])) for place, index in enumerate(prose)}


def title_odds(index: int, line: Line, page: SitePage, leads: dict[int, Grams], titles: set[int]) -> float:
    """Return how much speaks for a line as a headline of the text below it, or against."""
    following = next((i for i in page.prose if i > index), None)
    if following is None or (not titles and index > page.prose[0]):
        return 0.0
    own = grams(line.text)
    shared = coverage(own, leads[following], {})
    if index in titles:
        return _TITLE + 2.0 * (shared > 0)
    if line.width > _NAME:
        further = [lead for i, lead in leads.items() if i > following][:_MOST]
        told = max((coverage(own, lead, {}) for lead in further), default=0.0)
        if told >= _HEAPED:
            return 4.0 * told
    under = [title for title in titles if index < title < following]
    if not shared and index < page.prose[0] and line.width <= _STRANGE:
        return -1.0 * any(title > index + 1 for title in under)
    near = not under or index + 1 in titles
    return (4.0 if near else 1.5) * shared if shared > 0.15 else 0.0


def is_of_the_news(line: Line) -> bool:
    """Tell whether a line is one of a story: who wrote or pictured it, an opening formula, an office."""
    text = line.text
    return (
        closes_story(text)
        or _AGENCY.fullmatch(text) is not None
        or is_byline(text)
        or is_credit_line(text)
        or is_caption(text)
        or opens_story(text)
        or is_office(text)
    )


def _title_score(
    lines: list[Line], marks: list[str | None], page: SitePage, index: int, lead: Grams
) -> float:
    """Score a line as a headline: the text repeats its words, it is as long as one, a date is under it."""
    reading = page.readings[index]
    shared = coverage(grams(lines[index].text), lead, {})
    dated = _is_dated(marks, page, index + 1) and (shared > 0 or lines[index].width > _ACCOUNT)
    return shared + 0.05 * min(lines[index].width, 16.0) + 0.3 * dated - (reading.menu if reading else 0.0)


def _over_date(lines: list[Line], marks: list[str | None], page: SitePage, index: int) -> bool:
    """Tell whether a line as long as a headline stands over the date."""
    return lines[index].width > _ACCOUNT and _is_dated(marks, page, index + 1)


def _is_dated(marks: list[str | None], page: SitePage, index: int) -> bool:
    """Tell whether a line is the date of a story: by its form, or as a whole stamp with a day."""
    return marks[index] in DATED or (marks[index] is None and index in page.days)


def _may_be_title(line: Line, index: int, page: SitePage) -> bool:
    """Tell whether a line is neither made of a site's words nor a stamp, nor says who wrote or pictured."""
    reading = page.readings[index]
    plain = reading is not None and reading.menu < 0.6 and page.stamps[index] < 0.5
    return plain and index not in page.greeting and not is_row(line) and not is_of_the_news(line)
