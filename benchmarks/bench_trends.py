"""How long `estimate_trends` takes, and whether its intervals and tests keep their promises.

- `python -m benchmarks trends`: seconds beside statsmodels' trend tests alone
- `python benchmarks/bench_trends.py speed`: time and memory at three sizes
- `python benchmarks/bench_trends.py calibration [N [KIND…]]`: coverage, false positives, power in N studies

Calibration is by simulation (`analysis.trends.simulate`): the truth is known. 300 studies a kind take
minutes.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analysis.trends.estimation import estimate_trends
from analysis.trends.simulate import Design, Signal, simulate_study

SIZES = ((1_600, 13, 24, 5), (50_000, 13, 60, 20), (1_000_000, 100, 60, 20))
LEANINGS = (0.0, 0.6, -0.6)
CHANGING = {"a": 40, "b": list(np.linspace(60, 10, 24)), "c": [0] * 8 + [40] * 16}
SMALL = {"a": 20, "b": 12, "c": 8}
LARGE = {"a": 200, "b": 120, "c": 80}

KINDS = {
    "small": Design(
        {"x05": Signal(0.05, leanings=LEANINGS), "x15": Signal(0.15), "x30": Signal(0.3, season=(0.4, 2))},
        SMALL,
        clustering=0.03,
    ),
    "large": Design(
        {"x05": Signal(0.05, leanings=LEANINGS), "x15": Signal(0.15, season=(0.5, 2)), "x30": Signal(0.3)},
        LARGE,
        clustering=0.05,
    ),
    "changing mix": Design(
        {
            "x05": Signal(0.05, leanings=LEANINGS),
            "x15": Signal(0.15, leanings=(0.5, -0.5, 0.8)),
            "season": Signal(0.08, season=(1.0, 3), leanings=LEANINGS),
        },
        CHANGING,
        clustering=0.05,
    ),
    "shocks": Design({"x05": Signal(0.05), "x15": Signal(0.15)}, LARGE, clustering=0.03, shock=0.25),
    "power": Design(
        {
            "ramp": Signal(0.05, ramp_to=0.08),
            "step": Signal(0.05, step=(12, 0.08)),
            "step08": Signal(0.05, step=(8, 0.08)),
        },
        LARGE,
    ),
    "power, clustered": Design(
        {
            "ramp": Signal(0.05, ramp_to=0.08),
            "step": Signal(0.05, step=(12, 0.08)),
            "step08": Signal(0.05, step=(8, 0.08)),
        },
        LARGE,
        clustering=0.03,
    ),
    "soft": Design({"x05": Signal(0.05, leanings=LEANINGS), "x15": Signal(0.15)}, LARGE, confusion=0.1),
}


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
        start = time.perf_counter()
        result = estimate_trends(frame)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{size[0]:>9,} articles × {size[1]} themes × {size[2]} months × {size[3]} sources: "
            f"{time.perf_counter() - start:6.1f} s, peak {peak:.1f} GB, {len(result.trends):,} rows"
        )


def _study(design: Design, seed: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return coverage, tests and change points of one simulated study."""
    study = simulate_study(design, seed=seed)
    result = estimate_trends(study.articles, themes=tuple(design.signals))
    rows = result.trends.merge(study.truth, on=["theme", "source", "period_start"], suffixes=("", "_true"))
    rows = rows[rows["n_articles"] > 0]
    rows["covered"] = rows["share_true"].between(rows["low"], rows["high"])
    fixed = rows["adjusted_true"].between(rows["adjusted_low"], rows["adjusted_high"])
    rows["adjusted_covered"] = fixed.where(rows["source"] == "ALL").astype(float)
    points = result.change_points.assign(true=result.change_points["theme"].map(study.steps))
    coverage = rows.groupby(["theme", "source"])[["covered", "adjusted_covered"]].mean()
    return coverage, result.tests, points


def _dates(points: pd.DataFrame) -> pd.DataFrame:
    """Say of each change point whether it is significant, right within a month, and inside its interval."""
    day = {name: pd.to_datetime(points[name]) for name in ("date", "low", "high", "true")}
    month = {name: 12 * column.dt.year + column.dt.month for name, column in day.items()}
    significant = points["p"] < 0.05
    return points.assign(
        change=significant,
        dated=significant & ((month["date"] - month["true"]).abs() <= 1),
        inside=(day["low"] <= day["true"]) & (day["true"] <= day["high"]),
    )


def calibration(studies: int, kinds: Sequence[str]) -> None:
    """Print, for each kind of study, percentages by theme and source."""
    for name in kinds or KINDS:
        design = KINDS[name]
        found = [_study(design, seed) for seed in range(studies)]
        coverage = pd.concat([part[0] for part in found]).groupby(level=[0, 1]).mean()
        tests = pd.concat([part[1] for part in found])
        tests["trend"] = (tests["p"] < 0.05).astype(float).where(tests["p"].notna())
        by_test = tests.groupby(["theme", "source"])[["trend", "seasonal"]].mean()
        points = _dates(pd.concat([part[2] for part in found]))
        by_point = points.groupby(["theme", "source"])[["change", "dated", "inside"]].sum() / studies
        table = 100 * pd.concat([coverage, by_test.astype(float), by_point], axis=1)
        print(
            f"\n{name}: {studies} studies of {design.months} months, per cent\n{table.round(1).to_string()}"
        )


def main(arguments: list[str]) -> None:
    """Run what the command line asks for."""
    jobs: dict[str, Callable[[], None]] = {
        "speed": speed,
        "calibration": lambda: calibration(int(arguments[1]) if len(arguments) > 1 else 300, arguments[2:]),
    }
    if not arguments or arguments[0] not in jobs:
        sys.exit(__doc__)
    jobs[arguments[0]]()


if __name__ == "__main__":
    main(sys.argv[1:])
