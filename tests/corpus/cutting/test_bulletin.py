"""What a bulletin says between its items."""

from __future__ import annotations

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import read_lines
from corpus.cutting.page import cut_page

ITEMS = (
    "1、白鹭县八座旧桥的维修昨天开工，其中三座封闭施工，沿岸学生改乘渡船，县里加开了早晚两班。",
    "2、石桥镇今年的秋粮已收割九成，镇里请来二十台烘干机，农户可以排队免费烘粮，雨天也不误收割。",
    "3、临江港上月吞吐量首次超过一百万吨，新开的两条航线运走了三成货物，码头工人分成三班。",
)


def test_greetings_and_flags_of_sections_are_no_story() -> None:
    greeting = "今天是9月21日星期二,欢迎收听由临江台出品的新闻早餐。"
    page = "\n".join([greeting, "【本县】", ITEMS[0], ITEMS[1], "【临江】", ITEMS[2]])
    cut = cut_page(page)
    assert [segment.lines for segment in cut.segments] == [((3, 3),), ((4, 4),), ((6, 6),)]
    assert {reason for _, _, reason in cut.boilerplate} == {"greeting", "section label"}


def test_one_flag_alone_may_be_a_headline() -> None:
    cut = cut_page(f"【喜报】\n{ITEMS[1]}\n")
    assert cut.segments[0].lines[0][0] == 1


def test_a_digests_title_with_its_days_is_none_of_its_headlines() -> None:
    page = (
        "一周新闻回顾(2013年11月3~9日)\n"
        f"【白鹭县旧桥开修】\n{ITEMS[0]}修桥的钱由省里和县里各出一半，工期八个月。\n"
        f"【石桥镇秋粮收割过九成】\n{ITEMS[1]}镇农技站还派人到田头验水分。\n"
    )
    cut = cut_page(page)
    assert [segment.title for segment in cut.segments] == ["【白鹭县旧桥开修】", "【石桥镇秋粮收割过九成】"]
    assert cut.boilerplate == ((1, 1, "masthead"),)


def test_names_of_sections_among_bulleted_items_are_labels() -> None:
    page = (
        "生活服务",
        "● 八月十五日起，石桥镇渡口加开早晚两班渡船，学生凭学生证免票，老人半价乘坐，其余不变。",
        "文体天地",
        "● 白鹭县龙舟赛昨天落幕，二十支队伍参赛，石桥镇队获得第一名，云台乡队获得第二名。",
        "● 县图书馆新馆开放，藏书八万册，周末延长到晚上九点，读者可以凭身份证借书，每次五册。",
    )
    found = mark_furniture(read_lines("\n".join(page)))
    assert found == ["section label", None, "section label", None, None]


def test_a_bulletins_title_and_motto_go_with_its_greeting() -> None:
    page = (
        "岁岁平安",
        "早安!",
        "今天是1月23日星期一,欢迎收听临江早新闻。",
        "1、石桥镇渡口今天加开早晚两班渡船，学生凭学生证免票，老人半价乘坐，其余票价不变。",
    )
    assert mark_furniture(read_lines("\n".join(page)))[:3] == ["greeting"] * 3


def test_a_story_may_begin_with_the_day() -> None:
    page = (
        "又到种树时",
        "今天是3月12日，石桥镇两百名村民上山种树，三个小时种下一千二百棵柏树，荒坡添了绿色。",
    )
    assert mark_furniture(read_lines("\n".join(page))) == [None, None]


def test_a_shows_name_at_the_top_is_the_pages() -> None:
    for line in ("临江早新闻", "新闻联播 2021-12-15", "4月24日晚间新闻联播要闻集锦"):
        told = "石桥镇渡口今天加开早晚两班渡船，学生凭学生证免票，老人半价乘坐，其余票价不变。"
        assert mark_furniture(read_lines(f"{line}\n渡口加开早晚班\n{told}"))[0] == "masthead"
