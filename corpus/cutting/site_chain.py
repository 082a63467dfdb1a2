"""The furniture of a site that no rule knows by its form: a chain over the lines of a saved web page.

Every line belongs to the site or to its news. What a line is like speaks for one or the other (its words, how
it is set, whether the text repeats them, where it stands), and furniture comes in blocks: changing sides has
its price. The best sequence is found by Viterbi's algorithm. Only a page that shows itself to be a site's, by
furniture that is sure, is looked at in this way; on a newspaper's page nothing is marked.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from corpus.cutting.lines import Line
from corpus.cutting.site_evidence import SITE, SURE
from corpus.cutting.site_form import form_odds, is_entry
from corpus.cutting.site_greeting import without_greeting
from corpus.cutting.site_page import CUT_OFF, SitePage, read_site
from corpus.cutting.site_stamps import is_label, is_medium
from corpus.cutting.site_tail import foreign_from, links_below
from corpus.cutting.site_titles import DATED, LEAD, is_of_the_news, leads_of, title_odds, titles_of
from corpus.cutting.site_words import is_request
from corpus.cutting.words import Grams, coverage, grams

REASON: Final = "site words"
_CHANGE: Final = 1.3
_MARKED: Final = 2.5
_PROSE: Final = -5.0
_TEASED: Final = -1.5
_REQUEST: Final = 3.0
_ASKED: Final = 25.0
_GRAMS: Final = 6
"""Words that a sentence needs for what it shares with the text to count in full."""
_TURNED: Final = 3.0
_VALUE: Final = 1.5
_UNDER_TITLE: Final = 1.2
_ALIEN: Final = 1.8
_ALIEN_WIDTH: Final = 20.0
"""A short line in another script than the text, above or below it: a site's name, an account, a button."""
_ALIEN_AGAIN: Final = 1.0
"""What the same again says: a button under every headline."""
_OWN: Final = -3.0
"""What speaks for the news in a line that is a story's by its form: more than two changes of sides cost."""
_UNDER: Final = 0.6
_IN_LIST: Final = 1.3
_NAMED: Final = 3.0
_UNFOLLOWED: Final = 1.6
"""What speaks for the site in each of several short lines with no text below them."""
_SWALLOWED: Final = -0.3
_STRANGE: Final = 0.5
"""What speaks for the site in a text under the story's end that shares hardly a word with it."""
_LISTS: Final = 0.67
_TEASERS: Final = 2.0
_SURE_LISTS: Final = 2.5
"""Share of the text above a list that what stands below may have, to be the list's."""
_TEASER: Final = 60.0
_CUT: Final = 1.5
_WITHIN: Final = 1.5
_SHORT: Final = 6.0
_FOREIGN: Final = 12.0


def mark_site_words(lines: list[Line], marks: list[str | None]) -> None:
    """Mark the lines that the best sequence gives to the site, on pages that are a site's."""
    page = read_site(lines, marks)
    if page is None:
        return
    page = without_greeting(lines, marks, page)
    for index in _best(_odds(lines, marks, page)):
        if marks[index] is None:
            marks[index] = REASON


def _odds(lines: list[Line], marks: list[str | None], page: SitePage) -> list[float]:
    """Return for each line how much speaks for the site (above 0) or for its news."""
    told = set(page.prose)
    leads = leads_of(lines, page.prose)
    foreign = foreign_from(lines, marks, page)
    below = min(_list_below(lines, marks, page), foreign)
    links = links_below(lines, marks, page)
    titles = titles_of(lines, marks, page, leads)
    odds, listed, turned, labelled = [], False, False, False
    for index, line in enumerate(lines):
        mark, reading = marks[index], page.readings[index]
        if mark is not None:
            odds.append(_MARKED if mark in SITE else 0.0)
        elif index in page.teasers:
            odds.append(_CUT)
        elif index in told:
            teaser = listed and (line.width <= _TEASER or CUT_OFF.search(line.text) is not None)
            listed = listed and teaser
            swallowed = _STRANGE if index > foreign else _SWALLOWED
            odds.append(swallowed if index > below else _TEASED if teaser else _PROSE)
        elif index in page.greeting:
            odds.append(_STRANGE)
        elif is_request(line.text):
            odds.append(_request_odds(index, lines, page, below))
        elif reading is None:
            odds.append(_PROSE)
        else:
            value = form_odds(line, reading, page.stamps[index])
            if index > foreign:
                value += _UNDER
            else:
                value += _place(index, line, page, leads, set() if turned or index > below else titles)
            value += _UNFOLLOWED * (index in links) + _NAMED * _names_source(index, lines, marks, page)
            odds.append(value + _IN_LIST * (listed or index > below) + _TURNED * turned + _VALUE * labelled)
        labelled = is_label(line.text)
        turned = reading is not None and reading.turns and mark in {None, "site links"}
        listed = listed or (reading is not None and reading.lists and index > page.prose[0])
    return odds


def _request_odds(index: int, lines: list[Line], page: SitePage, below: int) -> float:
    """Return what speaks for a sentence in a site's words: less, the more of it the text says as well.

    Below the text, which ends at a list's heading at the latest, it counts half: there a site asks about it.
    """
    prose = [i for i in page.prose if i < below] or page.prose
    told = Counter(gram for i in prose for gram in grams(lines[i].text[:LEAD]))
    own = grams(lines[index].text)
    asked = _ASKED / 2 if index > prose[-1] else _ASKED
    shared = asked * coverage(own, told, {}) * min(1.0, len(own) / _GRAMS)
    return _REQUEST - shared - _WITHIN * (prose[0] < index < prose[-1])


def _list_below(lines: list[Line], marks: list[str | None], page: SitePage) -> int:
    """Return the heading of links below which everything is the site's, or the number of lines.

    Most of the page's text stands above it; or what stands below is cut off, as teasers are.
    """
    total = sum(lines[index].width for index in page.prose)
    cut_off = max((index for index in page.prose if CUT_OFF.search(lines[index].text)), default=-1)
    above = 0.0
    for index, reading in enumerate(page.readings):
        above += lines[index].width * (index in page.prose)
        if reading is None or not reading.lists or not (marks[index] is None or marks[index] in SITE):
            continue
        most = _TEASERS if cut_off > index else _LISTS if page.evidence >= _SURE_LISTS else 0.0
        if total - above <= most * above:
            return index
    return len(lines)


def _names_source(index: int, lines: list[Line], marks: list[str | None], page: SitePage) -> bool:
    """Tell whether a line is a paper's or site's name, at the page's top or beside a day and time."""
    beside = [i for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    if not is_medium(lines[index].text):
        return False
    return index == 0 or any(marks[i] in DATED or page.stamps[i] >= SURE for i in beside)


def _place(index: int, line: Line, page: SitePage, leads: dict[int, Grams], titles: set[int]) -> float:
    """Return what a line's place says: above the text, in it or below, repeated, of the text's words."""
    stamped = page.stamps[index] >= 0.5
    reading = page.readings[index]
    sure = reading is not None and (reading.site >= SURE or is_entry(line, reading))
    if not (stamped or sure) and (is_of_the_news(line) or "\t" in line.text):
        return _OWN
    first, last = page.prose[0], page.prose[-1]
    value = 0.4 if index < first else _UNDER if index > last else -0.8
    value += 0.7 * (page.repeats[line.text] > 1 and (index > page.prose[0] or index not in titles))
    again = page.repeats[line.text] > 1
    if (again or not first < index < last) and line.width <= _ALIEN_WIDTH and page.is_alien(line):
        value += _ALIEN + _ALIEN_AGAIN * again
    if stamped or sure:
        return value
    plain = reading is not None and reading.known < 0.5
    if plain and min([*titles, first]) < index < first and line.width > _SHORT:
        value -= _UNDER_TITLE
    if index - 1 in leads and line.width <= _FOREIGN:
        value -= 1.5
    return value - title_odds(index, line, page, leads, titles)


def _best(odds: list[float]) -> list[int]:
    """Return the lines that the best sequence gives to the site."""
    news, site = 0.0, 0.0
    backs: list[tuple[bool, bool]] = []
    for value in odds:
        backs.append((site - _CHANGE > news, site >= news - _CHANGE))
        news, site = max(news, site - _CHANGE), max(site, news - _CHANGE) + value
    found: list[int] = []
    at_site = site > news
    for index in range(len(odds) - 1, -1, -1):
        if at_site:
            found.append(index)
        at_site = backs[index][at_site]
    return found[::-1]
