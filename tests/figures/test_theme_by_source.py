"""The heat map holds the counts and shares of the tables."""

import numpy as np
import pytest

import figures
from figures import theme_by_source
from figures.errors import FigureNotDrawn
from figures.words import Voice, percent
from tests.figures.conftest import make_tables


def test_cells_are_the_counts_of_the_tables(tables) -> None:
    data = theme_by_source.data(tables)
    joined = tables["articles"].merge(tables["assignments"], on="article_id")
    for row in data.itertuples():
        inside = joined[joined["source"] == row.source]
        assert row.n_articles == len(inside)
        assert row.n_theme == (inside["theme"] == row.theme).sum()
        assert row.share == pytest.approx(row.n_theme / len(inside))
    assert data.groupby("source")["share"].sum().to_numpy() == pytest.approx(1)


def test_what_is_drawn_is_the_data(tables) -> None:
    data = theme_by_source.data(tables)
    (ax,) = theme_by_source.draw(data).axes
    mesh = next(c for c in ax.collections if c.get_gid() == "cells")
    assert np.asarray(mesh.get_array()).ravel() == pytest.approx(data["share"].to_numpy())
    full = data[data["n_theme"] > 0]
    written = [text.get_text() for text in ax.texts]
    assert written == [f"{percent(s)}\n{n}" for s, n in zip(full["share"], full["n_theme"], strict=True)]
    assert [label.get_text() for label in ax.get_xticklabels()][-1] == "no theme"


def test_many_cells_hold_the_share_alone() -> None:
    tables = make_tables(
        sources=tuple(f"Paper {k}" for k in range(35)),
        themes=tuple(f"t_{k}" for k in range(30)),
        months=2,
        n=2000,
    )
    data = theme_by_source.data(tables)
    assert data["source"].nunique() == theme_by_source.MOST_SOURCES
    (ax,) = theme_by_source.draw(data).axes
    assert not any("\n" in text.get_text() or "%" in text.get_text() for text in ax.texts)
    said = theme_by_source.caption(data, tables, Voice())
    assert "in per cent" in said
    assert "In the table alone: Paper" in said


def test_missing_source_and_theme_are_said(tables) -> None:
    articles = tables["articles"].assign(source=None)
    assignments = tables["assignments"].assign(
        theme=tables["assignments"]["theme"].where(lambda t: t == "health")
    )
    data = theme_by_source.data({**tables, "articles": articles, "assignments": assignments})
    (ax,) = theme_by_source.draw(data, lang="zh").axes
    assert ax.get_yticklabels()[0].get_text() == "来源不明 (800)"
    assert [label.get_text() for label in ax.get_xticklabels()] == ["health", "无主题"]


def test_no_theme_at_all(tables) -> None:
    with pytest.raises(FigureNotDrawn, match="no article belongs to a theme"):
        theme_by_source.data({**tables, "assignments": tables["assignments"].assign(theme="unmapped")})
    with pytest.raises(FigureNotDrawn, match="no article has a theme assigned"):
        theme_by_source.data({**tables, "assignments": tables["assignments"].head(0)})


@pytest.mark.parametrize("style", ["two-column", "one-column"])
def test_slanted_names_do_not_meet(style: str) -> None:
    tables = make_tables(themes=tuple(f"rural_and_urban_affairs_{k}" for k in range(14)), months=2, n=400)
    figure = figures.draw("theme_by_source", tables, style=figures.read_style(style))
    figure.draw_without_rendering()
    names = figure.axes[0].get_xticklabels()
    turn = np.deg2rad(names[0].get_rotation())
    assert turn > 0
    anchors = np.array([name.get_transform().transform(name.get_position()) for name in names])
    # Seen along the slant every name is an upright box: what counts is how far apart its lines of text lie.
    across = anchors @ np.array([-np.sin(turn), np.cos(turn)])
    for name in names:
        name.set_rotation(0)
    heights = [name.get_window_extent().height for name in names]
    assert (np.abs(np.diff(across)) >= np.array(heights[1:]) * 0.9).all()
