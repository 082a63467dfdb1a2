"""Stops a run in every way that a machine has, runs it again to its end, and compares all its files.

Killed at a random moment (SIGKILL), out of memory (a limit on the address space), no room on the disk; and a
second run is started in the folder of a first. Each gives rows of one table, `Stop`.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from benchmarks.robustness.forked import Ended
from benchmarks.robustness.study import STAGES, SmallStudy, contents, reached
from broadsheet.stage_store import StageStore
from broadsheet.storage import LOCK

_ROOM = "500m"
_BLOCK = 4096
_AGAIN = 4
"""Times that a run is begun to kill it, each time at half the moment, if it ends before it is killed."""


@dataclass(frozen=True)
class Stop:
    """One run that was stopped, and what came of it.

    Attributes
    ----------
    what
        `kill`, `memory`, `disk` or `second writer`.
    number
        Which of its kind.
    stage
        The stage it was in; `ended` where the run was over before it could be stopped.
    code, words
        Its exit code and last words (of a second writer: the second's).
    same
        Whether the run that went on (of a second writer: the first) came to the same bytes in all its files.
    lost
        Articles and ledger rows that it has not and an undisturbed run has.
    """

    what: str
    number: int
    stage: str
    code: int
    words: str
    same: bool
    lost: int


class Stopper:
    """Stops runs of one study.

    Parameters
    ----------
    study
        The study.
    folder
        Where its runs stand.
    """

    def __init__(self, study: SmallStudy, folder: Path) -> None:
        self._study, self._folder = study, folder
        self._whole = folder / "whole"
        ended = study.run(self._whole, cache=folder / "first-cache")
        again = study.run(folder / "whole-again", cache=study.cache)
        if ended.code or again.code:
            raise RuntimeError(f"the undisturbed run failed: {ended.words}{again.words}")
        self._contents = contents(self._whole)
        self._seconds = {True: ended.seconds, False: again.seconds}
        """Seconds of a run with no vectors kept (cold), and with all."""

    @property
    def undisturbed(self) -> str:
        """What the undisturbed run is, in words."""
        return f"{_rows(self._whole)} articles and ledger rows, {len(self._contents)} files"

    def kill(self, numbers: range) -> Iterator[Stop]:
        """Kill runs at random moments, every second with no vectors kept."""
        for number in tqdm(numbers, desc="kills"):
            cold = number % 2 == 0
            moment = random.Random(f"kill {number}").uniform(0.0, self._seconds[cold])
            for again in range(_AGAIN):
                out, cache = self._fresh(cold=cold)
                process = self._study.start(out, cache=cache)
                ended = process.wait(moment / 2**again)
                if ended is None:
                    break
            ended = ended or process.kill()
            stage = "ended" if not ended.code else reached(out)
            yield self._go_on("kill", number, stage, ended, out, cache)

    def starve(self, numbers: range) -> Iterator[Stop]:
        """Run with too little memory, from hardly any to nearly enough."""
        for number in tqdm(numbers, desc="memory"):
            out, cache = self._fresh(cold=True)
            megabytes = random.Random(f"memory {number}").uniform(2, 160)
            process = self._study.start(out, cache=cache, memory=int(megabytes * 1e6))
            ended = process.wait(20 * self._seconds[True]) or process.kill()
            stage = reached(out) if ended.code else "ended"
            yield self._go_on("memory", number, stage, ended, out, cache)

    def fill_disks(self, numbers: range) -> Iterator[Stop]:
        """Run on small disks, of a size at which each stage in turn has no room (root alone can mount one).

        Raises
        ------
        PermissionError
            Only root may mount a disk.
        """
        if os.geteuid() != 0:
            raise PermissionError("full disks are tried by root only: they need a mounted tmpfs")
        ends = self._sizes()
        for number in tqdm(numbers, desc="full disks"):
            place = number % len(ends)
            before = ends[place - 1] if place else 0
            share = random.Random(f"disk {number}").uniform(0.05, 0.9)
            size = max(int(before + share * (ends[place] - before)), 2 * _BLOCK)
            with _small_disk(self._folder / "disk", size) as disk:
                out = disk / "run"
                ended = self._study.run(out)
                stage = reached(out) if ended.code else "ended"
                subprocess.run(["mount", "-o", f"remount,size={_ROOM}", str(disk)], check=True)
                yield self._go_on("disk", number, stage, ended, out, self._study.cache)

    def start_seconds(self, numbers: range) -> Iterator[Stop]:
        """Start a second run in the folder of a first, at a random moment while the first holds it."""
        for number in tqdm(numbers, desc="two writers"):
            cold = number % 2 == 0
            out, cache = self._fresh(cold=cold)
            first = self._study.start(out, cache=cache)
            while not (out / LOCK).exists():
                if first.wait(0.01):
                    raise RuntimeError("the first run ended before it took the folder")
            early = first.wait(random.Random(f"second {number}").uniform(0.0, 0.5 * self._seconds[cold]))
            stage = "ended" if early else reached(out)
            second = self._study.run(out, cache=cache)
            ended = early or first.wait()
            if ended is None or ended.code:
                raise RuntimeError(f"the first of two runs failed: {ended}")
            yield self._compared("second writer", number, stage, second, out)

    def _fresh(self, *, cold: bool) -> tuple[Path, Path]:
        out, cache = self._folder / "run", self._folder / "cold" if cold else self._study.cache
        for path in (out, self._folder / "cold"):
            shutil.rmtree(path, ignore_errors=True)
        return out, cache

    def _go_on(self, what: str, number: int, stage: str, ended: Ended, out: Path, cache: Path) -> Stop:
        """Run again to the end, and compare."""
        done = self._study.run(out, cache=cache)
        if done.code:
            return Stop(what, number, stage, ended.code, f"did not go on: {done.words[-300:]}", False, 0)
        return self._compared(what, number, stage, ended, out)

    def _compared(self, what: str, number: int, stage: str, ended: Ended, out: Path) -> Stop:
        last = " ".join(ended.words.strip().split("\n")[0].split())[:200]
        same, lost = contents(out) == self._contents, _rows(self._whole) - _rows(out)
        return Stop(what, number, stage, ended.code, last, same, lost)

    def _sizes(self) -> list[int]:
        """Bytes on a disk when each stage has ended, and when the report has."""
        records, total, ends = StageStore(self._whole), 0, []
        for stage in STAGES:
            total += sum(_on_disk(self._whole / name) for name in records.outputs(stage))
            ends.append(total)
        everything = [path for path in self._whole.rglob("*") if path.is_file()]
        return [*ends, sum(_on_disk(path) for path in everything)]


def _on_disk(path: Path) -> int:
    return -(-path.stat().st_size // _BLOCK) * _BLOCK


def _rows(out: Path) -> int:
    """Articles and rows of the ledger of a run."""
    from broadsheet.results import Run

    run = Run(out)
    return len(run.articles) + len(run.dropped)


@contextmanager
def _small_disk(path: Path, size: int) -> Iterator[Path]:
    path.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)], check=True)
    try:
        yield path
    finally:
        subprocess.run(["umount", str(path)], check=True)
