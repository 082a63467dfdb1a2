import numpy as np
import pandas as pd
import pytest
from statsmodels.genmod.cov_struct import Independence
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_estimating_equations import GEE

from analysis.schema import SOURCE_DIFFERENCE_COLUMNS
from analysis.trends.methods.sources import compare_sources
from analysis.trends.panel import gather_issues
from analysis.trends.simulate import Design, Signal, simulate_study

VOLUMES = {"a": 40, "b": 30, "c": [0] * 6 + [40] * 18}


def rows(table: pd.DataFrame, kind: str, theme: str = "x") -> pd.DataFrame:
    return table[(table["kind"] == kind) & (table["theme"] == theme)].set_index("source")


def test_level_is_that_of_gee_with_an_intercept_a_month() -> None:
    # With this seed no source's months show a shock that would widen ours.
    design = Design({"x": Signal(0.2, leanings=(0.0, 0.3))}, {"a": 40, "b": 40}, months=12, clustering=0.05)
    frame = simulate_study(design, seed=3).articles.drop(columns="truth")
    months = pd.get_dummies(frame["date"].str[:7], dtype=float).to_numpy()
    x = np.column_stack([frame["source"] == "b", months]).astype(float)
    model = GEE(
        (frame["theme"] == "x").to_numpy(float), x, groups=pd.factorize(frame["source"] + frame["date"])[0],
        family=Binomial(), cov_struct=Independence(),
    )  # fmt: skip
    theirs, jackknife = model.fit(cov_type="robust"), model.fit(cov_type="bias_reduced")
    # HC2 on issues lies half-way between these two (HC0 and HC3).
    error = np.sqrt(theirs.bse[0] * jackknife.bse[0])
    ours = rows(compare_sources(gather_issues(frame, period="month", themes=["x"])), "level")
    assert ours.loc["b", "effect"] == pytest.approx(theirs.params[0], abs=1e-6)
    assert ours.loc["b", "high"] - ours.loc["b", "effect"] == pytest.approx(1.965 * error, rel=0.01)
    assert ours.loc["a", "effect"] == pytest.approx(-ours.loc["b", "effect"])
    # Two sources have one difference; its score test and its Wald test agree to second order.
    assert ours.loc["ALL", "p"] == pytest.approx(ours.loc["a", "p"], rel=0.3)


def test_true_differences_in_level_and_trend_lie_in_their_intervals(panel_of) -> None:
    covered, found = [], []
    for seed in range(12):
        panel = panel_of(
            {"x": Signal(0.15, leanings=(0.6, 0.0, -0.6), ramp_to=0.2)}, VOLUMES, seed=seed, clustering=0.03
        )
        level = rows(compare_sources(panel), "level")
        truth = {"a": 0.9, "b": 0.0, "c": -0.9}
        covered += [
            level.loc[name, "low"] <= value <= level.loc[name, "high"] for name, value in truth.items()
        ]
        found.append(level.loc["ALL", "p"] < 0.05)
    assert sum(covered) >= 31  # of 36 at 95 %: below with probability .02
    assert all(found)


def test_a_source_that_rises_alone_has_a_trend_of_its_own() -> None:
    rng = np.random.default_rng(0)
    days = pd.date_range("2020-01-01", "2021-12-31", freq="3D")
    parts = []
    for name in ("a", "b", "c"):
        for place, day in enumerate(days):
            chance = 0.1 + (0.25 * place / len(days) if name == "c" else 0.0)
            parts += [(name, str(day.date()), "x" if hit else "y") for hit in rng.random(6) < chance]
    frame = pd.DataFrame(parts, columns=["source", "date", "theme"])
    frame["article_id"] = [f"a{place}" for place in range(len(frame))]
    trend = rows(compare_sources(gather_issues(frame, period="month", themes=["x"])), "trend")
    assert trend.loc["c", "effect"] > 0.4
    assert trend.loc["c", "p"] < 0.001
    assert trend.loc["ALL", "p"] < 0.002
    assert trend["points"].isna().all()


def test_effects_balance_points_have_their_signs_and_order_is_no_matter(panel_of) -> None:
    panel = panel_of(
        {"x": Signal(0.2, leanings=(0.5, 0.0, -0.5)), "y": Signal(0.1)}, VOLUMES, clustering=0.02
    )
    table = compare_sources(panel)
    assert list(table.columns) == list(SOURCE_DIFFERENCE_COLUMNS)
    assert len(table) == 2 * 2 * 4
    level = rows(table, "level").drop("ALL")
    assert level["effect"].sum() == pytest.approx(0.0, abs=1e-9)
    assert (level.loc["a", ["effect", "points"]] > 0).all()
    assert (level.loc["c", ["effect", "points"]] < 0).all()
    assert (table["q"].dropna() >= table["p"].dropna() - 1e-12).all()
    wider = rows(compare_sources(panel, level=0.99), "level").drop("ALL")
    assert (wider["low"] < level["low"]).all()


def test_sources_that_share_no_period_and_themes_without_articles_are_not_compared(panel_of) -> None:
    apart = panel_of({"x": Signal(0.2)}, {"a": [30] * 6 + [0] * 6, "b": [0] * 6 + [30] * 6}, months=12)
    assert compare_sources(apart)["p"].isna().all()
    alone = panel_of({"x": Signal(0.2)}, {"a": 30}, months=12)
    assert compare_sources(alone)["p"].isna().all()
    rare = panel_of({"x": Signal(0.2), "rare": Signal(0.0001)}, VOLUMES)
    assert rows(compare_sources(rare), "level", "rare")["p"].isna().all()
    assert rows(compare_sources(rare), "level")["p"].notna().all()


@pytest.mark.parametrize(
    ("volume", "rare", "kind"),
    [([40] * 24, True, "level"), ([40] * 24, True, "trend"), ([0] * 21 + [60] * 3, False, "trend")],
)
def test_a_source_of_few_articles_or_months_is_not_compared_and_leaves_the_others(volume, rare, kind) -> None:
    design = Design({"x": Signal(0.2, leanings=(0.5, 0.0, 0.0))}, {"a": 40, "b": 40, "c": volume})
    frame = simulate_study(design, seed=2).articles.drop(columns="truth")
    if rare:
        most = (frame["source"] == "c") & (frame.groupby("source").cumcount() >= 4)
        frame.loc[most, "theme"] = "unmapped"
    three, two = (
        rows(compare_sources(gather_issues(part, period="month", themes=["x"])), kind)
        for part in (frame, frame[frame["source"] != "c"])
    )
    assert np.isnan(three.loc["c", "effect"])
    assert three.loc["a", ["effect", "p"]].tolist() == pytest.approx(two.loc["a", ["effect", "p"]].tolist())
    assert np.isfinite(three.loc["a", "effect"])
