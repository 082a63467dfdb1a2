"""What a whole run takes as short articles get many, vectors given: seconds, processor seconds, memory.

    python -m benchmarks scale                                    10,000 and 30,000 articles
    python -m benchmarks.bench_scale 10000 30000 100000 --keep DIR

Each size is run by `broadsheet run` in a process of its own, on a corpus of `benchmarks.scale_corpus`. Beside
seconds by the clock stand the processor seconds of all its processes, user and system, which other work on
the machine moves much less. Memory is the most that all its processes held together. `--keep` appends a line
a run to `measured.jsonl` in a folder, from which `benchmarks.cost_model` is fitted, and keeps the runs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.scale_corpus import SETTINGS

SIZES: Final = (10_000, 30_000)
MEASURED: Final = "measured.jsonl"
_BEGIN: Final = re.compile(r" begin: (.+)$", re.MULTILINE)
_SHORT: Final = {
    "loading": "loading",
    "reading": "reading",
    "embedding": "vectors",
    "assigning": "themes",
    "finding": "topics",
    "estimating": "trends",
    "drawing": "figures",
    "writing": "report",
}
"""First word of a stage in the log → what it is called here."""


def measure(folder: Path, n: int) -> dict[str, Any]:
    """Make a corpus of `n` articles below `folder`, run its study and say what that took."""
    # In a process of its own, whose memory goes with it: else less would be left for what is measured.
    make = [sys.executable, "-m", "benchmarks.scale_corpus", str(folder / "study"), str(n)]
    subprocess.run(make, check=True)
    out = folder / "run"
    environment = {**os.environ, "BROADSHEET_CACHE": str(folder / "study" / "cache")}
    settings = folder / "study" / SETTINGS
    command = [sys.executable, "-m", "broadsheet", "run", "--config", str(settings), "--out", str(out)]
    begun = time.perf_counter()
    with (folder / "said.txt").open("w", encoding="utf-8") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        found = _watch(process, out / "run.log")
    if process.returncode:
        raise RuntimeError(f"the run of {n} articles failed: {(folder / 'said.txt').read_text('utf-8')}")
    stages = json.loads((out / "manifest.json").read_text("utf-8"))["stages"]
    found["seconds"] = round(time.perf_counter() - begun, 1)
    found["stages"] = {_called(stage["name"]): stage["seconds"] for stage in stages}
    found["report_mb"] = round((out / "report.html").stat().st_size / 1e6, 1)
    return {"articles": n, **found}


def _watch(process: subprocess.Popen[bytes], log: Path) -> dict[str, Any]:
    """Follow a run to its end: processor seconds of all of it and by stage, and the most memory in MB."""
    used: dict[str, float] = {}
    most, before, stage = 0.0, 0.0, "start"
    while process.poll() is None:
        seconds, held = _taken(process.pid)
        most, total = max(most, held), max(seconds, before)
        used[stage] = used.get(stage, 0.0) + total - before
        before = total
        if log.is_file() and (names := _BEGIN.findall(log.read_text("utf-8"))):
            stage = _called(names[-1])
        time.sleep(0.1)
    return {
        "processor": round(before, 1),
        "processor_stages": {name: round(seconds, 1) for name, seconds in used.items()},
        "peak_mb": round(most / 1e6),
    }


def _taken(pid: int) -> tuple[float, float]:
    """Processor seconds so far of a process and those that it began, and the bytes they hold now."""
    import psutil

    seconds, held = 0.0, 0.0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            times = process.cpu_times()
            seconds += times.user + times.system + times.children_user + times.children_system
            held += process.memory_info().rss
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return 0.0, 0.0
    return seconds, held


def _called(stage: str) -> str:
    """The short name of a stage."""
    return _SHORT.get(stage.split(" ")[0], stage)


def run(sizes: tuple[int, ...] = SIZES, *, keep: Path | None = None) -> Iterator[dict[str, Any]]:
    """Rows of the table; there is no peer."""
    for n in sizes:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made) if keep is None else keep / f"n{n}"
            folder.mkdir(parents=True, exist_ok=True)
            found = measure(folder, n)
        if keep is not None:
            with (keep / MEASURED).open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(found) + "\n")
        for name, unit in (("seconds", "s"), ("processor", "s of processors"), ("peak_mb", "MB")):
            missing = float("nan")
            what = f"run of {n:,} short articles, vectors given: {name}"
            yield {"name": what, "unit": unit, "ours": found[name], "peer": missing, "ratio": missing}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--keep", type=Path, default=None)
    chosen = parser.parse_args()
    for line in run(tuple(chosen.sizes) or SIZES, keep=chosen.keep):
        sys.stdout.write(f"{line['name']}: {line['ours']:,} {line['unit']}\n")
        sys.stdout.flush()
