"""Share of each theme as counted and at a fixed mix of sources: what differs came with the mix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analysis.schema import ALL_SOURCES, N_ARTICLES, SHARE, THEME
from corpus.schema import SOURCE
from figures import shares
from figures.errors import FigureNotDrawn
from figures.panels import columns_for, grid, most_panels, name_lines
from figures.periods import middles, set_time_axis
from figures.style import look, now
from figures.tables import Tables
from figures.text import fit_titles
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ADJUSTED: Final = ("adjusted", "adjusted_low", "adjusted_high")
_TITLE: Phrase = {
    "en": "Share of each theme as counted, and adjusted to a fixed mix of sources, {n}, {span}.",
    "zh": "各主题的原始占比与按固定来源构成校正后的占比，{n}，{span}。",
}
_WHY: Phrase = {
    "en": "Where the two part, the mix of sources changed, not what the sources write about.",
    "zh": "两线分离之处，变化的是来源构成，而非各来源的报道内容。",
}
_RAW: Phrase = {"en": "as counted", "zh": "原始占比"}
_ADJUSTED: Phrase = {"en": "adjusted for source", "zh": "按来源校正"}
_BAND: Phrase = {
    "en": "The band is the {level}interval of the adjusted share.",
    "zh": "色带为校正占比的 {level}区间。",
}


def data(tables: Tables) -> pd.DataFrame:
    """Rows of the trends for all sources together, the largest themes first."""
    trends = shares.trends_of(tables)
    if trends.loc[(trends[SOURCE] != ALL_SOURCES) & trends[SHARE].notna(), SOURCE].nunique() < 2:
        raise FigureNotDrawn(
            "only one source has dated articles, so there is no mix of sources to adjust for"
        )
    together = trends[trends[SOURCE] == ALL_SOURCES]
    shares.require_periods(together)
    if together["adjusted"].notna().sum() == 0:
        raise FigureNotDrawn(
            "no share could be adjusted for the mix of sources: no chain of common periods links them all"
        )
    themes = shares.drawn_themes(together, most=most_panels())
    return shares.in_order(together, themes)


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """One panel a theme: the adjusted share with its interval, the share as counted dashed."""
    voice = Voice(lang, names or {})
    themes = list(dict.fromkeys(data[THEME]))
    columns = columns_for(len(themes))
    with look():
        figure, panels = grid(len(themes), columns=columns, extra=14)
        low, high = shares.span(data)
        for ax, theme in zip(panels, themes, strict=True):
            rows = data[data[THEME] == theme].reset_index(drop=True)
            shares.draw_share(ax, rows, columns=ADJUSTED, name=f"{theme}:adjusted")
            _draw_raw(ax, rows, theme)
            ax.set_title(voice.theme(theme), loc="left")
            set_time_axis(ax, low, high, voice, most=max(3, 12 // columns))
        for first in range(0, len(themes), columns):
            shown = data[data[THEME].isin(themes[first : first + columns])]
            shares.set_share_axis(panels[first], shares.ceiling(shown, (SHARE, "adjusted", "adjusted_high")))
        name_lines(figure, solid=voice.say(_ADJUSTED), dashed=voice.say(_RAW))
        fit_titles(figure, panels)
    return figure


def _draw_raw(ax: Axes, rows: pd.DataFrame, theme: str) -> None:
    """The share as counted, dashed, where there are enough articles."""
    rows = shares.with_gaps(rows)
    sure, at = shares.known(rows, "ok"), middles(rows)
    line = np.where(sure, rows[SHARE].to_numpy(dtype=float), np.nan)
    ax.plot(at, line, color=now().contrast, linewidth=0.8, linestyle=(0, (3, 1.5)), gid=f"{theme}:raw")
    single = shares.alone(sure)
    ax.plot(at[single], line[single], "_", color=now().contrast, markersize=4, gid=f"{theme}:raw points")


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """What is drawn, from how many articles, and what a difference means."""
    del tables
    first = data[data[THEME] == data[THEME].iloc[0]]
    return voice.sentences(
        [
            voice.say(_TITLE, n=voice.articles(first[N_ARTICLES].sum()), span=shares.describe_span(data)),
            voice.say(_BAND, level=voice.of_level()),
            voice.say(_WHY),
        ]
    )
