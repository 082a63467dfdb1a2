"""How long `estimate_trends` takes.

- `python -m benchmarks trends`: seconds beside statsmodels' trend tests alone
- `python -m benchmarks.bench_trends`: time and memory at three sizes

Whether its intervals and tests keep their promises is in `trend_calibration`.
"""

from __future__ import annotations

import resource
import time

import numpy as np
import pandas as pd

from analysis.trends.estimation import estimate_trends

SIZES = ((1_600, 13, 24, 5), (50_000, 13, 60, 20), (1_000_000, 100, 60, 20))


def made_up(articles: int, themes: int, months: int, sources: int, *, seed: int = 0) -> pd.DataFrame:
    """Return random articles with a probability a theme."""
    rng = np.random.default_rng(seed)
    days = np.datetime64("2015-01-01") + rng.integers(0, months * 30, size=articles)
    columns = {
        "article_id": [f"a{n:08d}" for n in range(articles)],
        "source": np.array([f"s{n:02d}" for n in range(sources)], dtype=object)[
            rng.integers(0, sources, articles)
        ],
        "date": days.astype(str),
    }
    chance = rng.beta(0.1, 1.5, size=(articles, themes))
    return pd.DataFrame(columns | {f"p_t{n:03d}": chance[:, n] for n in range(themes)})


def run() -> list[dict[str, str | float]]:
    """Rows of the benchmark: everything we estimate, against statsmodels' clustered trend tests alone."""
    frame = made_up(*SIZES[0])
    start = time.perf_counter()
    estimate_trends(frame)
    ours = time.perf_counter() - start
    start = time.perf_counter()
    _peer(frame)
    peer = time.perf_counter() - start
    name = "shares, tests, change points (peer: statsmodels GLM trends)"
    return [{"name": name, "unit": "s", "ours": ours, "peer": peer, "ratio": peer / ours}]


def _peer(frame: pd.DataFrame) -> None:
    """Fit a trend a theme with statsmodels: logistic, source effects, errors clustered by issue."""
    import statsmodels.api as sm

    source = pd.get_dummies(frame["source"], dtype=float).to_numpy()
    years = (pd.to_datetime(frame["date"]) - pd.Timestamp("2015-01-01")).dt.days.to_numpy() / 365.25
    issues = pd.factorize(frame["source"] + frame["date"])[0]
    design = np.column_stack([years, source])
    for theme in [column for column in frame if column.startswith("p_")]:
        model = sm.GLM(frame[theme].to_numpy(), design, family=sm.families.Binomial())
        model.fit(cov_type="cluster", cov_kwds={"groups": issues})


def speed() -> None:
    """Print seconds and peak memory at a small, a middling and a large size."""
    for size in SIZES:
        frame = made_up(*size)
        start, busy = time.perf_counter(), time.process_time()
        result = estimate_trends(frame)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{size[0]:>9,} articles × {size[1]} themes × {size[2]} months × {size[3]} sources: "
            f"{time.perf_counter() - start:6.1f} s, processor {time.process_time() - busy:.1f} s, "
            f"peak {peak:.1f} GB, {len(result.trends):,} rows"
        )


if __name__ == "__main__":
    speed()
