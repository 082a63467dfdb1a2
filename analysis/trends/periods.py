"""Calendar periods: days, ISO weeks, months, quarters and years, without a time zone.

A period is numbered from the one that holds 1 January 1970, so that arithmetic on whole columns is fast;
dates are calendar dates as printed on the page, and no clock or zone is ever consulted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Period = Literal["day", "week", "month", "quarter", "year"]
Days = NDArray[np.datetime64]
Integers = NDArray[np.int64]

PERIODS: Final[tuple[str, ...]] = get_args(Period)
MOST_PERIODS: Final = 50_000
_ISO_DATE: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
_MONDAY_BEFORE_1970: Final = np.datetime64("1969-12-29", "D")


class DateError(ValueError):
    """A date can't be read, an interval ends before it starts, or no article has a date at all."""


@dataclass(frozen=True)
class Calendar:
    """The periods of a study, without a gap from the first to the last.

    Attributes
    ----------
    period
        Length of a period.
    starts, ends
        First and last day of each period, both inclusive.
    first
        Number of the first period (see `period_numbers`).
    """

    period: Period
    starts: Days
    ends: Days
    first: int

    def __len__(self) -> int:
        return len(self.starts)

    def positions(self, days: Days) -> Integers:
        """Return the place in this calendar of the period that holds each day."""
        return period_numbers(days, self.period) - self.first


def check_period(period: str) -> Period:
    """Return `period` if it names a calendar period, else raise `ValueError`."""
    if period not in PERIODS:
        raise ValueError(f"period is {period!r}; expected one of {', '.join(PERIODS)}")
    return period  # type: ignore[return-value]


def period_numbers(days: Days, period: Period) -> Integers:
    """Return the number of the period that holds each day; 0 is the one of 1 January 1970.

    Weeks are ISO weeks: they start on Monday, and week 0 is the one of Monday 29 December 1969.
    """
    if period == "week":
        return (days - _MONDAY_BEFORE_1970).astype(np.int64) // 7
    if period == "quarter":
        return days.astype("datetime64[M]").astype(np.int64) // 3
    unit = {"day": "D", "month": "M", "year": "Y"}[period]
    return days.astype(f"datetime64[{unit}]").astype(np.int64)


def period_starts(numbers: Integers, period: Period) -> Days:
    """Return the first day of each numbered period."""
    if period == "week":
        return _MONDAY_BEFORE_1970 + 7 * numbers.astype("timedelta64[D]")
    if period == "quarter":
        return (3 * numbers).astype("datetime64[M]").astype("datetime64[D]")
    unit = {"day": "D", "month": "M", "year": "Y"}[period]
    return numbers.astype(f"datetime64[{unit}]").astype("datetime64[D]")


def calendar_of(first_day: np.datetime64, last_day: np.datetime64, period: Period) -> Calendar:
    """Return every period from the one of `first_day` to the one of `last_day`.

    Raises
    ------
    DateError
        If that is more than `MOST_PERIODS` periods, which a mistyped year makes more likely than a study.
    """
    first, last = period_numbers(np.array([first_day, last_day], dtype="datetime64[D]"), period).tolist()
    if last - first + 1 > MOST_PERIODS:
        raise DateError(
            f"{first_day} to {last_day} is {last - first + 1} periods of one {period}, "
            f"more than {MOST_PERIODS}; correct the dates or choose a longer period"
        )
    numbers = np.arange(first, last + 2, dtype=np.int64)
    starts = period_starts(numbers, period)
    return Calendar(period, starts[:-1], starts[1:] - np.timedelta64(1, "D"), first)


def months_spanned(first_day: np.datetime64, last_day: np.datetime64) -> int:
    """Return the number of calendar months that two days and all between them touch."""
    first, last = np.array([first_day, last_day], dtype="datetime64[M]").astype(np.int64).tolist()
    return int(last - first + 1)


def read_days(values: pd.Series, *, name: str) -> Days:
    """Return a column of dates as days, NaT where there is none.

    Parameters
    ----------
    values
        ISO dates (`2024-02-29`, with or without a time, which is ignored), `datetime.date`s or timestamps.
        None, NaN, NaT and the empty string are missing.
    name
        What the message of an error calls the column.

    Raises
    ------
    DateError
        For anything else, and for days that no calendar has.
    """
    codes, distinct = pd.factorize(values)
    days = np.full(len(distinct) + 1, np.datetime64("NaT", "D"), dtype="datetime64[D]")
    for place, value in enumerate(distinct):
        days[place] = _read_day(str(value).strip(), name)
    return np.asarray(days[codes])


def _read_day(text: str, name: str) -> np.datetime64:
    """Read one ISO date, NaT for the empty string."""
    if not text:
        return np.datetime64("NaT", "D")
    match = _ISO_DATE.fullmatch(text)
    if match is None:
        raise DateError(f"{name} holds {text!r}; expected an ISO date such as 2024-02-29, or nothing")
    try:
        return np.datetime64(date.fromisoformat(match[1]), "D")
    except ValueError as error:
        raise DateError(f"{name} holds {text!r}, a day that no calendar has") from error
