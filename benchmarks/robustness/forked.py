"""Runs a call in a forked process: cheap, since all is imported already, and real, since it can be killed.

The parent never computes anything that starts threads, so that a fork of it is as good as a new process.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn


@dataclass(frozen=True)
class Ended:
    """How a process ended.

    Attributes
    ----------
    code
        Its exit code; minus the number of the signal that ended it.
    words
        What it wrote to its standard error.
    seconds, peak_mb
        Time on the clock, and most memory that it held at once, with what it shares with its parent.
    """

    code: int
    words: str
    seconds: float
    peak_mb: float


class Forked:
    """A process that does one call and ends.

    Parameters
    ----------
    call
        What it does; its exit code is 0 when the call returns, that of a `SystemExit`, else 70.
    words
        The file that its standard error goes to.
    memory
        Bytes of address space that it may take beyond what the parent has.
    """

    def __init__(self, call: Callable[[], object], words: Path, *, memory: int | None = None) -> None:
        self._words = words
        self._start = time.perf_counter()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if not self.pid:
            _be_the_child(call, words, memory)
        self._descriptor = os.pidfd_open(self.pid)

    def wait(self, seconds: float | None = None) -> Ended | None:
        """How it ended, or None if it hasn't after that many seconds."""
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return None
        _, status, usage = os.wait4(self.pid, 0)
        os.close(self._descriptor)
        elapsed = time.perf_counter() - self._start
        words = self._words.read_text("utf-8", "replace") if self._words.exists() else ""
        return Ended(os.waitstatus_to_exitcode(status), words, elapsed, usage.ru_maxrss / 1e3)

    def kill(self) -> Ended:
        """End it with SIGKILL, as the system does when memory runs out, and its children with it."""
        os.killpg(self.pid, signal.SIGKILL)
        ended = self.wait()
        if ended is None:
            raise RuntimeError(f"process {self.pid} outlived SIGKILL")
        return ended


def run_forked(
    call: Callable[[], object], words: Path, *, seconds: float | None = None, memory: int | None = None
) -> Ended:
    """Run a call to its end; after `seconds` it is killed (code -9)."""
    process = Forked(call, words, memory=memory)
    return process.wait(seconds) or process.kill()


def _be_the_child(call: Callable[[], object], words: Path, memory: int | None) -> NoReturn:
    """Do the call and end, whatever comes of it."""
    code = 70
    try:
        os.setpgid(0, 0)
        with words.open("wb", buffering=0) as stream:
            os.dup2(stream.fileno(), 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if memory is not None:
            limit = _address_space() + memory
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        call()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001 - the child tells what came, and ends
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _address_space() -> int:
    """Bytes of this process's address space."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")
