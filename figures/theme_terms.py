"""The terms that carry each theme, a column a language, so that readers of each can judge them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.schema import N_ARTICLES, THEME, THEME_COLUMNS
from corpus.schema import LANG, require_columns
from figures.corpus_span import describe_corpus
from figures.errors import FigureNotDrawn
from figures.style import look, new_figure, now
from figures.tables import Tables
from figures.text import shorten, size_of, wrap
from figures.topic_sizes import terms_of
from figures.words import Names, Phrase, Voice, terms_parted_by

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_THEMES: Final = 20
RANK: Final = "rank"
TERM: Final = "term"
_TITLE: Phrase = {
    "en": "Terms that carry each theme in each language, the most telling first, and the number of articles "
    "whose most probable theme it is.",
    "zh": "各主题在各语言中的特征词（最具区分度者在前），及以其为最可能主题的篇数。",
}
_ROOM: Phrase = {
    "en": "As many as a cell holds; the table has more. A dash: no article of that language has the theme.",
    "zh": "仅列格中所容，其余见表格；短横表示该语言没有此主题的文章。",
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
    written = tables["articles"][LANG].dropna().str.split("-").str[0].value_counts()
    langs = sorted(found["lang"].unique(), key=lambda lang: (-written.get(lang.split("-")[0], 0), lang))
    return found[found["lang"].isin(langs[: 3 if now().narrow else 4])].reset_index(drop=True)


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """A row a theme, a column a language, thin lines between the rows."""
    voice = Voice(lang, names or {})
    themes = list(dict.fromkeys(data[THEME]))
    langs = sorted(data["lang"].unique(), key=lambda code: (not code.startswith(lang), code))
    with look():
        lines = 3 if now().narrow else 2
        figure = new_figure(height=(3.2 + 2.7 * lines) * len(themes) + 8)
        ax = figure.subplots()
        ax.set_axis_off()
        ax.set_xlim(0, 1)
        ax.set_ylim(len(themes), -0.6)
        figure.draw_without_rendering()
        first = 0.24 if now().narrow else 0.2
        edges = [first + (1 - first) * place / len(langs) for place in range(len(langs))]
        gap = 0.015
        for x, code in zip(edges, langs, strict=True):
            ax.text(x, -0.2, voice.language(code), fontsize=now().small, color=now().grey)
        wide = ax.get_window_extent().width
        for row, theme in enumerate(themes):
            ax.axhline(row, color=now().light, linewidth=0.4)
            own = data[data[THEME] == theme]
            tail = f" ({own[N_ARTICLES].iloc[0]:,})"
            name = wrap(figure, voice.theme(theme), wide * (first - gap), after=tail)
            ax.text(0, row + 0.5, name, va="center", gid="theme")
            for x, code in zip(edges, langs, strict=True):
                terms = list(own[own["lang"] == code].sort_values(RANK)[TERM])
                room = wide * ((1 - first) / len(langs) - gap)
                text = fill(figure, terms, room, lines=lines, between=terms_parted_by(code)) or "–"
                ax.text(x, row + 0.5, text, fontsize=now().small, va="center", gid="terms")
        ax.axhline(len(themes), color=now().light, linewidth=0.4)
    return figure


def fill(figure: Figure, terms: Sequence[str], width: float, *, lines: int, between: str) -> str:
    """Whole terms in at most so many lines of `width` pixels; one too long for a line is shortened."""
    size = now().small
    gap = size_of(figure, between, size=size)[0]
    done: list[list[str]] = [[]]
    left = width
    for term in terms:
        long = size_of(figure, term, size=size)[0] + gap
        if long > left and done[-1]:
            if len(done) == lines:
                break
            done.append([])
            left = width
        done[-1].append(term if long <= width else shorten(figure, term, width - gap, size=size))
        left -= min(long, width)
    return (between.rstrip() + "\n").join(between.join(line) for line in done)


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """What the terms are, and which themes are not drawn."""
    table = tables["themes"]
    rest = [theme for theme in table[table[N_ARTICLES] > 0][THEME] if theme not in set(data[THEME])]
    return voice.sentences(
        [
            voice.say(_TITLE),
            voice.say(_ROOM),
            describe_corpus(tables, voice),
            voice.say(_LEFT, names=voice.listing(map(voice.theme, rest))) if rest else "",
        ]
    )
