"""Whether the methods of `analysis.trends.methods` keep their promises, and what history they find.

- `python -m benchmarks trend_methods`: seconds of all of them beside `estimate_trends`
- `python -m benchmarks.bench_trend_methods calibration [N [KIND…]]`: false positives in N simulated studies
- `python -m benchmarks.bench_trend_methods drift [N]`: the same of word drift
- `python -m benchmarks.bench_trend_methods power [N]`: how often true effects are found
- `python -m benchmarks.bench_trend_methods history FILE.jsonl.gz`: what the UN General Debates show

Calibration and power print Markdown tables. Study number n has the seed n, so any N gives the same studies.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.trends.estimation import estimate_trends
from analysis.trends.methods.bursts import find_bursts
from analysis.trends.methods.drift import estimate_drift
from analysis.trends.methods.emerging import classify_themes
from analysis.trends.methods.events import Event, estimate_events
from analysis.trends.methods.lead_lag import TOGETHER, UNTOLD, find_leads
from analysis.trends.methods.nonlinear import estimate_curves
from analysis.trends.methods.share_model import fit_share_model
from analysis.trends.methods.sources import compare_sources
from analysis.trends.panel import Panel, gather_issues
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
CHANGING = {"a": 40, "b": list(np.linspace(60, 10, MONTHS)), "c": [0] * 8 + [40] * (MONTHS - 8)}
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
    rows, tokens = [], {}
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


def calibration(studies: int, kinds: Sequence[str]) -> None:
    """Print the percentage of false positives of each test in each kind of study."""
    columns = {}
    for name in kinds or KINDS:
        parts: dict[str, list[float]] = {}
        for seed in range(studies):
            study = simulate_study(KINDS[name], seed=seed)
            _gather(parts, false_positives(study.articles.drop(columns="truth"), seed))
            _gather(parts, false_positives_of_models(study, seed))
        columns[name] = {test: _per_cent(values) for test, values in parts.items()}
    _print_markdown(pd.DataFrame(columns).rename_axis("per cent of tests").reset_index())


def drift_calibration(studies: int) -> None:
    """Print what is said to drift where nothing does, and where ten words double."""
    still: dict[str, list[float]] = {}
    moving: dict[str, list[float]] = {}
    for seed in range(studies):
        _gather(still, false_drift(seed))
        _gather(moving, false_drift(seed, factor=2.0))
    columns = {"no drift": still, "ten words double": moving}
    table = {
        name: {test: _per_cent(values) for test, values in part.items()} for name, part in columns.items()
    }
    _print_markdown(pd.DataFrame(table).rename_axis("per cent").reset_index())


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
        _gather(found, _powers(panel, seed))
        for lag in (0, 2):
            leads = find_leads(gather_issues(led_frame(seed, lag=lag), period="month", themes=["x"]))
            row = leads.iloc[0]
            right = {0: TOGETHER, 2: "a"}[lag]
            _gather(found, {
                f"lag {lag}: link found": [float(row["q"] <= 0.05)],
                f"lag {lag}: called {right}": [float(row["leader"] == right)],
                f"lag {lag}: called wrongly": [float(row["leader"] not in (right, UNTOLD))],
                f"lag {lag}: interval holds it": [float(row["low"] <= lag <= row["high"])],
            })  # fmt: skip
    table = pd.DataFrame({"per cent": {name: _per_cent(values) for name, values in found.items()}})
    _print_markdown(table.rename_axis("400 articles a month, 36 months; leads: 320, 60 months").reset_index())


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
        "source higher by .4 in log-odds (15 articles a month)": [
            float(sources.loc[("higher in a", "level", "a"), "p"] < 0.05)
        ],
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


def _gather(parts: dict[str, list[float]], more: dict[str, list[float]]) -> None:
    """Add the numbers of one study to those before."""
    for name, values in more.items():
        parts.setdefault(name, []).extend(values)


def _per_cent(values: Sequence[float]) -> str:
    """Return the mean in per cent, and how many went into it."""
    return f"{100 * float(np.mean(values)):.1f} ({len(values):,})" if values else "not made"


def _print_markdown(table: pd.DataFrame) -> None:
    """Print a table as Markdown."""
    print("| " + " | ".join(map(str, table.columns)) + " |")
    print("|" + "---|" * len(table.columns))
    for row in table.itertuples(index=False):
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


def passages(path: str, *, words: int = 100) -> pd.DataFrame:
    """Cut speeches (`id`, `text`, `source`, `date`) into passages of so many words, with their themes.

    A passage has a theme where it holds one of the theme's seed terms.
    """
    from analysis.themes.codebook import load_codebook
    from analysis.themes.seed_terms import TermIndex

    book = load_codebook(Path(__file__).with_name("general_debates.toml"))
    index = TermIndex(book)
    ids = [theme.id for theme in book.themes]
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for speech in map(json.loads, lines):
            said = speech["text"].split()
            for start in range(0, len(said), words):
                text = " ".join(said[start : start + words])
                found = {index.terms[term].theme for term, _ in index.find(text, "en")}
                key = f"{speech['id']}-{start}"
                rows.append(
                    (key, speech["source"], speech["date"], *(float(n in found) for n in range(len(ids))))
                )
    return pd.DataFrame(rows, columns=["article_id", "source", "date", *(f"p_{name}" for name in ids)])


def history(path: str) -> None:
    """Print peak years, change points, bursts and leading countries of four themes."""
    frame = passages(path)
    trends = estimate_trends(frame, period="year")
    panel = gather_issues(frame, period="year")
    bursts, curves = find_bursts(panel), estimate_curves(panel)
    sources, leads = compare_sources(panel), find_leads(panel)
    print(f"{len(frame):,} passages, {frame['source'].nunique()} countries, {len(panel.calendar)} years\n")
    rows = []
    for theme in panel.themes:
        shares = trends.trends.query("theme == @theme and source == 'ALL'").set_index("period_start")["share"]
        point = trends.change_points.query("theme == @theme and source == 'ALL'")
        point_text = "none: " + _trend_text(trends.tests, theme)
        if len(point):
            one = point.iloc[0]
            point_text = (
                f"{one['date'][:4]} ({one['low'][:4]}–{one['high'][:4]}), "
                f"{100 * one['before']:.1f} → {100 * one['after']:.1f} %, q {one['q']:.3f}"
            )
        own = bursts.query("theme == @theme and source == 'ALL' and q <= 0.05")
        rows.append({
            "theme": theme,
            "peak year (share)": f"{shares.idxmax()[:4]} ({100 * shares.max():.1f} %)",
            "years above half the peak": _years(shares.index[shares >= shares.max() / 2]),
            "change point (95 %)": point_text,
            "bursts": ", ".join(f"{row.start[:4]}–{row.end[:4]}" for row in own.itertuples()) or "none",
            "curve, q": f"{curves.set_index(['theme', 'source']).loc[(theme, 'ALL'), 'q']:.1e}",
            "countries that speak of it most": _most(sources, theme),
            "countries that go before others": _leading(leads, theme),
        })  # fmt: skip
    _print_markdown(pd.DataFrame(rows).set_index("theme").T.rename_axis("").reset_index())


def _trend_text(tests: pd.DataFrame, theme: str) -> str:
    """Say the straight trend of a theme."""
    row = tests.query("theme == @theme and source == 'ALL'").iloc[0]
    return f"a straight line, {row['effect']:+.2f} a year"


def _years(starts: pd.Index) -> str:
    """Write years as stretches."""
    years = [int(start[:4]) for start in starts]
    ends = [year for year in years if year + 1 not in years]
    firsts = [year for year in years if year - 1 not in years]
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in zip(firsts, ends, strict=True))


def _most(sources: pd.DataFrame, theme: str) -> str:
    """Name the three countries highest above the others, where q ≤ .05."""
    own = sources.query(
        "theme == @theme and kind == 'level' and source != 'ALL' and q <= 0.05 and effect > 0"
    )
    own = own.sort_values("effect", ascending=False).head(3)
    return ", ".join(f"{row.source} ({row.effect:+.2f})" for row in own.itertuples()) or "none"


def _leading(leads: pd.DataFrame, theme: str) -> str:
    """Count the pairs in which each country is called leader."""
    own = leads.query("theme == @theme")
    called = own.loc[~own["leader"].isin([TOGETHER, UNTOLD]), "leader"].value_counts()
    named = ", ".join(f"{name} ({count})" for name, count in called.items())
    together = int((own["leader"] == TOGETHER).sum())
    return f"{named or 'none'}; together in {together} of {int(own['p'].notna().sum())} pairs"


def main(arguments: list[str]) -> None:
    """Run what the command line asks for."""
    number = int(arguments[1]) if len(arguments) > 1 and arguments[1].isdigit() else 500
    jobs: dict[str, Callable[[], None]] = {
        "calibration": lambda: calibration(number, [name for name in arguments[1:] if not name.isdigit()]),
        "drift": lambda: drift_calibration(number),
        "power": lambda: power(number),
        "history": lambda: history(arguments[1]),
    }
    if not arguments or arguments[0] not in jobs:
        sys.exit(__doc__)
    jobs[arguments[0]]()


if __name__ == "__main__":
    main(sys.argv[1:])
