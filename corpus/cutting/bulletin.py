"""What a bulletin says between its items: greetings, the names of regions and sections in brackets."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.lines import Line

_WELCOME: Final = re.compile(
    r"欢迎(?:收听|收看)\S{0,30}[。！!]?$|^\S{0,20}欢迎(?:关注|阅读)\S{0,24}[。！!]?$"
    r"|各位(?:听众|观众|网友|早上好|晚上好)\S{0,40}欢迎"
)
_GOES_ON: Final = re.compile(
    r"^(?:(?:首先|接下来|接着|下面|最后|再)(?:让?我们)?|让?我们)(?:再|一起|先)?来?(?:看一?看|关注|听一?听)"
    r"\S{0,8}(?:新闻|消息|头条|要闻|快讯)[：:。]?$"
)
_QUOTES: Final = re.compile(r"[“”\"「」『』]")
_TOP: Final = 6
_BOTTOM: Final = 4
_LONGEST: Final = 90.0
_FLAG: Final = re.compile(r"[【\[〔]([\u4e00-\u9fff]{2,4})[】\]〕]")
_LEAST: Final = 2
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
    for index, line in enumerate(lines):
        if marks[index] is not None or line.width > _LONGEST:
            continue
        if _greets(line.text, edge=index < _TOP or index >= len(lines) - _BOTTOM):
            marks[index] = "greeting"
        elif _DIGEST.fullmatch(line.text):
            marks[index] = "masthead"


def _greets(text: str, *, edge: bool) -> bool:
    """Tell whether a bulletin's speaker greets, at an `edge` of the page, or leads over to what comes."""
    if _QUOTES.search(text):
        return False
    return (edge and _WELCOME.search(text) is not None) or _GOES_ON.search(text) is not None
