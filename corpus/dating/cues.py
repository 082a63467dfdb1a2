"""Reads from a page every day, month and year that it names, each as a cue to the day it was printed.

Words are read once, the most telling first, so that `2023年7月4日` is no `7月4日` without a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

import numpy as np

from corpus.dating import lag
from corpus.dating.day_axis import FIRST_YEAR, LAST_YEAR, day_axis, monthly, real_date, yearly
from corpus.dating.expressions import MONTH_OF_NAME, NUMBER, find_full_dates, read_number
from corpus.dating.lag import LogLikelihood
from corpus.dating.reader import Cue, Reader

MOST_OF_A_KIND: Final = 150
"""Days (or months, or years) that are read from a page, so that a table of dates doesn't fill the memory."""
_SEP: Final = r"[^\S\n]{0,2}"
_NAMES: Final = "|".join(sorted(MONTH_OF_NAME, key=len, reverse=True))
_WEEKDAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_OTHER_YEARS: Final = ("去年", "上年", "前年", "明年", "次年", "翌年")
_SKIP: Final = re.compile(r"(?:每年|历年|往年|农历|阴历|旧历|正月|每逢|生于|出生于)\s?$")
_WHOLE: Final = r"(?:全(?:省|市|区|县|国)|我(?:省|市|区|县|国))?"
_PLAN_AFTER: Final = re.compile(
    r"^年?(?:之?前|底前|末前|年底前|以前|时，?|，?"
    + _WHOLE
    + r"(?:(?!共|已|累计)[^，。；\n]){0,6}(?:达到(?!了)|力争|实现(?!了)|建成(?!了)|将|基本))"
)
_SUMMED_UP: Final = re.compile(r"^年?[^。；\n]{0,10}(?:共|累计|新增|了|同比|突破|完成|荣获|获评)")
_PLAN_BEFORE: Final = re.compile(
    r"(?:(?<!从.{8})(?:到|至)|[-–—~]|力争|展望|面向|迈向|截止|将于|将在|预计|by |until |к )\s?$"
)
_MONTH_DAY: Final = re.compile(
    r"(?P<when>去年|今年|本年|前年|上年|当年|同年|次年|翌年|明年)?(?:的|，)?"
    rf"(?<![0-9.])(?P<month>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}}){_SEP}月{_SEP}"
    rf"(?P<day>[0-9]{{1,2}}|[一二三四五六七八九十廿]{{1,3}}){_SEP}[日号號](?!线)"
    r"(?P<weekday>[（(，,]?\s?(?:星期|周|礼拜)[一二三四五六日天])?"
)
_MONTH_DAY_NAMED: Final = re.compile(
    rf"\b(?:(?P<name>{_NAMES})\.?\s(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th|\.|er)?\s(?:of\s|de\s)?(?P<name2>{_NAMES}))\b(?!\s?[0-9])",
    re.I,
)
_DATELINE: Final = re.compile(
    r"(?:新华社|中新社|中新网|本报|人民网|央视网|本网|社)[^\s，。；、“”]{0,12}?"
    rf"(?:(?P<month>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}}){_SEP}月{_SEP})?"
    rf"(?P<day>[0-9]{{1,2}}|[一二三四五六七八九十廿]{{1,3}}){_SEP}日{_SEP}(?:电|讯|专电|综合)"
)
_YESTERDAY: Final = re.compile(
    r"(?P<word>昨[日天晚]|今[日天晨早])[（(，,]?(?:(?P<month>[0-9]{1,2})月)?(?P<day>[0-9]{1,2})日"
)
_BARE_DAY: Final = re.compile(
    r"(?<![月0-9.\-/至到])(?P<day>[0-9]{1,2})日(?:(?:至|到|[-–—~])(?P<last>[0-9]{1,2})日)?"
    r"(?=[上下晚凌中在从，,召举]|电|讯|正式|启动|开幕|开赛|开通|拉开)"
)
_MONTH: Final = re.compile(
    r"(?P<when>去年|今年|前年|上年|当年|同年|次年|明年|截至|[12][0-9]{3}年)?"
    rf"(?<![0-9.])(?P<first>[0-9]{{1,2}}(?:月)?[-–—~至到])?(?P<month>[0-9]{{1,2}}){_SEP}月"
    rf"(?P<part>底|末|份|以来|中旬|上旬|下旬|初)?(?!{NUMBER})"
)
_YEAR: Final = re.compile(
    r"(?<![0-9.])(?P<first>(?:18|19|20)[0-9]{2})(?:年?(?:[-–—~]|至|到)(?P<last>(?:18|19|20)[0-9]{2}))?"
    r"(?P<unit>年(?!代|以上|龄|利率|产)|\b(?=[^0-9年%A-Za-z]))"
)
_CURRENT_YEAR: Final = re.compile(
    r"(?<![0-9比较于与同和自从])(?P<year>(?:18|19|20)[0-9]{2})年(?!度|终|全年)(?:"
    r"(?:全[国省市县])?(?:铁路)?(?P<occasion>春运|春节联欢晚会|春晚|高考|全国两会|国庆黄金周|暑运|中考)"
    r"|(?P<event>[^，。；、：\n0-9]{2,16}?)(?:于|在)?)"
    r"(?P<fresh>(?:今[日天]|昨[日天]|(?:[0-9]{1,2}月)?[0-9]{1,2}日)[^，。；、\n0-9]{0,8}"
    r"(?:启动|开幕|举行|召开|开始|拉开|开通|开赛|闭幕|揭晓|启幕|落幕|结束|举办|开考|揭牌|发车|到来))?"
)
"""`2020年春运10日正式启动`: a year named with an event of these days is this year."""
_SUMMARY: Final = re.compile(r"总结|表彰|述职|考核|统计|报告|成绩|回顾|年报|预算|决算|以来|期间")
_CHINESE_YEAR: Final = re.compile(r"(?P<first>[一二][九〇零○][〇零○一二三四五六七八九]{2})年")
_QUARTER_ENDS: Final = {
    "一季度": (3, 31),
    "第一季度": (3, 31),
    "上半年": (6, 30),
    "二季度": (6, 30),
    "前三季度": (9, 30),
    "三季度": (9, 30),
}
_QUARTER: Final = re.compile(
    rf"(?P<when>今年|[12][0-9]{{3}}年)(?P<part>{'|'.join(_QUARTER_ENDS)})(?!末?[^，。]{{0,4}}(?:前|将|计划))"
)


def find_day_cues(text: str) -> Iterator[Cue]:
    """Find the days, months and years that `text` names; of each kind the first MOST_OF_A_KIND."""
    reader = Reader(text)
    for find in (
        _full_dates,
        _datelines,
        _yesterdays,
        _month_days,
        _bare_days,
        _months,
        _quarters,
        _current_years,
        _years,
    ):
        yield from islice(find(reader), MOST_OF_A_KIND)


def _full_dates(reader: Reader) -> Iterator[Cue]:
    for found in find_full_dates(reader.text):
        reader.strike(found.begin, found.end)
        if reader.is_ahead(found.begin, found.end):
            yield Cue(found.words, lag.planned(found.day), ("planned", found.day))
        else:
            news = 0.6 if reader.opens_sentence(found.begin) else 0.25
            yield Cue(found.words, lag.dated(found.day, news=news), ("dated", found.day))


def _datelines(reader: Reader) -> Iterator[Cue]:
    for match in reader.take(_DATELINE):
        month, day = _number(match["month"]), _number(match["day"]) or 0
        days = yearly(month, day) if month else monthly(day)
        if days.size:
            yield Cue(match[0], lag.wired(day_axis().since(days)), ("wired", month, day))


def _yesterdays(reader: Reader) -> Iterator[Cue]:
    """`昨日（5日）` and `今天（9月5日）` tell the day of printing outright."""
    for match in reader.take(_YESTERDAY):
        month, day = _number(match["month"]), _number(match["day"]) or 0
        days = yearly(month, day) if month else monthly(day)
        if days.size:
            wanted = 1 if match["word"].startswith("昨") else 0
            log = np.where(day_axis().since(days) == wanted, 0.0, -8.0)
            yield Cue(match[0], log, ("relative", wanted, month, day))


def _month_days(reader: Reader) -> Iterator[Cue]:
    for match in [*reader.take(_MONTH_DAY), *reader.take(_MONTH_DAY_NAMED)]:
        month, day = _month_and_day(match)
        if not (month and day and real_date(2000, month, day)) or _SKIP.search(
            reader.before(match.start(), 6)
        ):
            continue
        log = _month_day_log(reader, match, month, day)
        weekday = match.groupdict().get("weekday")
        if weekday:
            log = log + lag.on_weekday(day_axis().since(yearly(month, day)), _WEEKDAYS[weekday.strip()[-1]])
        yield Cue(match[0].strip("，的"), log, ("day", match.groupdict().get("when"), month, day))


def _month_and_day(match: re.Match[str]) -> tuple[int | None, int | None]:
    parts = match.groupdict()
    name = parts.get("name") or parts.get("name2")
    day = parts.get("day") or parts.get("day2") or ""
    return (MONTH_OF_NAME[name.lower()] if name else read_number(parts["month"])), read_number(day)


def _month_day_log(reader: Reader, match: re.Match[str], month: int, day: int) -> LogLikelihood:
    """How likely each day is, given a month and day without a year."""
    axis = day_axis()
    when = match.groupdict().get("when")
    since = axis.since(yearly(month, day))
    if when in _OTHER_YEARS:
        return _relative_year(when, month, day)
    if reader.is_ahead(match.start(), match.end()):
        return lag.announced(since, axis.until(yearly(month, day)))
    lead = reader.opens_sentence(match.start())
    free = lag.happened(since, news=0.85 if lead else 0.6, scale=60)
    if reader.ends_range(match.start()):
        ahead = lag.announced(since, axis.until(yearly(month, day)))
        return np.asarray(np.logaddexp(free, ahead) - np.log(2))
    if when in ("今年", "本年"):
        return np.asarray(np.logaddexp(free, np.log(0.02 / 366)))
    year = reader.year_nearby(match.start())
    known = real_date(year, month, day) if year else None
    if known is None:
        return free
    weight = 0.97 if when in ("当年", "同年") else 0.6
    return np.asarray(np.logaddexp(np.log(weight) + lag.dated(known, news=0.2), np.log(1 - weight) + free))


def _relative_year(when: str, month: int, day: int) -> LogLikelihood:
    """`去年11月30日`: the distance to that day of the year before the page's."""
    axis = day_axis()
    back = {"去年": 1, "上年": 1, "前年": 2}.get(when)
    if back is None:
        return np.zeros(axis.ordinals.size)
    table = {
        year: (real_date(year - back, month, day) or date(year - back, 12, 31)).toordinal()
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    }
    days = np.array([table[year] for year in range(FIRST_YEAR, LAST_YEAR + 1)])[axis.years - FIRST_YEAR]
    return np.asarray(-np.maximum(axis.ordinals - days - 365 * (back - 1), 0) / 200.0)


def _bare_days(reader: Reader) -> Iterator[Cue]:
    """`7日至8日`, `3日上午`: a day of this month or the last."""
    for match in reader.take(_BARE_DAY):
        days = monthly(int(match["last"] or match["day"]))
        if days.size:
            log = lag.happened(day_axis().since(days), news=0.5, scale=20)
            yield Cue(match[0], log, ("bare", match["last"] or match["day"]))


def _months(reader: Reader) -> Iterator[Cue]:
    axis = day_axis()
    for match in reader.take(_MONTH):
        month, when, part = int(match["month"]), match["when"], match["part"]
        if not 1 <= month <= 12 or when in ("去年", "前年", "上年", "明年", "次年", "当年", "同年"):
            continue
        if reader.is_ahead(match.start(), match.end()) or _SKIP.search(reader.before(match.start(), 6)):
            continue
        at_end = part in ("底", "末") or bool(match["first"])
        if when and when[0].isdigit():
            known = date(int(when[:4]), month, 28 if at_end else 1)
            yield Cue(
                match[0], lag.reported(known) if at_end else lag.dated(known, news=0.0), ("month", known)
            )
            continue
        year = reader.year_nearby(match.start(), 60)
        since = axis.since(yearly(month, 28 if at_end else 1))
        log = lag.happened(since, news=0.0, scale=20 if at_end and when else 75)
        if year and when is None:
            log = np.logaddexp(np.log(0.7) + lag.dated(date(year, month, 1), news=0.0), np.log(0.3) + log)
        yield Cue(match[0], 0.6 * np.asarray(log), ("month", when, month, at_end))


def _quarters(reader: Reader) -> Iterator[Cue]:
    """`2024年一季度`, `今年上半年`: figures of a period come out soon after it."""
    for match in reader.take(_QUARTER):
        month, day = _QUARTER_ENDS[match["part"]]
        if match["when"] == "今年":
            log = lag.happened(day_axis().since(yearly(month, day)), news=0.0, scale=60)
            yield Cue(match[0], 0.6 * log, ("quarter", month))
        else:
            known = date(int(match["when"][:4]), month, day)
            yield Cue(match[0], lag.reported(known), ("quarter", known))


def _current_years(reader: Reader) -> Iterator[Cue]:
    """`2020年春运10日正式启动`, `2020年春运`: the year of an event of these days, or of a season at hand."""
    for match in _CURRENT_YEAR.finditer(reader.text):
        words = f"{match['event'] or ''}{reader.after(match.end(), 4)}"
        if not (match["fresh"] or match["occasion"]) or _SUMMARY.search(words):
            continue
        reader.strike(match.start("year"), match.end("year") + 1)
        early = (match["occasion"] or "").startswith("春")
        log = lag.year_current(int(match["year"]), sure=0.93 if match["fresh"] else 0.75, early=early)
        yield Cue(match[0], log, ("current year", int(match["year"])))


def _years(reader: Reader) -> Iterator[Cue]:
    for match in [*reader.take(_YEAR), *reader.take(_CHINESE_YEAR)]:
        first = read_number(match["first"])
        if first is None or not 1800 <= first <= 2060:
            continue
        last = match.groupdict().get("last")
        ahead = _PLAN_AFTER.search(reader.after(match.end() - 1)) or _PLAN_BEFORE.search(
            reader.before(match.start(), 30)
        )
        if ahead and not last:
            yield Cue(match[0], lag.year_planned(first), ("year planned", first))
        else:
            summed_up = bool(_SUMMED_UP.search(reader.after(match.end())))
            yield Cue(match[0], lag.year_named(first, summed_up=summed_up), ("year", first, summed_up))
        if last:
            yield Cue(match[0], lag.year_planned(int(last)), ("year planned", int(last)))


def _number(text: str | None) -> int | None:
    return read_number(text) if text else None
