"""Memory that libraries keep for later, given back to the system before work that needs much of it."""

from __future__ import annotations


def give_back() -> None:
    """Return to the system what was let go of: by pyarrow's tables and by the C library.

    Both keep what they were once given, for the next time; after a table was read and made anew that is
    twice its size. Takes some milliseconds. Where the C library can't be asked (not every system's can),
    pyarrow's part alone goes back.
    """
    import psutil
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    if trim := getattr(psutil, "heap_trim", None):
        trim()
