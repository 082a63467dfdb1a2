"""The truth of the sample study as tables: which article is where and about what, and monthly shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from broadsheet.sample import plan

ALL: Final = "ALL"
SHARE_COLUMNS: Final = ("theme", "source", "period_start", "n_articles", "n_theme", "expected", "realised")


@dataclass(frozen=True)
class SampleStudy:
    """What was written and what is true of it.

    Attributes
    ----------
    corpus
        Folder of the pages and JSONL files.
    articles
        One row an article: article_id, file (relative to `corpus`), lines (JSON ranges; in a JSONL file the
        row), source, date, lang, theme, secondary, title, reprint_of, kind. Missing values are None.
    shares
        theme, source (or ALL), period_start (first day of the month), n_articles, n_theme, expected (the
        probability that generated the articles; for ALL its mean over them), realised (n_theme / n_articles).
    change_point
        The one step: theme, date (first day after it), before, after.
    season
        The one yearly season: theme, peak (month), low, high.
    roles
        What each theme's expected share does within a source: step, season, ramp, mix, flat or remainder.
    boilerplate
        What is no article on pages: file, lines, kind (boilerplate, notice, caption), a caption's article_id.
    mix_theme, trend_theme
        The theme that only follows the mix of sources, and the one that rises within sources.
    """

    corpus: Path
    articles: pd.DataFrame
    shares: pd.DataFrame
    change_point: pd.DataFrame
    season: pd.DataFrame
    roles: pd.DataFrame
    boilerplate: pd.DataFrame
    mix_theme: str
    trend_theme: str

    def write(self, folder: Path) -> None:
        """Write every table as `<folder>/<name>.csv`."""
        folder.mkdir(parents=True, exist_ok=True)
        for part in fields(self):
            table = getattr(self, part.name)
            if isinstance(table, pd.DataFrame):
                table.to_csv(folder / f"{part.name}.csv", index=False, lineterminator="\n")


def share_table(articles: pd.DataFrame) -> pd.DataFrame:
    """Return expected and realised shares of every theme, by source and month and over all sources."""
    rows: list[tuple[object, ...]] = []
    months = pd.to_datetime(articles["date"]).dt.strftime("%Y-%m-01")
    for month in plan.MONTHS:
        printed = articles[months == month.isoformat()]
        by_source = {source: printed[printed["source"] == source.name] for source in plan.SOURCES}
        total = dict.fromkeys(plan.THEMES, 0.0)
        for source, mine in by_source.items():
            chances = plan.probabilities(source, month)
            rows.extend(_share_rows(source.name, month, list(mine["theme"]), chances))
            total = {theme: total[theme] + chances[theme] * len(mine) for theme in plan.THEMES}
        mean = {theme: value / len(printed) for theme, value in total.items()}
        rows.extend(_share_rows(ALL, month, list(printed["theme"]), mean))
    return pd.DataFrame(rows, columns=SHARE_COLUMNS)


def _share_rows(
    source: str, month: date, themes: Sequence[str], chances: dict[str, float]
) -> list[tuple[object, ...]]:
    counted, n = Counter(themes), len(themes)
    return [
        (
            theme,
            source,
            month.isoformat(),
            n,
            counted[theme],
            round(chances[theme], 6),
            round(counted[theme] / n, 6),
        )
        for theme in plan.THEMES
    ]


def change_point_table() -> pd.DataFrame:
    """Return the one step of the study."""
    row = {
        "theme": plan.STEP_THEME,
        "date": plan.STEP_DATE.isoformat(),
        "before": plan.STEP_BEFORE,
        "after": plan.STEP_AFTER,
    }
    return pd.DataFrame([row])


def season_table() -> pd.DataFrame:
    """Return the one season of the study."""
    row = {
        "theme": plan.SEASON_THEME,
        "peak": plan.SEASON_PEAK,
        "low": plan.SEASON_LOW,
        "high": plan.SEASON_HIGH,
    }
    return pd.DataFrame([row])


def role_table() -> pd.DataFrame:
    """Return what each theme does within a source."""
    roles = {
        plan.STEP_THEME: "step",
        plan.SEASON_THEME: "season",
        plan.RAMP_THEME: "ramp",
        plan.MIX_THEME: "mix",
        **dict.fromkeys(plan.FLAT, "flat"),
        **dict.fromkeys(plan.REMAINDER, "remainder"),
    }
    return pd.DataFrame({"theme": list(roles), "role": list(roles.values())})
