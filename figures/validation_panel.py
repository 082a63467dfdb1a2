"""How good the topics are on this corpus: each measure beside what chance would give, and topic by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from figures.corpus_span import describe_corpus
from figures.errors import FigureNotDrawn
from figures.style import look, new_figure, now
from figures.tables import Tables
from figures.text import place, size_of, wrap
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MEASURES: Final[dict[str, Phrase]] = {
    "stability.resampled": {"en": "topics come back in resamples", "zh": "重抽样中话题重现"},
    "coherence.npmi": {"en": "coherence, NPMI", "zh": "连贯性 NPMI"},
    "coherence.c_v": {"en": "coherence, C_V", "zh": "连贯性 C_V"},
    "coherence.words": {"en": "coherence, word vectors", "zh": "连贯性（词向量）"},
    "silhouette": {"en": "silhouette", "zh": "轮廓系数"},
    "agreement": {"en": "agreement with given labels, AMI", "zh": "与既有标签一致 AMI"},
    "language.nmi": {"en": "topics follow languages, NMI", "zh": "话题随语言 NMI"},
    "language_leakage.same_language": {"en": "neighbours of the same language", "zh": "近邻同语言"},
}
"""The measures that are drawn, in order, and what they are called."""
CHANCE: Final = {
    "language.nmi": "language.chance",
    "language_leakage.same_language": "language_leakage.chance",
}
"""What chance would give, for the measures that have such a number."""
_DIVERSITY: Phrase = {"en": "diversity of terms, {lang}", "zh": "特征词多样性（{lang}）"}
_LABELLED: Final = 3
_TITLE: Phrase = {
    "en": "Validation of {n} topics. Left: measures of the whole, 1 the most; upright ticks: what "
    "chance would give.",
    "zh": "{n} 个话题的检验。左：整体指标（最大为 1），竖短线为随机期望。",
}
_LANGUAGE: Phrase = {
    "en": "For the languages less is better: far above chance, topics may be languages.",
    "zh": "语言两项越低越好：远高于随机期望时，话题可能只是语言之别。",
}
_RIGHT: Phrase = {
    "en": "Right: each topic's coherence and how well it comes back in resamples; numbers: the least "
    "coherent or stable topics.",
    "zh": "右：各话题的连贯性与在重抽样中的重现程度；数字为连贯性或稳定性最低的话题。",
}
_COHERENCE: Phrase = {"en": "coherence of a topic, NPMI", "zh": "话题连贯性 NPMI"}
_STABILITY: Phrase = {"en": "stability of a topic", "zh": "话题稳定性"}


def data(tables: Tables) -> pd.DataFrame:
    """Measures of the whole (`measure`, `value`, `chance`), then topics (`topic`, `npmi`, `stability`)."""
    if "validation" not in tables:
        raise FigureNotDrawn("the run has no validation.json")
    found = tables["validation"].drop_duplicates("measure").set_index("measure")["value"]
    parts = (("npmi", "coherence.by_topic.", ".npmi"), ("stability", "stability.by_topic.", ""))
    topics = pd.concat([_by_topic(found, *ends).rename(name) for name, *ends in parts], axis=1).dropna()
    if not len(topics):
        raise FigureNotDrawn("topics were not validated, because the run has too few articles for them")
    diversity = sorted(name for name in found.index if name.startswith("diversity."))
    names = [*[name for name in MEASURES if name in found.index], *diversity]
    chance = [found.get(CHANCE.get(name, ""), np.nan) for name in names]
    whole = pd.DataFrame({"measure": names, "value": found[names].to_numpy(), "chance": chance})
    single = topics.rename_axis("topic").reset_index().sort_values("topic")
    return pd.concat([whole, single], ignore_index=True)


def _by_topic(found: pd.Series[float], start: str, end: str) -> pd.Series[float]:
    """The values whose measure is `start`, a topic's number and `end`, by topic."""
    chosen = found[[name.startswith(start) and name.endswith(end) for name in found.index]]
    return chosen.set_axis([int(name[len(start) : len(name) - len(end)]) for name in chosen.index])


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """Rows of measures beside (below, in one column) a cloud of topics."""
    voice = Voice(lang, names or {})
    whole, topics = data[data["measure"].notna()], data[data["topic"].notna()]
    with look():
        if now().narrow:
            figure = new_figure(height=len(whole) * 4.6 + 66)
            left, right = figure.subplots(2, 1, height_ratios=[len(whole) * 4.6, 52])
        else:
            figure = new_figure(height=max(len(whole) * 5.0 + 14, 62))
            left, right = figure.subplots(1, 2, width_ratios=[1.1, 1], gridspec_kw={"wspace": 0.12})
        _draw_whole(figure, left, whole, voice)
        _draw_topics(figure, right, topics, voice)
    return figure


def _draw_whole(figure: Figure, ax: Axes, rows: pd.DataFrame, voice: Voice) -> None:
    """A row a measure: its value as a dot on a line from zero, its number, and a tick for chance."""
    at = np.arange(len(rows))
    values = rows["value"].to_numpy(dtype=float)
    ax.hlines(at, 0, values, color=now().accent, linewidth=1.0)
    ax.plot(values, at, "o", color=now().accent, markersize=3.6, clip_on=False, gid="values")
    ax.plot(rows["chance"], at, "|", color=now().contrast, markersize=7, markeredgewidth=1.3, gid="chance")
    for row, value in zip(at, values, strict=True):
        ax.annotate(
            f"{value:.2f}".replace("-", "−"),
            (1.0, row),
            xycoords=("axes fraction", "data"),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=now().small,
            gid="number",
        )
    wide = figure.get_window_extent().width * (0.42 if now().narrow else 0.24)
    named = [wrap(figure, _named(name, voice), wide, size=now().small) for name in rows["measure"]]
    ax.set_yticks(at, named, fontsize=now().small)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(min(0.0, float(values.min()) * 1.05), 1.0)
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.axvline(0, color=now().grey, linewidth=0.5)


def _named(measure: str, voice: Voice) -> str:
    """What a measure is called."""
    if measure.startswith("diversity."):
        return voice.say(_DIVERSITY, lang=voice.language(measure.partition(".")[2]))
    return voice.say(MEASURES[measure])


def _draw_topics(figure: Figure, ax: Axes, topics: pd.DataFrame, voice: Voice) -> None:
    """A dot a topic; the weakest ones are named by their number."""
    from matplotlib.ticker import MaxNLocator

    points = topics[["npmi", "stability"]].to_numpy(dtype=float)
    ax.plot(*points.T, "o", color=now().accent, markersize=3, alpha=0.7, clip_on=False, gid="topics")
    ax.set_xlim(min(0.0, points[:, 0].min() - 0.05), 1.02)
    ax.set_ylim(0, 1.04)
    ax.grid(visible=True, axis="both")
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.set_xlabel(voice.say(_COHERENCE))
    ax.set_ylabel(voice.say(_STABILITY))
    figure.draw_without_rendering()
    weakest = np.unique(
        np.concatenate([np.argsort(column, kind="stable")[:_LABELLED] for column in points.T])
    )
    texts = [f"{topics['topic'].iloc[row]:.0f}" for row in weakest]
    sizes = np.array([size_of(figure, text, size=now().small) for text in texts]) + 4
    anchors = ax.transData.transform(points[weakest])
    frame = np.asarray(ax.get_window_extent().extents)
    centres = place(anchors, sizes, frame, np.repeat(ax.transData.transform(points), 3, axis=0))
    for text, centre in zip(texts, centres, strict=True):
        if np.isfinite(centre).all():
            at = ax.transData.inverted().transform(centre)
            ax.text(
                float(at[0]), float(at[1]), text, fontsize=now().small, ha="center", va="center", gid="weak"
            )


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """How many topics, and how the measures are to be read."""
    return voice.sentences(
        [
            voice.say(_TITLE, n=int(data["topic"].notna().sum())),
            voice.say(_LANGUAGE) if data["chance"].notna().any() else "",
            voice.say(_RIGHT),
            describe_corpus(tables, voice),
        ]
    )
