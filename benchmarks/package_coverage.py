"""Coverage of each package by the tests, from the data of `coverage run`: `make coverage` prints it.

python -m benchmarks.package_coverage [--missing PACKAGE]

Exit with 1 where a package has less than nine tenths of its branches covered.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from coverage import Coverage

PACKAGES = ("corpus", "embeddings", "analysis", "figures", "broadsheet")
_MARK = 0.9
_COUNTED = ("num_statements", "covered_lines", "num_branches", "covered_branches")


def files() -> dict[str, Any]:
    """What coverage knows of each file: its path → its lines, branches and numbers."""
    measured = Coverage()
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        measured.json_report(outfile=str(report))
        found: dict[str, Any] = json.loads(report.read_text("utf-8"))["files"]
    return found


def by_package(found: dict[str, Any]) -> dict[str, Counter[str]]:
    """Sums of lines and branches, and of those covered, for each package."""
    sums = {package: Counter[str]() for package in PACKAGES}
    for path, file in found.items():
        sums[path.split("/")[0]].update({name: file["summary"][name] for name in _COUNTED})
    return sums


def main() -> None:
    """Print a line a package, or the branches that a package lacks."""
    found = files()
    if sys.argv[1:2] == ["--missing"]:
        for path, file in sorted(found.items()):
            if path.startswith(f"{sys.argv[2]}/") and file["missing_branches"]:
                print(path, file["summary"]["missing_branches"], file["missing_branches"])
        return
    sums = by_package(found)
    print(f"{'package':12}{'statements':>12}{'covered':>10}{'branches':>12}{'covered':>10}")
    for package, sum_ in sums.items():
        lines, branches = sum_["num_statements"], sum_["num_branches"]
        shares = sum_["covered_lines"] / lines, sum_["covered_branches"] / branches
        print(f"{package:12}{lines:12,}{shares[0]:10.1%}{branches:12,}{shares[1]:10.1%}")
    if any(sum_["covered_branches"] < _MARK * sum_["num_branches"] for sum_ in sums.values()):
        raise SystemExit(f"less than {_MARK:.0%} of the branches of a package are covered")


if __name__ == "__main__":
    main()
