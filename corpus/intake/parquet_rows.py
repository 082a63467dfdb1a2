"""Rows of a Parquet file, whatever types its columns have."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from corpus.errors import CorpusError
from corpus.intake.addresses import Address
from corpus.intake.files import InputFile
from corpus.intake.row_readers import Row, check_width, is_missing
from corpus.ledger import Ledger
from corpus.schema import KEPT

if TYPE_CHECKING:
    from pyarrow import Array, RecordBatch

_ROWS: Final = 1_000
"""Rows that are read at a time."""


def read_parquet(file: InputFile, ledger: Ledger) -> Iterator[tuple[int, Row]]:
    """Read a Parquet file; the number is the row's, counted from 1.

    Raises
    ------
    CorpusError
        If the file isn't Parquet, or is damaged.
    """
    import pyarrow
    import pyarrow.parquet as parquet

    try:
        at_once = file.is_packed or isinstance(file.path, Address)
        source = parquet.ParquetFile(io.BytesIO(file.read_bytes()) if at_once else file.path)
        check_width(source.schema_arrow.names, file)
        doubled = sorted(name for name, count in Counter(source.schema_arrow.names).items() if count > 1)
        if doubled:
            raise CorpusError(f"{file.place}: has {', '.join(map(repr, doubled))} twice; rename one of them")
        number = 0
        for batch in source.iter_batches(_ROWS):
            for row in _plain_columns(batch, file, ledger).to_pylist():
                number += 1
                yield number, {key: item for key, item in row.items() if not is_missing(item)}
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{file.place}: not a readable Parquet file ({error}); write it again") from error


def _plain_columns(batch: RecordBatch, file: InputFile, ledger: Ledger) -> RecordBatch:
    """A batch with its columns as Python can hold them.

    Text that was written without saying that it is text (as bytes) becomes text if it is UTF-8. Of what
    says so and isn't, the unreadable characters are replaced, and the ledger tells. Dates and times beyond
    the years 1 to 9999 become text.
    """
    import pyarrow as pa

    for place, field in enumerate(batch.schema):
        column = batch.column(place)
        if pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):
            column = _as_text(column)
        elif (pa.types.is_string(field.type) or pa.types.is_large_string(field.type)) and not _is_sound(
            column
        ):
            column = _mended(column)
            ledger.add(file.name, (), f"{KEPT}unreadable characters in column {field.name!r} became U+FFFD")
        elif pa.types.is_temporal(field.type) and not _fits(column):
            number = pa.int64() if pa.types.is_duration(field.type) else field.type
            column = column.cast(number).cast(pa.string())
        batch = batch.set_column(place, field.name, column)
    return batch


def _mended(column: Array) -> Array:
    """A column of text that isn't UTF-8 throughout, with U+FFFD for what can't be read."""
    import pyarrow as pa

    kind = pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary()
    raw = column.view(kind).to_pylist()
    return pa.array(
        [None if one is None else one.decode("utf-8", "replace") for one in raw], pa.large_string()
    )


def _as_text(column: Array) -> Array:
    """A column of bytes as text, if all of it is UTF-8."""
    import pyarrow as pa

    try:
        return column.cast(pa.large_string())
    except pa.ArrowInvalid:
        return column


def _is_sound(column: Array) -> bool:
    """Whether all of a column of text is UTF-8."""
    import pyarrow as pa

    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _fits(column: Array) -> bool:
    """Whether Python can hold all dates or times of a column."""
    try:
        column.to_pylist()
    except (OverflowError, ValueError):
        return False
    return True
