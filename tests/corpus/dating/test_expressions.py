"""Dates written in full."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dating.expressions import find_full_dates, read_number

DAY = date(2023, 7, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2023年7月4日",
        "2023 年 7 月 4 日",
        "２０２３年７月４日",
        "二〇二三年七月四日",
        "二○二三年七月四日",
        "民國112年7月4日",
        "令和5年7月4日",
        "2023年（令和5年）7月4日",
        "04.07.2023",
        "4 กรกฎาคม พ.ศ. 2566",
        "4 กรกฎาคม 2566",
        "2023-07-04",
        "2023/7/4",
        "2023.07.04",
        "2023年07月04日08:40",
        "2023년 7월 4일",
        "July 4, 2023",
        "4th of July 2023",
        "4 Jul 2023",
        "4 июля 2023 г.",
        "le 4 juillet 2023",
        "el 4 de julio de 2023",
        "4. Juli 2023",
        "4 de julho de 2023",
        "4 luglio 2023",
        "4 липня 2023",
        "ngày 4 tháng 7 năm 2023",
    ],
)
def test_the_same_day_in_many_forms(text: str) -> None:
    assert [found.day for found in find_full_dates(f"x {text} y")] == [DAY]


@pytest.mark.parametrize(
    "text",
    ["2023年2月30日", "7月4日", "2023年7月", "10.20.30.40", "12023-07-045", "May 2023", "2023-07-04-05", ""],
)
def test_what_is_no_full_date(text: str) -> None:
    assert find_full_dates(text) == []


def test_places_are_those_of_the_text() -> None:
    text = "前言２０２３年７月４日和2024-01-02。"
    assert [text[found.begin : found.end] for found in find_full_dates(text)] == [
        "２０２３年７月４日",
        "2024-01-02",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("十二", 12),
        ("二十", 20),
        ("廿三", 23),
        ("三十一", 31),
        ("元", 1),
        ("二〇二三", 2023),
        ("十", 10),
        ("百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百二十三", 123),
        ("百x", None),
        ("x", None),
    ],
)
def test_numbers(text: str, number: int | None) -> None:
    assert read_number(text) == number


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_day_is_found_in_chinese_and_english(day: date) -> None:
    chinese = f"{day.year}年{day.month}月{day.day}日"
    english = f"{day:%B} {day.day}, {day.year}"
    assert [found.day for found in find_full_dates(f"{chinese}\n{english}")] == [day, day]


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    for found in find_full_dates(text):
        assert text[found.begin : found.end] == found.words
