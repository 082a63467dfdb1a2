"""What the methods find in the UN General Debates, whose history is known.

`python -m benchmarks.general_debates FILE.jsonl.gz` prints a Markdown table of peak years, change points,
bursts and the countries that lead for four themes: apartheid, terrorism, climate change and Covid. The file
has one speech a line, with `id`, `text`, `source` (country) and `date`.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pandas as pd

from analysis.trends.estimation import estimate_trends
from analysis.trends.methods.bursts import find_bursts
from analysis.trends.methods.lead_lag import TOGETHER, UNTOLD, find_leads
from analysis.trends.methods.nonlinear import estimate_curves
from analysis.trends.methods.sources import compare_sources
from analysis.trends.panel import gather_issues
from benchmarks.bench_trend_methods import print_markdown


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
                found = {index.terms[term].theme for term, _ in index.count(text, "en")}
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
    print_markdown(pd.DataFrame(rows).set_index("theme").T.rename_axis("").reset_index())


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


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    history(sys.argv[1])
