"""Running a study again and holding every table against the first run, byte for byte."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from broadsheet.config import Study
from broadsheet.results import Run
from broadsheet.run_files import COMPARISONS, EXTRA_TRENDS, REPRINTS, SHIFTS, TOPIC_TABLES, TOPIC_THEMES
from broadsheet.storage import sha256
from broadsheet.study import run
from figures.tables import FILES, RunFolderError, read_table


@dataclass(frozen=True)
class Comparison:
    """A table of two runs: whether its bytes are the same, and if not, the first difference."""

    name: str
    same: bool
    difference: str = ""


def rerun_and_compare(run_dir: str | Path, *, quiet: bool = False) -> list[Comparison]:
    """Run the study of a run folder again, in a temporary folder, and compare the tables.

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
        beside = (*COMPARISONS.values(), *EXTRA_TRENDS.values(), *TOPIC_TABLES.values())
        files = (*FILES.values(), *beside, REPRINTS, TOPIC_THEMES, *([SHIFTS] if study.updates else []))
        return [compare_tables(first.folder / file, second.folder / file) for file in files]


def compare_tables(first: Path, second: Path) -> Comparison:
    """Compare two files of one table; the difference names the first row and column that differ."""
    if not first.is_file():
        return Comparison(first.name, same=False, difference="missing in the first run")
    if sha256(first) == sha256(second):
        return Comparison(first.name, same=True)
    try:
        difference = _first_difference(read_table(first), read_table(second))
    except RunFolderError as error:
        difference = str(error)
    return Comparison(first.name, same=False, difference=difference)


def _first_difference(a: pd.DataFrame, b: pd.DataFrame) -> str:
    """Say where two tables part."""
    if list(a.columns) != list(b.columns):
        return f"columns {list(a.columns)} and {list(b.columns)}"
    if len(a) != len(b):
        return f"{len(a)} rows and {len(b)} rows"
    differs = ~((a == b) | (a.isna() & b.isna()))
    if not differs.to_numpy().any():
        return "the same values in other bytes (another version wrote the file)"
    row = int(differs.any(axis=1).idxmax())
    column = str(differs.loc[row].idxmax())
    return f"row {row}, column {column}: {a.loc[row, column]!r} and {b.loc[row, column]!r}"
