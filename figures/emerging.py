"""Which themes are new, growing, fading or steady: shares before and of late, and the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analysis.schema import EMERGING_COLUMNS, HIGH, LOW, THEME
from corpus.schema import require_columns
from figures import shares
from figures.errors import FigureNotDrawn
from figures.rows import draw_dots, name_dots, row_panels
from figures.style import look, now
from figures.tables import Tables
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_THEMES: Final = 30
STATES: Final[dict[str, Phrase]] = {
    "new": {"en": "new", "zh": "新出现"},
    "growing": {"en": "growing", "zh": "上升"},
    "fading": {"en": "fading", "zh": "消退"},
    "steady": {"en": "steady", "zh": "平稳"},
    "unclear": {"en": "unclear", "zh": "不明"},
}
MOVING: Final = ("new", "growing", "fading")
_TITLE: Phrase = {
    "en": "Themes before and since {since}. Left: share before (hollow) and since (filled). Right: factor by "
    "which the odds of the theme changed, with its {level}interval, adjusted for source and season.",
    "zh": "{since} 前后的各主题。左：此前（空心）与此后（实心）的占比；"
    "右：主题发生比的变化倍数及其 {level}区间，已按来源与季节校正。",
}
_COLOUR: Phrase = {
    "en": "In colour: {moving} of {n} themes moved (q ≤ 0.05, Benjamini–Hochberg); unclear: neither a change "
    "nor its absence is shown.",
    "zh": "彩色：{n} 个主题中有 {moving} 个变化显著（q ≤ 0.05，Benjamini–Hochberg）；"
    "不明：既未证实变化，也未证实不变。",
}
_N: Phrase = {"en": "{n}, {span}.", "zh": "{n}，{span}。"}
_LEFT: Phrase = {"en": "Without enough articles to compare: {names}.", "zh": "文章不足、无法比较：{names}。"}
_SINCE: Phrase = {"en": "since {since}", "zh": "{since} 起"}
_BEFORE: Phrase = {"en": "before", "zh": "此前"}
_SHARE: Phrase = {"en": "share of articles", "zh": "文章占比"}
_FACTOR: Phrase = {"en": "odds, since ÷ before", "zh": "发生比（此后 ÷ 此前）"}


def data(tables: Tables) -> pd.DataFrame:
    """Themes with a change, the one that grew most first."""
    if "emerging" not in tables:
        raise FigureNotDrawn("the run has no table of emerging themes")
    table = tables["emerging"]
    require_columns(table, EMERGING_COLUMNS, name="emerging")
    known = table[table["effect"].notna()]
    if known.empty:
        raise FigureNotDrawn(
            "no theme has enough dated articles for its recent periods to be compared with earlier"
        )
    known = known.sort_values(["effect", THEME], ascending=[False, True]).head(MOST_THEMES)
    return known.reset_index(drop=True)


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """A row a theme: both shares, and the factor with its interval and the state in words."""
    voice = Voice(lang, names or {})
    with look():
        rows = [voice.theme(theme) for theme in data[THEME]]
        figure, (left, right) = row_panels(rows, widths=(1.0, 1.15))
        _draw_shares(left, data, voice)
        since = data["since"].min()
        filled, hollow = voice.say(_SINCE, since=since), voice.say(_BEFORE, since=since)
        name_dots(left, filled=filled, hollow=hollow, colours=(now().grey, now().grey))
        _draw_factors(right, data, voice)
    return figure


def _shade(state: object) -> str:
    """Colour of a theme that moved, grey for the others."""
    return (
        now().accent if state in ("new", "growing") else now().contrast if state == "fading" else now().grey
    )


def _draw_shares(ax: Axes, data: pd.DataFrame, voice: Voice) -> None:
    """Share before and since, joined by a line."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    at = np.arange(len(data))
    shades = [_shade(state) for state in data["state"]]
    ax.hlines(at, data["before"], data["recent"], colors=shades, linewidth=1.0, gid="change")
    for row, shade in enumerate(shades):
        ax.plot(data["before"].iloc[row], row, "o", color=shade, markerfacecolor="white", markersize=3.6)
        ax.plot(data["recent"].iloc[row], row, "o", color=shade, markersize=3.6)
    ax.set_xlim(0, float(data[["before", "recent"]].max(axis=None)) * 1.12)
    ax.xaxis.set_major_locator(MaxNLocator(3 if now().narrow else 5, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value * 100:.4g}%"))
    ax.set_xlabel(voice.say(_SHARE))


def _draw_factors(ax: Axes, data: pd.DataFrame, voice: Voice) -> None:
    """The factor on a logarithmic scale around 1, and the state at the right edge."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    low, high = (np.exp(data[column].to_numpy(dtype=float)) for column in (LOW, HIGH))
    factor = np.exp(data["effect"].to_numpy(dtype=float))
    for row, state in enumerate(data["state"]):
        only = np.arange(len(data)) == row
        masked = [np.where(only, values, np.nan) for values in (factor, low, high)]
        draw_dots(ax, masked[0], (masked[1], masked[2]), colour=_shade(state), name=f"factor:{row}")
        ax.annotate(
            voice.say(STATES[str(state)]),
            (1.0, row),
            xycoords=("axes fraction", "data"),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            fontsize=now().small,
            color=_shade(state) if state in MOVING else now().ink,
            gid="state",
        )
    reach = float(np.nanmax(np.abs(np.log([*low, *high, *factor])))) * 1.05
    ax.set_xscale("log")
    ax.set_xlim(np.exp(-reach), np.exp(reach))
    steps = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16]
    ax.xaxis.set_major_locator(FixedLocator([step for step in steps if abs(np.log(step)) <= reach]))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"× {value:g}" if value >= 1 else f"÷ {1 / value:g}")
    )
    ax.axvline(1, color=now().grey, linewidth=0.6)
    ax.set_xlabel(voice.say(_FACTOR))


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """When before ends, how many themes moved, and what could not be compared."""
    table = tables["emerging"]
    rest = [theme for theme in table[THEME] if theme not in set(data[THEME])]
    n, span = shares.dated_corpus(tables)
    return voice.sentences(
        [
            voice.say(_TITLE, since=data["since"].min(), level=voice.of_level()),
            voice.say(_N, n=voice.articles(n), span=span),
            voice.say(_COLOUR, moving=int(data["state"].isin(MOVING).sum()), n=len(data)),
            voice.say(_LEFT, names=voice.listing(map(voice.theme, rest))) if rest else "",
        ]
    )
