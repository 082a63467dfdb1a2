"""The days on which a page may have been printed, as arrays: what the dating of pages computes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
"""Numbers of days: proleptic Gregorian ordinals, or distances between them."""

FIRST_YEAR: Final = 1850
LAST_YEAR: Final = 2049
_YEARS: Final = range(FIRST_YEAR - 1, LAST_YEAR + 2)
FAR: Final = 36_500
"""The distance to a day that lies beyond the axis."""


@dataclass(frozen=True)
class DayAxis:
    """Every day from FIRST_YEAR to LAST_YEAR: its ordinal, year and month.

    `lengths` are the days of each month of the axis.
    """

    ordinals: Days
    years: Days
    months: Days
    lengths: Days

    def since(self, occurrences: Sequence[int] | Days) -> Days:
        """Days since the last of `occurrences` (ordinals) on or before each day; FAR if there is none."""
        known, lengths = self._between(occurrences)
        last: Days = np.repeat(np.concatenate(([-FAR], known)), lengths)
        distances: Days = np.minimum(self.ordinals - last, FAR)
        return distances

    def until(self, occurrences: Sequence[int] | Days) -> Days:
        """Days until the next of `occurrences` (ordinals) after each day; FAR if there is none."""
        known, lengths = self._between(occurrences)
        following: Days = np.repeat(np.concatenate((known, [10 * FAR * 100])), lengths)
        distances: Days = np.minimum(following - self.ordinals, FAR)
        return distances

    def _between(self, occurrences: Sequence[int] | Days) -> tuple[Days, Days]:
        """The occurrences in order, and how many days lie before the first, between them, after the last."""
        known = np.sort(np.array(occurrences, dtype=np.int64))
        starts = np.clip(known - self.ordinals[0], 0, self.ordinals.size)
        return known, np.diff(starts, prepend=0, append=self.ordinals.size)

    def calendar(self) -> tuple[Days, Days]:
        """Year and month of each month of the axis."""
        months = np.arange(self.lengths.size)
        return FIRST_YEAR + months // 12, months % 12 + 1

    def by_month(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """What is known of each month of the axis, for each of its days."""
        return np.repeat(shares, self.lengths)


@cache
def day_axis() -> DayAxis:
    """Build the axis, once."""
    ordinals = np.arange(date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal() + 1)
    days = ordinals.astype("int64") - date(1970, 1, 1).toordinal()
    stamps = days.astype("datetime64[D]")
    years = stamps.astype("datetime64[Y]").astype("int64") + 1970
    months = stamps.astype("datetime64[M]").astype("int64") % 12 + 1
    lengths = np.bincount((years - FIRST_YEAR) * 12 + months - 1)
    return DayAxis(ordinals, years, months, lengths)


@lru_cache(maxsize=366)
def yearly(month: int, day: int) -> Days:
    """Ordinals of a month and day in every year around the axis; years without it are left out."""
    return _ordinals((year, month, day) for year in _YEARS)


@lru_cache(maxsize=31)
def monthly(day: int) -> Days:
    """Ordinals of a day of the month in every month around the axis."""
    return _ordinals((year, month, day) for year in _YEARS for month in range(1, 13))


def _ordinals(days: Iterable[tuple[int, int, int]]) -> Days:
    """Ordinals of those days that the calendar has."""
    real = (one.toordinal() for day in days if (one := real_date(*day)))
    found = np.fromiter(real, dtype=np.int64)
    found.flags.writeable = False
    return found


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
