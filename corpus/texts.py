"""Texts that stand on disk and are read one by one, for what has to go through all of them more than once."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Texts(Protocol):
    """What is read like a list of strings: a list, a `TextFile`, a `Selection`."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> str: ...

    def __iter__(self) -> Iterator[str]: ...


class TextFile:
    """Strings in one file, of which memory holds the places alone: 8 bytes a text.

    Parameters
    ----------
    path
        Where the file is made. It goes with the folder that it is in; `close` lets it go.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._ends = array("q", [0])
        self._written = True

    def extend(self, texts: Iterable[str]) -> None:
        """Add texts at the end."""
        for text in texts:
            data = text.encode("utf-8", "surrogatepass")
            self._file.write(data)
            self._ends.append(self._ends[-1] + len(data))
        self._written = False

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int, /) -> str:
        if not self._written:
            self._file.flush()
            self._written = True
        start, end = self._ends[place], self._ends[place + 1]
        return os.pread(self._file.fileno(), end - start, start).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[place] for place in range(len(self)))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Selection:
    """Some of the texts, in an order of their own."""

    def __init__(self, texts: Texts, places: NDArray[np.int64]) -> None:
        self._texts = texts
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, place: int, /) -> str:
        return self._texts[int(self._places[place])]

    def __iter__(self) -> Iterator[str]:
        return (self[place] for place in range(len(self)))
