"""Time on the axis."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from figures import periods
from figures.words import Voice


def _day(text: str) -> float:
    return float(periods.days([text])[0])


def test_days_count_from_1970() -> None:
    assert list(periods.days(["1970-01-02", None])) == pytest.approx([1.0, np.nan], nan_ok=True)


@pytest.mark.parametrize(
    "frequency, name", [("D", "day"), ("W", "week"), ("M", "month"), ("Q", "quarter"), ("Y", "year")]
)
def test_kind_of_period(frequency: str, name: str) -> None:
    every = pd.period_range("2021-01-04", periods=9, freq=frequency)
    table = pd.DataFrame(
        {
            "period_start": every.start_time.strftime("%Y-%m-%d"),
            "period_end": every.end_time.strftime("%Y-%m-%d"),
        }
    )
    assert periods.kind(table) == name


@pytest.mark.parametrize(
    "end", ["2021-01-03", "2021-01-20", "2021-03-02", "2021-12-31", "2024-06-30", "2071-01-01"]
)
@pytest.mark.parametrize("most", [3, 4, 8])
def test_ticks_are_few_and_inside(end: str, most: int) -> None:
    low, high = _day("2021-01-01"), _day(end)
    found = periods.ticks(low, high, most=most)
    years = all(day.month == 1 and day.day == 1 for day in found)
    assert 1 <= len(found) <= (most + most // 3 if years else most)
    assert found == sorted(set(found))
    assert dt.date(2021, 1, 1) <= found[0]
    assert found[-1] <= dt.date.fromisoformat(end)


def test_the_year_stands_where_it_begins() -> None:
    dates = [dt.date(2022, 10, 1), dt.date(2023, 1, 1), dt.date(2023, 4, 1)]
    assert periods.tick_labels(dates, Voice()) == ["Oct\n2022", "Jan\n2023", "Apr"]
    assert periods.tick_labels(dates, Voice("zh")) == ["10月\n2022", "1月\n2023", "4月"]
