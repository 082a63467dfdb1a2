"""The commands `run`, `update`, `verify` and `diff`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    import pandas as pd

    from broadsheet.config import Study

Quiet = Annotated[bool, Parameter(name=["--quiet", "-q"], negative="")]


def run(
    *inputs: str,
    config: Annotated[Path | None, Parameter(name=["--config", "-c"])] = None,
    from_: Annotated[Path | None, Parameter(name="--from")] = None,
    out: Annotated[Path | None, Parameter(name=["--out", "-o"])] = None,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    quiet: Quiet = False,
) -> None:
    """Run a study: from pages or ready-made articles to themes, trends, figures and a report.

    With no input and no study file it runs the bundled sample study. Where the run folder holds a run
    already, whole or broken off, only what has changed since is made again.

        broadsheet run pages/ articles.jsonl --out runs/first

        broadsheet run --config study.toml --dry-run

        broadsheet run --from runs/first/manifest.json --out runs/repeated

    Parameters
    ----------
    inputs
        Files, folders and patterns: page texts (.txt), web pages (.html), PDFs, scans, ready-made articles
        (.jsonl, .csv, .parquet); also packed (.gz, .zip), and at addresses (s3://bucket/articles/).
    config
        A study file (TOML).
    from_
        The manifest of an earlier run, whose study is repeated, on its own inputs or, where they have moved,
        on those given; it is said what has changed since.
    out
        The run folder; by default runs/ and the name of the study file or the first input, and for `--from`
        the earlier run's folder with -again behind its name.
    dry_run
        Only say which stages would be made and which kept, and why.
    quiet
        Say nothing, show no progress.
    """
    from broadsheet.study import prepared, run_prepared

    study: Path | Study | None = config
    if from_ is not None:
        study, out = _repeated(from_, config, inputs, out, quiet=quiet)
    settings, folder = prepared(list(inputs) or None, config=study, out=out)
    if dry_run:
        _show_plan(settings, folder)
        return
    done = run_prepared(settings, folder, quiet=quiet)
    if not quiet:
        _say(f"run folder: {done.folder}\nreport:     {done.report}")


def update(
    run_dir: Path,
    *inputs: str,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    quiet: Quiet = False,
) -> None:
    """Add new pages to a run; topics and themes keep their ids, and what shifted is listed.

    Nothing is fitted again: new articles get topics and themes by what the run learnt from its first ones.
    Until all is whole the run stays as it was.

        broadsheet update runs/first pages/2024-02/

        broadsheet update runs/first pages/ --dry-run

    Parameters
    ----------
    run_dir
        A run folder.
    inputs
        Files, folders and patterns to add; what was read before is skipped. None: finish an update that was
        stopped while it put its files in place.
    dry_run
        Only say which files would be added.
    quiet
        Say nothing, show no progress.
    """
    from broadsheet import updating

    if dry_run:
        files = updating.plan_update(run_dir, inputs)
        for file in files.new:
            _say(f"add   {file.name}")
        for entry in files.ledger.entries:
            _say(f"skip  {entry.file}: {entry.reason}")
        return
    done = updating.update(run_dir, inputs, quiet=quiet)
    if quiet:
        return
    if not done.added:
        _say(f"nothing new: {done.run.folder} is as it was")
    else:
        _say(f"run folder: {done.run.folder}\nreport:     {done.run.report}")
        _say(f"shifts:     {done.run.folder / 'shifts.csv'}")


def verify(run_dir: Path, *, quiet: Quiet = False) -> None:
    """Run a study again and compare every table, figure and the model byte for byte; numbers also by size.

        broadsheet verify runs/first

    Parameters
    ----------
    run_dir
        A run folder; its inputs must still be where they were.
    quiet
        Show no progress.
    """
    from broadsheet.verify import rerun_and_compare

    rows = rerun_and_compare(run_dir, quiet=quiet)
    for row in rows:
        _say(f"same       {row.name}" if row.same else f"DIFFERENT  {row.name}: {row.difference}")
    if not all(row.same for row in rows):
        raise SystemExit(1)


def diff(
    first: Path, second: Path, *, out: Annotated[Path | None, Parameter(name=["--out", "-o"])] = None
) -> None:
    """Say what changed between two runs: numbers that matter, and inputs, settings and versions behind them.

        broadsheet diff runs/first runs/second

    Parameters
    ----------
    first, second
        Run folders.
    out
        Where the differences go as a table too (.csv).
    """
    from broadsheet.run_difference import compare_runs
    from corpus.spreadsheets import write_csv

    found = compare_runs(first, second)
    if out is not None:
        write_csv(found, out)
    if found.empty:
        _say("no difference in inputs, settings, files, versions and tables")
    else:
        _show_differences(found, first, second)


def _repeated(
    manifest: Path, config: Path | None, inputs: Sequence[str], out: Path | None, *, quiet: bool
) -> tuple[Study, Path]:
    """The study of an earlier run and where its repetition goes; says what has changed since."""
    from broadsheet.config import ConfigError
    from broadsheet.repeating import study_of

    if config is not None:
        raise ConfigError("--from and --config both name a study; give one of them")
    study, changed = study_of(manifest, inputs)
    for line in () if quiet else changed:
        sys.stderr.write(f"changed since: {line}\n")
    home = (manifest if manifest.is_dir() else manifest.parent).resolve()
    return study, out or home.with_name(f"{home.name}-again")


def _show_plan(study: Study, folder: Path) -> None:
    """Print which stages a run would keep and make."""
    from broadsheet.plan import plan_run
    from broadsheet.study import sample_settings

    if not study.inputs:
        study = sample_settings(study, folder)
        if not Path(study.inputs[0]).is_dir():
            _say(f"make  everything: {folder} doesn't hold the bundled sample study yet")
            return
    for stage in plan_run(study, folder):
        _say(f"keep  {stage.name}" if stage.kept else f"make  {stage.name:9} {'; '.join(stage.reasons)}")


def _show_differences(found: pd.DataFrame, first: Path, second: Path) -> None:
    """Print the differences as a table."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("", "what", escape(str(first)), escape(str(second)), box=None, pad_edge=False)
    for _, rows in found.groupby("kind", sort=False):
        for number, row in enumerate(rows.itertuples(index=False)):
            cells = [escape(str(cell)) for cell in row]
            table.add_row(cells[0] if number == 0 else "", *cells[1:])
    Console(highlight=False).print(table)


def _say(words: str) -> None:
    """Print what a command was asked for."""
    sys.stdout.write(words + "\n")
