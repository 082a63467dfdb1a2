"""The rubric over a page's first headline, and what else stands alone at a page's top."""

from __future__ import annotations

import pytest

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import read_lines
from corpus.cutting.openings import opens_story
from corpus.cutting.writing import simplified

HEAD = "城东新学校落成"
TEXT = "本报讯（记者周宁）7月3日，城东新学校落成，约三百名市民来到现场，孩子们在新操场上合唱了歌曲。"
MAST = "白鹭日报 2021年7月4日 星期日 第二版"


def taken(*lines: str) -> list[str]:
    read = read_lines("\n".join(lines))
    return [line.text for line, mark in zip(read, mark_furniture(read), strict=True) if mark]


@pytest.mark.parametrize("rubric", ["教育", "本地新闻", "2   要 闻", "區域"])
def test_a_rubric_under_the_masthead(rubric: str) -> None:
    assert taken(MAST, rubric, HEAD, TEXT) == [MAST, rubric]


def test_a_flag_on_a_page_without_furniture_stays() -> None:
    assert taken("教育", HEAD, TEXT) == []


def test_a_word_over_text_is_its_headline() -> None:
    assert taken(MAST, "教育", TEXT) == [MAST]


def test_the_name_of_a_column_of_items() -> None:
    items = [f"●{TEXT[14:]}" for _ in range(3)]
    assert taken(MAST, "乡间来风", *items) == [MAST, "乡间来风"]
    assert taken(MAST, "乡间来风", *items[:2], TEXT) == [MAST]


@pytest.mark.parametrize(
    "line",
    [
        "00004版：城市更新特别报道之二",
        "白鹭日报 数字报纸",
        "白鷺日報 電子報",
        "中華民國110年7月4日星期日",
        "民国三十七年七月四日 星期日",
        "主管单位：白鹭县融媒体中心 地址：白鹭县湖滨路3号",
        "总监制：周 宁",
        "出 品 | 白鹭县融媒体中心",
        "文章日期：2021年7月4日",
        "白鹭天气：今天多云，东风2级，气温21~28℃",
        "您好，欢迎来到白鹭县图书馆官方网站！          服务热线：0555-1234567",
        "廣告 廣告",
        "位置：当前位置：首页 >> 教育",
        "（《白鹭日报》2021年7月4日2版）",
        "本报热线：0555-1234567",
    ],
)
def test_lines_that_are_no_storys(line: str) -> None:
    assert taken(line, HEAD, TEXT) == [line]


@pytest.mark.parametrize("line", ["全县食品安全情况通报", "食品通报", "水情预报", "捷报频传"])
def test_a_report_is_no_paper(line: str) -> None:
    assert taken(line, TEXT) == []


@pytest.mark.parametrize(
    "line",
    [
        "记 者 | 周 宁 王小林",
        "视 觉 | 周 宁",
        "联合新闻网/ 记者周宁/台北报导",
        "VON ANNA WEBER",
        "Por Ana Torres",
        "Foto: Anna Weber / dpa",
        "Фото © ТАСС",
    ],
)
def test_who_wrote_or_pictured_stays(line: str) -> None:
    assert taken(HEAD, line, TEXT) == []


def test_a_paragraph_with_a_pictures_owner_behind_it_stays() -> None:
    told = (
        "The new school on East Street opened on Monday, and three hundred neighbours came to see its rooms, "
        "the head teacher said."
    )
    assert taken(f"{told}  © Harbour Council, Anna Weber", TEXT) == []
    assert taken(TEXT, "© Harbour Council, all rights reserved") == ["© Harbour Council, all rights reserved"]


def test_a_sites_name_at_the_top() -> None:
    frame = ["白鹭新闻网", HEAD, "2021-07-04 08:12  来源：白鹭日报"]
    assert taken(*frame, TEXT, TEXT, "分享到") == [frame[0], frame[2], "分享到"]


def test_a_button_under_every_headline() -> None:
    lines = ["登录", "下载客户端", HEAD, "NEWS link", TEXT, "老桥翻修完工", "NEWS link", TEXT]
    assert taken(*lines) == ["登录", "下载客户端", "NEWS link", "NEWS link"]


def test_a_caption_that_comes_twice_stays() -> None:
    lines = [
        "当前位置：首页 > 教育 > 正文",
        HEAD,
        "2021-07-04 08:12 来源：白鹭日报",
        "孩子们排队入校",
        "（孩子们排队入校）",
    ]
    assert [line for line in lines[3:] if line in taken(*lines, TEXT, "分享到")] == []


def test_who_wrote_over_the_date_is_no_title() -> None:
    frame = [
        "当前位置：首页 > 图片 > 正文",
        "稻浪",
        "白鹭网记者 周宁",
        "2021-07-04 08:12 来源：白鹭日报",
        "大字号",
    ]
    caption = "7月3日，石桥镇农民在田里驾驶收割机。周宁摄"
    assert taken(*frame, caption, TEXT, "返回顶部") == [frame[0], *frame[3:], "返回顶部"]


@pytest.mark.parametrize("call", ["下载白鹭新闻APP，随时看新闻！", "打开白鹭客户端，查看全文"])
def test_a_call_to_use_the_papers_program(call: str) -> None:
    assert taken(HEAD, TEXT, TEXT, call) == [call]


def test_a_sites_notices_are_evidence() -> None:
    notices = ["抱歉，您的浏览器版本过低。", "请升级浏览器至最新版本。", "如需转载，请与我们联系。"]
    assert taken(HEAD, *notices, TEXT, TEXT) == notices


def test_where_all_is_cut_off_it_is_the_pages_own() -> None:
    cut = [
        f"{TEXT[14:]}…",
        "东大街老桥翻修完工，桥面月底恢复通车，两侧新增步道和夜灯，施工方说桥墩加固用了八个月的时间…",
        "少年儿童图书馆迁入新馆，藏书增加到十二万册，周末延长开放两小时，首日接待读者一千余人，比老馆多…",
    ]
    lines = ["登录 注册", "下载客户端", HEAD, cut[0], "老桥翻修完工", cut[1], "图书馆迁新馆", cut[2]]
    assert [line for line in cut if line in taken(*lines)] == []


def test_a_headline_in_capitals_with_a_dash_is_no_dateline() -> None:
    assert not opens_story("BREAKING NEWS -- RIVER BANK GIVES WAY, THREE VILLAGES ARE CLEARED")
    assert opens_story("WARSAW (Reuters) -- The river bank gave way and three villages were cleared.")


def test_traditional_writing_is_read_as_simplified() -> None:
    assert simplified("歡迎收聽白鷺新聞") == "欢迎收听白鷺新闻"
    assert simplified("欢迎收听") == "欢迎收听"
