"""How far coders agree with each other on each theme, and how far the themes agree with the coders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analysis.coding.agreement import AGREEMENT_COLUMNS, MAIN
from analysis.coding.theme_scores import EVERY_LANGUAGE, PRIMARY, SCORE_COLUMNS
from analysis.schema import THEME
from corpus.schema import LANG, require_columns
from figures.corpus_span import describe_corpus
from figures.errors import FigureNotDrawn
from figures.rows import draw_dots, name_dots, row_panels
from figures.style import look, now
from figures.tables import Tables
from figures.words import Names, Phrase, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WHAT: Final = "what"
TENTATIVE, RELIABLE = 0.667, 0.8
"""Krippendorff's (2004) bounds: below the first, data are not to be used; above the second, they may be."""
_MEASURES: Final = ("precision", "recall")
_TITLE: Phrase = {
    "en": "Agreement of coders on {n} articles. Left: Krippendorff's alpha (filled) and Cohen's kappa "
    "(hollow), with 95% intervals by bootstrap over articles; dotted: {tentative} and {reliable}, "
    "Krippendorff's bounds for tentative and for reliable data.",
    "zh": "编码员在 {n} 篇文章上的一致性。左：Krippendorff α（实心）与 Cohen κ（空心）"
    "及按文章自助法的 95% 区间；点线为 Krippendorff 的暂用（{tentative}）与可靠（{reliable}）界限。",
}
_SCORES: Phrase = {
    "en": "Right: precision (filled) and recall (hollow) of the themes against a coder picked at random, "
    "weighted to the corpus, with 95% intervals (Wilson); main theme: share of articles with the "
    "coders' main theme.",
    "zh": "右：主题判定相对于随机一名编码员的精确率（实心）与召回率（空心），按语料加权，附 Wilson 95% 区间；"
    "主主题一行为与编码员主主题一致的文章占比。",
}
_EMPTY: Phrase = {
    "en": "A row without a mark: all coders said the same, or no article has the theme.",
    "zh": "无标记者：编码员所言完全相同，或无文章属于该主题。",
}
_PRECISION: Phrase = {"en": "precision", "zh": "精确率"}
_RECALL: Phrase = {"en": "recall", "zh": "召回率"}
_MAIN: Phrase = {"en": "main theme", "zh": "主主题"}
_LEFT_AXIS: Phrase = {"en": "agreement of coders", "zh": "编码员一致性"}
_RIGHT_AXIS: Phrase = {"en": "themes against coders", "zh": "主题判定与编码员"}


def data(tables: Tables) -> pd.DataFrame:
    """One row for the main theme and each theme: agreement of coders, and the scores of the theme."""
    if "agreement" not in tables or "theme_scores" not in tables:
        raise FigureNotDrawn("no coders' sheets have been scored; broadsheet coding-score does it")
    agreement, scores = tables["agreement"], tables["theme_scores"]
    require_columns(agreement, AGREEMENT_COLUMNS, name="agreement")
    require_columns(scores, SCORE_COLUMNS, name="theme_scores")
    if agreement.empty:
        raise FigureNotDrawn("the coders' sheets have no agreement to show")
    every = scores[scores[LANG] == EVERY_LANGUAGE]
    every = every.assign(**{WHAT: every[THEME].where(every[THEME] != PRIMARY, MAIN)})
    ends = [f"{name}{end}" for name in _MEASURES for end in ("", "_low", "_high")]
    return agreement.merge(every[[WHAT, *ends]], on=WHAT, how="left", validate="1:1")


def draw(data: pd.DataFrame, *, lang: str = "en", names: Names | None = None) -> Figure:
    """A row a theme: alpha and kappa on the left, precision and recall on the right."""
    voice = Voice(lang, names or {})
    with look():
        rows = [voice.say(_MAIN) if what == MAIN else voice.theme(what) for what in data[WHAT]]
        figure, (left, right) = row_panels(rows, widths=(1, 1))
        _draw_pair(
            left, data, ("alpha", "kappa"), floor=float(data[["alpha_low", "kappa_low"]].min(axis=None))
        )
        _draw_pair(right, data, _MEASURES, floor=0.0)
        for bound in (TENTATIVE, RELIABLE):
            left.axvline(bound, color=now().grey, linewidth=0.6, linestyle=(0, (1, 1.5)), zorder=0.5)
        shades = (now().accent, now().contrast)
        name_dots(left, filled="Krippendorff α", hollow="Cohen κ", colours=shades)
        precision, recall = (voice.say(name) for name in (_PRECISION, _RECALL))
        name_dots(right, filled=precision, hollow=recall, colours=shades)
        left.set_xlabel(voice.say(_LEFT_AXIS))
        right.set_xlabel(voice.say(_RIGHT_AXIS))
    return figure


def _draw_pair(ax: Axes, data: pd.DataFrame, measures: tuple[str, str], *, floor: float) -> None:
    """Two measures of each row with their intervals, the first filled, on a scale up to 1."""
    for measure, shift, hollow in zip(measures, (-0.16, 0.16), (False, True), strict=True):
        value, low, high = (data[f"{measure}{end}"].to_numpy(dtype=float) for end in ("", "_low", "_high"))
        shade = now().contrast if hollow else now().accent
        draw_dots(ax, value, (low, high), shift=shift, hollow=hollow, colour=shade, name=measure)
    ax.set_xlim(min(0.0, np.nan_to_num(floor) * 1.05), 1.0)


def caption(data: pd.DataFrame, tables: Tables, voice: Voice) -> str:
    """From how many articles, and what each mark is."""
    empty = data[["alpha", "precision", "recall"]].isna().any(axis=None)
    return voice.sentences(
        [
            voice.say(_TITLE, n=f"{data['n_articles'].max():,.0f}", tentative=TENTATIVE, reliable=RELIABLE),
            voice.say(_SCORES),
            describe_corpus(tables, voice),
            voice.say(_EMPTY) if empty else "",
        ]
    )
