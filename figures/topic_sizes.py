"""How many articles each topic has, with the words that tell it from the others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analysis.schema import N_ARTICLES, OUTLIER, TOPIC, TOPIC_COLUMNS
from corpus.schema import require_columns
from figures.corpus_span import describe_corpus
from figures.errors import FigureNotDrawn
from figures.glyphs import clean
from figures.style import look, new_figure, now
from figures.tables import Tables
from figures.text import shorten
from figures.words import Names, Phrase, Voice, join_terms

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_TOPICS: Final = 20
TERMS: Final = 8
"""Terms of a language that are offered; what does not fit the width is left out."""
_TITLE: Phrase = {
    "en": "Topics found in {n}, by size, with their most telling words in each language.",
    "zh": "在 {n}文章中发现的话题，按篇数排列，附各语言的特征词。",
}
_LEFT: Phrase = {
    "en": "The {n} largest topics; {rest} smaller ones stand in the table alone.",
    "zh": "图中为最大的 {n} 个话题，另有 {rest} 个较小的仅见于表格。",
}
_OUT: Phrase = {"en": "Outside every topic: {n}.", "zh": "不属于任何话题：{n}。"}
_AXIS: Phrase = {"en": "articles", "zh": "篇数"}
_TOPIC: Phrase = {"en": "topic", "zh": "话题"}


def terms_of(value: Any) -> dict[str, list[str]]:
    """Terms of a topic or theme, language → terms, read from the JSON of the table; none if there is none."""
    if not isinstance(value, str) or not value.strip():
        return {}
    try:
        found = json.loads(value)
    except json.JSONDecodeError as error:
        raise ValueError(f"terms are not JSON: {value[:60]!r}; expected language → list of terms") from error
    if not isinstance(found, dict):
        raise ValueError(f"terms are {value[:60]!r}; expected a JSON object, language → list of terms")
    return {str(lang): [clean(str(term)) for term in terms] for lang, terms in found.items()}


def _found(tables: Tables) -> pd.DataFrame:
    """The topics proper, the largest first."""
    topics = tables["topics"]
    require_columns(topics, TOPIC_COLUMNS, name="topics")
    topics = topics[topics[TOPIC] != OUTLIER]
    if topics.empty or not topics[N_ARTICLES].sum():
        raise FigureNotDrawn("the run found no topics, because it has too few articles for them")
    return topics.sort_values([N_ARTICLES, TOPIC], ascending=[False, True]).reset_index(drop=True)


def data(tables: Tables) -> pd.DataFrame:
    """The largest topics with number of articles, label and terms."""
    return _found(tables).head(MOST_TOPICS)[list(TOPIC_COLUMNS)]


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """A bar a topic, its number at the end and its words above it."""
    voice = Voice(lang, names or {})
    sizes = data[N_ARTICLES].to_numpy(dtype=float)
    at = np.arange(len(data), dtype=float)
    with look():
        figure = new_figure(height=12 + 9.0 * len(data))
        ax = figure.subplots()
        ax.barh(at, sizes, height=0.36, color=now().accent, gid="sizes")
        ax.set_ylim(len(data) - 0.6, -0.75)
        ax.set_xlim(0, sizes.max() * 1.06)
        ax.set_yticks(at, [f"{topic}" for topic in data[TOPIC]], fontsize=now().font_size)
        ax.tick_params(axis="y", length=0)
        ax.grid(visible=False)
        ax.grid(visible=True, axis="x")
        ax.spines["left"].set_visible(False)
        ax.set_xlabel(voice.say(_AXIS))
        ax.set_ylabel(voice.say(_TOPIC))
        _write(figure, ax, data, voice)
    return figure


def _write(figure: Figure, ax: Axes, data: pd.DataFrame, voice: Voice) -> None:
    """Number at the end of each bar, words above it, as many as the width allows."""
    from matplotlib.ticker import MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    figure.draw_without_rendering()
    width = ax.get_window_extent().width
    for row, (size, terms, label) in enumerate(
        zip(data[N_ARTICLES], data["terms"], data["label"], strict=True)
    ):
        ax.annotate(
            f"{size:,}",
            (float(size), row),
            xytext=(2, 0),
            textcoords="offset points",
            va="center",
            fontsize=now().small,
            color=now().grey,
        )
        words = words_of(terms, label, voice)
        ax.annotate(
            shorten(figure, words, width * 0.97, size=now().small),
            (0, row - 0.24),
            xytext=(1, 0),
            textcoords="offset points",
            va="bottom",
            fontsize=now().small,
            color=now().ink,
            gid="words",
        )


def words_of(terms: object, label: object, voice: Voice) -> str:
    """Terms of every language, the reader's own first; the label where a topic has no terms."""
    found = terms_of(terms)
    order = sorted(found, key=lambda lang: (not lang.startswith(voice.lang), lang))
    share = max(3, TERMS // max(len(order), 1))
    groups = [join_terms(lang, found[lang][:share]) for lang in order if found[lang]]
    return "  ·  ".join(groups) or (clean(label) if isinstance(label, str) else "")


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """From how many articles, and what is not drawn."""
    found = _found(tables)
    topics = tables["topics"]
    outside = topics.loc[topics[TOPIC] == OUTLIER, N_ARTICLES].sum()
    rest = len(found) - len(data)
    return voice.sentences(
        [
            voice.say(_TITLE, n=voice.articles(found[N_ARTICLES].sum())),
            voice.say(_LEFT, n=len(data), rest=rest) if rest else "",
            describe_corpus(tables, voice),
            voice.say(_OUT, n=voice.articles(outside)) if outside else "",
        ]
    )
