"""Months of the Chinese lunar calendar, by which New Year, its travel season and other feasts move."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from analysis.trends.panel import Floats
from analysis.trends.periods import Integers

MONTHS: Final = 12
FIRST_DAY: Final = np.datetime64("1901-02-19", "D").astype(np.int64)
LAST_DAY: Final = np.datetime64("2100-02-08", "D").astype(np.int64)
"""The lunar years 1901 to 2099, which the calendar's tables hold, in days since 1970."""


def knows_lunar_months(days: Floats) -> bool:
    """Return whether the calendar's tables hold all of the days (since 1970)."""
    return len(days) > 0 and bool(days.min() >= FIRST_DAY and days.max() <= LAST_DAY)


def lunar_months(days: Floats) -> Integers:
    """Return the lunar month of each day (since 1970): 12 times the lunar year, plus 0 for its first month.

    A leap month counts as a part of the month that it repeats, so that the remainder by 12 is the same in
    every year.
    """
    first, last = (int(str(np.datetime64(int(day), "D"))[:4]) for day in (days.min(), days.max()))
    starts = np.concatenate([_month_starts(year) for year in range(first - 1, last + 1)])
    return np.searchsorted(starts, days, side="right") - 1 + MONTHS * (first - 1)


@cache
def _month_starts(year: int) -> Floats:
    """Return the first days (since 1970) of the twelve months of a lunar year."""
    days = [lunar_day(year, month, 1) for month in range(1, MONTHS + 1)]
    return np.array(days, dtype="datetime64[D]").astype(np.float64)


def lunar_day(year: int, month: int, day: int) -> np.datetime64:
    """Return the day of a date of the lunar calendar, not of a leap month."""
    from borax.calendars.lunardate import LunarDate

    return np.datetime64(LunarDate(year, month, day).to_solar_date(), "D")
