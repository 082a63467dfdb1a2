import numpy as np
import pandas as pd
import pytest

from analysis.schema import CHANGE_POINT_COLUMNS, TEST_COLUMNS, TREND_COLUMNS
from analysis.trends.estimation import estimate_trends
from analysis.trends.periods import DateError
from analysis.trends.simulate import Design, Signal, simulate_study
from corpus.schema import TableError

DESIGN = Design(
    {
        "flat": Signal(0.1, leanings=(0.6, -0.6)),
        "season": Signal(0.08, season=(0.9, 2)),
        "step": Signal(0.06, step=(15, 0.18)),
    },
    {"a": 120, "b": list(np.linspace(150, 30, 30))},
    months=30,
    clustering=0.02,
)
STUDY = simulate_study(DESIGN, seed=11)
ARTICLES = STUDY.articles[["article_id", "source", "date", "theme"]]


def small(rows, **columns):
    frame = pd.DataFrame(rows, columns=["source", "date", "theme"])
    return frame.assign(article_id=[f"n{n}" for n in range(len(frame))], **columns)


@pytest.fixture(scope="module")
def found():
    return estimate_trends(ARTICLES)


def test_tables_are_as_the_contract_says(found) -> None:
    assert tuple(found.trends.columns) == TREND_COLUMNS
    assert tuple(found.tests.columns) == TEST_COLUMNS
    assert tuple(found.change_points.columns) == CHANGE_POINT_COLUMNS
    kinds = {name: str(found.trends[name].dtype) for name in TREND_COLUMNS}
    assert {kinds[name] for name in ("theme", "source", "period_start", "period_end", "status")} == {"str"}
    assert {kinds[name] for name in TREND_COLUMNS[4:12]} == {"float64"}
    assert found.tests["seasonal"].dtype == bool
    assert (found.period, found.level, found.draws, found.seed, found.undated) == ("month", 0.95, 20, 0, 0)


def test_every_theme_source_and_period_has_its_row(found) -> None:
    trends = found.trends
    assert len(trends) == 3 * 3 * 30
    assert trends["theme"].unique().tolist() == ["flat", "season", "step"]
    assert trends["source"].unique().tolist() == ["ALL", "a", "b"]
    assert trends["period_start"].iloc[:2].tolist() == ["2020-01-01", "2020-02-01"]
    assert trends["period_end"].iloc[:2].tolist() == ["2020-01-31", "2020-02-29"]
    assert not trends.duplicated(["theme", "source", "period_start"]).any()


def test_numbers_are_counts_of_the_articles(found) -> None:
    month = ARTICLES["date"].str[:7] + "-01"
    n = ARTICLES.groupby(month).size()
    on = (ARTICLES["theme"] == "step").groupby(month).sum()
    rows = found.trends.query("theme == 'step' and source == 'ALL'").set_index("period_start")
    assert (rows["n_articles"] == n).all()
    assert (rows["n_theme"] == on).all()
    assert rows["share"].to_numpy() == pytest.approx((on / n).to_numpy())
    own = found.trends.query("source != 'ALL'")
    assert own["n_articles"].sum() == 3 * len(ARTICLES)
    assert own[["adjusted", "adjusted_low", "adjusted_high"]].isna().all(axis=None)


def test_intervals_hold_their_share_and_the_truth(found) -> None:
    rows = found.trends.merge(STUDY.truth, on=["theme", "source", "period_start"], suffixes=("", "_true"))
    assert ((rows["low"] >= 0) & (rows["low"] <= rows["share"])).all()
    assert ((rows["share"] <= rows["high"]) & (rows["high"] <= 1)).all()
    assert ((rows["low"] <= rows["share_true"]) & (rows["share_true"] <= rows["high"])).mean() > 0.91


def test_what_was_put_in_is_found(found) -> None:
    tests = found.tests.query("source == 'ALL'").set_index("theme")
    assert tests["seasonal"].tolist() == [False, True, False]
    assert (tests["q"] < 0.05).tolist() == [False, False, True]
    points = found.change_points.query("q < 0.05")
    assert set(points["theme"]) == {"step"}
    row = points.query("source == 'ALL'").iloc[0]
    assert row["low"] <= STUDY.steps["step"] <= row["high"]
    assert abs(pd.Timestamp(row["date"]) - pd.Timestamp(STUDY.steps["step"])).days <= 31
    assert (row["before"], row["after"]) == pytest.approx((0.06, 0.18), abs=0.02)


def test_order_of_rows_changes_no_byte(found) -> None:
    again = estimate_trends(ARTICLES.sample(frac=1, random_state=3))
    for name in ("trends", "tests", "change_points"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(found, name), check_exact=True)
        assert getattr(again, name).to_csv() == getattr(found, name).to_csv()


def test_labels_are_certain_probabilities(found) -> None:
    certain = ARTICLES.drop(columns="theme").assign(
        **{f"p_{theme}": (ARTICLES["theme"] == theme).astype(float) for theme in DESIGN.signals}
    )
    for name in ("trends", "tests", "change_points"):
        pd.testing.assert_frame_equal(getattr(estimate_trends(certain), name), getattr(found, name))


def test_probabilities_count_before_labels_and_may_overlap() -> None:
    frame = small([("a", "2024-01-01", "x")] * 10, p_x=0.25, p_y=0.5)
    trends = estimate_trends(frame).trends.query("source == 'ALL'")
    assert trends["theme"].tolist() == ["x", "y"]
    assert trends["n_theme"].tolist() == [2.5, 5.0]
    assert trends["share"].tolist() == [0.25, 0.5]


def test_themes_choose_and_order() -> None:
    frame = small([("a", "2024-01-01", "x")] * 6)
    trends = estimate_trends(frame, themes=["z", "x"]).trends.query("source == 'a'")
    assert trends["theme"].tolist() == ["z", "x"]
    assert trends["share"].tolist() == [0.0, 1.0]
    limit = 1 - 0.0625 ** (1 / 6)
    assert trends["high"].iloc[0] == pytest.approx(limit)


def test_none_few_and_a_true_zero_are_three_things() -> None:
    rows = [("a", "2024-01-05", "x")] * 2 + [("a", "2024-01-06", "y")] * 8
    rows += [("a", "2024-03-05", "y")] * 9 + [("b", "2024-04-05", "x")] * 4
    trends = estimate_trends(small(rows)).trends.query("theme == 'x' and source == 'ALL'")
    assert trends["status"].tolist() == ["ok", "none", "ok", "few"]
    assert trends["share"].fillna(-1).tolist() == [0.2, -1, 0, 1]
    assert trends["low"].isna().tolist() == [False, True, False, False]
    assert trends["n_articles"].tolist() == [10, 0, 9, 4]
    assert estimate_trends(small(rows), min_articles=4).trends["status"].iloc[3] == "ok"


def test_a_notebook_shows_gaps_and_tests(found) -> None:
    html = found._repr_html_()
    assert "<b>3 themes, 2 sources, 30 periods (month)</b>" in html
    sure = int((found.tests["q"] < 0.05).sum())
    assert f"intervals at 95%; 9 tests of a trend, {sure} with q &lt; 0.05" in html
    assert "without articles" not in html
    rows = [("<b>a</b>", "2024-01-05", "<i>x</i>")] * 9 + [("b", "2024-03-05", "y")] * 2 + [("b", None, "y")]
    html = estimate_trends(small(rows))._repr_html_()
    assert "1 period without articles, 1 with fewer than 5" in html
    assert "1 article left out: no date" in html
    assert "&lt;i&gt;x&lt;/i&gt;" in html
    assert "<i>" not in html


def test_articles_of_an_interval_are_spread_by_days() -> None:
    frame = small([("a", "2024-01-10", "x"), ("a", None, "x"), ("a", None, "y"), ("b", None, "x")])
    frame["date_start"] = [None, "2024-01-29", "2024-02-03", None]
    frame["date_end"] = [None, "2024-02-04", "2024-02-03", "2024-02-03"]
    result = estimate_trends(frame)
    assert result.undated == 1
    rows = result.trends.query("theme == 'x' and source == 'ALL'")
    assert rows["n_articles"].tolist() == pytest.approx([1 + 3 / 7, 1 + 4 / 7])
    assert rows["n_theme"].tolist() == pytest.approx([1 + 3 / 7, 4 / 7])
    assert set(result.trends["source"]) == {"ALL", "a"}


def test_a_source_that_is_missing_is_unknown() -> None:
    result = estimate_trends(
        small([(None, "2024-01-01", "x"), (np.nan, "2024-01-01", "x"), ("a", "2024-01-01", "y")])
    )
    assert result.trends["source"].unique().tolist() == ["ALL", "a", "unknown"]


@pytest.mark.parametrize(
    "period, start, end",
    [
        ("day", "2024-02-29", "2024-02-29"),
        ("week", "2024-02-26", "2024-03-03"),
        ("month", "2024-02-01", "2024-02-29"),
        ("quarter", "2024-01-01", "2024-03-31"),
        ("year", "2024-01-01", "2024-12-31"),
    ],
)
def test_periods(period, start, end) -> None:
    row = estimate_trends(small([("a", "2024-02-29", "x")]), period=period).trends.iloc[0]
    assert (row["period_start"], row["period_end"]) == (start, end)


@pytest.mark.parametrize("period", ["day", "week", "quarter", "year"])
def test_all_periods_work_on_a_whole_study(period) -> None:
    result = estimate_trends(ARTICLES, period=period)
    month = estimate_trends(ARTICLES, themes=["flat", "season", "step"])
    pd.testing.assert_series_equal(result.tests["effect"], month.tests["effect"])
    rows = result.trends.query("theme == 'step' and source == 'ALL'")
    assert rows["n_articles"].sum() == len(ARTICLES)
    if period in {"week", "quarter"}:
        best = result.change_points.query("theme == 'step' and source == 'ALL'").iloc[0]
        assert best["p"] < 0.01
        assert best["low"] <= STUDY.steps["step"] <= best["high"]


def test_five_pages_are_enough_to_answer() -> None:
    rows = [("a", "2023-11-07", "x"), ("a", "2023-11-07", "y"), ("b", "2023-10-02", "x"), ("c", None, "x")]
    result = estimate_trends(small(rows))
    assert result.undated == 1
    assert result.tests[["effect", "p", "q"]].isna().all(axis=None)
    assert not result.tests["seasonal"].any()
    assert len(result.change_points) == 0
    assert tuple(result.change_points.columns) == CHANGE_POINT_COLUMNS
    assert set(result.trends["status"]) == {"few", "none"}


@pytest.mark.parametrize("theme", ["x", "unmapped"])
def test_constant_themes(theme) -> None:
    frame = ARTICLES.assign(theme=theme)
    result = estimate_trends(frame, themes=["x"])
    assert (result.trends["share"] == float(theme == "x")).all()
    assert result.tests["p"].isna().all()
    assert result.change_points.empty


def test_same_seed_same_bytes_and_another_seed_another_p(found) -> None:
    assert estimate_trends(ARTICLES).change_points.to_csv() == found.change_points.to_csv()
    other = estimate_trends(ARTICLES, seed=1)
    assert not other.change_points["p"].equals(found.change_points["p"])
    pd.testing.assert_frame_equal(other.trends, found.trends)
    pd.testing.assert_frame_equal(other.tests.drop(columns="seasonal"), found.tests.drop(columns="seasonal"))


ROW = [("a", "2024-01-01", "x")]


@pytest.mark.parametrize(
    "frame, error, message",
    [
        (small(ROW).drop(columns="source"), TableError, "the table of articles lacks source"),
        (small(ROW).drop(columns="date"), TableError, "lacks date"),
        (small(ROW).drop(columns="theme"), TableError, "lacks theme"),
        (small(ROW * 2).assign(article_id="n1"), TableError, "article_id 'n1' stands in more than one row"),
        (small([("ALL", "2024-01-01", "x")]), TableError, "a source is called 'ALL'"),
        (small([("a", "May 2024", "x")]), DateError, "date holds 'May 2024'; expected an ISO date"),
        (small([("a", None, "x")]), DateError, "none of the 1 articles has a date"),
        (small(ROW, p_x=1.5), TableError, "p_x of article 'n0' is 1.5; expected a probability"),
        (small(ROW, p_x=np.nan), TableError, "p_x of article 'n0' is nan; expected a probability"),
        (small(ROW, p_x="high"), TableError, "p_x holds str values; expected probabilities"),
        (small([("a", "2024-01-01", "unmapped")]), TableError, "no theme to follow"),
        (
            small([("a", None, "x")], date_start="2024-02-02", date_end="2024-02-01"),
            DateError,
            "article 'n0' has date_start 2024-02-02 after date_end 2024-02-01",
        ),
    ],
)
def test_bad_tables_are_refused(frame, error, message) -> None:
    with pytest.raises(error, match=message):
        estimate_trends(frame)


@pytest.mark.parametrize(
    "options, message",
    [
        ({"level": 1.0}, "level is 1.0; expected a confidence level"),
        ({"draws": 1}, "draws is 1; Rubin's rules need 2"),
        ({"min_articles": 0}, "min_articles is 0; expected 1 or more"),
        ({"period": "decade"}, "period is 'decade'; expected one of"),
    ],
)
def test_bad_parameters_are_refused(options, message) -> None:
    with pytest.raises(ValueError, match=message):
        estimate_trends(small(ROW), **options)


def test_a_probability_that_never_changes_has_nothing_to_test() -> None:
    rng = np.random.default_rng(0)
    days = np.datetime64("2020-01-01") + rng.integers(0, 900, 2000)
    frame = pd.DataFrame({"article_id": np.arange(2000), "source": "a", "date": days.astype(str), "p_x": 0.1})
    frame["p_y"] = rng.random(2000)
    found = estimate_trends(frame)
    tests = found.tests[found.tests["source"] == "ALL"].set_index("theme")
    assert np.isnan(tests.loc["x", "p"])
    assert not tests.loc["x", "seasonal"]
    assert tests.loc["y", "p"] > 0
    assert (found.change_points.query("theme == 'x'")["p"] == 1).all()


def test_two_imputations_are_enough_and_doubt_more_than_many() -> None:
    chance = np.random.default_rng(0).beta(1, 2, len(ARTICLES))
    frame = ARTICLES.drop(columns="theme").assign(p_x=chance)
    few, many = (estimate_trends(frame, draws=draws, calibrated="period").trends for draws in (2, 200))
    assert few["share"].to_numpy() == pytest.approx(many["share"].to_numpy())
    assert (few["high"] - few["low"] > many["high"] - many["low"]).all()


@pytest.mark.parametrize(
    ("months", "said"),
    [((1, 3), "1 period without articles, 0 with fewer than 5"), ((1, 2), None)],
)
def test_a_notebook_shows_a_gap_without_few_articles_elsewhere(months, said) -> None:
    rows = [("a", f"2024-0{month}-05", "x") for month in months] * 6
    html = estimate_trends(small(rows))._repr_html_()
    assert ("without articles" in html) == (said is not None)
    assert said is None or said in html
