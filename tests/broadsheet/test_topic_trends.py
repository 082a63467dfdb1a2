from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.trends.estimation import estimate_trends
from broadsheet.config import Study
from broadsheet.run_files import TOPIC_TABLES
from broadsheet.stages.topic_trends import RUNS, with_other_seeds, write_topic_trends
from figures.tables import read_table

ARTICLES, MONTHS = 360, 12


@pytest.fixture(scope="module")
def fitted():
    """Articles of three kinds that lie apart, the first of them rising; and their topics."""
    rng = np.random.default_rng(0)
    month = np.arange(ARTICLES) * MONTHS // ARTICLES
    kind = np.where(rng.random(ARTICLES) < 0.1 + 0.06 * month, 0, 1 + rng.integers(0, 2, ARTICLES))
    vectors = np.eye(3)[kind].repeat(8, axis=1) + 0.35 * rng.normal(size=(ARTICLES, 24))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    words = np.array(
        [["harvest", "wheat", "field"], ["school", "pupil", "class"], ["road", "bridge", "rail"]]
    )
    frame = pd.DataFrame({
        "article_id": [f"a{n:03d}" for n in range(ARTICLES)],
        "source": np.where(np.arange(ARTICLES) % 2, "s1", "s2"),
        "date": [f"2021-{m + 1:02d}-{1 + n % 28:02d}" for n, m in enumerate(month)],
        "date_start": None,
        "date_end": None,
        "lang": "en",
        "text": [" ".join(rng.choice(words[k], 12)) for k in kind],
    })  # fmt: skip
    return frame, kind, analysis.fit_topics(frame, vectors, resolution=1.0)


def read(folder: Path) -> dict[str, pd.DataFrame]:
    return {name: read_table(folder / file) for name, file in TOPIC_TABLES.items()}


def test_shares_of_each_topic_are_those_of_the_door(fitted, tmp_path: Path) -> None:
    frame, kind, topics = fitted
    counted = frame.drop(columns=["lang", "text"])
    write_topic_trends(Study(), tmp_path, counted, with_other_seeds(topics))
    tables = read(tmp_path)
    told = counted.assign(topic=topics.assignments["topic"].to_numpy())
    assert set(tables["topic_trends"]["topic"]) == set(told["topic"]) - {-1}
    mine = tables["topic_trends"].query("source == 'ALL'")
    assert mine.groupby("period_start")["n_theme"].sum().to_numpy() == pytest.approx(30.0, abs=3)
    rising = told.loc[kind == 0, "topic"].mode().item()
    test = tables["topic_tests"].query("source == 'ALL'").set_index("topic").loc[rising]
    assert test["effect"] > 0
    assert test["q"] < 0.01
    runs = topics.under_other_seeds(RUNS)
    again = estimate_trends(pd.concat([told, runs], axis=1), by="topic", topic_runs=list(runs.columns))
    pd.testing.assert_frame_equal(again.trends, tables["topic_trends"], check_dtype=False)


def test_other_seeds_are_runs_of_their_own_and_repeat(fitted) -> None:
    _, kind, topics = fitted
    runs = topics.under_other_seeds(3)
    assert runs.columns.tolist() == ["topic_1", "topic_2", "topic_3"]
    pd.testing.assert_frame_equal(runs, topics.under_other_seeds(3))
    for column in runs:
        # Kinds that lie apart come back from every seed.
        purity = pd.crosstab(runs[column], kind).max(axis=1).sum() / ARTICLES
        assert purity > 0.9


def test_without_dates_or_topics_the_tables_have_columns_alone(fitted, tmp_path: Path) -> None:
    frame, _, topics = fitted
    counted = frame.drop(columns=["lang", "text"])
    write_topic_trends(Study(), tmp_path, counted.assign(date=None), with_other_seeds(topics))
    assert all(table.empty and "topic" in table.columns for table in read(tmp_path).values())
    few = analysis.fit_topics(frame[:30], np.eye(30, 40, dtype=np.float32))
    assert few.under_other_seeds(2).shape == (30, 0)
    write_topic_trends(Study(), tmp_path, counted[:30], with_other_seeds(few))
    assert all(table.empty for table in read(tmp_path).values())
