"""The paper a page comes from, printed or inferred; every page here is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.origins.sources import find_source


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("人民日报\n2023年7月4日 星期二 8\n正文开始。", "人民日报"),
        ("2023年7月4日 星期二 A03版 南方都市报 广州新闻", "南方都市报"),
        ("文汇报 2023年7月4日 星期二 第3版", "文汇报"),
        ("1951年9月15日人民日报 第1版\n正文", "人民日报"),
        ("正文\n" * 20 + "责任编辑：周宁\n三峡日报", "三峡日报"),
        ("民國112年10月10日 星期二 聯合報", "聯合報"),
        ("令和5年7月4日（火曜日） 朝日新聞", "朝日新聞"),
        ("标题\n发布时间:2022-05-09 10:15  来源:中国纪检监察报   \n正文", "中国纪检监察报"),
        ("标题\n来源：春江新闻网 作者：周宁 2023-01-16", "春江新闻网"),
        ("来源：中国科学报本报讯（记者周宁）", "中国科学报"),
        ("Source: The Harbour Gazette\nText", "The Harbour Gazette"),
        ("湖北日报讯(记者周宁)昨天，会议举行。", "湖北日报"),
        ("长江日报-长江网讯（记者周宁）昨天，会议举行。", "长江日报"),
        ("湖北日报全媒记者 周宁 通讯员 李岚\n会议昨天举行。", "湖北日报"),
        ("标题\n南方日报记者 周宁\n正文", "南方日报"),
        ("THE MORNING HERALD\nTuesday, July 4, 2023\nMayor opens school", "THE MORNING HERALD"),
        ("The Harbour Gazette | Tuesday 4 July 2023 | Page 3\nText", "The Harbour Gazette"),
        ("Harbour Gazette, July 4, 2023, p. 3\nText", "Harbour Gazette"),
        ("春江日报/2023年/7月/4日/第003版\n要闻", "春江日报"),
        ("THE AVERLEY COURIER   Monday, 11 January 2021   Page 6\nText", "THE AVERLEY COURIER"),
        ("春江日报  第3版  要闻\n\n标题\n正文", "春江日报"),
        ("标题\n2008年07月01日 13:40白鹭网 】 【打印\n正文", "白鹭网"),
        ("标题\nhttp://news.example.org 2008年07月15日14:55  临江网-白鹭文化报\n正文", "白鹭文化报"),
        ("标题\n文章来源:宣传部  发布时间:2016-09-26\n白鹭新闻网讯(记者周宁)近日，评选揭晓。", "白鹭新闻网"),
        ("标题\n春江晚报乡村版 2017-11-28 10:59 大字\n正文", "春江晚报乡村版"),
        ("标题\n白鹭财经 2025-10-22 08:05:27 听新闻\n正文", "白鹭财经"),
        ("春江日报 数字报纸\n标题\n正文", "春江日报"),
        ("标题\n正文\n春江日报版权所有，未经书面授权禁止使用", "春江日报"),
        ("标题\n鹭网10月8日讯 昨天，会议举行。", "鹭网"),
        ("【大公報訊】行政長官昨日出席儀式。", "大公報"),
        ("# 《新闻联播》 (20221105)\n## 新闻摘要\n正文", "新闻联播"),
        ("Известия\n4 июля 2023 г., вторник\nтекст", "Известия"),
        ("Вечерняя Нева\n4 июля 2023 г., вторник\nтекст", "Вечерняя Нева"),
    ],
)
def test_a_printed_name_is_read(text: str, name: str) -> None:
    found = find_source(text)
    assert found.name == name
    assert found.evidence is not None
    assert found.evidence.startswith("explicit: ")


@pytest.mark.parametrize(
    "text",
    [
        "本报讯（记者周宁）昨天，会议举行。",
        "本网讯（记者周宁）昨天，会议举行。",
        "2008年07月01日 13:40 白鹭县举行会议",
        "新华社记者 周宁 摄",
        "发布时间:2017-05-23 16:19:35 |  来源:未知 |  点击量:",
        "标题\n来源:本站原创\n正文",
        "数据来源：国家统计局。\n会议昨天举行。",
        "局长汇报了工作，各部门上报情况，填报报表。",
        "The mayor opened a new school. People cheered.",
        "接受《春江晚报》记者采访时，他说很高兴。",
        "",
    ],
)
def test_a_page_that_names_no_paper(text: str) -> None:
    assert find_source(text).name is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我市召开会议。荆州区、沙市区、江陵县代表参加，荆州市委书记讲话。武汉客商到访。", "荆州日报"),
        ("全省各地行动。苏仙区、娄底、常德、怀化市、祁阳市、湘潭市都有部署，省委宣讲团到岳阳。", "湖南日报"),
        ("我省出台措施。武汉、宜昌、襄阳、黄冈等地落实。", "湖北日报"),
        ("全市动员。济南市委召开会议，历下区、章丘区发言。济南的企业受益。", "济南日报"),
        ("我市动员，武汉市江岸区、江汉区、武昌区落实，武汉港开工。", "长江日报"),
        ("我县召开会议，云南省德宏州芒市、瑞丽市、盈江县代表参加，德宏州委领导出席。", "德宏日报"),
        ("本市各区部署，北京市朝阳区、海淀区、东城区落实。", "北京日报"),
    ],
)
def test_the_paper_is_inferred_from_its_places(text: str, name: str) -> None:
    found = find_source(text)
    assert found.name == name
    assert found.evidence is not None
    assert found.evidence.startswith("inferred from ")


def test_places_all_over_the_country_name_no_paper() -> None:
    assert find_source("武汉、长沙、广州、济南、成都、西安、沈阳、杭州的代表参加了会议。").name is None


def test_what_is_printed_beats_the_file_name_beats_what_is_given() -> None:
    page = "我市召开会议。荆州区、沙市区、江陵县代表参加，荆州市委书记讲话。"
    assert find_source(f"来源：春江日报\n{page}", name="江城晚报/1.txt", given="G").name == "春江日报"
    assert find_source(page, name="江城晚报/1.txt", given="G").name == "江城晚报"
    assert find_source(page, name="江城晚报_2023-07-04.txt").name == "江城晚报"
    assert find_source(page, name="1.txt", given="G").name == "G"


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    found = find_source(text)
    assert (found.name is None) == (found.evidence is None)
