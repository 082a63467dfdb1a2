"""Vectors on disk, so that a text is encoded once for each model and then never again.

An LMDB file in the cache folder. The key of a vector is 8 bytes of the sha256 of the encoder's name, then
the sha256 of the name, a NUL and the text; its value the dimension and a CRC-32 of key and numbers (4 bytes
each), then the float32 numbers, little-endian. Under the 8 bytes alone stands the encoder's name.
Several processes may read and write at once, and a process that is killed leaves a sound file with everything
it had written so far.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from embeddings.encoder import Embeddings

CACHE_VARIABLE: Final = "BROADSHEET_CACHE"
_FIRST_MAP: Final = 64 * 2**20
_HEAD: Final = struct.Struct("<II")
"""Dimension, CRC-32."""
_PREFIX: Final = 8
_KEY: Final = _PREFIX + 32
_DELETED_AT_ONCE: Final = 10_000


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
    whole = hashlib.sha256(f"{encoder}\0{text}".encode("utf-8", "surrogatepass")).digest()
    return _prefix_of(encoder) + whole


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
                    found[key] = self._decode(key, value, dimension)
        return found

    def put(self, vectors: Mapping[bytes, Embeddings], *, encoder: str) -> None:
        """Write an encoder's vectors in one transaction: all of them or, if the process is killed, none."""
        items = [(_prefix_of(encoder), encoder.encode("utf-8", "surrogatepass"))]
        items += [(key, _encode(key, vector)) for key, vector in sorted(vectors.items())]
        self._write(lambda transaction: transaction.cursor().putmulti(items, overwrite=True))

    def size(self) -> tuple[int, int]:
        """Return how many vectors there are and how many bytes the file takes."""
        return sum(self.encoders().values()), (self.folder / "data.mdb").stat().st_size

    def encoders(self) -> dict[str, int]:
        """Return how many vectors there are of each encoder; unnamed ones are an earlier version's."""
        names: dict[bytes, str] = {}
        counts: Counter[bytes] = Counter()
        with self._reading() as transaction:
            for key, value in transaction.cursor():
                if len(key) == _PREFIX:
                    names[key] = value.decode("utf-8", "replace")
                else:
                    counts[key[:_PREFIX] if len(key) == _KEY else b""] += 1
        named = {names.get(prefix, "(written by an earlier version)"): n for prefix, n in counts.items()}
        return dict(sorted(named.items()))

    def prune(self, encoder: str | None = None) -> int:
        """Delete the vectors of one encoder, or all, and return how many there were.

        Other processes may go on using the cache. The room is given back to the disk if none does; otherwise
        it is used for new vectors.

        Raises
        ------
        CacheError
            There are no vectors of the encoder; the message names those that there are.
        """
        known = self.encoders()
        if encoder is not None and encoder not in known:
            raise CacheError(
                f"the cache {self.folder} has no vectors of {encoder!r}; it has {', '.join(known) or 'none'}"
            )
        with self._reading() as transaction:
            prefix = b"" if encoder is None else _prefix_of(encoder)
            keys = [key for key in transaction.cursor().iternext(values=False) if key.startswith(prefix)]
        for first in range(0, len(keys), _DELETED_AT_ONCE):
            self._write(partial(_delete, keys[first : first + _DELETED_AT_ONCE]))
        self._shrink()
        return sum(known.values()) if encoder is None else known[encoder]

    def _shrink(self) -> None:
        """Write the file anew without its free pages, unless another process has it open.

        LMDB holds a lock on the lock file as long as an environment is open; taking it tells that no other
        process has one.
        """
        import fcntl

        part = self.folder / "shrunk"
        with self._errors():
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            self._environment.copy(str(part), compact=True)
            self._environment.close()
        with (self.folder / "lock.mdb").open("r+b") as lock:
            try:
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                pass  # in use: the room stays, for new vectors
            else:
                (part / "data.mdb").replace(self.folder / "data.mdb")
                lock.truncate(0)
        shutil.rmtree(part)
        self.__enter__()

    def _decode(self, key: bytes, value: bytes, dimension: int) -> Embeddings:
        length, check = _HEAD.unpack_from(value) if len(value) >= _HEAD.size else (-1, 0)
        numbers = value[_HEAD.size :]
        if length != dimension or len(numbers) != 4 * length:
            raise CacheError(
                f"the cache {self.folder} holds a vector of {length} numbers in {len(value)} bytes where "
                f"{dimension} were expected; it is damaged: delete the folder (vectors are computed again)"
            )
        if check != zlib.crc32(numbers, zlib.crc32(key)):
            raise CacheError(
                f"the cache {self.folder} holds a vector that is not what was written; the disk may be "
                "failing: delete the folder (vectors are computed again)"
            )
        return np.frombuffer(numbers, dtype="<f4").astype(np.float32)

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

    def _write(self, work: Callable[[Any], object]) -> None:
        """Do some work in one write transaction; with a larger map if it needs one."""
        import lmdb

        while True:
            try:
                with self._errors(), self._environment.begin(write=True) as transaction:
                    work(transaction)
                return
            except lmdb.MapFullError:
                self._grow()
            except lmdb.MapResizedError:
                self._environment.set_mapsize(0)

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


def _encode(key: bytes, vector: Embeddings) -> bytes:
    numbers = np.ascontiguousarray(vector, dtype="<f4").tobytes()
    return _HEAD.pack(len(vector), zlib.crc32(numbers, zlib.crc32(key))) + numbers


def _delete(keys: Sequence[bytes], transaction: Any) -> None:
    for key in keys:
        transaction.delete(key)


def _prefix_of(encoder: str) -> bytes:
    return hashlib.sha256(encoder.encode("utf-8", "surrogatepass")).digest()[:_PREFIX]
