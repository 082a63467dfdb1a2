"""What changed between two runs, in numbers that matter, and why: inputs, settings, versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.schema import ALL_SOURCES, SHARE, THEME, TOPIC
from broadsheet.results import Run
from broadsheet.table_difference import compare_files
from corpus.schema import ARTICLE_ID, DATE, SOURCE, TEXT

COLUMNS: Final = ("kind", "what", "first", "second")
"""Columns of the table of differences: `kind` is inputs, settings, files, versions, machine, articles,
topics, themes, tests, change points or tables."""
_SURE: Final = 0.05
_SHOWN: Final = 0.0005
"""Differences of shares below this (a twentieth of a percentage point) are not listed."""
_LEFT_ALONE: Final = frozenset({"inputs"})
"""Settings whose difference is listed file by file instead."""


def compare_runs(first: str | Path, second: str | Path) -> pd.DataFrame:
    """Say how two runs differ.

    Parameters
    ----------
    first, second
        Run folders.

    Returns
    -------
    DataFrame
        `COLUMNS`, one row a difference; empty when the runs tell the same. First come the reasons: input
        files by their hashes, settings, files that settings name, versions, the machine (system, processor,
        numpy's BLAS and its kernel). Then what came of them: articles that only one has or whose text, date
        or source changed; numbers of topics and the agreement (adjusted mutual
        information) of those of the articles in both; shares of themes and how many articles changed
        theirs; trends that one run is sure of (q < .05) and the other is not; change points that
        moved, came or went. Last come the tables whose bytes differ, with how many values do, and by how much
        where it is numbers alone.

    Raises
    ------
    NotARunError
        A folder holds no finished run.
    """
    a, b = Run(first), Run(second)
    rows = [*_reasons(a.manifest, b.manifest), *_articles(a, b), *_topics(a, b), *_themes(a, b)]
    rows += [*_tests(a, b), *_change_points(a, b), *_tables(a, b)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


Row = tuple[str, str, str, str]


def _reasons(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Row]:
    """Inputs, settings and versions that differ."""
    hashes = [{entry["file"]: entry["sha256"][:12] for entry in run["inputs"]} for run in (a, b)]
    yield from _unlike("inputs", *hashes)
    settings = [_flat({k: v for k, v in run["config"].items() if k not in _LEFT_ALONE}) for run in (a, b)]
    yield from _unlike("settings", *settings)
    files = [{name: known[:12] for name, known in run.get("files", {}).items()} for run in (a, b)]
    yield from _unlike("files", *files)
    yield from _unlike("versions", a["versions"], b["versions"])
    yield from _unlike("machine", a.get("machine", {}), b.get("machine", {}))


def _unlike(kind: str, a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Row]:
    """Entries of two mappings that differ, or that only one has."""
    for key in sorted(a.keys() | b.keys()):
        if a.get(key) != b.get(key):
            yield kind, key, str(a.get(key, "–")), str(b.get(key, "–"))


def _flat(settings: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Settings of sections as `section.key`."""
    flat: dict[str, Any] = {}
    for key, value in settings.items():
        name = f"{before}{key}"
        flat |= _flat(value, f"{name}.") if isinstance(value, Mapping) and value else {name: value}
    return flat


def _articles(a: Run, b: Run) -> Iterator[Row]:
    """How many articles each has, has alone, or has in another form."""
    one, two = a.articles.set_index(ARTICLE_ID), b.articles.set_index(ARTICLE_ID)
    if len(one) != len(two):
        yield "articles", "number", f"{len(one):,}", f"{len(two):,}"
    alone = len(one.index.difference(two.index)), len(two.index.difference(one.index))
    if any(alone):
        yield "articles", "only in this run", f"{alone[0]:,}", f"{alone[1]:,}"
    both = one.index.intersection(two.index)
    for column in (TEXT, DATE, SOURCE):
        changed = int((one.loc[both, column].fillna("") != two.loc[both, column].fillna("")).sum())
        if changed:
            yield "articles", f"in both, with another {column}", "–", f"{changed:,}"


def _topics(a: Run, b: Run) -> Iterator[Row]:
    """How many topics there are, and how far they group the articles in both alike."""
    from sklearn.metrics import adjusted_mutual_info_score

    if len(a.topics) != len(b.topics):
        yield "topics", "number", str(len(a.topics)), str(len(b.topics))
    one, two = _in_both(a, b)
    if len(one) and (len(a.topics) or len(b.topics)):
        agreement = adjusted_mutual_info_score(one[TOPIC], two[TOPIC])
        if agreement < 1 - 1e-9:
            yield "topics", "agreement on the articles in both (AMI)", "–", f"{agreement:.3f}"


def _themes(a: Run, b: Run) -> Iterator[Row]:
    """How many articles changed their theme, and what the shares are."""
    one, two = _in_both(a, b)
    moved = int((one[THEME] != two[THEME]).sum())
    if moved:
        yield "themes", "articles in both with another theme", "–", f"{moved:,} ({moved / len(one):.1%})"
    shares = [run.themes.set_index(THEME)[SHARE] for run in (a, b)]
    for theme in sorted(shares[0].index.union(shares[1].index)):
        one_share, two_share = (share.get(theme, float("nan")) for share in shares)
        if not abs(one_share - two_share) < _SHOWN:
            yield "themes", f"share of {theme}", _percent(one_share), _percent(two_share)


def _tests(a: Run, b: Run) -> Iterator[Row]:
    """Trends that one run is sure of and the other is not, or that turned round."""
    tables = [_at_all_sources(run.tests) for run in (a, b)]
    for theme in sorted(tables[0].index.union(tables[1].index)):
        words = [_trend_in_words(table.loc[theme]) if theme in table.index else "–" for table in tables]
        if words[0].split(" (")[0] != words[1].split(" (")[0]:
            yield "tests", f"trend of {theme}", words[0], words[1]


def _change_points(a: Run, b: Run) -> Iterator[Row]:
    """Steps that moved, came or went, among those that a run is sure of."""
    tables = [_at_all_sources(run.change_points) for run in (a, b)]
    sure = [table[table["q"] < _SURE]["date"] for table in tables]
    for theme in sorted(sure[0].index.union(sure[1].index)):
        dates = [str(table.get(theme, "none")) for table in sure]
        if dates[0] != dates[1]:
            yield "change points", f"step of {theme}", dates[0], dates[1]


def _tables(a: Run, b: Run) -> Iterator[Row]:
    """Tables whose bytes differ: whatever it is in them that does, and numbers by how much."""
    written = [{name for name in run.manifest["outputs"] if "/" not in name} for run in (a, b)]
    for name in sorted((written[0] | written[1]) - {"report.html"}):
        found = compare_files(a.folder / name, b.folder / name, name)
        if not found.same:
            yield "tables", name, "–", found.difference


def _in_both(a: Run, b: Run) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The assignments of the articles that both runs have, in one order."""
    one, two = a.assignments.set_index(ARTICLE_ID), b.assignments.set_index(ARTICLE_ID)
    both = one.index.intersection(two.index)
    return one.loc[both], two.loc[both]


def _at_all_sources(table: pd.DataFrame) -> pd.DataFrame:
    return table[table[SOURCE] == ALL_SOURCES].set_index(THEME)


def _trend_in_words(row: pd.Series[Any]) -> str:
    """What a test says of a theme's trend, with its numbers behind it."""
    if pd.isna(row["q"]):
        return "not tested"
    verdict = ("rises" if row["effect"] > 0 else "falls") if row["q"] < _SURE else "no sure trend"
    return f"{verdict} ({row['effect']:+.3f} a year, q {row['q']:.3f})"


def _percent(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.2%}"
