"""What the exact width of a column cannot have ended."""

from __future__ import annotations

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import ends_sentence, read_lines
from corpus.cutting.measure import off_measure
from corpus.cutting.wrap import blocks_of

STORY = (
    "去年底，白鹭县人民医院与省城三家医院签订协议，建立远程会诊平台。平台运行三个月，已为一百六十名重症患者组织会诊，"
    "其中四十一人免去了转院的奔波，医药费也省下不少，群众都说这件事办得好"
)


def wrapped(text: str, size: int) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]


def off(page: list[str], full: list[bool]) -> list[int]:
    lines = read_lines("\n".join(page))
    return off_measure(lines, [None] * len(lines), full, [ends_sentence(line.text) for line in lines])


def test_a_line_with_room_for_more_was_ended_by_its_writer() -> None:
    page = wrapped(STORY, 15)
    page.insert(3, "县医院会诊不再出县")
    assert off(page, [True] * len(page)) == [3]


def test_a_line_wider_than_the_column_is_none_of_it() -> None:
    page = wrapped(STORY, 15)
    page.insert(3, "县医院会诊不再出县群众少跑一百里")
    assert off(page, [True] * len(page)) == [3]


def test_a_line_as_wide_as_the_column_says_nothing() -> None:
    page = wrapped(STORY, 15)
    page.insert(3, "县医院会诊不出县群众少跑路了")
    assert off(page, [True] * len(page)) in ([], [3])
    page[3] = "县医院会诊不出县群众少跑几十里"
    assert off(page, [True] * len(page)) == []


def test_widths_that_jitter_say_nothing() -> None:
    sizes = (15, 13, 16, 12, 14, 16, 13, 15)
    page, place = [], 0
    for size in sizes:
        page.append(STORY[place : place + size])
        place += size
    assert off(page, [True] * len(page)) == []


def test_what_goes_over_with_a_mark_or_in_one_number_is_no_room() -> None:
    page = [
        *wrapped(STORY[:45], 15),
        "这一年全县共有农户和渔民",
        "1234567户用上了自来水",
        *wrapped(STORY[45:90], 15),
    ]
    assert 3 not in off(page, [True] * len(page))


def test_a_headline_with_a_comma_over_a_wrapped_paragraph_stays_alone() -> None:
    first = [*wrapped(STORY + "。", 15)]
    page = "\n".join([*first, "少跑路，会诊不出县", *wrapped(STORY + "。", 15)])
    lines = read_lines(page)
    texts = [block.text for block in blocks_of(lines, mark_furniture(lines))]
    assert texts == [STORY + "。", "少跑路，会诊不出县", STORY + "。"]
