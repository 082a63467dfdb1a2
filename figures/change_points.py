"""The series in which a lasting step was found: when, how surely dated, from which level to which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.schema import ALL_SOURCES, CHANGE_POINT_COLUMNS, HIGH, LOW, SHARE, TEST_COLUMNS, THEME
from corpus.schema import SOURCE, require_columns
from figures import shares
from figures.errors import FigureNotDrawn
from figures.panels import columns_for, grid, most_panels
from figures.periods import days, set_time_axis
from figures.style import look, now
from figures.tables import Tables
from figures.text import fit_titles
from figures.words import Names, Phrase, Voice, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SURE: Final = 0.05
"""A step counts as found when its q, the false discovery rate over all series, is no larger than this."""
_ADJUSTED: Final = {SHARE: "adjusted", LOW: "adjusted_low", HIGH: "adjusted_high"}
_TITLE: Phrase = {
    "en": "Series with a lasting step (q ≤ {sure}), {n} of {tested} that were dated, {span}.",
    "zh": "出现持久变化的序列（q ≤ {sure}），可定位的 {tested} 个中有 {n} 个，{span}。",
}
_MARKS: Phrase = {
    "en": "Upright line: likeliest date of the step; shaded: the {level}interval of that date; dashed: mean "
    "level before and after.",
    "zh": "竖线为变化的最可能日期，阴影为该日期的 {level}区间，虚线为前后平均水平。",
}
_ALL: Phrase = {
    "en": "Without a source's name: all sources together, adjusted for their mix.",
    "zh": "未注明来源者为全部来源合计，已按来源构成校正。",
}
_SEASON: Phrase = {"en": "{name} (yearly season)", "zh": "{name}（有年度季节性）"}
_NAME: Phrase = {"en": "{theme}, {source}", "zh": "{theme}，{source}"}
_LEFT: Phrase = {"en": "{n} more stand in the table alone.", "zh": "另有 {n} 个仅见于表格。"}


def _found(tables: Tables) -> pd.DataFrame:
    """The steps that count as found, the surest first."""
    table = tables["change_points"]
    require_columns(table, CHANGE_POINT_COLUMNS, name="change_points")
    table = table[(table["q"] <= SURE) & table["date"].notna()]
    return table.sort_values(["q", "p", THEME, SOURCE], kind="stable")


def data(tables: Tables) -> pd.DataFrame:
    """For each step found, the rows of its series with the step beside them; all sources are adjusted."""
    found = _found(tables)
    if found.empty:
        raise FigureNotDrawn(f"no series has a step that is surer than q = {SURE}")
    trends = shares.trends_of(tables)
    together = trends[SOURCE] == ALL_SOURCES
    for column, adjusted in _ADJUSTED.items():
        trends[column] = trends[column].where(~together, trends[adjusted])
    trends = trends.drop(columns=list(_ADJUSTED.values()))
    steps = found.head(most_panels() * 3 // 4)
    steps = steps.rename(columns={"date": "change", LOW: "change_low", HIGH: "change_high"})
    tests = tables["tests"]
    require_columns(tests, TEST_COLUMNS, name="tests")
    steps = steps.merge(tests[[THEME, SOURCE, "seasonal"]], on=[THEME, SOURCE], how="left")
    rows = steps.merge(trends, on=[THEME, SOURCE], how="inner", sort=False)
    drawable = rows.groupby([THEME, SOURCE])[SHARE].transform("count") > 0
    if not drawable.any():
        raise FigureNotDrawn("the series with a step have no share to draw in the trends")
    return rows[drawable].reset_index(drop=True)


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """One panel a series: the share, the step, the levels on both sides of it."""
    voice = Voice(lang, names or {})
    series = [group for _, group in data.groupby([THEME, SOURCE], sort=False)]
    columns = columns_for(len(series))
    with look():
        figure, panels = grid(len(series), columns=columns, panel_height=34, share="none")
        low, high = shares.span(data)
        for ax, rows in zip(panels, series, strict=True):
            shares.draw_share(ax, rows.reset_index(drop=True), name="series")
            _draw_step(ax, rows.iloc[0], low, high)
            ax.set_title(_heading(rows.iloc[0], voice), loc="left")
            set_time_axis(ax, low, high, voice, most=max(3, 12 // columns))
            shares.set_share_axis(
                ax, max(shares.ceiling(rows), rows[["before", "after"]].max(axis=None) * 1.1)
            )
        fit_titles(figure, panels, lines=3)
    return figure


def _draw_step(ax: Axes, row: pd.Series, low: float, high: float) -> None:
    """The date with its interval and the level on either side."""
    at, earliest, latest = days([row["change"], row["change_low"], row["change_high"]])
    if latest > earliest:
        ax.axvspan(earliest, latest, color=now().contrast, alpha=0.13, linewidth=0, gid="interval")
    ax.axvline(at, color=now().contrast, linewidth=0.9, gid="change")
    for level, start, end, side in ((row["before"], low, at, "before"), (row["after"], at, high, "after")):
        ax.plot(
            [start, end],
            [level, level],
            color=now().contrast,
            linewidth=0.9,
            linestyle=(0, (3, 1.5)),
            gid=side,
        )


def _heading(row: pd.Series, voice: Voice) -> str:
    """Theme, source, season, and the two levels."""
    name = voice.theme(row[THEME])
    if row[SOURCE] != ALL_SOURCES:
        name = voice.say(_NAME, theme=name, source=voice.source(row[SOURCE]))
    if pd.notna(row["seasonal"]) and bool(row["seasonal"]):
        name = voice.say(_SEASON, name=name)
    return f"{name}: {percent(row['before'])}→{percent(row['after'])}"


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """How many steps were found among how many series, and what the marks mean."""
    found, drawn = len(_found(tables)), data.groupby([THEME, SOURCE]).ngroups
    return voice.sentences(
        [
            voice.say(
                _TITLE,
                sure=SURE,
                n=found,
                tested=len(tables["change_points"]),
                span=shares.describe_span(data),
            ),
            voice.say(_MARKS, level=voice.of_level()),
            shares.describe_marks(data, voice),
            voice.say(_ALL) if (data[SOURCE] == ALL_SOURCES).any() else "",
            voice.say(_LEFT, n=found - drawn) if found > drawn else "",
        ]
    )
