"""How topics join into broader ones: a tree, the topics on the left, joined level by level to the right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analysis.schema import N_ARTICLES, OUTLIER, TOPIC, TOPIC_COLUMNS
from corpus.schema import require_columns
from figures.corpus_span import describe_corpus
from figures.errors import FigureNotDrawn
from figures.style import look, new_figure, now
from figures.tables import Tables
from figures.text import shorten
from figures.topic_sizes import words_of
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_TOPICS: Final = 60
ROW: Final = 3.9
"""Height of a topic in millimetres."""
_TITLE: Phrase = {
    "en": "How the {n} topics of {articles} join into broader ones (average linkage of the cosine between "
    "their mean vectors; each level has half as many groups as the one before).",
    "zh": "{articles}文章的 {n} 个话题如何归并为更宽的话题（按平均向量余弦的平均连接法，每层组数减半）。",
}
_LINES: Phrase = {
    "en": "In brackets: articles. Lengths of lines have no meaning.",
    "zh": "括号内为篇数。连线长度无含义。",
}
_LEFT: Phrase = {
    "en": "The {n} largest topics; {rest} smaller ones are left out of the tree.",
    "zh": "图中为最大的 {n} 个话题，另有 {rest} 个较小的未列入。",
}


def data(tables: Tables) -> pd.DataFrame:
    """One row a topic in the order of the tree: size, label, terms, and its group at each level."""
    topics = tables["topics"]
    require_columns(topics, TOPIC_COLUMNS, name="topics")
    topics = topics[topics[TOPIC] != OUTLIER]
    if "levels" not in tables or not any(_levels(tables["levels"])):
        raise FigureNotDrawn("the run has no broader topics: that takes four topics or more")
    joined = topics.merge(tables["levels"], on=TOPIC, validate="1:1")
    if len(joined) < 4:
        raise FigureNotDrawn("fewer than four topics are left, and they make no tree")
    levels = list(_levels(joined))
    joined = joined.nlargest(MOST_TOPICS, N_ARTICLES, keep="first").reset_index(drop=True)
    keep = [TOPIC, N_ARTICLES, "label", "terms", *levels]
    return joined.sort_values([*levels[::-1], TOPIC], kind="stable")[keep].reset_index(drop=True)


def _levels(table: pd.DataFrame) -> Iterator[str]:
    """Columns of the levels, the finest first."""
    number = 1
    while f"level_{number}" in table.columns:
        yield f"level_{number}"
        number += 1


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """A line a topic with its words, brackets that join them to the right."""
    voice = Voice(lang, names or {})
    with look():
        figure = new_figure(height=ROW * len(data) + 4)
        ax = figure.subplots()
        ax.set_axis_off()
        ax.set_xlim(0, 1.004)
        ax.set_ylim(len(data) - 0.4, -0.6)
        left = 0.68 if now().narrow else 0.6
        _draw_tree(ax, data, left=left)
        figure.draw_without_rendering()
        room = ax.get_window_extent().width * (left - 0.02)
        for row, topic in enumerate(data.to_dict("records")):
            tail = f" ({topic[N_ARTICLES]:,.0f})"
            words = f"{topic[TOPIC]:.0f}  {words_of(topic['terms'], topic['label'], voice)}"
            fitted = shorten(figure, words, room - figure.dpi * 0.3, size=now().small) + tail
            ax.text(left - 0.012, row, fitted, fontsize=now().small, va="center", ha="right", gid="topic")
    return figure


def _draw_tree(ax: Axes, data: pd.DataFrame, *, left: float) -> None:
    """Brackets: at each level a group's members are joined at their middle."""
    levels = list(_levels(data))
    line: dict[str, Any] = {"color": now().accent, "linewidth": 0.8, "solid_capstyle": "round"}
    step = (1 - left) / (len(levels) + 1)
    places = dict(enumerate(np.arange(len(data), dtype=float)))
    member = {row: row for row in places}
    for number, level in enumerate([*levels, ""]):
        x = left + step * (number + 1)
        groups: dict[object, set[int]] = {}
        for row in range(len(data)):
            groups.setdefault(data[level].iloc[row] if level else "all", set()).add(member[row])
        merged: dict[int, float] = {}
        for name, nodes in groups.items():
            heights = sorted(places[node] for node in nodes)
            for height in heights:
                ax.plot([x - step, x], [height, height], gid="branch", **line)
            if len(heights) > 1:
                ax.plot([x, x], [heights[0], heights[-1]], gid=f"join:{name}", **line)
            merged[min(nodes)] = (heights[0] + heights[-1]) / 2
        of = {node: min(nodes) for nodes in groups.values() for node in nodes}
        member = {row: of[node] for row, node in member.items()}
        places = merged


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """How many topics of how many articles, how they are joined, and what is left out."""
    topics = tables["topics"]
    found = topics[topics[TOPIC] != OUTLIER]
    rest = len(found) - len(data)
    return voice.sentences(
        [
            voice.say(_TITLE, n=len(found), articles=voice.articles(found[N_ARTICLES].sum())),
            voice.say(_LINES),
            describe_corpus(tables, voice),
            voice.say(_LEFT, n=len(data), rest=rest) if rest else "",
        ]
    )
