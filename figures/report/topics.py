"""Topics: their words by language, how far they come back, and the themes that they go with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from analysis.schema import (
    ADVICE,
    N_ARTICLES,
    OUTLIER,
    STABILITY,
    THEME,
    TOPIC,
    TOPIC_COLUMNS,
    UNMAPPED,
)
from corpus.schema import require_columns
from figures.report.listing import Cell, Listing, Row, Words, columns, figure_of, number, terms, words_of
from figures.report.material import Material

_THEMES: Final = 3
_LIFT: Final = 2.0
"""A topic goes with a theme that is at least so many times as common in it as in the corpus."""
_NAMES: Final = ("topic", "label", "articles", "terms", "goes_with", "stability", "advice", "coherence")
_LOOKS: Final = ("n", "", "n", "terms", "terms", "n", "", "n")


def topics(material: Material) -> Listing:
    """Topics, the largest first, without the articles outside every topic."""
    table = material.run.tables["topics"]
    require_columns(table, TOPIC_COLUMNS, name="topics")
    table = table[table[TOPIC] != OUTLIER].sort_values([N_ARTICLES, TOPIC], ascending=[False, True])
    profiles, coherence = _profiles(material), _coherence(material.run.validation)
    said = material.words["tables"]["topics"]
    rows = []
    for row in table.to_dict("records"):
        topic = int(row[TOPIC])
        advice = row.get(ADVICE)
        kept = isinstance(advice, str) and advice.strip()
        cells = (
            figure_of(topic, str(topic)),
            words_of(row["label"]),
            figure_of(row[N_ARTICLES], f"{row[N_ARTICLES]:,.0f}"),
            Cell(terms(row["terms"])),
            profiles.get(topic) or words_of(_theme(material, row[THEME])),
            figure_of(row.get(STABILITY), number(row.get(STABILITY))),
            words_of(material.words["advice"].get(advice, advice) if kept else None),
            figure_of(coherence.get(topic), number(coherence.get(topic))),
        )
        rows.append(Row(cells, topic=topic))
    heads = columns(material.words["columns"], _NAMES, _LOOKS)
    return Listing(
        "topics",
        said["title"],
        said["caption"],
        heads,
        tuple(rows),
        "topics.csv, topic_themes.csv",
        len(rows),
        said["empty"],
    )


def _theme(material: Material, theme: Any) -> str | None:
    return material.voice.theme(theme) if isinstance(theme, str) and theme != UNMAPPED else None


def _profiles(material: Material) -> dict[int, Cell]:
    """Topic → the themes that are much commoner in it than in the corpus, with their lift."""
    table = material.beside("topic_themes")
    if table is None or table.empty:
        return {}
    high = table[(table["lift"] >= _LIFT) & (table[THEME] != UNMAPPED)]
    high = (
        high.sort_values([TOPIC, "lift", THEME], ascending=[True, False, True]).groupby(TOPIC).head(_THEMES)
    )
    return {int(topic): _profile(material, own) for topic, own in high.groupby(TOPIC)}


def _profile(material: Material, own: pd.DataFrame) -> Cell:
    said = material.words["page"]["lift"]
    parts = [
        Words(said.format(theme=material.voice.theme(theme), lift=number(lift, 1)))
        for theme, lift in zip(own[THEME], own["lift"], strict=True)
    ]
    return Cell(tuple(parts), parts[0].text)


def _coherence(validation: Mapping[str, Any]) -> dict[int, float | None]:
    """Topic → NPMI of its terms, as the validation has it."""
    by_topic = (validation.get("coherence") or {}).get("by_topic") or {}
    return {int(topic): scores.get("npmi") for topic, scores in by_topic.items()}
