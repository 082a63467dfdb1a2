"""What a bulletin says between its items: greetings, the names of regions and sections in brackets."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.items import is_counted, is_item
from corpus.cutting.lines import Line, ends_sentence, is_prose
from corpus.cutting.site_words import read_words
from corpus.cutting.writing import simplified

_WELCOME: Final = re.compile(
    r"欢迎(?:您的?)?(?:收听|收看)\S{0,30}[。！!]?$|^\S{0,20}欢迎您?(?:关注|阅读|来到|光临|访问)\S{0,24}[。！!]?$"
    r"|各位(?:听众|观众|网友|早上好|晚上好)\S{0,40}欢迎"
)
_HAILS: Final = re.compile(r"今天是\d{1,2}月\d{1,2}日.*(?:早安|[早晚]上好|问候[您你]|大家好)")
_ROUND_UP: Final = re.compile(
    r"(?:以下[是为]|(?:一起|我们)来?(?:看看|回顾|盘点))\S{0,20}(?:盘点|新闻|要闻|热点|回顾|梳理|汇总)[：:。]$"
)
"""What leads in a digest: `here is this week's news:`."""
_GOES_ON: Final = re.compile(
    r"^(?:【[^】]{2,24}】.{0,12}?)?(?:(?:首先|接下来|接着|下面|最后|再)(?:让?我们|请您?)?|让?我们)(?:再|一起|先)?来?"
    r"(?:收?看(?:一?看)?|关注|收?听(?:一?听)?|了解|是(?=一组|今天|详细|主要))(?:一下|一组)?"
    r"\S{0,8}(?:新闻|消息|头条|要闻|[快简]讯|报道|内容|大事件?)[：:。]?$"
)
_TODAY: Final = re.compile(
    r"^(?:大家好|早安|早上好|晚上好|您好|你好)?[，,！!\s]*今天是\d{1,2}月\d{1,2}日.{0,80}"
    r"(?:速览|收听|收看|播报|新闻早餐|早报|早新闻|晚报道|[带为][你您]\S{0,6}(?:关注|了解|梳理|盘点|回顾))"
)
"""A speaker names the day and says what comes; a story may begin with the day alone."""
_QUOTES: Final = re.compile(r"[“”\"「」『』]")
_TOP: Final = 6
_BOTTOM: Final = 4
_LONGEST: Final = 90.0
_SHORT: Final = 30.0
_SHOW: Final = re.compile(
    r"\S{0,6}(?:新闻联播|早新闻|晚间新闻|新闻早餐|新闻和报纸摘要|新闻播报|新闻早班车|新闻晚班车)"
    r"(?:\s+\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)?|\S{0,16}(?:新闻联播\S{0,4}|要闻|新闻)(?:集锦|汇总)"
)
_BULLET: Final = re.compile(r"[●■◆▲★◎▶◼•◇○□]\s*\S")
_LABEL_WIDTH: Final = 8.0
_BULLETED: Final = 0.5
_FLAG: Final = re.compile(r"[【\[〔]([\u4e00-\u9fff]{2,4})[】\]〕]")
_LEAST: Final = 2
_MOTTO: Final = 4
"""Letters from which on words that a greeting has too are the show's own."""
_BRACKETED: Final = re.compile(r"[（(][^（()）]{6,40}[)）]")
_DATED: Final = re.compile(
    r"\S{2,14}\s?[〔\[（(【｜|]\s?(?:19|20)\d\d[.\-/年]\d{1,2}[.\-/月]\d{1,2}日?\s?[〕\]）)】｜|]?"
)
"""A show's title with its day behind it, over a digest."""
_SECTION: Final = re.compile(r"(?:方面|板块|篇|类|版块|专区)$")
_DIGEST: Final = re.compile(
    r"(?:一周|每周|本周|每日|今日|周末)\S{0,8}(?:回顾|要闻|盘点|热点|新闻|综述|早报|晚报|播报)\S{0,6}"
    r"\s?[（(]\s?\d{4}\s?[年.]\s?\d{1,2}\s?[月.].{1,16}[）)](?:\s?\d{4}?年?第\s?\d+\s?期)?"
)


def mark_bulletin(lines: list[Line], marks: list[str | None]) -> None:
    """Mark a bulletin's greetings, its title with its days, and its sections' names in brackets."""
    flags = [index for index, line in enumerate(lines) if marks[index] is None and _FLAG.fullmatch(line.text)]
    if len(flags) >= _LEAST:
        for index in flags:
            marks[index] = "section label"
    greetings: list[str] = []
    for index, line in enumerate(lines):
        if marks[index] is not None or line.width > _LONGEST:
            continue
        text = simplified(line.text)
        if _greets(text, edge=index < _TOP or index >= len(lines) - _BOTTOM):
            marks[index] = "greeting"
            greetings.append(line.text)
            _mark_above(lines, marks, index)
        elif index < _TOP and _DATED.fullmatch(text):
            marks[index] = "masthead"
            _mark_above(lines, marks, index)
        elif _DIGEST.fullmatch(text) or (index < _TOP and _SHOW.fullmatch(text)):
            marks[index] = "masthead"
    _mark_mottos(lines, marks, greetings)
    _mark_labels(lines, marks)
    _mark_rubrics(lines, marks)


def _mark_mottos(lines: list[Line], marks: list[str | None], greetings: list[str]) -> None:
    """Mark what a speaker says again of the greeting (a show's name), and a motto under a digest's title."""
    for index, line in enumerate(lines):
        if marks[index] is not None or line.width > _SHORT:
            continue
        again = len(line.text) >= _MOTTO and any(line.text.rstrip("!！。") in text for text in greetings)
        under = 0 < index < _TOP and marks[index - 1] == "masthead" and _BRACKETED.fullmatch(line.text)
        if again or under:
            marks[index] = "greeting"


def _mark_above(lines: list[Line], marks: list[str | None], greeting: int) -> None:
    """Above the greeting that a bulletin begins with, short lines are the bulletin's own title and motto."""
    if greeting < _TOP and all(line.width <= _SHORT or marks[k] for k, line in enumerate(lines[:greeting])):
        for index in range(greeting):
            marks[index] = marks[index] or "greeting"


def _mark_rubrics(lines: list[Line], marks: list[str | None]) -> None:
    """Mark the rubrics of a digest: two short lines and more that are words of a menu.

    They stand over items, or a speaker has greeted; in a feature such a line is a subhead.
    """
    greeted = "greeting" in marks
    found: list[int] = []
    for index, line in enumerate(lines[:-1]):
        if (
            marks[index] not in {None, "section label"}
            or line.width > _LABEL_WIDTH
            or ends_sentence(line.text)
        ):
            continue
        below = lines[index + 1].text
        name = _SECTION.sub("", line.text)
        headed = greeted or is_counted(below) or is_item(below)
        if headed and len(name) > 1 and read_words(name).menu == 1.0:
            found.append(index)
    if len(found) >= _LEAST and any(is_prose(line) for line in lines[found[0] : found[-1]]):
        for index in found:
            marks[index] = "section label"


def _mark_labels(lines: list[Line], marks: list[str | None]) -> None:
    """Among bulleted items, short lines over an item are names of sections, where there are several."""
    bulleted = [_BULLET.match(line.text[:4]) is not None for line in lines]
    told = [index for index, line in enumerate(lines) if marks[index] is None and line.width > _SHORT]
    if sum(bulleted[index] for index in told) < max(_LEAST + 1, _BULLETED * len(told)):
        return
    labels = [
        index
        for index in range(len(lines) - 1)
        if marks[index] is None
        and bulleted[index + 1]
        and not bulleted[index]
        and lines[index].width <= _LABEL_WIDTH
        and not ends_sentence(lines[index].text)
    ]
    if len(labels) >= _LEAST:
        for index in labels:
            marks[index] = "section label"


def _greets(text: str, *, edge: bool) -> bool:
    """Tell whether a bulletin's speaker greets, at an `edge` of the page, or leads over to what comes."""
    if edge and (_TODAY.match(text) or _HAILS.search(text) or _ROUND_UP.search(text)):
        return True
    if _QUOTES.search(text):
        return False
    return (edge and _WELCOME.search(text) is not None) or _GOES_ON.search(text) is not None
