"""How many articles of each theme each source carries, and what share of the source that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analysis.schema import ASSIGNMENT_COLUMNS, N_ARTICLES, N_THEME, SHARE, THEME, UNMAPPED
from corpus.schema import ARTICLE_ID, SOURCE, require_columns
from figures.corpus_span import describe_corpus
from figures.errors import FigureNotDrawn
from figures.panels import name_rows
from figures.style import look, new_figure, now
from figures.tables import Tables
from figures.text import wrap
from figures.words import Names, Phrase, Voice, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

MOST_SOURCES: Final = 30
ROOMY: Final = 14
"""Up to so many rows and columns, a cell holds a share and a count."""
_TITLE: Phrase = {
    "en": "Themes in each source, {n} from {sources} sources, each counted under its most probable theme.",
    "zh": "各来源的主题构成，{n}，{sources} 个来源，每篇计入其概率最高的主题。",
}
_BOTH: Phrase = {
    "en": "In a cell: the share of the source's articles and, below it, their number.",
    "zh": "格中为占该来源文章的百分比，其下为篇数。",
}
_ONE: Phrase = {
    "en": "In a cell: the share of the source's articles, in per cent.",
    "zh": "格中为占该来源文章的百分比。",
}
_LEFT: Phrase = {"en": "In the table alone: {names}.", "zh": "仅见于表格：{names}。"}


def _most_themes() -> int:
    """Columns that a page has room for."""
    return 14 if now().narrow else 31


def _counts(tables: Tables) -> pd.DataFrame:
    """Articles of each source and theme, long."""
    articles, assignments = tables["articles"], tables["assignments"]
    require_columns(articles, (ARTICLE_ID, SOURCE), name="articles")
    require_columns(assignments, ASSIGNMENT_COLUMNS, name="assignments")
    joined = articles[[ARTICLE_ID, SOURCE]].merge(
        assignments[[ARTICLE_ID, THEME]], on=ARTICLE_ID, validate="1:1"
    )
    if joined.empty:
        raise FigureNotDrawn("no article has a theme assigned")
    joined[SOURCE] = joined[SOURCE].fillna("")
    joined[THEME] = joined[THEME].fillna(UNMAPPED)
    return joined.groupby([SOURCE, THEME]).size().rename(N_THEME).reset_index()


def _order(counts: pd.DataFrame, column: str) -> list[str]:
    """Values of `column`, the commonest first, articles without a theme last."""
    sums = counts.groupby(column)[N_THEME].sum().reset_index()
    sums = sums.assign(last=sums[column] == UNMAPPED)
    return list(sums.sort_values(["last", N_THEME, column], ascending=[True, False, True])[column])


def data(tables: Tables) -> pd.DataFrame:
    """One row a cell: source, theme, articles of the source, of them in the theme, and their share."""
    counts = _counts(tables)
    sources, themes = _order(counts, SOURCE), _order(counts, THEME)
    if themes == [UNMAPPED]:
        raise FigureNotDrawn("no article belongs to a theme of the codebook")
    cells = pd.MultiIndex.from_product(
        [sources[:MOST_SOURCES], themes[: _most_themes()]], names=[SOURCE, THEME]
    )
    table = counts.set_index([SOURCE, THEME])[N_THEME].reindex(cells, fill_value=0).reset_index()
    totals = counts.groupby(SOURCE)[N_THEME].sum()
    table.insert(2, N_ARTICLES, table[SOURCE].map(totals))
    table[SHARE] = table[N_THEME] / table[N_ARTICLES]
    return table


def _colours() -> Colormap:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("broadsheet", ["#ffffff", *now().sequence])


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """Sources down, themes across; a cell is the darker the larger its share, from white at zero."""
    voice = Voice(lang, names or {})
    sources, themes = list(dict.fromkeys(data[SOURCE])), list(dict.fromkeys(data[THEME]))
    values = data[SHARE].to_numpy(dtype=float).reshape(len(sources), len(themes))
    with look():
        row = 9.0 if len(sources) <= ROOMY else 6.2
        figure = new_figure(height=32 + row * len(sources))
        ax = figure.subplots()
        ax.grid(visible=False)
        top = max(float(values.max()), 0.01)
        ax.pcolormesh(
            np.arange(len(themes) + 1),
            np.arange(len(sources) + 1),
            values,
            cmap=_colours(),
            vmin=0,
            vmax=top,
            edgecolors="white",
            linewidth=0.8,
            gid="cells",
        )
        ax.invert_yaxis()
        rows = [voice.source(source) for source in sources]
        totals = data.drop_duplicates(SOURCE)[N_ARTICLES]
        name_rows(figure, ax, rows, totals, roomy=len(sources) <= ROOMY)
        _name_columns(figure, ax, [voice.theme(theme) for theme in themes])
        _write_cells(ax, data, len(themes), top)
    return figure


def _name_columns(figure: Figure, ax: Axes, themes: list[str]) -> None:
    """Themes slanted along the top."""
    roomy = len(themes) <= (6 if now().narrow else ROOMY)
    wide = figure.get_window_extent().width * (0.3 if now().narrow else 0.2)
    ax.set_xticks(
        np.arange(len(themes)) + 0.5,
        [wrap(figure, name, wide, lines=2 if roomy else 1) for name in themes],
        rotation=45,
        ha="left",
        va="bottom",
        rotation_mode="anchor",
        fontsize=now().font_size if roomy else now().small,
    )
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)


def _roomy(data: pd.DataFrame) -> bool:
    """Whether cells are large enough for a share and a count."""
    most = 6 if now().narrow else ROOMY
    return bool(data[SOURCE].nunique() <= ROOMY and data[THEME].nunique() <= most)


def _write_cells(ax: Axes, data: pd.DataFrame, n_themes: int, top: float) -> None:
    """Share and count in each cell, or the share alone where cells are small; an empty cell stays empty."""
    both = _roomy(data)
    for number, (share, count) in enumerate(zip(data[SHARE], data[N_THEME], strict=True)):
        if count == 0:
            continue
        ax.text(
            number % n_themes + 0.5,
            number // n_themes + 0.5,
            f"{percent(share)}\n{count:,}" if both else percent(share).rstrip("%"),
            ha="center",
            va="center",
            fontsize=now().small if both else now().tiny,
            linespacing=1.15,
            color="white" if share > 0.55 * top else now().ink,
            gid="cell",
        )


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """What a cell says, from how many articles, and what is left to the table."""
    counts = _counts(tables)
    n = counts[counts[SOURCE].isin(data[SOURCE])][N_THEME].sum()
    rest = [voice.source(source) for source in _order(counts, SOURCE)[MOST_SOURCES:]]
    rest += [voice.theme(theme) for theme in _order(counts, THEME)[_most_themes() :]]
    return voice.sentences(
        [
            voice.say(_TITLE, n=voice.articles(n), sources=data[SOURCE].nunique()),
            voice.say(_BOTH if _roomy(data) else _ONE),
            voice.say(_LEFT, names=voice.listing(rest)) if rest else "",
            describe_corpus(tables, voice),
        ]
    )
