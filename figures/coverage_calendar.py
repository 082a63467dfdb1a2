"""What the corpus has and what it lacks: articles of each source in each day, week, month or year."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import N_ARTICLES
from corpus.schema import DATE, DATE_END, DATE_START, SOURCE, require_columns
from figures.errors import FigureNotDrawn
from figures.panels import name_rows
from figures.periods import BY, days, kind, set_time_axis
from figures.style import look, new_figure, now
from figures.tables import Tables
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_SOURCES: Final = 30
ROOMY: Final = 16
"""Up to so many rows a source's name has two lines."""
MOST_CELLS: Final = 130
"""Cells across; with more days than this the calendar goes by week, then by month, quarter and year."""
WIDEST: Final = 366
"""An article whose date is known less closely than to so many days has no place in a calendar."""
_TITLE: Phrase = {
    "en": "Articles of each source {by}, {n} with a date, {first} – {last}.",
    "zh": "各来源{by}的文章数，有日期者 {n}，{first} – {last}。",
}
_HATCH: Phrase = {"en": "Hatched: no article.", "zh": "斜线处无文章。"}
_UNDATED: Phrase = {
    "en": "Not shown, because their dates are not known closely enough: {n}.",
    "zh": "另有 {n}日期不够确切，未列入。",
}
_LEFT: Phrase = {
    "en": "The {n} largest sources; {rest} more are not drawn.",
    "zh": "图中为最大的 {n} 个来源，另有 {rest} 个未列入。",
}
_BAR: Phrase = {"en": "articles", "zh": "篇数"}


def _dated(tables: Tables) -> pd.DataFrame:
    """Articles that lie in one cell: source, first and last day it can have appeared, and the cell."""
    articles = tables["articles"]
    require_columns(articles, (SOURCE, DATE), name="articles")
    first, last = (
        pd.to_datetime(_known(articles, column), format="ISO8601") for column in (DATE_START, DATE_END)
    )
    near = (last - first).dt.days.between(0, WIDEST)
    if not near.any():
        raise FigureNotDrawn("no article has a date")
    frequency = _frequency(first[near].min(), last[near].max())
    cell = first.dt.to_period(frequency)
    placed = near & (cell == last.dt.to_period(frequency))
    if not placed.any():
        raise FigureNotDrawn("no article has a date exact enough for a calendar")
    sources = articles[SOURCE].fillna("")
    return pd.DataFrame({SOURCE: sources, "first": first, "last": last, "cell": cell})[placed]


def _known(articles: pd.DataFrame, column: str) -> pd.Series[str]:
    """The date of each article, or where there is none this end of the interval it must lie in."""
    dates = articles[DATE].replace("", None)
    if column not in articles.columns:
        return dates
    return dates.fillna(articles[column].replace("", None))


def _frequency(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Length of a cell: the shortest that gives no more than `MOST_CELLS` of them."""
    for frequency, length in (("D", 1), ("W", 7), ("M", 30), ("Q", 91)):
        if (last - first).days / length < MOST_CELLS:
            return frequency
    return "Y"


def data(tables: Tables) -> pd.DataFrame:
    """One row a cell: source, first and last day, number of articles, the empty cells too."""
    dated = _dated(tables)
    every = pd.period_range(dated["cell"].min(), dated["cell"].max(), freq=dated["cell"].dt.freq)
    totals = dated[SOURCE].value_counts().reset_index()
    sources = list(totals.sort_values(["count", SOURCE], ascending=[False, True])[SOURCE])[:MOST_SOURCES]
    counts = dated.groupby([SOURCE, "cell"]).size()
    cells = pd.MultiIndex.from_product([sources, every], names=[SOURCE, "period"])
    table = counts.reindex(cells, fill_value=0).rename(N_ARTICLES).reset_index()
    return pd.DataFrame(
        {
            SOURCE: table[SOURCE],
            "period_start": table["period"].dt.start_time.dt.strftime("%Y-%m-%d"),
            "period_end": table["period"].dt.end_time.dt.strftime("%Y-%m-%d"),
            N_ARTICLES: table[N_ARTICLES].astype("int64"),
        }
    )


def _edges(counts: NDArray[np.int64]) -> list[int]:
    """Bounds of up to six classes with about as many cells in each, from the smallest count above zero."""
    filled = np.sort(counts[counts > 0])
    classes = len(now().sequence) - 1
    firsts = filled[np.arange(classes) * len(filled) // classes]
    return [*map(int, np.unique(firsts)), int(filled[-1]) + 1]


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """A row a source, time across, a cell the darker the more articles; hatched where there is none."""
    from matplotlib.colors import BoundaryNorm, ListedColormap
    from matplotlib.patches import Rectangle

    voice = Voice(lang, names or {})
    sources = list(dict.fromkeys(data[SOURCE]))
    counts = data[N_ARTICLES].to_numpy().reshape(len(sources), -1)
    first = data[data[SOURCE] == sources[0]]
    x = np.append(days(first["period_start"]), days(first["period_end"])[-1] + 1)
    edges = _edges(counts)
    colours = ListedColormap(now().sequence[1:][-(len(edges) - 1) :])
    with look():
        figure = new_figure(height=24 + (7.0 if len(sources) <= ROOMY else 5.5) * len(sources))
        ax = figure.subplots()
        ax.grid(visible=False)
        ax.add_patch(
            Rectangle(
                (x[0], 0), x[-1] - x[0], len(sources), facecolor="white", hatch="////", linewidth=0, zorder=0
            )
        )
        ax.pcolormesh(
            x,
            np.arange(len(sources) + 1),
            np.ma.masked_equal(counts, 0),
            cmap=colours,
            norm=BoundaryNorm(edges, colours.N),
            gid="cells",
        )
        for line in range(1, len(sources)):
            ax.axhline(line, color="white", linewidth=1.5)
        ax.set_ylim(len(sources), 0)
        set_time_axis(ax, float(x[0]), float(x[-1]), voice, most=8)
        rows = [voice.source(source) for source in sources]
        name_rows(figure, ax, rows, counts.sum(axis=1), roomy=len(sources) <= ROOMY)
        ax.tick_params(axis="y", length=0)
        for side in ("left", "bottom"):
            ax.spines[side].set_visible(False)
        _key(figure, edges, voice)
    return figure


def _key(figure: Figure, edges: list[int], voice: Voice) -> None:
    """What the shades stand for, as labelled boxes along the top."""
    from matplotlib.patches import Patch

    shades = now().sequence[1:][-(len(edges) - 1) :]
    spans = [
        f"{low:,}" if high - low == 1 else f"{low:,}–{high - 1:,}" for low, high in itertools.pairwise(edges)
    ]
    boxes = [Patch(facecolor="white", hatch="////////", edgecolor=now().light, linewidth=0.5, label="0")]
    boxes += [Patch(facecolor=shade, label=label) for shade, label in zip(shades, spans, strict=True)]
    figure.legend(
        handles=boxes,
        loc="outside upper right",
        ncols=len(boxes),
        title=voice.say(_BAR),
        title_fontsize=now().small,
        handlelength=1.2,
        columnspacing=1.0,
        alignment="right",
    )


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """How many articles, which span, and what is not in the picture."""
    articles, dated = tables["articles"], _dated(tables)
    undated, sources = len(articles) - len(dated), data[SOURCE].nunique()
    rest = dated[SOURCE].nunique() - sources
    return voice.sentences(
        [
            voice.say(
                _TITLE,
                by=voice.say(BY[kind(data)]),
                n=voice.articles(data[N_ARTICLES].sum()),
                first=f"{dated['first'].min():%Y-%m-%d}",
                last=f"{dated['last'].max():%Y-%m-%d}",
            ),
            voice.say(_HATCH) if (data[N_ARTICLES] == 0).any() else "",
            voice.say(_UNDATED, n=voice.articles(undated)) if undated else "",
            voice.say(_LEFT, n=sources, rest=rest) if rest else "",
        ]
    )
