"""Parquet: columns of any type, damage, and what a file may carry to be unpickled."""

from __future__ import annotations

import datetime as dt
import decimal
import io
import pickle
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from benchmarks.robustness.cases.case import WORDS, Case, Kind, damaged, read, written

_TEXTS: tuple[pa.DataType, ...] = (
    pa.string(),
    pa.large_string(),
    pa.binary(),
    pa.dictionary(pa.int32(), pa.string()),
)
_NAMES = ("id", "title", "date", "source", "lang", "kind", "quality", "file", "page", "新栏")
_DAY = dt.date(2021, 3, 4)
_TIME = dt.datetime(2021, 3, 4, 5, 6)

_COLUMNS: tuple[Callable[[int], pa.Array], ...] = (
    lambda n: pa.array([number % 100 for number in range(n)], pa.int8()),
    lambda n: pa.array([2**63 + k for k in range(n)], pa.uint64()),
    lambda n: pa.array([float("nan"), float("inf"), -0.0][:n] + [1.5] * max(0, n - 3), pa.float32()),
    lambda n: pa.array([decimal.Decimal("1.10")] * n, pa.decimal128(38, 20)),
    lambda n: pa.array([_DAY] * n, pa.date32()),
    lambda n: pa.array([_DAY] * n, pa.date64()),
    lambda n: pa.array([_TIME] * n, pa.timestamp("s")),
    lambda n: pa.array([_TIME] * n, pa.timestamp("ns", "Asia/Shanghai")),
    lambda n: pa.array([_TIME] * n, pa.timestamp("us", "+08:00")),
    lambda n: pa.array([10**15] * n, pa.int64()).cast(pa.timestamp("s")),
    lambda n: pa.array([2**31 - 1] * n, pa.int32()).cast(pa.date32()),
    lambda n: pa.array([dt.time(1, 2, 3)] * n, pa.time64("us")),
    lambda n: pa.array([dt.timedelta(days=400)] * n, pa.duration("ms")),
    lambda n: pa.array([b"\xff\x00"] * n, pa.binary()),
    lambda n: pa.array([b"ab"] * n, pa.binary(2)),
    lambda n: pa.array([[1, None]] * n, pa.list_(pa.int64())),
    lambda n: pa.array([[[["deep"]]]] * n),
    lambda n: pa.array([{"a": {"b": [1]}}] * n),
    lambda n: pa.array([[("k", 1)]] * n, pa.map_(pa.string(), pa.int64())),
    pa.nulls,
    lambda n: pa.array([True, None, False][:n] + [True] * max(0, n - 3)),
    lambda n: pa.array(["a"] * n).dictionary_encode(),
    lambda n: pa.array(["=1+1", "\u202e", ""][:n] + ["x"] * max(0, n - 3), pa.large_string()),
)


class _Deed:
    """An object that leaves a trace when it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("unpickled"),))


def _written(folder: Path, table: pa.Table, **options: Any) -> Case:
    stream = io.BytesIO()
    parquet.write_table(table, stream, **options)
    return Case(read, written(folder, "a.parquet", stream.getvalue()))


def _words(generator: random.Random, count: int) -> pa.Array:
    """Text in one of the ways in which it is stored."""
    texts = [f"{generator.choice(WORDS)} {number}" for number in range(count)]
    kind = generator.choice(_TEXTS)
    return pa.array(texts).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array(texts).cast(kind)


def _types(generator: random.Random, folder: Path) -> Case:
    count = generator.choice((1, 3, 2_500))
    columns = {name: generator.choice(_COLUMNS)(count) for name in generator.sample(_NAMES, 5)}
    any_text = generator.random() < 0.2
    columns["text"] = generator.choice(_COLUMNS)(count) if any_text else _words(generator, count)
    return _written(
        folder, pa.table(columns), compression=generator.choice(("snappy", "zstd", "gzip", "none"))
    )


def _broken(generator: random.Random, folder: Path) -> Case:
    stream = io.BytesIO()
    parquet.write_table(pa.table({"text": _words(generator, 50), "id": range(50)}), stream)
    return Case(read, written(folder, "a.parquet", damaged(generator, stream.getvalue())))


def _poisoned(generator: random.Random, folder: Path) -> Case:
    """Metadata by which readers have been made to unpickle, or to believe another schema."""
    table = pa.table({"text": _words(generator, 3), "id": ["a", "b", "c"]})
    deed = pickle.dumps(_Deed())
    extension = {b"ARROW:extension:name": b"arrow.py_extension_type", b"ARROW:extension:metadata": deed}
    how = generator.choice(("extension", "pandas", "schema", "names", "wide"))
    if how == "extension":
        field = pa.field("id", pa.string(), metadata=extension)
        table = table.cast(pa.schema([table.schema.field("text"), field]))
    elif how == "pandas":
        content = generator.choice((b"{", b'{"columns": 1}', deed, b'{"index_columns": ["text"]}'))
        table = table.replace_schema_metadata({"pandas": content})
    elif how == "schema":
        table = table.replace_schema_metadata({"ARROW:schema": deed})
    elif how == "names":
        table = pa.Table.from_arrays(
            [*table.columns, pa.array(["x"] * 3)],
            names=["text", "id", generator.choice(("text", "id", "", "\x00"))],
        )
    else:
        wide = {f"c{n}": ["x"] * 3 for n in range(generator.choice((2_000, 12_000)))}
        table = pa.table({"text": table.column("text"), **wide})
    return _written(folder, table, store_schema=how != "schema")


COLUMNAR: dict[str, Kind] = {
    "Parquet: columns of any type": _types,
    "Parquet: damaged": _broken,
    "Parquet: poisoned metadata": _poisoned,
}
