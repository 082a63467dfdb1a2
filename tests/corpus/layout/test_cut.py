"""Sheets to stories: printed pages against what was written on them, and sheets made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.cutting.page import Segment
from corpus.layout.cut import SheetCut, cut_sheets
from corpus.layout.pdf import read_sheets
from corpus.layout.sheet import Box, Sheet, TypeLine

from .printing import PICTURE, Story, b_cubed, columns, print_page, stories

HEAD = "<div class=masthead><span>2023年7月4日 星期二</span><span>春江日报</span><span>第3版</span></div>"
Layout = Callable[[tuple[Story, ...]], str]


def flowing(s: tuple[Story, ...]) -> str:
    return HEAD + columns(2, "".join(f"<h2>{story.head}</h2>{story.body}" for story in s[:4]))


def four_columns(s: tuple[Story, ...]) -> str:
    return (
        f"{HEAD}<div class=row><div style='flex:2.1'><h1>{s[0].head}</h1>{columns(2, s[0].body)}</div>"
        f"<div><h2>{s[1].head}</h2>{s[1].body}</div><div><h3>{s[2].head}</h3>{s[2].body}</div></div><hr>"
        f"<h1 style='text-align:center'>{s[3].head}</h1>{columns(4, s[3].body)}"
    )


def boxed(s: tuple[Story, ...]) -> str:
    box = f"<div class=box><div class=kicker>一线见闻</div><h2>{s[1].head}</h2>{s[1].body}</div>"
    return f"<h1>{s[0].head}</h1>" + columns(3, f"{s[0].body}{box}<h2>{s[2].head}</h2>{s[2].body}")


def pictured(s: tuple[Story, ...]) -> str:
    picture = f"{PICTURE.format(w=300, h=150)}<p class=small>图为施工现场。 本报记者 王明 摄</p>"
    first, *rest = s[0].text.split("\n")
    parted = f"<p>{first}</p>{picture}" + "".join(f"<p>{text}</p>" for text in rest)
    return (
        f"<div class=row><div><h2>{s[0].head}</h2>{parted}</div><div><h2>{s[1].head}</h2>{s[1].body}</div>"
        f"</div><hr><h2>{s[2].head}</h2>{columns(4, s[2].body)}"
    )


def cut(body: str, path: Path) -> tuple[list[SheetCut], list[Segment]]:
    cuts = cut_sheets(list(read_sheets(print_page(body, path).read_bytes())))
    return cuts, [segment for one in cuts for segment in one.page.segments]


@pytest.mark.parametrize("layout, n", [(flowing, 4), (four_columns, 4), (boxed, 3), (pictured, 3)])
def test_printed_pages_give_their_stories_and_titles(layout: Layout, n: int, tmp_path: Path) -> None:
    written = stories(4, characters=250, seed=11)
    _, found = cut(layout(written), tmp_path / "page.pdf")
    articles = [segment for segment in found if segment.kind == "article"]
    assert b_cubed([story.text for story in written[:n]], [s.text for s in found]) >= 0.97
    assert {segment.title for segment in articles} == {story.title for story in written[:n]}


def test_captions_kickers_and_mastheads_are_told_from_stories(tmp_path: Path) -> None:
    written = stories(4, characters=250, seed=12)
    _, found = cut(pictured(written), tmp_path / "a.pdf")
    assert [s.text for s in found if s.kind == "caption"] == ["图为施工现场。 本报记者 王明 摄"]
    _, found = cut(boxed(written), tmp_path / "b.pdf")
    assert [s.kicker for s in found if s.kicker] == ["一线见闻"]
    cuts, _ = cut(flowing(written), tmp_path / "c.pdf")
    assert {cuts[0].lines[first - 1] for first, _, _ in cuts[0].page.boilerplate} == {
        "2023年7月4日 星期二",
        "春江日报",
        "第3版",
    }


def test_paragraphs_come_back_as_written(tmp_path: Path) -> None:
    story = stories(1, characters=500, seed=5)[0]
    _, found = cut(f"<h1>{story.head}</h1>{columns(2, story.body)}", tmp_path / "page.pdf")
    assert len(found) == 1
    assert abs(found[0].text.count("\n") - story.text.count("\n")) <= 1
    assert found[0].text.replace("\n", "") == story.text.replace("\n", "")


def test_type_of_one_size_is_read_in_columns_and_cut_by_its_words(tmp_path: Path) -> None:
    written = stories(3, characters=250, seed=7)
    plain = "".join(f"<p>{story.head}</p>{story.body}" for story in written)
    _, found = cut(columns(2, plain), tmp_path / "page.pdf")
    assert b_cubed([story.text for story in written], [s.text for s in found]) >= 0.95
    assert {segment.title for segment in found} == {story.title for story in written}


@pytest.mark.parametrize(
    "style", ["text-indent:0", "text-indent:0;text-align:center", "margin:1.2em 0", "margin-top:1.5em"]
)
def test_headlines_in_type_of_one_size_are_told_by_where_they_stand(style: str, tmp_path: Path) -> None:
    written = stories(4, characters=300, seed=8)
    plain = "".join(f"<p style='{style}'>{story.head}</p>{story.body}" for story in written)
    _, found = cut(columns(3, plain), tmp_path / "page.pdf")
    assert b_cubed([story.text for story in written], [s.text for s in found]) >= 0.97
    # The words decide in the end: one headline may be left to the text above it.
    assert len({segment.title for segment in found} & {story.title for story in written}) >= 3


def test_a_column_that_ends_with_names_is_finished() -> None:
    """The text at the top of the next column belongs to the headline at the foot of the first."""
    lines = [
        *column(50, 150, ["春天来了"], size=24),
        *column(50, 190, [FULL, "流走了。（记者周宁）"]),
        *column(50, 250, ["石桥修好"], size=24),
        *column(50, 290, [FULL, "灯火渐渐亮了起来两岸人家。"]),
        *column(250, 150, ["又是一年新春两岸灯火通明", "人来人往。"]),
    ]
    found = cut_sheets([sheet(lines)])[0].page.segments
    assert [segment.title for segment in found] == ["春天来了", "石桥修好"]
    assert found[1].text.endswith("人来人往。")


def test_english_words_stay_apart_and_broken_ones_are_mended(tmp_path: Path) -> None:
    written = stories(2, characters=900, seed=3, lang="en")
    body = "".join(f"<h2>{story.head}</h2>{story.body}" for story in written)
    _, found = cut(columns(2, body), tmp_path / "page.pdf")
    assert b_cubed([story.text for story in written], [s.text for s in found]) >= 0.97
    words = set(" ".join(s.text for s in found).split())
    assert len(words - set(" ".join(story.text for story in written).split())) <= 0.02 * len(words)


def column(left: float, top: float, texts: list[str], *, size: float = 10.0) -> list[TypeLine]:
    return [
        TypeLine(Box(left, top + 15 * k, left + size * len(text), top + 15 * k + size), text, size)
        for k, text in enumerate(texts)
    ]


def sheet(lines: list[TypeLine], rules: tuple[Box, ...] = (), number: int = 1) -> Sheet:
    return Sheet(number, 600, 800, tuple(lines), rules)


FULL = "河水慢慢流过小城的石桥两岸"


def test_a_rule_ends_a_story_and_every_line_is_in_one_place() -> None:
    lines = [
        *column(50, 150, ["春天来了"], size=24),
        *column(50, 190, [FULL] * 4 + ["流走了。"]),
        *column(50, 300, [FULL] * 3 + ["又是一年。"]),
    ]
    ruled = cut_sheets([sheet(lines, (Box(50, 280, 200, 281),))])[0]
    assert [(s.title, s.lines) for s in ruled.page.segments] == [("春天来了", ((1, 6),)), (None, ((7, 10),))]
    whole = cut_sheets([sheet(lines)])[0]
    assert [s.lines for s in whole.page.segments] == [((1, 10),)]


def test_line_numbers_go_on_from_sheet_to_sheet() -> None:
    one = [*column(50, 150, ["春天来了"], size=24), *column(50, 190, [FULL, "流走了。"])]
    first, second = cut_sheets([sheet(one), sheet(one, number=4)])
    assert [s.lines for s in first.page.segments] == [((1, 3),)]
    assert [s.lines for s in second.page.segments] == [((5, 7),)]
    assert (second.number, second.first_line) == (4, 5)


def test_heads_that_run_through_a_file_are_no_stories() -> None:
    sheets = [
        sheet(
            [
                *column(50, 20, [f"春江文史第{number}辑"], size=14),
                *column(50, 150, ["春天来了"], size=24),
                *column(50, 190, [FULL, "流走了。"]),
            ],
            number=number,
        )
        for number in (1, 2, 3)
    ]
    for one in cut_sheets(sheets):
        assert [reason for _, _, reason in one.page.boilerplate] == ["running head"]
        assert [s.title for s in one.page.segments] == ["春天来了"]
