"""The source that a web page, a bulletin or an account's export says outright."""

from __future__ import annotations

import re
from typing import Final

from corpus.origins.evidence import Source, source_by

_LABEL: Final = (
    r"(?:(?<![\u4e00-\u9fff])(?:信息|文章|稿件|新闻|本文)?(?:来\s?源|來源|稿源|出处)"
    r"|转自|source|источник|quelle|fuente)\s?[:：]"
)
_LABELLED: Final = re.compile(
    _LABEL + r"\s{0,3}《?(?P<name>[^\s|，。；;<>《》（）()【】\[\]]{2,30})",
    re.I,
)
_LABELLED_LATIN: Final = re.compile(
    r"(?:source|источник|quelle|fuente)\s?[:：]\s{0,3}(?P<name>[^\n|,;<>()\[\]]{2,40})", re.I
)
_LABEL_ALONE: Final = re.compile(_LABEL + r"$", re.I)
_NAME_ALONE: Final = re.compile(r"《?(?P<name>[^\s|，。；;<>《》（）()【】\[\]:：\d]{2,16})》?")
_ENDS_LABEL: Final = re.compile(
    r"本报讯|本网讯|(?:作者|编辑|责编|记者|发布|时间|日期|浏览|点击|字号)[:：]?|\d{4}[-年]"
)
_NO_SOURCE: Final = re.compile(
    r"(?:本站|本网|原创|网络|互联网|未知|不详|佚名|转载|其他|本报|(?:系统)?管理员|(?:党委|校|院)?(?:宣传部|办公室|新闻中心)|admin|unknown|internet)+(?:整理)?",
    re.I,
)
_STAMP: Final = r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?"
_TIMED: Final = re.compile(
    rf"{_STAMP}|[0-2]?\d[:：]\d\d|(?:发布|发表)?(?:时间|日期)[:：]|published|опубликовано", re.I
)
_ACCOUNT: Final = re.compile(
    rf"(?:^|\s)(?P<name>[^\s\d:：，。]{{2,20}})\s+{_STAMP}\s+[0-2]?\d[:：]\d\d(?:[:：]\d\d)?"
    r"(?:\s+发表于\s?[\u4e00-\u9fff]{2,4}|\s+\S{1,4})?$"
)
_ACCOUNT_NAME: Final = re.compile(
    r".*(?:发布|报|报[\u4e00-\u9fff]{2,4}版|财经|报社|融媒|在线|新闻|传媒|之声|观察|广播|电视台|周刊|网|号|公安|检察|法院|交警|政务)"
)
_STAMPED: Final = re.compile(
    rf"{_STAMP}\s*[0-2]?\d[:：]\d\d(?:[:：]\d\d)?\s*(?:\S{{2,12}}[-—－])?"
    r"(?P<name>[\u4e00-\u9fff]{2,12}(?:[报報网網社]|在线|客户端))(?=[\s】\]|]|$)"
)
_POSTED: Final = re.compile(r"(?:.*\s)?发表于\s?[\u4e00-\u9fff]{2,4}")
_STAMP_LINE: Final = re.compile(rf"{_STAMP}(?:\s+[0-2]?\d[:：]\d\d)?(?:\s+发表于\s?[\u4e00-\u9fff]{{2,4}})?")
_PROGRAMME: Final = re.compile(
    r"(?:央视|中央电视台|央广|中国之声|中央人民广播电台)?《?(?P<name>新闻联播|新闻和报纸摘要|全国新闻联播|(?:[\u4e00-\u9fff]{2,4})新闻联播)》?(?:节目)?"
)
_TRANSCRIPT: Final = re.compile(
    r"(?:文字|完整|内容|实录|全文|节目|主要|稿|版|的|：|:|#|\s|[（）()]|\d{1,2}[:：]\d\d|星期.|周.)*"
)
_DAY: Final = re.compile(rf"{_STAMP}|(?:19|20)\d{{6}}")
_HEAD: Final = 14
"""Lines at the top of a page in which a site prints an article's source and an export its account."""
_TOP: Final = 4
"""Lines at the top in which a bulletin's title stands."""


def find_programme(text: str) -> Source | None:
    """The broadcast whose transcript this is: its name and a day, alone in one of the first lines."""
    for line in _filled(text, _TOP):
        match = _PROGRAMME.search(line)
        if match is None or len(line) > 60 or not _DAY.search(line):
            continue
        rest = _DAY.sub("", line[: match.start()] + line[match.end() :])
        if _TRANSCRIPT.fullmatch(rest):
            return source_by("programme", match["name"], f"explicit: “{line}”")
    return None


def find_account(text: str) -> Source | None:
    """The account in the line that a messenger's export prints with the time of posting."""
    lines = _filled(text, _HEAD)
    for place, line in enumerate(lines):
        match = _ACCOUNT.search(line) if len(line) <= 80 else None
        if match and (_POSTED.fullmatch(line) or _ACCOUNT_NAME.fullmatch(match["name"])):
            return source_by("account", match["name"], f"explicit: “{line}”")
        posted = _POSTED.fullmatch(line) and _STAMP_LINE.fullmatch(f"{lines[place - 1]} {line}")
        above = place - (2 if posted else 1)
        if (posted or (_POSTED.fullmatch(line) and _STAMP_LINE.fullmatch(line))) and above >= 0:
            name = lines[above].split()[-1]
            if 2 <= len(name) <= 20:
                return source_by("account", name, f"explicit: “{name} {line}”")
    return None


def find_stamped(text: str) -> Source | None:
    """The medium that a site prints behind day and time, without a label."""
    for line in _filled(text, _HEAD):
        match = _STAMPED.search(line) if len(line) <= 100 else None
        if match and not _NO_SOURCE.fullmatch(match["name"]):
            return source_by("label", match["name"], f"explicit: “{line}”")
    return None


def find_label(text: str) -> Source | None:
    """The source after `来源：` near the top of a page, or in a line with the time."""
    return _first_label(text, near_top=True)


def find_label_anywhere(text: str) -> Source | None:
    """The source after `来源：` in any line."""
    return _first_label(text, near_top=False)


def _first_label(text: str, *, near_top: bool) -> Source | None:
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    for place, line in enumerate(lines):
        if len(line) > 200 or (near_top and not _is_heading(lines, place)):
            continue
        match = _LABELLED_LATIN.search(line) or _LABELLED.search(line)
        if match is None and _LABEL_ALONE.search(line) and place + 1 < len(lines):
            match = _NAME_ALONE.fullmatch(lines[place + 1])
        name = _ENDS_LABEL.split(match["name"])[0].strip(" .：:-—") if match else ""
        if name and not _NO_SOURCE.fullmatch(name):
            return source_by("label", name, f"explicit: “{line[:80]}”")
    return None


def _is_heading(lines: list[str], place: int) -> bool:
    """Whether a line is of those that a site prints with an article: short, at the top or with a time."""
    if len(lines[place]) > 120:
        return False
    return bool(_TIMED.search(lines[place])) or (
        place < _HEAD
        and any(_TIMED.search(line) for line in lines[max(0, place - 2) : place + 3] if len(line) <= 120)
    )


def _filled(text: str, most: int) -> list[str]:
    """The first lines that have words, with white space made even."""
    found: list[str] = []
    for line in text.split("\n", 8 * most)[: 8 * most]:
        if line.strip():
            found.append(" ".join(line.split()))
        if len(found) == most:
            break
    return found
