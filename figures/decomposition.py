"""How far each theme's share has come, and which part of the way is the mix of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analysis.schema import DECOMPOSITION_COLUMNS, N_ARTICLES, PERIOD_START, THEME
from corpus.schema import require_columns
from figures import shares
from figures.errors import FigureNotDrawn
from figures.panels import columns_for, grid, most_panels, name_lines
from figures.periods import days, set_time_axis
from figures.style import look, now
from figures.tables import Tables
from figures.text import fit_titles
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PARTS: Final = ("within", "between")
SUMS: Final = ("within_so_far", "between_so_far")
_TITLE: Phrase = {
    "en": "Change of each theme's share since {first}, in percentage points, {n}, {span}, split into change "
    "within sources and change of the mix of sources (Kitagawa's decomposition, steps added up).",
    "zh": "各主题占比自 {first} 以来的变化（百分点），{n}，{span}，分解为来源内部的变化与来源构成的变化"
    "（Kitagawa 分解，逐期累加）。",
}
_SUM: Phrase = {
    "en": "The two lines add up to the change as counted; a break in a line: periods without articles.",
    "zh": "两线之和为原始占比的变化；折线断开处为无文章的时段。",
}
_NO_BAND: Phrase = {
    "en": "No interval is drawn for sums of steps; the table has the {level}interval of each step.",
    "zh": "累加值不绘区间，各期的 {level}区间见表格。",
}
_LEFT: Phrase = {"en": "In the table alone: {names}.", "zh": "仅见于表格：{names}。"}
_UNIT: Phrase = {"en": "points", "zh": "百分点"}
_WITHIN: Phrase = {"en": "within sources", "zh": "来源内部"}
_BETWEEN: Phrase = {"en": "mix of sources", "zh": "来源构成"}


def data(tables: Tables) -> pd.DataFrame:
    """The steps of the largest themes with both parts added up from the first period, which is zero."""
    if "decomposition" not in tables or tables["decomposition"].empty:
        raise FigureNotDrawn("no change of a share was decomposed: that takes two periods with articles")
    table = tables["decomposition"]
    require_columns(table, DECOMPOSITION_COLUMNS, name="decomposition")
    if (table["between"].fillna(0) == 0).all():
        raise FigureNotDrawn("the mix of sources never changes, so all change is within sources")
    themes = shares.drawn_themes(shares.trends_of(tables), most=most_panels())
    rows = shares.in_order(table, [theme for theme in themes if theme in set(table[THEME])])
    if rows.empty:
        raise FigureNotDrawn("no theme that has a share has a decomposed change")
    sums = rows.groupby(THEME, sort=False)[list(PARTS)].cumsum()
    return rows.assign(**{name: sums[part] for name, part in zip(SUMS, PARTS, strict=True)})


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """One panel a theme: both parts added up, from zero."""
    voice = Voice(lang, names or {})
    themes = list(dict.fromkeys(data[THEME]))
    columns = columns_for(len(themes))
    with look():
        figure, panels = grid(len(themes), columns=columns, extra=14)
        low, high = days([data["since"].min(), data[PERIOD_START].max()])
        margin = (high - low) / 60
        for ax, theme in zip(panels, themes, strict=True):
            _draw_parts(ax, data[data[THEME] == theme], theme)
            ax.set_title(voice.theme(theme), loc="left")
            set_time_axis(ax, low - margin, high + margin, voice, most=max(3, 12 // columns))
        for first in range(0, len(themes), columns):
            panels[first].set_ylabel(voice.say(_UNIT), fontsize=now().small)
            _set_scale(panels[first], data[data[THEME].isin(themes[first : first + columns])])
        name_lines(figure, solid=voice.say(_WITHIN), dashed=voice.say(_BETWEEN))
        fit_titles(figure, panels)
    return figure


def _draw_parts(ax: Axes, rows: pd.DataFrame, theme: str) -> None:
    """Both lines, from zero in the first period, broken where periods are missing."""
    since, at = days(rows["since"]), days(rows[PERIOD_START])
    holes = np.flatnonzero(at - since > 1.5 * (at - since).min()) + 1
    x = np.insert(np.append(since[:1], at), holes, np.nan)
    looks: tuple[dict[str, Any], ...] = (
        {"color": now().accent, "marker": "o", "markersize": 1.6, "markeredgewidth": 0},
        {"color": now().contrast, "linewidth": 0.9, "linestyle": (0, (3, 1.5))},
    )
    ax.axhline(0, color=now().grey, linewidth=0.5)
    for part, style in zip(SUMS, looks, strict=True):
        y = np.insert(np.append(0.0, rows[part].to_numpy(dtype=float)), holes, np.nan)
        single = shares.alone(np.isfinite(y))
        ax.plot(x[single], y[single], "_", color=style["color"], markersize=4, gid=f"{theme}:single")
        ax.plot(x, y, gid=f"{theme}:{part}", **style)


def _points(share: float, _: object = None) -> str:
    """A change of a share in percentage points, with its sign."""
    points = f"{share * 100:+.4g}".replace("-", "−")
    return "0" if points[1:] == "0" else points


def _set_scale(ax: Axes, rows: pd.DataFrame) -> None:
    """Percentage points, the same distance up and down from zero on all panels of the row."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    reach = max(float(rows[list(SUMS)].abs().max(axis=None)) * 1.1, 0.005)
    ax.set_ylim(-reach, reach)
    ax.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10], symmetric=True))
    ax.yaxis.set_major_formatter(FuncFormatter(_points))


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """What is split how, from how many articles, and that no interval is drawn."""
    trends = shares.trends_of(tables)
    one = trends[(trends["source"] == "ALL") & (trends[THEME] == data[THEME].iloc[0])]
    themes = set(data[THEME])
    rest = [name for name in tables["decomposition"][THEME].unique() if name not in themes]
    return voice.sentences(
        [
            voice.say(
                _TITLE,
                first=data["since"].min(),
                n=voice.articles(one[N_ARTICLES].sum()),
                span=shares.describe_span(one),
            ),
            voice.say(_SUM),
            voice.say(_NO_BAND, level=voice.of_level()),
            voice.say(_LEFT, names=voice.listing(map(voice.theme, rest))) if rest else "",
        ]
    )
