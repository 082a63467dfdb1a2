"""The table of figures: what there is, and how each is drawn from the tables of a run."""

from __future__ import annotations

import difflib
import warnings
from types import ModuleType
from typing import TYPE_CHECKING, Final

import pandas as pd

from figures import (
    article_map,
    change_points,
    coder_agreement,
    coverage_calendar,
    decomposition,
    emerging,
    events,
    fonts,
    glyphs,
    raw_vs_adjusted,
    reprint_network,
    theme_by_source,
    theme_terms,
    topic_hierarchy,
    topic_sizes,
    trend_by_source,
    trend_by_theme,
    validation_panel,
    year_over_year,
)
from figures.errors import UnknownFigure
from figures.style import TWO_COLUMN, Style, look, using
from figures.tables import Tables
from figures.words import Names, Voice

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURES: Final[dict[str, ModuleType]] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        coverage_calendar,
        theme_terms,
        trend_by_theme,
        raw_vs_adjusted,
        decomposition,
        change_points,
        events,
        emerging,
        year_over_year,
        trend_by_source,
        theme_by_source,
        reprint_network,
        topic_sizes,
        topic_hierarchy,
        article_map,
        validation_panel,
        coder_agreement,
    )
}
"""Name → the module that has its `data`, `draw` and `caption`, in the order of the report."""


def names() -> tuple[str, ...]:
    """Names of the figures, in the order of the report."""
    return tuple(FIGURES)


def find(name: str) -> ModuleType:
    """The module of a figure; an unknown name is an error that says the nearest right one."""
    if name not in FIGURES:
        near = difflib.get_close_matches(name, FIGURES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(FIGURES)}"
        raise UnknownFigure(f"no figure is called {name!r}; {hint}")
    return FIGURES[name]


def draw(
    name: str, tables: Tables, *, lang: str = "en", names: Names | None = None, style: Style = TWO_COLUMN
) -> Figure:
    """Draw one figure from the tables of a run.

    Parameters
    ----------
    name
        One of `names()`.
    tables
        The tables of a run by name.
    lang
        `en` or `zh`: the language of labels.
    names
        Names of themes, by id, or by id and language.
    style
        Sizes, colours and fonts; `figures.style.ONE_COLUMN` is made for one column of a page.

    Raises
    ------
    FigureNotDrawn
        The tables cannot support this figure.
    MissingGlyph
        A label needs a character that no font of the style has.
    """
    return draw_data(name, data(name, tables, style=style), lang=lang, names=names, style=style)


def data(name: str, tables: Tables, *, style: Style = TWO_COLUMN) -> pd.DataFrame:
    """The very data that a figure shows (its CSV): as much of the tables as the style has room for."""
    with using(style):
        found: pd.DataFrame = find(name).data(tables)
    return found


def draw_data(
    name: str,
    data: pd.DataFrame,
    *,
    lang: str = "en",
    names: Names | None = None,
    style: Style = TWO_COLUMN,
) -> Figure:
    """Draw one figure from the very data it shows (its CSV); see `draw`."""
    scripts = fonts.families_for(_text_of(data, names or {}))
    with using(style, scripts), warnings.catch_warnings():
        # What matplotlib warns of, one glyph at a time, the check below makes an error that names them all.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure: Figure = find(name).draw(data, lang=lang, names=names)
        with look():
            figure.draw_without_rendering()
        # The layout is settled: every format gets the same, and none is laid out again.
        figure.set_layout_engine("none")
        glyphs.check(figure)
    return figure


def _text_of(data: pd.DataFrame, names: Names) -> str:
    """Everything that the data and the names of themes could make a figure write."""
    columns = data.select_dtypes(include=["object", "string"])
    parts = [str(value) for column in columns for value in columns[column].dropna().unique()]
    for name in names.values():
        parts += [name] if isinstance(name, str) else list(name.values())
    return "".join(parts)


def caption(
    name: str,
    tables: Tables,
    *,
    lang: str = "en",
    names: Names | None = None,
    level: float | None = None,
    style: Style = TWO_COLUMN,
) -> str:
    """Caption of a figure, made from its numbers; raises as `draw` does.

    `level` is the coverage of the intervals (0.95), which the tables do not hold.
    """
    with using(style):
        module = find(name)
        text: str = module.caption(module.data(tables), tables, Voice(lang, names or {}, level))
    return text
