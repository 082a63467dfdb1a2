"""Where wrapped lines join and where they don't, and what frames a story on a site's page."""

from __future__ import annotations

import pytest

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import read_lines
from corpus.cutting.site import frame_article, mark_menus
from corpus.cutting.wrap import blocks_of

STORY = (
    "去年底，白鹭县人民医院与省城三家医院签订协议，建立远程会诊平台。平台运行三个月，已为一百六十名重症患者组织会诊，"
    "其中四十一人免去了转院的奔波，医药费也省下不少，群众都说这件事办得好。"
)
ROWS = [STORY[i : i + 16] for i in range(0, len(STORY), 16)]


def starts(*rows: str) -> list[int]:
    lines = read_lines("\n".join(rows))
    return [block.first for block in blocks_of(lines, mark_furniture(lines))]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (ROWS, [1]),
        # An indent in mid-column begins a paragraph, also over a line without one.
        ([*ROWS[:4], "　" + ROWS[4], *ROWS[5:]], [1, 5]),
        ([*ROWS[:4], "　　" + ROWS[4][:14], *ROWS[5:]], [1, 5]),
        # Formulas begin something new, whatever the line above.
        ([*ROWS[:4], "本报讯（记者王林）昨天旧桥修完", *ROWS[5:]], [1, 5]),
        ([*ROWS[:4], "（上接第1版）" + ROWS[4][:9], *ROWS[5:]], [1, 5, 6]),
        # Two blank lines may be the end of a column, three are not.
        ([*ROWS[:4], "", "", *ROWS[4:]], [1]),
        ([*ROWS[:4], "", "", "", *ROWS[4:]], [1, 8]),
        # A line too short for the column ends its paragraph.
        ([*ROWS[:3], ROWS[3][:8], *ROWS[4:]], [1, 5]),
    ],
)
def test_where_paragraphs_begin(rows: list[str], expected: list[int]) -> None:
    assert starts(*rows) == expected


DATED = "发布时间：2019-07-03"
TOLD = [
    "本报讯（记者王林）白鹭县交通局昨天说，八座旧桥将在年内修完，渡船加开早晚两班，学生凭学生证免票。",
    "县交通局负责人说，施工期间渡船加开早晚两班，沿岸学生凭学生证免票，货车一律绕行石桥镇大路。",
]


def framed(*rows: str) -> list[int]:
    lines = read_lines("\n".join(rows))
    marks: list[str | None] = ["date and source line" if row == DATED else None for row in rows]
    marks = ["web address" if row.startswith("www") else mark for row, mark in zip(rows, marks, strict=True)]
    frame_article(lines, marks)
    return [index for index, mark in enumerate(marks) if mark == "site links"]


@pytest.mark.parametrize(
    ("above", "found"),
    [
        (["旧桥年内修完", DATED], []),
        # A channel's name over the headline, and a button between date and text.
        (["听广播", "八座旧桥年内修完", DATED], [0]),
        (["八座旧桥年内修完", DATED, "听广播"], [2]),
        # With words of the story, a long line is its own, wherever it stands above the text.
        (["县交通局公布维修计划渡船加开", "八座旧桥年内修完", DATED], []),
        # Who wrote is of the story.
        (["八座旧桥年内修完", "记者 王林", DATED], []),
        (["八座旧桥年内修完", DATED, "记者 王林"], []),
        (["八座旧桥年内修完", DATED, "八座旧桥年内修完"], []),
    ],
)
def test_what_stands_over_a_sites_story(above: list[str], found: list[int]) -> None:
    assert framed("www.example.org", *above, *TOLD) == [index + 1 for index in found]


@pytest.mark.parametrize(
    ("below", "foreign"),
    [
        ("听广播", True),
        ("王林 李芳", False),
        ("（王林 李芳）", False),
        ("本报记者 周宁 摄", False),
        ("石桥中心", False),
        ("旧桥渡船", False),
        ("附：广播", False),
        ("3频道", False),
        ("听广播，听戏", False),
        ("听广播" * 5, False),
    ],
)
def test_what_stands_under_a_sites_story(below: str, foreign: bool) -> None:
    page = ["www.example.org", "八座旧桥年内修完", DATED, *TOLD, below, "www.example.org/1"]
    assert framed(*page) == ([5] if foreign else [])


@pytest.mark.parametrize(("count", "found"), [(4, 0), (5, 5)])
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_menu_has_five_short_lines(count: int, found: int, place: str) -> None:
    menu = ["新闻", "视频", "财经频道", "体育", "听广播节目"][:count]
    rows = [*menu, *TOLD] if place == "above" else [*TOLD, *menu]
    marks: list[str | None] = [None] * len(rows)
    mark_menus(read_lines("\n".join(rows)), marks)
    assert marks.count("site links") == found
