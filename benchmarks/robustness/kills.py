"""Kill a run at a random moment, run it again to its end, and hold all its files against a run left alone."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from benchmarks.robustness.study import SmallStudy, contents

_STAGES_KEPT = ("reading", "topics", "themes", "trends", "figures")


@dataclass(frozen=True)
class Kills:
    """How many kills hit a running process, how many stages were whole after each, and what came of it."""

    tried: int
    hit: int
    same: int
    whole_stages: Counter[int]


def kill_and_resume(study: SmallStudy, folder: Path, *, kills: int, seed: int = 0) -> Kills:
    """Kill runs (SIGKILL), each from an empty folder, every second with no vectors kept; resume each."""
    left_alone, seconds = _whole(study, folder / "whole")
    generator = random.Random(seed)
    hit = same = 0
    stages: Counter[int] = Counter()
    for number in tqdm(range(kills), desc="killing", unit="kill"):
        out, cache = folder / "killed", study.cache if number % 2 else folder / "cold"
        for path in (out, folder / "cold"):
            shutil.rmtree(path, ignore_errors=True)
        hit += _kill(study, out, cache, after=generator.uniform(0.2, seconds))
        stages[_whole_stages(out)] += 1
        done = study.run(out, cache=cache)
        if done.returncode:
            raise RuntimeError(f"the run after kill {number} failed: {done.stderr}")
        same += contents(out) == left_alone
    return Kills(kills, hit, same, stages)


def _whole(study: SmallStudy, out: Path) -> tuple[dict[str, str], float]:
    """The files of a run that is left alone, and the seconds it takes with no vectors kept."""
    start = time.perf_counter()
    done = study.run(out)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return contents(out), time.perf_counter() - start


def _kill(study: SmallStudy, out: Path, cache: Path, *, after: float) -> bool:
    """Start a run and kill it; False if it had ended before."""
    running = subprocess.Popen(study.command(out), env=study.environment(cache), stderr=subprocess.DEVNULL)
    try:
        running.wait(timeout=after)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
        return True
    return False


def _whole_stages(out: Path) -> int:
    """How many stages a run folder says are whole."""
    from broadsheet.stage_store import StageStore

    store = StageStore(out)
    return sum(store.changes(stage, {}) == () for stage in _STAGES_KEPT)
