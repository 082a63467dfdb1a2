"""Clues of blocks by themselves and among their neighbours, on pages of a few lines."""

from __future__ import annotations

import pytest

from corpus.cutting.clues import Clue, clues_of
from corpus.cutting.context import add_context
from corpus.cutting.lines import Block, read_lines
from corpus.cutting.page import cut_page
from corpus.cutting.path import Part, part_scores
from corpus.cutting.rows import mark_rows
from corpus.cutting.sections import begins_news, refers_back
from corpus.cutting.style import Style, settle

STYLE = Style(opening=0.6, close=0.6, usual_gap=0, web=False, subheads=0.2, rare={})
TOLD = "白鹭县交通局昨天说，八座旧桥将在年内修完，渡船加开早晚两班，学生免票。"
BROKEN = "白鹭县交通局昨天说，八座旧桥将在年内修完，其中三座下月封闭施工，渡船加开早晚"


def blocks(page: str, **furniture: str) -> list[Block]:
    """Each line is a block of its own; `_3="masthead"` makes the fourth furniture."""
    lines = read_lines(page)
    return [Block((line,), line.text, furniture.get(f"_{k}")) for k, line in enumerate(lines)]


def in_context(page: str, **furniture: str) -> list[Clue]:
    found = blocks(page, **furniture)
    clues = clues_of(found)
    add_context(found, clues, STYLE)
    return clues


@pytest.mark.parametrize(
    ("page", "listed"),
    [
        ("旧桥修完\n渡船加开\n学生免票\n夜市开张", [0, 1, 2, 3]),
        ("旧桥修完\n渡船加开\n学生免票", []),
        ("旧桥修完\n渡船加开\n\n学生免票\n夜市开张", []),
        ("旧桥修完\n渡船加开了\n学生免票吗了\n夜市开张", [0, 1, 2, 3]),
        ("旧桥修完\n渡船加开两班了\n学生免票\n夜市开张", []),
        (f"旧桥修完\n渡船加开\n{TOLD}\n学生免票\n夜市开张", []),
        (f"旧桥修完\n{TOLD}\n旧桥修完\n渡船加开\n学生免票\n夜市开张", [2, 3, 4, 5]),
        ("八座旧桥年内修完\n旧桥修完\n渡船加开\n学生免票\n夜市开张", [1, 2, 3, 4]),
        ("旧桥修完\n渡船加开\n学生免票\n夜市开张\n八座旧桥年内修完", [0, 1, 2, 3]),
        ("旧桥修完\n渡船加开\n记者 王林\n学生免票\n夜市开张", []),
    ],
)
def test_four_short_lines_of_one_length_are_a_list(page: str, listed: list[int]) -> None:
    assert [k for k, clue in enumerate(clues_of(blocks(page))) if clue.listed] == listed


HALF = "八座旧桥年内修完"


@pytest.mark.parametrize(
    ("above", "half", "heads"),
    [
        ("", HALF + "，", True),
        ("", HALF + "、", True),
        ("", "桥" * 17 + "，", True),
        ("", "桥" * 17 + "桥，", False),
        (TOLD, HALF + "，", True),
        (BROKEN, HALF + "，", False),
        ("白鹭县要闻", HALF + "，", True),
        ("（王林 李芳）", HALF + "，", True),
        ("-30-", HALF + "，", True),
        ("", HALF + "；", False),
    ],
)
def test_a_comma_may_break_a_headline(above: str, half: str, heads: bool) -> None:
    clues = clues_of(blocks("\n".join(filter(None, [above, half, "渡船加开早晚两班"]))))
    assert (clues[-2].head > 0) == heads
    assert clues[-1].head > 0


def test_two_lines_that_end_with_a_comma_are_no_half_of_a_headline() -> None:
    pair = tuple(read_lines("八座旧桥\n年内修完，"))
    below = read_lines("渡船加开早晚两班")[0]
    for lines, heads in ((pair, False), (pair[1:], True)):
        text = "".join(line.text for line in lines)
        assert (clues_of([Block(lines, text), Block((below,), below.text)])[0].head > 0) == heads


@pytest.mark.parametrize(
    ("first", "second", "parallel"),
    [
        ("修桥：八座旧桥完工", "修桥：三座下月封闭", True),
        ("第一步：修旧桥", "第二步：开渡船", True),
        ("“之一：修旧桥", "之二：开渡船", True),
        ("一、修好旧桥", "二、开好渡船", True),
        ("修旧桥", "开渡船", False),
        ("“旧桥”修完了", "“旧船”停开了", False),
        ("《旧桥》上映", "《旧船》上映", False),
        ("旧“桥”修完了", "旧“桥”又开了", True),
        ("八座旧桥修完", "三座旧桥修完", False),
        ("12座旧桥修完", "12艘渡船加开", False),
        ("New docks open", "New buses run", False),
    ],
)
def test_subheads_begin_alike_or_count(first: str, second: str, parallel: bool) -> None:
    clues = in_context(f"{first}\n{TOLD}\n{second}\n{TOLD}")
    assert [clues[0].parallel, clues[2].parallel] == [parallel, parallel]


def test_lines_that_touch_are_no_subheads() -> None:
    clues = in_context(f"修桥：八座旧桥完工\n修桥：三座下月封闭\n{TOLD}")
    assert not clues[0].parallel


@pytest.mark.parametrize(
    ("page", "furniture", "signs"),
    [
        (f"旧桥修完\n{TOLD}\n白鹭县交通局", {}, True),
        (f"旧桥修完\n{TOLD}\n白鹭县交通局", {"_1": "masthead"}, False),
        ("旧桥修完\n白鹭县交通局", {}, False),
        ("白鹭县交通局", {}, False),
        (f"{TOLD}\n白鹭县交通局\n2019年7月3日", {"_2": "date line"}, True),
        (f"{TOLD}\n白鹭县交通局\n旧桥修完", {}, False),
        (f"{TOLD}\n（存江）\n旧桥修完\n{TOLD}", {}, True),
        (f"{BROKEN}\n（存江）\n旧桥修完\n{TOLD}", {}, False),
        (f"{TOLD}\n记者 王林\n旧桥修完\n{TOLD}", {}, True),
        (f"{TOLD}\n记者 王林\n{TOLD}", {}, False),
        (f"记者 王林\n旧桥修完\n{TOLD}", {}, False),
    ],
)
def test_who_signs_off(page: str, furniture: dict[str, str], signs: bool) -> None:
    assert any(clue.signs_off for clue in in_context(page, **furniture)) == signs


def test_the_first_line_of_a_page_has_no_gap() -> None:
    assert [clue.wide_gap for clue in in_context(f"\n\n旧桥修完\n\n{TOLD}\n\n\n\n\n{TOLD}")] == [
        0.0,
        1.0,
        3.0,
    ]


def pairs(*heads: str, between: str = "") -> list[bool]:
    page = "\n".join(line for head in heads for line in (head, TOLD, *([between] if between else [])))
    found = blocks(page)
    clues = clues_of(found)
    mark_rows(found, clues)
    return [clue.alternates for clue in clues if clue.alternates]


def test_three_headlines_over_a_paragraph_each_are_a_row_of_briefs() -> None:
    heads = ("旧桥年内修完", "渡船加开两班", "学生凭证免票")
    assert len(pairs(*heads)) == 3
    assert pairs(*heads[:2]) == []
    assert pairs(*heads, between=TOLD) == []
    assert pairs(*(head + "？" for head in heads)) == []
    assert len(pairs(heads[0] + "？", *heads[1:])) == 3
    assert pairs("“旧桥年内修完。”", *heads[1:]) == []
    # A headline of two lines is over more than a paragraph.
    assert pairs(*heads, between="白鹭县八座旧桥年内修完渡船加开早晚两班学生免票：") == []


@pytest.mark.parametrize(
    "word",
    [
        "他",
        "她",
        "但",
        "而且",
        "因为",
        "所以",
        "后来",
        "此外",
        "其中",
        "同时",
        "另外",
        "不仅如此",
        "下一步",
        "目前",
    ],
)
def test_a_paragraph_refers_back_by_its_first_word(word: str) -> None:
    assert refers_back(f"{word}渡船加开两班。")
    assert refers_back(f"　　{word}渡船加开两班。")
    assert not refers_back(f"渡船{word}加开两班。")


@pytest.mark.parametrize(
    "start",
    [
        "7月3日",
        "7月，",
        "7月底",
        "3日",
        "日前",
        "近日",
        "昨晚",
        "今晨",
        "连日来",
        "本报",
        "新华社",
        "市民从渡口获悉",
        "记者从县里",
    ],
)
def test_a_paragraph_begins_as_news_do(start: str) -> None:
    assert begins_news(f"{start}渡船加开两班。")
    assert not begins_news(f"渡船将于{start}加开。")


@pytest.mark.parametrize(("marked", "opening"), [(0.49, 0.2), (0.5, 0.5), (0.9, 0.9)])
def test_what_half_of_the_stories_do_is_expected_of_all(marked: float, opening: float) -> None:
    style = Style(opening=0.2, close=0.0, usual_gap=0, web=False, subheads=0.0, rare={})
    assert settle(style, marked=marked, plain=1, subheads=1).opening == opening
    assert settle(style, marked=0.1, plain=99, subheads=0).subheads == -1.5
    assert settle(style, marked=0.1, plain=0, subheads=99).subheads == 0.3


def scores(clue: Clue, above: Clue) -> list[float]:
    return part_scores(blocks(TOLD)[0], clue, above, STYLE)


@pytest.mark.parametrize("end", [Clue(-2.0, close=True), Clue(-2.0, signed=True)])
def test_new_words_say_little_after_a_signature(end: Clue) -> None:
    plain = Clue(-2.0, ended=True)
    gains = [
        scores(Clue(1.0, novelty=1.0), above)[Part.HEAD] - scores(Clue(1.0), above)[Part.HEAD]
        for above in (plain, end)
    ]
    assert 0 < gains[1] < gains[0]


@pytest.mark.parametrize(("gap", "interrupts"), [(0.0, False), (1.0, True), (2.0, True)])
def test_what_interrupts_a_sentence_after_a_gap_may_be_a_caption(gap: float, interrupts: bool) -> None:
    score = scores(Clue(-2.0, ended=True, wide_gap=gap), Clue(-2.0, open_ended=True))[Part.CAPTION]
    assert (score > 0) == interrupts


def test_furniture_of_one_kind_that_stands_together_is_one_range() -> None:
    page = f"首页 > 新闻 > 县里\n首页 > 新闻 > 渡口\n旧桥年内修完\n{TOLD}\n首页 > 新闻 > 县里\n"
    assert [span[:2] for span in cut_page(page).boilerplate] == [(1, 2), (5, 5)]
