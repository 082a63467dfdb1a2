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
    assert (found.changed, found.edits, found.figures) == ((3,), (1,), (2,))
    assert all(run.equal for run in found.runs)


def test_a_number_of_which_no_digit_is_left_is_misread() -> None:
    found = align(f"{BODY}共有5人来到{END}", f"{BODY}共有时人来到{END}", opening=60)
    assert (found.changed, found.figures) == ((), ())
    assert sum(run.size for run in found.runs if not run.equal) == 1


def test_numbers_in_chinese_numerals_are_counted_where_nothing_else_differs() -> None:
    found = align(f"第五届{BODY}{END}", f"第六届{BODY}{END}", opening=60)
    assert (found.numerals, found.changed) == (1, ())


@pytest.mark.parametrize(("broken", "changed", "edits"), [("1天9村0", (4,), (1,)), ("1天9村50", (), ())])
def test_a_number_that_misreading_broke_is_one(
    broken: str, changed: tuple[int, ...], edits: tuple[int, ...]
) -> None:
    """Whichever of the two texts has it broken."""
    for mine, theirs in ((broken, "1950"), ("1950", broken)):
        found = align(f"{BODY}共有{mine}人来到{END}", f"{BODY}共有{theirs}人来到{END}", opening=60)
        assert (found.changed, found.edits) == (changed, edits)
        assert len(found.figures) == 1 - len(changed)


@pytest.mark.parametrize("at_end", [True, False])
def test_a_stretch_that_was_misread_worse_belongs_to_the_core(at_end: bool) -> None:
    """Every other word of it is another one; what has nothing in common with it does not belong."""
    worse = END[:1] + "".join(END[i] if i % 5 > 1 else "某" for i in range(1, len(END)))
    own = "铜锣响过三遍戏班才把箱笼抬进祠堂灯影摇得满墙都是"
    for tail, belongs in ((worse, True), (own, False)):
        one, other = (BODY + END, BODY + tail) if at_end else (END + BODY, tail + BODY)
        found = align(one, other, opening=0)
        assert (found.covered > 0.95) == belongs
