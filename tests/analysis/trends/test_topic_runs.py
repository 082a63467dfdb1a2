import numpy as np
import pandas as pd
import pytest

from analysis.trends.estimation import estimate_trends
from analysis.trends.topic_runs import match_topics


def articles(size=2400, seed=0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    days = np.datetime64("2023-01-01") + rng.integers(0, 365, size)
    topic = rng.choice([-1, 0, 1, 2], p=[0.2, 0.4, 0.25, 0.15], size=size)
    return pd.DataFrame({"article_id": range(size), "source": "a", "date": days.astype(str), "topic": topic})


def shuffled(frame, part, seed) -> pd.Series:
    """Give a part of the articles another topic."""
    rng = np.random.default_rng(seed)
    other = rng.choice([-1, 0, 1, 2], size=len(frame))
    return frame["topic"].where(rng.random(len(frame)) >= part, other)


def test_topics_are_matched_by_their_articles() -> None:
    ours = pd.Series([0, 0, 0, 1, 1, 2, 2, -1])
    theirs = pd.Series([5, 5, 7, 7, 7, 9, -1, 5])
    assert match_topics(ours, theirs).tolist() == [0, 0, 1, 1, 1, 2, -1, 0]


def test_a_topic_without_a_partner_is_an_outlier() -> None:
    assert match_topics(pd.Series([0, 0, 0, 0]), pd.Series([1, 1, 1, 2])).tolist() == [0, 0, 0, -1]


def test_runs_that_agree_change_nothing() -> None:
    frame = articles()
    frame["again"] = frame["topic"].map({-1: -1, 0: 2, 1: 0, 2: 1})
    alone = estimate_trends(frame, by="topic")
    both = estimate_trends(frame, by="topic", topic_runs=["again"])
    for name in ("trends", "tests"):
        pd.testing.assert_frame_equal(getattr(both, name), getattr(alone, name), rtol=1e-3)


def test_runs_that_differ_widen_the_intervals() -> None:
    frame = articles()
    for seed in range(4):
        frame[f"run_{seed}"] = shuffled(frame, 0.4, seed)
    alone = estimate_trends(frame, by="topic")
    runs = estimate_trends(frame, by="topic", topic_runs=[f"run_{seed}" for seed in range(4)])
    width = {
        name: (found.trends["high"] - found.trends["low"]).mean()
        for name, found in {"alone": alone, "runs": runs}.items()
    }
    assert width["runs"] > 1.05 * width["alone"]
    assert (runs.trends["low"] <= runs.trends["share"]).all()
    assert (runs.trends["share"] <= runs.trends["high"]).all()
    assert runs.topic_runs == tuple(f"run_{seed}" for seed in range(4))
    wider = (runs.tests["high"] - runs.tests["low"]) > (alone.tests["high"] - alone.tests["low"])
    assert wider.mean() > 0.5


def test_shares_are_means_over_runs() -> None:
    frame = articles()
    frame["other"] = shuffled(frame, 0.3, 1)
    found = estimate_trends(frame, by="topic", topic_runs=["other"], period="year")
    share = found.trends.query("topic == 1 and source == 'ALL'")["share"].iloc[0]
    assert share == pytest.approx(np.mean([(frame[name] == 1).mean() for name in ("topic", "other")]))
