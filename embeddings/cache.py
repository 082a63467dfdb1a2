"""Vectors on disk, so that a text is encoded once for each model and then never again.

An LMDB file in the cache folder; the key of a vector is the sha256 of the encoder's name, a NUL and the text,
its value the dimension (4 bytes) and the float32 numbers, little-endian. Several processes may read and write
at once, and a process that is killed leaves a sound file with everything it had written so far.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from embeddings.encoder import Embeddings

CACHE_VARIABLE: Final = "BROADSHEET_CACHE"
_FIRST_MAP: Final = 64 * 2**20
_DIMENSION: Final = struct.Struct("<I")


class CacheError(OSError):
    """The vector cache can't be used; the message names the folder and says what to do."""


def default_cache() -> Path:
    """Return the folder for vectors: `$BROADSHEET_CACHE/vectors`, else the user's cache folder.

    The latter is `$XDG_CACHE_HOME/broadsheet/vectors` or `~/.cache/broadsheet/vectors`. Nothing is created.
    """
    if own := os.environ.get(CACHE_VARIABLE):
        return Path(own).expanduser() / "vectors"
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "broadsheet" / "vectors"


def key_of(encoder: str, text: str) -> bytes:
    """Return the key under which the vector of `text` by the encoder of that name is kept."""
    return hashlib.sha256(f"{encoder}\0{text}".encode("utf-8", "surrogatepass")).digest()


class VectorCache:
    """A folder of vectors, open for reading and writing; use it in a `with` statement.

    Parameters
    ----------
    folder
        Created if it isn't there.

    Raises
    ------
    CacheError
        The folder can't be written, the disk is full or the file is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._environment: Any = None

    def __enter__(self) -> VectorCache:
        import lmdb

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CacheError(
                f"the cache folder {self.folder} can't be made ({error}); set {CACHE_VARIABLE} to a folder "
                "that can be written"
            ) from error
        present = self.folder / "data.mdb"
        size = max(_FIRST_MAP, present.stat().st_size if present.is_file() else 0)
        with self._errors():
            self._environment = lmdb.open(str(self.folder), map_size=size, readahead=False, max_readers=512)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._environment.close()
        self._environment = None

    def get(self, keys: Sequence[bytes], dimension: int) -> dict[bytes, Embeddings]:
        """Return the vectors that are there; one of another length is an error, not a miss."""
        found: dict[bytes, Embeddings] = {}
        with self._reading() as transaction:
            for key in keys:
                value = transaction.get(key)
                if value is not None:
                    found[key] = self._decode(value, dimension)
        return found

    def put(self, vectors: Mapping[bytes, Embeddings]) -> None:
        """Write vectors in one transaction: all of them or, if the process is killed, none."""
        import lmdb

        items = [(key, _encode(vector)) for key, vector in sorted(vectors.items())]
        while True:
            try:
                with self._errors(), self._environment.begin(write=True) as transaction:
                    transaction.cursor().putmulti(items, overwrite=True)
                return
            except lmdb.MapFullError:
                self._grow()
            except lmdb.MapResizedError:
                self._environment.set_mapsize(0)

    def size(self) -> tuple[int, int]:
        """Return how many vectors there are and how many bytes the file takes."""
        with self._reading() as transaction:
            entries = int(transaction.stat()["entries"])
        return entries, (self.folder / "data.mdb").stat().st_size

    def prune(self) -> int:
        """Delete all vectors and give the room back to the disk; returns how many there were.

        Run it when no other process uses the cache.
        """
        entries, _ = self.size()
        with self._errors():
            self._environment.close()
            for name in ("data.mdb", "lock.mdb"):
                (self.folder / name).unlink(missing_ok=True)
        self.__enter__()
        return entries

    def _decode(self, value: bytes, dimension: int) -> Embeddings:
        length = _DIMENSION.unpack_from(value)[0] if len(value) >= _DIMENSION.size else -1
        if length != dimension or len(value) != _DIMENSION.size + 4 * length:
            raise CacheError(
                f"the cache {self.folder} holds a vector of {length} numbers in {len(value)} bytes where "
                f"{dimension} were expected; it is damaged: delete the folder (vectors are computed again)"
            )
        return np.frombuffer(value, dtype="<f4", offset=_DIMENSION.size).astype(np.float32)

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        """Open a read transaction, after another process may have made the file larger."""
        import lmdb

        with self._errors():
            try:
                transaction = self._environment.begin()
            except lmdb.MapResizedError:
                self._environment.set_mapsize(0)
                transaction = self._environment.begin()
            with transaction:
                yield transaction

    def _grow(self) -> None:
        """Double the map; the file itself grows only as it is written."""
        size = int(self._environment.info()["map_size"])
        free = shutil.disk_usage(self.folder).free
        if free < _FIRST_MAP:
            raise CacheError(
                f"the disk of the cache {self.folder} is full ({free // 2**20} MB left); free some room, set "
                f"{CACHE_VARIABLE} to another disk, or run without the cache"
            )
        with self._errors():
            self._environment.set_mapsize(2 * size)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn LMDB's errors into ours, except the two that are handled here."""
        import lmdb

        try:
            yield
        except (lmdb.MapFullError, lmdb.MapResizedError):
            raise
        except lmdb.Error as error:
            raise CacheError(
                f"the cache {self.folder} can't be used: {error}; if the file is damaged, delete the folder "
                f"(vectors are then computed again), or set {CACHE_VARIABLE} to another one"
            ) from error


def _encode(vector: Embeddings) -> bytes:
    return _DIMENSION.pack(len(vector)) + np.ascontiguousarray(vector, dtype="<f4").tobytes()
