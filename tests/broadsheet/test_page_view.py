"""The cut of a page in the terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from broadsheet.page_view import colour_of, show_page
from corpus.explain import explain_page
from tests.broadsheet.test_cli import run_main
from tests.corpus.test_reading import PAGE


def shown(text: str, *, width: int = 100, colour: bool = False) -> str:
    stream = io.StringIO()
    show_page(
        explain_page(text),
        Console(file=stream, width=width, force_terminal=colour, color_system="standard" if colour else None),
    )
    return stream.getvalue()


def test_each_line_stands_behind_its_number_and_segments_have_their_reasons() -> None:
    rows = shown(PAGE).splitlines()
    assert any(row.strip().startswith("┏ 1 article  新学校在城东落成") for row in rows)
    assert any(row.strip().startswith("┏ 2 article  老桥翻修月底完工") for row in rows)
    assert sum("why: " in row for row in rows) == 2
    assert any(row.strip().startswith("3 ┃ 新学校在城东落成") for row in rows)
    assert any("left out: " in row for row in rows)
    assert rows[0].startswith("source  春江日报   98% sure   explicit: ")
    assert rows[1].startswith("date    2023-07-04   printed   ")


def test_markup_and_escapes_of_a_page_are_shown_and_not_obeyed() -> None:
    evil = PAGE.replace("孩子们合唱了歌曲", "[bold red]孩子们[/] \x1b[2J :smile: [link=file:///x]合唱[/link]")
    text = shown(evil, width=300)
    assert "[bold red]孩子们[/] ␛[2J :smile: [link=file:///x]合唱[/link]" in text
    assert "\x1b" not in text


def test_segments_have_their_colours_in_a_terminal() -> None:
    assert "\x1b[36m┃" in shown(PAGE, colour=True)
    assert colour_of(1) != colour_of(2)


def test_no_row_is_wider_than_the_terminal_and_long_lines_say_what_they_hide() -> None:
    from rich.cells import cell_len

    rows = shown(PAGE.replace("致谢。", "致谢。" + "掌声响了很久，" * 60), width=60).splitlines()
    assert max(map(cell_len, rows)) <= 60
    assert any("characters more" in row for row in rows)


def test_the_command_shows_one_page_and_draws_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    assert run_main("articles", page, "--explain", "--explain-image", tmp_path / "cut.png") == 0
    assert "why: " in capsys.readouterr().out
    assert (tmp_path / "cut.png").read_bytes().startswith(b"\x89PNG")
    assert run_main("articles", page, page, "--explain") == 2
    assert run_main("articles", page) == 2
    assert run_main("articles", page, "--explain-image", tmp_path / "cut.doc") == 2
    assert "ends in .png, .svg or .pdf" in capsys.readouterr().err
