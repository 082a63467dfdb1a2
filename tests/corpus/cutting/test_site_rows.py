"""Rows of labels, buttons and stamps that a site prints around a story."""

from __future__ import annotations

import pytest

from corpus.cutting.lines import read_lines
from corpus.cutting.page import cut_page
from corpus.cutting.site_rows import row_reason


def reason(text: str) -> str | None:
    return row_reason(read_lines(text)[0])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("http://news.example.org  2011年05月03日08:15  白鹭晚报", "date and source line"),
        ("2011年05月03日 08:15白鹭网 】 【打印", "date and source line"),
        ("2011-05-03 08:15:02 次浏览 分类:乡镇动态    来源:", "date and source line"),
        ("來源: 作者: 編輯: 發布日期:2014/06/12", "date and source line"),
        ("刊发日期:2013-02-06 阅读次数: 作者:周宁", "date and source line"),
        ("發布日期:", "date and source line"),
        ("點閱率:1,261", "date and source line"),
        ("字号:", "date and source line"),
        ("當前報紙名稱:白鹭晚报", None),
        ("当前报纸名称:白鹭晚报", "page label"),
        ("版面:02: 图评       上一篇    下一篇", "page label"),
        ("作者: 周宁   编辑: 李岚", "editors' line"),
        ("白鹭新闻网 编辑:周宁 李岚", "editors' line"),
        ("收藏此页】【 】【打印】【关闭", "site links"),
        ("更多>>", "site links"),
        ("收藏此页】【 】【下载点点通】【打印】【关闭", "site links"),
        ("3上一篇  下一篇4", "site links"),
        ("第A08版:白鹭热线 上一版3  4下一版", "page label"),
        ("2007年11月7日 星期 放大 缩小 默认", "date and source line"),
        ("白鹭新闻网 2006-01-01 14:22:57", "date and source line"),
        ("【推荐】【打印】【大 中 小】", "site links"),
    ],
)
def test_rows_of_a_site_are_known(text: str, why: str | None) -> None:
    assert reason(text) == why


@pytest.mark.parametrize(
    "text",
    [
        "记者：周宁 通讯员：李岚",
        "时间：5月1日上午 地点：市民中心",
        "2008年5月12日14:28白鹭县震感明显",
        "编辑：从铅字到屏幕的三十年",
        "评论",
        "短信诈骗有新花样",
        "来源：一条小溪的前世今生",
        "作者：周宁",
        "打印店的夜晚",
        "渡口|老街|人家",
        "2007年11月7日 渡口停航",
    ],
)
def test_headlines_and_bylines_are_none(text: str) -> None:
    assert reason(text) is None


def test_a_portals_page_leaves_its_story_alone() -> None:
    page = """跳转到导航栏
跳转到正文内容

白鹭县八座旧桥年内修完

http://www.example.org  2011年05月03日08:15  白鹭晚报

  本报讯 (周宁 李岚)昨天,白鹭县交通局公布旧桥维修计划,八座旧桥将在年内修完,其中三座下月封闭施工。
  县交通局负责人说,施工期间渡船加开早晚两班,沿岸学生凭学生证免票。

不支持Flash
Powered By Example

白鹭网简介|广告服务|联系我们

Copyright 1999-2011 白鹭网 版权所有
"""
    (story,) = cut_page(page).segments
    assert story.title == "白鹭县八座旧桥年内修完"
    assert story.text.startswith("本报讯 (周宁 李岚)昨天")
    assert story.text.endswith("凭学生证免票。")


def test_a_headline_pasted_with_its_story_is_no_furniture() -> None:
    page = """您当前的位置: 白鹭县环保局 > 乡村动态
石桥镇清洁家园掀高潮
发布时间:2009-02-24

石桥镇清洁家园掀高潮

  白鹭新闻网讯 (通讯员 周宁)2月20日,石桥镇召集各村干部部署清洁家园行动,要求三月底前清完河道。

部门概况

更多>>
"""
    cut = cut_page(page)
    (story,) = cut.segments
    assert story.title == "石桥镇清洁家园掀高潮"
    assert {first for first, _ in story.lines} <= {2, 5, 7}
    assert any(first <= 5 <= last for first, last in story.lines)
    assert any(first <= 9 <= last for first, last, _ in cut.boilerplate)


def test_a_sentence_that_names_an_issue_is_text() -> None:
    page = """白鹭大学三件作品获奖
文章来源:宣传部    发布时间:2016-09-26    浏览次数:85

  近日,高校校报评选揭晓,白鹭大学三件作品获奖。
  周宁的版面《白鹭大学报》第292期第一版获一等奖;李岚的言论《评选归来》获二等奖;何清的消息获三等奖。
"""
    (story,) = cut_page(page).segments
    assert "第292期" in story.text
