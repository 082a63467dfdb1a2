"""The days that a weekly prints as its own."""

from __future__ import annotations

import pytest

from corpus.dating.publication import find_publication

BODY = "\n正文说，3月2日那天下了雨，河水涨到了桥面。" * 8


@pytest.mark.parametrize(
    ("head", "day", "first", "last"),
    [
        ("白鹭周报  2016年10月8日—10月14日  第40期", "2016-10-08", "2016-10-08", "2016-10-14"),
        ("2016年10月8日—10月14日", "2016-10-08", "2016-10-08", "2016-10-14"),
        ("白鹭周刊 2015年12月28日至1月3日", "2015-12-28", "2015-12-28", "2016-01-03"),
        ("一周新闻回顾(2013年11月3~9日)", "2013-11-09", "2013-11-03", "2013-11-09"),
        ("一周要闻 2016.8.21～8.27", "2016-08-27", "2016-08-21", "2016-08-27"),
    ],
)
def test_a_weekly_is_dated_by_its_days(head: str, day: str, first: str, last: str) -> None:
    found = find_publication(head + BODY)
    assert (found.date, found.start, found.end, found.basis) == (day, first, last, "printed")


@pytest.mark.parametrize(
    "line",
    [
        "展出时间：2016年10月8日—10月14日",
        "活动从2016年10月8日—10月14日举行，市民可免费参观。",
        "白鹭周报 2016年10月8日—12月31日",
        "白鹭周报 2016年10月8日—10月1日",
    ],
)
def test_other_ranges_are_not_the_pages_own(line: str) -> None:
    assert find_publication(line + BODY).end != "2016-10-14"


def test_a_range_in_the_midst_of_a_page_is_a_storys() -> None:
    assert find_publication(BODY + "\n2016年10月8日—10月14日\n" + BODY).basis != "printed"


def test_the_pages_own_day_holds_before_another_range() -> None:
    page = "2016年10月20日 星期四 白鹭日报 第3版\n本周停电 2016年10月24日—10月30日" + BODY
    assert find_publication(page).date == "2016-10-20"
