"""Stamps of sites: days, times, counters, ids; and headlines that name a day."""

from __future__ import annotations

import pytest

from corpus.cutting.site_stamps import is_junk, is_label, stamp_score


@pytest.mark.parametrize(
    "line",
    [
        "2021/03/05 11:27 记者周宁",
        "2021-03-05 16:58　春江晚报　记者 周宁",
        "春江网 2021-03-05 08:30 大字",
        "5 марта 2021 09:49",
        "05.03.2021, 14:01",
        "Обновлено: 5 марта 2021, 318 просмотров",
        "Erstellt: 05.03.2021 / 18:31 Uhr",
        "Vor 3 Stunden",
        "53 mins ago in Entertainment",
        "Published March 5, 2021 8:15 am",
        "Publié le 5 mars 2021 à 08h15",
        "Publicado el 5 de marzo de 2021",
        "318 views",
        "春ICP备00000000号-2",
        "图片.jpg",
        "文章字数:783",
        "31st May 2024",
        "9°C",
        "{k}/{n}",
        "Artikel {k} von {n}",
        '[the_ad_placement id="top"]',
        "正在阅读:城东新学校落成",
        "原标题:城东新学校落成",
        "5f3e2a1c-aa00-11e7-a840-5972c6b11446",
    ],
)
def test_stamps(line: str) -> None:
    assert stamp_score(line) >= 0.5


@pytest.mark.parametrize(
    "line",
    [
        "2021年3月5日起施行新的停车办法",
        "2021年高考3月5日报名",
        "Council meets March 5 at town hall to discuss the budget",
        "On March 5, 2021 the old bridge was closed to all traffic",
        "24-Jähriger am 05.03.2021 auf der Autobahn verunglückt",
        "3 марта 2021 года в районе открылась новая школа",
        "Три школы получат новые автобусы",
        "110个村通了自来水",
        "三月五日",
    ],
)
def test_headlines_with_days_and_numbers(line: str) -> None:
    assert stamp_score(line) < 0.5


@pytest.mark.parametrize("line", ["318", "+1", "( )", "- -"])
def test_a_number_or_mark_alone_is_likely_one(line: str) -> None:
    assert 0.5 < stamp_score(line) < 0.75


def test_what_programs_leave_is_junk() -> None:
    assert is_junk("城东新学校 content_123456.html 1 3 /enpproperty-->")
    assert not is_junk("城东新学校 2021-03-05")


@pytest.mark.parametrize("line", ["发布时间:", "来源：", "Source:", "Рубрика:"])
def test_labels_without_a_value(line: str) -> None:
    assert is_label(line)


@pytest.mark.parametrize("line", ["来源：春江网", "他说：", "Er sagte:"])
def test_labels_with_a_value_and_what_introduces_speech(line: str) -> None:
    assert not is_label(line)


@pytest.mark.parametrize("line", ["流程编辑 周宁", "版面编辑:周宁", "图片编辑：周宁 赵敏"])
def test_who_edited_is_a_stamp(line: str) -> None:
    assert stamp_score(line) >= 0.75


@pytest.mark.parametrize("line", ["编辑部里的年轻人", "文字编辑 走进城东新学校课堂", "总编辑说，学校办得好"])
def test_news_about_editors_is_none(line: str) -> None:
    assert stamp_score(line) == 0.0
