"""Terms by language: whole terms in their order, a column a language, a dash where there is none."""

import json

import pytest

from figures import theme_terms
from figures.errors import FigureNotDrawn
from figures.style import look, new_figure
from figures.text import size_of
from figures.theme_terms import fill
from tests.figures.artists import named
from tests.figures.conftest import TERMS, THEMES


def test_cells_hold_the_first_terms_of_each_language(tables) -> None:
    data = theme_terms.data(tables)
    cells = [text.get_text() for text in named(theme_terms.draw(data), "terms")]
    assert len(cells) == len(THEMES) * 3
    assert cells[0].replace("\n", " ").split(", ")[:2] == TERMS["en"][:2]
    assert cells[2].replace("\n", "").split("、")[:3] == TERMS["zh"][:3]


def test_a_language_without_the_theme_is_a_dash(tables) -> None:
    themes = tables["themes"].copy()
    largest = themes["n_articles"].idxmax()
    themes.loc[largest, "terms"] = json.dumps({"zh": ["清廉"]})
    cells = named(theme_terms.draw(theme_terms.data({**tables, "themes": themes})), "terms")
    assert [text.get_text() for text in cells[:3]] == ["–", "–", "清廉"]


def test_the_readers_language_comes_first(tables) -> None:
    data = theme_terms.data(tables)
    assert "清廉" in named(theme_terms.draw(data, lang="zh"), "terms")[0].get_text()


def test_filling_keeps_terms_whole_and_within_the_width() -> None:
    with look():
        figure = new_figure(height=40)
        text = fill(figure, TERMS["en"] * 3, 300.0, lines=2, between=", ")
        lines = text.split("\n")
        assert len(lines) == 2
        assert all(size_of(figure, line, size=6)[0] <= 300 for line in lines)
        words = text.replace(",\n", ", ").split(", ")
        assert words == (TERMS["en"] * 3)[: len(words)]
        long = fill(figure, ["an endless term " * 9, "short"], 300.0, lines=2, between=", ")
        assert "…" in long
        assert long.endswith("short")


def test_no_theme_has_terms(tables) -> None:
    with pytest.raises(FigureNotDrawn, match="no theme has terms"):
        theme_terms.data({**tables, "themes": tables["themes"].assign(n_articles=0)})
