"""How often the methods of `analysis.trends.methods` find true effects, and date and name them rightly.

`python -m benchmarks.trend_method_power [N]` prints a Markdown table of N simulated studies (200 by default);
study number n has the seed n.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from analysis.trends.methods.bursts import find_bursts
from analysis.trends.methods.emerging import classify_themes
from analysis.trends.methods.events import Event, estimate_events
from analysis.trends.methods.lead_lag import TOGETHER, UNTOLD, find_leads
from analysis.trends.methods.nonlinear import estimate_curves
from analysis.trends.methods.sources import compare_sources
from analysis.trends.panel import Panel, gather_issues
from analysis.trends.simulate import Design, Signal, simulate_study
from benchmarks.bench_trend_methods import DRAWS, EVENT, MONTHS, gather, per_cent, print_markdown


def led_frame(seed: int, *, lag: int, months: int = 60, height: float = 0.5) -> pd.DataFrame:
    """Return articles of two sources whose shocks in log-odds are the same, those of b `lag` months later."""
    rng = np.random.default_rng(seed)
    shocks = rng.normal(0.0, height, months + 12)
    rows = []
    for name, late in (("a", 0), ("b", lag)):
        for month in range(months):
            odds = -1.7 + 0.5 * np.cos(2 * np.pi * month / 12) + shocks[month + 6 - late]
            start = np.datetime64("2018-01") + month
            for day in range(1, 21):
                chance = rng.beta(19 / (1 + np.exp(-odds)), 19 / (1 + np.exp(odds)))
                date = str(start.astype("datetime64[D]") + day)
                rows += [(name, date, "x" if hit else "y") for hit in rng.random(rng.poisson(8)) < chance]
    frame = pd.DataFrame(rows, columns=["source", "date", "theme"])
    return frame.assign(article_id=[f"a{place}" for place in range(len(frame))])


POWER = Design(
    {
        "higher in a": Signal(0.08, leanings=(0.4, 0.0, 0.0)),
        "event": Signal(0.05, step=(18, 0.08)),
        "bow": Signal(0.06, burst=(12, 12, 0.5)),
        "burst": Signal(0.06, season=(0.5, 2), burst=(20, 2, 0.7)),
        "new": Signal(0.001, step=(24, 0.03)),
        "growing": Signal(0.06, step=(24, 0.09)),
        "fading": Signal(0.09, step=(24, 0.06)),
        "steady": Signal(0.1, season=(0.5, 2)),
    },
    {"a": 200, "b": 120, "c": 80},
    months=MONTHS,
    clustering=0.03,
)  # fmt: skip


def power(studies: int) -> None:
    """Print how often true effects are found, and how often dates, states and leaders are right."""
    found: dict[str, list[float]] = {}
    for seed in range(studies):
        panel = gather_issues(simulate_study(POWER, seed=seed).articles.drop(columns="truth"), period="month")
        gather(found, _powers(panel, seed))
        for lag in (0, 2):
            leads = find_leads(gather_issues(led_frame(seed, lag=lag), period="month", themes=["x"]))
            row = leads.iloc[0]
            right = {0: TOGETHER, 2: "a"}[lag]
            gather(found, {
                f"lag {lag}: link found": [float(row["q"] <= 0.05)],
                f"lag {lag}: called {right}": [float(row["leader"] == right)],
                f"lag {lag}: called wrongly": [float(row["leader"] not in (right, UNTOLD))],
                f"lag {lag}: interval holds it": [float(row["low"] <= lag <= row["high"])],
            })  # fmt: skip
    table = pd.DataFrame({"per cent": {name: per_cent(values) for name, values in found.items()}})
    print_markdown(table.rename_axis("400 articles a month, 36 months; leads: 320, 60 months").reset_index())


def _powers(panel: Panel, seed: int) -> dict[str, list[float]]:
    """Return what was found in one study of `POWER`."""
    sources = compare_sources(panel).set_index(["theme", "kind", "source"])
    curves = estimate_curves(panel).set_index(["theme", "source"])
    events = estimate_events(panel, [Event("step", EVENT)]).set_index(["theme", "kind"])
    bursts = find_bursts(panel, draws=DRAWS, seed=seed)
    own = bursts[(bursts["theme"] == "burst") & (bursts["source"] == "ALL") & (bursts["p"] <= 0.05)]
    hit = own[(own["start"] <= "2021-10-01") & (own["end"] >= "2021-09-30")]
    states = classify_themes(panel).set_index("theme")["state"]
    level = events.loc[("event", "level")]
    true = np.log(0.08 / 0.92) - np.log(0.05 / 0.95)
    return {
        "source higher by .4 in log-odds": [float(sources.loc[("higher in a", "level", "a"), "p"] < 0.05)],
        "curve: half again as much for a year": [float(curves.loc[("bow", "ALL"), "p"] < 0.05)],
        "event, 5 to 8 %": [float(level["p"] < 0.05)],
        "event: interval holds the true level": [float(level["low"] <= true <= level["high"])],
        "burst of two months, odds × 2": [float(len(hit) > 0)],
        "burst: first and last month right": [
            float(((hit["start"] == "2021-09-01") & (hit["end"] == "2021-10-31")).any())
        ],
        **{
            f"called {state}": [float(states[state] == state)]
            for state in ("new", "growing", "fading", "steady")
        },
    }


if __name__ == "__main__":
    power(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
