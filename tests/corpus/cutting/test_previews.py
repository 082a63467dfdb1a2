"""Teasers that a site cuts off, and the head of a Markdown file."""

from __future__ import annotations

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import read_lines

TITLE = "白鹭县八座旧桥年内修完"
LEAD = "昨天,白鹭县公布旧桥维修计划,八座旧桥将在年内修完,其中三座下月封闭施工,渡船加开早晚两班。"


def marks(*lines: str) -> list[str | None]:
    return mark_furniture(read_lines("\n".join(lines)))


def test_a_teaser_that_repeats_headline_and_lead_is_furniture() -> None:
    teaser = f"{TITLE} {LEAD[:20]}'..."
    assert marks(teaser, TITLE, LEAD) == ["teaser", None, None]


def test_a_sentence_that_trails_off_stays() -> None:
    line = "他望着江面,许久没有说话,只是想起四十年前的那座木桥……"
    assert marks(TITLE, line, LEAD) == [None, None, None]


def test_the_head_of_a_markdown_file_is_furniture() -> None:
    page = (
        "# 临江新闻 2021-03-10",
        "- 数据源：临江台",
        "- 新闻条数：2",
        f"## 1. {TITLE}",
        LEAD,
        "## 2. 夜渡开航",
        LEAD,
    )
    assert marks(*page)[:3] == ["masthead", "masthead", "masthead"]
    assert marks(*page)[3:] == [None] * 4


def test_a_list_inside_a_markdown_story_stays() -> None:
    page = ("# 临江新闻", f"## {TITLE}", "- 地点：石桥镇渡口", LEAD, "## 夜渡开航", LEAD)
    assert marks(*page)[2] is None
