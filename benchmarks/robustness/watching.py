"""Notices what no reader of files has reason to do: unpickle, start programs, open sockets, write elsewhere.

It sees what Python does (its audit events); what a compiled library does inside itself is not seen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NEVER = (
    "pickle.find_class",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.bind",
    "os.symlink",
    "os.link",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@contextmanager
def watch(folder: Path) -> Iterator[list[str]]:
    """List such deeds while the context is open; files may be written below `folder` alone."""
    deeds: list[str] = []
    home = str(folder.resolve())
    open_now = True

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if not open_now:
            return
        if event in _NEVER:
            deeds.append(f"{event} {arguments[:2]!r:.100}")
        elif event == "open" and _writes(arguments) and not _is_below(arguments[0], home):
            deeds.append(f"write to {arguments[0]!r:.100}")

    sys.dont_write_bytecode = True
    sys.addaudithook(note)
    try:
        yield deeds
    finally:
        open_now = False


def _writes(arguments: tuple[object, ...]) -> bool:
    _, mode, flags = arguments
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & _WRITING)


def _is_below(path: object, home: str) -> bool:
    """Whether a path is in the folder; descriptors that are open already, and the null device, count too."""
    if isinstance(path, int):
        return True
    name = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
    return name.startswith(home) or name == os.devnull
