import numpy as np
import pytest

from analysis.trends.rituals import month_noise, ritual_p
from analysis.trends.trend_tests import Issues, estimate_trend

MONTHS, ISSUES, TRIALS = 36, 10, 30


def counts(share, *, themes=1, seed=0):
    """Draw (issues, themes) articles on the theme, ten issues a month, at the shares of the months."""
    share = np.repeat(np.asarray(share, dtype=float), ISSUES)
    return np.random.default_rng(seed).binomial(TRIALS, share[:, None], (len(share), themes)).astype(float)


def noise_and_p(counted):
    mean = counted.mean(axis=0) / TRIALS
    expected = np.broadcast_to(TRIALS * mean, counted.shape)
    variance = expected * (1 - mean)
    month = np.arange(len(counted)) // ISSUES + 600
    noise = month_noise(counted, expected, variance, month)
    return noise, ritual_p(counted - expected, variance, month, noise)


def shares(**months):
    """Return shares of .05 with others in some months, counted from 0."""
    share = np.full(MONTHS, 0.05)
    for name, value in months.items():
        share[int(name.removeprefix("m"))] = value
    return share


def test_a_month_that_stands_out_in_every_year_is_a_ritual() -> None:
    noise, p = noise_and_p(counts(shares(m2=0.12, m14=0.12, m26=0.12)))
    assert p[0] < 0.001
    assert noise.shock[0] < 2


def test_so_is_a_month_that_is_always_low() -> None:
    assert noise_and_p(counts(shares(m2=0.005, m14=0.005, m26=0.005)))[1][0] < 0.01


def test_what_happened_once_is_none() -> None:
    assert noise_and_p(counts(shares(m14=0.3)))[1][0] > 0.05


def test_nothing_is_found_where_there_is_nothing() -> None:
    p = noise_and_p(counts(shares(), themes=400, seed=1))[1]
    # Of 400 true nulls a binomial with p = .05 exceeds 33 with probability .001.
    assert (p < 0.05).sum() <= 33


def test_shocks_of_single_months_are_noise_and_a_ritual_is_not() -> None:
    rng = np.random.default_rng(2)
    odds = np.repeat(-3 + rng.normal(0, 0.7, (MONTHS, 50)), ISSUES, axis=0)
    noise, p = noise_and_p(rng.binomial(TRIALS, 1 / (1 + np.exp(-odds))).astype(float))
    assert np.median(noise.shock) > 3
    assert (p < 0.05).mean() <= 0.14


def test_one_year_knows_no_ritual() -> None:
    counted = counts(shares(m2=0.3)[:12])
    assert noise_and_p(counted)[1].tolist() == [1.0]


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
