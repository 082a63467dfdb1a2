from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analysis.trends.periods import (
    DateError,
    calendar_of,
    check_period,
    months_spanned,
    period_numbers,
    period_starts,
    read_days,
)

DAYS = np.arange(np.datetime64("1965-01-01"), np.datetime64("2032-12-31"), np.timedelta64(11, "D"))
PANDAS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}


@pytest.mark.parametrize("period", PANDAS)
def test_periods_are_those_of_pandas(period) -> None:
    theirs = pd.DatetimeIndex(DAYS).to_period(PANDAS[period])
    starts = period_starts(period_numbers(DAYS, period), period)
    assert (starts == theirs.start_time.to_numpy().astype("datetime64[D]")).all()
    calendar = calendar_of(DAYS[0], DAYS[-1], period)
    ends = calendar.ends[calendar.positions(DAYS)]
    assert (ends == theirs.end_time.to_numpy().astype("datetime64[D]")).all()


def test_weeks_are_iso_weeks_across_the_turn_of_the_year() -> None:
    days = [date(2020, 12, 24) + timedelta(days=n) for n in range(20)]
    numbers = period_numbers(np.array(days, dtype="datetime64[D]"), "week")
    weeks = [day.isocalendar()[:2] for day in days]
    same = [[a == b for b in weeks] for a in weeks]
    assert ((numbers[:, None] == numbers[None, :]) == np.array(same)).all()


@pytest.mark.parametrize("period", PANDAS)
def test_a_calendar_has_every_day_once(period) -> None:
    calendar = calendar_of(np.datetime64("2023-12-30"), np.datetime64("2024-03-01"), period)
    one = np.timedelta64(1, "D")
    assert (calendar.starts[1:] == calendar.ends[:-1] + one).all()
    assert calendar.starts[0] <= np.datetime64("2023-12-30") <= calendar.ends[0]
    assert calendar.starts[-1] <= np.datetime64("2024-03-01") <= calendar.ends[-1]
    assert len(calendar) == len(calendar.starts)


def test_leap_february() -> None:
    calendar = calendar_of(np.datetime64("2024-02-10"), np.datetime64("2024-02-10"), "month")
    assert calendar.ends.astype(str).tolist() == ["2024-02-29"]


def test_months_spanned() -> None:
    assert months_spanned(np.datetime64("2020-01-31"), np.datetime64("2021-12-01")) == 24
    assert months_spanned(np.datetime64("2020-01-31"), np.datetime64("2020-01-31")) == 1


def test_read_days_takes_what_tables_hold() -> None:
    values = [
        "2024-02-29",
        "2024-03-01T23:59:59+08:00",
        None,
        "",
        date(2024, 3, 2),
        pd.Timestamp("2024-03-03"),
    ]
    days = read_days(pd.Series(values, dtype=object), name="date")
    assert days.astype(str).tolist() == ["2024-02-29", "2024-03-01", "NaT", "NaT", "2024-03-02", "2024-03-03"]
    stamps = pd.Series(pd.to_datetime(["2024-01-01 23:30", None])).dt.tz_localize("Asia/Shanghai")
    assert read_days(stamps, name="date").astype(str).tolist() == ["2024-01-01", "NaT"]


@pytest.mark.parametrize("text", ["2023-09", "1 May 2023", "20230901", "2023/09/01"])
def test_read_days_quotes_what_it_cannot_read(text) -> None:
    with pytest.raises(DateError, match=f"date holds '{text}'; expected an ISO date"):
        read_days(pd.Series(["2023-01-01", text]), name="date")


def test_read_days_knows_the_calendar() -> None:
    with pytest.raises(DateError, match="'2023-02-29', a day that no calendar has"):
        read_days(pd.Series(["2023-02-29"]), name="date")


def test_a_mistyped_year_does_not_fill_the_memory() -> None:
    with pytest.raises(DateError, match="periods of one day, more than"):
        calendar_of(np.datetime64("1023-01-01"), np.datetime64("2023-01-01"), "day")


def test_unknown_period() -> None:
    with pytest.raises(ValueError, match="period is 'fortnight'; expected one of day, week"):
        check_period("fortnight")
