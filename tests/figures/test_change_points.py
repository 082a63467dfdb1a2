"""Change points: the step, its interval and the levels stand where the table says."""

import pandas as pd
import pytest

from figures import change_points
from figures.errors import FigureNotDrawn
from figures.periods import days
from figures.words import Voice
from tests.figures.conftest import SOURCES, THEMES


def two_steps(tables) -> pd.DataFrame:
    """A second step, in one source, surer than the first, and a third that is too uncertain."""
    first = tables["change_points"]
    second = first.assign(source=SOURCES[1], theme=THEMES[1], q=0.001, before=0.3, after=0.1)
    return pd.concat([first, second, first.assign(theme=THEMES[2], q=0.2)], ignore_index=True)


def test_steps_stand_where_the_table_says(tables) -> None:
    tables = {**tables, "change_points": two_steps(tables)}
    data = change_points.data(tables)
    figure = change_points.draw(data)
    steps = two_steps(tables).iloc[[1, 0]].to_dict("records")
    assert len(figure.axes) == 2
    for ax, step in zip(figure.axes, steps, strict=True):
        lines = {line.get_gid(): line for line in ax.lines}
        at, low, high = days([step["date"], step["low"], step["high"]])
        assert list(lines["change"].get_xdata()) == [at, at]
        assert list(lines["before"].get_ydata()) == [step["before"]] * 2
        assert list(lines["after"].get_ydata()) == [step["after"]] * 2
        shaded = next(patch for patch in ax.patches if patch.get_gid() == "interval")
        assert (shaded.get_x(), shaded.get_x() + shaded.get_width()) == (low, high)


def test_all_sources_are_adjusted_and_single_ones_are_not(tables) -> None:
    tables = {**tables, "change_points": two_steps(tables)}
    trends = tables["trends"]
    figure = change_points.draw(change_points.data(tables))
    for ax, theme, source, column in (
        (figure.axes[0], THEMES[1], SOURCES[1], "share"),
        (figure.axes[1], THEMES[0], "ALL", "adjusted"),
    ):
        rows = trends[(trends["theme"] == theme) & (trends["source"] == source)]
        line = next(line for line in ax.lines if line.get_gid() == "series:line").get_ydata()
        assert line == pytest.approx(rows[column].where(rows["status"] == "ok").to_numpy(), nan_ok=True)


def test_headings_say_what_happened(tables) -> None:
    tables = {**tables, "change_points": two_steps(tables)}
    figure = change_points.draw(change_points.data(tables))
    headings = [ax.get_title(loc="left").replace("\n", " ") for ax in figure.axes]
    assert headings == [
        "public security, The Harbour Post: 30%→10%",
        "anti-corruption (yearly season): 10%→22%",
    ]
    assert "2 of 3 that were dated" in change_points.caption(change_points.data(tables), tables, Voice())


def test_no_step(tables) -> None:
    with pytest.raises(FigureNotDrawn, match="no series has a step"):
        change_points.data({**tables, "change_points": tables["change_points"].assign(q=0.06)})
    with pytest.raises(FigureNotDrawn, match="no share to draw"):
        change_points.data({**tables, "trends": tables["trends"].assign(adjusted=float("nan"))})
