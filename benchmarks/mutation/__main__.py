"""Try a random sample of a room's mutants, or go on with it; print what came of it.

python -m benchmarks.mutation {cutting,trends} [N] [--seed 0] [--again] [--slowest SECONDS] [--report]
"""

from __future__ import annotations

import argparse
import os
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

# One thread a process: several would not be quicker here, and forking them is not safe.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

from tqdm import tqdm

from benchmarks.mutation.inside import warm
from benchmarks.mutation.mutants import mutants_of
from benchmarks.mutation.reach import Reach, measure
from benchmarks.mutation.rooms import ROOMS, ROOT
from benchmarks.mutation.trials import Trial, load, try_one

_FOLDER = ROOT / "build" / "mutation"
_ALIVE = ("alive", "not reached")


def main() -> None:
    """Try mutants, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("room", choices=sorted(ROOMS))
    parser.add_argument("count", type=int, nargs="?", default=250)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--report", action="store_true", help="try nothing, print what came of those tried")
    parser.add_argument("--again", action="store_true", help="try those that lived again")
    parser.add_argument("--measure", action="store_true", help="see anew which tests there are")
    parser.add_argument("--slowest", type=float, default=5.0, help="seconds that a test may take")
    given = parser.parse_args()
    _FOLDER.mkdir(parents=True, exist_ok=True)
    file = _FOLDER / f"{given.room}-{given.seed}.jsonl"
    if not given.report:
        _try(given, file)
    _print(load(file))


def _try(given: argparse.Namespace, file: Path) -> None:
    room = ROOMS[given.room]
    mutants = [mutant for path in room.modules() for mutant in mutants_of(path)]
    sample = random.Random(given.seed).sample(mutants, given.count)
    warm([path for folder in room.tests for path in sorted((ROOT / folder).rglob("test_*.py"))])
    saved = _FOLDER / f"{given.room}-reach.json"
    if given.measure or not saved.is_file():
        measure(room).save(saved)
    reach = Reach.load(saved, slowest=given.slowest)
    left_out = len(reach.seconds) - len(reach.fast)
    print(f"{len(mutants)} mutants of {given.room}, {given.count} of them tried with {len(reach.fast)} tests")
    print(f"({left_out} tests that take over {given.slowest:.1f} s left out)", flush=True)
    tried = _those_to_keep(file, again=given.again)
    for mutant in tqdm([m for m in sample if m.name not in tried], desc=given.room, unit="mutant"):
        try_one(mutant, reach).save(file)


def _those_to_keep(file: Path, *, again: bool) -> set[str]:
    """Names of the mutants that need not be tried; `again` takes those that lived out of the file."""
    trials = load(file)
    if again:
        file.unlink(missing_ok=True)
        trials = [trial for trial in trials if trial.outcome not in _ALIVE]
        for trial in trials:
            trial.save(file)
    return {trial.name for trial in trials}


def _print(trials: Sequence[Trial]) -> None:
    outcomes = Counter(trial.outcome for trial in trials)
    for trial in trials:
        if trial.outcome in _ALIVE:
            print(f"\n{trial.name}: {trial.outcome}\n{trial.difference}")
    dead = sum(count for outcome, count in outcomes.items() if outcome not in _ALIVE)
    print(f"\n{len(trials)} mutants, {dead / max(len(trials), 1):.1%} killed: {dict(outcomes)}")


if __name__ == "__main__":
    main()
