"""`run.log` of a run folder: what was done when, how long it took, where it failed; to be sent to others.

It has no word of the articles, no title and no path: of an error it says the kind and the lines of code that
it came from, not the words, which may quote the input. Nothing reads it; no comparison of runs looks at it.
"""

from __future__ import annotations

import os
import platform
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Final

NAME: Final = "run.log"
_LARGEST: Final = 1_000_000
"""Bytes from which on a log begins anew."""


class RunLog:
    """Lines of one command, appended to the log of a run folder.

    Parameters
    ----------
    folder
        The run folder.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def write(self, words: str) -> None:
        """Append a line with the time (UTC)."""
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {words}\n")


@contextmanager
def run_log(folder: Path, command: str) -> Iterator[RunLog]:
    """Log a command from its beginning to its end, its failure or its interruption."""
    path = folder / NAME
    if path.is_file() and path.stat().st_size > _LARGEST:
        path.unlink()
    log = RunLog(folder)
    log.write(
        f"{command}: Broadsheet {version('broadsheet')}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    )
    try:
        yield log
    except BaseException as error:
        # A full disk, which may be what happened, must not hide the error itself.
        with suppress(OSError):
            log.write(f"{command} ended with {described(error)}")
        raise
    log.write(f"{command} is done")


def described(error: BaseException) -> str:
    """The kind of an error and of those behind it, and where each was raised, without their words."""
    parts = []
    seen: BaseException | None = error
    while seen is not None:
        number = f" {seen.errno}" if isinstance(seen, OSError) and seen.errno else ""
        frames = traceback.extract_tb(seen.__traceback__)
        way = " < ".join(f"{_place(frame.filename)}:{frame.lineno}" for frame in reversed(frames))
        parts.append(f"{type(seen).__name__}{number} at {way}")
        seen = seen.__cause__ or seen.__context__
    return "; from ".join(parts)


def _place(filename: str) -> str:
    """The last two parts of a source file's path: the package and the module."""
    return "/".join(PurePath(filename).parts[-2:])
