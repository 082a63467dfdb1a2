"""Feasts, yearly days and numbered anniversaries that newspapers print around: when each one was.

The tables stand in `corpus/data`: `occasions.csv` (with the first year, where occasions are counted),
`anniversaries.csv` (what `N周年` counts from) and `anchors.csv` (words that came up, or went, on a day).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from corpus.data_tables import read_data
from corpus.dating.day_axis import FIRST_YEAR, LAST_YEAR, real_date

_WEEKDAYS: Final = {"thursday": 3, "saturday": 5, "sunday": 6}


@dataclass(frozen=True)
class Occasion:
    """A day that comes every year.

    Attributes
    ----------
    pattern
        What it is called.
    calendar
        `solar`, `lunar`, `term` (a solar term), or the weekday that it falls on.
    month, day
        Its date; for a weekday the day is its number in the month (second Saturday: 2).
    first_year
        When it was first held, if its editions are counted.
    kind
        `feast` (spoken of for weeks), `day`, or `fair`.
    """

    pattern: re.Pattern[str]
    calendar: str
    month: int
    day: int
    first_year: int | None
    kind: str

    def on(self, year: int) -> date | None:
        """Its date in `year`; None if the calendar we have doesn't reach."""
        if self.calendar == "lunar":
            return _lunar(year, self.month, self.day)
        if self.calendar == "term":
            return _solar_term(year, self.month)
        if self.calendar in _WEEKDAYS:
            first = date(year, self.month, 1)
            ahead = (_WEEKDAYS[self.calendar] - first.weekday()) % 7
            return first + timedelta(days=ahead + 7 * (self.day - 1))
        return real_date(year, self.month, self.day)


@dataclass(frozen=True)
class Anchor:
    """Words that were not in use before a day, or hardly after one."""

    pattern: re.Pattern[str]
    after: date | None
    before: date | None


@cache
def occasions() -> tuple[Occasion, ...]:
    """All yearly occasions that we know."""
    return tuple(
        Occasion(
            re.compile(row["name"]),
            row["calendar"],
            int(row["month"]),
            int(row["day"]),
            int(row["first_year"]) if row["first_year"] else None,
            row["scope"],
        )
        for row in read_data("occasions.csv")
    )


@cache
def occurrences(occasion: Occasion) -> tuple[int, ...]:
    """Ordinals of all its days around the axis."""
    return tuple(
        day.toordinal() for year in range(FIRST_YEAR - 1, LAST_YEAR + 2) if (day := occasion.on(year))
    )


@cache
def anchors() -> tuple[Anchor, ...]:
    """All words that date a text."""
    return tuple(
        Anchor(re.compile(row["pattern"]), _iso(row["after"]), _iso(row["before"]))
        for row in read_data("anchors.csv")
    )


@cache
def anniversaries() -> tuple[tuple[re.Pattern[str], date], ...]:
    """What anniversaries count from: how it is called, and its day."""
    return tuple(
        (re.compile(row["pattern"]), date.fromisoformat(row["date"]))
        for row in read_data("anniversaries.csv")
    )


def new_year_of(year: int) -> date | None:
    """The first day of the lunar year that begins in `year`."""
    return _lunar(year, 1, 1)


def _iso(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _lunar(year: int, month: int, day: int) -> date | None:
    from borax.calendars.lunardate import LunarDate

    if not 1901 <= year <= 2099:
        return None
    solar: date = LunarDate(year, month, day).to_solar_date()
    return solar


def _solar_term(year: int, month: int) -> date | None:
    """Qingming in April, the autumn equinox in September."""
    from borax.calendars.lunardate import TermUtils

    if not 1901 <= year <= 2099:
        return None
    term: date = TermUtils.day_start_from_term(year, {4: "清明", 9: "秋分"}[month])
    return term
