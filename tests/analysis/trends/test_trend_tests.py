import numpy as np
import pandas as pd
import pytest
from statsmodels.genmod.cov_struct import Independence
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_estimating_equations import GEE

from analysis.trends.issues import Issues, whole_issues
from analysis.trends.panel import gather_issues
from analysis.trends.quasibinomial import fit_quasi_binomial, score_of
from analysis.trends.seasons import YEAR, can_have_season, season_design
from analysis.trends.simulate import Design, Signal, simulate_study
from analysis.trends.trend_tests import estimate_trend, robust_covariance

LEANINGS = (0.0, 0.6, -0.6)
KEPT = ["article_id", "source", "date", "theme"]
CHANGING = {"a": 40, "b": list(np.linspace(60, 10, 24)), "c": [0] * 8 + [40] * 16}


def issues_of(frame, themes=None) -> Issues:
    return whole_issues(gather_issues(frame, period="month", themes=themes))


def issues_from(day, successes, trials=10.0) -> Issues:
    day = np.asarray(day, dtype=float)
    successes = np.asarray(successes, dtype=float).reshape(len(day), -1)
    return Issues(
        successes, np.broadcast_to(trials, day.shape).astype(float), np.zeros(len(day), np.int64), day
    )


def gee_of(frame, design) -> GEE:
    groups = pd.factorize(frame["source"] + frame["date"])[0]
    y = (frame["theme"] == "x").to_numpy(float)
    model = GEE(y, design, groups=groups, family=Binomial(), cov_struct=Independence())
    return model.fit(cov_type="bias_reduced")


@pytest.mark.parametrize("months, height", [(12, 0.0), (30, 0.6)])
def test_effect_and_error_are_those_of_statsmodels_gee(months, height) -> None:
    # Mancl and DeRouen's bias-reduced covariance by issue is what HC3 is on issues.
    signal = Signal(0.15, ramp_to=0.2, leanings=LEANINGS, season=(height, 2))
    volumes = {"a": 40, "b": list(np.linspace(60, 10, months)), "c": [0] * 4 + [40] * (months - 4)}
    frame = simulate_study(Design({"x": signal}, volumes, months=months, clustering=0.05), seed=8).articles
    days = pd.to_datetime(frame["date"]).to_numpy().astype("datetime64[D]").astype(float)
    columns = [pd.get_dummies(frame["source"], dtype=float).to_numpy(), (days - days.mean())[:, None] / YEAR]
    season = season_design(days) if can_have_season(days) else np.empty((len(days), 0))
    assert season.shape[1] == (4 if months == 30 else 0)
    theirs = gee_of(frame, np.hstack([*columns, season]))
    issues = issues_of(frame[KEPT])
    columns = np.column_stack([(issues.day - days.mean()) / YEAR, season_design(issues.day)])
    fit = fit_quasi_binomial(
        issues.successes, issues.trials, issues.source, columns[:, : 1 + season.shape[1]], size=3
    )
    covariance, _ = robust_covariance(fit, issues)
    assert fit.slopes[:, 0] == pytest.approx(theirs.params[3:], abs=1e-6)
    assert np.sqrt(np.diag(covariance[0])) == pytest.approx(theirs.bse[3:], rel=0.005)
    ours = estimate_trend(issues, level=0.95)
    # A season as strong as this one is hardly shrunk; the month's shocks may widen the error a little.
    assert ours.effect[0] == pytest.approx(theirs.params[3], abs=0.1 * theirs.bse[3])
    assert 0.97 < ours.error[0] / theirs.bse[3] < 1.25


def test_fit_takes_sums_of_probabilities_and_many_themes_at_once() -> None:
    rng = np.random.default_rng(0)
    groups, design = np.repeat([0, 1], 50), rng.normal(size=(100, 2))
    trials = rng.integers(1, 20, size=100).astype(float)
    successes = trials[:, None] * rng.random((100, 3))
    together = fit_quasi_binomial(successes, trials, groups, design, size=2)
    for theme in range(3):
        alone = fit_quasi_binomial(successes[:, [theme]], trials, groups, design, size=2)
        assert together.slopes[:, theme] == pytest.approx(alone.slopes[:, 0], abs=1e-8)
    score = design.T @ together.residual
    assert np.abs(score).max() < 1e-6
    assert together.converged.all()


def test_a_ramp_is_found_and_a_flat_theme_is_not() -> None:
    design = Design({"flat": Signal(0.08), "ramp": Signal(0.05, ramp_to=0.08)}, {"a": 200, "b": 120, "c": 80})
    found = []
    for seed in range(20):
        test = estimate_trend(issues_of(simulate_study(design, seed=seed).articles[KEPT]), level=0.95)
        found.append(test.p < 0.05)
    flat, ramp = np.mean(found, axis=0)
    assert ramp >= 0.8
    assert flat <= 0.2


def test_false_positives_with_clusters_a_season_and_a_changing_mix() -> None:
    themes = {"x": Signal(0.06, leanings=LEANINGS), "s": Signal(0.08, season=(1.0, 3), leanings=LEANINGS)}
    design = Design(themes, CHANGING, clustering=0.05)
    found = []
    for seed in range(60):
        test = estimate_trend(issues_of(simulate_study(design, seed=100 + seed).articles[KEPT]), level=0.95)
        found.append(test.p < 0.05)
    # 120 tests of a true null: a binomial with p = .05 stays below 15 with probability .999.
    assert np.sum(found) < 15


def test_intervals_of_the_effect_cover_it() -> None:
    design = Design({"x": Signal(0.05, ramp_to=0.15, leanings=LEANINGS)}, CHANGING, clustering=0.05)
    true = (np.log(0.15 / 0.85) - np.log(0.05 / 0.95)) / (23 / 12)
    inside = []
    for seed in range(40):
        test = estimate_trend(issues_of(simulate_study(design, seed=seed).articles[KEPT]), level=0.95)
        inside.append(bool(test.low[0] <= true <= test.high[0]))
    assert np.mean(inside) > 0.86


def test_a_yearly_ritual_is_a_season_and_not_a_trend() -> None:
    design = Design({"x": Signal(0.06, season=(1.0, 2)), "y": Signal(0.06)}, {"a": 150}, months=30)
    test = estimate_trend(issues_of(simulate_study(design, seed=1).articles[KEPT]), level=0.95)
    assert test.season_p[0] < 1e-6
    assert test.p[0] > 0.05
    assert test.season_p[1] > 0.01


def test_a_step_is_not_a_season() -> None:
    design = Design({"x": Signal(0.05, step=(12, 0.15))}, {"a": 400}, months=24)
    study = simulate_study(design, seed=0)
    issues = issues_of(study.articles[KEPT], themes=["x"])
    day = np.array([np.datetime64(study.steps["x"], "D").astype(float)])
    assert estimate_trend(issues, level=0.95).season_p[0] < 0.01
    assert estimate_trend(issues, level=0.95, step_days=day).season_p[0] > 0.01


def test_no_season_within_two_years() -> None:
    design = Design({"x": Signal(0.06, season=(1.0, 2))}, {"a": 150}, months=23)
    assert np.isnan(
        estimate_trend(issues_of(simulate_study(design, seed=1).articles[KEPT]), level=0.95).season_p
    ).all()
    january = np.concatenate([np.arange(10) + 365.0 * year for year in range(4)])
    assert not can_have_season(january)


def test_a_season_is_in_the_model_as_is_said() -> None:
    design = Design({"x": Signal(0.1, season=(1.0, 2), ramp_to=0.2)}, {"a": 150}, months=30)
    issues = issues_of(simulate_study(design, seed=1).articles[KEPT])
    usual, told, without = (estimate_trend(issues, level=0.95, seasonal=said) for said in (None, True, False))
    assert told.season_p[0] == usual.season_p[0] < 0.001
    assert np.isnan(without.season_p).all()
    line = fit_quasi_binomial(
        issues.successes,
        issues.trials,
        issues.source,
        (issues.day - issues.day.mean())[:, None] / YEAR,
        size=1,
    )
    assert without.effect == pytest.approx(line.slopes[0])
    assert np.abs(told.effect - without.effect)[0] > 1e-3


@pytest.mark.parametrize("rows, tested", [(3, False), (4, True)])
def test_two_issues_more_than_parameters_can_be_tested(rows, tested) -> None:
    # A source and a line are two parameters.
    test = estimate_trend(issues_from(range(rows), [12, 22, 9, 25][:rows], 50.0), level=0.95)
    assert np.isfinite(test.p).all() == tested


def test_shocks_shared_by_a_month_widen_the_interval() -> None:
    themes = {"x": Signal(0.15)}
    widths = []
    for shock in (0.0, 0.6):
        study = simulate_study(Design(themes, {"a": 300, "b": 300}, shock=shock), seed=4)
        test = estimate_trend(issues_of(study.articles[KEPT]), level=0.95)
        widths.append((test.high - test.low)[0])
    assert widths[1] > 2 * widths[0]


def test_mirror_and_order() -> None:
    frame = simulate_study(Design({"x": Signal(0.3, ramp_to=0.5)}, CHANGING), seed=0).articles[KEPT]
    ours = estimate_trend(issues_of(frame), level=0.95)
    shuffled = estimate_trend(issues_of(frame.sample(frac=1, random_state=1)), level=0.95)
    assert shuffled.effect.tobytes() == ours.effect.tobytes()
    assert shuffled.p.tobytes() == ours.p.tobytes()
    turned = frame.assign(theme=frame["theme"].map({"x": "unmapped", "unmapped": "x"}))
    mirror = estimate_trend(issues_of(turned), level=0.95)
    assert mirror.effect == pytest.approx(-ours.effect)
    assert mirror.p == pytest.approx(ours.p)


@pytest.mark.parametrize(
    "issues",
    [
        issues_from([0, 1, 2], [1, 2, 3]),
        issues_from([0] * 20, range(20), 20.0),
        issues_from(range(40), [0] * 40),
        issues_from(range(40), [10] * 40),
        issues_from(range(40), [0] * 20 + [10] * 20),
        issues_from(range(40), [0] * 39 + [3]),
        issues_from([0, 400] * 20, [0, 10] * 20),
    ],
    ids=["too short", "one day", "all zero", "all one", "separated", "three articles", "two days"],
)
def test_what_cannot_be_tested_is_nan(issues) -> None:
    test = estimate_trend(issues, level=0.95)
    assert np.isnan(test.p).all()
    assert np.isnan(test.effect).all()


def test_a_theme_that_cannot_be_tested_does_not_disturb_the_others() -> None:
    rng = np.random.default_rng(0)
    day, y = np.arange(60.0), rng.binomial(10, 0.3, size=60).astype(float)
    both = np.column_stack([np.where(day < 30, 0.0, 10.0), y])
    alone = estimate_trend(issues_from(day, y), level=0.95).p[0]
    assert estimate_trend(issues_from(day, both), level=0.95).p[1] == pytest.approx(alone)


def test_gaps_and_sources_that_never_change() -> None:
    rng = np.random.default_rng(0)
    day = np.concatenate([np.arange(30.0), np.arange(300.0, 330.0)])
    source = np.tile([0, 1], 30)
    y = np.where(source == 0, rng.binomial(10, 0.3, size=60), 0).astype(float)[:, None]
    whole = estimate_trend(Issues(y, np.full(60, 10.0), source, day), level=0.95)
    alone = estimate_trend(Issues(y, np.full(60, 10.0), source, day).only(0), level=0.95)
    assert whole.p == pytest.approx(alone.p)


@pytest.mark.parametrize("share", [0.03, 0.1])
def test_a_rare_theme_is_not_called_seasonal_by_chance(share) -> None:
    rng = np.random.default_rng(1)
    day = np.sort(rng.integers(0, 1080, 180)).astype(float)
    trials = rng.integers(1, 5, 180)
    successes = rng.binomial(trials[:, None], share, size=(180, 1000)).astype(float)
    season_p = estimate_trend(issues_from(day, successes, trials.astype(float)), level=0.95).season_p
    assert np.nanmean(season_p < 0.05) < 0.08
    assert np.nanmean(season_p < 0.001) < 0.006


def test_waves_are_the_score_test_of_statsmodels() -> None:
    from statsmodels.genmod.generalized_linear_model import GLM

    rng = np.random.default_rng(8)
    day = np.sort(rng.integers(0, 1080, 300)).astype(float)
    trials = rng.integers(1, 9, 300).astype(float)
    chance = 1 / (1 + np.exp(2 - 0.3 * np.sin(2 * np.pi * day / YEAR)))
    y = rng.binomial(trials.astype(int), chance).astype(float)
    null = np.column_stack([np.ones(300), (day - day.mean()) / YEAR])
    model = GLM(np.column_stack([y, trials - y]), null, family=Binomial())
    theirs, *_ = model.score_test(model.fit(tol=1e-12).params, exog_extra=season_design(day))
    groups = np.zeros(300, np.int64)
    fit = fit_quasi_binomial(y[:, None], trials, groups, null[:, 1:], size=1)
    score, information = score_of(fit, groups, season_design(day))
    ours = score[:, 0] @ np.linalg.solve(information[0], score[:, 0])
    assert ours == pytest.approx(float(np.squeeze(theirs)), rel=1e-4)
