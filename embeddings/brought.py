"""Vectors that the user brings, from a file, in the order of the articles."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np

from embeddings.encoder import Embeddings

_ID, _VECTOR = "article_id", "vector"
_SHORT: Final = 1e-6
_ROWS: Final = 20_000
"""Vectors brought to length 1 at once."""
_BROKEN: Final = (
    BadZipFile,
    EOFError,
    KeyError,
    MemoryError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    SyntaxError,
    TypeError,
    UnicodeError,
    ValueError,
    zlib.error,
)
"""What numpy and what it stands on raise for a broken or hostile archive."""


class VectorsError(ValueError):
    """A file of vectors can't be used; the message names the file, the article and what is wrong."""


def read_vectors(path: str | Path, article_ids: Sequence[str]) -> Embeddings:
    """Read vectors of the user's and bring them into the order of the articles.

    Parameters
    ----------
    path
        `.parquet` with the columns article_id and vector (a list of numbers), or `.npz` with the arrays
        `article_id` and `vector` (one row an article).
    article_ids
        The articles that need a vector; others in the file are left aside.

    Returns
    -------
    Embeddings
        Rows brought to length 1.

    Raises
    ------
    VectorsError
        The file is missing or of another kind, an article has no vector or two, vectors differ in length, or
        hold NaN, infinity or nothing but zeros.
    """
    path = Path(path)
    if not path.is_file():
        raise VectorsError(f"{path}: no such file of vectors")
    ids, vectors = _read(path)
    row_of = {str(article): row for row, article in enumerate(ids)}
    if len(row_of) < len(ids):
        twice = next(str(a) for row, a in enumerate(ids) if row_of[str(a)] != row)
        raise VectorsError(f"{path}: article_id {twice!r} has two vectors; keep one")
    missing = [str(article) for article in article_ids if str(article) not in row_of]
    if missing:
        raise VectorsError(
            f"{path}: {len(missing)} of {len(article_ids)} articles have no vector, {missing[0]!r} among them"
        )
    rows = np.array([row_of[str(article)] for article in article_ids], dtype=np.int64)
    brought = np.empty((len(rows), vectors.shape[1]), dtype=np.float32)
    for start in range(0, len(rows), _ROWS):
        chosen = vectors[rows[start : start + _ROWS]].astype(np.float64)
        lengths = np.linalg.norm(chosen, axis=1, keepdims=True)
        wrong = np.flatnonzero(~np.isfinite(lengths[:, 0]) | (lengths[:, 0] < _SHORT))
        if len(wrong):
            name = str(article_ids[start + wrong[0]])
            raise VectorsError(f"{path}: the vector of {name!r} is zero or holds NaN or infinity")
        brought[start : start + _ROWS] = chosen / lengths
    return brought


def _read(path: Path) -> tuple[Sequence[object], Embeddings]:
    """Ids and vectors of a file."""
    if path.suffix == ".npz":
        ids, vectors = _read_npz(path)
    elif path.suffix == ".parquet":
        ids, vectors = _read_parquet(path)
    else:
        raise VectorsError(f"{path}: vectors come as .parquet or .npz")
    if vectors.ndim != 2 or len(ids) != len(vectors) or vectors.dtype.kind not in "fiu":
        raise VectorsError(
            f"{path}: {len(ids)} ids and vectors of shape {vectors.shape} ({vectors.dtype}); give a row of "
            "numbers an id"
        )
    return ids, vectors


def _read_npz(path: Path) -> tuple[Sequence[object], Embeddings]:
    """The two arrays of an archive of numpy's; objects in it, which only a pickle could hold, are refused."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            ids, vectors = arrays[_ID], arrays[_VECTOR]
    except PermissionError:
        raise
    except _BROKEN as error:
        raise VectorsError(f"{path}: needs the arrays {_ID!r} and {_VECTOR!r} ({error})") from error
    return ids.ravel().tolist(), vectors


def _read_parquet(path: Path) -> tuple[Sequence[object], Embeddings]:
    """The two columns of a Parquet file."""
    import pyarrow
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(path).read()
        names = table.column_names
        columns = {name: table.column(name).to_pylist() for name in (_ID, _VECTOR) if name in names}
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise VectorsError(f"{path}: not a readable Parquet file ({error}); write it again") from error
    if len(columns) < 2:
        raise VectorsError(f"{path}: needs the columns {_ID} and {_VECTOR}; it has {names}")
    ids, rows = columns[_ID], columns[_VECTOR]
    if not all(isinstance(row, list) for row in rows):
        raise VectorsError(f"{path}: the column {_VECTOR} must hold a list of numbers in each row")
    lengths = {len(row) for row in rows}
    if len(lengths) > 1:
        raise VectorsError(f"{path}: vectors of {sorted(lengths)} numbers; all must have the same")
    try:
        return ids, np.asarray(rows, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise VectorsError(f"{path}: the column {_VECTOR} holds what is no number ({error})") from error
