"""What an encoder is: all that the rest of the project asks of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Embeddings = NDArray[np.float32]
"""One row a text, float32; rows have length 1 unless a function says otherwise."""


class EncoderUnavailable(OSError):  # noqa: N818 - says what is the matter
    """The encoder asked for isn't on this machine; the message says what is missing and what to do."""


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors of length 1.

    `name` identifies everything the vectors depend on (model, version of its weights, truncation), because
    the cache on disk keeps vectors under it. `dimension` is the length of a row.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def dimension(self) -> int: ...  # noqa: D102

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Embeddings: ...  # noqa: D102
