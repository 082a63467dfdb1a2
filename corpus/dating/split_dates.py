"""A masthead's date that is set over two or three lines, or has its day large and alone on one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from corpus.dating.day_axis import real_date
from corpus.dating.expressions import find_full_dates, western_figures

_EDGE: Final = 15
"""Lines from the top and the bottom of a page in which a masthead may stand."""
_LONGEST: Final = 14
_YEAR_MONTH: Final = re.compile(r"(?P<year>(?:1[5-9]|20)[0-9]{2})\s?[年.]\s?(?P<month>[0-9]{1,2})\s?月?")
_DAY: Final = re.compile(r"(?P<day>[0-9]{1,2})\s?日?")
_WEEKDAY: Final = re.compile(r"(?:星\s?期\s?|周)(?P<weekday>[一二三四五六日天])")
_WEEKDAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}


def find_split_dates(filled: list[str]) -> Iterator[tuple[int, date, str]]:
    """Find dates set over lines near a page's edges, each with its first line's place and its words.

    Parameters
    ----------
    filled
        The lines of the page that have words.
    """
    last = len(filled) - 1
    for place in range(len(filled)):
        if min(place, last - place) < _EDGE and len(filled[place]) <= _LONGEST:
            yield from _joined(filled, place)
            yield from _with_large_day(filled, place)


def _joined(filled: list[str], place: int) -> Iterator[tuple[int, date, str]]:
    """`2021年` / `11月9日`: lines that are a date only together."""
    for count in (2, 3):
        parts = filled[place : place + count]
        if len(parts) < count or len(parts[-1]) > _LONGEST:
            return
        whole = "".join(parts)
        for found in find_full_dates(whole):
            if found.begin == 0 and found.end > len(whole) - len(parts[-1]):
                yield place, found.day, " ".join(parts)


def _with_large_day(filled: list[str], place: int) -> Iterator[tuple[int, date, str]]:
    """`2021年11月` with `9` above or below it, held by a weekday beside them that is that day's."""
    month = _YEAR_MONTH.fullmatch(western_figures(filled[place]))
    if month is None:
        return
    for near in (place + 1, place - 1):
        day = _DAY.fullmatch(western_figures(filled[near])) if 0 <= near < len(filled) else None
        found = real_date(int(month["year"]), int(month["month"]), int(day["day"])) if day else None
        first = min(place, near)
        around = [line for line in filled[max(0, first - 2) : first + 5] if len(line) <= 2 * _LONGEST]
        named = {_WEEKDAYS[match["weekday"]] for line in around for match in _WEEKDAY.finditer(line)}
        if found and found.weekday() in named:
            yield first, found, " ".join(filled[first : first + 2])
