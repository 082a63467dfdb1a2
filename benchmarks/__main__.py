"""Run every benchmark and print one table: what, ours, the peer's, the ratio (above 1: ours is better).

A benchmark that can't run is named, at its place and at the end, and the others go on. After each one the
table also goes to `build/bench.csv`, its ratios, as a picture, to `build/bench.png`.

`python -m benchmarks` runs all; `python -m benchmarks embeddings topics` some; `python -m benchmarks
topic_growth FILE` one on a file of yours.
"""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

import benchmarks
from benchmarks import picture

_WIDTHS = (96, 10, 10, 8)
_CANNOT_RUN = (RuntimeError, OSError, ImportError, subprocess.SubprocessError)
"""What a benchmark ends with where something it needs isn't there; a fault of its own ends them all."""
_TABLE, _PICTURE = Path("build/bench.csv"), Path("build/bench.png")


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all of them, and print their rows as they come."""
    known = sorted(
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name[:6] == "bench_"
    )
    files = [name for name in names if Path(name).is_file()]
    chosen = [f"bench_{name}" for name in names if name not in files] or known
    unknown = sorted(set(chosen) - set(known))
    if unknown:
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}")
    if files and chosen != ["bench_topic_growth"]:
        raise SystemExit("only topic_growth takes a file")
    print(
        "".join(
            head.ljust(width) for head, width in zip(("what", "ours", "peer", "ratio"), _WIDTHS, strict=True)
        )
    )
    rows: list[dict[str, Any]] = []
    failed: dict[str, str] = {}
    for name in chosen:
        try:
            for row in importlib.import_module(f"benchmarks.{name}").run(*files):
                rows.append({"benchmark": name, **row})
                _show(row)
        except _CANNOT_RUN as error:
            failed[name] = f"{type(error).__name__}: {error}"
            print(f"{name} ended early: {failed[name]}", file=sys.stderr, flush=True)
        _keep(rows)
    if failed:
        raise SystemExit(
            "\n".join(["not measured whole:", *(f"  {name}: {why}" for name, why in failed.items())])
        )


def _show(row: dict[str, Any]) -> None:
    """Print a row of the table."""
    cells = (
        f"{row['name']} ({row['unit']})",
        f"{row['ours']:.4g}",
        f"{row['peer']:.4g}",
        f"{row['ratio']:.3g}",
    )
    print("".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)), flush=True)


def _keep(rows: list[dict[str, Any]]) -> None:
    """Write table and picture."""
    _TABLE.parent.mkdir(exist_ok=True)
    pd.DataFrame(rows).to_csv(_TABLE, index=False)
    if any(isfinite(row["ratio"]) for row in rows):
        picture.save(rows, _PICTURE)


if __name__ == "__main__":
    main(sys.argv[1:])
