"""What a line is by its form, pattern by pattern, and what looks like it and is news."""

from __future__ import annotations

import pytest

from corpus.cutting.closings import closes_story, ends_with_signature, is_office
from corpus.cutting.jumps import is_jump, jumps_out, starts_with_jump
from corpus.cutting.line_rules import furniture
from corpus.cutting.lines import join, read_lines
from corpus.cutting.notices import is_notice

NOTICES = [
    *(
        "拍 卖 公 告",
        "渡口招标公示",
        "寻物启事",
        "遗失声明（二）",
        "遗失声明",
        "封航通告",
        "证件遗失",
        "支票挂失",
        "渡运公司招聘",
    ),
    *(
        "旺铺招租",
        "旧船拍卖",
        "码头工程中标",
        "码头工程招标",
        "讣告",
        "老照片征集",
        "晚报订阅",
        "通讯录",
        "公司注销",
        "公司减资",
    ),
    *(
        "寻亲",
        "寻人",
        "更正",
        "致歉",
        "广告",
        "公告：封航三天",
        "公示：拟录用船工",
        "启事一则",
        "招聘船工两名",
        "广告热线",
    ),
    *("Public Notice", "LEGAL NOTICES", "Notice", "For Sale", "To Let", "Lost", "Lost and Found", "Vacant"),
    *(
        "Situations Vacant",
        "Situations Wanted",
        "Classified",
        "Classifieds: boats",
        "Advertisement",
        "Объявления",
    ),
    *("Продаётся лодка", "Сдается дом", "Требуются матросы", "Требуется кок", "Утерян паспорт"),
]
NO_NOTICES = [
    *(
        "两国发表联合声明",
        "三方签署声明",
        "各国共同发表公告",
        "会议通过声明",
        "各方达成声明",
        "夜市广告牌拆了",
        "广告牌倒下无人受伤",
        "招聘会迎来三千人",
    ),
    *(
        "Notice of the storm came late",
        "Lost boat found at Greenvale",
        "For sale signs are up in town",
        "Wanted man caught",
    ),
]


@pytest.mark.parametrize("text", NOTICES)
def test_headlines_of_notices(text: str) -> None:
    assert is_notice(text)


@pytest.mark.parametrize("text", NO_NOTICES)
def test_headlines_of_news_are_no_notices(text: str) -> None:
    assert not is_notice(text)


CLOSINGS = [
    *("(Reporting by Ann Lee)", "(Writing by Tom Ray; Editing by Ann Lee)", "(Editing by Ann Lee)"),
    *(
        "(Additional reporting by Tom Ray in Greenvale)",
        "(With contributions from agencies)",
        "-30-",
        "- 30 -",
        "###",
    ),
    *(
        "（完）",
        "(完)",
        "【完】",
        "■",
        "□",
        "（王林 李芳）",
        "（王林、李芳）",
        "（本报记者 王林）",
        "（通讯员 陈白）",
        "（临江日报）",
    ),
    *(
        "（白鹭晚报）",
        "（新华社）",
        "（白鹭网）",
        "（下转第3版）",
        "Continued on page 7",
        "See FERRY, Page A4",
    ),
]
NO_CLOSINGS = [
    *(
        "(reporting a loss of two boats)",
        "(Reports say it rained)",
        "（完成了三分之一）",
        "（王林，临江人）",
        "（王林：渡口见闻）",
    ),
    *("（一）", "（渡口封航三天）", "王林 李芳", "（王林 李芳）说"),
    # As long as a sentence, a text that ends with a jump is a paragraph; and brackets may hold a whole one.
    "The council had heard for hours, but the vote was put off. Continued on page 7",
    "（本报记者 " + "王林 李芳 " * 10 + "）",
]


@pytest.mark.parametrize("text", CLOSINGS)
def test_lines_that_close_a_story(text: str) -> None:
    assert closes_story(text)


@pytest.mark.parametrize("text", NO_CLOSINGS)
def test_lines_that_close_none(text: str) -> None:
    assert not closes_story(text)


@pytest.mark.parametrize(("letters", "closes"), [(9, True), (10, False)])
def test_a_jump_closes_a_story_if_it_is_little_more(letters: int, closes: bool) -> None:
    assert closes_story("y" * letters + " Continued on page 7") == closes


@pytest.mark.parametrize("stop", "。！？”.!?")
def test_names_after_any_stop_sign_a_paragraph(stop: str) -> None:
    assert ends_with_signature(f"渡口下月封航{stop}（王林 李芳）")
    assert not ends_with_signature(f"渡口下月封航{stop}（王林说的）")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "白鹭县人民政府",
            "白鹭县渡口管理委员会",
            "县渡运办公室",
            "白鹭县渡运公司",
            "白鹭晚报编辑部",
            "县防汛指挥部",
        ),
        *("白鹭县法院", "白鹭县检察院", "县渡运中心", "船工协会", "白鹭县（石桥）交通局"),
    ],
)
def test_offices_under_a_notice(name: str) -> None:
    assert is_office(name)
    assert not is_office(f"{name}昨天开会")


@pytest.mark.parametrize("text", ["渡口建设新格局", "战略布局", "春运开局", "会谈结局", "白鹭县"])
def test_what_is_no_office(text: str) -> None:
    assert not is_office(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "（上接第1版）",
            "上接A1版",
            "紧上接一版",
            "緊上接2版",
            "紧接第2版",
            "接第一版",
            "（接头版）",
            "▲上接二版",
            "【上接第十二版】",
        ),
        *(
            "[上接第3版",
            "上接本报第3版",
            "Continued from page 1",
            "continued from Page 1",
            "CONTINUED FROM PAGE 1",
        ),
        *(
            "FROM PAGE A1",
            "From page 1",
            "From Page 1",
            "Окончание. Начало на 1-й стр.",
            "Начало на 1-й стр.",
        ),
    ],
)
def test_jumps_from_another_page(text: str) -> None:
    assert is_jump(text)
    assert starts_with_jump(text + " 会议要求抓好落实，各乡镇都要行动起来。")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "（下转第3版）",
            "下转B2版",
            "▼下转四版",
            "下轉第2版",
            "（下转第3版 渡口）",
            "Continued on page 7",
            "Continues on B2",
        ),
        *(
            "CONTINUED on A7",
            "See FERRY, Page A4",
            "see Ferry page 4",
            "Please see FERRY, PAGE 4",
            "SEE FERRY, page A4",
        ),
        "Окончание на 3-й стр.",
    ],
)
def test_jumps_to_another_page(text: str) -> None:
    assert jumps_out(text)
    assert not is_jump(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "他接第三个电话时笑了",
            "接到版面通知",
            "下转第3版。渡口昨天封航，县里开会部署抢修",
            "We see the ferry on page one",
        ),
        *(
            "Начало учебного года",
            "From pages of history",
            "They continued on foot for two more days in the heavy rain",
        ),
    ],
)
def test_no_jumps(text: str) -> None:
    assert not is_jump(text)
    assert not jumps_out(text)


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("the har-", "bour", "the harbour"),
        ("a-", "b", "ab"),
        ("-", "b", "- b"),
        ("route 4-", "lane", "route 4- lane"),
        ("the 4x-", "lane", "the 4xlane"),
        ("har\u00ad", "bour", "harbour"),
    ],
)
def test_hyphens_at_the_seam(left: str, right: str, joined: str) -> None:
    assert join(left, right) == joined


MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *(
        "November",
        "December",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
    ),
    *(
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
    ),
    "декабря",
]


def reason(text: str) -> str | None:
    return furniture(read_lines(text)[0])


@pytest.mark.parametrize("month", MONTHS)
def test_days_of_every_month(month: str) -> None:
    assert reason(f"4 {month} 2019") == reason(f"{month} 4, 2019") == "date line"


@pytest.mark.parametrize(
    "text", ["Skip to content", "Latest commit", "History", "File metadata and controls", "[编辑推荐] 渡口"]
)
def test_words_of_a_sites_frame(text: str) -> None:
    assert reason(text) == "site links"


@pytest.mark.parametrize("text", ["History of the ferry", "Latest commitments made", "[编辑] 渡口"])
def test_words_of_a_headline(text: str) -> None:
    assert reason(text) is None
