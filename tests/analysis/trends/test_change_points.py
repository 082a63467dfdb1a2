import itertools

import numpy as np
import pytest
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from analysis.trends.change_points import candidates_of, find_steps
from analysis.trends.seasons import season_design
from analysis.trends.step_draws import permuted
from analysis.trends.step_scores import Series, after_places, fit_no_change, score_steps


def series_of(successes, trials, *, periods, sources=1, season=None) -> Series:
    """Make a series of one slot a period from (sources, periods) counts."""
    trials = np.broadcast_to(np.asarray(trials, dtype=float), (sources, periods))
    source, slot = np.nonzero(trials > 0)
    successes = np.asarray(successes, dtype=float).reshape(sources, periods, -1)[source, slot]
    season = np.empty((periods, 0)) if season is None else season
    return Series(successes, trials[source, slot], source, slot, np.arange(periods), season)


def draw(share, trials, seed=0):
    return np.random.default_rng(seed).binomial(trials, share).astype(float)


def step(periods, at, before, after):
    return np.where(np.arange(periods) < at, before, after)


def test_statistic_is_the_score_test_of_statsmodels() -> None:
    periods = 30
    days = 15 + 30.4 * np.arange(periods)
    trials = np.vstack([np.full(periods, 80), np.linspace(20, 200, periods).round()]).astype(int)
    trials[1, :6] = 0
    rng = np.random.default_rng(1)
    counts = rng.binomial(trials, np.vstack([step(periods, 12, 0.1, 0.2), np.full(periods, 0.3)]))
    series = series_of(counts, trials, periods=periods, sources=2, season=season_design(days))
    regressor = (np.arange(periods) >= 12).astype(float)
    ours = score_steps(fit_no_change(series), series, regressor[None, :], 0).statistic[0]
    design = np.column_stack([series.source == 0, series.source == 1, series.season[series.slot]]).astype(
        float
    )
    y = np.column_stack([series.successes[:, 0], series.trials - series.successes[:, 0]])
    model = GLM(y, design, family=Binomial())
    null = model.fit(tol=1e-12)
    theirs, *_ = model.score_test(null.params, exog_extra=regressor[series.slot][:, None])
    assert ours == pytest.approx(float(np.squeeze(theirs)), rel=1e-5)


@pytest.mark.parametrize("at", [6, 12, 17])
def test_a_step_is_dated(at) -> None:
    hits, inside = [], []
    for seed in range(40):
        series = series_of(draw(step(24, at, 0.05, 0.08), 400, seed), 400, periods=24)
        steps = find_steps(series, level=0.95, seed=0, flips=199)
        hits.append(abs(steps.place[0] - at) <= 1)
        inside.append(steps.low[0] <= at <= steps.high[0])
    assert np.mean(hits) >= 0.7
    assert np.mean(inside) >= 0.85


def test_no_change_gives_even_p_values() -> None:
    rng = np.random.default_rng(0)
    counts = rng.binomial(60, 0.1, size=(30, 300)).astype(float)
    steps = find_steps(series_of(counts, 60, periods=30), level=0.95, seed=1, flips=499)
    # 300 true nulls: a binomial with p = .05 stays in 5..27 with probability .998.
    assert 5 <= (steps.p <= 0.05).sum() <= 27
    assert 0.4 < steps.p.mean() < 0.6


def test_a_straight_rise_has_no_date() -> None:
    share = 1 / (1 + np.exp(-np.linspace(-3, -1, 36)))
    steps = find_steps(series_of(draw(share, 500), 500, periods=36), level=0.95, seed=0)
    assert steps.p[0] < 0.05
    assert not steps.dated[0]


def test_a_step_has_one() -> None:
    steps = find_steps(series_of(draw(step(36, 20, 0.05, 0.2), 500), 500, periods=36), level=0.95, seed=0)
    assert steps.p[0] < 0.01
    assert steps.dated[0]
    assert (steps.place[0], steps.low[0], steps.high[0]) == (20, 20, 20)


def test_a_changing_mix_is_no_step() -> None:
    trials = np.vstack([step(24, 12, 400, 50), step(24, 12, 50, 400)]).astype(int)
    counts = np.random.default_rng(2).binomial(trials, [[0.05], [0.3]])
    adjusted = find_steps(series_of(counts, trials, periods=24, sources=2), level=0.95, seed=0)
    raw = find_steps(series_of(counts.sum(axis=0), trials.sum(axis=0), periods=24), level=0.95, seed=0)
    assert raw.p[0] < 0.05
    assert adjusted.p[0] > 0.05


def test_a_season_is_no_step() -> None:
    days = 15 + 30.4 * np.arange(36)
    share = 1 / (1 + np.exp(-(-2.5 + 0.8 * np.sin(2 * np.pi * days / 365.25))))
    counts = draw(share, 400)
    with_season = find_steps(
        series_of(counts, 400, periods=36, season=season_design(days)), level=0.95, seed=0
    )
    assert with_season.p[0] > 0.05


def test_shocks_to_whole_periods_do_not_make_steps() -> None:
    rng = np.random.default_rng(3)
    odds = -2 + rng.normal(0, 0.5, size=(24, 1, 100)) + np.zeros((1, 6, 1))
    counts = rng.binomial(50, 1 / (1 + np.exp(-odds))).reshape(144, 100).astype(float)
    slots = np.arange(144)
    series = Series(
        counts, np.full(144, 50.0), np.zeros(144, np.int64), slots, slots // 6, np.empty((144, 0))
    )
    steps = find_steps(series, level=0.95, seed=0, flips=499)
    assert (steps.p <= 0.05).mean() < 0.15


def test_mirror_turns_nothing_but_the_direction() -> None:
    counts = draw(step(24, 10, 0.2, 0.3), 100)
    ours = find_steps(series_of(counts, 100, periods=24), level=0.95, seed=5)
    mirror = find_steps(series_of(100 - counts, 100, periods=24), level=0.95, seed=5)
    assert (ours.place[0], ours.p[0]) == (mirror.place[0], mirror.p[0])


def test_same_seed_same_p() -> None:
    series = series_of(draw(step(24, 10, 0.2, 0.25), 100), 100, periods=24)
    one, two, other = (find_steps(series, level=0.95, seed=seed).p[0] for seed in (1, 1, 2))
    assert one == two
    assert one != other


@pytest.mark.parametrize(
    "counts, periods",
    [([3] * 7, 7), ([0] * 24, 24), ([50] * 24, 24), ([0] * 23 + [2], 24)],
    ids=["too short", "all zero", "all one", "two articles"],
)
def test_what_cannot_be_tested_is_left_out(counts, periods) -> None:
    steps = find_steps(series_of(counts, 50, periods=periods), level=0.95, seed=0)
    assert np.isnan(steps.p).all()
    assert (steps.place == -1).all()


def test_a_constant_series_has_no_significant_step() -> None:
    steps = find_steps(series_of([5] * 24, 50, periods=24), level=0.95, seed=0)
    assert steps.p[0] == 1


def test_many_periods_flip_in_blocks() -> None:
    share = step(400, 150, 0.1, 0.3)
    steps = find_steps(series_of(draw(share, 30), 30, periods=400), level=0.95, seed=0, flips=499)
    assert steps.p[0] == pytest.approx(1 / 500)
    assert abs(steps.place[0] - 150) <= 4


def test_a_step_in_the_last_three_of_many_years_is_found() -> None:
    share = step(53, 50, 0.002, 0.2)
    counts = np.random.default_rng(6).binomial(30, share, size=(5, 53))
    steps = find_steps(series_of(counts, 30, periods=53, sources=5), level=0.95, seed=0)
    assert (steps.place[0], steps.low[0], steps.high[0]) == (50, 50, 50)
    assert steps.p[0] < 0.01
    assert steps.dated[0]


def test_a_step_leaves_two_periods_and_some_articles_on_either_side() -> None:
    # All articles of the first six periods would be two: a step can't be put between them.
    trials = np.array([1] * 6 + [200] * 18)
    counts = draw(np.full(24, 0.3), trials)
    series = series_of(counts, trials, periods=24)
    fit = fit_no_change(series)
    assert candidates_of(fit, series, 0).tolist() == list(range(7, 23))


def test_permuted_periods_give_the_p_of_all_orders() -> None:
    series = series_of(draw(step(8, 4, 0.2, 0.27), 100, seed=2), 100, periods=8)
    fit = fit_no_change(series)
    scores = score_steps(fit, series, after_places(series, np.arange(2, 7)), 0)
    every = np.array(list(itertools.permutations(range(8)))).T
    exact = (permuted(scores, fit, series, 0, every) >= scores.statistic.max()).mean()
    p = find_steps(series, level=0.95, seed=0).p[0]
    # 1,999 orders: a standard error of .011 at most.
    assert 0.02 < exact < 0.5
    assert p == pytest.approx(exact, abs=0.04)


CASES = [([1.0], 0), ([1.0, 0.0], 0), ([0.0, 4.0], 1), ([0.0, 4.0, 3.9], 1)]


@pytest.mark.parametrize("statistic, place", CASES)
def test_the_likeliest_place_is_one_of_the_candidates_however_few(statistic: list[float], place: int) -> None:
    from analysis.trends.change_points import _likeliest

    assert _likeliest(np.array(statistic), 1.0) == place


def test_a_side_of_a_step_needs_a_tenth_of_the_information_and_may_have_no_more() -> None:
    # Half of four articles in each of twenty periods: each holds 1 of 20, exactly, so that two are a tenth.
    series = series_of([2] * 20, 4, periods=20)
    assert candidates_of(fit_no_change(series), series, 0).tolist() == list(range(2, 19))
