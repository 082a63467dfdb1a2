"""Stop runs in every way, give readers hostile input, and write one table of what came of it.

    python -m benchmarks.robustness                              everything, into docs/robustness.md
    python -m benchmarks.robustness --only kill --from 40 --to 80    a piece of it
    python -m benchmarks.robustness --only fuzz --to 50

What is tried is kept in build/robustness, a file a piece, and the table is made of all that is there: so
pieces add up, and a run of everything begins anew. Each try is known by its kind and number, and is the same
again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from benchmarks.robustness import fuzz, page, study
from benchmarks.robustness.cases import KINDS
from benchmarks.robustness.stops import Stop, Stopper

KEPT = Path("build/robustness")
COUNTS = {"kill": 100, "memory": 20, "disk": 24, "second writer": 10, "fuzz": 50}
"""What is tried → how often: runs, and cases of each kind."""


def stops(what: str, numbers: range) -> None:
    """Stop runs in one way, and keep what came of each as it comes."""
    with tempfile.TemporaryDirectory(prefix="stops-") as name:
        folder = Path(name)
        small = study.make(folder)
        study.warm_up(small, folder)
        stopper = Stopper(small, folder)
        ways: dict[str, Callable[[range], Iterator[Stop]]] = {
            "kill": stopper.kill,
            "memory": stopper.starve,
            "disk": stopper.fill_disks,
            "second writer": stopper.start_seconds,
        }
        for stop in ways[what](numbers):
            _keep(f"{what.replace(' ', '_')}_{stop.number:04d}", pd.DataFrame([asdict(stop)]))


def cases(numbers: range, kinds: list[str]) -> None:
    """Try cases of each kind, and keep what came of them."""
    for found in fuzz.try_all(numbers, kinds):
        name = f"fuzz_{list(KINDS).index(found.kind):02d}_{numbers.start:04d}_{numbers.stop:04d}"
        _keep(name, fuzz.table([found]))


def _keep(name: str, table: pd.DataFrame) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    table.to_csv(KEPT / f"{name}.csv", index=False, lineterminator="\n")


def main() -> None:
    """Try what is asked for, then make the page of all that is kept; exit with 1 if anything failed."""
    parser = argparse.ArgumentParser(description="Stop runs in every way, and give readers hostile input.")
    parser.add_argument("--only", choices=COUNTS, help="try this alone")
    parser.add_argument("--from", dest="first", type=int, default=0, help="number of the first try")
    parser.add_argument("--to", dest="end", type=int, help="number after the last try")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), help="kinds of fuzz cases")
    parser.add_argument("--page-only", action="store_true", help="try nothing, make the page")
    given = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if not given.only and not given.page_only:
        shutil.rmtree(KEPT, ignore_errors=True)
    for what in () if given.page_only else [given.only] if given.only else COUNTS:
        numbers = range(given.first, given.end or COUNTS[what])
        if what == "fuzz":
            cases(numbers, given.kinds)
        else:
            stops(what, numbers)
    if not page.write(KEPT, Path("docs/robustness.md")):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
