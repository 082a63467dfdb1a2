"""Dates as people write them in a table's date column, to an ISO date or to the interval a part-date names.

A day's order in `03/07/2023` can't be read off one value: it is decided for a whole column, by the values in
which only one order is possible.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from corpus.dating.expressions import find_full_dates

_ISO: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T\s].*)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T\s]?\d{2}:?\d{2}.*)?")
_MONTH: Final = re.compile(r"(\d{4})[-/.年]\s*(\d{1,2})月?")
_YEAR: Final = re.compile(r"(\d{4})年?")
_EITHER_ORDER: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:\s.*)?")


@dataclass(frozen=True)
class GivenDate:
    """A date as given: a day, or the interval that a month or a year names (then `day` is None)."""

    start: str
    end: str

    @property
    def day(self) -> str | None:
        """The ISO date, or None if only an interval is known."""
        return self.start if self.start == self.end else None


def month_comes_first(values: Iterable[object]) -> bool | None:
    """Whether a column's `a/b/yyyy` dates are month/day: None if nothing in the column says so."""
    votes = {True: 0, False: 0}
    for value in values:
        if isinstance(value, str) and (match := _EITHER_ORDER.fullmatch(value.strip())):
            first, second = int(match[1]), int(match[3])
            if match[2] == "." or first > 12:
                votes[False] += 1
            elif second > 12:
                votes[True] += 1
    if bool(votes[True]) == bool(votes[False]):
        return None
    return votes[True] > 0


def parse_date(value: object, *, month_first: bool | None = None) -> GivenDate | None:
    """Read one value; None if it can't be read as a date.

    Parameters
    ----------
    value
        A string, `datetime.date`, `datetime.datetime` or an integer such as 20230704.
    month_first
        What `month_comes_first` says of the column.
    """
    if isinstance(value, datetime):
        return _day(value.year, value.month, value.day)
    if isinstance(value, date):
        return _day(value.year, value.month, value.day)
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if match := _YEAR.fullmatch(text):
        year = int(match[1])
        return GivenDate(f"{year:04d}-01-01", f"{year:04d}-12-31") if 1500 <= year <= 2200 else None
    if match := _EITHER_ORDER.fullmatch(text):
        return _either_order(int(match[1]), int(match[3]), int(match[4]), month_first)
    return _written_out(text)


def _either_order(first: int, second: int, year: int, month_first: bool | None) -> GivenDate | None:
    if first == second or first > 12:
        return _day(year, second, first)
    if second > 12:
        return _day(year, first, second)
    if month_first is None:
        return None
    return _day(year, first, second) if month_first else _day(year, second, first)


def _written_out(text: str) -> GivenDate | None:
    """`4 July 2023`, `2023年7月4日`, `4 июля 2023 г.`: a value that holds exactly one full date."""
    if len(text) > 60:
        return None
    days = {found.day for found in find_full_dates(text)}
    if len(days) != 1:
        return None
    day = days.pop()
    return _day(day.year, day.month, day.day)


def _day(year: int, month: int, day: int) -> GivenDate | None:
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return None
    return GivenDate(iso, iso) if 1500 <= year <= 2200 else None


def _month(year: int, month: int) -> GivenDate | None:
    if not (1 <= month <= 12 and 1500 <= year <= 2200):
        return None
    return GivenDate(f"{year:04d}-{month:02d}-01", f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}")
