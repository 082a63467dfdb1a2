"""A small real study, with pages, a table, topics and themes, and how it is run in a process of its own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.robustness.forked import Ended, Forked, run_forked
from broadsheet import sample
from broadsheet.run_files import ADDED, OUTPUTS, PLACED
from broadsheet.storage import hashes

_PAGES = 3
_ROWS = 60
_SETTINGS = """
[topics]
min_articles = 40
[trends]
period = "year"
draws = 2
[figures]
formats = ["png"]
"""
STAGES = tuple(stage for stage in OUTPUTS if stage not in (ADDED, PLACED))
"""The stages of a run, in their order; those that an update alone has are no stages of it."""


@dataclass(frozen=True)
class SmallStudy:
    """The study file of a small study, and the folder of its vectors."""

    config: Path
    cache: Path

    def start(self, out: Path, *, cache: Path | None = None, memory: int | None = None) -> Forked:
        """Begin to run it, in a process that has all libraries imported already.

        Parameters
        ----------
        out, cache
            The run folder, and the folder of vectors if it is not the study's.
        memory
            Bytes of address space that it may take beyond what the libraries take.
        """
        call = partial(_run, self.config, out, cache or self.cache)
        return Forked(call, self.config.with_name(f"{out.name}.words"), memory=memory)

    def run(self, out: Path, *, cache: Path | None = None) -> Ended:
        """Run it to its end, or to its error."""
        call = partial(_run, self.config, out, cache or self.cache)
        return run_forked(call, self.config.with_name(f"{out.name}.words"))


def _run(config: Path, out: Path, cache: Path) -> None:
    from broadsheet.cli import main

    os.environ["BROADSHEET_CACHE"] = str(cache)
    main(["run", "--config", str(config), "--out", str(out), "--quiet"])


def make(folder: Path) -> SmallStudy:
    """Write a part of the bundled sample study: some pages, a table, two languages, figures in one format."""
    built = folder / "sample"
    sample.build(built)
    pages = sorted((built / "corpus").rglob("*.txt"))[:_PAGES]
    table = folder / "articles.jsonl"
    lines = min((built / "corpus").glob("*.jsonl")).read_text("utf-8").split("\n")
    table.write_text("\n".join(lines[:: len(lines) // _ROWS][:_ROWS]) + "\n", "utf-8")
    inputs = ", ".join(f'"{path.as_posix()}"' for path in (*pages, table))
    config = folder / "study.toml"
    config.write_text(f"inputs = [{inputs}]\n{_SETTINGS}", "utf-8")
    return SmallStudy(config, folder / "cache")


def warm_up(study: SmallStudy, folder: Path) -> None:
    """Run it once in this process, so that libraries are imported and compiled before processes fork off."""
    try:
        _run(study.config, folder / "warm", folder / "warm-cache")
    except SystemExit as ended:
        if ended.code:
            raise RuntimeError(f"the study can't be run: exit code {ended.code}") from ended


def contents(out: Path) -> dict[str, str]:
    """Hashes of all that a run says; the report quotes how long the run took and is left out."""
    return {name: value for name, value in hashes(out).items() if name != "report.html"}


def whole_stages(out: Path) -> tuple[str, ...]:
    """The stages that a run folder says are whole."""
    from broadsheet.stage_store import StageStore

    store = StageStore(out)
    return tuple(stage for stage in STAGES if store.changes(stage, {}) == ())


def reached(out: Path) -> str:
    """The stage that a run which was stopped was in: the first that isn't whole, or the report."""
    whole = whole_stages(out)
    return next((stage for stage in STAGES if stage not in whole), "report")
