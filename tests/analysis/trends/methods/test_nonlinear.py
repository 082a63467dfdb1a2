import numpy as np
import pandas as pd
import pytest
from patsy import dmatrix

from analysis.schema import CURVE_COLUMNS
from analysis.trends.methods.nonlinear import curve_columns, estimate_curves
from analysis.trends.simulate import Signal

VOLUMES = {"a": 60, "b": 30}


def test_the_columns_span_the_natural_spline_of_r() -> None:
    # patsy's cr() is mgcv's natural cubic regression spline, here with the same five knots: the two bases
    # span one space, so that each is a combination of the other.
    x = np.linspace(0, 10, 60)
    knots = np.quantile(x, [0.05, 0.275, 0.5, 0.725, 0.95])
    inside = x[(x >= knots[0]) & (x <= knots[-1])]
    ours = np.column_stack([np.ones(len(inside)), inside, curve_columns(inside, knots)])
    theirs = np.asarray(
        dmatrix(
            f"cr(x, knots={knots[1:-1].tolist()}, lower_bound={knots[0]}, upper_bound={knots[-1]}) - 1",
            {"x": inside},
        )
    )
    assert np.linalg.matrix_rank(np.hstack([ours, theirs]), tol=1e-8) == np.linalg.matrix_rank(ours) == 5


def test_beyond_the_outer_knots_the_columns_are_straight() -> None:
    knots = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    bend = np.diff(curve_columns(np.array([5.0, 6.0, 7.0, 8.0]), knots), n=2, axis=0)
    assert np.abs(bend).max() < 1e-9
    assert np.abs(curve_columns(np.array([-3.0, -1.0]), knots)).max() == 0


def test_a_hump_is_a_curve_with_its_peak_and_a_ramp_is_none(panel_of) -> None:
    signals = {"hump": Signal(0.08, burst=(12, 10, 0.9)), "ramp": Signal(0.08, ramp_to=0.2)}
    rejected = []
    for seed in range(10):
        table = estimate_curves(panel_of(signals, VOLUMES, seed=seed, months=36, clustering=0.03))
        table = table[table["source"] == "ALL"].set_index("theme")
        assert table.loc["hump", "p"] < 0.05
        assert "2020-09-01" <= table.loc["hump", "peak"] <= "2022-02-01"
        rejected.append(table.loc["ramp", "p"] < 0.05)
    assert sum(rejected) <= 3  # of 10 at 5 %: more with probability .001


def test_columns_order_and_rates(panel_of) -> None:
    table = estimate_curves(panel_of({"z": Signal(0.1), "y": Signal(0.2)}, VOLUMES))
    assert list(table.columns) == list(CURVE_COLUMNS)
    assert table["theme"].tolist() == ["z"] * 3 + ["y"] * 3
    assert table["source"].tolist() == ["ALL", "a", "b"] * 2
    assert (table["q"] >= table["p"] - 1e-12).all()
    assert pd.to_datetime(table["peak"]).between("2020-01-01", "2021-12-01").all()


@pytest.mark.parametrize("months, share", [(5, 0.2), (24, 0.00001)])
def test_too_few_periods_or_articles_hold_no_curve(panel_of, months, share) -> None:
    table = estimate_curves(panel_of({"x": Signal(share)}, VOLUMES, months=months))
    assert table[["statistic", "p", "q"]].isna().all(axis=None)
    assert table["peak"].isna().all()


def test_the_columns_have_the_scale_of_harrells() -> None:
    # Harrell's formula (2015, §2.4.5) over the squared span of the knots, as Hmisc's rcspline.eval has it
    # with norm=2. By hand: (5 - 0)³ / 8² in the first column on day 5, (8³ - 2³ · 8 / 2) / 8² on day 8.
    knots = np.array([0.0, 2.0, 4.0, 6.0, 8.0])
    columns = curve_columns(np.array([5.0, 8.0]), knots)
    assert columns.tolist() == [
        pytest.approx([125 / 64, 27 / 64, 1 / 64]), pytest.approx([480 / 64, 192 / 64, 48 / 64]),
    ]  # fmt: skip
