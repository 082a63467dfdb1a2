"""The Universal Sentence Encoder as a module of sentence-transformers.

`SentenceTransformer(modules=[UseModule()])` is a complete model: `encode`, prompts, `similarity`, `save` and
loading again all work, and BERTopic takes it as its embedding model. A saved folder holds the weights
(`model.safetensors`, 67 MB) and the tokenizer (`sp.model`), so it needs the weights' package no more. Because
the class isn't part of sentence-transformers, loading it by hand takes
`SentenceTransformer(folder, trust_remote_code=True)`; `embeddings.load_encoder(folder)` does that only for
folders whose modules are all known.

The module computes on the processor whatever the device of the model; results go back to the device the
features came from. It gives sentence embeddings only, no token embeddings.

Import this file late: it needs torch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from sentence_transformers.base.modules.input_module import InputModule

from embeddings.use_network import UseNetwork
from embeddings.use_texts import UseTexts
from embeddings.use_tokens import UseTokenizer
from embeddings.use_weights import UseWeights

if TYPE_CHECKING:
    from embeddings.encoder import Embeddings

MIN_TOKENS = 3


class UseModule(InputModule):
    """Tokenizer and network in one module.

    Parameters
    ----------
    max_seq_length
        Tokens of a text that count, `<s>` and `</s>` among them; None (the default) for all of them. The
        network has no limit of its own.
    texts
        Tokenizer and network of a saved model; by default those of the installed package.

    Raises
    ------
    EncoderUnavailable
        The package with the weights is not installed.
    ValueError
        `max_seq_length` is under 3.
    """

    config_file_name: str = "config.json"
    config_keys = ["max_seq_length"]  # noqa: RUF012 - declared by the base class
    save_in_root: bool = True

    def __init__(self, max_seq_length: int | None = None, *, texts: UseTexts | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.max_seq_length = max_seq_length
        self._texts = texts or UseTexts.from_package()
        self.tokenizer: Any = self._texts.tokenizer
        self.network = self._texts.network

    @property
    def max_seq_length(self) -> int | None:
        """Tokens of a text that count; None for all."""
        return self._max_seq_length

    @max_seq_length.setter
    def max_seq_length(self, value: int | None) -> None:
        if value is not None and value < MIN_TOKENS:
            raise ValueError(f"max_seq_length is {value}; it counts <s> and </s>, so it must be 3 or more")
        self._max_seq_length = None if value is None else int(value)

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return self.network.dimension

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Tokenize texts; returns `input_ids` and `attention_mask`, padded with 0 to the longest text."""
        texts = [(prompt or "") + _text(value) for value in inputs]
        numbers = self.tokenizer(texts, max_tokens=self.max_seq_length)
        width = max(map(len, numbers), default=0)
        ids = torch.zeros((len(numbers), width), dtype=torch.long)
        mask = torch.zeros((len(numbers), width), dtype=torch.long)
        for row, tokens in enumerate(numbers):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            mask[row, : len(tokens)] = 1
        return {"input_ids": ids, "attention_mask": mask}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add `sentence_embedding`, rows of length 1."""
        ids = features["input_ids"].cpu().numpy()
        lengths = features["attention_mask"].cpu().numpy().sum(axis=1)
        texts = [row[:length].tolist() for row, length in zip(ids, lengths, strict=True)]
        vectors = torch.from_numpy(self.network.encode(texts))
        features["sentence_embedding"] = vectors.to(features["input_ids"].device)
        return features

    def encode_texts(self, texts: Sequence[str], *, progress: bool = False) -> Embeddings:
        """Encode texts as `UseTexts` does; the same bytes as `SentenceTransformer.encode`."""
        return self._texts.encode(texts, max_tokens=self.max_seq_length, progress=progress)

    def fingerprint(self) -> str:
        """Return the sha256 of weights and tokenizer."""
        digest = hashlib.sha256(self.tokenizer.model)
        for name, array in sorted(self.network.weights.to_arrays().items()):
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def save(self, output_path: str, *_: Any, safe_serialization: bool = True, **__: Any) -> None:
        """Write `model.safetensors`, `sp.model` and `config.json`; no other format than safetensors."""
        from safetensors.numpy import save_file

        if not safe_serialization:
            raise ValueError("this module is saved as safetensors only; leave safe_serialization at True")
        save_file(self.network.weights.to_arrays(), str(Path(output_path) / "model.safetensors"))
        (Path(output_path) / "sp.model").write_bytes(self.tokenizer.model)
        self.save_config(output_path)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **hub: Any) -> UseModule:  # type: ignore[override]
        """Load what `save` wrote, from a folder or from a model hub."""
        from safetensors.numpy import load_file

        keys = ("token", "cache_folder", "revision", "local_files_only")
        where = {key: hub[key] for key in keys if key in hub} | {"subfolder": subfolder}
        weights = _found(
            cls.load_file_path(model_name_or_path, "model.safetensors", **where), model_name_or_path
        )
        tokenizer = _found(cls.load_file_path(model_name_or_path, "sp.model", **where), model_name_or_path)
        return cls(
            **cls.load_config(model_name_or_path, **where),
            texts=UseTexts(
                UseTokenizer.from_file(Path(tokenizer)),
                UseNetwork(UseWeights.from_arrays(load_file(weights))),
            ),
        )


def _text(value: object) -> str:
    """Refuse what isn't text."""
    if not isinstance(value, str):
        raise ValueError(f"this encoder takes texts (str), not {type(value).__name__}: {str(value)[:60]!r}")
    return value


def _found(path: str | None, where: str) -> str:
    if path is None:
        raise FileNotFoundError(f"{where}: model.safetensors or sp.model is missing; save the model again")
    return path
