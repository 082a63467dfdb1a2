"""Numbers of every table of trends on small simulated studies, as they were when they were last written.

python -m tests.analysis.trends.reference       write reference.json anew, after a change to the statistics

Oracles, simulations and calibration say whether numbers are right; these say that they are what they were: a
study that is run again years later gives the same numbers. Where a method is meant to change, write the file
anew and say in the changelog which tables did.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.trends.estimation import estimate_trends
from analysis.trends.methods.bursts import find_bursts
from analysis.trends.methods.emerging import classify_themes
from analysis.trends.methods.events import Event, estimate_events
from analysis.trends.methods.lead_lag import find_leads
from analysis.trends.methods.nonlinear import estimate_curves
from analysis.trends.methods.share_fitting import fit_share_model
from analysis.trends.methods.sources import compare_sources
from analysis.trends.panel import Panel, gather_issues
from analysis.trends.simulate import Design, Ritual, Signal, simulate_study

FILE = Path(__file__).with_suffix(".json")
_MOST_ROWS = 24

SIGNALS = {
    "ramp": Signal(0.06, ramp_to=0.16, leanings=(0.0, 0.6, -0.4)),
    "step": Signal(0.08, step=(20, 0.18), leanings=(0.3, 0.0, 0.0)),
    "season": Signal(0.1, season=(0.9, 3)),
    "ritual": Signal(0.05, rituals=(Ritual(1, 1, 14, 1.6, lunar=True), Ritual(3, 4, 10, 1.2))),
    "burst": Signal(0.04, burst=(15, 3, 1.5)),
}


@cache
def study(name: str) -> pd.DataFrame:
    """Articles with labels, or with probabilities."""
    volumes = {"a": 40, "b": [0] * 6 + [25] * 30, "c": 6}
    kind: dict[str, float] = {"shock": 0.15} if name == "labels" else {"confusion": 0.12}
    design = Design(SIGNALS, volumes, clustering=0.03, months=36, **kind)
    return simulate_study(design, seed=3).articles.drop(columns="truth")


def tables(name: str, made: str) -> dict[str, pd.DataFrame]:
    """Name → table of what is estimated from a study by one of `MADE`."""
    frame, themes = study(name), tuple(SIGNALS)
    if made in ("month", "quarter"):
        found = estimate_trends(frame, period=made, draws=4, themes=themes)
        return {table: getattr(found, table) for table in TABLES}
    if made == "share model":
        model = fit_share_model(frame, "share ~ source + time + season", theme="ramp")
        return {"coefficients": model.coefficients, "margins": model.margins("source")}
    return {made: METHODS[made](gather_issues(frame, period="month", themes=themes))}


TABLES: Final = ("trends", "tests", "change_points", "effects", "decomposition")
METHODS: Final[Mapping[str, Callable[[Panel], pd.DataFrame]]] = {
    "bursts": partial(find_bursts, draws=99),
    "emerging": classify_themes,
    "sources": compare_sources,
    "events": partial(estimate_events, events=[Event("law", "2021-03-01")]),
    "leads": partial(find_leads, permutations=99),
    "curves": estimate_curves,
}
MADE: Final = ("month", "quarter", "share model", *METHODS)
STUDIES: Final = ("labels", "probabilities")


def numbers(name: str, made: str) -> dict[str, dict[str, list[object]]]:
    """Table → column → values."""
    return {table: values(frame) for table, frame in tables(name, made).items()}


def values(table: pd.DataFrame) -> dict[str, list[object]]:
    """Column → values; of a long table every so many rows."""
    step = max(1, len(table) // _MOST_ROWS)
    thin = table.iloc[::step]
    columns = {column: thin[column].astype(object).where(thin[column].notna(), None) for column in thin}
    return {name: [_short(value) for value in column] for name, column in columns.items()}


def _short(value: object) -> object:
    return float(f"{value:.9g}") if isinstance(value, float) else value


def known() -> dict[str, dict[str, dict[str, list[object]]]]:
    """What was written: study and what was made → table → column → values."""
    read: dict[str, dict[str, dict[str, list[object]]]] = json.loads(FILE.read_text("utf-8"))
    return read


if __name__ == "__main__":
    every = {f"{name}, {made}": numbers(name, made) for name in STUDIES for made in MADE}
    FILE.write_text(json.dumps(every, ensure_ascii=False, default=lambda value: value.item()) + "\n", "utf-8")
