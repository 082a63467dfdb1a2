"""MinHash signatures that stand on disk: a row of numbers an article, read where they are compared.

The system keeps what is read again at hand and lets it go when memory is short; this process holds some
thousand rows at a time, and of all rows the low byte of each number: two numbers that are equal have it in
common, and of others one in 256 (b-bit minwise hashing, Li and König 2010).
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROWS: Final = 4096
"""Rows that are read at a time: two megabytes of 128 numbers each."""
_ONES: Final = np.uint64(0x0101010101010101)


class Signatures:
    """Rows of `width` numbers of 32 bits, added one by one, then read.

    An article without a signature has zeros.
    """

    def __init__(self, width: int) -> None:
        if width % 8 or width > 255:  # bytes are compared eight at a time, and counted in a byte
            raise ValueError(f"width is {width}; signatures have a multiple of 8 numbers, 248 at most")
        self.width = width
        self._file = TemporaryFile(prefix="broadsheet-signatures-")  # noqa: SIM115 (closed by `close`)
        self._count = 0
        self._map: mmap.mmap | None = None
        self._low: NDArray[np.uint8] | None = None

    def __enter__(self) -> Signatures:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self._count

    def add(self, row: NDArray[np.uint32]) -> None:
        """Add the signature of the next article."""
        self._file.write(np.ascontiguousarray(row, dtype=np.uint32).tobytes())
        self._count += 1

    def signed(self) -> NDArray[np.int64]:
        """The places of the articles that have a signature."""
        found = [start + np.flatnonzero(part.any(axis=1)) for start, part in self._parts()]
        return np.concatenate([np.empty(0, dtype=np.int64), *found])

    def keys(self, band: int) -> NDArray[np.uint64]:
        """Two numbers of each signature, from column `band` on, as one."""
        keys = np.zeros(self._count, dtype=np.uint64)
        for start, part in self._parts():
            pair = part[:, band].astype(np.uint64) << np.uint64(32) | part[:, band + 1]
            keys[start : start + len(part)] = pair
        return keys

    def equal_numbers(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int16]:
        """How many numbers the signatures of each pair have in common."""
        counts = np.empty(len(one), dtype=np.int16)
        for start in range(0, len(one), _ROWS):
            span = slice(start, start + _ROWS)
            rows = self._rows()
            counts[span] = np.count_nonzero(rows[one[span]] == rows[other[span]], axis=1)
            del rows
        self._let_go()
        return counts

    def equal_bytes(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int16]:
        """How many numbers have the low byte in common: at least as many as are equal, and found sooner."""
        if self._low is None:
            self._low = np.empty((self._count, self.width), dtype=np.uint8)
            for start, part in self._parts():
                self._low[start : start + len(part)] = part
        counts = np.empty(len(one), dtype=np.int16)
        for start in range(0, len(one), _ROWS):
            span = slice(start, start + _ROWS)
            equal = self._low[one[span]] == self._low[other[span]]
            # Eight truth values at a time, as bytes of a number, whose sum is its highest byte times 1…1.
            sums = equal.view(np.uint64).sum(axis=1)
            counts[span] = (sums * _ONES) >> np.uint64(56)
        return counts

    def close(self) -> None:
        """Close the file, which goes with it."""
        if self._map is not None:
            self._map.close()
        self._file.close()

    def _parts(self) -> Iterator[tuple[int, NDArray[np.uint32]]]:
        """All rows, some at a time, each with the place of the first."""
        for start in range(0, self._count, _ROWS):
            yield start, self._rows()[start : start + _ROWS].copy()
            self._let_go()

    def _rows(self) -> NDArray[np.uint32]:
        if self._map is None:
            self._file.flush()
            self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return np.frombuffer(self._map, dtype=np.uint32).reshape(self._count, self.width)

    def _let_go(self) -> None:
        """Tell the system that what was read need not stay in this process's memory."""
        if self._map is not None and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)
