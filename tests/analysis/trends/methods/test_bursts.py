import itertools

import numpy as np
import pandas as pd
import pytest

from analysis.schema import BURST_COLUMNS
from analysis.trends.methods.bursts import burst_gain, burst_states, find_bursts
from analysis.trends.panel import gather_issues
from analysis.trends.simulate import Signal

VOLUMES = {"a": 100, "b": 60}


def test_states_are_the_cheapest_of_all_sequences() -> None:
    # Kleinberg's cost of a sequence, by trying all 2^9 of them.
    rng = np.random.default_rng(0)
    for _ in range(20):
        gain, cost = rng.normal(0, 2, 9), rng.uniform(0.2, 3)

        def total(states: tuple[int, ...], gain: np.ndarray = gain, cost: float = cost) -> float:
            entries = sum(late and not early for early, late in zip((0, *states), states, strict=False))
            return cost * entries - float(np.dot(gain, states))

        best = min(itertools.product((0, 1), repeat=9), key=total)
        assert burst_states(gain, cost).astype(int).tolist() == list(best)


def test_gain_is_the_binomial_log_likelihood_ratio() -> None:
    from scipy.stats import binom

    gain = burst_gain(np.array([7.0]), np.array([40.0]), np.array([0.1]), ratio=2.0)
    lifted = 0.2 / 1.1  # odds of 1/9 doubled
    assert gain[0] == pytest.approx(binom.logpmf(7, 40, lifted) - binom.logpmf(7, 40, 0.1))


def test_a_burst_is_dated_and_a_season_and_a_ramp_are_none(panel_of) -> None:
    signals = {
        "burst": Signal(0.06, burst=(14, 3, 1.1)),
        "season": Signal(0.08, season=(0.8, 3)),
        "ramp": Signal(0.05, ramp_to=0.12),
    }
    hits, alarms = [], []
    for seed in range(10):
        table = find_bursts(
            panel_of(signals, VOLUMES, seed=seed, months=36, clustering=0.03), draws=199, seed=seed
        )
        table = table[table["source"] == "ALL"]
        own = table[table["theme"] == "burst"]
        hits.append(
            ((own["start"] <= "2021-04-01") & (own["end"] >= "2021-04-30") & (own["p"] <= 0.01)).any()
        )
        alarms += [theme in set(table["theme"]) for theme in ("season", "ramp")]
    assert sum(hits) >= 9
    assert sum(alarms) <= 4  # of 20 at 5 %: more with probability .003


def test_rows_are_consistent_and_the_seed_decides(panel_of) -> None:
    panel = panel_of({"x": Signal(0.06, burst=(6, 2, 1.5)), "y": Signal(0.1, burst=(15, 2, 1.5))}, VOLUMES)
    table = find_bursts(panel, seed=4)
    assert list(table.columns) == list(BURST_COLUMNS)
    assert (table["n_theme"] > table["expected"]).all()
    assert (table["weight"] > 0).all()
    assert ((table["start"] <= table["peak"]) & (table["peak"] <= table["end"])).all()
    assert (table["p"] <= 0.05).all()
    assert (table["q"] >= table["p"] - 1e-12).all()
    assert table["theme"].tolist() == sorted(table["theme"])
    pd.testing.assert_frame_equal(table, find_bursts(panel, seed=4))


def test_nothing_to_search_gives_an_empty_table_with_its_columns() -> None:
    dates = ["2020-01-01", "2020-02-01", "2020-03-01"]
    columns = {"article_id": ["a", "b", "c"], "source": "s", "date": dates, "theme": ["x", "y", "x"]}
    frame = pd.DataFrame(columns)
    table = find_bursts(gather_issues(frame, period="month"))
    assert table.empty
    assert list(table.columns) == list(BURST_COLUMNS)


def test_gaps_between_periods_are_no_bursts(panel_of) -> None:
    volume = [60.0] * 10 + [0.0] * 4 + [60.0] * 10
    table = find_bursts(panel_of({"x": Signal(0.1)}, {"a": volume}), draws=199)
    assert not ((table["start"] > "2020-10-31") & (table["end"] < "2021-03-01")).any()


@pytest.mark.parametrize("wrong", [{"ratio": 1.0}, {"rate": 0.0}, {"rate": 0.01, "draws": 50}])
def test_parameters_out_of_range_are_refused(panel_of, wrong) -> None:
    with pytest.raises(ValueError, match="expected a ratio above 1"):
        find_bursts(panel_of({"x": Signal(0.1)}, {"a": 10}), **wrong)


def test_of_equal_costs_the_quiet_state_is_taken() -> None:
    assert not burst_states(np.array([2.0]), 2.0).any()
    assert not burst_states(np.array([0.0, 1.0, 1.0]), 2.0).any()
    assert burst_states(np.array([0.0, 1.0, 1.5]), 2.0).tolist() == [False, True, True]
