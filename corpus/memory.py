"""Memory that libraries keep for later, given back to the system before work that needs much of it."""

from __future__ import annotations

import ctypes
import platform
from functools import cache
from typing import Final

_M_MMAP_THRESHOLD: Final = -3
"""The parameter's number in glibc's malloc.h."""
_BYTES: Final = 1 << 20


def give_back() -> None:
    """Return to the system what was let go of: by pyarrow's tables and by the C library.

    Both keep what they were once given, for the next time; after a table was read and made anew that is
    twice its size. Takes some milliseconds. Where the C library can't be asked (not every system's can),
    pyarrow's part alone goes back. From the first call on arrays of over a megabyte go back at once.
    """
    import psutil
    import pyarrow as pa

    _large_at_once()
    pa.default_memory_pool().release_unused()
    if trim := getattr(psutil, "heap_trim", None):
        trim()


@cache
def _large_at_once() -> None:
    """Have glibc map large arrays one by one, always: by itself it stops doing so after the first ones.

    They are then cut from the heap, which goes back only from its end (mallopt(3), M_MMAP_THRESHOLD).
    """
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _BYTES)
