import numpy as np
import pytest

from analysis.trends import averaging
from analysis.trends.averaging import average_slope, season_prior
from analysis.trends.shocks import SIZES, common_shocks, log_likelihood, posterior, shock_prior

NONE = np.where(SIZES[:, None] > 1, -np.inf, 0.0)
MONTHS = 24


def designs():
    """Return a trend and two harmonics in two years of months."""
    phase = 2 * np.pi * np.arange(MONTHS) / 12
    waves = [f(k * phase) for k in (1, 2) for f in (np.sin, np.cos)]
    time = (np.arange(MONTHS) - (MONTHS - 1) / 2) / 12
    return np.column_stack([np.ones(MONTHS), time, *waves])


def estimates(y):
    """Return slopes (5, K), covariance and likelihood of shocks by least squares with the variance 1."""
    x = designs()
    inverse = np.linalg.inv(x.T @ x)
    fitted = inverse @ x.T @ y
    left = ((y - x @ fitted) ** 2).sum(axis=0)
    covariance = np.broadcast_to(inverse[1:, 1:], (y.shape[1], 5, 5)).copy()
    return fitted[1:], covariance, log_likelihood(left, np.full(y.shape[1], MONTHS - 6.0))


def test_priors_are_probabilities() -> None:
    assert season_prior().sum() == pytest.approx(1)
    assert shock_prior().sum() == pytest.approx(1)
    assert (shock_prior() > 0).all()


@pytest.mark.parametrize("size", [0.0, 1.0, 8.0])
def test_one_size_of_season_is_ridge_regression(size, monkeypatch) -> None:
    # The posterior of a Gaussian prior is least squares on rows added for it, which numpy does.
    y = np.random.default_rng(0).normal(size=(MONTHS, 1))
    slopes, covariance, _ = estimates(y)
    scale = size**2 * np.trace(covariance[0, 1:, 1:]) / 4
    monkeypatch.setattr(averaging, "SEASONS", np.array([size, size]))
    found = average_slope(slopes, covariance, NONE, np.array([1e9]))
    x = designs()
    rows = np.hstack([np.zeros((4, 2)), np.eye(4)]) / np.sqrt(max(scale, 1e-12))
    stacked = np.vstack([x, rows])
    theirs = np.linalg.lstsq(stacked, np.append(y[:, 0], np.zeros(4)), rcond=None)[0]
    assert found.effect[0] == pytest.approx(theirs[1], abs=1e-6)
    assert found.error[0] == pytest.approx(np.sqrt(np.linalg.inv(stacked.T @ stacked)[1, 1]), rel=1e-5)


def test_the_average_is_that_of_numbers_integrated_by_hand() -> None:
    from scipy.stats import multivariate_normal

    y = np.random.default_rng(1).normal(size=(MONTHS, 1)) + designs()[:, [2]]
    slopes, covariance, shocks = estimates(y)
    weights, means = [], []
    unit = np.trace(covariance[0, 1:, 1:]) / 4
    for tau, season in zip(averaging.SEASONS, season_prior(), strict=True):
        for place, (size, shock) in enumerate(zip(SIZES, shock_prior(), strict=True)):
            spread = size * covariance[0, 1:, 1:] + tau**2 * unit * np.eye(4)
            likelihood = multivariate_normal(cov=spread).pdf(slopes[1:, 0]) * np.exp(shocks[place, 0])
            weights.append(season * shock * likelihood)
            pull = size * covariance[0, 0, 1:] @ np.linalg.solve(spread, slopes[1:, 0])
            means.append(slopes[0, 0] - pull)
    found = average_slope(slopes, covariance, shocks, np.array([1e9]))
    assert found.effect[0] == pytest.approx(np.average(means, weights=weights))


def false_positives(season, shock=1.0, studies=4000, trend=0.0):
    from scipy.stats import t

    noise = np.random.default_rng(2).normal(size=(MONTHS, studies)) * np.sqrt(shock)
    x = designs()
    found = average_slope(
        *estimates(noise + x @ np.array([0, trend, *season])[:, None]), np.full(studies, 1e9)
    )
    return float((2 * t.sf(np.abs(found.effect) / found.error, found.degrees) < 0.05).mean())


@pytest.mark.parametrize(
    "season", [(0, 0, 0, 0), (-0.6, 0, 0, 0), (-1.2, 0, 0, 0), (0, 0.8, 0, 0), (-3, 3, 1, 0)]
)
def test_false_positives_whatever_the_season(season) -> None:
    # 4,000 studies: a true rate of 3 or 7 % has a standard error of .3 or .4 points.
    assert 0.025 < false_positives(season) < 0.08


@pytest.mark.parametrize("shock", [1.2, 2.0, 10.0, 100.0])
def test_false_positives_with_shocks(shock) -> None:
    assert 0.03 < false_positives((0, 0, 0, 0), shock) < 0.08


def test_a_season_that_is_not_there_costs_little() -> None:
    x = designs()
    # The trend that a model with a free season of known variance finds in 90 % of studies.
    trend = (1.96 + 1.2816) * np.sqrt(np.linalg.inv(x.T @ x)[1, 1])
    assert false_positives((0, 0, 0, 0), trend=trend) > 0.915


def test_without_a_season_only_shocks_are_averaged() -> None:
    shocks = np.zeros((len(SIZES), 1))
    found = average_slope(np.array([[0.3]]), np.array([[[0.04]]]), shocks, np.array([1e9]))
    spread = 0.04 * (shock_prior() * SIZES).sum()
    assert found.effect[0] == pytest.approx(0.3)
    assert found.error[0] ** 2 * found.degrees[0] / (found.degrees[0] - 2) == pytest.approx(spread)
    none = average_slope(np.array([[0.3]]), np.array([[[0.04]]]), NONE, np.array([20.0]))
    assert (none.error[0], none.degrees[0]) == (pytest.approx(0.2), pytest.approx(20, rel=0.01))


def test_shocks_are_told_from_none() -> None:
    from analysis.trends.quasibinomial import fit_quasi_binomial

    rng = np.random.default_rng(5)
    day = np.repeat(30.5 * np.arange(MONTHS), 20) + 18_300
    odds = -2 + np.repeat(rng.normal(size=(MONTHS, 2)) * [0, 0.6], 20, axis=0)
    y = rng.binomial(20, 1 / (1 + np.exp(-odds))).astype(float)
    trials, groups = np.full(len(day), 20.0), np.zeros(len(day), np.int64)
    fit = fit_quasi_binomial(y, trials, groups, (day - day.mean())[:, None] / 365, size=1)
    weight = posterior(common_shocks(fit, day) + np.log(shock_prior())[:, None])
    assert weight[0, 0] > 0.6
    assert weight[SIZES >= 4, 1].sum() > 0.99
    short = common_shocks(fit, np.linspace(18_300, 18_340, len(day)))
    assert np.isneginf(short[1:]).all()
