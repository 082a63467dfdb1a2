"""What a run says while it works, and the seconds and memory of its stages."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from broadsheet.run_log import RunLog

_STATUS = Path("/proc/self/status")
_BYTES_A_UNIT = 1 if sys.platform == "darwin" else 1024


def peak_memory_mb() -> float:
    """Largest resident size of this process so far, in MB (10⁶ bytes).

    Linux lets `getrusage` begin with what the process held that started this one, so its own file is read.
    """
    if _STATUS.is_file():
        lines = _STATUS.read_text("ascii", "replace").splitlines()
        return next(float(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM:"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES_A_UNIT / 1e6


@dataclass
class Stage:
    """One stage of a run: what it is called, what came of it, and what it took."""

    name: str
    result: str = ""
    seconds: float = 0.0
    peak_memory_mb: float = 0.0


@dataclass
class Stopwatch:
    """Times the stages of a run and, unless `quiet`, says on the standard error stream where it stands.

    The peak memory of a stage is the process's largest resident size up to the stage's end: a stage that
    needs less than one before it shows the earlier peak. Names of stages go to the log, and must not quote
    what a user wrote; results may.
    """

    total: int
    quiet: bool = False
    log: RunLog | None = None
    stages: list[Stage] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Time what happens inside; set `.result` on the stage to have it said at the end."""
        stage = Stage(name)
        self.stages.append(stage)
        place = f"[dim]\\[{len(self.stages)}/{self.total}][/dim]"
        self.say(f"{place} {escape(name)} …")
        self._note(f"begin: {name}")
        start = time.perf_counter()
        yield stage
        stage.seconds = round(time.perf_counter() - start, 3)
        stage.peak_memory_mb = round(peak_memory_mb(), 1)
        self._note(f"end:   {name} ({stage.seconds:.1f} s, peak memory {stage.peak_memory_mb:,.0f} MB)")
        self.say(f"      {escape(stage.result or 'done')} [dim]({stage.seconds:.1f} s)[/dim]")

    def _note(self, words: str) -> None:
        if self.log is not None:
            self.log.write(words)

    def say(self, words: str) -> None:
        """Print a line with rich's markup, unless quiet."""
        if not self.quiet:
            Console(stderr=True, highlight=False, soft_wrap=True).print(words)
