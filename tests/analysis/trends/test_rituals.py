import numpy as np
import pytest

from analysis.trends.issues import Issues
from analysis.trends.quasibinomial import fit_quasi_binomial
from analysis.trends.rituals import month_deviations, ritual_p
from analysis.trends.seasons import YEAR
from analysis.trends.shocks import SIZES, dispersion_of
from analysis.trends.trend_tests import estimate_trend

MONTHS, ISSUES, TRIALS = 36, 10, 30


def counts(share, *, themes=1, seed=0):
    """Draw (issues, themes) articles on the theme, ten issues a month, at the shares of the months."""
    share = np.repeat(np.asarray(share, dtype=float), ISSUES)
    return np.random.default_rng(seed).binomial(TRIALS, share[:, None], (len(share), themes)).astype(float)


def p_of(counted, size=0):
    """Return the p of a ritual for the size of shock at that place, from a fit of the trend alone."""
    day = np.repeat(np.datetime64("2020-01", "M") + np.arange(len(counted) // ISSUES), ISSUES)
    day = day.astype("datetime64[D]").astype(float) + np.tile(np.arange(ISSUES), len(counted) // ISSUES)
    issues = Issues(counted, np.full(len(counted), float(TRIALS)), np.zeros(len(counted), np.int64), day)
    fit = fit_quasi_binomial(
        counted, issues.trials, issues.source, (day - day.mean())[:, None] / YEAR, size=1
    )
    month = np.arange(len(counted)) // ISSUES + 600
    return ritual_p(*month_deviations(fit, issues, month, dispersion_of(fit)))[size]


def shares(**months):
    """Return shares of .05 with others in some months, counted from 0."""
    share = np.full(MONTHS, 0.05)
    for name, value in months.items():
        share[int(name.removeprefix("m"))] = value
    return share


def test_a_month_that_stands_out_in_every_year_is_a_ritual() -> None:
    assert p_of(counts(shares(m2=0.12, m14=0.12, m26=0.12)))[0] < 0.001


def test_so_is_a_month_that_is_always_low() -> None:
    assert p_of(counts(shares(m2=0.005, m14=0.005, m26=0.005)))[0] < 0.01


def test_what_happened_once_is_none() -> None:
    assert p_of(counts(shares(m14=0.3)))[0] > 0.05


def test_nothing_is_found_where_there_is_nothing() -> None:
    p = p_of(counts(shares(), themes=400, seed=1))
    # Of 400 true nulls a binomial with p = .05 exceeds 33 with probability .001.
    assert (p < 0.05).sum() <= 33


def test_deviations_have_variance_one() -> None:
    counted = counts(np.full(MONTHS, 0.3), themes=300, seed=3)
    day = np.arange(len(counted)) * 3.0
    source = np.tile([0, 1], len(counted) // 2)
    issues = Issues(counted, np.full(len(counted), float(TRIALS)), source, day)
    fit = fit_quasi_binomial(counted, issues.trials, source, (day - day.mean())[:, None] / YEAR, size=2)
    months, deviation = month_deviations(fit, issues, np.arange(len(counted)) // ISSUES, np.ones(300))
    assert len(months) == MONTHS
    # 300 independent themes: the variance of each month has a standard error of .08.
    assert np.abs(deviation.var(axis=1) - 1).max() < 0.3
    assert deviation.var() == pytest.approx(1, abs=0.04)


def test_shocks_of_single_months_make_a_ritual_less_sure() -> None:
    counted = counts(shares(m2=0.12, m14=0.12, m26=0.12))
    p = [p_of(counted, size)[0] for size in range(len(SIZES))]
    assert p == sorted(p)
    assert p[-1] == 1


def test_one_year_knows_no_ritual() -> None:
    assert p_of(counts(shares(m2=0.3)[:12])).tolist() == [1.0]


@pytest.mark.parametrize("months, seasonal", [(("m2", "m14", "m26"), True), (("m14",), False)])
def test_the_test_of_a_season_finds_a_ritual_of_one_month(months, seasonal) -> None:
    monthly = shares(**dict.fromkeys(months, 0.15))
    rng = np.random.default_rng(4)
    day = np.concatenate([30.44 * month + np.arange(0.0, 30.0, 3.0) for month in range(MONTHS)]) + 18_270
    successes = rng.binomial(20, np.repeat(monthly, 10))[:, None].astype(float)
    issues = Issues(successes, np.full(len(day), 20.0), np.zeros(len(day), np.int64), day)
    found = estimate_trend(issues, level=0.95)
    assert (found.season_p[0] < 0.01) == seasonal
    assert found.p[0] > 0.01
