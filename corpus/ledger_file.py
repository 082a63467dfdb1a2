"""A ledger that stands on disk while a corpus is read: memory holds where each file's entries are."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from corpus.ledger import Entry, Ledger, in_order, table_of
from corpus.spreadsheets import write_csv
from corpus.texts import TextFile

_ROWS: Final = 1000
"""Entries that are held while they are written."""


class LedgerFile:
    """The entries of many files, added file by file in any order.

    Parameters
    ----------
    path
        Where the file is made; it goes with the folder that it is in. `close` lets it go.
    loose
        Entries of files that aren't read; what is found out when all are comes to them: few, and held.
    """

    def __init__(self, path: Path, loose: Ledger) -> None:
        self._texts = TextFile(path)
        self._numbers = array("q")
        self._count = 0
        self.loose = loose

    def __len__(self) -> int:
        return self._count + len(self.loose.entries)

    def add(self, number: int, entries: Sequence[Entry]) -> None:
        """Add the entries of file `number`, where files are numbered in the order of their names."""
        if not entries:
            return
        rows = [(one.file, one.lines, one.reason, one.text) for one in sorted(entries, key=in_order)]
        self._texts.extend([json.dumps(rows)])
        self._numbers.append(number)
        self._count += len(entries)

    def entries(self) -> Iterator[Entry]:
        """All entries in the order of the ledger's table."""
        return merge(self._of_files(), sorted(self.loose.entries, key=in_order), key=in_order)

    def write_csv(self, path: str | Path) -> None:
        """Write the table, some rows at a time."""
        with Path(path).open("w", encoding="utf-8", newline="") as stream:
            write_csv(table_of(()), stream)
            for rows in _batches(self.entries()):
                write_csv(table_of(rows), stream, header=False)

    def close(self) -> None:
        """Close the file."""
        self._texts.close()

    def _of_files(self) -> Iterator[Entry]:
        for place in np.argsort(np.array(self._numbers, dtype=np.int64), kind="stable").tolist():
            for file, lines, reason, text in json.loads(self._texts[place]):
                yield Entry(file, tuple((first, last) for first, last in lines), reason, text)


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    waiting = iter(entries)
    return iter(lambda: list(islice(waiting, _ROWS)), [])
