"""Dates as a table's date column gives them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dating.given import month_comes_first, parse_date


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2023-07-04", "2023-07-04", "2023-07-04"),
        ("2023/7/4", "2023-07-04", "2023-07-04"),
        ("2023.07.04", "2023-07-04", "2023-07-04"),
        ("20230704", "2023-07-04", "2023-07-04"),
        (20230704, "2023-07-04", "2023-07-04"),
        (20230704.0, "2023-07-04", "2023-07-04"),
        ("2023-07-04T08:15:00Z", "2023-07-04", "2023-07-04"),
        ("2023-07-04 08:15:00+08:00", "2023-07-04", "2023-07-04"),
        (date(2023, 7, 4), "2023-07-04", "2023-07-04"),
        (datetime(2023, 7, 4, 8), "2023-07-04", "2023-07-04"),
        ("2023年7月4日", "2023-07-04", "2023-07-04"),
        ("July 4, 2023", "2023-07-04", "2023-07-04"),
        ("4 июля 2023 г.", "2023-07-04", "2023-07-04"),
        ("25/12/2023", "2023-12-25", "2023-12-25"),
        ("12/25/2023", "2023-12-25", "2023-12-25"),
        ("4/4/2023", "2023-04-04", "2023-04-04"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("1923", "1923-01-01", "1923-12-31"),
    ],
)
def test_a_date_is_read(value: object, start: str, end: str) -> None:
    found = parse_date(value)
    assert found is not None
    assert (found.start, found.end) == (start, end)
    assert found.day == (start if start == end else None)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "sometime",
        "2023-02-30",
        "2023-13",
        "03/07/2023",
        "99999999",
        "0",
        None,
        1688428800,
        "7月4日",
        True,
    ],
)
def test_what_is_no_date_is_not_guessed(value: object) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    ("values", "first"),
    [
        (["03/07/2023", "25/07/2023"], False),
        (["03/07/2023", "07/25/2023"], True),
        (["03/07/2023"], None),
        (["13/07/2023", "07/13/2023"], None),
        (["03.07.2023"], False),
        ([None, 3, "x"], None),
    ],
)
def test_the_order_of_day_and_month_is_read_off_the_column(values: list[object], first: bool | None) -> None:
    assert month_comes_first(values) is first


def test_the_columns_order_decides() -> None:
    read = [parse_date("03/07/2023", month_first=order) for order in (True, False)]
    assert [one and one.day for one in read] == ["2023-03-07", "2023-07-03"]


@given(st.dates(date(1600, 1, 1), date(2150, 1, 1)))
def test_every_day_survives_its_iso_form(day: date) -> None:
    found = parse_date(day.isoformat())
    assert found is not None
    assert found.day == day.isoformat()
