"""All figures: both languages, nothing cut, nothing overlapping, clear refusals."""

import matplotlib as mpl
import numpy as np
import pytest

import figures
from corpus.schema import TableError
from figures.errors import FigureNotDrawn, MissingGlyph
from figures.style import TWO_COLUMN
from figures.text import overlaps
from tests.figures.conftest import THEMES, make_tables

LONG = tuple(
    f"{name} {k}"
    for k in range(10)
    for name in (
        "The Northern Counties Evening Advertiser and Gazette",
        "广西壮族自治区百色市右江区融媒体中心日报",
        "Вечерние новости",
    )
)


@pytest.fixture(scope="module")
def large():
    return make_tables(
        sources=LONG,
        themes=tuple(f"rural_and_urban_affairs_{k}" for k in range(20)),
        months=16,
        n=1500,
        topics=30,
    )


def texts(figure):
    """Everything written and its boxes: tick labels, titles, axis labels, texts, without their arrows."""
    figure.draw_without_rendering()
    hidden = {id(label) for ax in figure.axes for label in _hidden(ax)}
    found = [t for t in figure.findobj(mpl.text.Text) if t.get_visible() and t.get_text().strip()]
    inside = [t for t in found if id(t) not in hidden]
    return inside, np.array([mpl.text.Text.get_window_extent(t).extents for t in inside])


def _hidden(ax):
    """Tick labels that matplotlib keeps and does not draw."""
    hidden = []
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            if not low - 1e-9 <= tick.get_loc() <= high + 1e-9 or not ax.axison:
                hidden += [tick.label1, tick.label2]
    return hidden


@pytest.mark.parametrize("name", figures.names())
@pytest.mark.parametrize("style", ["two-column", "one-column"])
@pytest.mark.parametrize("size, lang", [("small", "zh"), ("large", "en")])
def test_no_text_is_tiny_cut_or_on_another(
    name: str, lang: str, size: str, style: str, tables, large
) -> None:
    figure = figures.draw(
        name, tables if size == "small" else large, lang=lang, style=figures.read_style(style)
    )
    artists, boxes = texts(figure)
    assert min(artist.get_fontsize() for artist in artists) >= TWO_COLUMN.tiny
    edge = figure.bbox.extents
    for artist, box in zip(artists, boxes, strict=True):
        assert (box[:2] >= edge[:2] - 1).all(), f"cut: {artist.get_text()!r}"
        assert (box[2:] <= edge[2:] + 1).all(), f"cut: {artist.get_text()!r}"
    for number, (artist, box) in enumerate(zip(artists, boxes, strict=True)):
        if artist.get_rotation() == 0:
            straight = [k for k in range(number) if artists[k].get_rotation() == 0]
            met = overlaps(box + np.array([1, 1, -1, -1]), boxes[straight])
            assert not met.any(), (
                f"{artist.get_text()!r} on {artists[straight[int(met.argmax())]].get_text()!r}"
            )


@pytest.mark.parametrize("name", figures.names())
def test_drawing_leaves_the_tables_and_settings_alone(name: str, tables) -> None:
    before = {key: table.copy() for key, table in tables.items()}
    settings = dict(mpl.rcParams)
    figures.draw(name, tables)
    figures.caption(name, tables)
    assert dict(mpl.rcParams) == settings
    for key, table in tables.items():
        assert table.equals(before[key]), key


def test_a_theme_no_font_can_write(tables) -> None:
    with pytest.raises(MissingGlyph, match=r"U\+12000"):
        figures.draw("trend_by_theme", tables, names={THEMES[0]: "\U00012000"})


def test_an_unknown_figure_gets_the_nearest_name(tables) -> None:
    with pytest.raises(ValueError, match="did you mean 'article_map'"):
        figures.draw("articles_map", tables)


def test_a_table_without_its_columns(tables) -> None:
    with pytest.raises(TableError, match="trends lacks share"):
        figures.draw("trend_by_theme", {**tables, "trends": tables["trends"].drop(columns="share")})


@pytest.mark.parametrize("name", figures.names())
def test_empty_tables_are_refused_with_a_reason(name: str, tables) -> None:
    empty = {key: table.head(0) for key, table in tables.items()}
    with pytest.raises(FigureNotDrawn, match=r"\w+ \w+"):
        figures.draw(name, empty)
