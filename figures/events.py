"""Named events on the line of each theme: the share as it was expected at the event, and as it was."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.schema import ALL_SOURCES, EVENT_COLUMNS, N_ARTICLES, THEME
from corpus.schema import SOURCE, require_columns
from figures import shares
from figures.errors import FigureNotDrawn
from figures.panels import columns_for, grid, most_panels
from figures.periods import Days, days, set_time_axis
from figures.style import look, now
from figures.tables import Tables
from figures.text import fit_titles
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SURE: Final = 0.05
_TITLE: Phrase = {
    "en": "Share of each theme around the study's events, all sources together, {n}, {span}.",
    "zh": "研究所列事件前后各主题的占比，全部来源合计，{n}，{span}。",
}
_KEY: Phrase = {"en": "Events: {names}.", "zh": "事件：{names}。"}
_MARKS: Phrase = {
    "en": "At an event: the share expected without it (hollow square) and with it (filled), from an "
    "interrupted time series adjusted for source and season.",
    "zh": "事件处：无此事件时的期望占比（空心方块）与实际占比（实心方块），"
    "由按来源与季节校正的间断时间序列估计。",
}
_SURE: Phrase = {
    "en": "With an asterisk: a change at once with q ≤ {sure} ({found} of {n} tests).",
    "zh": "星号：事件当时的变化 q ≤ {sure}（{n} 次检验中有 {found} 次）。",
}


def data(tables: Tables) -> pd.DataFrame:
    """Rows of the trends of all sources, then the changes of level at the events, told apart by `row`."""
    if "events" not in tables or tables["events"].empty:
        raise FigureNotDrawn("the study names no events ([[trends.events]] in the study file)")
    events = tables["events"]
    require_columns(events, EVENT_COLUMNS, name="events")
    events = events[events["kind"] == "level"].sort_values(["date", "event"], kind="stable")
    trends = shares.trends_of(tables)
    together = trends[trends[SOURCE] == ALL_SOURCES]
    shares.require_periods(together)
    themes = shares.drawn_themes(together, most=most_panels())
    names = list(dict.fromkeys(events["event"]))
    letters = dict(zip(names, _letters(len(names)), strict=True))
    own = events[events[THEME].isin(themes)]
    lines = shares.in_order(together, themes).assign(row="period")
    marks = own[[THEME, "event", "date", "expected", "observed", "q"]]
    marks = marks.assign(row="event", letter=own["event"].map(letters))
    return pd.concat([lines, marks], ignore_index=True)


def _letters(n: int) -> list[str]:
    """Letters to name so many events by: A, B, then AA, AB."""
    single = list(string.ascii_uppercase)
    return (single + [first + second for first in single for second in single])[:n]


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """One panel a theme: its line, an upright at each event with its letter, expected and actual share."""
    voice = Voice(lang, names or {})
    lines, marks = data[data["row"] == "period"], data[data["row"] == "event"]
    themes = list(dict.fromkeys(lines[THEME]))
    columns = columns_for(len(themes))
    with look():
        figure, panels = grid(len(themes), columns=columns, panel_height=33)
        low, high = shares.span(lines)
        for ax, theme in zip(panels, themes, strict=True):
            rows = lines[lines[THEME] == theme].reset_index(drop=True)
            shares.draw_share(ax, rows, name=theme)
            ax.set_title(voice.theme(theme), loc="left", pad=9)
            set_time_axis(ax, low, high, voice, most=max(3, 12 // columns))
            _draw_events(ax, marks[marks[THEME] == theme])
        for first in range(0, len(themes), columns):
            shown = data[data[THEME].isin(themes[first : first + columns])]
            shares.set_share_axis(
                panels[first], max(shares.ceiling(shown[shown["row"] == "period"]), _top(shown))
            )
        fit_titles(figure, panels, pad=9)
    return figure


def _top(rows: pd.DataFrame) -> float:
    """Above every expected and actual share at an event."""
    top = rows[["expected", "observed"]].max(axis=None)
    return float(top) * 1.08 if pd.notna(top) else 0.0


def _draw_events(ax: Axes, marks: pd.DataFrame) -> None:
    """Uprights with letters, and the two shares of each event; letters of events too near share a place."""
    shade = now().contrast
    at = days(marks["date"])
    for x, expected, observed in zip(at, marks["expected"], marks["observed"], strict=True):
        ax.axvline(x, color=shade, linewidth=0.7, linestyle=(0, (2, 1.5)), gid="event")
        if pd.notna(expected):
            ax.plot([x, x], [expected, observed], color=shade, linewidth=1.2, gid="effect")
            ax.plot(x, expected, "s", color=shade, markersize=3, markerfacecolor="white", gid="expected")
            ax.plot(x, observed, "s", color=shade, markersize=3, gid="observed")
    for place, text, sure in _labels(marks, at, width=ax.get_xlim()[1] - ax.get_xlim()[0]):
        ax.text(
            place,
            1.0,
            text,
            transform=ax.get_xaxis_transform(),
            ha="center",
            va="bottom",
            fontsize=now().small,
            color=shade if sure else now().ink,
            gid="letter",
        )


def _labels(marks: pd.DataFrame, at: Days, *, width: float) -> list[tuple[float, str, bool]]:
    """Letters with their places, starred where sure; events close by are named together."""
    starred = marks["letter"] + marks["q"].le(SURE).map({True: "*", False: ""})
    groups: list[list[tuple[float, str]]] = []
    for x, letter in sorted(zip(map(float, at), starred, strict=True)):
        if groups and x - groups[-1][-1][0] < width / 12:
            groups[-1].append((x, letter))
        else:
            groups.append([(x, letter)])
    named = [(sum(x for x, _ in group) / len(group), " ".join(text for _, text in group)) for group in groups]
    return [(place, text, "*" in text) for place, text in named]


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """Which letter is which event, from how many articles, and how the shares at an event were found."""
    lines, marks = data[data["row"] == "period"], data[data["row"] == "event"]
    one = lines[lines[THEME] == lines[THEME].iloc[0]]
    key = marks.drop_duplicates("event")
    named = [f"{row.letter} {row.event} ({row.date})" for row in key.itertuples()]
    return voice.sentences(
        [
            voice.say(_TITLE, n=voice.articles(one[N_ARTICLES].sum()), span=shares.describe_span(one)),
            voice.say(_KEY, names="; ".join(named)),
            voice.say(_MARKS),
            voice.say(
                _SURE, sure=SURE, found=int((marks["q"] <= SURE).sum()), n=int(marks["q"].notna().sum())
            ),
            shares.describe_marks(lines, voice),
        ]
    )
