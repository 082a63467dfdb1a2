import numpy as np
import pandas as pd
import pytest
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from analysis.trends.adjustment import _live_cells, standardise
from analysis.trends.misclassification import correct_memberships
from analysis.trends.panel import gather_issues
from analysis.trends.shares import cells_of, estimate_shares
from analysis.trends.simulate import Design, Signal, simulate_study

MIXED = {"a": 60, "b": list(np.linspace(120, 20, 12)), "c": [0] * 4 + [80] * 8}


def adjusted_of(frame, period="month"):
    panel = gather_issues(frame[["article_id", "source", "date", "theme"]], period=period)
    panel, errors = correct_memberships(panel, calibrated="study")
    cells = cells_of(panel)
    shares = estimate_shares(cells, errors, level=0.95, draws=20)
    return cells, shares, standardise(cells, shares, errors, level=0.95)


def study(signal, volumes, *, months=12, seed=0):
    return simulate_study(Design({"x": signal}, volumes, months=months), seed=seed)


def test_adjusted_share_is_the_margin_of_statsmodels_logistic_model() -> None:
    frame = study(Signal(0.2, leanings=(0.0, 0.8, -0.7)), MIXED).articles
    *_, adjusted = adjusted_of(frame)
    month = frame["date"].str[:7]
    dummies = pd.get_dummies(pd.DataFrame({"s": frame["source"], "m": month}), drop_first=True, dtype=float)
    design = np.column_stack([np.ones(len(frame)), dummies])
    fit = GLM((frame["theme"] == "x").astype(float).to_numpy(), design, family=Binomial()).fit(tol=1e-12)
    for place, name in enumerate(sorted(month.unique())):
        everywhere = dummies.copy()
        everywhere.loc[:, [c for c in dummies if c.startswith("m_")]] = 0.0
        if f"m_{name}" in everywhere:
            everywhere[f"m_{name}"] = 1.0
        margin = fit.predict(np.column_stack([np.ones(len(frame)), everywhere])).mean()
        assert adjusted.share[place, 0] == pytest.approx(margin, abs=1e-6)


def test_a_theme_that_only_follows_the_mix_is_flat_once_adjusted() -> None:
    volumes = {"a": list(np.linspace(900, 100, 12)), "b": list(np.linspace(100, 900, 12))}
    _, shares, adjusted = adjusted_of(study(Signal(0.1, leanings=(0.8, -0.8)), volumes).articles)
    raw, fixed = shares.share[0, :, 0], adjusted.share[:, 0]
    assert raw[:3].mean() - raw[-3:].mean() > 0.06
    assert abs(fixed[:3].mean() - fixed[-3:].mean()) < 0.02


def test_intervals_cover_the_share_at_the_fixed_mix() -> None:
    covered = []
    for seed in range(25):
        simulated = study(Signal(0.15, ramp_to=0.3, leanings=(0.0, 0.8, -0.7)), MIXED, seed=seed)
        *_, adjusted = adjusted_of(simulated.articles)
        true = simulated.truth.query("source == 'ALL'")["adjusted"].to_numpy()
        covered.append((adjusted.low[:, 0] <= true) & (true <= adjusted.high[:, 0]))
    assert 0.92 < np.mean(covered) < 0.98


def test_a_steady_mix_leaves_the_raw_share() -> None:
    days = pd.date_range("2024-01-01", periods=240).strftime("%Y-%m-%d")
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {"date": np.tile(days.to_numpy(), 4), "source": np.repeat(["a", "a", "a", "b"], 240)}
    )
    frame["theme"] = np.where(rng.random(960) < np.where(frame["source"] == "a", 0.2, 0.5), "x", "unmapped")
    frame["article_id"] = [f"n{n}" for n in range(960)]
    _, shares, adjusted = adjusted_of(frame)
    assert adjusted.share == pytest.approx(shares.share[0], abs=1e-9)
    assert adjusted.low == pytest.approx(shares.low[0], abs=1e-6)


def test_one_source_needs_no_adjustment() -> None:
    _, shares, adjusted = adjusted_of(study(Signal(0.2), {"a": 30}).articles)
    assert adjusted.share == pytest.approx(shares.share[0], abs=1e-9)
    assert adjusted.high == pytest.approx(shares.high[0], abs=1e-6)


def test_periods_and_sources_that_are_all_or_nothing() -> None:
    frame = study(Signal(0.4), MIXED).articles
    month = frame["date"].str[5:7]
    frame = frame.assign(
        theme=np.where(month == "02", "unmapped", np.where(month == "03", "x", frame["theme"]))
    )
    frame.loc[frame["source"] == "c", "theme"] = "unmapped"
    *_, adjusted = adjusted_of(frame)
    assert adjusted.share[[1, 2], 0].tolist() == [0.0, 1.0]
    assert adjusted.low[1, 0] == 0
    assert 0 < adjusted.high[1, 0] < 0.2
    assert adjusted.high[2, 0] == 1
    assert ((adjusted.low <= adjusted.share) & (adjusted.share <= adjusted.high)).all()


@pytest.mark.parametrize("theme", ["x", "unmapped"])
def test_a_theme_of_every_article_or_of_none(theme) -> None:
    frame = study(Signal(0.4), MIXED).articles.assign(theme=theme)
    panel = gather_issues(frame[["article_id", "source", "date", "theme"]], period="month", themes=["x"])
    panel, errors = correct_memberships(panel, calibrated="study")
    cells = cells_of(panel)
    shares = estimate_shares(cells, errors, level=0.95, draws=20)
    adjusted = standardise(cells, shares, errors, level=0.95)
    assert (adjusted.share == float(theme == "x")).all()


def test_a_source_that_only_relieves_another_leaves_the_change_unknown() -> None:
    volumes = {"a": [100] * 6 + [0] * 6, "b": [0] * 6 + [100] * 6}
    *_, adjusted = adjusted_of(study(Signal(0.3, leanings=(0.5, -0.5)), volumes).articles)
    for values in (adjusted.share, adjusted.low, adjusted.high):
        assert np.isnan(values).all()


def test_a_chain_of_common_months_links_sources_that_never_meet() -> None:
    volumes = {"a": [100] * 6 + [0] * 6, "b": [0] * 4 + [100] * 4 + [0] * 4, "c": [0] * 6 + [100] * 6}
    *_, adjusted = adjusted_of(study(Signal(0.3, leanings=(0.5, -0.5, 0.0)), volumes).articles)
    assert np.isfinite(adjusted.share).all()


def test_months_without_articles_have_no_adjusted_share() -> None:
    frame = study(Signal(0.3), {"a": 50, "b": 50}).articles
    *_, adjusted = adjusted_of(frame[frame["date"].str[5:7] != "04"])
    assert np.flatnonzero(np.isnan(adjusted.share[:, 0])).tolist() == [3]
    assert np.flatnonzero(np.isnan(adjusted.high[:, 0])).tolist() == [3]


def test_a_month_of_sources_that_never_carry_the_theme_says_nothing() -> None:
    frame = study(Signal(0.3), {"a": 50, "b": 50}).articles
    frame.loc[frame["source"] == "b", "theme"] = "unmapped"
    _, shares, adjusted = adjusted_of(frame[(frame["date"].str[5:7] != "04") | (frame["source"] == "b")])
    assert shares.share[0, 3, 0] == 0
    assert np.flatnonzero(np.isnan(adjusted.share[:, 0])).tolist() == [3]


def test_cells_that_say_nothing_fall_away_one_after_the_other():
    size = 30
    period = np.repeat(np.arange(size), 2)[:-1]
    source = np.array([[place, place + 1] for place in range(size)]).ravel()[:-1]
    successes = np.tile([1.0, 0.0], size)[:-1, None]
    live = _live_cells(successes, np.ones(len(source)), source, period, (size, size))
    assert not live.any()
    halves = np.full_like(successes, 0.5)
    assert _live_cells(halves, np.ones(len(source)), source, period, (size, size)).all()
