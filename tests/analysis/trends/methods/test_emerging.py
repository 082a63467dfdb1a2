import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from analysis.schema import EMERGING_COLUMNS
from analysis.trends.methods.emerging import STATES, classify_themes
from analysis.trends.panel import gather_issues
from analysis.trends.simulate import Signal

VOLUMES = {"a": 200, "b": 120}
SIGNALS = {
    "new": Signal(0.0005, step=(24, 0.03)),
    "growing": Signal(0.06, step=(24, 0.1)),
    "fading": Signal(0.1, step=(24, 0.06)),
    "steady": Signal(0.15, season=(0.5, 2)),
}


def single_issues(before: tuple[int, int], recent: tuple[int, int]) -> pd.DataFrame:
    """Articles of one source, each an issue of its own, so many on the theme of so many, 6 and 3 months."""
    rows = []
    for (on, of), months in ((before, range(1, 7)), (recent, range(7, 10))):
        days = [f"2020-{month:02d}-{day:02d}" for month in months for day in range(1, 29)]
        chosen = np.linspace(0, len(days) - 1, of).round().astype(int)
        rows += [(days[place], "x" if n < on else "y") for n, place in enumerate(np.roll(chosen, of // 3))]
    frame = pd.DataFrame(rows, columns=["date", "theme"])
    return frame.assign(source="s", article_id=[f"a{n}" for n in range(len(frame))])


def test_p_of_a_theme_absent_before_is_fishers() -> None:
    frame = single_issues((0, 140), (9, 70))
    table = classify_themes(gather_issues(frame, period="month", themes=["x"]), recent=3, trace=0.05)
    row = table.iloc[0]
    less, more = (fisher_exact([[9, 61], [0, 140]], alternative=side).pvalue for side in ("less", "greater"))
    assert row["p"] == pytest.approx(2 * min(less, more), rel=1e-6)
    assert row["effect"] == pytest.approx(np.log(9.5 / 61.5) - np.log(0.5 / 140.5))
    assert np.isnan(row["low"])
    assert row["state"] == "new"


def test_states_are_those_of_the_truth(panel_of) -> None:
    right = []
    for seed in range(6):
        table = classify_themes(panel_of(SIGNALS, VOLUMES, seed=seed, months=36, clustering=0.02))
        right += (table["theme"] == table["state"]).tolist()
    assert sum(right) >= 22  # of 24


def test_a_small_study_says_it_cannot_tell(panel_of) -> None:
    table = classify_themes(panel_of({"x": Signal(0.1)}, {"a": 8}, months=12, issues_a_month=4))
    assert table["state"].tolist() == ["unclear"]


def test_columns_bounds_and_window(panel_of) -> None:
    table = classify_themes(panel_of(SIGNALS, VOLUMES, months=36), recent=12)
    assert list(table.columns) == list(EMERGING_COLUMNS)
    assert set(table["state"]) <= set(STATES)
    assert (table["since"] == "2022-01-01").all()
    assert (table["before"] <= table["before_high"]).all()
    assert (table["recent_low"] <= table["recent"]).all()
    known = table["low"].notna()
    assert ((table["low"] <= table["effect"]) & (table["effect"] <= table["high"]))[known].all()


def test_a_wider_margin_calls_no_fewer_themes_steady(panel_of) -> None:
    panel = panel_of({f"t{n}": Signal(0.08) for n in range(6)}, {"a": 120}, clustering=0.03)
    tight, wide = (
        (classify_themes(panel, margin=margin)["state"] == "steady").sum() for margin in (1.1, 3.0)
    )
    assert tight < wide


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"recent": 23}, "recent is 23 of 24"), ({"trace": 0}, "trace is 0"), ({"margin": 1}, "margin is 1"),
        ({"rate": 0.5}, "rate is 0.5"),
    ],
)  # fmt: skip
def test_parameters_out_of_range_are_refused(panel_of, wrong, words) -> None:
    with pytest.raises(ValueError, match=words):
        classify_themes(panel_of({"x": Signal(0.1)}, {"a": 10}), **wrong)


def test_too_few_periods_on_a_side_and_a_theme_without_articles_are_unclear(panel_of) -> None:
    gap = panel_of({"x": Signal(0.2)}, {"a": [40] * 12 + [0] * 3 + [40]}, months=16)
    table = classify_themes(gap, recent=4)
    assert list(table.columns) == list(EMERGING_COLUMNS)
    assert (table["since"] == "2021-01-01").all()
    assert table["state"].tolist() == ["unclear"]
    assert table.drop(columns=["theme", "since", "state"]).isna().all(axis=None)
    none = classify_themes(panel_of({"x": Signal(0.2), "no": Signal(1e-9)}, VOLUMES)).set_index("theme")
    assert none.loc["no", "state"] == "unclear"
    assert none.loc["no", ["before", "recent"]].tolist() == [0.0, 0.0]
    assert np.isnan(none.loc["no", "p"])
    assert none.loc["x", "p"] > 0
