"""Two texts side by side: openings of either, numbers as they stand, passages that one lacks."""

from __future__ import annotations

import pytest

from corpus.alignment import align

BODY = "渡口的老船工清早把缆绳盘好晾在石阶上学堂的孩子沿着河堤唱歌走过木桥修表铺的掌柜推开窗子望见雾散"
END = "傍晚集市收摊以后街面用井水冲洗干净猫儿蹲在檐下打盹"
HEADLINE = "沿河风物记之一清晨所见若干琐事"


@pytest.mark.parametrize("longer_tail", [END, END[:20]])
def test_a_headline_on_one_side_and_a_tail_on_the_other_leave_the_text_covered(longer_tail: str) -> None:
    """Whichever of the two is the longer: an abridged reprint under a headline of its own."""
    one, other = sorted((HEADLINE + BODY * 2, BODY * 2 + longer_tail), key=len)
    found = align(one, other, opening=60)
    assert found.covered == pytest.approx(1.0, abs=0.03)
    assert found.own_opening == 0


def test_numbers_are_counted_whole_and_apart_from_letters() -> None:
    one = f"{BODY}共有125人来到{END}其中30人留下"
    other = f"{BODY}共有15人来到{END}其中30人留下"
    found = align(one, other, opening=60)
    assert (found.changed, found.figures) == ((3,), (2,))
    assert all(run.equal for run in found.runs)


def test_a_number_of_which_no_digit_is_left_is_misread() -> None:
    found = align(f"{BODY}共有5人来到{END}", f"{BODY}共有时人来到{END}", opening=60)
    assert (found.changed, found.figures) == ((), ())
    assert sum(run.size for run in found.runs if not run.equal) == 1


def test_numbers_in_chinese_numerals_are_counted_where_nothing_else_differs() -> None:
    found = align(f"第五届{BODY}{END}", f"第六届{BODY}{END}", opening=60)
    assert (found.numerals, found.changed) == (1, ())
