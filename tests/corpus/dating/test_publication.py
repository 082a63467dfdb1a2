"""The day of printing inferred from what a page says; every page here is invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dating.publication import LONGEST_INTERVAL, find_publication
from corpus.dating.time_words import find_time_words

CASES = [
    ("第三个中国人民警察节临近，1月8日，鹤汀分局请来学生参观。2022年全市发案下降。", "2023-01-09"),
    ("第四个中国人民警察节快到了。1月8日上午，市民走进派出所参观。", "2024-01-09"),
    ("第39个教师节来临之际，9月8日，表彰大会在礼堂举行。", "2023-09-09"),
    ("9月10日是第四十个教师节。9月9日，校长们看望退休教师。", "2024-09-10"),
    ("4月15日是第八个全民国家安全教育日。当天，宣传活动在广场举行。", "2023-04-16"),
    ("9月23日，第六个中国农民丰收节主会场活动举行，村民们载歌载舞。", "2023-09-24"),
    ("第七届中国国际进口博览会5日开幕。本报上海11月5日电（记者周宁）", "2024-11-06"),
    ("11月8日，我市庆祝第二十四个中国记者节座谈会召开。", "2023-11-09"),
    ("今年是新中国成立75周年。9月28日，图书馆举办主题展览。", "2024-09-29"),
    ("为庆祝中国共产党成立100周年，6月28日，学校举行合唱比赛。", "2021-06-29"),
    ("7月30日，社区慰问退役军人，庆祝中国人民解放军建军95周年。", "2022-07-31"),
    ("新华社北京3月5日电 十四届全国人大二次会议3月5日上午开幕。", "2024-03-06"),
    ("本报北京5月6日电 2024年一季度，全国进出口总额增长。5月5日，各地迎来返程高峰。", "2024-05-07"),
    ("7月4日（星期二），气象台发布预警。2023年以来，全市降水偏少。", "2023-07-05"),
    ("1月20日，虎年新春将至，社区写春联。2021年，该社区获评先进。", "2022-01-21"),
    ("1月18日，兔年春节临近，年货市场红火。2022年底，新市场开业。", "2023-01-19"),
    ("自2025年1月1日起施行新办法。2024年11月26日，会议表决通过。", "2024-11-27"),
    (
        "12月28日，记者从市交通局获悉，2023年全市公路建设完成投资。截至11月底，完成2023年目标的98%。",
        "2023-12-29",
    ),
    ("1月9日，公司召开总结会。2023年，公司营收增长。2023年12月20日，新线投产。", "2024-01-10"),
    (
        "2022年，全市共建公园100座。1月6日，市住建局公布名单，2022年新增绿道20公里。元旦假期以来游人不断。",
        "2023-01-07",
    ),
    ("8月15日，首个全国生态日活动举行，2023年以来，全市植树三万亩。", "2023-08-16"),
    ("10月12日，街道组织巡逻，护航二十大；做好二十大安保，全年无事故。", "2022-10-13"),
    ("10月25日，全市干部学习党的二十大精神，2022年各项工作收官在望，疫情防控不放松。", "2022-10-26"),
    ("二十届三中全会精神宣讲会7月25日举行，2024年上半年全市经济平稳。", "2024-07-26"),
    ("2023年6月5日，世界环境日活动举行。6月6日，志愿者清理河道。2022年，河道水质达标。", "2023-06-07"),
    ("【新华社重庆十四日电】 我军进抵某地。1951年9月10日，代表团出发。九月十三日，群众集会。", "1951-09-15"),
    (
        "On March 3, 2023, the council voted. On March 5, the mayor signed. In 2022 the plan had failed.",
        "2023-03-06",
    ),
    (
        "В 2023 году построено три школы. В 2022 году план был другим. 4 июля 2023 года прошла встреча.",
        "2023-07-05",
    ),
    (
        "昨日（2月18日），全市招商大会召开。2024年，全市签约项目100个。2024年，我们实现了开门红。",
        "2025-02-19",
    ),
]
"""A page and a day on which it may well have been printed: the morning after its last dated event."""

UNKNOWN = [
    "没有日期的文章，只讲道理。",
    "5月9日，市领导调研防汛。",
    "老人生于1938年5月3日，1956年参军，1979年复员。",
    "近日，全市召开会议。昨天，市长出席。",
    "2001年，他来到这里。2005年，工厂关闭。2019年，他捐出全部积蓄。",
    "The town was founded in 1850 and the mill burned down in 1911.",
    "",
]


@pytest.mark.parametrize(("text", "day"), CASES)
def test_the_interval_holds_the_day(text: str, day: str) -> None:
    found = find_publication(text)
    assert found.basis == "inferred"
    assert found.start is not None
    assert found.end is not None
    assert found.start <= day <= found.end
    assert found.evidence is not None
    assert found.evidence.startswith("inferred from ")


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_page_without_a_year_has_no_date(text: str) -> None:
    found = find_publication(text)
    assert (found.date, found.start, found.end, found.basis) == (None, None, None, "none")


def test_a_date_split_over_two_lines_is_read() -> None:
    found = find_publication("2023年6月5日举行。6月\n7日上午，志愿者清理河道。6月6\n日，座谈会召开。")
    assert found.start == "2023-06-07"


def test_history_and_plans_do_not_move_the_page() -> None:
    page = "9月8日，大会举行。2023年9月7日，代表报到。"
    history = "2016年11月3日，市场拆除。2017年1月16日，另一市场关闭。"
    plans = "到2035年，建成现代化城市。报名截止时间为2024年3月1日。"
    plain, full = find_publication(page), find_publication(page + history + plans)
    assert plain.start == full.start == "2023-09-08"


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_a_day_is_named_only_for_a_short_interval(text: str) -> None:
    found = find_publication(text)
    assert found.start is not None
    assert found.end is not None
    length = (date.fromisoformat(found.end) - date.fromisoformat(found.start)).days + 1
    assert 3 <= length <= LONGEST_INTERVAL
    assert (found.date is not None) == (length <= 10)


@settings(max_examples=40, deadline=None)
@given(st.dates(date(2000, 1, 10), date(2040, 1, 1)))
def test_a_page_of_dated_news_is_dated_in_any_year(day: date) -> None:
    events = [day - timedelta(days=back) for back in (1, 2, 4)]
    first, second, third = (f"{one.month}月{one.day}日" for one in events)
    text = f"{first}，会议举行。{second}上午，市长调研。{events[2].year}年{third}，大桥通车。"
    found = find_publication(text)
    assert found.start is not None
    assert found.start <= day.isoformat() <= (found.end or "")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789年月日号至到-—第个周星期一二十今去昨（）春节元旦将于 \n", max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    found = find_publication(text)
    assert (found.start is None) == (found.end is None)
    if found.start and found.end:
        assert found.start <= found.end


@pytest.mark.parametrize("count", ["100", "一百"])
def test_an_anniversary_in_words_is_the_one_in_figures(count: str) -> None:
    cues = {cue.key: cue.words for cue in find_time_words(f"庆祝中国共产党成立{count}周年大会举行")}
    assert cues["anniversary", date(1921, 7, 1), 100] == "中国共产党成立100周年"
