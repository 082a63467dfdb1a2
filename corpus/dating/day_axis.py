"""The days on which a page may have been printed, as arrays: what the dating of pages computes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
"""Numbers of days: proleptic Gregorian ordinals, or distances between them."""

FIRST_YEAR: Final = 1850
LAST_YEAR: Final = 2049
FAR: Final = 36_500
"""The distance to a day that lies beyond the axis."""


@dataclass(frozen=True)
class DayAxis:
    """Every day from FIRST_YEAR to LAST_YEAR: its ordinal, year and month."""

    ordinals: Days
    years: Days
    months: Days

    def since(self, occurrences: Iterable[int]) -> Days:
        """Days since the last of `occurrences` (ordinals) on or before each day; FAR if there is none."""
        known = np.sort(np.fromiter(occurrences, dtype=np.int64))
        place = np.searchsorted(known, self.ordinals, side="right")
        padded = np.concatenate(([-FAR], known))
        return np.minimum(self.ordinals - padded[place], FAR)

    def until(self, occurrences: Iterable[int]) -> Days:
        """Days until the next of `occurrences` (ordinals) after each day; FAR if there is none."""
        known = np.sort(np.fromiter(occurrences, dtype=np.int64))
        place = np.searchsorted(known, self.ordinals, side="right")
        padded = np.concatenate((known, [10 * FAR * 100]))
        return np.minimum(padded[place] - self.ordinals, FAR)


@cache
def day_axis() -> DayAxis:
    """Build the axis, once."""
    ordinals = np.arange(date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal() + 1)
    days = ordinals.astype("int64") - date(1970, 1, 1).toordinal()
    stamps = days.astype("datetime64[D]")
    years = stamps.astype("datetime64[Y]").astype("int64") + 1970
    months = stamps.astype("datetime64[M]").astype("int64") % 12 + 1
    return DayAxis(ordinals, years, months)


def yearly(month: int, day: int) -> list[int]:
    """Ordinals of a month and day in every year around the axis; years without it are left out."""
    return [
        one.toordinal()
        for year in range(FIRST_YEAR - 1, LAST_YEAR + 2)
        if (one := real_date(year, month, day))
    ]


def monthly(day: int) -> list[int]:
    """Ordinals of a day of the month in every month around the axis."""
    months = ((year, month) for year in range(FIRST_YEAR - 1, LAST_YEAR + 2) for month in range(1, 13))
    return [one.toordinal() for year, month in months if (one := real_date(year, month, day))]


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
