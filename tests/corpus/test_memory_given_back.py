"""What was let go of goes back to the system."""

from __future__ import annotations

import platform
import subprocess
import sys

import psutil
import pyarrow as pa
import pytest

from corpus.memory import give_back

ROWS = 40_000
KILOBYTES = 4
KEPT_EACH = 100
"""One in so many is kept, so that what is let go of lies between what isn't."""


def resident() -> float:
    """Megabytes that this process holds."""
    return psutil.Process().memory_info().rss / 1e6


@pytest.mark.skipif(sys.platform != "linux", reason="tells of the C library of Linux")
def test_what_lies_between_what_is_kept_goes_back():
    pieces = [bytes([number % 256]) * (KILOBYTES * 1024) for number in range(ROWS)]
    kept = pieces[::KEPT_EACH]
    held = resident()
    del pieces
    give_back()
    assert resident() < held - 0.7 * ROWS * KILOBYTES / 1024
    assert kept[3] == bytes([3 * KEPT_EACH % 256]) * (KILOBYTES * 1024)


LARGE = """
import numpy as np, psutil
from corpus.memory import give_back

def resident():
    return psutil.Process().memory_info().rss / 1e6

def kept_after_letting_go():
    arrays = [np.ones(250_000) for _ in range(60)]
    kept, held = arrays[::10], resident()
    del arrays
    return held - resident()

give_back()
kept_after_letting_go()
print(kept_after_letting_go())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="tells of the C library of Linux")
def test_large_arrays_go_back_at_once_from_then_on():
    """In a process of its own: the heap of an old one has holes, from which arrays are cut in any case."""
    done = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 0.7 * 60 * 2


def test_nothing_that_is_in_use_is_touched():
    table = pa.table({"text": [f"article {number}" for number in range(10_000)]})
    give_back()
    assert table["text"][9_999].as_py() == "article 9999"
