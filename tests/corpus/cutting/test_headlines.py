from __future__ import annotations

import pytest

from corpus.cutting.headlines import choose_title, headline_score, is_deck, is_flag, join_title
from corpus.cutting.words import grams
from tests.corpus.simulator.blocks import BLOCKS, HeadBlock


@pytest.mark.parametrize(
    "text",
    [
        "全市夏粮收购工作启动",
        "——一堂特殊的课",
        "三条路贯通 老城出行不再难",
        "临江港：一年吞吐千万吨",
        "Council Backs Ferry Plan",
        "Новая пристань открыта",
    ],
)
def test_headlines_score_high(text: str) -> None:
    assert headline_score(text) > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "会议要求抓好落实。",
        "一要加强领导，二要落实责任，三要强化督查，四要严肃纪律，",
        "区县\t姓名\t13800000000",
        "The vote was nine to two.",
        "字" * 80,
    ],
)
def test_body_scores_low(text: str) -> None:
    assert headline_score(text) < 0


def test_decks_and_flags() -> None:
    assert is_deck("——写在绿道贯通之际")
    assert is_flag("城市更新进行时")
    assert is_flag("【新时代画卷】")
    assert not is_flag("白鹭县启动冬修水利")


LEAD = grams("临江市把江边的旧码头改造成驿站，滨江绿道把二十多处公园串了起来，市民有了散步的好去处。")


def test_title_is_the_line_the_lead_repeats() -> None:
    rows = ["山水入城 步步有景", "临江建成滨江绿道", "——写在绿道贯通之际"]
    assert choose_title(rows, LEAD, {}, tight=[False] * 3) == (1,)


@pytest.mark.parametrize(
    ("rows", "lead", "title"),
    [
        (
            ["白鹭国外长在大会发言", "呼吁外国船队撤出近海"],
            "白鹭国外交部长今天在大会发言，呼吁外国船队撤出近海，尊重白鹭国的渔权。",
            1,
        ),
        (
            ["执行三方通航协议", "远航渡船抵达石桥", "各乡渔民和学校师生列队欢迎"],
            "执行三方通航协议的远航渡船抵达石桥，受到各乡渔民热烈欢迎。",
            1,
        ),
        (
            ["周清从艺七十周年展在临江举行", "林省长表示祝贺"],
            "画家周清从艺七十周年展今天在临江举行，林省长送来花篮表示祝贺。",
            0,
        ),
        (
            ["深入农户了解增收减负状况", "临江市人大开展百村调研"],
            "临江市人大日前组织调研组，深入十八个乡镇的农户，了解农民增收减负状况。",
            1,
        ),
        (
            ["渔政船队出海巡查三百海里", "林局长视察沿岸渔港赞扬船员的成绩"],
            "渔政船队出海三百海里。局长林清到沿岸渔港视察，赞扬船员取得的成绩。",
            0,
        ),
    ],
)
def test_kicker_and_deck_of_older_papers(rows: list[str], lead: str, title: int) -> None:
    assert choose_title(rows, grams(lead), {}, tight=[False] + [True] * (len(rows) - 1)) == (title,)


def test_title_broken_after_a_colon() -> None:
    rows = ["临江市：", "旧码头变身滨江绿道"]
    assert choose_title(rows, LEAD, {}, tight=[False, False]) == (0, 1)
    assert join_title(rows) == "临江市：旧码头变身滨江绿道"


def test_title_broken_by_the_column() -> None:
    rows = ["Orchard Growers Turn to Drones as", "Pickers Become Scarce"]
    assert choose_title(rows, grams("Apple growers use drones"), {}, tight=[False, True]) == (0, 1)
    assert join_title(rows) == "Orchard Growers Turn to Drones as Pickers Become Scarce"


def test_no_rows_no_title() -> None:
    assert choose_title([], LEAD, {}, tight=[]) is None


def _right(block: HeadBlock) -> bool:
    rows = list(block.lines)
    return choose_title(rows, grams(block.lead), {}, tight=[False] * len(rows)) == block.main


def test_titles_of_press_headline_blocks() -> None:
    assert sum(map(_right, BLOCKS)) >= 0.9 * len(BLOCKS)


@pytest.mark.parametrize(
    ("rows", "main"),
    [
        (["何建民在县域经济会议上强调", "以实体经济为根基壮大产业"], (1,)),
        (["省政协十届五次会议", "在澜津闭幕"], (0, 1)),
        (["关于表彰先进集体", "和先进个人的决定"], (0, 1)),
        (["油价今晚下调", "预计加满一箱油少花7.5元"], (0,)),
        (["澜津机场新增三条航线", "通达城市增至68个", "市领导出席首航仪式并致辞"], (0,)),
    ],
)
def test_kickers_and_decks_are_not_the_title(rows: list[str], main: tuple[int, ...]) -> None:
    assert choose_title(rows, grams(""), {}, tight=[False] * len(rows)) == main


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (["白鹭县渡船代表大会闭幕", "会议增选周宁、李岚为副会长,吴晓舟等十二人为常务理事"], 0),
        (["我省将参加渡船合作会", "周宁表示要对会议作出积极贡献"], 0),
        (
            [
                "县政府办公室发出公告",
                "渡口四月一日起改行夏季班次",
                "上游各渡口可按水位在班次不变的前提下自行调整开船的时间",
            ],
            1,
        ),
        (
            [
                "畅谈过去一年的成绩 表达新一年的决心",
                "县渡船公司举行新年茶话会",
                "县里领导同三百多位船工和沿岸村民欢聚一堂共贺新年",
            ],
            1,
        ),
        (["渡船公司举行晚宴", "纪念石桥渡口开航五十周年", "周宁出席并致辞"], 0),
        (["县渡船公司昨天举行班次说明会", "渡口加开早晚两班"], 1),
    ],
)
def test_what_stands_under_a_line_tells_whether_it_leads_on(rows: list[str], title: int) -> None:
    lead = grams("".join(rows))
    assert choose_title(rows, lead, {}, tight=[False, *[True] * (len(rows) - 1)]) == (title,)


def test_the_name_of_a_section_is_no_headline() -> None:
    rows = ["Transport", "First bus crosses the mended bridge"]
    lead = grams("Transport officials cheered as the first bus crossed the mended bridge on Monday.")
    assert choose_title(rows, lead, {}, tight=[False, True]) == (1,)


@pytest.mark.parametrize("name", ["白鹭县第一中心小学", "临江市渡船公司", "石桥镇派出所"])
def test_an_offices_name_stands_over_the_headline(name: str) -> None:
    lead = grams(f"本报讯 {name}的师生昨天到渡口，为过河的老人送去了茶水。")
    assert choose_title([name, "师生到渡口送茶水"], lead, {}, tight=[False, False]) == (1,)


def test_a_deed_that_ends_with_an_office_is_a_headline() -> None:
    lead = grams("本报讯 昨天，消防宣传走进石桥镇的学校，孩子们学会了怎样报警。")
    assert choose_title(["消防宣传走进学校", "孩子学报警"], lead, {}, tight=[False, False]) == (0,)
