"""How much memory reading takes as pages grow in number, reprints found and articles written to a file.

    python -m benchmarks.bench_memory                       1,000, 3,000, 10,000 and 30,000 pages
    python -m benchmarks.bench_memory 1000 4000 --workers 1
    python -m benchmarks.bench_memory 10000 --short         pages of 3 KB and not of 7.5

One row a number of pages, in one table: megabytes of pages, articles, seconds by the clock and of all
processors, and the most memory held together by all processes, and by this one, which alone sees all
articles. Pages are made by the tests' page simulator from the sample's bank; each number is read in a process
of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

NUMBERS: Final = (1_000, 3_000, 10_000, 30_000)
_FOLDER: Final = 500


def write_pages(folder: Path, count: int, *, short: bool = False) -> int:
    """Write `count` simulated pages below `folder`, `short` ones of 3 KB; return their bytes."""
    from tests.corpus.simulator.layout import Layout
    from tests.corpus.simulator.sheets import simulate

    layouts = [Layout(), Layout(setting="wrapped"), Layout(setting="plain", caption=0.5, masthead=1.0)]
    if short:
        layouts = [replace(layout, stories=(2, 3), characters=(200, 500)) for layout in layouts]
    size = 0
    for number in range(count):
        text = simulate(layouts[number % len(layouts)], seed=300_000 + number).text
        path = folder / f"{number // _FOLDER:03d}" / f"page_{number:06d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(text.encode())
    return size


def measure(folder: Path, *, workers: int | None) -> dict[str, float]:
    """Read the pages below `folder` in a process of its own: articles, seconds, megabytes."""
    code = "import sys; from benchmarks.bench_memory import tell; tell(sys.argv[1], sys.argv[2])"
    command = [sys.executable, "-c", code, str(folder), str(workers or 0)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def tell(folder: str, workers: str) -> None:
    """Read the pages and print what it took, as JSON."""
    import resource

    import corpus
    from benchmarks.bench_corpus import PeakMemory
    from broadsheet.stopwatch import peak_memory_mb

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as made, PeakMemory() as memory:
        written = corpus.read_to(
            folder,
            Path(made) / "articles.jsonl",
            dropped=Path(made) / "dropped.csv",
            workers=int(workers) or None,
        )
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    found = {
        "articles": written.n_articles,
        "seconds": time.perf_counter() - begun,
        "processors": sum(each.ru_utime + each.ru_stime for each in used),
        "all": memory.megabytes,
        "own": peak_memory_mb(),
    }
    sys.stdout.write(json.dumps(found) + "\n")


def run(few: int = 300, many: int = 3_000) -> Iterator[dict[str, str | float]]:
    """Yield the memory of all processes at few pages and at many: the same if nothing is held."""
    used = []
    for number in (few, many):
        with tempfile.TemporaryDirectory() as made:
            write_pages(Path(made), number)
            used.append(measure(Path(made), workers=None)["all"])
    name = f"memory while {many:,} pages are read; {few:,} pages as peer"
    yield {"name": name, "ours": used[1], "peer": used[0], "ratio": used[0] / used[1], "unit": "MB"}


def tabulate(numbers: tuple[int, ...], *, workers: int | None, short: bool) -> None:
    """Print the table."""
    heads = ("pages", "MB", "articles", "seconds", "of processors", "MB, all", "MB, this process")
    sys.stdout.write("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|\n")
    for number in numbers:
        with tempfile.TemporaryDirectory() as made:
            size = write_pages(Path(made), number, short=short)
            found = measure(Path(made), workers=workers)
        cells = [f"{number:,}", f"{size / 1e6:.1f}", f"{found['articles']:,.0f}"]
        cells += [f"{found[name]:.0f}" for name in ("seconds", "processors", "all", "own")]
        sys.stdout.write("| " + " | ".join(cells) + " |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*", type=int)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--short", action="store_true")
    chosen = parser.parse_args()
    tabulate(tuple(chosen.numbers) or NUMBERS, workers=chosen.workers, short=chosen.short)
