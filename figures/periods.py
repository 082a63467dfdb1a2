"""Time on the axis: where a period stands, ticks that read well, and what a row of periods is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from figures.words import Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Days = NDArray[np.float64]
"""Days since 1970-01-01, as matplotlib counts them."""

_EPOCH = np.datetime64("1970-01-01", "D")
_MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_DAY_STEPS: Final = (1, 2, 7, 14)
BY: Final[dict[str, Phrase]] = {
    "day": {"en": "by day", "zh": "按日"},
    "week": {"en": "by week", "zh": "按周"},
    "month": {"en": "by month", "zh": "按月"},
    "quarter": {"en": "by quarter", "zh": "按季度"},
    "year": {"en": "by year", "zh": "按年"},
    "period": {"en": "by period", "zh": "按时段"},
}


def days(dates: Iterable[str]) -> Days:
    """ISO dates as days since 1970; a missing or unreadable date is NaN."""
    stamps = pd.to_datetime(pd.Series(list(dates), dtype="object"), errors="coerce", format="ISO8601")
    values = stamps.to_numpy(dtype="datetime64[D]")
    counted = (values - _EPOCH) / np.timedelta64(1, "D")
    return np.asarray(counted, dtype=np.float64)


def middles(table: pd.DataFrame) -> Days:
    """Middle of each period, in days; the end date belongs to its period."""
    return (days(table["period_start"]) + days(table["period_end"]) + 1) / 2


def kind(table: pd.DataFrame) -> str:
    """What the periods are: a key of `BY`, read from their lengths."""
    lengths = days(table["period_end"]) - days(table["period_start"]) + 1
    typical = float(np.nanmedian(lengths)) if np.isfinite(lengths).any() else np.nan
    for name, low, high in (
        ("day", 1, 1),
        ("week", 7, 7),
        ("month", 28, 31),
        ("quarter", 90, 92),
        ("year", 365, 366),
    ):
        if low <= typical <= high:
            return name
    return "period"


def _date(day: float) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=int(day))


def _month_starts(first: dt.date, last: dt.date, step: int) -> list[dt.date]:
    """First days of every `step`-th month between two days, counted from January of a round year."""
    start = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // step) * step
    end = last.year * 12 + last.month - 1
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(start, end + 1, step)]


def ticks(low: float, high: float, *, most: int) -> list[dt.date]:
    """At most `most` round days between two days, or a third more years, whose labels are short."""
    first, last = _date(np.ceil(low)), _date(np.floor(high))
    for step in _DAY_STEPS:
        if (last - first).days / step < most and (last - first).days <= step * max(most, 4):
            return [first + dt.timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
    chosen: list[dt.date] = []
    for step in _MONTH_STEPS:
        chosen = _month_starts(first, last, step)
        if len(chosen) <= (most + most // 3 if step >= 12 else most):
            break
    return chosen if len(chosen) > 1 else [first, last]


def tick_labels(dates: list[dt.date], voice: Voice) -> list[str]:
    """Labels of `ticks`: years alone, or months or days with the year below where it begins."""
    if all(day.month == 1 and day.day == 1 for day in dates) and len(dates) > 1:
        return [str(day.year) for day in dates]
    whole_months = all(day.day == 1 for day in dates)
    labels = []
    for number, day in enumerate(dates):
        name = voice.month(day) if whole_months else voice.day(day)
        new_year = number == 0 or dates[number - 1].year != day.year
        labels.append(f"{name}\n{day.year}" if new_year else name)
    return labels


def set_time_axis(ax: Axes, low: float, high: float, voice: Voice, *, most: int = 4) -> None:
    """Give `ax` the days `low` to `high` as its time axis with at most `most` labelled ticks."""
    dates = ticks(low, high, most=most)
    ax.set_xlim(low, high)
    ax.set_xticks([float((day - dt.date(1970, 1, 1)).days) for day in dates], tick_labels(dates, voice))
