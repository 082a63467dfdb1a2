import numpy as np
import pytest

from analysis.trends.issues import Issues
from analysis.trends.month_noise import MonthSums
from analysis.trends.quasibinomial import fit_quasi_binomial
from analysis.trends.seasons import YEAR, season_design

MONTHS, ISSUES, TRIALS = 36, 10, 30


def sums_of(themes, *, lift=None, shock=0.0, seed=0):
    """Return months of a theme of 30 %, two sources that come and go, beside a trend and waves."""
    rng = np.random.default_rng(seed)
    month = np.repeat(np.arange(MONTHS), ISSUES)
    day = month * 30.44 + np.tile(np.arange(ISSUES) * 3.0, MONTHS)
    source = (np.tile(np.arange(ISSUES), MONTHS) < np.where(month < 12, 2, 6)).astype(np.int64)
    odds = -0.85 + rng.normal(0, shock, (MONTHS, themes))[month]
    if lift is not None:
        odds[month % 12 == lift] += 0.5
    counted = rng.binomial(TRIALS, 1 / (1 + np.exp(-odds))).astype(float)
    issues = Issues(counted, np.full(len(day), float(TRIALS)), source, day)
    design = np.hstack([(day - day.mean())[:, None] / YEAR, season_design(day)])
    fit = fit_quasi_binomial(counted, issues.trials, source, design, size=2)
    return MonthSums.of(fit, issues, month)


def test_noise_is_one_where_articles_are_independent() -> None:
    noise, degrees = sums_of(400).noise()
    # 36 months less a trend, four waves, and two levels, one of which is shared by nearly all months.
    assert ((degrees > 29) & (degrees < 30.5)).all()
    # 400 mean squares of 30 degrees of freedom: the mean has a standard error of .013.
    assert noise.mean() == pytest.approx(1, abs=0.05)
    assert noise.var() == pytest.approx(2 / degrees.mean(), rel=0.3)


def test_shocks_are_noise() -> None:
    noise, _ = sums_of(100, shock=0.3).noise()
    # A month has 300 articles and the information 63; shocks of variance .09 add 5.7.
    assert noise.mean() == pytest.approx(6.7, rel=0.15)


def test_a_month_with_a_parameter_of_its_own_is_no_noise() -> None:
    sums = sums_of(300, lift=5)
    whole, degrees = sums.noise()
    without, left = sums.noise_without(5)
    assert whole.mean() > 1.5
    # The score at the wrong fit is a little off where a month stands out by five standard errors.
    assert without.mean() == pytest.approx(1, abs=0.1)
    assert degrees - left == pytest.approx(3)


def test_leaving_a_month_out_is_a_regression_with_dummies() -> None:
    # One source and equal issues of a share of one half: logistic scores are those of least squares.
    rng = np.random.default_rng(3)
    day = np.repeat(np.arange(24) * 30.44, 1)
    counted = 500 + rng.integers(-2, 3, size=(24, 1)).astype(float)
    issues = Issues(counted, np.full(24, 1000.0), np.zeros(24, np.int64), day)
    design = np.hstack([(day - day.mean())[:, None] / YEAR, season_design(day)])
    sums = MonthSums.of(
        fit_quasi_binomial(counted, issues.trials, issues.source, design, size=1), issues, np.arange(24)
    )
    dummies = np.zeros((24, 2))
    dummies[[4, 16], [0, 1]] = 1
    columns = np.hstack([np.ones((24, 1)), design, dummies])
    left = counted[:, 0] - columns @ np.linalg.lstsq(columns, counted[:, 0], rcond=None)[0]
    noise, degrees = sums.noise_without(4)
    assert degrees[0] == pytest.approx(16)
    assert noise[0] == pytest.approx((left @ left) / 250 / 16, rel=1e-3)
