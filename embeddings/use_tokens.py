"""Text to token numbers with the encoder's own sentencepiece model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor


class UseTokenizer:
    """The sentencepiece tokenizer of the Universal Sentence Encoder; `<s>` and `</s>` are put around a text.

    Parameters
    ----------
    model
        The serialised sentencepiece model (`sp.model`).
    """

    def __init__(self, model: bytes) -> None:
        from sentencepiece import SentencePieceProcessor

        self.model = model
        self.processor: SentencePieceProcessor = SentencePieceProcessor(model_proto=model)

    @classmethod
    def from_file(cls, path: Path) -> UseTokenizer:
        """Read a sentencepiece model."""
        return cls(path.read_bytes())

    def __call__(self, texts: Sequence[str], *, max_tokens: int | None = None) -> list[list[int]]:
        """Return each text's token numbers; `max_tokens` counts `<s>` and `</s>`, and cuts at the end.

        Half surrogates, which no encoding can hold, count as question marks.
        """
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        pieces: list[list[int]] = self.processor.encode(clean, out_type=int)
        keep = None if max_tokens is None else max_tokens - 2
        begin, end = self.processor.bos_id(), self.processor.eos_id()
        return [[begin, *numbers[:keep], end] for numbers in pieces]

    def decode(self, tokens: Sequence[int]) -> str:
        """Return the text that token numbers stand for."""
        return str(self.processor.decode(list(tokens)))

    def __len__(self) -> int:
        return int(self.processor.vocab_size())

    def __reduce__(self) -> tuple[type[UseTokenizer], tuple[bytes]]:
        return UseTokenizer, (self.model,)
