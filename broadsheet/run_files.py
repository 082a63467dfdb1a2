"""The stages of a run and the files that each writes to the run folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from broadsheet.storage import STORE
from figures.tables import FILES

READING: Final = "reading"
TOPICS: Final = "topics"
THEMES: Final = "themes"
TRENDS: Final = "trends"
FIGURES: Final = "figures"

REPRINTS: Final = "reprints.csv"
"""Who reprints whom."""
TOPIC_THEMES: Final = "topic_themes.csv"
"""Each topic's profile of themes."""
COMPARISONS: Final = {
    "sources": "sources.csv",
    "bursts": "bursts.csv",
    "emerging": "emerging.csv",
    "events": "events.csv",
    "drift": "drift.csv",
}
"""Table beside the trends → its file."""
EXTRA_TRENDS: Final = {"effects": "effects.csv", "decomposition": "decomposition.csv"}
"""Effects in shares a year, and changes within and between sources → its file."""
TOPIC_TABLES: Final = {"topic_trends": "topic_trends.csv", "topic_tests": "topic_tests.csv"}
"""Trends of the topics, in the columns of those of themes → its file."""

INPUT_LIST: Final = f"{STORE}/inputs.parquet"
TOPIC_ASSIGNMENTS: Final = f"{STORE}/topic_assignments.parquet"
TOPIC_TABLE: Final = f"{STORE}/topics.parquet"
TOPIC_RUNS: Final = f"{STORE}/topic_runs.parquet"
TOPIC_NOTES: Final = f"{STORE}/topics.json"
THEME_ASSIGNMENTS: Final = f"{STORE}/theme_assignments.parquet"
THEME_TABLE: Final = f"{STORE}/themes.parquet"
THEME_NOTES: Final = f"{STORE}/themes.json"

OUTPUTS: Final[Mapping[str, tuple[str, ...]]] = {
    READING: (FILES["articles"], FILES["dropped"], REPRINTS, INPUT_LIST),
    TOPICS: (FILES["map"], "model", TOPIC_ASSIGNMENTS, TOPIC_TABLE, TOPIC_RUNS, TOPIC_NOTES),
    THEMES: (THEME_ASSIGNMENTS, THEME_TABLE, THEME_NOTES),
    TRENDS: (
        *(FILES[name] for name in ("trends", "tests", "change_points")),
        *EXTRA_TRENDS.values(),
        *TOPIC_TABLES.values(),
        *COMPARISONS.values(),
    ),
    FIGURES: ("figures",),
}
"""Stage → the files and folders that it writes, relative to the run folder.

What is only joined from these (assignments, topics, themes, validation), the report and the manifest is
written by every run.
"""
