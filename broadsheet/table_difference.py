"""How far two tables are apart: which values differ, and numbers by how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from broadsheet.storage import read_json, sha256
from figures.tables import RunFolderError


@dataclass(frozen=True)
class Comparison:
    """A file of two runs: whether its bytes are the same, and if not, what differs.

    Attributes
    ----------
    by
        Where only numbers differ, the largest difference as a part of the number's own size; None where
        something else differs too, or can't be compared.
    """

    name: str
    same: bool
    difference: str = ""
    by: float | None = None


def compare_files(first: Path, second: Path, name: str) -> Comparison:
    """Compare a file of two runs: tables (.parquet, .csv) and JSON value by value, others by their bytes."""
    if not first.is_file() or not second.is_file():
        which = "second" if first.is_file() else "first"
        return Comparison(name, same=False, difference=f"missing in the {which} run")
    if sha256(first) == sha256(second):
        return Comparison(name, same=True)
    if first.suffix not in {".parquet", ".csv", ".json"}:
        return Comparison(name, same=False, difference="other bytes")
    try:
        difference, by = _compare(_read(first), _read(second))
    except RunFolderError as error:
        difference, by = str(error), None
    return Comparison(name, same=False, difference=difference, by=by)


def _read(path: Path) -> pd.DataFrame:
    """Read a table with every value as it stands there."""
    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        if path.suffix == ".json":
            return pd.DataFrame(_leaves(read_json(path), ""), columns=["key", "value"], dtype=object)
        return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    except (ValueError, OSError) as error:
        raise RunFolderError(f"{path}: not readable as a table ({error}); run the study again") from error


def _leaves(content: object, way: str) -> Iterator[tuple[str, object]]:
    """All values of nested JSON, each with the keys and places on the way to it, joined by dots."""
    if isinstance(content, Mapping | list):
        entries = content.items() if isinstance(content, Mapping) else enumerate(content)
        for key, value in entries:
            yield from _leaves(value, f"{way}.{key}" if way else str(key))
    else:
        yield way, content


def _compare(a: pd.DataFrame, b: pd.DataFrame) -> tuple[str, float | None]:
    """Say in words how two tables differ, and by how much where it is numbers alone."""
    if list(a.columns) != list(b.columns):
        return f"columns {list(a.columns)} and {list(b.columns)}", None
    if len(a) != len(b):
        return f"{len(a)} rows and {len(b)} rows", None
    unlike = (~((a == b) | (a.isna() & b.isna()))).to_numpy(dtype=bool)
    if not unlike.any():
        return "the same values in other bytes (another version wrote the file)", None
    sizes = np.stack([_relative(a[column], b[column]) for column in a.columns], axis=1)
    found = f"{int(unlike.sum()):,} of {unlike.size:,} values differ"
    words = unlike & np.isnan(sizes)
    if words.any():
        return f"{found}; {_place(a, b, int(words.argmax()))}", None
    largest = int(np.where(unlike, sizes, -1.0).argmax())
    by = float(sizes.flat[largest])
    return f"{found}, only numbers, by at most {by:.1g} of their size: {_place(a, b, largest)}", by


def _relative(a: pd.Series[object], b: pd.Series[object]) -> NDArray[np.float64]:
    """How far the numbers of two columns are apart, as a part of the larger; NaN where one is no number."""
    one, two = (pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64) for column in (a, b))
    size = np.maximum(np.abs(one), np.abs(two))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(one == two, 0.0, np.abs(one - two) / size)


def _place(a: pd.DataFrame, b: pd.DataFrame, place: int) -> str:
    """Name a value by its place among all of a table, with what stands in the first column of its row."""
    row, column = divmod(place, a.shape[1])
    key = f" ({a.iloc[row, 0]})" if column else ""
    return (
        f"row {row}{key}, column {a.columns[column]}: {_shown(a, row, column)} and {_shown(b, row, column)}"
    )


def _shown(table: pd.DataFrame, row: int, column: int) -> str:
    value = table.iloc[row, column]
    return repr(value.item() if isinstance(value, np.generic) else value)
