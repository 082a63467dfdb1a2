"""The terms that carry each theme, a column a language, so that readers of each can judge them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.schema import N_ARTICLES, THEME, THEME_COLUMNS
from corpus.schema import require_columns
from figures.errors import FigureNotDrawn
from figures.style import look, new_figure, now
from figures.tables import Tables
from figures.text import size_of, wrap
from figures.topic_sizes import terms_of
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_THEMES: Final = 20
ROW: Final = 8.6
"""Height of a theme in millimetres: two lines of terms."""
RANK: Final = "rank"
TERM: Final = "term"
_TITLE: Phrase = {
    "en": "Terms that carry each theme in each language, the most telling first, and the number of articles "
    "whose most probable theme it is.",
    "zh": "各主题在各语言中的特征词（最具区分度者在前），及以其为最可能主题的篇数。",
}
_ROOM: Phrase = {
    "en": "As many as two lines hold; the table has more. A dash: no article of that language has the theme.",
    "zh": "仅列两行所容，其余见表格；短横表示该语言没有此主题的文章。",
}
_LEFT: Phrase = {"en": "In the table alone: {names}.", "zh": "仅见于表格：{names}。"}


def data(tables: Tables) -> pd.DataFrame:
    """One row a term: theme, its number of articles, language, rank and term; themes the largest first."""
    table = tables["themes"]
    require_columns(table, THEME_COLUMNS, name="themes")
    table = table[table[N_ARTICLES] > 0].sort_values([N_ARTICLES, THEME], ascending=[False, True])
    rows = [
        (row[THEME], int(row[N_ARTICLES]), lang, rank, term)
        for row in table.head(MOST_THEMES).to_dict("records")
        for lang, terms in terms_of(row["terms"]).items()
        for rank, term in enumerate(terms, start=1)
    ]
    if not rows:
        raise FigureNotDrawn("no theme has terms, because no article belongs to a theme")
    found = pd.DataFrame(rows, columns=[THEME, N_ARTICLES, "lang", RANK, TERM])
    langs = _languages(found)
    return found[found["lang"].isin(langs)].reset_index(drop=True)


def _languages(rows: pd.DataFrame) -> list[str]:
    """Languages with the most terms, as many as the page has columns for."""
    counts = rows["lang"].value_counts().reset_index().sort_values(["count", "lang"], ascending=[False, True])
    return list(counts["lang"])[: 2 if now().narrow else 4]


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """A row a theme, a column a language, thin lines between the rows."""
    voice = Voice(lang, names or {})
    themes = list(dict.fromkeys(data[THEME]))
    langs = sorted(_languages(data), key=lambda code: (not code.startswith(lang), code))
    with look():
        figure = new_figure(height=ROW * len(themes) + 8)
        ax = figure.subplots()
        ax.set_axis_off()
        ax.set_xlim(0, 1)
        ax.set_ylim(len(themes), -0.6)
        figure.draw_without_rendering()
        first = 0.24 if now().narrow else 0.2
        edges = [first + (1 - first) * place / len(langs) for place in range(len(langs))]
        gap = 0.015
        for x, code in zip(edges, langs, strict=True):
            ax.text(x, -0.1, voice.language(code), fontsize=now().small, color=now().grey, va="bottom")
        wide = ax.get_window_extent().width
        for row, theme in enumerate(themes):
            ax.axhline(row, color=now().light, linewidth=0.4)
            own = data[data[THEME] == theme]
            tail = f" ({own[N_ARTICLES].iloc[0]:,})"
            name = wrap(figure, voice.theme(theme), wide * (first - gap), after=tail)
            ax.text(0, row + 0.5, name, va="center", gid="theme")
            for x, code in zip(edges, langs, strict=True):
                terms = list(own[own["lang"] == code].sort_values(RANK)[TERM])
                _write(figure, ax, terms, place=(x, row + 0.5), width=wide * ((1 - first) / len(langs) - gap))
        ax.axhline(len(themes), color=now().light, linewidth=0.4)
    return figure


def _write(figure: Figure, ax: Axes, terms: list[str], *, place: tuple[float, float], width: float) -> None:
    """The terms of one cell, or a dash."""
    text = "\n".join(fill(figure, terms, width)) if terms else "–"
    ax.text(*place, text, fontsize=now().small, va="center", linespacing=1.15, gid="terms")


def fill(figure: Figure, terms: Sequence[str], width: float, *, lines: int = 2) -> list[str]:
    """Whole terms in at most so many lines of `width` pixels; the first is shortened where it is too long."""
    size = now().small
    done: list[str] = []
    current = ""
    for term in terms:
        longer = f"{current}, {term}" if current else term
        if size_of(figure, longer + ",", size=size)[0] <= width:
            current = longer
        elif len(done) == lines - 1:
            break
        elif current:
            done.append(current + ",")
            current = term if size_of(figure, term + ",", size=size)[0] <= width else ""
        else:
            current = wrap(figure, term, width, size=size, lines=1)
    return [*done, current] if current else [*done[:-1], done[-1].rstrip(",")] if done else []


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """What the terms are, and which themes are not drawn."""
    table = tables["themes"]
    rest = [theme for theme in table[table[N_ARTICLES] > 0][THEME] if theme not in set(data[THEME])]
    return voice.sentences(
        [
            voice.say(_TITLE),
            voice.say(_ROOM),
            voice.say(_LEFT, names=voice.listing(map(voice.theme, rest))) if rest else "",
        ]
    )
