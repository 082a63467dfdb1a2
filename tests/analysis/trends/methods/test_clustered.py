import numpy as np
import pytest
from statsmodels.genmod.cov_struct import Independence
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_estimating_equations import GEE

from analysis.trends.issues import Issues
from analysis.trends.methods.clustered import (
    contrast,
    estimate_slopes,
    joint_score_test,
    joint_test,
    shock_of,
    spans_of,
)


def made(seed: int, *, themes: int = 1, effect: float = 0.0):
    rng = np.random.default_rng(seed)
    rows = 240
    source, day = np.arange(rows) % 3, np.sort(rng.integers(18000, 19000, rows)).astype(float)
    design = rng.normal(size=(rows, 3))
    trials = rng.integers(3, 12, rows).astype(float)
    chance = 1 / (1 + np.exp(1.2 - 0.4 * source - effect * design[:, 0] - rng.normal(0, 0.4, rows)))
    successes = np.column_stack([rng.binomial(trials.astype(int), chance) for _ in range(themes)]).astype(
        float
    )
    return Issues(successes, trials, source.astype(np.int64), day), design


def test_slopes_errors_and_joint_test_are_those_of_statsmodels_gee() -> None:
    # Articles as rows and issues as groups, GEE's robust covariance is HC0 on issues and Mancl and DeRouen's
    # bias-reduced one HC3; with leverages of 2 % HC2 lies half-way.
    issues, design = made(1, effect=0.3)
    alone = np.arange(len(design))
    slopes = estimate_slopes(issues, design, groups=issues.source, spans=alone, lost=0)
    counts = issues.trials.astype(int)
    group = np.repeat(alone, counts)
    y = np.concatenate([np.arange(n) < s for n, s in zip(counts, issues.successes[:, 0], strict=True)])
    x = np.hstack([design, np.eye(3)[issues.source]])[group]
    model = GEE(y.astype(float), x, groups=group, family=Binomial(), cov_struct=Independence())
    theirs, jackknife = model.fit(cov_type="robust"), model.fit(cov_type="bias_reduced")
    covariance = (theirs.cov_params() + jackknife.cov_params()) / 2
    assert slopes.estimate[:, 0] == pytest.approx(theirs.params[:3], abs=1e-6)
    assert slopes.covariance[0] == pytest.approx(covariance[:3, :3], rel=3e-3, abs=5e-6)
    wald = theirs.params[:2] @ np.linalg.solve(covariance[:2, :2], theirs.params[:2])
    statistic, _ = joint_test(slopes, slice(0, 2))
    degrees = 240 - 6
    assert statistic[0] == pytest.approx(wald / 2 * (degrees - 1) / degrees, rel=3e-3)


def test_the_score_test_is_that_of_statsmodels_gee() -> None:
    issues, design = made(1, effect=0.15)
    alone, counts = np.arange(len(design)), issues.trials.astype(int)
    statistic, p = joint_score_test(
        issues, design[:, 2:], design[:, :2], groups=issues.source, spans=alone, lost=0
    )
    group = np.repeat(alone, counts)
    y = np.concatenate([np.arange(n) < s for n, s in zip(counts, issues.successes[:, 0], strict=True)])
    less = np.hstack([np.eye(3)[issues.source], design[:, 2:]])[group]
    whole, part = (
        GEE(y.astype(float), x, groups=group, family=Binomial(), cov_struct=Independence())
        for x in (np.hstack([less, design[group, :2]]), less)
    )
    theirs = whole.compare_score_test(part.fit())
    # Theirs is chi-square with no correction for leverage (2 % here) nor for the estimated variance.
    assert 2 * statistic[0] == pytest.approx(theirs["statistic"], rel=0.04)
    assert p[0] == pytest.approx(theirs["p-value"], rel=0.15)


def test_the_score_test_rejects_at_its_level_where_articles_are_few() -> None:
    rng = np.random.default_rng(7)
    period, source = np.repeat(np.arange(24), 20), np.tile(np.repeat([0, 1, 2], [10, 6, 4]), 24)
    trials = 1.0 + rng.poisson(1.0, len(period))
    y = rng.binomial(trials.astype(int)[:, None], 0.05, (len(period), 400)).astype(float)
    issues = Issues(y, trials, source, np.arange(len(period), dtype=float))
    dummies = np.eye(3)[source][:, 1:]
    cells = period * 3 + source
    _, p = joint_score_test(issues, dummies[:, :0], dummies, groups=period, spans=cells, lost=26)
    # 400 true nulls at 5 %: between 10 and 32 with probability .99.
    assert 10 <= (p < 0.05).sum() <= 32


def test_p_of_one_slope_jointly_and_singly_agree_and_the_interval_ends_where_p_does() -> None:
    issues, design = made(2, effect=0.2)
    slopes = estimate_slopes(issues, design, groups=issues.source, spans=np.arange(240), lost=0)
    one = contrast(slopes, np.eye(3)[0], level=0.95)
    assert joint_test(slopes, slice(0, 1))[1] == pytest.approx(one.p)
    at_p = contrast(slopes, np.eye(3)[0], level=1 - one.p[0])
    assert at_p.low[0] == pytest.approx(0.0, abs=1e-8)


def test_tests_of_no_effect_reject_at_their_level() -> None:
    issues, design = made(3, themes=200)
    slopes = estimate_slopes(issues, design, groups=issues.source, spans=np.arange(240), lost=0)
    _, p = joint_test(slopes, slice(0, 3))
    # 200 true nulls at 5 %: between 3 and 19 with probability .998 (they share the design, not the counts).
    assert 3 <= (p < 0.05).sum() <= 19


def test_shocks_of_a_span_widen_the_errors() -> None:
    rng = np.random.default_rng(5)
    issues, design = made(4)
    spans = np.arange(240) // 10
    shaken = 1 / (1 + np.exp(1 - rng.normal(0, 1.0, 24)[spans]))
    shocked = Issues(
        rng.binomial(issues.trials.astype(int), shaken).astype(float)[:, None],
        issues.trials,
        issues.source,
        issues.day,
    )
    per_span = design[::10][spans]
    apart = estimate_slopes(shocked, per_span, groups=issues.source, spans=np.arange(240), lost=0)
    together = estimate_slopes(shocked, per_span, groups=issues.source, spans=spans, lost=4)
    assert (np.diagonal(together.covariance[0]) > 2 * np.diagonal(apart.covariance[0])).all()
    assert together.degrees[0] == 20


def test_a_theme_of_four_articles_or_without_any_is_not_tested() -> None:
    issues, design = made(6, themes=2)
    few = np.zeros((240, 2))
    few[[3, 50, 120, 200], 0] = 1.0
    slopes = estimate_slopes(
        Issues(few, issues.trials, issues.source, issues.day),
        design,
        groups=issues.source,
        spans=np.arange(240),
        lost=0,
    )
    assert not slopes.tested.any()
    assert np.isnan(joint_test(slopes, slice(0, 2))[1]).all()
    assert np.isnan(contrast(slopes, np.eye(3)[0], level=0.95).estimate).all()


def test_rare_counts_are_no_shocks() -> None:
    # Four hundred themes with half an article a span: shocks are looked for at 10 %, and without regard to
    # how few there are a quarter of these would have some.
    rng = np.random.default_rng(0)
    spans = np.repeat(np.arange(108), 8)
    trials = np.full(len(spans), 2.0)
    rare = Issues(
        rng.binomial(2, 0.04, (len(spans), 400)).astype(float), trials, spans * 0, spans.astype(float)
    )
    design = rng.normal(size=(len(spans), 1))
    slopes = estimate_slopes(rare, design, groups=rare.source, spans=spans, lost=2)
    shock, _ = shock_of(slopes.fit, spans, 2)
    assert (shock > 1).mean() < 0.13


@pytest.mark.parametrize(
    ("period", "spans"), [("day", 24), ("week", 24), ("month", 24), ("quarter", 8), ("year", 2)]
)
def test_shocks_fill_months_at_least(period: str, spans: int) -> None:
    days = np.arange("2020-01-01", "2022-01-01", dtype="datetime64[D]").astype(np.float64)
    found = spans_of(days, period)
    assert found.min() == 0
    assert found.max() + 1 == spans
    assert (np.diff(found) >= 0).all()


def test_shocks_fill_months_in_studies_under_a_year_too() -> None:
    days = np.arange("2020-01-01", "2020-09-01", dtype="datetime64[D]").astype(np.float64)
    assert spans_of(days, "month").max() + 1 == 8
    assert spans_of(days[:0], "month").size == 0
