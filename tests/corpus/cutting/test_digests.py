"""Digests: what is said round the news, rubrics, lists of what comes, items that are counted."""

from __future__ import annotations

import pytest

from corpus.cutting import cut_page
from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import ends_sentence, read_lines

FLOOD = "昨天夜里，白鹭县普降大雨，三座水库开闸泄洪，沿河两个村的居民已经转移到高处，没有人员伤亡。"
BRIDGE = "城东新桥合龙，桥长四百二十米，设双向四车道，预计明年五月通车，届时两岸居民往来只要五分钟。"
LIBRARY = "少年儿童图书馆迁入新馆，藏书增加到十二万册，周末延长开放两小时，首日接待读者一千余人。"
FLOOD_HEAD, BRIDGE_HEAD, LIBRARY_HEAD = "白鹭县普降大雨", "城东新桥合龙", "少儿图书馆迁入新馆"


def taken(lines: list[str]) -> list[str]:
    read = read_lines("\n".join(lines))
    return [line.text for line, mark in zip(read, mark_furniture(read), strict=True) if mark]


def stories(lines: list[str]) -> list[tuple[str | None, str]]:
    return [(segment.title, segment.text[:6]) for segment in cut_page("\n".join(lines)).segments]


@pytest.mark.parametrize(
    "line",
    [
        "各位早上好，今天是6月3日，欢迎收听《白鹭早新闻》。",
        "各位早上好，今天是6月3日，歡迎收聽《白鷺早新聞》。",
        "喝杯茶，听新闻。今天是6月3日，农历五月初七，我们向您道一声早安！",
        "本周县里发生了不少事，以下是一周热点新闻的盘点：",
        "首先来关注新闻头条",
        "我們再來看國際新聞",
        "下面请看今天的主要内容",
        "【白鹭台6月3日讯】周刊第七期 下面请看本周大事",
    ],
)
def test_what_a_speaker_says_before_the_news(line: str) -> None:
    assert taken([line, FLOOD_HEAD, FLOOD, BRIDGE_HEAD, BRIDGE]) == [line]


def test_a_speakers_words_inside_of_a_story_stay() -> None:
    line = "“首先来看看水位。”站长说。"
    assert taken([FLOOD_HEAD, FLOOD, FLOOD, line, FLOOD, FLOOD]) == []


def test_a_shows_name_comes_again() -> None:
    hail = "白鹭飞，新消息！各位听众，欢迎收听白鹭早新闻。"
    lines = [hail, FLOOD_HEAD, FLOOD, "白鹭飞，新消息！", BRIDGE_HEAD, BRIDGE]
    assert taken(lines) == [hail, "白鹭飞，新消息！"]


def test_a_motto_under_a_digests_title() -> None:
    lines = [
        "一周要闻回顾（2021年6月1~7日）",
        "（记下身边事，留住好时光）",
        FLOOD_HEAD,
        FLOOD,
        BRIDGE_HEAD,
        BRIDGE,
    ]
    assert taken(lines) == lines[:2]


def test_a_shows_title_with_its_day() -> None:
    lines = ["●白鹭县普降大雨", "●城东新桥合龙", "早安，白鹭〔2021.06.03〕", FLOOD, BRIDGE]
    assert taken(lines) == lines[:3]


def test_rubrics_over_headlines() -> None:
    lines = [
        "以下是本周要闻盘点：",
        "社会方面",
        FLOOD_HEAD,
        FLOOD,
        "经济方面",
        BRIDGE_HEAD,
        BRIDGE,
        "文化方面",
        LIBRARY_HEAD,
        LIBRARY,
    ]
    assert taken(lines) == ["以下是本周要闻盘点：", "社会方面", "经济方面", "文化方面"]
    assert [title for title, _ in stories(lines)] == [FLOOD_HEAD, BRIDGE_HEAD, LIBRARY_HEAD]


def test_a_features_subheads_stay() -> None:
    lines = ["民生实事办到群众心坎上", FLOOD, "教育", BRIDGE, "医疗", LIBRARY, "养老", FLOOD]
    assert taken(lines) == []


def test_items_are_counted_in_every_section() -> None:
    lines = ["国内新闻", f"1、{FLOOD}", f"2、{BRIDGE}", "国际新闻", f"1、{LIBRARY}", f"2、{FLOOD}"]
    assert [text for _, text in stories(lines)] == [
        "1、昨天夜里",
        "2、城东新桥",
        "1、少年儿童",
        "2、昨天夜里",
    ]


def test_paragraphs_under_a_greeted_digests_rubric_are_briefs() -> None:
    texts = [FLOOD, BRIDGE, LIBRARY]
    lines = ["各位早上好，今天是6月3日，欢迎收听白鹭早新闻。", "社会", *texts, "国际", *texts[::-1]]
    assert [text for _, text in stories(lines)] == [text[:6] for text in (*texts, *texts[::-1])]
    assert len(stories([lines[0], "社会", FLOOD, BRIDGE, "国际", LIBRARY, FLOOD])) == 2


def test_what_is_not_counted_upwards_is_one_story() -> None:
    lines = ["国内新闻", f"1、{FLOOD}", f"3、{BRIDGE}", LIBRARY, "国际新闻", LIBRARY]
    assert stories(lines)[0][1] == "1、昨天夜里"
    assert len(stories(lines)) == 2


def test_a_line_that_names_what_comes() -> None:
    summary = "白鹭县普降大雨，居民转移；城东新桥合龙，明年通车；少儿图书馆迁入新馆|早报"
    lines = [summary, FLOOD_HEAD, FLOOD, BRIDGE_HEAD, BRIDGE, LIBRARY_HEAD, LIBRARY]
    assert taken(lines) == [summary]


def test_a_headline_of_two_parts_stays() -> None:
    lines = ["白鹭县普降大雨；两村居民转移", FLOOD, BRIDGE_HEAD, BRIDGE]
    assert taken(lines) == []


def test_a_list_of_an_issues_headlines_over_one_story() -> None:
    heads = [LIBRARY_HEAD, FLOOD_HEAD, "老街修旧如旧", "农机手下田忙"]
    assert taken([*heads, FLOOD_HEAD, "☉周宁", FLOOD, FLOOD]) == heads


def test_a_heap_of_headlines_stays() -> None:
    assert taken([LIBRARY_HEAD, FLOOD_HEAD, BRIDGE_HEAD, FLOOD, BRIDGE, LIBRARY]) == []


@pytest.mark.parametrize("link", ["【详情】", "[mehr...]", "（阅读全文）", "[Read more]", "[続きを読む]"])
def test_a_link_to_the_whole_text_ends_a_sentence(link: str) -> None:
    assert ends_sentence("县里普降大雨。" + link)
    assert not ends_sentence("县里普降大雨" + link)


@pytest.mark.parametrize("note", ["（摄影）", "[1]", "（三）"])
def test_other_brackets_end_none(note: str) -> None:
    assert not ends_sentence("县里普降大雨" + note)
