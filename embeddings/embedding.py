"""Texts to vectors through the cache on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from corpus.engine import THIS_PROCESS, Engine
from corpus.progress import progress_bar
from embeddings.cache import VectorCache, key_of
from embeddings.encoder import Embeddings, Encoder

_TEXTS_AT_ONCE: Final = 512
_KEYS_AT_ONCE: Final = 20_000


class EncoderError(ValueError):
    """An encoder was asked for what it can't do, or returned something that can't be its vectors."""


def embed(
    texts: Sequence[str],
    encoder: Encoder,
    *,
    cache: Path | None = None,
    progress: bool = False,
    engine: Engine = THIS_PROCESS,
) -> Embeddings:
    """Return the vectors of `texts`, one row each, computing only what isn't in the cache yet.

    A text that occurs several times is encoded once. Vectors are written to the cache after every 512 texts,
    so that a run that is stopped goes on where it was.

    Parameters
    ----------
    texts
        May be empty; an empty text has a vector too.
    encoder
        See `embeddings.load_encoder`.
    cache
        Folder of the cache (`embeddings.default_cache()` is the usual one), or None for none.
    progress
        Show a progress bar of the texts that are not in the cache.
    engine
        What encodes the texts, 512 at a time; the cache is read and written here.

    Returns
    -------
    Embeddings
        float32, (number of texts, `encoder.dimension`), rows of length 1.

    Raises
    ------
    CacheError
        The cache can't be read or written.
    EncoderError
        The encoder gave vectors of another shape, or with NaN or infinity.
    """
    distinct = list(dict.fromkeys(texts))
    keys = [key_of(encoder.name, text) for text in distinct]
    vectors = np.empty((len(distinct), encoder.dimension), dtype=np.float32)
    if cache is None:
        _fill(vectors, distinct, range(len(distinct)), encoder, progress=progress, engine=engine)
    else:
        with VectorCache(cache) as store:
            missing = _read(vectors, keys, store)
            _fill(
                vectors, distinct, missing, encoder, progress=progress, engine=engine, store=store, keys=keys
            )
    if len(distinct) == len(texts):
        return vectors
    row_of = {text: row for row, text in enumerate(distinct)}
    return vectors[[row_of[text] for text in texts]]


def _read(vectors: Embeddings, keys: Sequence[bytes], store: VectorCache) -> list[int]:
    """Read into `vectors` what the store has, part by part, and return the rows that it lacks."""
    missing: list[int] = []
    for first in range(0, len(keys), _KEYS_AT_ONCE):
        part = keys[first : first + _KEYS_AT_ONCE]
        found = store.get(part, vectors.shape[1])
        for row, key in enumerate(part, first):
            if key in found:
                vectors[row] = found[key]
            else:
                missing.append(row)
    return missing


def _fill(
    vectors: Embeddings,
    texts: Sequence[str],
    rows: Sequence[int],
    encoder: Encoder,
    *,
    progress: bool,
    engine: Engine,
    store: VectorCache | None = None,
    keys: Sequence[bytes] = (),
) -> None:
    """Encode the texts of `rows` into `vectors`, part by part, and keep each part in `store`."""
    parts = [list(rows[first : first + _TEXTS_AT_ONCE]) for first in range(0, len(rows), _TEXTS_AT_ONCE)]
    encoded = engine.map(encoder.encode, ([texts[row] for row in part] for part in parts))
    with progress_bar(total=len(rows), doing="vectors", unit="text", shown=progress) as bar:
        for part, found in zip(parts, encoded, strict=True):
            vectors[part] = _checked(found, len(part), encoder)
            if store is not None:
                store.put({keys[row]: vectors[row] for row in part}, encoder=encoder.name)
            bar.update(len(part))


def _checked(vectors: Embeddings, count: int, encoder: Encoder) -> Embeddings:
    """Refuse vectors of the wrong shape and numbers that aren't."""
    if vectors.shape != (count, encoder.dimension):
        raise EncoderError(
            f"the encoder {encoder.name!r} gave an array of shape {vectors.shape} for {count} texts; "
            f"expected {(count, encoder.dimension)}"
        )
    if not np.isfinite(vectors).all():
        raise EncoderError(f"the encoder {encoder.name!r} gave vectors with NaN or infinity")
    return vectors
