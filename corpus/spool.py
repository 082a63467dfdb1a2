"""Rows that stand on disk while a corpus is read, and come back in the order of their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH: Final = 1000
"""Rows that are held before they are written: some megabytes of newspaper text."""


class Spool:
    """An Arrow file of rows, which may be added in another order of files than they are read in.

    Parameters
    ----------
    path
        Where the file is made; it goes with the folder that it is in.
    types
        The Arrow type of each column.
    """

    def __init__(self, path: Path, types: Mapping[str, pa.DataType]) -> None:
        self._path = path
        self._schema = pa.schema(list(types.items()))
        self._writer = pa.ipc.new_file(str(path), self._schema)
        self._pending: list[Mapping[str, object]] = []
        self._first = self._last = -1
        self._batches: list[tuple[int, int]] = []
        """Of each batch the number of the first file in it, and its rows."""

    def add(self, number: int, rows: Sequence[Mapping[str, object]]) -> None:
        """Add the rows of file `number`; a file without rows is added all the same, files in runs."""
        if number != self._last + 1 or len(self._pending) >= BATCH:
            self._write()
        if not self._pending:
            self._first = number
        self._pending.extend(rows)
        self._last = number

    def close(self) -> None:
        """Write what is pending; from then on the rows can be read."""
        self._write()
        self._writer.close()

    def order(self) -> NDArray[np.int64]:
        """The rows, counted as they were added, in the order of their files."""
        ends = np.cumsum([0, *(size for _, size in self._batches)], dtype=np.int64)
        spans = [np.arange(ends[place], ends[place + 1]) for place in self._places()]
        return np.concatenate([np.empty(0, dtype=np.int64), *spans])

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """The rows in the order of their files, some at a time; with `columns`, these alone."""
        fields = [self._schema.get_field_index(name) for name in columns or self._schema.names]
        options = pa.ipc.IpcReadOptions(included_fields=fields)
        with pa.OSFile(str(self._path)) as source, pa.ipc.open_file(source, options=options) as reader:
            for place in self._places():
                batch = reader.get_batch(place)
                yield (_copied(batch) if columns else batch).to_pandas()

    def table(self, columns: Sequence[str]) -> pd.DataFrame:
        """Some columns of all rows, in the order of their files."""
        empty = self._schema.empty_table().select(list(columns)).to_pandas()
        return pd.concat([empty, *self.batches(columns)], ignore_index=True)[list(columns)]

    def _places(self) -> list[int]:
        return sorted(range(len(self._batches)), key=lambda place: (self._batches[place][0], place))

    def _write(self) -> None:
        for start in range(0, len(self._pending), BATCH):
            rows = self._pending[start : start + BATCH]
            columns = [_array([row[field.name] for row in rows], field.type) for field in self._schema]
            self._writer.write_batch(pa.record_batch(columns, schema=self._schema))
            self._batches.append((self._first, len(rows)))
        self._pending = []


def _copied(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same columns in memory of their own.

    As they are read they hold the whole batch, with the columns that weren't asked for, for as long as one
    of them is held.
    """
    return batch.take(pa.array(range(batch.num_rows)))


def _array(values: list[object], kind: pa.DataType) -> pa.Array:
    """Values as a column; what pandas holds for missing is null."""
    if pa.types.is_integer(kind):
        return pa.array(values, kind)
    series = pd.Series(values, dtype="float64" if pa.types.is_floating(kind) else "str")
    return pa.array(series, kind, from_pandas=True)
