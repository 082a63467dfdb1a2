from __future__ import annotations

from corpus.cutting.page import cut_page

FERRY = (
    "（记者王林）码头摆渡船昨天换上新发动机，摆渡船过江时间缩短一半，乘客不用再等。"
    "\n船工说，新发动机省油又安静。"
)
LIBRARY = (
    "（记者李芳）社区图书角日前添了三百册儿童读物，图书角周末还请来志愿者讲故事。"
    "\n家长说，孩子们放学就往这里跑。"
)
BRIDGE = "（记者张大海）老石桥加固工程本周完工，石桥两侧装上护栏，夜里亮起路灯。\n老人们又能到桥头散步了。"


def titles(page: str) -> list[tuple[str | None, str]]:
    return sorted((segment.title, segment.text[:8]) for segment in cut_page(page).segments if segment.text)


def test_headline_under_its_body() -> None:
    page = f"本报讯{FERRY}\n\n码头摆渡船换上新发动机\n\n社区图书角添了儿童读物\n\n本报讯{LIBRARY}"
    assert titles(page) == [
        ("码头摆渡船换上新发动机", "本报讯（记者王林"),
        ("社区图书角添了儿童读物", "本报讯（记者李芳"),
    ]


def test_heap_of_headlines() -> None:
    heap = "老石桥加固工程完工\n社区图书角添了儿童读物\n\n码头摆渡船换上新发动机"
    page = f"{heap}\n本报讯{FERRY}\n\n本报讯{BRIDGE}\n\n本报讯{LIBRARY}"
    assert titles(page) == [
        ("码头摆渡船换上新发动机", "本报讯（记者王林"),
        ("社区图书角添了儿童读物", "本报讯（记者李芳"),
        ("老石桥加固工程完工", "本报讯（记者张大"),
    ]


def test_nothing_moves_where_every_body_has_its_headline() -> None:
    page = f"码头摆渡船换上新发动机\n本报讯{FERRY}\n老石桥加固工程完工\n本报讯{BRIDGE}"
    assert [segment.lines for segment in cut_page(page).segments] == [((1, 3),), ((4, 6),)]


def test_a_headline_nobody_repeats_stays() -> None:
    page = f"全年财政收支平衡\n\n本报讯{FERRY}\n\n本报讯{BRIDGE}"
    assert [segment.title for segment in cut_page(page).segments] == ["全年财政收支平衡", None]
