import numpy as np
import pandas as pd
import pytest

from analysis.trends.simulate import Design, Ritual, Signal, simulate_study

DESIGN = Design(
    {"flat": Signal(0.1, leanings=(0.5, -0.5)), "step": Signal(0.1, step=(6, 0.3))},
    {"a": 800, "b": [200] * 6 + [0] * 6},
    months=12,
    start="2021-05",
    clustering=0.1,
)


def test_same_seed_same_study() -> None:
    one, other = simulate_study(DESIGN, seed=3), simulate_study(DESIGN, seed=3)
    pd.testing.assert_frame_equal(one.articles, other.articles)
    pd.testing.assert_frame_equal(one.truth, other.truth)
    assert not one.articles.equals(simulate_study(DESIGN, seed=4).articles)


def test_truth_is_what_the_articles_were_drawn_from() -> None:
    study = simulate_study(DESIGN, seed=0)
    month = study.articles["date"].str[:7] + "-01"
    seen = (study.articles["theme"] == "step").groupby([study.articles["source"], month]).mean()
    true = study.truth.query("theme == 'step' and source == 'a'").set_index("period_start")["share"]
    assert true.iloc[[0, 5, 6, 11]].tolist() == pytest.approx([0.1, 0.1, 0.3, 0.3])
    assert (seen["a"] - true).abs().max() < 0.08
    assert (seen["a"] - true).mean() == pytest.approx(0, abs=0.025)
    assert study.steps == {"step": "2021-11-01"}
    assert "b" not in set(study.articles.loc[month > "2021-10-01", "source"])


def test_truth_of_all_sources_follows_the_volumes() -> None:
    truth = simulate_study(DESIGN, seed=0).truth.query("theme == 'flat'")
    everything = truth[truth["source"] == "ALL"]
    own = truth[truth["source"] == "a"]["share"].to_numpy()
    assert everything["share"].to_numpy()[6:] == pytest.approx(own[6:])
    assert (everything["share"].to_numpy()[:6] < own[:6]).all()
    assert everything["adjusted"].std() == pytest.approx(0)


def test_issues_are_clustered_as_asked() -> None:
    articles = simulate_study(
        Design({"x": Signal(0.3)}, {"a": 4000}, months=24, clustering=0.1), seed=0
    ).articles
    issues = (articles["theme"] == "x").groupby(articles["date"]).agg(["mean", "size"])
    spread = issues["mean"].var() - (0.3 * 0.7 / issues["size"]).mean()
    assert spread / (0.3 * 0.7) == pytest.approx(0.1, abs=0.02)


def test_signals_add_up() -> None:
    signal = Signal(0.1, ramp_to=0.2, season=(0.7, 3), burst=(5, 2, 1.5))
    path = signal.path(24, first_month=0)
    flat = signal.path(24, first_month=0)[[3, 15]]
    assert flat[1] - flat[0] == pytest.approx(12 / 23 * (np.log(0.25) - np.log(1 / 9)))
    without = Signal(0.1, ramp_to=0.2, season=(0.7, 3)).path(24)
    assert (path - without).round(12).tolist() == [0] * 5 + [1.5] * 2 + [0] * 17


def test_probabilities_of_a_confused_assignment_are_calibrated() -> None:
    design = Design({"x": Signal(0.1), "y": Signal(0.3)}, {"a": 20000}, months=2, confusion=0.3)
    articles = simulate_study(design, seed=1).articles
    assert (articles["theme"] != articles["truth"]).mean() == pytest.approx(0.3, abs=0.01)
    for theme in ("x", "y"):
        true = (articles["truth"] == theme).groupby(articles[f"p_{theme}"].round(9)).mean()
        assert true.to_numpy() == pytest.approx(true.index.to_numpy(), abs=0.02)


def test_shares_that_exceed_one_are_refused() -> None:
    with pytest.raises(ValueError, match=r"shares add up to 1\.10 somewhere"):
        simulate_study(Design({"x": Signal(0.6), "y": Signal(0.5)}, {"a": 5}), seed=0)


def test_a_source_without_articles_is_no_trouble() -> None:
    study = simulate_study(Design({"x": Signal(0.5)}, {"a": 5, "never": 0}, months=3), seed=0)
    assert set(study.articles["source"]) == {"a"}


@pytest.mark.parametrize(
    "ritual, first, last",
    [
        (Ritual(3, 5, 9, 1.0), ["2020-03-05", "2021-03-05"], ["2020-03-13", "2021-03-13"]),
        # Travel season: from the 15th of the 12th lunar month, for forty days.
        (Ritual(12, 15, 40, 1.0, lunar=True), ["2020-01-09", "2021-01-27"], ["2020-02-17", "2021-03-07"]),
    ],
)
def test_rituals_return_on_their_days(ritual, first, last) -> None:
    days = np.arange(np.datetime64("2020-01-01"), np.datetime64("2022-01-01"))
    on = ritual.lift(days)
    change = np.flatnonzero(np.diff(np.concatenate([[0.0], on, [0.0]])))
    assert [str(day) for day in days[change[::2]]] == first
    assert [str(day) for day in days[change[1::2] - 1]] == last
    assert set(on) == {0.0, 1.0}


def test_a_ritual_is_in_the_articles_and_in_the_truth() -> None:
    design = Design({"x": Signal(0.1, rituals=(Ritual(3, 1, 12, 2.0),))}, {"a": 3000}, months=14)
    study = simulate_study(design, seed=0)
    on = study.articles["date"].str.match(r"\d{4}-(03-0[1-9]|03-1[012])").to_numpy(dtype=bool)
    seen = (study.articles["theme"] == "x").groupby(on).mean()
    raised = 1 / (1 + np.exp(-(np.log(1 / 9) + 2)))
    assert seen[False] == pytest.approx(0.1, abs=0.01)
    assert seen[True] == pytest.approx(raised, abs=0.04)
    march = study.truth.query("source == 'a' and period_start == '2020-03-01'")["share"].item()
    # Nine of the twenty issues fall in the first twelve days.
    assert march == pytest.approx((9 * raised + 11 * 0.1) / 20)


@pytest.mark.parametrize("start", ["2020-01", "2020-10", "2020-12"])
def test_a_season_peaks_in_its_month_wherever_the_study_begins(start: str) -> None:
    design = Design({"x": Signal(0.2, season=(1.0, 3))}, {"a": 30}, months=24, start=start)
    truth = simulate_study(design, seed=0).truth.query("source == 'a'")
    peaks = truth.sort_values("share", ascending=False)["period_start"].head(2)
    assert set(peaks.str[5:7]) == {"04"}


MATRIX = [[0.7, 0.2, 0.1], [0.0, 0.9, 0.1], [0.05, 0.0, 0.95]]


def test_errors_follow_the_confusion_matrix_that_is_returned() -> None:
    design = Design({"x": Signal(0.2), "y": Signal(0.3)}, {"a": 20000}, months=2, confusion=MATRIX)
    study = simulate_study(design, seed=0)
    seen = pd.crosstab(study.articles["truth"], study.articles["theme"], normalize="index")
    names = ["x", "y", "unmapped"]
    assert study.confusion.loc[names, names].to_numpy().tolist() == MATRIX
    # 8,000 articles a row and more: a share of a half has a standard error of .006.
    assert np.abs(seen.loc[names, names].to_numpy() - np.array(MATRIX)).max() < 0.02
    for theme in ("x", "y"):
        of_label = study.articles.groupby("theme")
        chance = of_label[f"p_{theme}"].mean()
        true = of_label["truth"].agg(lambda truth, theme=theme: (truth == theme).mean())
        assert (chance - true).abs().max() < 0.02


def test_a_rate_of_errors_is_a_confusion_matrix_too() -> None:
    study = simulate_study(Design({"x": Signal(0.2), "y": Signal(0.3)}, {"a": 50}, confusion=0.1), seed=0)
    assert study.confusion.loc["x"].tolist() == pytest.approx([0.9, 0.05, 0.05])
    certain = simulate_study(Design({"x": Signal(0.2)}, {"a": 50}), seed=0)
    assert certain.confusion.to_numpy().tolist() == [[1, 0], [0, 1]]
    assert "p_x" not in certain.articles


@pytest.mark.parametrize(
    "confusion, said",
    [
        (1.0, "confusion is 1.0; expected a rate"),
        ([[1.0]], r"expected a row and a column a theme, .* \(2, 2\)"),
        ([[0.5, 0.4], [0, 1]], r"row 0 of the confusion matrix is \[0.5, 0.4\]"),
    ],
)
def test_a_confusion_that_is_none_is_refused(confusion, said) -> None:
    with pytest.raises(ValueError, match=said):
        simulate_study(Design({"x": Signal(0.2)}, {"a": 50}, confusion=confusion), seed=0)
