"""The data dictionary: every file of a run folder, every column of its tables, and what it means.

`docs/tables.md` is written from it, and a test holds both against a real run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from analysis.meanings import PROBABILITY, TABLES
from analysis.schema import probability_column
from broadsheet.run_files import COMPARISONS, EXTRA_TRENDS, REPRINTS, SHIFTS, TOPIC_TABLES, TOPIC_THEMES
from corpus import meanings
from corpus.meanings import Meanings
from figures.tables import FILES

PER_THEME: Final = probability_column("<theme>")
"""How the columns of the assignments that hold a theme's probability are written in the dictionary."""


@dataclass(frozen=True)
class RunFile:
    """A file or folder of a run: what it is, how it comes about, what its columns mean."""

    name: str
    about: str
    read_on: str = ""
    columns: Meanings = field(default_factory=dict)
    of_updates: bool = False
    """Only a run that was updated has it."""


def _table(name: str, about: str, read_on: str, columns: Meanings | None = None) -> RunFile:
    """A table of the results, by the name it has in `analysis.meanings`."""
    files: Mapping[str, str] = {
        **FILES,
        **COMPARISONS,
        **EXTRA_TRENDS,
        **TOPIC_TABLES,
        "topic_themes": TOPIC_THEMES,
    }
    return RunFile(files[name], about, read_on, TABLES[name] if columns is None else columns)


RUN_FILES: Final = (
    _table("articles", "One row an article, in the order of the files.", "reading.md", meanings.ARTICLES),
    _table("dropped", "The ledger: all that was left out, and why.", "reading.md", meanings.DROPPED),
    RunFile(REPRINTS, "Who reprints whom.", "reading.md", meanings.REPRINTS),
    _table(
        "assignments",
        "One row an article: its topic, its theme, its probabilities.",
        "themes.md",
        {**TABLES["assignments"], PER_THEME: PROBABILITY},
    ),
    _table("themes", "One row a theme of the codebook.", "themes.md"),
    _table("topics", "One row a topic that was found.", "topics.md"),
    _table("topic_themes", "Each topic's profile of themes.", "topics.md"),
    _table("map", "Where articles stand on the map; absent where there are no topics.", "topics.md"),
    _table("trends", "One row a theme, source and period: share and interval.", "trends.md"),
    _table("tests", "One row a theme and source: is there a trend, a season?", "trends.md"),
    _table("effects", "The effects of the tests in shares a year.", "trends.md"),
    _table("change_points", "One row a theme and source: the likeliest step.", "trends.md"),
    _table("decomposition", "Each change of a share, within sources and by their mix.", "trends.md"),
    _table("topic_trends", "One row a topic, source and period: share and interval.", "trends.md"),
    _table("topic_tests", "One row a topic and source: is there a trend, a season?", "trends.md"),
    _table("sources", "How each source differs from the others.", "trend_methods.md"),
    _table("bursts", "Periods in which a theme stood far above what was expected.", "trend_methods.md"),
    _table("emerging", "Which themes are new, growing, fading or steady.", "trend_methods.md"),
    _table("events", "What the events of the study file did to each theme.", "trend_methods.md"),
    _table("drift", "Words that a theme's articles took up or gave up.", "trend_methods.md"),
    RunFile(
        SHIFTS,
        "What each update changed, in a run that was updated.",
        "runs.md",
        TABLES["shifts"],
        of_updates=True,
    ),
    RunFile("validation.json", "What was measured of topics, languages and probabilities.", "topics.md"),
    RunFile(
        "manifest.json", "Settings, versions, inputs with SHA-256, seconds, notes on the corpus.", "runs.md"
    ),
    RunFile("run.log", "When what was done and where it failed, without a word of the articles.", "runs.md"),
    RunFile("report.html", "The report: one file, works offline."),
    RunFile("figures/", "Each figure as PNG, SVG and PDF, and its drawn data as CSV."),
    RunFile("model/", "The BERTopic model, as safetensors and JSON.", "topics.md"),
    RunFile("sample/", "Inputs and truth of the bundled sample study, in a run of it alone."),
)


def data_dictionary() -> pd.DataFrame:
    """Every column of every table of a run folder.

    Returns
    -------
    DataFrame
        `file`, `column`, `meaning`, in the order of the run folder's description and of the columns.
    """
    rows = [(file.name, column, text) for file in RUN_FILES for column, text in file.columns.items()]
    return pd.DataFrame(rows, columns=["file", "column", "meaning"])


def as_markdown() -> str:
    """The data dictionary as the page `docs/tables.md`."""
    parts = [_HEAD, "| file | what it is | read on |\n|---|---|---|"]
    parts += [_file_row(file) for file in RUN_FILES]
    for file in RUN_FILES:
        if file.columns:
            parts.append(f"\n## {file.name}\n\n{file.about}\n\n| column | meaning |\n|---|---|")
            parts += [f"| `{column}` | {text} |" for column, text in file.columns.items()]
    return "\n".join(parts) + "\n"


_HEAD: Final = """# The run folder: files and columns

This page is written from the package itself (`python -m broadsheet.data_dictionary > docs/tables.md`), and a
test compares it with a real run. In Python the same is `run.columns`, a table.

Dates are ISO days, shares and probabilities lie between 0 and 1, and an empty field is a missing value: a
newspaper may be called NA. A `low` and a `high` are the two ends of an interval at the study's level (95 %
unless it says otherwise). In CSV, text that a spreadsheet would take for a formula (it begins with `=`, `+`,
`-` or `@` and is no number) stands behind an apostrophe; `corpus.spreadsheets.unguard` takes it away.
"""


def _file_row(file: RunFile) -> str:
    """A line of the list of files."""
    link = f"[{file.read_on}]({file.read_on})" if file.read_on else ""
    return f"| `{file.name}` | {file.about} | {link} |"


if __name__ == "__main__":
    import sys

    sys.stdout.write(as_markdown())
