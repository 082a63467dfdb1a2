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


def test_a_sentence_with_one_stop_is_made_whole() -> None:
    sentence = (
        "新华社北京三月五日电　白鹭县渡船公司经理周宁今天上午在县城会见了来访的临江市航运协会会长一行十二人"
    )
    column = wrapped(STORY, 15) + "\n" + wrapped(sentence + "并共进午餐。", 15) + "\n" + wrapped(STORY, 15)
    assert texts(column)[1] == sentence + "并共进午餐。"


def test_the_first_line_of_an_indented_paragraph_is_no_headline() -> None:
    paragraph = (
        "　　“从《临江晚报》上看到有人"
        + "\n"
        + wrapped(
            "在稻田里养泥鳅，今年我也想试试。”周宁说，自从每天收到一份《临江晚报》，他家又添了三亩水田。", 15
        )
    )
    assert len(texts("\n".join([wrapped(STORY, 15), paragraph, wrapped(STORY, 15)]))) == 3


def test_the_rest_of_a_captions_credit_joins_it() -> None:
    caption = "图为志愿者正在指导渔民填表。（周宁"
    assert texts(caption + "\n摄）\n\n" + wrapped(STORY, 16))[0] == caption + "摄）"
    assert texts("渔民正在江边织网。 周\n宁 摄\n\n" + wrapped(STORY, 16))[0] == "渔民正在江边织网。 周宁 摄"
