"""A theme's share over time: which rows of the trends a figure takes, and how one series is drawn.

A share is drawn as a line with its interval as a band; a period with too few articles is a hollow, lighter
point that the line does not pass through; a period without articles is a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import (
    ALL_SOURCES,
    HIGH,
    LOW,
    N_ARTICLES,
    N_THEME,
    SHARE,
    STATUS,
    THEME,
    TREND_COLUMNS,
    UNMAPPED,
)
from corpus.schema import SOURCE, require_columns
from figures.errors import FigureNotDrawn
from figures.periods import BY, days, kind, middles
from figures.style import now
from figures.tables import Tables
from figures.words import Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARKED_PERIODS: Final = 120
"""Above so many periods, points are drawn only where no line carries them."""
_MARKS: Phrase = {
    "en": "Line: share of the articles {by}; band: its {level}interval (Jeffreys, on the "
    "effective number of articles).",
    "zh": "折线为{by}的文章占比，色带为其 {level}区间（Jeffreys，按有效文章数）。",
}
_FEW: Phrase = {
    "en": "Hollow points: periods with too few articles to read a share from; their intervals are cut at the "
    "panel's edge.",
    "zh": "空心点表示文章过少、占比不可靠的时段，其区间线在图框处截断。",
}
_GAP: Phrase = {"en": "A gap: no articles.", "zh": "断开处无文章。"}


def trends_of(tables: Tables) -> pd.DataFrame:
    """The trends of the codebook's themes, checked, sorted by theme, source and time."""
    table = tables["trends"]
    require_columns(table, TREND_COLUMNS, name="trends")
    table = table[table[THEME] != UNMAPPED]
    return table.sort_values([THEME, SOURCE, "period_start"], kind="stable").reset_index(drop=True)


def require_periods(table: pd.DataFrame) -> None:
    """Raise `FigureNotDrawn` unless shares are known in two periods or more."""
    known = table.loc[table[SHARE].notna() & (table[STATUS] != "none"), "period_start"].nunique()
    if known == 0:
        raise FigureNotDrawn(
            "no period has a share of any theme, because no article has both a date and a theme"
        )
    if known == 1:
        raise FigureNotDrawn("all dated articles fall in one period, and a trend needs two or more")


def by_size(table: pd.DataFrame, column: str, size: str = N_THEME) -> list[str]:
    """Values of `column`, the one with the largest sum of `size` first; ties in alphabetical order."""
    sums = table.groupby(column)[size].sum().reset_index()
    return list(sums.sort_values([size, column], ascending=[False, True])[column])


def drawn_themes(table: pd.DataFrame, *, most: int) -> list[str]:
    """The `most` largest themes that have a share to draw in all sources together.

    Raises `FigureNotDrawn` where there is none.
    """
    together = table[(table[SOURCE] == ALL_SOURCES) & table[SHARE].notna()]
    themes = [
        theme
        for theme in by_size(together, THEME)
        if together.loc[together[THEME] == theme, N_THEME].sum() > 0
    ]
    if not themes:
        raise FigureNotDrawn("no article of the dated ones belongs to a theme of the codebook")
    return themes[:most]


def in_order(table: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """Rows of these themes, in their order and by time."""
    place = {theme: number for number, theme in enumerate(themes)}
    rows = table[table[THEME].isin(themes)]
    rows = rows.sort_values([THEME, "period_start"], key=lambda c: c.map(place) if c.name == THEME else c)
    return rows.reset_index(drop=True)


def known(table: pd.DataFrame, status: str, share: str = SHARE) -> NDArray[np.bool_]:
    """Rows with this status and a share."""
    return np.asarray((table[STATUS] == status) & table[share].notna())


def with_gaps(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with an empty row of status `none` wherever periods are missing between two rows."""
    start, end = days(table["period_start"]), days(table["period_end"])
    holes = np.flatnonzero(start[1:] > end[:-1] + 1)
    if not len(holes):
        return table
    gaps = pd.DataFrame({"period_start": table["period_end"].iloc[holes].to_numpy(), STATUS: "none"})
    gaps["period_end"] = table["period_start"].iloc[holes + 1].to_numpy()
    joined = pd.concat([table, gaps.reindex(columns=table.columns)], ignore_index=True)
    return joined.iloc[np.argsort(middles(joined), kind="stable")].reset_index(drop=True)


def alone(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """True values whose neighbours are both False, which no line can show."""
    before = np.concatenate([[False], mask[:-1]])
    after = np.concatenate([mask[1:], [False]])
    return np.asarray(mask & ~before & ~after)


def draw_share(
    ax: Axes,
    table: pd.DataFrame,
    *,
    colour: str | None = None,
    columns: tuple[str, str, str] = (SHARE, LOW, HIGH),
    linestyle: str = "-",
    name: str = "share",
) -> None:
    """Draw one series of shares, one row a period, into `ax`; the artists carry `name` in their gid."""
    colour = colour or now().accent
    rows = with_gaps(table)
    share, low, high = (rows[column].to_numpy(dtype=float) for column in columns)
    at = middles(rows)
    sure, few = known(rows, "ok", columns[0]), known(rows, "few", columns[0])
    line = np.where(sure, share, np.nan)
    ax.fill_between(at, low, high, where=sure, color=colour, alpha=0.2, linewidth=0, gid=f"{name}:band")
    ax.plot(at, line, color=colour, linestyle=linestyle, gid=f"{name}:line", solid_capstyle="round")
    single = alone(sure)
    marked = sure if len(rows) <= MARKED_PERIODS else single
    size = 2.4 if len(rows) <= MARKED_PERIODS / 2 else 1.6
    filled = {"color": colour, "markeredgewidth": 0, "gid": f"{name}:points"}
    _draw_points(ax, at[marked], share[marked], markersize=size, **filled)
    hollow = {
        "markerfacecolor": "white",
        "markeredgecolor": now().grey,
        "markeredgewidth": 0.5,
        "zorder": 2.5,
    }
    _draw_points(ax, at[few], share[few], markersize=size, gid=f"{name}:few", **hollow)
    for mask, shade in ((single, colour), (few, now().grey)):
        ax.vlines(
            at[mask], low[mask], high[mask], color=shade, linewidth=0.6, alpha=0.6, gid=f"{name}:whiskers"
        )


def _draw_points(ax: Axes, at: NDArray[np.float64], share: NDArray[np.float64], **look: Any) -> None:
    """Points that are drawn whole where they lie on the axis; the layout is not theirs to change."""
    (points,) = ax.plot(at, share, "o", clip_on=False, **look)
    points.set_in_layout(False)


def ceiling(table: pd.DataFrame, columns: tuple[str, ...] = (SHARE, HIGH)) -> float:
    """Top of the share axis: above every share and every interval of a period that has enough articles."""
    enough = table[table[STATUS] == "ok"]
    heights = [table[columns[0]].max()]
    heights += [(enough if len(enough) else table)[column].max() for column in columns]
    top = np.nanmax([float(height) for height in heights if pd.notna(height)] or [0.0])
    return float(min(1.02, max(top * 1.08, 0.01)))


def set_share_axis(ax: Axes, top: float, *, most: int = 4) -> None:
    """A share axis in per cent, from zero."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ax.set_ylim(0, top)
    ax.yaxis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value * 100:.4g}%"))


def span(table: pd.DataFrame) -> tuple[float, float]:
    """First day and the day after the last, of all periods, in days."""
    return float(np.nanmin(days(table["period_start"]))), float(np.nanmax(days(table["period_end"]))) + 1


def describe_marks(table: pd.DataFrame, voice: Voice) -> str:
    """What line, band, hollow points and gaps mean, as far as the figure shows them."""
    spacing = "" if voice.lang == "zh" and voice.level is None else voice.of_level()
    said = [voice.say(_MARKS, by=voice.say(BY[kind(table)]), level=spacing)]
    if (table[STATUS] == "few").any():
        said.append(voice.say(_FEW))
    if (table[STATUS] == "none").any():
        said.append(voice.say(_GAP))
    return voice.sentences(said)


def describe_span(table: pd.DataFrame) -> str:
    """First and last day of the periods that have articles."""
    full = table[table[N_ARTICLES] > 0]
    full = full if len(full) else table
    return f"{full['period_start'].min()} – {full['period_end'].max()}"


def dated_corpus(tables: Tables) -> tuple[int, str]:
    """Number of dated articles in the trends, and the first and last day of the periods that have some."""
    trends = trends_of(tables)
    together = trends[trends[SOURCE] == ALL_SOURCES]
    one = together[together[THEME] == together[THEME].min()]
    return int(one[N_ARTICLES].sum()), describe_span(one)
