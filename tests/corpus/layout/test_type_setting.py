"""Characters to lines: gutters are kept, spaces are closed, words stay apart."""

from __future__ import annotations

from corpus.layout.sheet import Box
from corpus.layout.type_setting import Glyph, set_lines


def row(text: str, left: float, base: float, *, size: float = 10.0, space: float = 0.0) -> list[Glyph]:
    glyphs = []
    for char in text:
        if char != " ":
            glyphs.append(Glyph(char, left, left + size, base, size))
        left += size + space if char != " " else size * 0.3
    return glyphs


def test_a_gutter_parts_two_columns() -> None:
    glyphs = [g for k in range(4) for x in (0, 94) for g in row("石桥两岸灯火明", x, 100 + 15 * k)]
    assert [line.text for line in set_lines(glyphs)] == ["石桥两岸灯火明"] * 8


def test_a_wide_space_that_lines_below_run_across_is_none() -> None:
    glyphs = [*row("石桥", 0, 100), *row("两岸灯", 34, 100), *row("灯火通明人来人", 0, 115)]
    assert [line.text for line in set_lines(glyphs)] == ["石桥 两岸灯", "灯火通明人来人"]
    ruled = set_lines(glyphs[:5] + row("灯", 60, 115), [Box(26, 80, 26.5, 130)])
    assert [line.text for line in ruled[:2]] == ["石桥", "两岸灯"]


def test_spaces_between_names_are_told_from_justified_type() -> None:
    assert set_lines(row("记者王明 李红", 0, 50))[0].text == "记者王明 李红"
    assert set_lines(row("记者王明李红", 0, 50, space=3.0))[0].text == "记者王明李红"


def test_shadows_are_read_once_and_sizes_part_a_row() -> None:
    shadowed = [*row("大桥", 0, 50), *row("大桥", 0.5, 50)]
    assert set_lines(shadowed)[0].text == "大桥"
    mixed = [*row("大桥", 0, 50, size=20), *row("落成", 40, 50)]
    assert [line.size for line in set_lines(mixed)] == [20, 10]


def test_words_set_apart_to_fill_a_line_are_one_line() -> None:
    """A first line of three words, no line near it: those further down run across its gaps."""
    stretched = [*row("один", 0, 100), *row("два", 60, 100), *row("три", 110, 100)]
    below = [g for k in range(1, 5) for g in row("четырнадцатьпять"[:14], 0, 130 + 15 * k)]
    assert set_lines([*stretched, *below])[0].text == "один два три"
    columns = [g for k in range(6) for x in (0, 60) for g in row("один"[:4], x, 100 + 15 * k)]
    assert [line.text for line in set_lines(columns)] == ["один"] * 12
