"""Months of the Chinese lunar calendar, by which New Year, its travel season and other feasts move."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from analysis.trends.panel import Floats
from analysis.trends.periods import Integers

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
    distinct, places = np.unique(days.astype(np.int64), return_inverse=True)
    return np.array([_lunar_month(day) for day in distinct.tolist()], dtype=np.int64)[places]


def _lunar_month(day: int) -> int:
    """Return the lunar month of one day."""
    from borax.calendars.lunardate import LunarDate

    lunar = LunarDate.from_solar(date(1970, 1, 1).fromordinal(date(1970, 1, 1).toordinal() + day))
    return int(12 * lunar.year + lunar.month - 1)
