from __future__ import annotations

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import read_lines
from corpus.cutting.wrap import blocks_of

STORY = (
    "去年底，白鹭县人民医院与省城三家医院签订协议，建立远程会诊平台。平台运行三个月，已为一百六十名重症患者组织会诊，"
    "其中四十一人免去了转院的奔波，医药费也省下不少，群众都说这件事办得好。"
)


def texts(page: str) -> list[str]:
    lines = read_lines(page)
    return [block.text for block in blocks_of(lines, mark_furniture(lines))]


def wrapped(text: str, size: int, *, indent: int = 0) -> str:
    first = size - indent
    return "\n".join([text[:first], *(text[i : i + size] for i in range(first, len(text), size))])


def test_wrapped_paragraphs_are_made_whole() -> None:
    assert texts(wrapped(STORY, 16) + "\n\n" + wrapped(STORY, 16)) == [STORY, STORY]


def test_lost_indents() -> None:
    assert texts("\n".join([wrapped(STORY, 16, indent=2)] * 4)) == [STORY] * 4


def test_a_blank_line_in_mid_sentence_is_a_column_break() -> None:
    lines = wrapped(STORY, 16).split("\n")
    assert texts("\n".join([*lines[:3], "", *lines[3:]])) == [STORY]


def test_the_width_may_change() -> None:
    assert texts(wrapped(STORY, 14) + "\n\n" + wrapped(STORY, 22)) == [STORY, STORY]


def test_a_headline_as_wide_as_the_column_stays_alone() -> None:
    head = "白鹭县医院会诊平台运行三个月见效"
    assert texts(f"{head}\n{wrapped(STORY, 16)}") == [head, STORY]


def test_unwrapped_paragraphs_stay_apart() -> None:
    rows = ["县里开展巡查，整改问题七个。", "市里召开会议，部署六项工作。"] * 5
    assert texts("\n".join(rows)) == rows


def test_lists_are_no_prose() -> None:
    rows = ["服务更贴心", "办事更省心", "出行更顺心", "居住更舒心", "环境更暖心", "群众更安心"]
    assert texts("\n".join(rows)) == rows


def test_spaced_text() -> None:
    page = (
        "The council voted on Monday to build a new\nferry terminal on the old cannery site, which\n"
        "has stood empty for six years. Work on the\ndocks is due to start in October, and buses\n"
        "will run from the station.\n\nThe mayor said that she was glad of the vote\nand thanked all "
        "who had spoken at the long\nhearings in the parish hall."
    )
    first, second = texts(page)
    assert first.startswith("The council voted on Monday to build a new ferry terminal")
    assert second.endswith("at the long hearings in the parish hall.")
