from __future__ import annotations

from corpus.cutting.page import cut_page

PAGE = """养蜂合作社里甜日子多
孙立 钱明
山坡上的蜂箱排成行，养蜂人老邱正在割蜜。合作社今年养蜂六百箱，蜂蜜卖到了省城。
合作社的蜂农说，以前卖蜂蜜靠挑担子，现在合作社统一收购，蜂农在家数钱。
老邱还教邻村的人养蜂，分蜂、防病、取蜜，样样都教，蜂箱也可以赊账。
渡口的轮机维修工黄师傅每月检查两次轮机，渡船二十年没有抛锚，乘客坐船放心。
（周强）
老渡口新渡船平安过江
渡口所在的村子四面环水，渡船是村民出行的唯一工具，乘客每天有三百多人次。
渡船去年换成钢壳船，装了救生衣和定位仪，轮机也换了新的，村里还请来一位轮机
河滩上种出彩色水稻
田里的稻苗拼出一条大鱼，稻苗有绿、紫、黄三种颜色，站在坝上看得最清楚。
种稻的小伙子说，彩色稻苗是向农科院要来的种子。
（马超）
校园足球队迎来女教练
女教练从省队退役，回到母校带队，训练从颠球和跑位开始。
（刘芸）"""


def test_an_orphan_column_goes_behind_the_sentence_it_finishes() -> None:
    segments = cut_page(PAGE).segments
    ferry = next(segment for segment in segments if segment.title == "老渡口新渡船平安过江")
    assert ferry.lines == ((8, 10), (6, 7))
    assert ferry.text.endswith(
        "请来一位轮机渡口的轮机维修工黄师傅每月检查两次轮机，渡船二十年没有抛锚，乘客坐船放心。\n（周强）"
    )
    bees = next(segment for segment in segments if segment.title == "养蜂合作社里甜日子多")
    assert bees.lines == ((1, 5),)


def test_a_column_that_fits_nowhere_is_not_glued() -> None:
    page = PAGE.replace(
        "渡口的轮机维修工黄师傅每月检查两次轮机，渡船二十年没有抛锚，乘客坐船放心。",
        "天文馆穹幕影厅放映星空短片，观众戴上眼镜漫游银河系。",
    )
    ferry = next(segment for segment in cut_page(page).segments if segment.title == "老渡口新渡船平安过江")
    assert ferry.lines == ((8, 10),)
