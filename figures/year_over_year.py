"""Share of each theme through the calendar year, one line a year: what comes back, and what doesn't."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analysis.schema import ALL_SOURCES, N_ARTICLES, PERIOD_START, SHARE, STATUS, THEME
from corpus.schema import SOURCE
from figures import shares
from figures.errors import FigureNotDrawn
from figures.panels import columns_for, grid, most_panels
from figures.periods import BY, days, kind, middles
from figures.style import look, now
from figures.tables import Tables
from figures.text import fit_titles
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_YEARS: Final = 5
"""More lines than this in a panel are a thicket; the latest years are drawn."""
YEAR: Final = "year"
_STEPS: Final = ("-", (0, (4, 1.2)), (0, (1.2, 1)), (0, (5, 1, 1, 1)), (0, (2, 2)))
"""Line of the latest year, the year before, and so on."""
_TITLE: Phrase = {
    "en": "Share of each theme {by} through the calendar year, all sources together, {n}, {span}.",
    "zh": "各主题占比在日历年内的变化（{by}），全部来源合计，{n}，{span}。",
}
_SEASONAL: Phrase = {
    "en": "With a yearly season by the test (q ≤ 0.05): {names}.",
    "zh": "检验显示有年度季节性（q ≤ 0.05）：{names}。",
}
_NO_SEASON: Phrase = {
    "en": "No theme has a yearly season by the test.",
    "zh": "检验未显示任何主题有年度季节性。",
}
_MARKS: Phrase = {
    "en": "The latest year is the strongest line. Without intervals, which trend_by_theme shows; periods "
    "with too few articles are left out, and a break is a period without enough.",
    "zh": "最近一年的线最粗。此图不绘区间（见 trend_by_theme）；文章过少的时段不绘，折线断开处即此。",
}
_EARLIER: Phrase = {"en": "Earlier years stand in trends.csv alone.", "zh": "更早年份仅见于 trends.csv。"}


def data(tables: Tables) -> pd.DataFrame:
    """Rows of all sources together in the latest years, the largest themes first, with their year."""
    trends = shares.trends_of(tables)
    together = trends[trends[SOURCE] == ALL_SOURCES].reset_index(drop=True)
    shares.require_periods(together)
    if kind(together) not in ("day", "week", "month", "quarter"):
        raise FigureNotDrawn("the periods are no parts of a year, so no year can be laid over another")
    together[YEAR] = pd.Series(middles(together) / 365.2425 + 1970).astype(int)
    known = together[(together[STATUS] == "ok") & together[SHARE].notna()]
    places = known.drop_duplicates(PERIOD_START).groupby(YEAR).size()
    years = sorted(places[places >= 3].index)[-MOST_YEARS:]
    if len(years) < 2:
        raise FigureNotDrawn("fewer than two calendar years have three periods with enough articles each")
    themes = shares.drawn_themes(together, most=most_panels())
    return shares.in_order(together[together[YEAR].isin(years)], themes)


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """One panel a theme, January to December, one line a year."""
    voice = Voice(lang, names or {})
    themes, years = list(dict.fromkeys(data[THEME])), sorted(data[YEAR].unique(), reverse=True)
    columns = columns_for(len(themes))
    with look():
        figure, panels = grid(len(themes), columns=columns, extra=14)
        for ax, theme in zip(panels, themes, strict=True):
            for age, year in reversed(list(enumerate(years))):
                rows = data[(data[THEME] == theme) & (data[YEAR] == year)]
                _draw_year(ax, rows, age, name=f"{theme}:{year}")
            ax.set_title(voice.theme(theme), loc="left")
            _set_year_axis(ax, voice)
        for first in range(0, len(themes), columns):
            shown = data[data[THEME].isin(themes[first : first + columns]) & (data[STATUS] == "ok")]
            top = float(np.nanmax([shown[SHARE].max(), 0.01]))
            shares.set_share_axis(panels[first], top * 1.08)
        _name_years(figure, years)
        fit_titles(figure, panels)
    return figure


def _looks(age: int) -> dict[str, Any]:
    """How the line of a year so many years before the latest is drawn: the older, the lighter and thinner."""
    shades = [now().accent, now().contrast, now().grey, now().grey, now().light]
    return {"color": shades[age], "linewidth": 1.3 if age == 0 else 0.8, "linestyle": _STEPS[age]}


def _draw_year(ax: Axes, rows: pd.DataFrame, age: int, *, name: str) -> None:
    """One year's line by the day of the year, broken where a period has too few articles or none."""
    rows = shares.with_gaps(rows.reset_index(drop=True))
    start = days([f"{int(rows[YEAR].max())}-01-01"])[0]
    sure = shares.known(rows, "ok")
    share = np.where(sure, rows[SHARE].to_numpy(dtype=float), np.nan)
    x = middles(rows) - start
    ax.plot(x, share, gid=name, zorder=2.5 - age / 10, **_looks(age))
    single = shares.alone(sure)
    ax.plot(x[single], share[single], "o", markersize=1.8, color=_looks(age)["color"], gid=f"{name}:single")


def _set_year_axis(ax: Axes, voice: Voice) -> None:
    """The months of a year without its number."""
    import datetime as dt

    firsts = [dt.date(2001, month, 1) for month in (1, 4, 7, 10)]
    ax.set_xlim(0, 366)
    ax.set_xticks(
        [(first - dt.date(2001, 1, 1)).days for first in firsts], [voice.month(day) for day in firsts]
    )


def _name_years(figure: Figure, years: list[int]) -> None:
    """Which line is which year, the earliest first."""
    from matplotlib.lines import Line2D

    lines = [Line2D([], [], label=str(year), **_looks(age)) for age, year in enumerate(years)]
    figure.legend(handles=lines[::-1], loc="outside upper right", ncols=len(lines))


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """From how many articles, which themes have a season, and what the lines leave out."""
    one = data[data[THEME] == data[THEME].iloc[0]]
    tests = tables["tests"]
    seasonal = tests[(tests[SOURCE] == ALL_SOURCES) & tests["seasonal"].eq(True)][THEME]
    shown = [voice.theme(theme) for theme in dict.fromkeys(data[THEME]) if theme in set(seasonal)]
    trends = shares.trends_of(tables)
    return voice.sentences(
        [
            voice.say(
                _TITLE,
                by=voice.say(BY[kind(data)]),
                n=voice.articles(one[N_ARTICLES].sum()),
                span=shares.describe_span(one),
            ),
            voice.say(_MARKS),
            voice.say(_SEASONAL, names=voice.listing(shown)) if shown else voice.say(_NO_SEASON),
            voice.say(_EARLIER) if trends[PERIOD_START].min() < data[PERIOD_START].min() else "",
        ]
    )
