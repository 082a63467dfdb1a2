"""The page of docs/ that says what was tried and survived, made of what was kept of each try."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from benchmarks.robustness.fuzz import MEMORY, SECONDS
from benchmarks.robustness.study import STAGES

_PLACES = (*STAGES, "report", "ended")
_WAYS = {
    "kill": "killed at a random moment (SIGKILL), half of them with no vectors kept",
    "memory": "out of memory (address space limited)",
    "disk": "disk full",
    "second writer": "a second run started in the same folder",
}
_HEAD = """# What was tried, and survived

This page is written by `make robustness`, which tries all of it anew and ends with exit code 1 if anything
came out otherwise than it should. `python -m benchmarks.robustness --only kill --from 0 --to 20` tries a
piece; pieces add up in `build/robustness`. Full disks need root, to mount a small disk in memory.

## Runs that were stopped

A small study (pages, a table, two languages, topics, themes, trends, figures) is run, stopped, and run
again to its end in the same folder. *Same bytes* says how many of the runs that went on came to the very
files of a run that was left alone, all but the report, which quotes how long the run took. *Lost* counts
articles and ledger rows that they lack. Of a second run in one folder, the exit code is the second's, and the
bytes are the first's. *In* is the stage that a run was in when it was stopped: *report* when all stages were
whole, *ended* when the run was over before it could be stopped.
"""
_FUZZ = f"""
## Broken and hostile input

Each case has a process of its own, {SECONDS} s of time and {MEMORY / 1e9:.0f} GB of memory beyond the
libraries. It is survived when the command ends with exit code 0 and every line, row and file of the input is
in an article or in the ledger (*lost* counts those that aren't), or with exit code 2 and words that begin
with "error:". A traceback, a warning, a hang, a crash, and anything that no reader of files has reason to do
(unpickling, starting a program, opening a socket, writing outside of the case's folder) counts as failed.
What a compiled library does inside itself can't be seen. *Peak* is the most memory that a case's process
held, with what it shares with its parent: the libraries alone take some 170 MB.
"""


def write(kept: Path, page: Path) -> bool:
    """Write the page of all that is kept, and say whether nothing failed.

    Parameters
    ----------
    kept
        The folder with a table (CSV) of each piece that was tried.
    page
        Where the page goes.
    """
    stops, cases = _together(kept, "[!f]*.csv"), _together(kept, "fuzz_*.csv")
    parts = [_HEAD]
    untried = [name for what, name in _WAYS.items() if not len(stops) or what not in set(stops["what"])]
    if untried:
        parts.append(f"Not tried with this version: {'; '.join(untried)}.\n")
    if len(stops):
        parts += _table(_stop_rows(stops), ("what", "in", "runs", "exit codes", "same bytes", "lost"))
    parts.append(_FUZZ)
    if len(cases):
        heads = (
            "kind",
            "cases",
            "read",
            "refused",
            "articles",
            "ledger rows",
            "lost",
            "failed",
            "longest",
            "peak",
        )
        parts += _table(_case_rows(cases), heads)
    page.write_text("\n".join(parts), "utf-8")
    return _is_well(stops, cases)


def _is_well(stops: pd.DataFrame, cases: pd.DataFrame) -> bool:
    """Whether every run came to the same bytes, every second writer was refused, and no case failed."""
    seconds = stops[stops["what"] == "second writer"] if len(stops) else stops
    runs = stops.empty or bool(stops["same"].all() and (seconds["code"] == 2).all())
    return runs and (cases.empty or not cases[["failures", "lost"]].to_numpy().any())


def _together(kept: Path, pattern: str) -> pd.DataFrame:
    tables = [pd.read_csv(path, keep_default_na=False) for path in sorted(kept.glob(pattern))]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def _stop_rows(stops: pd.DataFrame) -> Iterable[tuple[str, ...]]:
    """A row for each way and stage, then one for each way."""
    for what, name in _WAYS.items():
        tried = stops[stops["what"] == what]
        for place in _PLACES:
            some = tried[tried["stage"] == place]
            if len(some):
                yield _stop_row(name, place, some)
        if len(tried):
            yield _stop_row(f"**{name}**", "**all**", tried)


def _stop_row(name: str, place: str, some: pd.DataFrame) -> tuple[str, ...]:
    codes = ", ".join(f"{code} × {count}" for code, count in some["code"].value_counts().sort_index().items())
    return name, place, f"{len(some)}", codes, f"{int(some['same'].sum())}", f"{int(some['lost'].sum())}"


def _case_rows(cases: pd.DataFrame) -> Iterable[tuple[str, ...]]:
    counts = ["cases", "read", "refused", "articles", "left_out", "lost", "failures"]
    by_kind = cases.groupby("kind", sort=False).agg(
        {**dict.fromkeys(counts, "sum"), "longest": "max", "peak_mb": "max"}
    )
    for kind, row in by_kind.iterrows():
        yield str(kind), *_case_cells(row, counts)
    total = pd.concat([by_kind[counts].sum(), by_kind[["longest", "peak_mb"]].max()])
    yield f"**{len(by_kind)} kinds**", *_case_cells(total, counts)


def _case_cells(row: pd.Series[float], counts: list[str]) -> tuple[str, ...]:
    return *(f"{int(row[name]):,}" for name in counts), f"{row['longest']:.1f} s", f"{row['peak_mb']:.0f} MB"


def _table(rows: Iterable[tuple[str, ...]], heads: tuple[str, ...]) -> list[str]:
    lines = [" | ".join(heads), "|".join("---" for _ in heads), *(" | ".join(row) for row in rows)]
    return [*(f"| {line} |" for line in lines), ""]
