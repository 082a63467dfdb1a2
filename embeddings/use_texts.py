"""The Universal Sentence Encoder from text to vector.

Without sentence-transformers, whose import takes five seconds and a quarter of a gigabyte.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from corpus.progress import progress_bar
from embeddings.use_network import UseNetwork
from embeddings.use_tokens import UseTokenizer
from embeddings.use_weights import read_package_weights, resources

if TYPE_CHECKING:
    from embeddings.encoder import Embeddings

_TEXTS_AT_ONCE: Final = 256
_TOKENS_AT_ONCE: Final = 65_536


@dataclass(frozen=True)
class UseTexts:
    """Tokenizer and network, one behind the other."""

    tokenizer: UseTokenizer
    network: UseNetwork

    @classmethod
    def from_package(cls) -> UseTexts:
        """Load both from the installed package.

        Raises
        ------
        EncoderUnavailable
            The package with the weights is not installed.
        """
        return cls(UseTokenizer.from_file(resources() / "sp.model"), UseNetwork(read_package_weights()))

    def encode(
        self, texts: Sequence[str], *, max_tokens: int | None = None, progress: bool = False
    ) -> Embeddings:
        """Encode texts in batches of about 65,000 tokens.

        Parameters
        ----------
        texts
            The texts.
        max_tokens
            Tokens of a text that count, `<s>` and `</s>` among them; None for all.
        progress
            Show a progress bar.

        Returns
        -------
        Embeddings
            (texts, dimension), rows of length 1; the same bytes for a text whatever stands beside it.
        """
        vectors = np.empty((len(texts), self.network.dimension), dtype=np.float32)
        done, waiting, n_tokens = 0, [], 0
        with progress_bar(total=len(texts), doing="vectors", unit="text", shown=progress) as bar:
            for first in range(0, len(texts), _TEXTS_AT_ONCE):
                part = texts[first : first + _TEXTS_AT_ONCE]
                for numbers in self.tokenizer(part, max_tokens=max_tokens):
                    waiting.append(numbers)
                    n_tokens += len(numbers)
                    if n_tokens >= _TOKENS_AT_ONCE:
                        vectors[done : done + len(waiting)] = self.network.encode(waiting)
                        bar.update(len(waiting))
                        done, waiting, n_tokens = done + len(waiting), [], 0
            vectors[done:] = self.network.encode(waiting)
            bar.update(len(waiting))
        return vectors
