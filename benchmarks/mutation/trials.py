"""One mutant, tried in a forked process: killed by a test, an error or the clock, or alive."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.mutation.inside import try_mutant
from benchmarks.mutation.mutants import Mutant
from benchmarks.mutation.reach import Reach
from benchmarks.mutation.rooms import ROOT

_MEMORY = 6_000_000_000
_START = 20.0  # seconds that a process may take beside its tests
_SLOWER = 10.0  # times that the tests may take longer than with nothing changed


@dataclass(frozen=True)
class Trial:
    """What came of a mutant: `killed`, `broken` (no test began), `too long`, `alive`, `not reached`."""

    name: str
    difference: str
    outcome: str
    by: str
    seconds: float

    def save(self, path: Path) -> None:
        """Add it to a file of trials."""
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(self), ensure_ascii=False) + "\n")


def load(path: Path) -> list[Trial]:
    """Read a file of trials; none if it isn't there."""
    if not path.is_file():
        return []
    return [Trial(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def try_one(mutant: Mutant, reach: Reach) -> Trial:
    """Run the tests that could notice a mutant."""
    tests = reach.tests_for(mutant)
    start = time.monotonic()
    outcome, by = _fork(mutant, tests, reach) if tests else ("not reached", "")
    return Trial(mutant.name, mutant.difference(), outcome, by, round(time.monotonic() - start, 2))


def _fork(mutant: Mutant, tests: Sequence[str], reach: Reach) -> tuple[str, str]:
    source = mutant.source()
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        child = os.fork()
        if child == 0:
            _be_the_trial(ROOT / mutant.file, source, tests, result)
        limit = _START + _SLOWER * sum(reach.seconds[name] for name in tests)
        if not _wait(child, limit):
            return "too long", ""
        if not result.is_file():
            return "broken", "the process ended"
        read = json.loads(result.read_text("utf-8"))
    if read["code"] == 0:
        return "alive", ""
    return ("killed", read["failed"][0]) if read["failed"] else ("broken", f"pytest's code {read['code']}")


def _be_the_trial(file: Path, source: str, tests: Sequence[str], result: Path) -> None:
    """Be the child: never return."""
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
        quiet = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(quiet, stream.fileno())
        os.environ["TMPDIR"] = str(result.parent)
        tempfile.tempdir = None
        try_mutant(file, source, tests, result)
    finally:
        os._exit(0)


def _wait(child: int, seconds: float) -> bool:
    """Wait for a child; kill it and all that it started if it takes longer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return True
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False
