"""Who reprints whom: an arrow from the paper that printed a text first to the one that printed it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from corpus.reprint_network import FROM_SOURCE, MEDIAN_LAG_DAYS, NETWORK_COLUMNS, TO_SOURCE, N
from corpus.schema import require_columns
from figures.corpus_span import describe_corpus
from figures.errors import FigureNotDrawn
from figures.style import look, new_figure, now
from figures.tables import Tables
from figures.text import overlaps, wrap
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_SOURCES: Final = 14
_TITLE: Phrase = {
    "en": "Reprints between the sources of this corpus, {n} in all, from the first printing to later ones.",
    "zh": "本语料各来源之间的转载，共 {n} 次，箭头由首发指向转载。",
}
_MARKS: Phrase = {
    "en": "Width of an arrow and its number: reprints{lag}.",
    "zh": "箭头粗细与数字为转载篇数{lag}。",
}
_LAG: Phrase = {"en": "; in brackets, median days between the two", "zh": "，括号内为间隔天数的中位数"}
_SELF: Phrase = {
    "en": "Not drawn: {n} that a source printed twice itself.",
    "zh": "未绘：同一来源重复刊登 {n}。",
}
_CARE: Phrase = {
    "en": "First is first in this corpus: both may have taken a text from an agency that is not in it.",
    "zh": "首发仅就本语料而言：双方可能均取自语料之外的通讯社。",
}
_LEFT: Phrase = {
    "en": "The {n} sources with most reprints; {rest} more are left to the table reprints.csv.",
    "zh": "图中为转载最多的 {n} 个来源，另有 {rest} 个见 reprints.csv。",
}


def _counted(data: pd.DataFrame) -> bool:
    """Whether there is room to write its number on each arrow."""
    return len(data) <= (10 if now().narrow else 24)


def _pairs(tables: Tables) -> pd.DataFrame:
    """Reprints between two known and different sources."""
    table = tables["reprints"]
    require_columns(table, NETWORK_COLUMNS, name="reprints")
    known = table[FROM_SOURCE].notna() & table[TO_SOURCE].notna()
    return table[known & (table[FROM_SOURCE] != table[TO_SOURCE])]


def _by_traffic(pairs: pd.DataFrame) -> list[str]:
    """Sources with the most reprints given or taken first."""
    ends = pd.concat([pairs[[end, N]].set_axis(["source", N], axis=1) for end in (FROM_SOURCE, TO_SOURCE)])
    sums = ends.groupby("source")[N].sum().reset_index()
    return list(sums.sort_values([N, "source"], ascending=[False, True])["source"])


def data(tables: Tables) -> pd.DataFrame:
    """The arrows between the sources that fit: from, to, number of reprints, median lag in days."""
    if "reprints" not in tables:
        raise FigureNotDrawn("the run did not look for reprints")
    pairs = _pairs(tables)
    if pairs.empty:
        raise FigureNotDrawn("no source reprints a text of another one")
    drawn = _by_traffic(pairs)[:MOST_SOURCES]
    rows = pairs[pairs[FROM_SOURCE].isin(drawn) & pairs[TO_SOURCE].isin(drawn)]
    return rows[list(NETWORK_COLUMNS)].reset_index(drop=True)


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """Sources on an ellipse, an arrow each way between two that reprint, the thicker the more."""
    voice = Voice(lang, names or {})
    sources = _by_traffic(data)
    with look():
        height = now().width * (0.16 if len(sources) == 2 else 0.6 if now().narrow else 0.5)
        figure = new_figure(height=height)
        ax = figure.subplots()
        ax.set_axis_off()
        ax.set_xlim(-1, 1)
        ax.set_ylim(-1, 1)
        figure.draw_without_rendering()
        places = dict(zip(sources, _ellipse(len(sources)), strict=True))
        for source in sources:
            _name(figure, ax, voice.source(source), places[source], many=len(sources))
        _draw_arrows(ax, data, places)
    return figure


def _ellipse(n: int) -> NDArray[np.float64]:
    """Places of `n` sources, (n, 2): on a line for two, else around an ellipse."""
    turns = 2 * np.pi * np.arange(n) / n + np.pi
    reach = np.array([0.4, 0.0]) if n == 2 else np.array([0.55, 0.78])
    return np.asarray(np.column_stack([np.cos(turns), -np.sin(turns)]) * reach)


def _name(figure: Figure, ax: Axes, name: str, place: NDArray[np.float64], *, many: int) -> None:
    """A dot and the source's name outside the ellipse."""
    x, y = place
    wide = ax.get_window_extent().width * 0.2
    ax.plot(x, y, "o", color=now().ink, markersize=4, gid="source", zorder=3)
    upright = abs(x) < 0.05
    ax.annotate(
        wrap(figure, name, wide, lines=1 if many > 8 else 2),
        (x, y),
        xytext=(0, np.sign(y) * 5) if upright else (np.sign(x) * 6, 0),
        textcoords="offset points",
        ha="center" if upright else "left" if x > 0 else "right",
        va=("bottom" if y > 0 else "top") if upright else "center",
        gid="name",
    )


def _draw_arrows(ax: Axes, data: pd.DataFrame, places: dict[str, NDArray[np.float64]]) -> None:
    """Curved arrows, those of the two directions apart, each with its number where there is room for all."""
    from matplotlib.patches import FancyArrowPatch

    most = float(data[N].max())
    taken = np.empty((0, 4))
    for row in data.to_dict("records"):
        start, end = places[row[FROM_SOURCE]], places[row[TO_SOURCE]]
        width = 0.5 + 2.0 * row[N] / most
        ax.add_patch(
            FancyArrowPatch(
                tuple(start),
                tuple(end),
                connectionstyle="arc3,rad=0.18",
                arrowstyle="-|>",
                mutation_scale=5 + 3 * width,
                shrinkA=4,
                shrinkB=5,
                linewidth=width,
                color=now().accent,
                gid=f"arrow:{row[FROM_SOURCE]}:{row[TO_SOURCE]}",
            )
        )
        if _counted(data):
            taken = _count(ax, row, (start, end), taken)


def _count(
    ax: Axes,
    row: dict[str, object],
    ends: tuple[NDArray[np.float64], NDArray[np.float64]],
    taken: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Write an arrow's number at its bend, or nearer its start where another number stands."""
    lag = row[MEDIAN_LAG_DAYS]
    text = f"{row[N]:,.0f}" + (f" ({lag:g})" if pd.notna(lag) else "")
    start, end = ax.transData.transform(np.array(ends))
    bend = (start + end) / 2 + 0.18 * np.array([end[1] - start[1], start[0] - end[0]])
    label = ax.text(
        float(start[0]),
        float(start[1]),
        text,
        ha="center",
        va="center",
        fontsize=now().small,
        bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"},
        gid="count",
    )
    for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
        middle = (1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t**2 * end
        label.set_position(tuple(ax.transData.inverted().transform(middle)))
        box = np.asarray(label.get_window_extent().extents)
        if not overlaps(box, taken).any():
            break
    else:
        label.remove()
        return taken
    return np.vstack([taken, box])


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """How many reprints, what an arrow means, and what is not drawn."""
    table, pairs = tables["reprints"], _pairs(tables)
    own = table[table[FROM_SOURCE].notna() & (table[FROM_SOURCE] == table[TO_SOURCE])][N].sum()
    drawn = len(_by_traffic(data))
    rest = len(_by_traffic(pairs)) - drawn
    lag = voice.say(_LAG) if data[MEDIAN_LAG_DAYS].notna().any() and _counted(data) else ""
    return voice.sentences(
        [
            voice.say(_TITLE, n=f"{pairs[N].sum():,.0f}"),
            voice.say(_MARKS, lag=lag),
            describe_corpus(tables, voice),
            voice.say(_CARE),
            voice.say(_SELF, n=voice.articles(own)) if own else "",
            voice.say(_LEFT, n=drawn, rest=rest) if rest else "",
        ]
    )
