import numpy as np
import pytest

from analysis.trends import season_tests
from analysis.trends.issues import whole_issues
from analysis.trends.panel import gather_issues
from analysis.trends.simulate import Design, Ritual, Signal, simulate_study
from analysis.trends.trend_tests import estimate_trend

TRAVEL = Ritual(12, 15, 40, 1.3, lunar=True)
THEMES = {
    "congress": Signal(0.03, rituals=(Ritual(3, 3, 12, 2.0),)),
    "floods": Signal(0.03, rituals=(Ritual(6, 10, 80, 1.0),)),
    "travel": Signal(0.03, rituals=(TRAVEL,)),
    "once": Signal(0.03, burst=(9, 1, 1.5)),
    "flat": Signal(0.03),
}


def issues_of(design, seed):
    frame = simulate_study(design, seed=seed).articles.drop(columns="truth")
    return whole_issues(gather_issues(frame, period="month", themes=tuple(design.signals)))


def called(months, *, volume=150, studies=12):
    design = Design(THEMES, {"a": volume}, months=months, clustering=0.02)
    tests = [estimate_trend(issues_of(design, seed), level=0.95) for seed in range(studies)]
    season = np.mean([test.season_p < 0.05 for test in tests], axis=0)
    trend = np.mean([test.p < 0.05 for test in tests], axis=0)
    return dict(zip(THEMES, season, strict=True)), trend


def test_rituals_are_seasons_and_not_trends() -> None:
    season, trend = called(48)
    assert min(season["congress"], season["floods"], season["travel"]) >= 0.8
    assert max(season["once"], season["flat"]) <= 0.25
    # 60 tests of a true null: a binomial with p = .05 stays below 9 with probability .997.
    assert trend.sum() * 12 < 9


def test_the_lunar_month_finds_what_moves(monkeypatch) -> None:
    # Flowers on the first day of the fourth lunar month and the nine after: 23 April 2020 to 20 May 2023.
    flowers = Signal(0.03, rituals=(Ritual(4, 1, 10, 1.8, lunar=True),))
    design = Design({"flowers": flowers}, {"a": 300}, months=48)
    issues = [issues_of(design, seed) for seed in range(8)]
    with_lunar = [estimate_trend(one, level=0.95).season_p[0] for one in issues]
    monkeypatch.setattr(season_tests, "knows_lunar_months", lambda days: False)
    without = [estimate_trend(one, level=0.95).season_p[0] for one in issues]
    assert np.median(with_lunar) < 0.01
    assert np.median(with_lunar) < np.median(without) / 2


def test_a_century_without_lunar_tables_has_its_seasons() -> None:
    design = Design({"x": Signal(0.1, season=(1.0, 3))}, {"a": 200}, months=30, start="1870-01")
    assert estimate_trend(issues_of(design, 0), level=0.95).season_p[0] < 1e-6


@pytest.mark.parametrize("shock", [0.0, 0.3])
def test_seasons_are_called_by_chance_at_the_stated_rate(shock) -> None:
    themes = {f"x{n}": Signal(0.04) for n in range(20)}
    design = Design(themes, {"a": 200, "b": 120}, months=24, clustering=0.03, shock=shock)
    p = np.concatenate([estimate_trend(issues_of(design, seed), level=0.95).season_p for seed in range(10)])
    # 200 true nulls: a binomial with p = .07 stays below 26 with probability .998.
    assert (p < 0.05).sum() < 26
    assert (p < 0.001).sum() <= 3


def test_a_source_of_a_few_months_has_no_season_of_its_own() -> None:
    volumes = {"a": 150, "b": [0] * 22 + [150] * 8}
    design = Design({"x": Signal(0.1, season=(0.8, 3))}, volumes, months=30)
    issues = issues_of(design, 0)
    assert estimate_trend(issues, level=0.95).season_p[0] < 0.001
    assert np.isnan(estimate_trend(issues.only(1), level=0.95, seasonal=True).season_p[0])


def test_p_values_are_combined_as_by_scipys_cauchy() -> None:
    from scipy.stats import cauchy

    found, weights = np.array([[0.02, 0.7], [0.5, 0.9], [0.3, 0.04]]), np.array([0.5, 0.25, 0.25])
    theirs = cauchy.sf(weights @ cauchy.isf(found))
    assert season_tests.combined_p(found, weights) == pytest.approx(theirs)
    certain = season_tests.combined_p(np.array([[1e-4], [1.0]]), np.array([0.5, 0.5]))
    assert certain[0] == pytest.approx(cauchy.sf((cauchy.isf(1e-4) + cauchy.isf(0.99)) / 2))
    tiny = season_tests.combined_p(np.array([[1e-40], [1.0]]), np.array([0.5, 0.5]))
    assert tiny[0] == pytest.approx(2e-40)
