"""Whether the methods of `analysis.trends.methods` keep their promises.

- `python -m benchmarks trend_methods`: seconds of a formula's fit beside statsmodels' GLM
- `python -m benchmarks.bench_trend_methods calibration [N [KIND…]] [--keep DIR] [--minutes M]
  [--first SEED]`: false positives in N simulated studies; with `--keep` a run goes on where
  it was stopped, with `--minutes` it stops itself
- `python -m benchmarks.bench_trend_methods drift [N]`: the same of word drift

They print Markdown tables. Study number n has the seed n (plus that of the first, 0 by default), so any N
gives the same studies. How often true effects are found: `python -m benchmarks.trend_method_power [N]`.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.trends.methods.bursts import find_bursts
from analysis.trends.methods.drift import estimate_drift
from analysis.trends.methods.emerging import classify_themes
from analysis.trends.methods.events import Event, estimate_events
from analysis.trends.methods.lead_lag import find_leads
from analysis.trends.methods.nonlinear import estimate_curves
from analysis.trends.methods.share_fitting import fit_share_model
from analysis.trends.methods.sources import compare_sources
from analysis.trends.panel import gather_issues
from analysis.trends.simulate import Design, Signal, Study, simulate_study

LEANINGS = (0.0, 0.6, -0.6)
MONTHS = 36
EVENT = "2021-07-01"
NULLS = {
    "flat": Signal(0.1),
    "season": Signal(0.06, season=(0.7, 3)),
    "leaning ramp": Signal(0.05, ramp_to=0.09, leanings=LEANINGS),
    "leaning season": Signal(0.06, season=(0.7, 3), leanings=LEANINGS),
    "margin": Signal(0.1, step=(24, 0.1 * 1.5 / (1 + 0.1 * 0.5))),
    "trace": Signal(0.01, step=(24, 0.03)),
}
SMALL = Design(NULLS, {"a": 20, "b": 12, "c": 8}, months=MONTHS, clustering=0.03)
CHANGING: dict[str, float | Sequence[float]] = {
    "a": 40,
    "b": list(np.linspace(60, 10, MONTHS)),
    "c": [0] * 8 + [40] * (MONTHS - 8),
}
KINDS = {
    "small": SMALL,
    "large": replace(SMALL, volumes={"a": 200, "b": 120, "c": 80}, clustering=0.05),
    "changing mix": replace(SMALL, volumes=CHANGING, clustering=0.05),
}
LEVEL_THEMES, COURSE_THEMES = ("flat", "season"), ("flat", "season", "leaning ramp", "leaning season")
STILL_THEMES = ("flat", "season", "leaning season")
DRAWS = 199
DRIFTING = np.arange(20, 30)
"""Places of the words that drift, where any do."""


def run() -> list[dict[str, str | float]]:
    """Rows of the benchmark: one formula for four themes, errors by issue, against statsmodels' GLM."""
    frame = simulate_study(KINDS["large"], seed=0).articles.drop(columns="truth")
    right = "source + cc(month, df=4, constraints='center') + time"
    days = pd.to_datetime(frame["date"])
    known = frame.assign(month=days.dt.month, time=(days - days.min()).dt.days / 365.25)
    issue = pd.factorize(frame["source"] + frame["date"])[0]

    def ours(theme: str) -> None:
        fit_share_model(frame, "share ~ source + s(month) + time", theme=theme)

    def peer(theme: str) -> None:
        import statsmodels.api as sm
        from formulaic import model_matrix

        design = np.asarray(model_matrix(right, known))
        model = sm.GLM((frame["theme"] == theme).to_numpy(float), design, family=sm.families.Binomial())
        model.fit(cov_type="cluster", cov_kwds={"groups": issue})

    seconds = []
    for fit in (ours, peer):
        fit(COURSE_THEMES[0])
        start = time.perf_counter()
        for theme in COURSE_THEMES:
            fit(theme)
        seconds.append(time.perf_counter() - start)
    name = f"a formula for 4 themes of {len(frame):,} articles (peer: statsmodels GLM)"
    return [
        {"name": name, "unit": "s", "ours": seconds[0], "peer": seconds[1], "ratio": seconds[1] / seconds[0]}
    ]


def false_positives(frame: pd.DataFrame, seed: int) -> dict[str, list[float]]:
    """Return, of each test, whether it found what isn't there, one number a test made."""
    found: dict[str, list[float]] = {}
    everything = gather_issues(frame, period="month", themes=tuple(NULLS))
    panel = gather_issues(frame, period="month", themes=COURSE_THEMES)

    def put(name: str, table: pd.DataFrame, themes: Sequence[str]) -> None:
        p = table.loc[table["theme"].isin(themes), "p"].dropna()
        found[name] = list((p < 0.05).astype(float))

    sources = compare_sources(panel)
    for kind, themes in (("level", LEVEL_THEMES), ("trend", COURSE_THEMES)):
        rows = sources[sources["kind"] == kind]
        put(f"difference in {kind}, a source", rows[rows["source"] != "ALL"], themes)
        put(f"difference in {kind}, all sources", rows[rows["source"] == "ALL"], themes)
    put("curve", estimate_curves(panel), COURSE_THEMES)
    put(
        "lead and lag: sources move together", find_leads(panel, permutations=DRAWS, seed=seed), COURSE_THEMES
    )
    bursts = find_bursts(panel, draws=DRAWS, seed=seed)
    alarms = bursts[bursts["p"] <= 0.05].groupby(["theme", "source"]).size()
    series = [(theme, source) for theme in COURSE_THEMES for source in ("ALL", *panel.sources)]
    found["burst, a series"] = [float(key in alarms.index) for key in series]
    states = classify_themes(everything).set_index("theme")
    still = states.loc[list(STILL_THEMES)]
    found["emerging: p of the recent periods"] = list((still["p"] < 0.05).astype(float))
    moving = states["state"].isin(["new", "growing", "fading"])
    false = int(moving[list(STILL_THEMES)].sum())
    found["emerging: share of unchanged themes among those called moving"] = [false / max(moving.sum(), 1)]
    found["emerging: odds × 1.5 called steady"] = [float(states.loc["margin", "state"] == "steady")]
    found["emerging: 1 % before called new"] = [float(states.loc["trace", "state"] == "new")]
    events = estimate_events(panel, [Event("none", EVENT)])
    for kind in ("level", "slope"):
        put(f"event, {kind}", events[events["kind"] == kind], COURSE_THEMES)
    return found


def false_positives_of_models(study: Study, seed: int) -> dict[str, list[float]]:
    """Return what a formula says of a coin tossed for each issue, and whether its margins hold the truth."""
    frame = study.articles.drop(columns="truth")
    issue = pd.factorize(frame["source"] + frame["date"])[0]
    coin = np.random.default_rng(seed).integers(0, 2, size=issue.max() + 1)
    frame = frame.assign(front=coin[issue])
    months = frame["date"].str[:7].value_counts()
    found: dict[str, list[float]] = {"formula: a coin's p": [], "formula: margins outside 95 %": []}
    for theme in ("flat", "leaning season"):
        model = fit_share_model(frame, "share ~ source + s(month) + s(time) + front", theme=theme)
        p = model.tests.set_index("term").loc["front", "p"]
        found["formula: a coin's p"].append(float(p < 0.05))
        truth = study.truth[study.truth["theme"] == theme]
        for row in model.margins("source").itertuples():
            own = truth[truth["source"] == row.source]
            share = np.average(own["share"], weights=own["period_start"].str[:7].map(months).fillna(0))
            found["formula: margins outside 95 %"].append(float(not row.low <= share <= row.high))
    return found


def false_drift(seed: int, *, factor: float = 1.0) -> dict[str, list[float]]:
    """Return what is said to drift in articles whose words don't, save for a change of the mix of sources.

    300 words of Zipf's frequencies; each source has its own style, each issue and each article its own
    leaning to some words (Dirichlet). `factor` multiplies ten words of middling frequency in the later half.
    """
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, ...]] = []
    tokens = {}
    base = 1 / np.arange(1, 301)
    styles = {name: base * rng.gamma(4, 0.25, size=300) for name in ("a", "b", "c")}
    for month in range(24):
        for name, style in styles.items():
            for day in rng.choice(
                28, size=(3 if name == "a" or (month < 12) == (name == "b") else 1), replace=False
            ):
                words = style.copy()
                if month >= 12:
                    words[DRIFTING] *= factor
                of_issue = rng.dirichlet(400 * words / words.sum() + 1e-6)
                for _ in range(1 + rng.poisson(1.0)):
                    key = f"a{len(rows):05d}"
                    of_article = rng.dirichlet(150 * of_issue + 1e-6)
                    said = rng.multinomial(60 + rng.poisson(60), of_article)
                    tokens[key] = [f"w{word:03d}" for word in np.repeat(np.arange(300), said)]
                    date = f"{2020 + month // 12}-{month % 12 + 1:02d}-{day + 1:02d}"
                    rows.append((key, name, date, "en", "", "x"))
    frame = pd.DataFrame(rows, columns=["article_id", "source", "date", "lang", "text", "theme"])
    drift = estimate_drift(frame, split="2021-01-01", seed=seed, tokens=tokens, permutations=DRAWS)
    words = drift.words
    moved = words["word"].isin([f"w{place:03d}" for place in DRIFTING])
    return {
        "drift, a word": list((words.loc[~moved, "p"] < 0.05).astype(float)),
        "drift, share of false ones among words with q ≤ .05": [
            float((~moved & (words["q"] <= 0.05)).sum() / max((words["q"] <= 0.05).sum(), 1))
        ],
        "drift, a theme": list((drift.themes["p"] <= 0.05).astype(float)),
        "drift, a word that doubled: q ≤ .05": list((words.loc[moved, "q"] <= 0.05).astype(float)),
    }


def calibration(studies: int, kinds: Sequence[str], folder: Path | None, minutes: float, first: int) -> None:
    """Print the percentage of false positives of each test in each kind of study that has all its studies."""
    until = time.monotonic() + 60 * minutes
    columns = {}
    for name in kinds or KINDS:
        file = None if folder is None else folder / f"methods, {name}, from {first}.jsonl"
        kept = file.read_text("utf-8").splitlines() if file is not None and file.exists() else []
        found = [json.loads(line) for line in kept][:studies]
        for seed in range(first + len(found), first + studies):
            if time.monotonic() > until:
                break
            study = simulate_study(KINDS[name], seed=seed)
            found.append(false_positives(study.articles.drop(columns="truth"), seed))
            gather(found[-1], false_positives_of_models(study, seed))
            if file is not None:
                with file.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(found[-1]) + "\n")
        print(f"{name}: {studies - len(found)} studies to go", file=sys.stderr, flush=True)
        if len(found) < studies:
            continue
        parts: dict[str, list[float]] = {}
        for one in found:
            gather(parts, one)
        columns[name] = {test: per_cent(values) for test, values in parts.items()}
    print_markdown(pd.DataFrame(columns).rename_axis("per cent of tests").reset_index())


def drift_calibration(studies: int) -> None:
    """Print what is said to drift where nothing does, and where ten words double."""
    still: dict[str, list[float]] = {}
    moving: dict[str, list[float]] = {}
    for seed in range(studies):
        gather(still, false_drift(seed))
        gather(moving, false_drift(seed, factor=2.0))
    columns = {"no drift": still, "ten words double": moving}
    table = {
        name: {test: per_cent(values) for test, values in part.items()} for name, part in columns.items()
    }
    print_markdown(pd.DataFrame(table).rename_axis("per cent").reset_index())


def gather(parts: dict[str, list[float]], more: dict[str, list[float]]) -> None:
    """Add the numbers of one study to those before."""
    for name, values in more.items():
        parts.setdefault(name, []).extend(values)


def per_cent(values: Sequence[float]) -> str:
    """Return the mean in per cent, and how many went into it."""
    return f"{100 * float(np.mean(values)):.1f} ({len(values):,})" if values else "not made"


def print_markdown(table: pd.DataFrame) -> None:
    """Print a table as Markdown."""
    print("| " + " | ".join(map(str, table.columns)) + " |")
    print("|" + "---|" * len(table.columns))
    for row in table.itertuples(index=False):
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


def main() -> None:
    """Read the command line."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("job", choices=["calibration", "drift"])
    parser.add_argument("studies", type=int, nargs="?", default=500)
    parser.add_argument("kinds", nargs="*", metavar="KIND", choices=[*KINDS, []])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--minutes", type=float, default=np.inf)
    parser.add_argument("--first", type=int, default=0, help="seed of the first study")
    given = parser.parse_args()
    if given.keep is not None:
        given.keep.mkdir(parents=True, exist_ok=True)
    if given.job == "drift":
        drift_calibration(given.studies)
    else:
        calibration(given.studies, given.kinds, given.keep, given.minutes, given.first)


if __name__ == "__main__":
    main()
