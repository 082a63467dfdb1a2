"""Hold the bytes of runs together: by threads, order of the input, cache, and how often it was run.

    python -m benchmarks.robustness.matrix sample            24 runs of the bundled sample study
    python -m benchmarks.robustness.matrix pages FOLDER      of the files of a folder
    ... --machines                                           other processors and numbers of cores

Each run is a process of its own, and all files that it wrote but the report (which says how long it took) are
held against those of the first. Runs that were done are not done again: stop it and go on as you like. What
is known stands in build/matrix.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tqdm import tqdm

from benchmarks.robustness.machines import PROCESSORS, clean, on_cores, processor, threads
from benchmarks.robustness.study import contents
from broadsheet import sample
from broadsheet.verify import compare_folders

_BUILD = Path("build/matrix")
_ORDERS = ("sorted", "reversed", "shuffled")


@dataclass(frozen=True)
class Cell:
    """One way to run a study."""

    threads: int
    order: str
    cache: str
    time: int = 1
    processor: str = "this"
    cores: int = 0

    @property
    def name(self) -> str:
        """The cell in a line."""
        cores = f", {self.cores} core" if self.cores else ""
        words = f"{self.threads} threads, {self.order:8}, {self.cache:4} cache, time {self.time}"
        return f"{words}, {self.processor} processor{cores}"


@dataclass(frozen=True)
class Result:
    """What came of a cell: one hash over all files, and the files that are not those of the first cell."""

    cell: Cell
    hash: str
    files: int
    seconds: float
    differences: tuple[str, ...]


def cells() -> list[Cell]:
    """Threads × order × cache × twice; a cold cache always comes before the warm one it leaves."""
    return [
        Cell(count, order, cache, turn)
        for turn, count, order, cache in itertools.product((1, 2), (2, 1), _ORDERS, ("cold", "warm"))
    ]


def machines() -> list[Cell]:
    """Other processors, on two threads and one, and one core; nothing is taken from a cache."""
    others = [Cell(count, "sorted", "cold", 1, name) for name in PROCESSORS[1:] for count in (2, 1)]
    return [Cell(2, "sorted", "cold"), *others, Cell(2, "sorted", "cold", 1, "this", 1)]


class Matrix:
    """The runs of one study, and what is known of those done."""

    def __init__(self, name: str, inputs: Sequence[Path]) -> None:
        self.folder = _BUILD / name
        self.inputs = sorted(inputs)
        self.known = self.folder / "results.jsonl"
        self.folder.mkdir(parents=True, exist_ok=True)

    def results(self) -> Iterator[Result]:
        """What came of the cells done so far."""
        lines = self.known.read_text("utf-8").splitlines() if self.known.is_file() else []
        for line in lines:
            read = json.loads(line)
            differences = tuple(read.pop("differences"))
            yield Result(Cell(**read.pop("cell")), differences=differences, **read)

    def fill(self, wanted: Sequence[Cell]) -> None:
        """Run the cells that are not done yet."""
        done = {result.cell for result in self.results()}
        for cell in tqdm([cell for cell in wanted if cell not in done], unit="run"):
            result = self._run(cell)
            with self.known.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")

    def _run(self, cell: Cell) -> Result:
        first = self.folder / "first"
        out = self.folder / "run" if (first / "manifest.json").is_file() else first
        cache = self.folder / f"cache-{cell.threads}-{cell.order}"
        for path in (out, *([cache] if cell.cache == "cold" else [])):
            shutil.rmtree(path, ignore_errors=True)
        config = self.folder / "study.toml"
        config.write_text(
            f"inputs = {json.dumps([str(p.resolve()) for p in self._ordered(cell)])}\n", "utf-8"
        )
        command = [sys.executable, "-m", "broadsheet", "run", "-c", str(config), "-o", str(out), "-q"]
        environment = clean(os.environ) | threads(cell.threads) | processor(cell.processor)
        environment["BROADSHEET_CACHE"] = str(cache)
        start = time.perf_counter()
        subprocess.run(on_cores(command, cell.cores) if cell.cores else command, env=environment, check=True)
        seconds = time.perf_counter() - start
        found = contents(out)
        unlike = [f"{row.name}: {row.difference}" for row in compare_folders(first, out) if not row.same]
        whole = hashlib.sha256(json.dumps(sorted(found.items())).encode()).hexdigest()
        return Result(cell, whole[:16], len(found), round(seconds, 1), tuple(unlike))

    def _ordered(self, cell: Cell) -> list[Path]:
        if cell.order == "reversed":
            return self.inputs[::-1]
        if cell.order == "shuffled":
            return random.Random(cell.time).sample(self.inputs, len(self.inputs))
        return list(self.inputs)


def _sample_inputs() -> list[Path]:
    home = _BUILD / "sample-study"
    if not home.is_dir():
        sample.build(home)
    return [path for path in (home / "corpus").rglob("*") if path.is_file()]


def main() -> None:
    """Run what is missing, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.robustness.matrix", description=__doc__)
    parser.add_argument("study", choices=["sample", "pages"])
    parser.add_argument("folder", type=Path, nargs="?", help="the folder of pages")
    parser.add_argument("--machines", action="store_true")
    given = parser.parse_args()
    if given.study == "pages" and not (given.folder and given.folder.is_dir()):
        print(f"{given.folder}: no such folder of pages; nothing is tried")
        return
    inputs = _sample_inputs() if given.study == "sample" else [*given.folder.glob("*.txt")]
    matrix = Matrix(given.study, inputs)
    wanted = machines() if given.machines else cells()
    matrix.fill(wanted)
    results = {result.cell: result for result in matrix.results()}
    for cell in wanted:
        result = results[cell]
        print(f"{result.hash}  {result.files} files  {result.seconds:6.1f} s  {cell.name}")
        for line in result.differences:
            print(f"    {line}")
    here = [results[cell] for cell in wanted if cell.processor == "this"]
    if len({result.hash for result in here}) > 1:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
