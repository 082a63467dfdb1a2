"""Events: an upright at each date, expected and actual share, letters that the caption explains."""

import pytest

from figures import events
from figures.errors import FigureNotDrawn
from figures.periods import days
from figures.words import Voice
from tests.figures.artists import named
from tests.figures.conftest import THEMES


def test_uprights_and_squares_are_the_table(tables) -> None:
    data = events.data(tables)
    figure = events.draw(data)
    table = tables["events"]
    level = table[table["kind"] == "level"]
    for ax, theme in zip(figure.axes, data[data["row"] == "period"]["theme"].unique(), strict=True):
        own = level[level["theme"] == theme].sort_values("date")
        assert [line.get_xdata()[0] for line in named(ax, "event")] == pytest.approx(list(days(own["date"])))
        for gid in ("expected", "observed"):
            assert [mark.get_ydata()[0] for mark in named(ax, gid)] == pytest.approx(list(own[gid]))
        assert ax.get_ylim()[0] == 0


def test_letters_are_starred_where_sure(tables) -> None:
    data = events.data(tables)
    figure = events.draw(data)
    themes = list(data[data["row"] == "period"]["theme"].unique())
    letters = {
        theme: " ".join(text.get_text() for text in named(ax, "letter"))
        for theme, ax in zip(themes, figure.axes, strict=True)
    }
    assert letters[THEMES[0]] == "A* B* C*"
    assert letters[THEMES[1]] == "A B C"


def test_events_of_one_week_share_a_place(tables) -> None:
    table = tables["events"].copy()
    table.loc[table["event"] == "The flood", "date"] = "2022-07-08"
    figure = events.draw(events.data({**tables, "events": table}))
    assert "A* B*" in [text.get_text() for text in named(figure, "letter")]


def test_caption_names_the_letters(tables) -> None:
    said = events.caption(events.data(tables), tables, Voice("en", {}, 0.95))
    assert "A 巡视组进驻 (2022-07-01); B The flood (2023-01-01); C Выборы (2023-07-01)" in said
    assert "3 of 24 tests" in said


def test_a_study_without_events(tables) -> None:
    with pytest.raises(FigureNotDrawn, match="names no events"):
        events.data({**tables, "events": tables["events"].head(0)})
