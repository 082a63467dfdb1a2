"""Trend by source: a row a source, a column a theme, each panel its rows of the table."""

import numpy as np
import pytest

from figures import trend_by_source
from figures.errors import FigureNotDrawn
from figures.words import Voice
from tests.figures.conftest import SOURCES, make_tables


def test_every_panel_is_its_rows_of_the_table(tables) -> None:
    data = trend_by_source.data(tables)
    figure = trend_by_source.draw(data)
    parts = data[data["source"] != "ALL"]
    groups = parts.groupby(["source", "theme"], sort=False)
    assert len(figure.axes) == len(groups) == 4 * 4
    for ax, ((source, theme), rows) in zip(figure.axes, groups, strict=True):
        lines = {line.get_gid(): line for line in ax.lines}
        expected = rows["share"].where(rows["status"] == "ok").to_numpy()
        assert lines[f"{source}:{theme}:line"].get_ydata() == pytest.approx(expected, nan_ok=True)
        few = rows.loc[rows["status"] == "few", "share"].to_numpy()
        assert lines[f"{source}:{theme}:few"].get_ydata() == pytest.approx(few)
        together = data[(data["source"] == "ALL") & (data["theme"] == theme)]["share"].to_numpy()
        assert lines["all:line"].get_ydata() == pytest.approx(together)


def test_rows_are_named_and_columns_share_a_scale(tables) -> None:
    data = trend_by_source.data(tables)
    figure = trend_by_source.draw(data)
    columns = 4
    labels = [ax.get_ylabel().replace("\n", " ") for ax in figure.axes[::columns]]
    assert sorted(labels) == sorted(SOURCES)
    for column in range(columns):
        assert len({ax.get_ylim() for ax in figure.axes[column::columns]}) == 1


def test_many_sources_are_left_to_the_table() -> None:
    tables = make_tables(sources=tuple(f"Paper {k}" for k in range(30)), themes=("health",), months=3, n=900)
    data = trend_by_source.data(tables)
    assert data["source"].nunique() == trend_by_source.MOST_SOURCES + 1
    assert "and 14 more" in trend_by_source.caption(data, tables, Voice())


def test_a_source_without_dates_is_named(tables) -> None:
    articles = tables["articles"].copy()
    articles.loc[0, "source"] = "Undated Weekly"
    said = trend_by_source.caption(trend_by_source.data(tables), {**tables, "articles": articles}, Voice())
    assert "Without a dated article: Undated Weekly." in said


def test_one_source_is_no_comparison(tables) -> None:
    trends = tables["trends"]
    with pytest.raises(FigureNotDrawn, match="only one source"):
        trend_by_source.data({**tables, "trends": trends[trends["source"].isin(["ALL", SOURCES[0]])]})
    nothing = trends.assign(share=trends["share"].where(trends["source"].isin(["ALL", SOURCES[0]]), np.nan))
    with pytest.raises(FigureNotDrawn, match="only one source"):
        trend_by_source.data({**tables, "trends": nothing})
