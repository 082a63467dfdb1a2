import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.stattools import ccf

from analysis.schema import LEAD_COLUMNS
from analysis.trends.methods.lead_lag import TOGETHER, UNTOLD, find_leads, lag_of
from analysis.trends.panel import Panel, gather_issues
from analysis.trends.simulate import Signal


def two_sources(seed: int, *, lag: int, months: int = 60, height: float = 0.6) -> Panel:
    """Two sources with the same shocks in log-odds, those of b `lag` months later, and one season."""
    rng = np.random.default_rng(seed)
    shocks = rng.normal(0.0, height, months + 12)
    rows = []
    for name, late in (("a", 0), ("b", lag)):
        for month in range(months):
            odds = -1.5 + 0.5 * np.cos(np.pi * month / 6) + shocks[month + 6 - late]
            start = (np.datetime64("2018-01") + month).astype("datetime64[D]")
            for day in range(15):
                hits = rng.random(10) < 1 / (1 + np.exp(-odds))
                rows += [(name, str(start + day), "x" if hit else "y") for hit in hits]
    frame = pd.DataFrame(rows, columns=["source", "date", "theme"])
    frame["article_id"] = [f"a{place}" for place in range(len(frame))]
    return gather_issues(frame, period="month", themes=["x"])


def test_correlations_are_those_of_statsmodels() -> None:
    # statsmodels divides every lag by the whole series' deviations; ours by those of the pairs at the lag,
    # so they agree where the series are long: here to .01.
    rng = np.random.default_rng(0)
    first = rng.normal(size=2000)
    second = np.roll(first, 2) + rng.normal(size=2000)
    basis = np.ones((2000, 1))
    lag, low, high, correlation, p = lag_of(
        first, second, basis, most=3, level=0.95, permutations=99, rng=np.random.default_rng(1)
    )
    assert (lag, low, high, p) == (2.0, 2.0, 2.0, 0.01)
    assert correlation == pytest.approx(ccf(second, first, adjusted=False)[2], abs=0.03)


def test_the_leader_and_the_lag_are_found_and_a_season_in_common_is_no_lead(panel_of) -> None:
    right = []
    for seed in range(3):
        row = find_leads(two_sources(seed, lag=2), permutations=499).iloc[0]
        right.append(row["leader"] == "a" and row["low"] <= 2 <= row["high"])
        row = find_leads(two_sources(seed, lag=0), permutations=499).iloc[0]
        right.append(row["leader"] == TOGETHER)
    assert sum(right) >= 5
    signals = {f"t{n}": Signal(0.1, season=(0.8, 3)) for n in range(5)}
    alarms = 0
    for seed in range(5):
        panel = panel_of(signals, {"a": 60, "b": 60}, months=48, seed=seed, clustering=0.03)
        alarms += (find_leads(panel, permutations=199)["p"] < 0.05).sum()
    assert alarms <= 5  # of 25 at 5 %: more with probability .001


def test_the_other_order_of_sources_turns_the_lag_round() -> None:
    panel = two_sources(3, lag=1)
    row = find_leads(panel, permutations=499).iloc[0]
    swapped = Panel(**{**vars(panel), "source": 1 - panel.source})
    other = find_leads(swapped, permutations=499).iloc[0]
    assert other["lag"] == -row["lag"] == -1
    assert (other["low"], other["high"]) == (-row["high"], -row["low"])
    assert other["correlation"] == pytest.approx(row["correlation"])
    assert (row["leader"], other["leader"]) == ("a", "b")


def test_columns_and_the_seed_decides(panel_of) -> None:
    panel = panel_of({"x": Signal(0.1), "y": Signal(0.2)}, {"a": 30, "b": 30, "c": 30})
    table = find_leads(panel, permutations=99)
    assert list(table.columns) == list(LEAD_COLUMNS)
    assert len(table) == 2 * 3
    assert set(table["leader"]) <= {"a", "b", "c", TOGETHER, UNTOLD}
    pd.testing.assert_frame_equal(table, find_leads(panel, permutations=99))


def test_short_gappy_and_constant_series_cannot_tell(panel_of) -> None:
    short = find_leads(panel_of({"x": Signal(0.2)}, {"a": 30, "b": 30}, months=12), permutations=99)
    assert short["p"].isna().all()
    assert short["leader"].tolist() == [UNTOLD]
    apart = find_leads(
        panel_of({"x": Signal(0.2)}, {"a": [30] * 20 + [0] * 20, "b": [0] * 20 + [30] * 20}, months=40),
        permutations=99,
    )
    assert apart["p"].isna().all()
    never = find_leads(
        panel_of({"x": Signal(0.2), "no": Signal(1e-7)}, {"a": 30, "b": 30}, months=30), permutations=99
    )
    assert never.set_index("theme").loc["no", "leader"] == UNTOLD


def test_a_lead_of_one_is_found_where_no_longer_one_is_asked_for() -> None:
    row = find_leads(two_sources(3, lag=1), most=1, permutations=199).iloc[0]
    assert (row["lag"], row["leader"]) == (1, "a")


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"most": 0}, "most is 0"), ({"permutations": 98}, "permutations 98"), ({"rate": 0}, "rate 0"),
        ({"rate": 1}, "rate 1"), ({"level": 0}, "level 0"), ({"level": 1}, "level 1"),
    ],
)  # fmt: skip
def test_parameters_out_of_range_are_refused(panel_of, wrong, words) -> None:
    with pytest.raises(ValueError, match=words):
        find_leads(panel_of({"x": Signal(0.1)}, {"a": 10, "b": 10}), **wrong)
