"""What the command line does around a command: it lets itself be ended like Ctrl-C does, and shows logs."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class ToldToEnd(KeyboardInterrupt):
    """The system told the process to end (SIGTERM): it ends as by Ctrl-C, with what is whole kept."""


@contextmanager
def told_to_end() -> Iterator[None]:
    """Turn SIGTERM into `ToldToEnd` meanwhile; outside of the main thread, where it can't be, do nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    own = os.getpid()

    def stop(number: int, frame: FrameType | None) -> None:
        if os.getpid() != own:
            os._exit(128 + number)
        raise ToldToEnd

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def logged(*, verbose: bool) -> Iterator[None]:
    """Show what libraries log on the standard error stream meanwhile, if `verbose`."""
    if not verbose:
        yield
        return
    root, handler = logging.getLogger(), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s: %(message)s"))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
