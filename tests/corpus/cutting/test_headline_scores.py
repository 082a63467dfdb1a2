"""What makes a line more of a headline, or less: every mark and length by itself."""

from __future__ import annotations

import pytest

from corpus.cutting.headlines import choose_title, headline_score
from corpus.cutting.words import grams

SHORT, LONG = "白鹭县八座旧桥", "白鹭县八座旧桥年内修完渡船加开早晚两班学生免票"
ENGLISH = "The council backs a new ferry plan"


@pytest.mark.parametrize(
    ("less", "more"),
    [
        # The stronger a stop, the less of a headline; a colon ends a short line rather than a long one.
        (SHORT + "。", SHORT + "，"),
        (SHORT + "，", LONG + "："),
        (LONG + "：", SHORT + "？"),
        (SHORT + "？", SHORT + "："),
        (SHORT + "：", SHORT),
        (SHORT + "。”", SHORT + "，"),
        (SHORT + "；", SHORT + "！"),
        (SHORT + "、", SHORT + "…"),
        # A mark takes from what the length gives, and does not stand for it.
        (LONG * 2 + "？", SHORT + "？"),
        ("——" + LONG * 2, "——" + SHORT),
        (LONG * 2, LONG),
        (LONG * 3, LONG * 2),
        # A stop in the midst, and every comma after the first.
        (SHORT + "修完。渡船加开", SHORT + "修完，渡船加开"),
        (SHORT + "，渡船加开，学生免票", SHORT + "，渡船加开学生免票"),
        (SHORT + "，渡船加开", SHORT + "渡船加开"),
        # Clauses parted by blanks speak for a headline, a dash more so; two letters are hardly one.
        (SHORT + "修完渡船加开", SHORT + "修完 渡船加开"),
        (SHORT, "——" + SHORT),
        ("旧桥", "旧桥修"),
        (ENGLISH + ".", ENGLISH + ","),
        (ENGLISH + ",", ENGLISH + "?"),
        (ENGLISH + "?", ENGLISH),
        (ENGLISH + ":", ENGLISH),
        (ENGLISH + ".", ENGLISH + "..."),
        (ENGLISH + ".", ENGLISH + " in the U.S."),
        (ENGLISH.lower(), ENGLISH),
        (ENGLISH, "The Council Backs A New Ferry Plan"),
        ("The council backs it. A ferry comes", "The council backs it, a ferry comes"),
        (ENGLISH + " and asks the parish to pay for half of the docks", ENGLISH),
        ("a", "ferry"),
    ],
)
def test_one_line_is_less_of_a_headline_than_another(less: str, more: str) -> None:
    assert headline_score(less) < headline_score(more)


@pytest.mark.parametrize("text", [SHORT + "。", SHORT + "，", LONG + "。修完", ENGLISH + ".", ENGLISH + ";"])
def test_text_is_no_headline(text: str) -> None:
    assert headline_score(text) < 0


@pytest.mark.parametrize(
    "text",
    [
        "问：桥何时修完",
        "答: 年内修完",
        "记者：桥何时修完",
        "Q: When?",
        "12:30",
        "1.",
        "A1.",
        "桥\t八座",
        "热线0000-1234567",
    ],
)
def test_questions_tables_and_numbers_are_none(text: str) -> None:
    assert headline_score(text) == -4.0


BROKEN = ("Council Votes To Build A New Ferry", "Terminal On The Old Cannery Site")


@pytest.mark.parametrize(
    ("rows", "tight", "title"),
    [
        (BROKEN, True, (0, 1)),
        (BROKEN, False, (0,)),
        (("Council Votes To Build A New Ferry!", BROKEN[1]), True, (0,)),
        (("Council Backs Ferry", BROKEN[1]), True, (0,)),
        ((BROKEN[0], "— " + BROKEN[1]), True, (0,)),
        ((BROKEN[0], "terminal on the old cannery site"), True, (0, 1)),
        (("Council votes to build a new ferry", BROKEN[1]), True, (0,)),
        ((BROKEN[0] + ":", "a plan for ten years"), True, (0, 1)),
    ],
)
def test_which_rows_are_one_headline(rows: tuple[str, str], tight: bool, title: tuple[int, ...]) -> None:
    lead = grams("The council voted on Monday to build a new ferry. Work starts in October.")
    assert choose_title(list(rows), lead, {}, tight=[False, tight]) == title
