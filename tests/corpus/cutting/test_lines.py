from __future__ import annotations

import pytest

from corpus.cutting.lines import ends_sentence, is_dense, join, join_all, read_lines, width


def test_numbers_gaps_and_indents() -> None:
    lines = read_lines("\n  一行\r\n\n\n　　第二行\n")
    assert [(line.number, line.text, line.gap) for line in lines] == [(2, "一行", 1), (5, "第二行", 2)]
    assert [line.indent for line in lines] == [1.0, 2.0]


def test_only_line_feeds_part_lines() -> None:
    assert [line.number for line in read_lines("a\x0bb\x85c\u2028d\re\nf")] == [1, 2]


def test_width_counts_full_width_marks_whole() -> None:
    assert width("三“字”12") == 1 + 1 + 1 + 1 + 1


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("开展巡", "查整改", "开展巡查整改"),
        ("the har-", "bour wall", "the harbour wall"),
        ("the Anglo-", "Saxon wall", "the Anglo- Saxon wall"),
        ("two", "words", "two words"),
        ("9月 5", "日上午", "9月 5日上午"),
        ("建成", "SPD中心", "建成SPD中心"),
        ("", "x", "x"),
    ],
)
def test_join(left: str, right: str, joined: str) -> None:
    assert join(left, right) == joined
    assert join_all([left, right]) == joined


@pytest.mark.parametrize("text", ["完。", "说。”", "Done.", "“Go!”", "真的吗？", "待续……"])
def test_sentence_ends(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["标题", "说，", "一是：", "", "”"])
def test_no_sentence_end(text: str) -> None:
    assert not ends_sentence(text)


def test_scripts() -> None:
    assert is_dense("全市GDP增长")
    assert is_dense("港の夜市")
    assert not is_dense("The 北京 office said on Monday")
    assert not is_dense("Привет")
