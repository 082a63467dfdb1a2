"""The furniture of web pages that shows itself by where it stands: menus, links, what frames an article."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.bylines import is_byline
from corpus.cutting.captions import is_caption, is_credit_line
from corpus.cutting.closings import closes_story, is_office
from corpus.cutting.legal import mark_legal
from corpus.cutting.line_rules import ENDING
from corpus.cutting.lines import Line, clause_marks, ends_sentence, is_prose
from corpus.cutting.words import Grams, coverage, grams

_FOOTER: Final = frozenset({"copyright", "site links", "imprint"})
_LONG: Final = 30
_LINK: Final = 46.0
_LISTED: Final = 80.0
_MENU_WIDTH: Final = 5.0
_MENU_LINES: Final = 5
_RELATED: Final = re.compile(
    r"相关(?:新闻|链接|阅读|文章|报道|推荐)|推荐阅读|延伸阅读|热门|热点|最新|新闻推荐|推荐\]|点击排行|往期|精彩(?:推荐|回顾)"
    r"|Related|Most read|Read more|Читайте также"
)
_TEASER: Final = re.compile(r"【(?:详细|详情|更多|全文)】$")
_SITE: Final = frozenset(
    {"web address", "breadcrumb", "date and source line", "site links", "links", "copyright", "footer"}
)
_ADDRESS: Final = frozenset({"web address", "breadcrumb"})
_PRINTED: Final = frozenset({"masthead", "page label", "contents"})
"""Furniture of printed pages and bulletins; where there is any, one date line makes no site's page."""
_STAMP_AT: Final = 6
_FRAME: Final = frozenset({"date and source line", "site links"})
_LAST: Final = 12
_LEAD: Final = 400
_TITLE: Final = (8.0, 20.0)
_CAPTION: Final = 6
_OVER_DATE: Final = 0.5
_ACCOUNT: Final = 6.0
"""Width up to which a line over the date may be the name of the account that posted."""
_FOREIGN: Final = 12.0
"""Width up to which a line that shares no word with the story is a site's: a channel's name, a button."""


def mark_menus(lines: list[Line], marks: list[str | None]) -> None:
    """Mark the menus of a site: runs of very short lines before the first long line or after the last."""
    long = [index for index, line in enumerate(lines) if line.width >= _LONG]
    if not long:
        return
    for place in (range(long[0]), range(long[-1] + 1, len(lines))):
        run: list[int] = []
        for index in [*place, -1]:
            if index >= 0 and lines[index].width <= _MENU_WIDTH and not ENDING.search(lines[index].text):
                run.append(index)
                continue
            if len(run) >= _MENU_LINES:
                for item in run:
                    marks[item] = marks[item] or "site links"
            run = []


def spread_links(lines: list[Line], marks: list[str | None]) -> None:
    """Under “related news” near the page's end, lines that are no sentences are links."""
    start = next(
        (i for i, line in enumerate(lines) if marks[i] == "site links" and _RELATED.search(line.text)), None
    )
    if start is None or start < len(lines) // 3:
        return
    for index in range(start + 1, len(lines)):
        if marks[index] is None:
            bulleted = lines[index].text.startswith(("▶", "•", "·", ">", "☞", "●", "★", "丨", "- "))
            if _TEASER.search(lines[index].text):
                marks[index] = "site links"
                continue
            if lines[index].width > (_LISTED if bulleted else _LINK) or (
                ENDING.search(lines[index].text) and not bulleted
            ):
                return
            marks[index] = "site links"


def spread_footer(lines: list[Line], marks: list[str | None]) -> None:
    """After the copyright line of a page's last lines, short lines are footer too."""
    start = max(len(lines) * 2 // 3, len(lines) - 40)
    for index in range(start, len(lines)):
        if marks[index] in _FOOTER and (marks[index] == "copyright" or index >= len(lines) - 8):
            for later in range(index + 1, len(lines)):
                line = lines[later]
                if marks[later] is None and line.width <= 60 and not line.text.endswith("。"):
                    marks[later] = "footer"
            return


def frame_article(lines: list[Line], marks: list[str | None]) -> None:
    """On the page of one article of a site, short lines among its furniture are furniture too.

    Above the text, that is what stands between furniture, or between the date line and the text when the
    title stands above it, and short lines that share no word with the story; below the text, whatever short
    line follows the first piece of furniture, and such foreign lines before it.
    """
    site = is_site(lines, marks)
    mark_legal(lines, marks, site=site)
    if not site:
        return
    prose = [index for index, line in enumerate(lines) if marks[index] is None and is_prose(line)]
    if not prose:
        return
    _frame_above(lines, marks, prose[0])
    _frame_below(lines, marks, prose[-1])


def is_site(lines: list[Line], marks: list[str | None]) -> bool:
    """Tell whether the page is one article of a web site, by the kinds of furniture it has."""
    kinds = {mark for mark in marks if mark in _SITE}
    dated = sum(mark == "date and source line" for mark in marks)
    addressed = any(mark in _ADDRESS for mark in marks[:_LAST])
    stamped = dated == 1 and "date and source line" in marks[:_STAMP_AT] and not _PRINTED & set(marks)
    framed = len(kinds) >= 2 and bool(kinds & _FRAME)
    return dated < 3 and len(lines) > 2 and (addressed or stamped or framed)


def _frame_above(lines: list[Line], marks: list[str | None], text: int) -> None:
    """Mark what frames the title: lines between furniture, and those between date line and text."""
    free = [index for index in range(text) if marks[index] is None]
    if not free:
        return
    lead = grams("\n".join(line.text[:_LEAD] for line in lines[text : text + 6]))
    dates = [index for index in range(text) if marks[index] in {"date and source line", "date line"}]
    over = {
        index - 1
        for index in dates
        if lines[index - 1].width > _ACCOUNT and grams(lines[index - 1].text) & lead
    }
    title = max(
        [index for index in free if not _is_nobodys_title(lines[index].text)] or free,
        key=lambda index: (_title_score(lines[index], lead) + _OVER_DATE * (index in over), -index),
    )
    below = next((index for index in dates if index > title), None)
    words = lead + grams(lines[title].text)
    for index in free:
        if index == title or _is_of_the_story(lines[index], lines[title]) or _is_told_again(lines, index):
            continue
        short = lines[index].width <= _TITLE[0]
        enclosed = (index == 0 or marks[index - 1] is not None) and marks[index + 1] is not None
        over_date = below is not None and index + 1 == below
        strange = not grams(lines[index].text) & words and not is_byline(lines[index].text)
        under_date = below is not None and index > below and lines[index].width <= _TITLE[1]
        foreign = strange and index < title and lines[index].width <= _FOREIGN
        if (short and (enclosed or over_date or under_date)) or foreign or (strange and under_date):
            marks[index] = "site links"


def _is_nobodys_title(text: str) -> bool:
    """Tell whether a line says who wrote, or what a picture shows."""
    return is_byline(text) or is_caption(text)


def _is_of_the_story(line: Line, title: Line) -> bool:
    """Tell whether a line among the furniture is the story's: its headline again, a caption, who wrote it."""
    signed = line.number > title.number and is_byline(line.text)
    return signed or is_caption(line.text) or _repeats(line, title)


def _is_told_again(lines: list[Line], index: int) -> bool:
    """Tell whether a line comes again beside itself, in brackets or not: a picture's text and its caption."""
    own = lines[index].text.strip("()（）")
    beside = [lines[i].text for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    return len(own) >= _CAPTION and any(
        text != lines[index].text and text.strip("()（）") == own for text in beside
    )


def _repeats(line: Line, title: Line) -> bool:
    """Tell whether a line says the headline once more, as sites do that paste a story with its headline."""
    return "".join(line.text.split()) == "".join(title.text.split())


def _title_score(line: Line, lead: Grams) -> float:
    """Score a line above the text as its title: it has the length of one, and the text repeats its words."""
    return coverage(grams(line.text), lead, {}) + 0.05 * min(line.width, 16.0)


def _frame_below(lines: list[Line], marks: list[str | None], text: int) -> None:
    """Below the text, mark the short lines from the first piece of site furniture on."""
    first = next((index for index in range(text + 1, len(lines)) if marks[index] in _SITE), None)
    if first is None:
        return
    told = grams("\n".join(line.text for line in lines[: text + 1]))
    for index in range(text + 1, len(lines)):
        link = lines[index].width <= _LONG and not ends_sentence(lines[index].text)
        if marks[index] is None and link and (index > first or _is_foreign(lines[index], told)):
            marks[index] = "site links"


def _is_foreign(line: Line, told: Grams) -> bool:
    """Tell whether a short line under the text is none of its own: nobody's name, and none of its words."""
    signed = closes_story(line.text) or is_byline(line.text) or is_credit_line(line.text)
    bare = line.width <= _FOREIGN and not clause_marks(line.text) and not re.match(r"[\W\d]|附|注", line.text)
    return bare and not signed and not is_office(line.text) and not grams(line.text) & told
