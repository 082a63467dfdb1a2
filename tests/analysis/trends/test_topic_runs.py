import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from analysis.trends.adjustment import Adjusted
from analysis.trends.estimation import estimate_trends
from analysis.trends.shares import binomial_interval
from analysis.trends.topic_runs import combine_adjusted, combine_tests, match_topics
from analysis.trends.trend_tests import TrendTest


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


def test_tests_of_runs_are_combined_by_rubins_rules() -> None:
    # Two runs of effects 1 and 3, each with error 1 and next to no limit of degrees: within 1, between 2.
    parts = {name: np.array([np.nan]) for name in ("low", "high", "p")}
    runs = [
        TrendTest(
            effect=np.array([effect]), error=np.ones(1), degrees=np.full(1, 1e12), season_p=np.array([p]),
            slope=np.array([0.1]), **parts,
        )
        for effect, p in ((1.0, 0.2), (3.0, 0.4))
    ]  # fmt: skip
    found = combine_tests(runs, level=0.95)
    degrees = (1 + 1 / 3) ** 2
    assert found.effect[0] == pytest.approx(2)
    assert found.error[0] == pytest.approx(2)  # 1 + (1 + 1/2) 2 = 4
    assert found.degrees[0] == pytest.approx(degrees, rel=1e-6)
    assert found.p[0] == pytest.approx(2 * t.sf(1, degrees), rel=1e-6)
    assert found.high[0] == pytest.approx(2 + 2 * t.ppf(0.975, degrees), rel=1e-6)
    assert found.season_p[0] == pytest.approx(0.3)


def test_shares_of_runs_are_combined_by_rubins_rules() -> None:
    one = np.ones((1, 1, 1))
    runs = [Adjusted(share=one * share, low=one, high=one, effective=100 * one) for share in (0.2, 0.4)]
    found = combine_adjusted(runs, level=0.95)
    within, between = (0.2 * 0.8 + 0.4 * 0.6) / 2 / 100, 1.5 * 0.02
    degrees = (1 + within / between) ** 2
    size = 100 * within / (within + between) * (1.959964 / t.ppf(0.975, degrees)) ** 2
    assert found.share.item() == pytest.approx(0.3)
    assert found.effective.item() == pytest.approx(size, rel=1e-6)
    assert (found.low.item(), found.high.item()) == pytest.approx(
        tuple(part.item() for part in binomial_interval(0.3 * size * one, size * one, 0.95))
    )
