"""Pages written for these tests, in the layouts that real pages come in; see `pages`.

A page file begins with one line a story, `@KEY TITLE` (other readings of the title after `|`; no
title: none), then `@@`, then the page, each line as `KEY|text`; the key `x` is what belongs to no story.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.cutting.page import Page, cut_page

FOLDER = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in FOLDER.glob("*.page"))


@dataclass(frozen=True)
class Truth:
    """A test page and what its cut must be."""

    text: str
    stories: dict[str, list[int]]
    furniture: list[int]
    titles: dict[str, list[str]]


def read_truth(name: str) -> Truth:
    head, _, body = (FOLDER / f"{name}.page").read_text("utf-8").partition("@@\n")
    titles = {}
    for line in head.splitlines():
        key, _, title = line[1:].partition(" ")
        titles[key] = [reading for reading in title.split("|") if reading]
    stories: dict[str, list[int]] = {key: [] for key in titles}
    furniture, lines = [], []
    for number, line in enumerate(body.rstrip("\n").split("\n"), start=1):
        key, bar, text = line.partition("|")
        lines.append(text if bar else line)
        if bar and text.strip():
            (furniture if key == "x" else stories[key]).append(number)
    return Truth("\n".join(lines), stories, furniture, titles)


def numbers(ranges: tuple[tuple[int, ...], ...], text: str) -> list[int]:
    lines = text.split("\n")
    return sorted(n for first, last, *_ in ranges for n in range(first, last + 1) if lines[n - 1].strip())


def assert_whole(page: Page, text: str) -> None:
    """Every line with anything on it is in exactly one segment or in the boilerplate."""
    lines = text.split("\n")
    ranges = [range_ for segment in page.segments for range_ in segment.lines] + [
        (a, b) for a, b, _ in page.boilerplate
    ]
    found = [n for first, last in ranges for n in range(first, last + 1) if lines[n - 1].strip()]
    assert sorted(found) == [n for n, line in enumerate(lines, start=1) if line.strip()]


@pytest.mark.parametrize("name", NAMES)
def test_boundaries(name: str) -> None:
    truth = read_truth(name)
    page = cut_page(truth.text)
    assert_whole(page, truth.text)
    found = sorted(numbers(segment.lines, truth.text) for segment in page.segments)
    assert found == sorted(truth.stories.values())
    assert numbers(tuple((a, b) for a, b, _ in page.boilerplate), truth.text) == truth.furniture


@pytest.mark.parametrize("name", NAMES)
def test_titles(name: str) -> None:
    truth = read_truth(name)
    by_lines = {
        tuple(numbers(segment.lines, truth.text)): segment.title for segment in cut_page(truth.text).segments
    }
    for key, readings in truth.titles.items():
        title = by_lines.get(tuple(truth.stories[key]), "no such story")
        assert title in (readings or [None])


def test_segments_carry_their_parts() -> None:
    truth = read_truth("subheads_and_signatures")
    first, second = cut_page(truth.text).segments
    assert (first.kind, second.kind) == ("article", "article")
    assert first.byline == "聂小川 何雨"
    assert first.why[0] == "a headline at line 1"
    assert "a closing signature" in first.why
    assert first.text.split("\n")[0].startswith("“攒够八十分")
    assert first.title is not None
    assert first.title not in first.text


def test_kinds() -> None:
    truth = read_truth("jump_caption_notice")
    assert [segment.kind for segment in cut_page(truth.text).segments] == [
        "continuation",
        "caption",
        "article",
        "notice",
    ]


def test_broken_lines_are_made_whole() -> None:
    page = cut_page(read_truth("wrapped_columns").text)
    assert page.segments[0].text.split("\n")[0] == (
        "本报讯（通讯员龚志远）“上坟不烧纸，护林靠大家。”清明前后，石桥镇护林员邓有福每天背着小喇叭走十几里山路，把防火要求送到每家每户。"
    )
    english = cut_page(read_truth("english_wrapped").text)
    assert (
        "one between them.\nHarriet Moss, who runs the oldest orchard in the valley, bought hers in March."
        in english.segments[0].text
    )


def test_line_endings_do_not_matter() -> None:
    text = read_truth("masthead_openings").text
    plain, windows = cut_page(text), cut_page(text.replace("\n", "\r\n"))
    assert windows == plain


def test_empty_page() -> None:
    assert cut_page("") == Page((), ())
    assert cut_page(" \n\t\n　\n") == Page((), ())


FRAGMENTS = st.sampled_from(
    [
        *[
            "本报讯（记者王林）",
            "（上接第2版）",
            "近日，",
            "。",
            "，",
            "“",
            "”",
            "（李四 张三）",
            "□",
            "——",
            "责任编辑：",
            "http://a.b/c",
        ],
        *[
            "LONDON — ",
            "By Ann Lee",
            "首页 > 新闻",
            "©",
            "松岭区",
            "图为",
            " 摄",
            "Москва",
            "1.",
            "【",
            "】",
            "A note",
        ],
        *["\t", "\r", "\u3000", "\u200b", "\ufeff", "\x0b", "\x85", "\u2028"],
    ]
)
LINES = st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=6).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, max_size=30).map("\n".join))
def test_every_line_is_somewhere_once(text: str) -> None:
    page = cut_page(text)
    assert_whole(page, text)
    assert cut_page(text) == page


@pytest.mark.parametrize(
    "unit",
    [
        "县里开展巡查，整改问题七个。\n",
        "一个标题\n",
        "a\n",
        "本报讯（记者王林）近日，县里开会。\n\n",
        "字",
        "（",
        "A ",
        "1",
        "【",
        "-",
    ],
)
def test_long_pages_take_seconds(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    page = cut_page(text)
    assert time.process_time() - start < 40
    assert_whole(page, text)


@pytest.mark.parametrize(
    "title", ["拍 卖 公 告", "遗失声明", "FOR SALE", "Public notice", "Объявление", "招 租"]
)
def test_a_notice_is_known_by_its_headline(title: str) -> None:
    page = cut_page(f"{title}\n\n双埠镇张某遗失营运证一本，声明作废，特此登报，其余事项请与本公司联系。")
    assert [segment.kind for segment in page.segments] == ["notice"]


def test_two_notices_in_a_row() -> None:
    page = """停水公告
因供水主管改造，定于18日22时至次日6时停水，请居民提前储水。
咨询电话：0000-8805566
遗失声明
双埠镇张某遗失营运证一本，声明作废。
招聘公告
本公司招聘维修工两名，有电工证者优先，待遇面议。"""
    found = [(segment.kind, segment.title) for segment in cut_page(page).segments]
    assert found == [("notice", "停水公告"), ("notice", "遗失声明"), ("notice", "招聘公告")]


@pytest.mark.parametrize("title", ["市民热议停水公告为何迟到", "Lost and won: a season in review"])
def test_a_story_about_notices_is_none(title: str) -> None:
    page = cut_page(f"{title}\n\n本报讯（记者祝清）7月3日，本报记者走访了三个小区，居民对停水安排各有看法。")
    assert [segment.kind for segment in page.segments] == ["article"]


def test_every_line_under_the_headline_is_in_the_deck() -> None:
    page = cut_page(
        "城西河道整治提前两个月完工\n——写在绿道贯通之际\n八个村庄沿线居民受益\n\n"
        "    本报讯（记者 周立）昨日，城西河道整治工程通过验收，比计划提前了两个月。\n"
    )
    (story,) = page.segments
    assert story.title == "城西河道整治提前两个月完工"
    assert story.deck == "——写在绿道贯通之际 八个村庄沿线居民受益"
