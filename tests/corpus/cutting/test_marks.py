"""Where furniture begins and ends: one line more or less on pages of a few lines."""

from __future__ import annotations

import pytest

from corpus.cutting.bulletin import mark_bulletin
from corpus.cutting.contents import spread_contents, spread_label
from corpus.cutting.legal import mark_legal
from corpus.cutting.lines import read_lines
from corpus.cutting.previews import mark_previews
from corpus.cutting.site import spread_footer, spread_links
from corpus.cutting.site_rows import row_reason

TOLD = "白鹭县交通局昨天说，八座旧桥将在年内修完，渡船加开早晚两班，学生免票。"


def marked(page: str, *reasons: str | None) -> list[str | None]:
    return [*reasons, *[None] * (len(read_lines(page)) - len(reasons))]


@pytest.mark.parametrize("mark", ["▶", "•", "·", ">", "☞", "●", "★", "丨", "- "])
def test_links_under_related_news_may_be_sentences_where_they_have_bullets(mark: str) -> None:
    link = "渡船今天加开早晚两班！"
    page = "\n".join(["旧桥年内修完", TOLD, "相关新闻", mark + link, mark + link, link, "渡船"])
    marks = marked(page, None, None, "site links")
    spread_links(read_lines(page), marks)
    assert marks == [None, None, *["site links"] * 3, None, None]


def test_a_footer_follows_the_copyright_line_to_the_pages_end() -> None:
    page = "\n".join([*[TOLD] * 20, "白鹭网版权所有", "白鹭县城关镇", *[TOLD] * 10, "渡口路三号"])
    marks = marked(page, *[None] * 20, "copyright")
    lines = read_lines(page)
    # Two thirds of the page are above it, and it is not among its last eight lines.
    spread_footer(lines, marks)
    assert [index for index, mark in enumerate(marks) if mark == "footer"] == []
    page = "\n".join([*[TOLD] * 24, "白鹭网版权所有", "白鹭县城关镇", *[TOLD] * 8, "渡口路三号"])
    marks = marked(page, *[None] * 24, "copyright")
    spread_footer(read_lines(page), marks)
    assert [index for index, mark in enumerate(marks) if mark == "footer"] == [25, 34]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("渡口｜打印｜关闭", "site links"),
        ("渡口｜打印｜旧桥｜关闭｜收藏", "site links"),
        ("渡口｜旧桥｜打印", None),
        ("渡口｜旧桥｜打印｜关闭", None),
        ("渡口｜打印", None),
        ("渡口昨天加开两班｜打印｜关闭", None),
        ("微信｜微博｜旧桥", "site links"),
    ],
)
def test_a_bar_is_of_buttons_where_most_of_its_cells_are(line: str, reason: str | None) -> None:
    assert row_reason(read_lines(line)[0]) == reason


@pytest.mark.parametrize(
    "button",
    [
        *(
            "上一篇",
            "下篇",
            "上一版",
            "下页",
            "打印",
            "打印此页",
            "列印",
            "关闭",
            "关闭窗口",
            "關閉",
            "收藏",
            "收藏本站",
            "发表评论",
        ),
        *(
            "我要评论",
            "评论",
            "評論",
            "推荐给好友",
            "转发",
            "转载",
            "分享到",
            "纠错",
            "举报",
            "复制链接",
            "返回首页",
            "返回列表",
        ),
        *(
            "回頁首",
            "回首頁",
            "回上頁",
            "回列表",
            "更多新闻",
            "更多",
            "日点击排行",
            "周点击排行",
            "字号",
            "放大",
            "缩小",
            "默认",
            "正常",
        ),
        *(
            "朗读",
            "订阅",
            "登录",
            "注册",
            "短信",
            "短信推荐",
            "E-Mail",
            "EMail",
            "邮件",
            "邮件推荐",
            "微信",
            "微博",
            "QQ空间",
            "朋友圈",
        ),
        *("Facebook", "Twitter", "WhatsApp", "WeChat", "电邮", "文字", "參與互動", "参与互动", "12 条"),
    ],
)
def test_words_of_buttons(button: str) -> None:
    assert row_reason(read_lines(f"【{button}】")[0]) == "site links"
    assert row_reason(read_lines(f"【{button}渡口】")[0]) is None


CUT_OFF = "渡船公司昨天说八座旧桥要在年内修完……"


@pytest.mark.parametrize(("between", "reason"), [(7, "teaser"), (8, None)])
def test_a_teaser_stands_at_the_most_eight_lines_over_its_text(between: int, reason: str | None) -> None:
    page = "\n".join([CUT_OFF, *["旧桥"] * between, CUT_OFF[:-2] + "，学生免票。"])
    marks = marked(page)
    mark_previews(read_lines(page), marks)
    assert marks[0] == reason


ENTRIES = ["旧桥年内修完", "渡船加开两班", "学生凭证免票", "夜市昨晚迁进粮仓"]


def contents(page: list[str], *, below: str | None = None) -> list[int]:
    lines = read_lines("\n".join(page))
    marks: list[str | None] = [
        below if "：" in line.text and index >= len(ENTRIES) else None for index, line in enumerate(lines)
    ]
    spread_contents(lines, marks)
    return [index for index, mark in enumerate(marks) if mark == "contents"]


def test_a_list_of_contents_is_announced_lines_only() -> None:
    stories = [line for entry in ENTRIES for line in (entry, TOLD)]
    assert contents([*ENTRIES, *stories]) == [0, 1, 2, 3]
    assert contents([*ENTRIES[:2], *stories]) == []
    # An entry over two lines is two of them, and one that nothing repeats is none.
    assert contents([*ENTRIES[:3], "夜市昨晚", "迁进粮仓", *stories]) == [0, 1, 2, 3, 4]
    assert contents([*ENTRIES, "果农用上无人机", *stories]) == [0, 1, 2, 3]
    # Where second readings touch, a text is printed twice.
    assert contents([*ENTRIES, *ENTRIES, TOLD, TOLD]) == []


@pytest.mark.parametrize("width", [3, 4, 50, 51])
def test_an_entry_has_the_length_of_a_headline(width: int) -> None:
    entries = [mark + "桥" * (width - 1) for mark in "甲乙丙丁"]
    stories = [line for entry in entries for line in (entry, TOLD)]
    assert contents([*entries, *stories]) == ([0, 1, 2, 3] if 4 <= width <= 50 else [])


@pytest.mark.parametrize("site", ["date and source line", "date line", "site links", "site words"])
def test_what_a_site_prints_twice_is_no_entry(site: str) -> None:
    stamps = [f"{entry}：" for entry in ENTRIES]
    page = [*stamps, *[line for stamp in stamps for line in (stamp, TOLD)]]
    assert contents(page) == [0, 1, 2, 3]
    assert contents(page, below=site) == []


@pytest.mark.parametrize(
    "label", ["主要内容：", "主要内容:", "内容提要", "今日导读", "主要内容", "节目单", "目录", "本期看点"]
)
def test_entries_under_the_label_of_a_list(label: str) -> None:
    page = [label, "1.旧桥年内修完", "（2）渡船加开两班", "3、学生凭证免票。", "4.夜市迁进粮仓"]
    marks: list[str | None] = ["contents", None, None, None, None]
    spread_label(read_lines("\n".join(page)), marks)
    found = None if label == "本期看点" else "contents"
    assert marks == ["contents", found, found, None, None]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "перепечатка только с согласия редакции",
            "использование материалов — только со ссылкой",
            "Использование материалов",
        ),
        *(
            "免责声明见本网首页",
            "如有侵权请告知",
            "如因作品版权问题",
            "侵权请联系删除",
            "违者将依法追究",
            "不良信息举报",
            "本网举报电话",
        ),
        *(
            "务经书面授权",
            "凡本网注明来源的作品",
            "凡转载请说明来源",
            "文章均为转载",
            "内容均转载自网络",
            "仅供读者参考",
            "仅代表作者本人观点",
        ),
        *(
            "只代表个人观点",
            "僅代表個人觀點",
            "只是轉載",
            "稿酬等問題",
            "不代表本网观点",
            "不代表本報立場",
            "转载请注明",
            "转载须务必注明",
        ),
        *(
            "未经本网授权，不得转载",
            "版权归本网",
            "版权属于白鹭晚报社所有",
            "no copy may be reprinted without written permission",
        ),
    ],
)
def test_legal_words_on_a_sites_page(line: str) -> None:
    lines = read_lines(f"旧桥年内修完\n{TOLD}\n{line}")
    marks: list[str | None] = [None] * 3
    mark_legal(lines, marks, site=True)
    assert marks == [None, None, "copyright"]


@pytest.mark.parametrize(
    ("above", "gap", "reason"),
    [
        ("以上文字、图片的版权均属", "", "copyright"),
        ("以上文字、图片的著作权均属", "", "copyright"),
        ("以上文字、图片的著作权均属", "\n", None),
        ("法院昨天判决，图片的版权属于作者。", "", None),
        ("以上文字、图片由读者寄来", "", None),
    ],
)
def test_the_first_half_of_a_legal_sentence(above: str, gap: str, reason: str | None) -> None:
    lines = read_lines(f"旧桥年内修完\n{TOLD}\n{above}\n{gap}白鹭晚报，未经授权不得转载")
    marks: list[str | None] = [None] * 4
    mark_legal(lines, marks, site=True)
    assert marks == [None, None, reason, "copyright"]


def test_a_bulletins_long_lines_do_not_end_the_search_for_greetings() -> None:
    page = f"{TOLD * 3}\n欢迎收听白鹭早新闻。\n{TOLD}\n{TOLD * 3}\n感谢收听，欢迎收听明天的新闻。"
    marks = marked(page)
    mark_bulletin(read_lines(page), marks)
    assert marks == [None, "greeting", None, None, "greeting"]
