"""A small real study, with pages, tables, topics and themes, and how it is run in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from broadsheet import sample
from broadsheet.storage import hashes

_PAGES = 24


@dataclass(frozen=True)
class SmallStudy:
    """The study file of a small study, and the folder of its vectors."""

    config: Path
    cache: Path

    def command(self, out: Path) -> list[str]:
        """The command that runs it."""
        return [sys.executable, "-m", "broadsheet", "run", "-c", str(self.config), "-o", str(out), "-q"]

    def environment(self, cache: Path | None = None) -> Mapping[str, str]:
        """The environment that it runs in."""
        return os.environ | {"BROADSHEET_CACHE": str(cache or self.cache)}

    def run(self, out: Path, *, cache: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run it to its end, or to its error."""
        return subprocess.run(
            self.command(out), env=self.environment(cache), capture_output=True, text=True, check=False
        )


def make(folder: Path) -> SmallStudy:
    """Write a part of the bundled sample study: some pages, a table, two languages, figures in one format."""
    built = folder / "sample"
    sample.build(built)
    pages = sorted((built / "corpus").rglob("*.txt"))[:_PAGES]
    table = min((built / "corpus").glob("*.jsonl"))
    inputs = ", ".join(f'"{path.as_posix()}"' for path in (*pages, table))
    config = folder / "study.toml"
    config.write_text(f'inputs = [{inputs}]\n[figures]\nformats = ["png"]\n', "utf-8")
    return SmallStudy(config, folder / "cache")


def contents(out: Path) -> dict[str, str]:
    """Hashes of all that a run says; the report quotes how long the run took and is left out."""
    return {name: value for name, value in hashes(out).items() if name != "report.html"}
