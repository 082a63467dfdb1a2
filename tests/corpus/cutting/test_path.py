"""Which clue speaks for which part of a page, and against which: a path is only as good as these."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block, read_lines
from corpus.cutting.path import Part, best_path, part_scores
from corpus.cutting.style import Style

STYLE = Style(opening=0.6, close=0.6, usual_gap=1, web=False, subheads=0.2, rare={})
LINE = read_lines("白鹭县八座旧桥年内修完")[0]
BLOCK = Block((LINE,), LINE.text)
ABOVE = Clue(-2.0, ended=True)
# A clue of a block → the parts it speaks for, the parts it speaks against.
OWN = {
    "opening": ("LEAD OPEN", "BODY"),
    "byline": ("MORE", "HEAD BODY SUBHEAD OPEN"),
    "close": ("CLOSE", "BODY"),
    "caption": ("CAPTION", "BODY"),
    "credit_line": ("CLOSE", ""),
    "jump": ("MORE OPEN", "HEAD BODY SUBHEAD"),
    "deck": ("MORE", "HEAD SUBHEAD"),
    "flag": ("MORE", "SUBHEAD"),
    "item": ("OPEN", "BODY"),
    "numbered": ("SUBHEAD", ""),
    "goes_on": ("BODY", "HEAD SUBHEAD OPEN"),
    "wide_gap": ("HEAD", "MORE BODY SUBHEAD"),
    "novelty": ("HEAD", "SUBHEAD"),
    "parallel": ("SUBHEAD", "HEAD"),
    "repeated": ("HEAD", "SUBHEAD"),
    "dated": ("HEAD", ""),
    "under_byline": ("LEAD", ""),
    "tabular": ("LEAD", ""),
    "run_in": ("OPEN", "BODY"),
    "after_rule": ("HEAD OPEN", "BODY"),
    "signs_off": ("CLOSE", "HEAD"),
    "under_head": ("LEAD", ""),
    "head_waits": ("", "OPEN"),
    "alternates": ("HEAD", "SUBHEAD"),
    "indented": ("SUBHEAD", "HEAD"),
    "outdented": ("HEAD", "SUBHEAD"),
    "brief": ("OPEN", "BODY"),
    "section": ("SUBHEAD", "HEAD"),
    "notice": ("HEAD", ""),
}
# A clue of the block above.
OF_THE_BLOCK_ABOVE = {
    "close": ("HEAD", ""),
    "signed": ("HEAD OPEN", "BODY SUBHEAD"),
    "open_ended": ("HEAD", ""),
}


def moved(before: list[float], after: list[float]) -> tuple[str, str]:
    parts = list(zip(Part, before, after, strict=True))
    return (
        " ".join(part.name for part, one, two in parts if two > one),
        " ".join(part.name for part, one, two in parts if two < one),
    )


def with_clue(clue: Clue, name: str) -> Clue:
    return replace(clue, **{name: 1.0 if name in {"wide_gap", "novelty", "section"} else True})


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("style", [STYLE, replace(STYLE, usual_gap=2)])
def test_a_clue_speaks_for_its_parts(name: str, style: Style) -> None:
    clue = Clue(-2.0)
    before = part_scores(BLOCK, clue, ABOVE, style)
    assert moved(before, part_scores(BLOCK, with_clue(clue, name), ABOVE, style)) == OWN[name]


@pytest.mark.parametrize("name", OF_THE_BLOCK_ABOVE)
def test_a_clue_of_the_block_above_does_too(name: str) -> None:
    clue = Clue(-2.0)
    before = part_scores(BLOCK, clue, ABOVE, STYLE)
    after = part_scores(BLOCK, clue, with_clue(ABOVE, name), STYLE)
    assert moved(before, after) == OF_THE_BLOCK_ABOVE[name]


def test_habits_of_the_page_speak_too() -> None:
    clue = Clue(1.0)
    before = part_scores(BLOCK, clue, ABOVE, STYLE)
    assert moved(before, part_scores(BLOCK, clue, ABOVE, replace(STYLE, web=True))) == ("", "HEAD OPEN")
    assert moved(before, part_scores(BLOCK, clue, ABOVE, replace(STYLE, close=0.9))) == ("", "HEAD")
    assert moved(before, part_scores(BLOCK, clue, ABOVE, replace(STYLE, opening=0.9))) == ("", "LEAD")
    assert moved(before, part_scores(BLOCK, clue, ABOVE, replace(STYLE, subheads=0.9))) == ("SUBHEAD", "")
    apart = with_clue(clue, "wide_gap")
    close_set = part_scores(BLOCK, apart, ABOVE, replace(STYLE, usual_gap=0))
    assert moved(part_scores(BLOCK, apart, ABOVE, STYLE), close_set) == ("OPEN", "")


def test_furniture_plays_no_other_part() -> None:
    scores = part_scores(replace(BLOCK, furniture="masthead"), Clue(3.0, opening=True), ABOVE, STYLE)
    assert [part for part in Part if scores[part] > float("-inf")] == [Part.FURNITURE]


def test_a_page_of_two_stories_is_played_by_the_parts_one_expects() -> None:
    story = [Clue(3.0), Clue(-3.0, opening=True, under_head=True, ended=True), Clue(-3.0, ended=True)]
    signed = [*story, Clue(-1.0, close=True)]
    expected = [Part.HEAD, Part.LEAD, Part.BODY, Part.CLOSE]
    assert best_path([BLOCK] * 8, signed * 2, STYLE) == expected * 2
    assert best_path([], [], STYLE) == []
