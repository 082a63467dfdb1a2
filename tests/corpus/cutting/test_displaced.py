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


PLAIN_HEAP = """老石桥加固工程完工

社区图书角添了儿童读物

码头摆渡船换上新发动机

养蜂人带出甜蜜合作社

山坡上的蜂箱排成行，养蜂人老邱正在割蜜。合作社今年养蜂六百箱，蜂蜜卖到了省城。

合作社的蜂农说，以前卖蜂蜜靠挑担子，现在养蜂人在家数钱。

码头摆渡船换上新发动机以后，过江的时间缩短一半，摆渡船的乘客不用再等。

船工说，发动机省油又安静，摆渡船夜里也能开。

社区图书角添了三百册儿童读物，图书角的周末还有志愿者讲故事。

家长说，孩子们放学就往图书角跑，儿童读物借走了一半。

老石桥的加固工程完工，石桥两侧装上护栏，桥面铺了防滑的石板。

老人们又能到桥头散步了，石桥下的河水清了许多。"""


def test_a_heap_over_bodies_that_open_without_a_formula() -> None:
    """The heap says how many bodies there are, and each headline where its own begins."""
    assert titles(PLAIN_HEAP) == [
        ("养蜂人带出甜蜜合作社", "山坡上的蜂箱排成"),
        ("码头摆渡船换上新发动机", "码头摆渡船换上新"),
        ("社区图书角添了儿童读物", "社区图书角添了三"),
        ("老石桥加固工程完工", "老石桥的加固工程"),
    ]


def test_a_headline_block_of_four_lines_is_no_heap() -> None:
    """Kicker, title and decks of one story: its paragraphs repeat all of them, and it stays whole."""
    body = PLAIN_HEAP.split("\n\n")[4:6]
    page = "\n\n".join(
        ["我县合作社富民工作见效", "养蜂人带出甜蜜合作社", "蜂蜜卖到省城", "今年养蜂六百箱", *body,
         "老邱还教邻村的人养蜂，分蜂、防病、取蜜，样样都教。", "合作社的蜂蜜有了商标，明年养蜂八百箱。"]
    )  # fmt: skip
    assert len(cut_page(page).segments) == 1
