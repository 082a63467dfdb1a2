"""Dates that pages print of themselves, and those that only look so."""

from __future__ import annotations

import pytest

from corpus.dating.given import GivenDate
from corpus.dating.printed import find_printed_date, read_file_name
from corpus.dating.publication import find_publication

BODY = "\n市长昨天出席了新学校的落成典礼，约三百名市民到场。2019年5月1日，老校舍曾经翻修。\n学生们很高兴。"


@pytest.mark.parametrize(
    "head",
    [
        "2023年7月4日 星期二 8 春江日报",
        "【日期】= 2023.07.04",
        "2023年7月4日 星期 放大 缩小 默认",
        "文件\n历史\n新闻联播 2023-07-04",
        "春江日报\n2023年7月4日 星期二",
        "2023年7月4日星期二\n本版编辑 周宁\n要闻 2",
        "要闻\n2023.07.04 星期二\n责编：周宁 美编：李岚",
        "二〇二三年七月四日 星期二 农历癸卯年五月十七",
        "民國112年7月4日 星期二 春江日報",
        "令和5年7月4日（火曜日） 春江新聞",
        "2023年7月4日春江日报 第1版",
        "发布时间：2023-07-04 08:40  来源：春江新闻网",
        "日期：2023年7月4日 版次：A05 作者：周宁",
        "2023年07月04日08:12 | 来源：春江日报",
        "2023-07-04 来源：春江新闻网 浏览：233次",
        "刊发日期:2023-07-04 阅读次数: 作者:",
        "春江日报/2023年/7月/4日/第003版\n要闻",
        "首页 > 正文\n\n标题\n\n2023-07-04 09:52 | 来源: 春江日报\n【字号: 打印",
        "2023年07月04日\n本报讯 各部门加强监督",
        "Harbour Gazette, July 4, 2023, p. 3",
        "By Jane Roe\nJuly 4, 2023 | 8:15 AM",
        "http://news.example.com/content/202307/04/c11337.html",
        "https://paper.example.cn/cjrb/2023-07/04/node_2.htm",
        "The Harbour Gazette | Tuesday 4 July 2023 | Page 3",
        "THE HARBOUR GAZETTE\nTuesday, July 4, 2023",
        "Posted on July 4, 2023 by admin",
        "Вторник, 4 июля 2023 года № 120",
        "4 июля 2023 г., вторник",
        "Martes, 4 de julio de 2023",
        "2023년 7월 4일 화요일",
    ],
)
def test_a_page_s_own_date_is_read(head: str) -> None:
    found = find_publication(head + BODY)
    assert (found.date, found.start, found.end, found.basis) == (
        "2023-07-04",
        "2023-07-04",
        "2023-07-04",
        "printed",
    )
    assert found.evidence
    assert found.evidence.split()[0] in head


def test_a_footer_can_carry_the_date() -> None:
    found = find_printed_date(
        "标题\n" + "这是一段正文，讲述城里的事。\n" * 20 + "2023年7月4日 星期二 责任编辑：周宁"
    )
    assert found is not None
    assert found.day.isoformat() == "2023-07-04"


@pytest.mark.parametrize(
    "text",
    [
        "本报讯 2023年7月4日上午，会议在市政府礼堂举行，约三百人参加。",
        "遗失声明\n张某遗失身份证，声明作废。\n春江某某有限公司\n2023年7月4日\n下面是另一篇文章，讲的是别的事情。",
        "（2020年5月28日第十三届全国人民代表大会第三次会议通过）\n第一条 为了保护权益，制定本法。",
        "The council met.\nIt voted.\nThe law took effect on July 4, 2023, officials of the city said.",
        "报名时间为2023年7月4日至2023年7月8日，地点在一楼大厅，联系人李老师。",
        "停电时间：2023年7月4日 星期二 8:00-18:00\n停电范围：北街",
        "时间：2023年7月4日（星期二）上午9点\n地点：市民中心一楼",
        "没有日期的一页。",
        "",
    ],
)
def test_other_dates_are_not_the_page_s_own(text: str) -> None:
    assert find_printed_date(text) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("春江日报_2023-07-04_03.txt", "2023-07-04"),
        ("cj20230704a.txt", "2023-07-04"),
        ("2023/07/04/page1.txt", "2023-07-04"),
        ("2023-07-04/1.txt", "2023-07-04"),
        ("春江日报2023年7月4日第3版.txt", "2023-07-04"),
        ("2023.07.04.txt", "2023-07-04"),
        ("issue_1898_03_12.txt", "1898-03-12"),
        ("000_b0b3346409189a58.txt", None),
        ("20231345.txt", None),
        ("page.txt", None),
        ("", None),
        ("tel02023070412.txt", None),
    ],
)
def test_dates_in_file_names(name: str, day: str | None) -> None:
    found = read_file_name(name)
    assert (found.day.isoformat() if found else None) == day


def test_printed_beats_file_name_beats_given_beats_inferred() -> None:
    given = GivenDate("2022-01-01", "2022-01-01")
    inferable = "第39个教师节来临之际，9月8日，表彰大会在礼堂举行。"
    assert (
        find_publication("2023年7月4日 星期二\n" + inferable, name="2021-05-05.txt", given=given).basis
        == "printed"
    )
    assert find_publication(inferable, name="2021-05-05.txt", given=given).date == "2021-05-05"
    assert find_publication(inferable, name="p.txt", given=given).basis == "metadata"
    assert find_publication(inferable, name="p.txt").basis == "inferred"
