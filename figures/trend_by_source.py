"""Share of the largest themes over time in each source: a row a source, a column a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analysis.schema import ALL_SOURCES, N_ARTICLES, SHARE, THEME
from analysis.trends.panel import UNKNOWN_SOURCE
from corpus.schema import SOURCE
from figures import shares
from figures.errors import FigureNotDrawn
from figures.panels import grid, name_lines
from figures.periods import middles, set_time_axis
from figures.style import look, now
from figures.tables import Tables
from figures.text import wrap
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_SOURCES: Final = 8
_TITLE: Phrase = {
    "en": "Share of the {themes} largest themes in each source, {n} from {sources} sources, {span}.",
    "zh": "各来源中最大的 {themes} 个主题占比的变化，{n}，{sources} 个来源，{span}。",
}
_TOGETHER: Phrase = {
    "en": "Dashed: all sources together. A column has one scale, from zero.",
    "zh": "虚线为全部来源合计。同一列刻度相同，从零开始。",
}
_OWN: Phrase = {"en": "this source", "zh": "该来源"}
_ALL: Phrase = {"en": "all sources together", "zh": "全部来源合计"}
_LEFT: Phrase = {"en": "In the table alone: {names}.", "zh": "以下来源仅见于表格：{names}。"}
_EMPTY: Phrase = {"en": "Without a dated article: {names}.", "zh": "以下来源没有带日期的文章：{names}。"}


def data(tables: Tables) -> pd.DataFrame:
    """Rows of the trends that are drawn, with all sources together as the last of the sources."""
    trends = shares.trends_of(tables)
    parts = trends[(trends[SOURCE] != ALL_SOURCES) & trends[SHARE].notna()]
    sources = _sources(parts)
    if len(sources) < 2:
        raise FigureNotDrawn(
            "only one source has dated articles; its trends are those of all sources together"
        )
    shares.require_periods(parts)
    themes = shares.drawn_themes(trends, most=2 if now().narrow else 4)
    order = {name: place for place, name in enumerate([*sources[:MOST_SOURCES], ALL_SOURCES, *themes])}
    rows = trends[trends[SOURCE].isin([*sources[:MOST_SOURCES], ALL_SOURCES]) & trends[THEME].isin(themes)]
    return rows.sort_values(
        [SOURCE, THEME, "period_start"],
        key=lambda column: column.map(order) if column.name in (SOURCE, THEME) else column,
    ).reset_index(drop=True)


def _sources(parts: pd.DataFrame) -> list[str]:
    """Sources by number of dated articles; every theme's rows repeat it, so one theme's rows are counted."""
    first = parts[THEME].min()
    return shares.by_size(parts[parts[THEME] == first], SOURCE, N_ARTICLES)


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """A row of panels for each source, a column for each theme, all sources together dashed in each."""
    voice = Voice(lang, names or {})
    sources = [source for source in dict.fromkeys(data[SOURCE]) if source != ALL_SOURCES]
    themes = list(dict.fromkeys(data[THEME]))
    with look():
        figure, panels = grid(
            len(sources) * len(themes), columns=len(themes), panel_height=25.0, extra=16.0, share="col"
        )
        low, high = shares.span(data)
        for number, ax in enumerate(panels):
            source, theme = sources[number // len(themes)], themes[number % len(themes)]
            rows = data[data[THEME] == theme]
            _reference(ax, rows[rows[SOURCE] == ALL_SOURCES].reset_index(drop=True))
            own = rows[rows[SOURCE] == source].reset_index(drop=True)
            shares.draw_share(ax, own, name=f"{source}:{theme}")
            set_time_axis(ax, low, high, voice, most=3)
            ax.tick_params(labelleft=True)
        for column, theme in enumerate(themes):
            shares.set_share_axis(panels[column], shares.ceiling(data[data[THEME] == theme]), most=4)
        name_lines(figure, solid=voice.say(_OWN), dashed=voice.say(_ALL))
        _headings(
            figure, panels, [voice.theme(theme) for theme in themes], [voice.source(name) for name in sources]
        )
    return figure


def _reference(ax: Axes, rows: pd.DataFrame) -> None:
    """All sources together, as a thin dashed line."""
    rows = shares.with_gaps(rows)
    sure, at = shares.known(rows, "ok"), middles(rows)
    line = np.where(sure, rows[SHARE].to_numpy(dtype=float), np.nan)
    ax.plot(at, line, color=now().contrast, linewidth=0.7, linestyle=(0, (3, 2)), gid="all:line")
    single = shares.alone(sure)
    ax.plot(at[single], line[single], "_", color=now().contrast, markersize=4, gid="all:single")


def _headings(figure: Figure, panels: list[Axes], themes: list[str], sources: list[str]) -> None:
    """Name the themes above the columns and the sources beside the rows, wrapped to what room there is."""
    figure.draw_without_rendering()
    for ax, theme in zip(panels, themes, strict=False):
        ax.set_title(wrap(figure, theme, ax.get_window_extent().width), loc="left")
    for row, source in enumerate(sources):
        ax = panels[row * len(themes)]
        height = ax.get_window_extent().height
        ax.set_ylabel(wrap(figure, source, height, lines=3), fontsize=now().font_size)


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """What is drawn, from how many articles and sources, and which sources stand in the table alone."""
    themes = list(dict.fromkeys(data[THEME]))
    parts = data[(data[SOURCE] != ALL_SOURCES) & (data[THEME] == themes[0])]
    drawn = set(parts[SOURCE])
    trends = shares.trends_of(tables)
    every = trends[(trends[SOURCE] != ALL_SOURCES) & trends[SHARE].notna()]
    rest = [voice.source(source) for source in _sources(every) if source not in drawn]
    dated = set(every[SOURCE])
    named = tables["articles"][SOURCE].fillna(UNKNOWN_SOURCE).unique()
    undated = sorted(voice.source(source) for source in named if source not in dated)
    return voice.sentences(
        [
            voice.say(
                _TITLE,
                themes=len(themes),
                n=voice.articles(parts[N_ARTICLES].sum()),
                sources=len(drawn),
                span=shares.describe_span(data),
            ),
            shares.describe_marks(data, voice),
            voice.say(_TOGETHER),
            voice.say(_LEFT, names=voice.listing(rest)) if rest else "",
            voice.say(_EMPTY, names=voice.listing(undated)) if undated else "",
        ]
    )
