"""Feasts, counted occasions, anniversaries, seasons and words of their time, as cues to a page's date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np

from corpus.dating import lag
from corpus.dating.day_axis import FIRST_YEAR, LAST_YEAR, real_date
from corpus.dating.expressions import read_number
from corpus.dating.occasions import Occasion, anchors, anniversaries, new_year_of, occasions, occurrences
from corpus.dating.reader import Cue

_COUNTED: Final = re.compile(
    r"(?:第\s?([0-9一二三四五六七八九十廿]{1,4})\s?|首)(?:个|届|次)(?:全国|国际|世界|中国)?[“‘「『]?$"
)
_SOON: Final = re.compile(
    r"^[^。！？\n]{0,12}?(?:来临|到来|将至|临近|将近|前夕|前期|即将|在即|倒计时)|^[^。\n]{0,6}将"
)
_SOON_BEFORE: Final = re.compile(r"(?:喜迎|迎接?|即将到来的|即将迎来|临近|距离?|备战|迎来)[^。，\n]{0,10}$")
_SINCE: Final = re.compile(r"^(?:小长假|假期|长假|期间|当[天日])?(?:以来|过后|刚过|期间|假期)")
_YEARS_AFTER: Final = re.compile(r"^[^。\n]{0,8}?([0-9]{1,3}|[一二三四五六七八九十百]{1,5})周年")
_YEARS_BEFORE: Final = re.compile(r"([0-9]{1,3})周年[^。\n]{0,4}$")
_ANIMALS: Final = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_ZODIAC: Final = re.compile(rf"(?<![属本])([{_ANIMALS}])年(?!龄|纪|轻)")
_CONGRESS: Final = re.compile(
    r"(?:第)?(十[一二三四五]?|九|八)届(全国人大|全国人民代表大会|全国政协)([一二三四五])次会议|(?:全国政协)(十[一二三四五]?|九)届([一二三四五])次会议"
)
_SEASONS: Final = (
    (r"寒冬|隆冬|数九|严寒|腊月", (12, 1, 2), 0.85),
    (r"岁末年初|辞旧迎新|新的一年|新年伊始|开年|年味", (12, 1, 2), 0.9),
    (r"春运", (12, 1, 2), 0.9),
    (r"年货|拜年|贺岁|新春|返乡", (1, 2), 0.85),
    (r"春耕|春管|阳春|春暖花开|踏青", (2, 3, 4), 0.8),
    (r"酷暑|盛夏|炎炎夏日|三伏|暑假|暑期|高温天气", (6, 7, 8), 0.8),
    (r"防汛|汛期|梅雨|夏收|三夏", (5, 6, 7, 8), 0.75),
    (r"开学第一课|新学期|秋季开学", (2, 8, 9), 0.8),
    (r"秋收|秋高气爽|金秋|三秋|丰收", (8, 9, 10, 11), 0.7),
    (r"年终|收官|岁末|全年目标", (11, 12, 1), 0.65),
    (r"暖冬|供暖|入冬|初冬|冬季", (11, 12, 1, 2), 0.65),
)


def find_time_words(text: str) -> Iterator[Cue]:
    """Find the words in `text` that tell the time without naming a day."""
    yield from _occasions(text)
    yield from _anniversaries(text)
    yield from _congresses(text)
    yield from _anchors(text)
    yield from _zodiac(text)
    for pattern, months, share in _SEASONS:
        if match := re.search(pattern, text):
            yield Cue(match[0], 0.6 * lag.in_months(months, share=share), ("season", pattern))


def _occasions(text: str) -> Iterator[Cue]:
    for occasion in occasions():
        for match in list(occasion.pattern.finditer(text))[:6]:
            count = _COUNTED.search(text[max(0, match.start() - 14) : match.start()])
            number = (read_number(count[1]) if count[1] else 1) if count else None
            if number and occasion.first_year:
                yield from _counted(occasion, number, text, match)
            elif occasion.kind != "fair":
                yield _uncounted(occasion, text, match)


def _counted(occasion: Occasion, number: int, text: str, match: re.Match[str]) -> Iterator[Cue]:
    """`第四个中国人民警察节`: one known day, ahead or just past."""
    year = (occasion.first_year or 0) + number - 1
    day = occasion.on(year) if FIRST_YEAR <= year <= LAST_YEAR else None
    if day is None:
        return
    soon = _is_soon(text, match)
    words = text[max(0, match.start() - 8) : match.end()].split("\n")[-1]
    words = words[max(words.find("第"), words.find("首"), 0) :]
    log = lag.around(day, before=21 if soon else 7, after=2 if soon else 14, sure=0.93)
    yield Cue(f"{words}（{day.isoformat()}）", log, ("counted", occasion.pattern.pattern, number))


def _uncounted(occasion: Occasion, text: str, match: re.Match[str]) -> Cue:
    days = list(occurrences(occasion))
    if _is_soon(text, match):
        log = lag.window(days, before=25, after=1, share=0.75)
    elif _SINCE.search(text[match.end() : match.end() + 8]):
        log = lag.window(days, before=2, after=20, share=0.7)
    else:
        log = lag.window(days, before=14, after=10, share=0.3 if occasion.kind == "feast" else 0.45)
    return Cue(match[0], 0.6 * log, ("occasion", occasion.pattern.pattern))


def _is_soon(text: str, match: re.Match[str]) -> bool:
    ahead = _SOON.search(text[match.end() : match.end() + 20])
    return bool(ahead or _SOON_BEFORE.search(text[max(0, match.start() - 16) : match.start()]))


def _anniversaries(text: str) -> Iterator[Cue]:
    for pattern, start in anniversaries():
        for match in list(pattern.finditer(text))[:4]:
            after = _YEARS_AFTER.search(text[match.end() : match.end() + 16])
            before = _YEARS_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
            count = after or before
            number = read_number(count[1]) if count else None
            day = real_date(start.year + number, start.month, start.day) if number else None
            if day is not None and FIRST_YEAR < day.year <= LAST_YEAR:
                words = f"{match[0]}{number}周年"
                yield Cue(
                    words, lag.around(day, before=240, after=60, sure=0.85), ("anniversary", start, number)
                )


def _congresses(text: str) -> Iterator[Cue]:
    """`十四届全国人大二次会议` met in March 2024: congresses sit five years, with one session in each."""
    for match in _CONGRESS.finditer(text):
        term, session = read_number(match[1] or match[4]), read_number(match[3] or match[5])
        if term and session:
            day = date(2018 + 5 * (term - 13) + session - 1, 3, 4)
            yield Cue(match[0], lag.bounded(date(day.year, 1, 1), None), ("congress", term, session))
            yield Cue(
                match[0],
                0.5 * lag.around(day, before=40, after=60, sure=0.6),
                ("congress days", term, session),
            )


def _anchors(text: str) -> Iterator[Cue]:
    for anchor in anchors():
        if match := anchor.pattern.search(text):
            yield Cue(match[0], lag.bounded(anchor.after, anchor.before), ("anchor", anchor.pattern.pattern))


def _zodiac(text: str) -> Iterator[Cue]:
    """`兔年`: most is said of it in the weeks before and after it begins."""
    for animal in dict.fromkeys(match[1] for match in _ZODIAC.finditer(text)):
        years = [
            year for year in range(FIRST_YEAR, LAST_YEAR + 1) if (year - 4) % 12 == _ANIMALS.index(animal)
        ]
        days = [day.toordinal() for year in years if (day := new_year_of(year))]
        near = lag.window(days, before=45, after=30, share=0.6)
        whole = lag.window(days, before=45, after=354, share=0.9)
        yield Cue(f"{animal}年", np.logaddexp(near, whole) - np.log(2), ("zodiac", animal))
