"""What tests of a season and of a trend promise in the Gaussian limit, beside others that were tried.

`python -m benchmarks.trend_limits [N]` draws N (20,000 by default) studies of months with normal residuals,
of which issues explain a variance of 1 and shocks the rest, and prints a Markdown table of p < .05 in per
cent:

- waves, by months: the residual mean square of months, F (what `season_tests` does)
- waves, averaged: over how large shocks may be, as the trend is
- trend, averaged: over the sizes of shocks and of a season (what `trend_tests` does)
- trend, by months: shocks by the residual mean square of months, t; averaged over the season alone

`power` rows have a wave, or a trend, that the test with known variance finds in 61 and 90 %.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from scipy import stats

from analysis.trends.averaging import average_slope
from analysis.trends.panel import Floats
from analysis.trends.shocks import SIZES, log_likelihood, posterior, shock_prior
from benchmarks.bench_trend_methods import print_markdown

SHOCKS = (1.0, 1.2, 1.5, 2.0, 4.0, 10.0)
SEASONS = {"none": (0.0, 0.0), "weak": (-0.6, 0.0), "stronger": (-1.2, 0.0), "strong": (-3.0, 3.0)}
CERTAIN = 1e9


def design_of(months: int) -> Floats:
    """Return (months, 6): one, years, and the waves of a year and of half a year."""
    place = np.arange(months)
    phase = 2 * np.pi * (place + 0.5) / 12
    waves = [wave(order * phase) for order in (1, 2) for wave in (np.sin, np.cos)]
    return np.column_stack([np.ones(months), (place - place.mean()) / 12, *waves])


def tests_of(y: Floats, x: Floats) -> dict[str, Floats]:
    """Return the p of each test in each study (a column of y)."""
    inverse = np.linalg.inv(x.T @ x)
    fitted = inverse @ x.T @ y
    left, degrees = ((y - x @ fitted) ** 2).sum(axis=0), len(x) - x.shape[1]
    line = x[:, :2]
    without = ((y - line @ np.linalg.lstsq(line, y, rcond=None)[0]) ** 2).sum(axis=0)
    explained, noise = without - left, left / degrees
    likelihood = log_likelihood(left, np.full(y.shape[1], float(degrees)))
    weight = posterior(np.log(shock_prior())[:, None] + likelihood)
    covariance = np.broadcast_to(inverse[1:, 1:], (y.shape[1], 5, 5))
    none = np.where(SIZES[:, None] > 1, -np.inf, np.zeros((1, y.shape[1])))
    certain = np.full(y.shape[1], CERTAIN)
    averaged = average_slope(fitted[1:], covariance, likelihood, certain)
    by_months = average_slope(
        fitted[1:], covariance * noise[:, None, None], none, np.full(y.shape[1], degrees)
    )
    return {
        "waves, by months": stats.f.sf(explained / 4 / noise, 4, degrees),
        "waves, averaged": (weight * stats.chi2.sf(explained / SIZES[:, None], 4)).sum(axis=0),
        "trend, averaged": 2 * stats.t.sf(np.abs(averaged.effect) / averaged.error, averaged.degrees),
        "trend, by months": 2 * stats.t.sf(np.abs(by_months.effect) / by_months.error, by_months.degrees),
    }


def table_of(months: int, studies: int) -> pd.DataFrame:
    """Return the table of studies of so many months."""
    rng, x = np.random.default_rng(0), design_of(months)
    needed = (1.96 + 1.2816) * np.sqrt(np.linalg.inv(x.T @ x)[1, 1])
    rows = []

    def add(name: str, shock: float, coefficients: tuple[float, ...], tests: str) -> None:
        y = rng.normal(size=(months, studies)) * np.sqrt(shock) + x[:, 1:4] @ np.array(coefficients)[:, None]
        found = {
            test: f"{100 * (p < 0.05).mean():.1f}" if test.startswith(tests) else "–"
            for test, p in tests_of(y, x).items()
        }
        rows.append({"months": months, "study": name} | found)

    for shock in SHOCKS:
        add(f"variance of months {shock:g}", shock, (0, 0, 0), "")
    for name, (sine, cosine) in SEASONS.items():
        if name != "none":
            add(f"{name} season", 1, (0, sine, cosine), "trend")
    add("power: waves", 1, (0, np.sqrt(9.5 / (months / 2)), 0), "waves")
    add("power: trend", 1, (needed, 0, 0), "trend")
    return pd.DataFrame(rows)


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print_markdown(pd.concat([table_of(months, number) for months in (24, 36, 60)], ignore_index=True))
