"""The date that a page prints of itself: in a masthead, in a web page's date line, or in the file's name.

A date in full is a page's own only where its line or the lines beside it look like a masthead (a weekday, a
page number, the paper's name, a lunar date) or like a web page's date line (a label, a time, a source).
Other dates in full belong to what the page tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.dating.day_axis import real_date
from corpus.dating.expressions import FullDate, find_full_dates, western_figures
from corpus.dating.split_dates import find_split_dates

_COMPACT: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")
_PROGRAMME: Final = re.compile(r"新闻联播|新闻和报纸摘要")
_LONGEST_LINE: Final = 120
"""Characters of the longest line that can be a masthead."""
_LABEL: Final = re.compile(
    r"(?:(?<![\u4e00-\u9fff])(?:发布|发表|更新|发稿|刊发|刊登|见报|编辑|上传|录入|创建|文章|稿件|出版)?(?:时间|日期)"
    r"|发布于|发表于|發布時間|發佈日期"
    r"|(?:published|posted|updated|last modified|date)(?: on)?|опубликовано|дата)"
    r"[】\]]?\s{0,3}[:：=＝]?\s{0,3}$",
    re.I,
)
_TIME: Final = re.compile(r"^\s{0,3}[T,，|]?\s{0,3}(?:at\s)?[0-2]?[0-9][:：时點点][0-5][0-9]")
WEEKDAY: Final = re.compile(
    r"星\s?期\s?[一二三四五六日天]|周[一二三四五六日](?![边年期])|禮拜|曜日|[월화수목금토일]요일"
    r"|วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
    r"|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\b"
    r"|\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
    r"|\b(?:mon|tues?|wed|thurs?|fri|sat|sun)\b[.,]{1,2}(?=\s)",
    re.I,
)
_MASTHEAD: Final = re.compile(
    r"(?:日报|晚报|时报|早报|晨报|都市报|商报|周报|快报|青年报|导报|日報|晚報|時報|新聞|新闻网|導報)"
    r"|农历|農曆|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年|国内统一|CN\s?\d\d-|ISSN|邮发代号"
    r"|第\s?\d{1,6}\s?[期号號]|总第|今日\d+版|第?\s?[A-Z]?\d{1,2}\s?版|版面"
    r"|(?:责任?编辑?|编辑|美编|校对|版式|责编|值班)\s?[:：]?|电话"
    r"|主办|主管|印刷|邮编|社址|地址|出版"
    r"|新闻联播|新闻和报纸摘要|文字(?:完整)?[版稿]"
    r"|\b(?:vol|no|p|pp)\.?\s?\d+|№\s?\d+|\bстр\.?\s?\d+"
    r"|\b(?:page|edition|times|post|gazette|herald|tribune|chronicle|daily|news|guardian|journal|courier|press|mercury)\b"
    r"|\b(?:газета|правда|вестник|вести|известия|ведомости|новости|жизнь|голос|знамя|заря|труд|курьер|тираж)\b",
    re.I,
)
_WEB: Final = re.compile(
    r"来源|來源|作者|浏览|点击|阅读|字号|字体|放大|缩小|打印|分享|评论|编辑[:：]|source|by\s|views|comments|просмотр",
    re.I,
)
_ADDRESS: Final = re.compile(
    r"https?://\S{3,80}?[/_](?P<year>(?:19|20)[0-9]{2})[-/]?(?P<month>[01][0-9])[-/]?(?P<day>[0-3][0-9])(?![0-9])\S{0,80}"
)
_NAME_DATE: Final = re.compile(
    r"(?<![0-9])((?:1[5-9]|20|21)[0-9]{2})(?:([-_./年])([0-9]{1,2})(?:[-_./月])([0-9]{1,2})日?|([01][0-9])([0-3][0-9]))(?![0-9])"
)
_APPOINTMENT: Final = re.compile(
    r"(?:地点|地址|开标|报名|考试|停电|开庭|会期|有效期)|[日号）)]\s?(?:上午|下午|晚上?|起|前|至|到)"
)
"""Words that make a date the day of something else."""
_IMPRINT: Final = re.compile(r"总第\s?\d+\s?期|国内统一|邮发代号|报社(?:出版|社址|地址|\s)")
"""Words of an imprint, whose address is the paper's."""
_SIGNED: Final = re.compile(
    r"(?:公司|局|委|委员会|办公室|政府|院|中心|协会|学校|大学|部|厅|社|特此.{2,4})[。]?$"
)
"""A line above a date that makes it the date of a notice's signature."""
_SURE: Final = 2.0
"""Score of a date that its form alone makes the page's own."""
_TOP: Final = 8
"""Lines from the top in which a bare date alone on its line is a dateline."""


@dataclass(frozen=True)
class PrintedDate:
    """A page's own date and the words it was read from."""

    day: date
    words: str


def find_printed_date(text: str) -> PrintedDate | None:
    """The date that the page prints as its own; None if it prints none."""
    best: tuple[float, int, PrintedDate] | None = None
    for order, (score, printed) in enumerate(_candidates(text)):
        if score > 0 and (best is None or score > best[0]):
            best = (score, order, printed)
    return best[2] if best else _in_address(text)


def read_file_name(name: str) -> PrintedDate | None:
    """The date in a file's name, or in the name of a folder above it; the last one counts."""
    parts = re.sub(r"\.[A-Za-z]+$", "", name).split("/")
    for part in [*reversed(parts), "/".join(parts)]:
        for match in reversed(list(_NAME_DATE.finditer(western_figures(part)))):
            year, month, day = int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])
            if found := real_date(year, month, day):
                return PrintedDate(found, match[0])
    return None


def _candidates(text: str) -> Iterator[tuple[float, PrintedDate]]:
    """Every date in full that may be the page's own, with its score."""
    lines = [line.strip() for line in text.split("\n")]
    filled = [line for line in lines if line]
    for place, line in enumerate(filled):
        if len(line) > _LONGEST_LINE:
            continue
        for found in find_full_dates(line):
            beside = filled[max(0, place - 2) : place] + filled[place + 1 : place + 3]
            above = filled[place - 1] if place else ""
            score = _score(found, line, beside, above=above, from_top=place)
            yield score, PrintedDate(found.day, " ".join(line.split())[:_LONGEST_LINE])
        compact = _COMPACT.search(line) if place < _TOP and _PROGRAMME.search(line) else None
        if compact and (day := real_date(*map(int, compact.groups()))):
            yield _SURE, PrintedDate(day, " ".join(line.split()))
    for place, day, words in find_split_dates(filled):
        beside = [line for line in filled[max(0, place - 2) : place + 6] if len(line) <= 30]
        if any(WEEKDAY.search(line) or _MASTHEAD.search(line) for line in beside):
            yield _SURE, PrintedDate(day, words)


def _in_address(text: str) -> PrintedDate | None:
    """The date in a web page's own address, where that stands near its top."""
    head = "\n".join(text.split("\n")[: 2 * _TOP])
    for match in _ADDRESS.finditer(head):
        if found := real_date(int(match["year"]), int(match["month"]), int(match["day"])):
            return PrintedDate(found, match[0])
    return None


def _score(found: FullDate, line: str, beside: list[str], *, above: str, from_top: int) -> float:
    """How much a date looks like the page's own; above 0 it does."""
    before, after = line[: found.begin], line[found.end :]
    rest = before + after
    prose = len(re.findall(r"[，。；！？;]", rest)) + 0.3 * rest.count(",") + len(rest) / 40
    score = -2.0 - prose + _masthead_score(rest, beside)
    if _LABEL.search(before):
        score += 5.0
    if _TIME.match(after):
        score += 3.0
    if _WEB.search(rest):
        score += 2.0
    named = from_top < 3 * _TOP and _PROGRAMME.fullmatch(rest.strip(" #《》")) is not None
    if (named or (from_top < _TOP and _PROGRAMME.search(rest))) and not re.search(r"[，。；！？]", rest):
        score += 2.0
    if _IMPRINT.search(line):
        score += 1.0
    elif _APPOINTMENT.search(line) or (beside and _APPOINTMENT.match(beside[-1])):
        score -= 9.0
    alone = len(rest.strip(" []()（）|/·•-—:：，,")) <= 2
    if alone and from_top < _TOP and not _SIGNED.search(above):
        score += 2.5
    return score + (0.3 if from_top < _TOP else 0.0)


def _masthead_score(rest: str, beside: list[str]) -> float:
    """How much the words around a date, or the lines beside it, look like a masthead's."""
    score = 0.0
    if WEEKDAY.search(rest):
        score += 4.0
    elif any(len(one) < 12 and WEEKDAY.search(one) for one in beside):
        score += 3.0
    if signs := len({match[0] for match in _MASTHEAD.finditer(rest)}):
        score += min(4.0, 1.0 + signs)
    elif any(len(one) <= 30 and _MASTHEAD.search(one) for one in beside):
        score += 1.5
    return score
