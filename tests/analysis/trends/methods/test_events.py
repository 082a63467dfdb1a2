import numpy as np
import pandas as pd
import pytest
from statsmodels.genmod.cov_struct import Independence
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_estimating_equations import GEE
from statsmodels.genmod.generalized_linear_model import GLM

from analysis.schema import EVENT_COLUMNS
from analysis.trends.issues import whole_issues
from analysis.trends.methods.events import Event, estimate_events
from analysis.trends.panel import gather_issues
from analysis.trends.periods import DateError
from analysis.trends.seasons import YEAR, season_design
from analysis.trends.simulate import Design, Signal, simulate_study

VOLUMES = {"a": 120, "b": 80}
TRUE = np.log(0.09 / 0.91) - np.log(0.05 / 0.95)


def rows(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    return table[table["kind"] == kind].set_index("theme")


def test_level_and_slope_are_those_of_gee() -> None:
    # With this seed months show neither shocks nor serial correlation that would widen ours.
    design = Design({"x": Signal(0.1, season=(0.5, 2))}, VOLUMES, months=30, clustering=0.04)
    frame = simulate_study(design, seed=5).articles.drop(columns="truth")
    days = pd.to_datetime(frame["date"]).to_numpy().astype("datetime64[D]").astype(float)
    at = np.datetime64("2021-04-01").astype(float)
    after = (days >= at).astype(float)
    years = (days - at) / YEAR
    sources = pd.get_dummies(frame["source"], dtype=float).to_numpy()
    x = np.column_stack([after, after * years, years, season_design(days), sources])
    theirs = GEE(
        (frame["theme"] == "x").to_numpy(float), x, groups=pd.factorize(frame["source"] + frame["date"])[0],
        family=Binomial(), cov_struct=Independence(),
    ).fit(cov_type="bias_reduced")  # fmt: skip
    table = estimate_events(gather_issues(frame, period="month", themes=["x"]), [Event("e", "2021-04-01")])
    for column, kind in enumerate(("level", "slope")):
        ours = rows(table, kind).loc["x"]
        assert ours["effect"] == pytest.approx(theirs.params[column], abs=1e-5)
        assert ours["high"] - ours["effect"] == pytest.approx(1.962 * theirs.bse[column], rel=0.02)


def test_a_step_at_the_event_is_a_level_and_a_season_is_not(panel_of) -> None:
    signals = {"step": Signal(0.05, step=(18, 0.09)), "season": Signal(0.08, season=(0.8, 6))}
    covered, found, alarms = [], [], []
    for seed in range(10):
        panel = panel_of(signals, VOLUMES, seed=seed, months=36, clustering=0.03)
        level = rows(estimate_events(panel, [Event("reform", "2021-07-01")]), "level")
        covered.append(level.loc["step", "low"] <= TRUE <= level.loc["step", "high"])
        found.append(level.loc["step", "p"] < 0.05)
        alarms.append(level.loc["season", "p"] < 0.05)
        assert level.loc["step", "observed"] > level.loc["step", "expected"]
    assert sum(covered) >= 8
    assert sum(found) >= 8
    assert sum(alarms) <= 3


def test_serial_correlation_widens_the_interval() -> None:
    rng = np.random.default_rng(1)
    shock = np.zeros(60)
    for month in range(1, 60):
        shock[month] = 0.8 * shock[month - 1] + rng.normal(0, 0.35)
    rows_ = []
    for month in range(60):
        start = (np.datetime64("2016-01") + month).astype("datetime64[D]")
        chance = 1 / (1 + np.exp(1.5 - shock[month]))
        for day in range(12):
            rows_ += [(str(start + 2 * day), "x" if hit else "y") for hit in rng.random(10) < chance]
    frame = pd.DataFrame(rows_, columns=["date", "theme"])
    frame = frame.assign(source="s", article_id=[f"a{n}" for n in range(len(frame))])
    smooth = frame.sample(frac=1, random_state=0).assign(date=frame["date"].to_numpy())
    wide, narrow = (
        rows(
            estimate_events(gather_issues(part, period="month", themes=["x"]), [Event("e", "2018-06-01")]),
            "level",
        )
        for part in (frame, smooth)
    )
    width = [(table["high"] - table["low"]).iloc[0] for table in (wide, narrow)]
    assert width[0] > 1.5 * width[1]


def test_columns_families_and_two_events(panel_of) -> None:
    panel = panel_of({"x": Signal(0.1), "y": Signal(0.2)}, VOLUMES, months=36)
    table = estimate_events(panel, [Event("one", "2021-01-01"), Event("two", "2022-01-01")])
    assert list(table.columns) == list(EVENT_COLUMNS)
    assert len(table) == 2 * 2 * 2
    assert (table["q"] >= table["p"] - 1e-12).all()
    assert table.loc[table["kind"] == "slope", "expected"].isna().all()


def test_an_event_at_the_edge_is_not_tested_and_no_event_gives_an_empty_table(panel_of) -> None:
    panel = panel_of({"x": Signal(0.1)}, VOLUMES)
    assert estimate_events(panel, [Event("late", "2021-11-01")])["p"].isna().all()
    assert list(estimate_events(panel, []).columns) == list(EVENT_COLUMNS)


@pytest.mark.parametrize(
    "events, error, words",
    [
        (
            [Event("e", "2030-01-01")],
            DateError,
            "event 'e' has the date '2030-01-01'; expected a day from 2020-01-01",
        ),
        ([Event("e", "")], DateError, "expected a day from"),
        ([Event("e", "May 2020")], DateError, "expected an ISO date"),
        ([Event("e", "2020-05-01"), Event("e", "2020-06-01")], ValueError, "two events are called 'e'"),
    ],
)
def test_events_that_cannot_be_are_refused(panel_of, events, error, words) -> None:
    with pytest.raises(error, match=words):
        estimate_events(panel_of({"x": Signal(0.1)}, {"a": 20}), events)


def test_shares_at_the_event_are_those_of_statsmodels_where_there_is_no_season(panel_of) -> None:
    panel = panel_of({"x": Signal(0.1, step=(8, 0.2))}, {"a": 200}, months=16)
    issues = whole_issues(panel)
    at = np.datetime64("2020-09-01").astype(float)
    after, years = (issues.day >= at).astype(float), (issues.day - at) / YEAR
    y = np.column_stack([issues.successes[:, 0], issues.trials - issues.successes[:, 0]])
    fit = GLM(y, np.column_stack([after, after * years, years, np.ones(len(after))]), family=Binomial()).fit()
    level = rows(estimate_events(panel, [Event("e", "2020-09-01")]), "level").loc["x"]
    shares = fit.predict(np.array([[0.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 1.0]]))
    assert level[["expected", "observed"]].tolist() == pytest.approx(shares.tolist(), abs=1e-6)
