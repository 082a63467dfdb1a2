"""Datelines as papers of many calendars and scripts print them, above or within a page of our own words."""

from __future__ import annotations

import pytest

from corpus.dating.publication import find_publication

ZH = (
    "\n本报讯（记者周宁）昨日，城东新学校落成，约三百名市民来到现场。孩子们合唱了歌曲，家长们纷纷拍照留念。\n"
)
EN = "\nThe city council voted on Monday night to keep the bridge open, and the mayor signed the order.\n"
RU = "\nВ городе открыли новую школу, на праздник пришли около трёхсот жителей, дети спели песни.\n"


@pytest.mark.parametrize(
    "page",
    [
        "春江日报  2023年7月4日 星期二 农历癸卯年五月十七 第12345期" + ZH,
        "春江日报\n二〇二三年七月四日 星期二" + ZH,
        "2023.07.04 星期二 A3版 要闻\n春江晚报" + ZH,
        "春江日报 2023-07-04 第3版" + ZH,
        "春江日報 中華民國一一二年七月四日 星期二" + ZH,
        "民國112年7月4日 星期二 A3版\n春江時報" + ZH,
        "星期二 2023年7月4日 癸卯年五月十七" + ZH,
        "责任编辑：周宁 2023年7月4日 第3版 电话：0571-88881234" + ZH,
        "来源：春江网 发布时间：2023-07-04 09:12 浏览：33" + ZH,
        "发布日期：2023/7/4 来源：春江日报" + ZH,
        "THE MILLBROOK GAZETTE, Tuesday, July 4, 2023" + EN,
        "The Millbrook Gazette | Tuesday 4 July 2023 | Page 3" + EN,
        "Vol. 12 No. 34   Tuesday, 4th July 2023   Price 50p\nTHE MILLBROOK GAZETTE" + EN,
        "Published: 4 Jul 2023, 10:30 By Jane Roe" + EN,
        "Вторник, 4 июля 2023 года № 34\nКАМЕННЫЙ ВЕСТНИК" + RU,
        "КАМЕННЫЙ ВЕСТНИК 04.07.2023 вторник" + RU,
        "Dienstag, 4. Juli 2023 MÜHLBACHER ZEITUNG\nDer Rat beschloss gestern den Bau der Schule am Fluss.\n",
        "令和5年7月4日（火曜日） 春江新聞 朝刊\n市長は昨日、新しい学校の完成式に出席した。\n",
        "2023年（令和5年）7月4日 火曜日 春江新聞\n市長は昨日、新しい学校の完成式に出席した。\n",
        "2023년 7월 4일 화요일 봄강일보\n시장은 어제 새 학교의 준공식에 참석했다.\n",
        "วันอังคารที่ 4 กรกฎาคม พ.ศ. 2566\nนายกเทศมนตรีเปิดโรงเรียนใหม่เมื่อวานนี้\n",
        "Martes, 4 de julio de 2023 EL DIARIO DEL VALLE\nEl alcalde inauguró ayer la nueva escuela.\n",
        "Mardi 4 juillet 2023 - La Gazette du Val\nLe maire a inauguré hier la nouvelle école.\n",
    ],
)
def test_a_printed_date_is_read(page: str) -> None:
    found = find_publication(page, name="page.txt", given=None)
    assert (found.date, found.basis) == ("2023-07-04", "printed")


@pytest.mark.parametrize(
    "page",
    [
        "通知" + ZH + "报名截止时间：2023年9月30日。\n",
        "本报讯（记者周宁）该校始建于1956年9月1日，去年完成改造，学生们在新教室上课。\n",
        "遗失声明\n周宁遗失身份证，签发日期2019年3月5日，声明作废。\n",
    ],
)
def test_a_day_of_something_else_is_not_the_page_s_own(page: str) -> None:
    assert find_publication(page, name="page.txt", given=None).date is None
