"""Running a study again and holding every file of the run against the first run's, byte for byte."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from broadsheet.config import Study
from broadsheet.results import Run
from broadsheet.study import run
from broadsheet.table_difference import Comparison, compare_files

REPORT: Final = "report.html"
"""The one file of a run that is not compared: it says how long the run took."""
_BESIDE: Final = "coding/"
"""What other commands put into a run folder."""


def rerun_and_compare(run_dir: str | Path, *, quiet: bool = False) -> list[Comparison]:
    """Run the study of a run folder again, in a temporary folder, and compare tables, model and figures.

    Raises
    ------
    NotARunError
        The folder holds no finished run.
    ValueError, OSError
        The inputs are no longer there, or a setting no longer fits.
    """
    first = Run(run_dir)
    study = Study.from_dict(first.manifest["config"]).relative_to(first.folder)
    with tempfile.TemporaryDirectory(prefix="broadsheet-verify-") as folder:
        second = run(config=study, out=folder, quiet=quiet)
        return compare_folders(first.folder, second.folder)


def compare_folders(first: Path, second: Path) -> list[Comparison]:
    """Compare all that two finished runs wrote: the tables first, then model and figures."""
    outputs = {name for run_dir in (first, second) for name in Run(run_dir).manifest["outputs"]}
    names = [name for name in outputs if name != REPORT and not name.startswith(_BESIDE)]
    return [
        compare_files(first / name, second / name, name)
        for name in sorted(names, key=lambda name: ("/" in name, name))
    ]
