import numpy as np
import pandas as pd
import pytest
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.proportion import proportion_confint

from analysis.trends.misclassification import correct_memberships
from analysis.trends.panel import gather_issues
from analysis.trends.shares import binomial_interval, cells_of, estimate_shares, issue_correlation
from analysis.trends.simulate import Design, Signal, simulate_study


def interval(count, size, level=0.95):
    low, high = binomial_interval(np.array([float(count)]), np.array([float(size)]), level)
    return low[0], high[0]


def shares_of(frame, *, draws=20, level=0.95, period="month", calibrated="study"):
    panel, errors = correct_memberships(gather_issues(frame, period=period), calibrated=calibrated)
    cells = cells_of(panel)
    return cells, estimate_shares(cells, errors, level=level, draws=draws)


def one_month(sizes, *, share=0.3, seed=0):
    """Return articles of one source in one month, `sizes` to an issue, themes clustered by issue."""
    rng = np.random.default_rng(seed)
    rows = []
    for day, size in enumerate(sizes):
        chance = rng.beta(4 * share, 4 * (1 - share))
        rows += [
            ("a", f"2024-03-{day + 1:02d}", "x" if rng.random() < chance else "unmapped") for _ in range(size)
        ]
    frame = pd.DataFrame(rows, columns=["source", "date", "theme"])
    return frame.assign(article_id=[f"n{n}" for n in range(len(frame))])


@pytest.mark.parametrize("count, size", [(81, 263), (15, 148), (1, 29)])
def test_interval_is_jeffreys_of_statsmodels(count, size) -> None:
    low, high = proportion_confint(count, size, method="jeffreys")
    assert interval(count, size) == pytest.approx((low, high))
    assert interval(size - count, size) == pytest.approx((1 - high, 1 - low))


def test_no_article_has_a_real_limit() -> None:
    high = 1 - 0.0625 ** (1 / 20)
    assert interval(0, 20) == pytest.approx((0, high))
    assert interval(20, 20) == pytest.approx((1 - high, 1))
    assert (
        proportion_confint(0, 20, method="jeffreys")[1] < high < proportion_confint(0, 20, method="beta")[1]
    )


@pytest.mark.parametrize("size, share", [(40, 0.05), (40, 0.15), (400, 0.05), (20, 0.3)])
def test_interval_covers_on_average_over_shares(size, share) -> None:
    from scipy.stats import binom

    count = np.arange(size + 1.0)
    low, high = binomial_interval(count, np.full(size + 1, float(size)), 0.95)
    shares = share * np.linspace(0.7, 1.4, 200)
    chance = binom.pmf(count, size, shares[:, None])
    covered = (chance * ((low <= shares[:, None]) & (shares[:, None] <= high))).sum(axis=1)
    assert 0.94 < covered.mean() < (0.975 if size * share < 3 else 0.965)


@pytest.mark.parametrize("size", [40, 100, 400])
@pytest.mark.parametrize("expected", [2.5, 2.75, 3.0, 3.5, 4.0, 6.0])
def test_interval_covers_where_few_articles_are_expected(size, expected) -> None:
    from scipy.stats import binom, poisson

    sizes = np.arange(int(0.3 * size), 2 * size)
    covered = []
    for many in sizes:
        count = np.arange(many + 1.0)
        low, high = binomial_interval(count, np.full(many + 1, float(many)), 0.95)
        share = expected / size
        covered.append(binom.pmf(count, many, share)[(low <= share) & (share <= high)].sum())
    assert 0.92 < poisson.pmf(sizes, size) @ covered < 0.975


@pytest.mark.parametrize("count", range(0, 13))
def test_interval_lies_inside_clopper_and_pearsons(count) -> None:
    low, high = interval(count, 12)
    widest = proportion_confint(count, 12, method="beta")
    assert widest[0] <= low <= count / 12 <= high <= widest[1]


def test_interval_takes_counts_that_are_not_whole() -> None:
    count = np.linspace(0, 7.5, 40)
    low, high = binomial_interval(count, np.full(40, 7.5), 0.95)
    assert (np.diff(low) >= 0).all()
    assert (np.diff(high) >= 0).all()
    assert ((low >= 0) & (high <= 1)).all()
    assert np.isnan(interval(np.nan, 5)).all()


def test_clustered_variance_is_the_sandwich_of_statsmodels() -> None:
    frame = one_month([3, 9, 5, 7, 2, 8, 6, 4, 10, 6])
    _, shares = shares_of(frame)
    y = (frame["theme"] == "x").to_numpy(float)
    groups = pd.factorize(frame["date"])[0]
    fit = OLS(y, np.ones_like(y)).fit(cov_type="cluster", cov_kwds={"groups": groups})
    share, n = shares.share[0, 0, 0], len(frame)
    assert share == pytest.approx(y.mean())
    assert shares.design[1, 0, 0] * share * (1 - share) / (n - 1) == pytest.approx(fit.cov_params()[0, 0])
    assert shares.design[1, 0, 0] > 1.3


def test_rubin_in_expectation_is_rubin_by_drawing() -> None:
    rng = np.random.default_rng(5)
    p, m = rng.beta(0.5, 1.5, size=300), 20
    frame = pd.DataFrame({"article_id": range(300), "source": "a", "date": "2024-03-01", "p_x": p})
    _, shares = shares_of(frame, draws=m, calibrated="period")
    drawn = (rng.random((2000, m, 300)) < p).mean(axis=2)
    total = (drawn * (1 - drawn) / 300).mean(axis=1) + (1 + 1 / m) * drawn.var(axis=1, ddof=1)
    share = shares.share[1, 0, 0]
    ours = share * (1 - share) / shares.effective[1, 0, 0]
    assert share == pytest.approx(p.mean())
    assert ours == pytest.approx(total.mean(), rel=0.02)


def test_certain_probabilities_are_labels() -> None:
    frame = one_month([4] * 10)
    certain = frame.assign(p_x=(frame["theme"] == "x").astype(float)).drop(columns="theme")
    for ours, theirs in zip(
        vars(shares_of(frame)[1]).values(), vars(shares_of(certain)[1]).values(), strict=True
    ):
        assert ours == pytest.approx(theirs)


def test_doubt_widens() -> None:
    sure = one_month([4] * 10).assign(p_x=lambda t: (t["theme"] == "x").astype(float))
    unsure = sure.assign(p_x=sure["p_x"].mean())
    widths = [(s.high - s.low)[0, 0, 0] for s in (shares_of(sure)[1], shares_of(unsure)[1])]
    assert widths[1] > widths[0]


def test_few_issues_widen_by_their_degrees_of_freedom() -> None:
    from scipy.stats import t

    frame = one_month([30, 30, 30])
    _, shares = shares_of(frame)
    shrink = (t.ppf(0.975, 89) / t.ppf(0.975, 2)) ** 2
    assert shares.effective[1, 0, 0] == pytest.approx(90 / shares.design[1, 0, 0] * shrink)


def test_zero_and_one_have_real_limits() -> None:
    frame = one_month([1] * 20, share=0.5).assign(theme="y")
    frame.loc[0, "theme"] = "x"
    frame = pd.concat(
        [frame, frame.assign(article_id=frame["article_id"] + "b", date="2024-05-01", theme="y")]
    )
    _, shares = shares_of(frame)
    may, april = 2, 1
    limit = interval(0, 20)[1]
    assert shares.low[0, may].tolist() == pytest.approx([0, 1 - limit], abs=1e-6)
    assert shares.high[0, may].tolist() == pytest.approx([limit, 1], abs=1e-6)
    assert np.isnan(shares.share[:, april]).all()
    assert np.isnan(shares.high[:, april]).all()


def test_one_issue_a_period_gives_the_interval_within_it() -> None:
    frame = one_month([20], share=0.5)
    _, shares = shares_of(frame)
    assert shares.design[1].tolist() == [[1.0]]
    count = (frame["theme"] == "x").sum()
    assert (shares.low[1, 0, 0], shares.high[1, 0, 0]) == pytest.approx(interval(count, 20))


def test_correlation_within_issues_is_found() -> None:
    design = Design({"x": Signal(0.3)}, {"a": 600, "b": 400}, months=24, clustering=0.1)
    panel = gather_issues(simulate_study(design, seed=2).articles, period="month")
    panel, errors = correct_memberships(panel, calibrated="study")
    assert issue_correlation(cells_of(panel), errors)[:, 0].tolist() == pytest.approx([0.1, 0.1], abs=0.03)


def test_correlation_within_issues_is_that_of_labels_and_not_of_probabilities() -> None:
    design = Design({"x": Signal(0.3)}, {"a": 1500}, months=24, clustering=0.1, confusion=0.15)
    panel = gather_issues(simulate_study(design, seed=3).articles, period="month")
    for calibrated in ("study", "period"):
        corrected, errors = correct_memberships(panel, calibrated=calibrated)
        found = issue_correlation(cells_of(corrected), errors)[0, 0]
        assert found == pytest.approx(0.1 if calibrated == "study" else 0.05, abs=0.03)


def test_renaming_sources_changes_nothing_but_their_order() -> None:
    frame = simulate_study(Design({"x": Signal(0.3)}, {"a": 40, "b": 20}, months=6), seed=2).articles
    renamed = frame.assign(source=frame["source"].map({"a": "z", "b": "b"}))
    ours, theirs = shares_of(frame)[1], shares_of(renamed)[1]
    assert theirs.low == pytest.approx(ours.low[[0, 2, 1]], nan_ok=True)
    assert theirs.high[0] == pytest.approx(ours.high[0])


@pytest.mark.parametrize(
    "volumes, clustering, studies",
    [({"a": 20, "b": 12, "c": 8}, 0.03, 20), ({"a": 200, "b": 120, "c": 80}, 0.05, 8)],
)
def test_intervals_cover(volumes, clustering, studies) -> None:
    signals = {"x": Signal(0.12, leanings=(0.0, 0.6, -0.6)), "y": Signal(0.3, season=(0.4, 2))}
    design = Design(signals, volumes, clustering=clustering)
    inside = []
    for seed in range(studies):
        study = simulate_study(design, seed=seed)
        _, shares = shares_of(study.articles.loc[:, ["article_id", "source", "date", "theme"]])
        truth = study.truth.set_index(["source", "period_start", "theme"])["share"].unstack().to_numpy()
        true = truth.reshape(4, 24, 2)
        held = shares.articles > 0
        inside.append(((shares.low <= true) & (true <= shares.high))[held])
    covered = np.concatenate(inside)
    assert 0.93 < covered.mean() < 0.98


def test_one_source_alone_is_all_sources_together_and_a_month_without_articles_too() -> None:
    frame = one_month([3, 9, 5, 7, 2, 8])
    later = frame.assign(article_id=frame["article_id"] + "b", date=frame["date"].str.replace("-03-", "-05-"))
    _, shares = shares_of(pd.concat([frame, later]))
    assert shares.articles[0].tolist() == [34, 0, 34]
    for name, table in vars(shares).items():
        assert table[0] == pytest.approx(table[1], nan_ok=True), name
