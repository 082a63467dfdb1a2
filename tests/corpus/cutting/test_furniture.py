from __future__ import annotations

import pytest

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import read_lines


def marks(page: str) -> list[str | None]:
    return mark_furniture(read_lines(page))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("http://www.example.org/news/1.html", "web address"),
        ("当前位置：首页 > 新闻中心 > 县区", "breadcrumb"),
        ("首页 > 民生 > 正文", "breadcrumb"),
        ("发布时间：2021-03-10 09:32　来源：临江晚报", "date and source line"),
        ("2021-03-10 09:32", "date line"),
        ("2019年5月14日 星期二 4 临江日报", "masthead"),
        ("The Harbour Gazette   Tuesday, June 4, 2019   Page 3", "masthead"),
        ("Вестник Приозёрья    Пятница, 12 апреля 2019", "masthead"),
        ("第3版", "page label"),
        ("本版责编：卢青 康小宁", "editors' line"),
        ("责任编辑 王林 美编 张三", "editors' line"),
        ("国内统一连续出版物号 CN00-0000", "imprint"),
        ("版权所有：白鹭县融媒体中心", "copyright"),
        ("上一篇：石桥镇修复三座古桥", "site links"),
        ("* * *", "rule"),
        ("本文地址:http://www.example.org/1.html", "web address"),
        ("临江(linjiang.com)", "web address"),
        ("10:15", "date line"),
        ("(1997.01.08)", "date line"),
        ("2014年8月4日 星期", "date line"),
        ("1886 期 / 第2版:2", "page label"),
        ("下一版»本期共4版, 当前第1版 PDF", "page label"),
        ("首页 天气预报 新闻 短信", "site links"),
        ("江上新闻(420493)-20210702084736", "site links"),
        ("（资料图）", "site links"),
        ("- 新闻推荐", "site links"),
        ("热点图片", "site links"),
        ("返回主页 | 临江晚报 | 版面导航 |", "links"),
        ("## 14. 国内简讯", "section label"),
        ("全国のニュース", "section label"),
    ],
)
def test_reasons(line: str, reason: str) -> None:
    assert marks(line) == [reason]


@pytest.mark.parametrize(
    "line",
    [
        "2019年5月14日，全市夏粮收购工作会议召开。",
        "编辑部里的年轻人",
        "“网上首页改版后，查询更方便了。”他说。",
        "时间就是生命：记急救站的一天",
        "版权保护工作站揭牌",
        "设计 施工 一体化推进见效",
        "Home is where the harbour lights are, the old sailors used to say.",
    ],
)
def test_text_is_no_furniture(line: str) -> None:
    assert marks(line) == [None]


def test_contents_are_furniture_where_they_come_first() -> None:
    page = "甲县修路通车了\n乙县办起夜校\n丙县茶叶丰收\n" + "".join(
        f"{title}\n这条消息的正文在这里，讲了一件事情的经过。\n"
        for title in ("甲县修路通车了", "乙县办起夜校", "丙县茶叶丰收")
    )
    assert marks(page) == ["contents"] * 3 + [None] * 6


def test_footer_takes_the_rest() -> None:
    page = "正文在这里，讲了一件事情的经过和结果。\n" * 12 + "版权所有：某某网\n某市人民路1号"
    assert marks(page)[-2:] == ["copyright", "footer"]


def test_contents_and_flashes_of_a_bulletin() -> None:
    page = (
        "晚间新闻文字完整版 2021年6月3日\n主要内容：\n1、夏收进入高峰\n2、联播快讯\n夏收进入高峰\n"
        "截至今天，全国已收获冬小麦过六成，日机收面积连续五天超过两千万亩。\n国内联播快讯\n"
        "西山铁路隧道今天贯通，全长十七公里。\n以上内容由听友小组整理，感谢收听！"
    )
    assert marks(page) == [*["contents"] * 4, None, None, None, None, "closing line"]


@pytest.mark.parametrize(
    "line",
    ["END", "点个“在看”，转发给更多人", "原创 白鹭融媒 白鹭发布 2023-05-06 18:30 发表于临江", "往期推荐"],
)
def test_frame_of_a_messenger_post(line: str) -> None:
    assert marks(line) == ["site links"]


@pytest.mark.parametrize(
    "line",
    [
        "渡口开航现场(来源:县委宣传部 周宁摄)",
        "渡船票价的收入来源：县财政补贴与船票",
        "周宁订了晚报，打了二十多个报料电话，都是邻里小事，编辑部每次都记下来，他说自己闲不住。",
        "白鹭县建立渡口意见反馈机制",
        "Search for missing ferry goes on",
        "Home prices rise along the river",
        "Print works to close after a century",
        "Share the road, police tell cyclists",
    ],
)
def test_what_only_resembles_furniture_stays(line: str) -> None:
    assert marks(line) == [None]
