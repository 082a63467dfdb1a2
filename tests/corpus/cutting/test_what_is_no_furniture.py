"""Lines of a newspaper that look like a site's or a bulletin's furniture and are text."""

from __future__ import annotations

import pytest

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import read_lines
from corpus.cutting.notices import is_notice

STORY = (
    "白鹭县八座旧桥年内修完",
    "本报讯（记者周宁）昨天，白鹭县公布旧桥维修计划，八座旧桥将在年内修完，其中三座下月封闭施工。",
    "县交通局负责人说，施工期间渡船加开早晚两班，沿岸学生凭学生证免票，老人也一样。",
)


@pytest.mark.parametrize(
    "line",
    [
        "关键词：乡村振兴",
        "分类：其他垃圾",
        "标签：不能随便贴",
        "时间：9月5日至10日　文字：中英双语",
        "他笑着说：“家乡的桃子熟了，欢迎关注我们的直播间。”",
        "“各位观众晚上好，欢迎来到社区晚会！”主持人的开场白引来掌声。",
        "关注民生新闻",
    ],
)
def test_a_line_between_paragraphs_stays(line: str) -> None:
    lines = [*STORY, line, STORY[2], *STORY]
    assert mark_furniture(read_lines("\n".join(lines)))[len(STORY)] is None


def test_a_sites_keywords_beside_its_date_line_go() -> None:
    lines = [STORY[0], "发布时间：2021-03-05 来源：白鹭网", "关键词：桥梁 维修", *STORY[1:]]
    assert mark_furniture(read_lines("\n".join(lines)))[2] == "page label"


def test_a_story_above_an_archives_first_label_stays() -> None:
    lines = ["人民日报 1998年5月3日", *STORY, "港口吞吐量创新高", "第4版(经济)　专栏：", STORY[1], STORY[2]]
    marks = mark_furniture(read_lines("\n".join(lines)))
    assert marks[1:4] == [None, None, None]


@pytest.mark.parametrize("title", ["中俄两国元首发表联合声明", "两国签署联合声明", "大会通过共同声明"])
def test_what_states_declare_is_news(title: str) -> None:
    assert not is_notice(title)


@pytest.mark.parametrize("title", ["遗失声明", "郑重声明", "拍 卖 公 告"])
def test_what_people_declare_is_a_notice(title: str) -> None:
    assert is_notice(title)
