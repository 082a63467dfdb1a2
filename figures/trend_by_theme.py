"""Share of each theme over time in all sources together, one panel a theme, the largest themes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.schema import ALL_SOURCES, N_ARTICLES, THEME
from corpus.schema import SOURCE
from figures import shares
from figures.panels import columns_for, grid, most_panels
from figures.periods import set_time_axis
from figures.style import look
from figures.tables import Tables
from figures.text import fit_titles
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TITLE: Phrase = {
    "en": "Share of each theme over time, {n}, {span}.",
    "zh": "各主题文章占比随时间的变化，{n}，{span}。",
}
_SCALE: Phrase = {
    "en": "Every scale starts at zero; the panels of a row have the same one.",
    "zh": "纵轴均从零开始，同一行各图刻度相同。",
}
_LEFT: Phrase = {
    "en": "The {n} largest themes are drawn; in the table alone: {names}.",
    "zh": "图中为最大的 {n} 个主题，其余仅见于表格：{names}。",
}


def data(tables: Tables) -> pd.DataFrame:
    """Rows of the trends that are drawn: all sources together, the largest themes, in the panels' order."""
    trends = shares.trends_of(tables)
    together = trends[trends[SOURCE] == ALL_SOURCES]
    shares.require_periods(together)
    themes = shares.drawn_themes(together, most=most_panels())
    return shares.in_order(together, themes)


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """One panel a theme: the share, its interval, the periods it is known for."""
    voice = Voice(lang, names or {})
    themes = list(dict.fromkeys(data[THEME]))
    columns = columns_for(len(themes))
    with look():
        figure, panels = grid(len(themes), columns=columns)
        low, high = shares.span(data)
        for ax, theme in zip(panels, themes, strict=True):
            rows = data[data[THEME] == theme].reset_index(drop=True)
            shares.draw_share(ax, rows, name=theme)
            ax.set_title(voice.theme(theme), loc="left")
            set_time_axis(ax, low, high, voice, most=max(3, 12 // columns))
        for first in range(0, len(themes), columns):
            shown = data[data[THEME].isin(themes[first : first + columns])]
            shares.set_share_axis(panels[first], shares.ceiling(shown))
        fit_titles(figure, panels)
    return figure


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """What is drawn, from how many articles, of which period, and what the marks mean."""
    themes = list(dict.fromkeys(data[THEME]))
    n = data[data[THEME] == themes[0]][N_ARTICLES].sum()
    trends = shares.trends_of(tables)
    rest = [
        theme for theme in shares.by_size(trends[trends[SOURCE] == ALL_SOURCES], THEME) if theme not in themes
    ]
    return voice.sentences(
        [
            voice.say(_TITLE, n=voice.articles(n), span=shares.describe_span(data)),
            shares.describe_marks(data, voice),
            voice.say(_SCALE) if len(themes) > 1 else "",
            voice.say(_LEFT, n=len(themes), names=voice.listing(map(voice.theme, rest))) if rest else "",
        ]
    )
