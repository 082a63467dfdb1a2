import numpy as np
import pytest

from analysis.trends.issues import Issues
from analysis.trends.month_noise import MonthSums
from analysis.trends.quasibinomial import fit_quasi_binomial
from analysis.trends.rituals import least_tail, ritual_p
from analysis.trends.seasons import YEAR, season_design
from analysis.trends.trend_tests import estimate_trend

MONTHS, ISSUES, TRIALS = 36, 10, 30


def counts(share, *, themes=1, seed=0):
    """Draw (issues, themes) articles on the theme, ten issues a month, at the shares of the months."""
    share = np.repeat(np.asarray(share, dtype=float), ISSUES)
    return np.random.default_rng(seed).binomial(TRIALS, share[:, None], (len(share), themes)).astype(float)


def p_of(counted):
    """Return the p of a ritual."""
    day = np.repeat(np.datetime64("2020-01", "M") + np.arange(len(counted) // ISSUES), ISSUES)
    day = day.astype("datetime64[D]").astype(float) + np.tile(np.arange(ISSUES), len(counted) // ISSUES)
    issues = Issues(counted, np.full(len(counted), float(TRIALS)), np.zeros(len(counted), np.int64), day)
    line, month = (day - day.mean())[:, None] / YEAR, np.arange(len(counted)) // ISSUES + 600
    fits = [
        fit_quasi_binomial(counted, issues.trials, issues.source, design, size=1)
        for design in (line, np.hstack([line, season_design(day)]))
    ]
    return ritual_p(*(MonthSums.of(fit, issues, month) for fit in fits))


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


def test_shocks_of_single_months_make_a_ritual_less_sure() -> None:
    ritual = shares(m2=0.12, m14=0.12, m26=0.12)
    shocked = np.clip(ritual * np.exp(np.random.default_rng(1).normal(0, 0.6, MONTHS)), 0, 0.4)
    assert p_of(counts(shocked))[0] > 10 * p_of(counts(ritual))[0]


def test_shocks_are_no_rituals() -> None:
    rng = np.random.default_rng(2)
    p = [p_of(counts(0.1 * np.exp(rng.normal(0, 0.3, MONTHS)), seed=n))[0] for n in range(200)]
    # Of 200 true nulls a binomial with p = .05 exceeds 19 with probability .002.
    assert np.sum(np.array(p) < 0.05) <= 19


def test_one_year_knows_no_ritual() -> None:
    assert p_of(counts(shares(m2=0.3)[:12]))[0] > 0.999


@pytest.mark.parametrize("degrees", [4, 10, 18, 60])
def test_the_tail_of_one_year_is_students(degrees) -> None:
    from scipy.stats import t

    least = np.array([-1.0, 0.5, 1.0, 2.0, 3.0])
    ours = least_tail(least, np.full(5, float(degrees)), 1)
    # Wilson and Hilferty's root is an approximation: 3 % at a p of .02 with four degrees of freedom.
    assert ours == pytest.approx(t.sf(least, degrees), rel=0.04)


def test_the_tail_of_two_years_is_that_of_draws() -> None:
    rng = np.random.default_rng(6)
    root = np.sqrt(rng.chisquare(12, 1_000_000) / 12)
    least = rng.normal(size=(2, 1_000_000)).min(axis=0) / root
    # A million draws: a tail of .004 has a relative standard error of 1.6 %.
    for value in (0.5, 1.0, 1.5):
        assert least_tail(np.array([value]), np.array([12.0]), 2)[0] == pytest.approx(
            (least > value).mean(), rel=0.06
        )


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
