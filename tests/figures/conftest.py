"""Small tables of an invented study, made with a seed, in the shape a run folder holds them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.schema import TREND_COLUMNS
from figures.tables import EXTRA_FILES
from tests.figures.extra_tables import extra_tables

SOURCES = ("晨江日报", "The Harbour Post", "Вестник Заречья", "한강신문")
THEMES = (
    "anti_corruption",
    "public_security",
    "rural_governance",
    "education",
    "health",
    "environment",
    "culture_tourism",
    "transport",
)
TERMS = {
    "zh": ["清廉", "纪检监察", "巡察整改", "监督", "腐败案件"],
    "en": ["integrity", "inspection", "bribery", "discipline office", "graft"],
    "ru": ["коррупция", "проверка", "взятка"],
}


def make_tables(
    *,
    seed: int = 0,
    sources: tuple[str, ...] = SOURCES,
    themes: tuple[str, ...] = THEMES,
    months: int = 24,
    n: int = 800,
    topics: int = 9,
) -> dict[str, pd.DataFrame]:
    """Tables of `n` articles of these sources and themes over so many months from January 2022."""
    rng = np.random.default_rng(seed)
    periods = pd.period_range("2022-01", periods=months, freq="M")
    weights = rng.dirichlet(np.full(len(themes), 1.5))
    which = rng.integers(0, months, n)
    day = pd.Series(periods[which].start_time) + pd.to_timedelta(rng.integers(0, 28, n), unit="D")
    articles = pd.DataFrame(
        {
            "article_id": [f"{k:05d}" for k in range(n)],
            "source": rng.choice(sources, n, p=_falling(len(sources))),
            "date": day.dt.strftime("%Y-%m-%d"),
            "title": [f"标题 {k} of the day" for k in range(n)],
            "lang": rng.choice(["zh", "en", "ru"], n),
            "text": "A body.",
            "file": "pages/a.txt",
        }
    )
    theme = rng.choice(np.array([*themes, "unmapped"]), n, p=np.append(weights * 0.9, 0.1))
    centres = dict(zip([*themes, "unmapped"], rng.normal(0, 4, (len(themes) + 1, 2)), strict=True))
    where = np.array([centres[name] for name in theme]) + rng.normal(0, 0.8, (n, 2))
    assignments = pd.DataFrame(
        {
            "article_id": articles["article_id"],
            "topic": rng.integers(0, max(topics, 1), n),
            "topic_strength": rng.uniform(0.3, 1, n),
            "theme": theme,
            "theme_probability": rng.uniform(0.5, 1, n),
        }
    )
    for name in themes:
        assignments[f"p_{name}"] = np.where(theme == name, assignments["theme_probability"], 0.02)
    return {
        "articles": articles,
        "assignments": assignments,
        "topics": _topics(assignments, topics),
        "themes": _themes(assignments, themes),
        "trends": _trends(articles, assignments, themes, sources, periods),
        "tests": _tests(themes),
        "change_points": _change_points(themes, periods),
        "map": pd.DataFrame({"article_id": articles["article_id"], "x": where[:, 0], "y": where[:, 1]}),
        "dropped": pd.DataFrame(
            {
                "file": ["pages/a.txt"],
                "lines": ["[[1, 2]]"],
                "reason": ["advertisement"],
                "text": ["Buy <b>now</b>"],
            }
        ),
        **extra_tables(themes, sources, periods, topics=topics),
    }


def _falling(n: int) -> np.ndarray:
    weights = 1.0 / (np.arange(n) + 1.5)
    return weights / weights.sum()


def _topics(assignments: pd.DataFrame, topics: int) -> pd.DataFrame:
    counts = assignments["topic"].value_counts()
    return pd.DataFrame(
        {
            "topic": range(topics),
            "n_articles": [int(counts.get(k, 0)) for k in range(topics)],
            "label": [f"清廉 {k}" for k in range(topics)],
            "terms": [json.dumps(TERMS, ensure_ascii=False)] * topics,
            "theme": "anti_corruption",
        }
    )


def _themes(assignments: pd.DataFrame, themes: tuple[str, ...]) -> pd.DataFrame:
    counts = assignments["theme"].value_counts()
    n = [int(counts.get(name, 0)) for name in themes]
    return pd.DataFrame(
        {
            "theme": list(themes),
            "n_articles": n,
            "share": np.array(n) / len(assignments),
            "terms": json.dumps(TERMS, ensure_ascii=False),
        }
    )


def _trends(
    articles: pd.DataFrame,
    assignments: pd.DataFrame,
    themes: tuple[str, ...],
    sources: tuple[str, ...],
    periods: pd.PeriodIndex,
) -> pd.DataFrame:
    """Shares with Wilson intervals; five articles make a share worth reading."""
    month = pd.to_datetime(articles["date"]).dt.to_period("M").to_numpy()
    of = {source: (articles["source"] == source).to_numpy() for source in sources}
    of = {"ALL": np.ones(len(articles), dtype=bool)} | of
    cells = {
        (source, period): np.flatnonzero(inside & (month == period))
        for source, inside in of.items()
        for period in periods
    }
    rows = []
    for theme in themes:
        p = assignments[f"p_{theme}"].to_numpy()
        for (source, period), here in cells.items():
            n, k = len(here), float(p[here].sum())
            share, low, high = _wilson(k, n)
            adjusted = (share * 0.9, low * 0.9, high * 0.9) if source == "ALL" else (np.nan,) * 3
            status = "none" if n == 0 else "few" if n < 5 else "ok"
            dates = (str(period.start_time.date()), str(period.end_time.date()))
            rows.append((theme, source, *dates, n, k, share, low, high, *adjusted, status))
    return pd.DataFrame(rows, columns=list(TREND_COLUMNS))


def _wilson(k: float, n: int, z: float = 1.96) -> tuple[float, float, float]:
    if n == 0:
        return np.nan, np.nan, np.nan
    p = k / n
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return p, middle - half, middle + half


def _tests(themes: tuple[str, ...]) -> pd.DataFrame:
    n = len(themes)
    return pd.DataFrame(
        {
            "theme": list(themes),
            "source": "ALL",
            "effect": np.linspace(-0.5, 0.5, n),
            "low": np.linspace(-0.7, 0.3, n),
            "high": np.linspace(-0.3, 0.7, n),
            "p": np.linspace(0.001, 0.9, n),
            "q": np.linspace(0.008, 0.9, n),
            "seasonal": [k % 3 == 0 for k in range(n)],
        }
    )


def _change_points(themes: tuple[str, ...], periods: pd.PeriodIndex) -> pd.DataFrame:
    at = [str(periods[min(len(periods) - 1, k)].start_time.date()) for k in (11, 9, 13)]
    return pd.DataFrame(
        {
            "theme": [themes[0]],
            "source": ["ALL"],
            "date": at[:1],
            "low": at[1:2],
            "high": at[2:],
            "before": [0.10],
            "after": [0.22],
            "p": [0.001],
            "q": [0.008],
        }
    )


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    """The invented study; a test that changes a table copies it first."""
    return make_tables()


def write_run(folder: Path, tables: dict[str, pd.DataFrame]) -> Path:
    """A run folder that holds these tables."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model").mkdir(exist_ok=True)
    (folder / "coding").mkdir(exist_ok=True)
    for name, table in tables.items():
        if name == "validation":
            values = dict(zip(table["measure"], table["value"], strict=True))
            (folder / "validation.json").write_text(json.dumps(values), "utf-8")
        elif name in EXTRA_FILES:
            table.to_csv(folder / EXTRA_FILES[name], index=False)
        elif name in {"articles", "assignments", "map"}:
            table.to_parquet(folder / f"{name}.parquet", index=False)
        else:
            table.to_csv(folder / f"{name}.csv", index=False)
    return folder
