"""Rows of briefs: items and headline–paragraph pairs that are stories of their own, lists that are not."""

from __future__ import annotations

from corpus.cutting.page import cut_page

TEXTS = (
    "松岭区新建的四处口袋公园昨天开放，园里种了香樟和桂花，添了座椅和健身器材，附近居民早晚都来散步。",
    "白鹭县开往湖区的旅游直通车首发，每天往返六班，车票可以在手机上买，老人凭证免费乘坐，沿途停靠五站。",
    "临江市图书馆把闭馆时间推迟到晚上十点，自习室多了一百二十个座位，借书一次可以借十册，还书不限地点。",
)


def test_bulleted_briefs_are_stories() -> None:
    page = cut_page("\n".join(f"● {text}" for text in TEXTS))
    assert [segment.lines for segment in page.segments] == [((1, 1),), ((2, 2),), ((3, 3),)]


def test_numbered_briefs_are_stories() -> None:
    page = cut_page("\n".join(f"{number}、{text}" for number, text in enumerate(TEXTS, 1)))
    assert len(page.segments) == 3


def test_a_list_that_a_paragraph_introduces_is_one_story() -> None:
    lead = "市里昨天公布了今年便民服务的三件实事，要求各区县在年底以前办完，并向居民报告进度，三件实事是："
    page = cut_page(
        "\n".join(("三件便民实事年底办完", lead, *(f"{n}、{text}" for n, text in enumerate(TEXTS, 1))))
    )
    assert len(page.segments) == 1


def test_headlines_over_single_paragraphs_in_a_row() -> None:
    titles = ("口袋公园开放", "旅游直通车首发", "图书馆延长开放")
    page = cut_page("\n".join(line for pair in zip(titles, TEXTS, strict=True) for line in pair))
    assert [segment.title for segment in page.segments] == list(titles)
