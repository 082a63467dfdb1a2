"""Give broken and hostile input to what reads it; each case ends in a result or an error of ours, in time.

    python -m benchmarks.robustness.fuzz 50                 cases of each kind
    python -m benchmarks.robustness.fuzz 50 "zip: links"    of some

Each kind runs in a process of its own, in an empty folder, with a limit on its memory, and each case has a
time limit. A case is survived when what is called returns, or raises one of our errors (one whose module is
ours) or the system's (`OSError`). Anything else, a hang, a crash, or a file that appears outside of the
case's folder, is a failure, and is listed.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from benchmarks.robustness.cases import KINDS

_OURS = frozenset({"corpus", "embeddings", "analysis", "figures", "broadsheet"})
_MEMORY = 6_000_000_000
SECONDS = 60


class TooLong(Exception):  # noqa: N818 - says what happened
    """A case took longer than it may."""


@dataclass
class Outcome:
    """What came of the cases of a kind: how many were read or refused, and how the others failed."""

    kind: str
    cases: int = 0
    read: int = 0
    refused: int = 0
    longest: float = 0.0
    peak_mb: float = 0.0
    failures: list[str] = field(default_factory=list)


def try_kind(kind: str, seeds: Sequence[int]) -> Outcome:
    """Try cases of a kind in a process of its own; a crash of it is a failure of the case it was at."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_try_all, args=(kind, list(seeds), sender))
    process.start()
    sender.close()
    outcome = Outcome(kind)
    try:
        while True:
            outcome = receiver.recv()
    except EOFError:
        process.join()
    if process.exitcode:
        outcome.failures.append(f"after case {outcome.cases}: the process ended with {process.exitcode}")
    return outcome


def _try_all(kind: str, seeds: list[int], sender: Connection) -> None:
    signal.signal(signal.SIGALRM, _stop)
    outcome = Outcome(kind)
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        os.environ["TMPDIR"] = name
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
        for seed in seeds:
            _try_one(kind, seed, Path(name) / f"case{seed}", outcome)
            strays = [path for path in Path(name).iterdir() if path.is_file()]
            outcome.failures += [f"seed {seed}: wrote {path.name}" for path in strays]
            for path in strays:
                path.unlink()
            sender.send(outcome)


def _try_one(kind: str, seed: int, folder: Path, outcome: Outcome) -> None:
    folder.mkdir()
    case = KINDS[kind](random.Random(f"{kind} {seed}"), folder)
    outcome.cases += 1
    start = time.perf_counter()
    signal.alarm(SECONDS)
    try:
        case.call(case.path)
        outcome.read += 1
    except Exception as error:  # noqa: BLE001 - whatever comes is the result of this experiment
        if _is_refusal(error):
            outcome.refused += 1
        else:
            last = traceback.extract_tb(error.__traceback__)[-1]
            outcome.failures.append(f"seed {seed}: {error!r:.200} at {last.filename}:{last.lineno}")
    finally:
        signal.alarm(0)
    outcome.longest = max(outcome.longest, time.perf_counter() - start)
    outcome.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _is_refusal(error: Exception) -> bool:
    """Whether an error is one that a user is meant to read."""
    return isinstance(error, OSError) or type(error).__module__.partition(".")[0] in _OURS


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooLong(f"longer than {SECONDS} s")


def main(count: int, kinds: Sequence[str]) -> None:
    """Print one line a kind, and the failures under it; exit with 1 if there is one."""
    failed = 0
    for kind in kinds or KINDS:
        found = try_kind(kind, range(count))
        print(
            f"{found.kind:38} {found.cases:5} cases, {found.read:5} read, {found.refused:5} refused, "
            f"longest {found.longest:5.1f} s, {found.peak_mb:6.0f} MB, {len(found.failures)} failed",
            flush=True,
        )
        for failure in found.failures:
            print(f"    {failure}", flush=True)
        failed += len(found.failures)
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, sys.argv[2:])
