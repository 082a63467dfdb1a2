"""The stages of a run and the files that each writes to the run folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from broadsheet.storage import STORE
from figures.tables import FILES

READING: Final = "reading"
TOPICS: Final = "topics"
THEMES: Final = "themes"
ADDED: Final = "added"
PLACED: Final = "placed"
TRENDS: Final = "trends"
TOPIC_TRENDS: Final = "topic trends"
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
THEME_MODEL: Final = f"{STORE}/themes.safetensors"
THEME_WORDS: Final = f"{STORE}/theme_words.parquet"
BASE: Final = f"{STORE}/base"
"""Where a run that was updated keeps what it began with: articles, topics, themes, as a run of their own."""
SHIFTS: Final = "shifts.csv"
"""What each update changed of the sizes of topics and themes."""

OUTPUTS: Final[Mapping[str, tuple[str, ...]]] = {
    READING: (FILES["articles"], FILES["dropped"], REPRINTS, INPUT_LIST),
    TOPICS: (FILES["map"], "model", TOPIC_ASSIGNMENTS, TOPIC_TABLE, TOPIC_RUNS, TOPIC_NOTES),
    THEMES: (THEME_ASSIGNMENTS, THEME_TABLE, THEME_NOTES, THEME_MODEL, THEME_WORDS),
    ADDED: (FILES["articles"], FILES["dropped"], REPRINTS, INPUT_LIST),
    PLACED: (
        FILES["map"],
        "model",
        TOPIC_ASSIGNMENTS,
        TOPIC_TABLE,
        TOPIC_RUNS,
        TOPIC_NOTES,
        THEME_ASSIGNMENTS,
        THEME_TABLE,
        THEME_NOTES,
        SHIFTS,
    ),
    TRENDS: (
        *(FILES[name] for name in ("trends", "tests", "change_points")),
        *EXTRA_TRENDS.values(),
        *COMPARISONS.values(),
    ),
    TOPIC_TRENDS: tuple(TOPIC_TABLES.values()),
    FIGURES: ("figures",),
}
"""Stage → the files and folders that it writes, relative to the run folder.

What is only joined from these (assignments, topics, themes, validation), the report and the manifest is
written by every run.
"""
