"""Every article as a point near those it resembles, coloured by theme, the themes named on the map itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import ASSIGNMENT_COLUMNS, MAP_COLUMNS, N_ARTICLES, THEME, UNMAPPED
from corpus.schema import ARTICLE_ID, require_columns
from figures.corpus_span import describe_corpus
from figures.errors import FigureNotDrawn
from figures.map_cells import count_cells, draw_cells, greatest_cell
from figures.style import look, new_figure, now
from figures.tables import Tables
from figures.text import place, size_of, wrap
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_POINTS: Final = 30_000
"""With more articles the map shows how many lie in each of its cells."""
FEWEST: Final = 5
"""With fewer articles than this a map shows nothing that a list does not."""
NAMED: Final = 16
"""Themes that are named on the map; those beyond the palette are grey and told apart by their shapes."""
OTHER: Final = "other"
"""`group` of the articles whose theme is not named on the map."""
_TITLE: Phrase = {
    "en": "Map of {n}: articles that resemble each other lie near each other; the colour is the most "
    "probable theme (number of articles in brackets).",
    "zh": "{n}文章的分布图：内容相近者位置相近，按概率最高的主题着色（括号内为篇数）。",
}
_CELLS: Phrase = {
    "en": "Each square has the colour of its articles' commonest theme, the stronger the more there are.",
    "zh": "每格按其中最常见的主题着色，颜色越深，文章越多。",
}
_CARE: Phrase = {
    "en": "Only neighbourhood can be read from it: the axes have no meaning, and large distances have none.",
    "zh": "只可读邻近关系：坐标轴无含义，远距离亦无含义。",
}
_OTHER: Phrase = {"en": "Grey dots: {names}.", "zh": "灰点：{names}。"}


def data(tables: Tables) -> pd.DataFrame:
    """One row an article: its place, its theme, and the group that gives it its colour.

    With more than `MOST_POINTS` articles one row a cell of the map and theme, with its `n_articles`.
    """
    if "map" not in tables:
        raise FigureNotDrawn("the run has no map of articles, because it has too few articles for topics")
    require_columns(tables["map"], MAP_COLUMNS, name="map")
    require_columns(tables["assignments"], ASSIGNMENT_COLUMNS, name="assignments")
    table = tables["map"][list(MAP_COLUMNS)].dropna()
    table = table.merge(tables["assignments"][[ARTICLE_ID, THEME]], on=ARTICLE_ID, validate="1:1")
    if len(table) < FEWEST:
        raise FigureNotDrawn(
            f"{len(table)} articles have a place on the map, and fewer than {FEWEST} make no map"
        )
    table[THEME] = table[THEME].fillna(UNMAPPED)
    counts = table.loc[table[THEME] != UNMAPPED, THEME].value_counts().reset_index()
    order = list(counts.sort_values(["count", THEME], ascending=[False, True])[THEME])
    order = order[: len(now().palette) if now().narrow else NAMED]
    table["group"] = table[THEME].where(table[THEME].isin([*order, UNMAPPED]), OTHER)
    rank = {theme: number for number, theme in enumerate([*order, OTHER, UNMAPPED])}
    own = [ARTICLE_ID]
    if len(table) > MOST_POINTS:
        table, own = count_cells(table), ["y", "x", THEME]
    return table.sort_values(["group", *own], key=lambda c: c.map(rank) if c.name == "group" else c)


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """The points of each group in its colour and shape, and its name where it is densest.

    Cells have the colour of the group that most of their articles are in, the stronger the more there are.
    """
    voice = Voice(lang, names or {})
    groups = [group for group in dict.fromkeys(data["group"]) if group not in (OTHER, UNMAPPED)]
    with look():
        figure = new_figure(height=now().width * _proportion(data))
        ax = figure.subplots()
        ax.set_axis_off()
        ax.set_aspect("equal", adjustable="datalim")
        looks = {
            UNMAPPED: (now().light, "."),
            OTHER: (now().grey, "."),
            **dict(zip(groups, zip(_shades(), now().markers * 2, strict=False), strict=False)),
        }
        if N_ARTICLES in data:
            draw_cells(ax, data, {group: colour for group, (colour, _) in looks.items()})
        else:
            _draw_points(ax, data, looks)
        ax.margins(0.04)
        _name_groups(figure, ax, data, groups, voice)
    return figure


def _draw_points(ax: Axes, data: pd.DataFrame, looks: dict[str, tuple[str, str]]) -> None:
    """Draw every article; `looks` has the colour and marker of each group."""
    size = float(np.clip(9000 / len(data), 1.5, 14))
    for group, (colour, marker) in looks.items():
        rows = data[data["group"] == group]
        if len(rows):
            ax.scatter(
                rows["x"],
                rows["y"],
                s=size,
                c=colour,
                marker=marker,
                linewidths=0,
                alpha=0.85,
                gid=f"points:{group}",
            )


def _shades() -> tuple[str, ...]:
    """Colour of each group that is named; those beyond the palette are grey."""
    palette = now().palette
    return (*palette, *[now().grey] * (NAMED - len(palette)))


def _proportion(data: pd.DataFrame) -> float:
    """Height of the map over its width, as the points lie, within what a page takes."""
    wide, high = float(np.ptp(data["x"])), float(np.ptp(data["y"]))
    return float(np.clip(high / wide, 0.45, 0.85)) if wide > 0 else 0.6


def _densest(points: NDArray[np.float64], _: NDArray[np.int64]) -> NDArray[np.float64]:
    """The point with the most others around it, where a label belongs."""
    reach = max(float(np.hypot(*points.std(axis=0))) / 4, 1e-9)
    sample = points if len(points) <= 1500 else points[:: -(-len(points) // 1500)]
    near = (((sample[:, None, :] - sample[None, :, :]) / reach) ** 2).sum(axis=2)
    return np.asarray(sample[int(np.exp(-near).sum(axis=1).argmax())])


def _name_groups(figure: Figure, ax: Axes, data: pd.DataFrame, groups: list[str], voice: Voice) -> None:
    """Write each group's name near its densest place, with a thin line to it when it stands apart."""
    if not groups:
        return
    figure.draw_without_rendering()
    at = data[["x", "y"]].to_numpy(dtype=float)
    of = data["group"].to_numpy()
    counts = data[N_ARTICLES].to_numpy() if N_ARTICLES in data else np.ones(len(data), dtype=np.int64)
    texts = [
        wrap(figure, f"{voice.theme(group)} ({int(counts[of == group].sum())})", figure.bbox.width * 0.22)
        for group in groups
    ]
    middle = greatest_cell if N_ARTICLES in data else _densest
    anchors = np.array([middle(at[of == group], counts[of == group]) for group in groups])
    sizes = np.array([size_of(figure, text, size=now().font_size) for text in texts]) + 8
    to_pixels = ax.transData
    box = ax.get_window_extent()
    frame = np.array([box.x0, box.y0, box.x1, box.y1])
    centres = place(to_pixels.transform(anchors), sizes, frame, to_pixels.transform(at))
    for text, anchor, centre, colour in zip(texts, anchors, centres, _shades(), strict=False):
        if np.isnan(centre).any():
            raise ValueError(f"no free place on the map for the label {text!r}")
        ax.annotate(
            text,
            anchor,
            xytext=tuple(to_pixels.inverted().transform(centre)),
            textcoords="data",
            ha="center",
            va="center",
            color=now().ink,
            fontsize=now().font_size,
            bbox={
                "boxstyle": "round,pad=0.25",
                "facecolor": "white",
                "edgecolor": colour,
                "alpha": 0.9,
                "linewidth": 0.9,
            },
            arrowprops={"arrowstyle": "-", "color": now().ink, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 0},
            gid="label",
        )


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """How many articles, what may be read from the map, and what is grey."""
    grey = []
    other = data[data["group"] == OTHER][THEME]
    if len(other):
        grey += [voice.theme(theme) for theme in sorted(other.unique())]
    if (data["group"] == UNMAPPED).any():
        grey.append(voice.theme(UNMAPPED))
    cells = N_ARTICLES in data
    return voice.sentences(
        [
            voice.say(_TITLE, n=voice.articles(int(data[N_ARTICLES].sum()) if cells else len(data))),
            voice.say(_CELLS) if cells else "",
            voice.say(_CARE),
            describe_corpus(tables, voice),
            voice.say(_OTHER, names=voice.listing(grey)) if grey else "",
        ]
    )
