"""One run at a time in a folder: two at once would mix their tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from broadsheet.storage import LOCK


class RunFolderBusyError(OSError):
    """Another run is writing to the folder."""


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold a run folder for this process; the system lets go of it when the process ends, however it ends.

    Raises
    ------
    RunFolderBusyError
        Another process holds it.
    """
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunFolderBusyError(
            f"{folder}: another run is writing to this folder; wait for it to end, or choose another folder "
            "with --out"
        ) from error
    try:
        yield
    finally:
        lock.release()
