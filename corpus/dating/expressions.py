"""Finds dates written in full (year, month, day) in the forms that newspapers print.

Western figures, full-width figures and Chinese numerals; the eras of Taiwan and Japan; ISO and its cousins
with slashes or dots; Korean and Vietnamese; month names of eight European languages; Thai.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

_FIGURES: Final = str.maketrans("０１２３４５６７８９：／－．，　", "0123456789:/-., ")
_CHINESE_DIGITS: Final = {
    digit: value
    for value, group in enumerate(
        ("〇零○Ｏ", "一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for digit in group
}
_YEAR: Final = re.compile(r"[0-9０-９]{4}")
_ERAS: Final = {
    "民國": 1911,
    "民国": 1911,
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
}
_MONTH_NAMES: Final = (
    "january|jan|janvier|januar|jänner|enero|janeiro|gennaio|января|січня",
    "february|feb|février|fevrier|februar|febrero|fevereiro|febbraio|февраля|лютого",
    "march|mar|mars|märz|maerz|marzo|março|марта|березня",
    "april|apr|avril|abril|aprile|апреля|квітня",
    "may|mai|mayo|maio|maggio|мая|травня",
    "june|jun|juin|juni|junio|junho|giugno|июня|червня",
    "july|jul|juillet|juli|julio|julho|luglio|июля|липня",
    "august|aug|août|aout|agosto|августа|серпня",
    "september|sept|sep|septembre|septiembre|setembro|settembre|сентября|вересня",
    "october|oct|octobre|oktober|octubre|outubro|ottobre|октября|жовтня",
    "november|nov|novembre|noviembre|novembro|ноября|листопада",
    "december|dec|décembre|decembre|dezember|diciembre|dezembro|dicembre|декабря|грудня",
)
_THAI_MONTHS: Final = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
_BUDDHIST: Final = 543
"""Years by which the Buddhist era of Thai papers is ahead."""
MONTH_OF_NAME: Final = {
    name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split("|")
}
NUMBER: Final = r"[0-9〇零○Ｏ一二三四五六七八九十廿卅元正]"
"""A figure or Chinese numeral, as it stands in a date."""


@dataclass(frozen=True)
class FullDate:
    """A day written in full: the day, where its words begin and end, and the words."""

    day: date
    begin: int
    end: int
    words: str


def western_figures(text: str) -> str:
    """Full-width figures and date punctuation to ASCII, one for one, so that places stay the same."""
    return text.translate(_FIGURES)


def read_number(text: str) -> int | None:
    """Read `12`, `十二`, `二十`, `廿三`, `一百一十`, `二〇二三` or `元`; None if it is no number."""
    if text.isdecimal():
        return int(text)
    if text in ("元", "正"):
        return 1
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        high, low = _CHINESE_DIGITS.get(hundreds or "一"), read_number(rest.lstrip("〇零○")) if rest else 0
        return None if high is None or low is None else high * 100 + low
    if "十" in text or "廿" in text or "卅" in text:
        tens = text.replace("廿", "二十").replace("卅", "三十")
        head, _, tail = tens.partition("十")
        high = _CHINESE_DIGITS.get(head, 1) if head else 1
        low = _CHINESE_DIGITS.get(tail, 0) if tail else 0
        return high * 10 + low
    digits = [_CHINESE_DIGITS.get(character) for character in text]
    if not digits or None in digits:
        return None
    return int("".join(map(str, digits)))


def find_full_dates(text: str) -> list[FullDate]:
    """Find the dates written in full in `text`, in order; impossible days (30 February) are not dates."""
    patterns = _patterns_for(text)
    if not patterns:
        return []
    plain = western_figures(text)
    taken = bytearray(len(plain))
    found = []
    for pattern in patterns:
        for match in pattern.finditer(plain):
            day = _day_of(match)
            if day is not None and not taken[match.start()]:
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                found.append(FullDate(day, match.start(), match.end(), text[match.start() : match.end()]))
    return sorted(found, key=lambda one: one.begin)


def _day_of(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    month_name, thai = parts.get("name"), parts.get("buddhist")
    if thai:
        return _real(int(parts["year"]) - _BUDDHIST, _THAI_MONTHS.index(thai) + 1, int(parts["day"]))
    month = MONTH_OF_NAME.get(month_name.lower().rstrip(".")) if month_name else read_number(parts["month"])
    year, day = read_number(parts["year"]), read_number(parts["day"])
    if year is None or month is None or day is None:
        return None
    year += _ERAS.get(parts.get("era") or "", 0)
    return _real(year, month, day)


def _real(year: int, month: int, day: int) -> date | None:
    """The day, if there is such a one and a paper can have been printed on it."""
    if not 1500 <= year <= 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _patterns_for(text: str) -> list[re.Pattern[str]]:
    """The patterns that can match: most lines have neither 年 nor a year of four figures."""
    chinese, *others = _patterns()
    return [*([chinese] if "年" in text else ()), *(others if _YEAR.search(text) else ())]


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(MONTH_OF_NAME, key=len, reverse=True))
    sep = r"[^\S\n]{0,3}/?[^\S\n]{0,3}"
    return (
        re.compile(
            rf"(?<![0-9])(?P<era>{'|'.join(_ERAS)})?{sep}(?P<year>[0-9]{{1,4}}|(?:{NUMBER}|百){{1,5}}){sep}年{sep}"
            rf"(?:[（(](?:{'|'.join(_ERAS)}){NUMBER}{{1,3}}年[)）])?{sep}"
            rf"(?P<month>{NUMBER}{{1,3}}){sep}月{sep}(?P<day>{NUMBER}{{1,3}}){sep}[日号號]"
        ),
        re.compile(
            r"(?<![0-9])(?P<year>[0-9]{4})년\s{0,2}(?P<month>[0-9]{1,2})월\s{0,2}(?P<day>[0-9]{1,2})일"
        ),
        re.compile(
            r"(?<![A-Za-z0-9/.-])(?P<year>(?:1[5-9]|20|21)[0-9]{2})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9]|[-/.][0-9])"
        ),
        re.compile(
            r"(?<![0-9.])(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>(?:19|20)[0-9]{2})(?![0-9]|\.[0-9])"
        ),
        re.compile(
            rf"(?<![0-9])(?P<day>[0-9]{{1,2}})\s(?P<buddhist>{'|'.join(_THAI_MONTHS)})\s(?:พ\.?ศ\.?\s?)?"
            r"(?P<year>2[45][0-9]{2})(?![0-9])"
        ),
        re.compile(
            rf"\b(?P<name>{names})\b\.?\s{{1,3}}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<year>[0-9]{{4}})\b",
            re.I,
        ),
        re.compile(
            rf"\b(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s{{1,3}}(?:of\s|de\s)?(?P<name>{names})\b\.?,?\s{{1,3}}(?:de\s|del\s)?(?P<year>[0-9]{{4}})\b",
            re.I,
        ),
        re.compile(
            r"ngày\s(?P<day>[0-9]{1,2})\s(?:tháng\s|-)(?P<month>[0-9]{1,2})\s(?:năm\s|-)(?P<year>[0-9]{4})",
            re.I,
        ),
    )
