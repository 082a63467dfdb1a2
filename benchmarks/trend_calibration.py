"""Whether intervals and tests of `estimate_trends` keep their promises, by simulation with known truth.

`python -m benchmarks.trend_calibration N [KIND…] [--keep DIR] [--minutes M]` simulates N studies a kind
(`trend_studies.KINDS`, all by default) and prints a Markdown table each. With `--keep` every study is written
to DIR/KIND.jsonl and not made again, so that a run goes on where it was stopped; the folder belongs to one
state of the code. With `--minutes` no study is begun after that, and kinds short of N studies have no table.

The tables are per cent of N studies:

- `covered`, `adjusted`: months whose 95 % interval covers the true share, raw and at the fixed mix
- `naive`: the same for the textbook interval of a share, articles independent and labels taken as true
- `trend`, `season`, `change`: tests with p < .05, of those made; false positives where nothing changes
- `counts`, `line`: p < .05 of a straight line through the monthly counts, which is what a plot of topics over
  time invites to read, and by least squares through the monthly shares
- `dated`, `inside`: change points that are significant and right within a month, and intervals that hold the
  month of the step

and below it the false discovery rate: the mean part of false ones among discoveries at q < .05.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.trends.estimation import Trends, estimate_trends
from analysis.trends.simulate import Design, Study, simulate_study
from benchmarks.trend_studies import ABOUT, KINDS

FIRST_SEED = 1000
KEYS = ["theme", "source"]


def study_rows(design: Design, seed: int) -> tuple[pd.DataFrame, dict[str, float]]:
    """Return what one simulated study shows, a row a theme and source, and its false discoveries."""
    study = simulate_study(design, seed=seed)
    found = estimate_trends(study.articles, themes=tuple(design.signals), seed=seed)
    rows = _coverage(found, study).join(_naive(study, design), how="left")
    tests, effects = found.tests.set_index(KEYS), found.effects.set_index(KEYS)
    rows["trend"], rows["season"] = _rejected(tests["p"]), _rejected(effects["season_p"])
    points = found.change_points.set_index(KEYS)
    rows = rows.join(_points(points, study), how="left")
    made = rows["change"].notna() | rows["trend"].notna()
    points_columns = ["change", "dated", "inside"]
    rows[points_columns] = rows[points_columns].fillna(0.0).where(made)
    return rows, _false_discoveries(found, design)


def _rejected(p: pd.Series) -> pd.Series:
    """1 where p < .05, 0 where not, missing where there was no test."""
    return (p < 0.05).astype(float).where(p.notna())


def _coverage(found: Trends, study: Study) -> pd.DataFrame:
    """Part of the months whose interval covers the truth."""
    rows = found.trends.merge(study.truth, on=[*KEYS, "period_start"], suffixes=("", "_true"))
    rows = rows[rows["n_articles"] > 0]
    fixed = rows["adjusted_true"].between(rows["adjusted_low"], rows["adjusted_high"]).astype(float)
    covered = rows["share_true"].between(rows["low"], rows["high"])
    rows = rows.assign(covered=covered, adjusted=fixed.where(rows["source"] == "ALL"))
    return rows.groupby(KEYS)[["covered", "adjusted"]].mean()


def _naive(study: Study, design: Design) -> pd.DataFrame:
    """The textbook interval, and straight lines through counts and shares by least squares."""
    from scipy.stats import linregress

    articles, signals = study.articles, list(design.signals)
    month, months = pd.factorize(articles["date"].str[:7], sort=True)
    theme = pd.Index(signals).get_indexer(articles["theme"])
    truth = study.truth.pivot(index=KEYS, columns="period_start", values="share")
    truth.columns = truth.columns.str[:7]
    time, rows = np.arange(len(months), dtype=float), {}
    for source in ("ALL", *design.volumes):
        mine = np.ones(len(month), bool) if source == "ALL" else (articles["source"] == source).to_numpy()
        n = np.bincount(month[mine], minlength=len(months))
        held = n > 0
        for place, name in enumerate(signals):
            count = np.bincount(month[mine & (theme == place)], minlength=len(months))
            share = count[held] / n[held]
            reach = 1.96 * np.sqrt(share * (1 - share) / n[held])
            true = truth.loc[(name, source), months].to_numpy()[held]
            flat = np.ptp(count) == 0
            rows[name, source] = {
                "naive": float((np.abs(share - true) <= reach).mean()),
                "counts": float(not flat and linregress(time, count).pvalue < 0.05),
                "line": float(not flat and linregress(time[held], share).pvalue < 0.05),
            }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(KEYS)


def _points(points: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Whether each step is significant, right within a month, and inside its interval."""
    true = points.index.get_level_values("theme").map(study.steps)
    day = {name: pd.to_datetime(points[name]) for name in ("date", "low", "high")}
    day["true"] = pd.Series(pd.to_datetime(true), index=points.index)
    month = {name: 12 * column.dt.year + column.dt.month for name, column in day.items()}
    change = _rejected(points["p"])
    near = (month["date"] - month["true"]).abs() <= 1
    inside = (day["low"] <= day["true"]) & (day["true"] <= day["high"])
    return pd.DataFrame({"change": change, "dated": near * change, "inside": inside.astype(float)})


def _false_discoveries(found: Trends, design: Design) -> dict[str, float]:
    """Part of false ones among the discoveries at q < .05 of each table, 0 where there is none."""
    signals = design.signals
    changing = {name for name, signal in signals.items() if signal.step or signal.ramp_to}
    seasonal = {name for name, signal in signals.items() if signal.season or signal.rituals}
    tables = (
        ("trend", found.tests["theme"], found.tests["q"], changing),
        ("season", found.effects["theme"], found.effects["season_q"], seasonal),
        ("change point", found.change_points["theme"], found.change_points["q"], changing),
    )
    return {
        name: float((~theme[q < 0.05].isin(true)).mean()) if (q < 0.05).any() else 0.0
        for name, theme, q, true in tables
    }


def simulated(kind: str, studies: int, folder: Path | None, until: float) -> list[dict[str, Any]]:
    """Return what studies of a kind show, those in the folder first, and no more once it is too late."""
    file = None if folder is None else folder / f"{kind}.jsonl"
    kept = file.read_text("utf-8").splitlines() if file is not None and file.exists() else []
    found = [json.loads(line) for line in kept][:studies]
    start, begun = time.process_time(), len(found)
    for number in range(begun, studies):
        if time.monotonic() > until:
            break
        rows, rates = study_rows(KINDS[kind], FIRST_SEED + number)
        table = rows.reset_index().to_dict(orient="list")
        found.append({"seed": FIRST_SEED + number, "rows": table, "rates": rates})
        if file is not None:
            with file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(found[-1]) + "\n")
    made = len(found) - begun
    if made:
        each = (time.process_time() - start) / made
        print(
            f"{kind}: {made} studies, {each:.2f} s of processor each; {studies - len(found)} to go, "
            f"{(studies - len(found)) * each:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    return found


def print_table(kind: str, found: Sequence[Mapping[str, Any]]) -> None:
    """Print the table of a kind."""
    rows = pd.concat([pd.DataFrame(study["rows"]) for study in found]).set_index(KEYS)
    groups = rows.astype(float).groupby(level=[0, 1], sort=False)
    table, made = 100 * groups.mean(), groups.count()
    columns = ["covered", "adjusted", "naive", "trend", "season", "change", "counts", "line"]
    columns += ["dated", "inside"] if any(signal.step for signal in KINDS[kind].signals.values()) else []
    rates = 100 * pd.DataFrame([study["rates"] for study in found]).mean()
    said = ", ".join(f"{name} {rate:.1f} %" for name, rate in rates.items())
    laid = _markdown(table[columns], made[columns], len(found))
    print(f"\n## {kind} ({len(found)} studies)\n\n{ABOUT[kind]}\n\n{laid}\n\nFalse discovery rate: {said}.")


def calibrate(studies: int, kinds: Sequence[str], folder: Path | None, minutes: float) -> None:
    """Print the table of each kind that has all its studies."""
    until = time.monotonic() + 60 * minutes
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds or KINDS:
        found = simulated(kind, studies, folder, until)
        if len(found) == studies:
            print_table(kind, found)


def _markdown(table: pd.DataFrame, made: pd.DataFrame, studies: int) -> str:
    """Lay a table out in Markdown, a dash where nothing was tested, the number where not all were."""
    head = ["theme", "source", *table.columns]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for names, row, counts in zip(table.index, table.to_numpy(), made.to_numpy(), strict=True):
        cells = [
            "–" if count == 0 else f"{value:.1f}" if count == studies else f"{value:.1f} ({count})"
            for value, count in zip(row, counts, strict=True)
        ]
        lines.append(f"| {' | '.join([*names, *cells])} |")
    return "\n".join(lines)


def main() -> None:
    """Read the command line."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("studies", type=int)
    parser.add_argument("kinds", nargs="*", metavar="KIND", choices=[*KINDS, []])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--minutes", type=float, default=np.inf)
    given = parser.parse_args()
    calibrate(given.studies, given.kinds, given.keep, given.minutes)


if __name__ == "__main__":
    main()
