"""Encoders by name: the bundled one, the optional small one, and whatever sentence-transformers can load."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpus.progress import widgets_not_missed
from embeddings.e5 import E5_NAME, E5Encoder
from embeddings.embedding import EncoderError
from embeddings.encoder import Embeddings, Encoder, EncoderUnavailable
from embeddings.hub import cached_snapshot, refuse_pickles, why_offline
from embeddings.use_weights import package_version, resources

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from embeddings.use_texts import UseTexts

DEFAULT_ENCODER: Final = "use-multilingual-v3"
_ARITHMETIC: Final = "fixed1"
"""Changes when `use_network` gives other bytes for the same weights: no old vector is taken for new."""
_OUR_MODULE: Final = "embeddings.use_module.UseModule"
_LENGTH_TOLERANCE: Final = 1e-6


class UseEncoder:
    """The default encoder: 16 languages, 512 dimensions, weights from a package, nothing to download.

    The model is loaded when first needed; with all vectors in the cache it never is.

    Parameters
    ----------
    max_tokens
        Tokens of a text that count, or None for all; see `load_encoder`.
    """

    dimension: int = 512

    def __init__(self, *, max_tokens: int | None = None) -> None:
        if max_tokens is not None and max_tokens < 1:
            raise ValueError(f"max_tokens is {max_tokens}; it must be 1 or more, or None for all tokens")
        resources()
        self._max_seq_length = None if max_tokens is None else max_tokens + 2
        lead = "" if max_tokens is None else f"+lead{max_tokens}"
        self.name = f"{DEFAULT_ENCODER}@{package_version()}+{_ARITHMETIC}{lead}"

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: it loads the model itself, from the package."""
        return {name: value for name, value in vars(self).items() if name not in ("model", "_texts")}

    @cached_property
    def _texts(self) -> UseTexts:
        """Tokenizer and network."""
        from embeddings.use_texts import UseTexts

        return UseTexts.from_package()

    @cached_property
    def model(self) -> SentenceTransformer:
        """The encoder as a `SentenceTransformer`, for everything else that one can do."""
        with widgets_not_missed():
            from sentence_transformers import SentenceTransformer

            from embeddings.use_module import UseModule

        return SentenceTransformer(modules=[UseModule(self._max_seq_length, texts=self._texts)])

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Embeddings:
        """Encode texts; the same bytes for a text whatever stands beside it."""
        return self._texts.encode(texts, max_tokens=self._max_seq_length, progress=progress)


class SentenceTransformerEncoder:
    """Any model of sentence-transformers.

    A text with more tokens than the model reads is split, and the parts' vectors are pooled by their tokens
    (`embeddings.long_texts`). Vectors may differ in the last bits with the batch a text is in, as is usual
    for such models.

    Parameters
    ----------
    model
        The loaded model.
    name
        What it is called in the cache.
    prompt
        The name of one of the model's prompts, or the words to put before each text; None for the model's
        default prompt, if it has one.
    lead
        Read only what fits the model and pool nothing.
    """

    def __init__(
        self, model: SentenceTransformer, *, name: str, prompt: str | None = None, lead: bool = False
    ) -> None:
        self.model = model
        self._prompt = (model.prompts or {}).get(prompt, prompt) if prompt is not None else None
        self._limit = None if lead else self._room()
        way = "lead" if self._limit is None else "pooled"
        self.name = f"{name}@{_fingerprint(model, self._prompt, way)[:16]}"
        dimension = model.get_embedding_dimension()
        if dimension is None:
            raise EncoderUnavailable(f"the model {name!r} does not say how long its vectors are")
        self.dimension = int(dimension)

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Embeddings:
        """Encode texts, each after the prompt if there is one."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        if self._limit is None:
            return self._encode(list(texts), progress=progress)
        from embeddings.long_texts import encode_in_parts

        return encode_in_parts(
            texts,
            limit=self._limit,
            count=self._tokens,
            encode=lambda parts: self._encode(parts, progress=progress),
        )

    def _encode(self, texts: list[str], *, progress: bool) -> Embeddings:
        """Encode what fits, rows of length 1."""
        found = self.model.encode(texts, prompt=self._prompt, show_progress_bar=progress)
        vectors = np.asarray(found, dtype=np.float32)
        lengths = np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True)
        # Vectors that the model made 1 long itself stay as they are, to the last bit.
        lengths[np.abs(lengths - 1) < _LENGTH_TOLERANCE] = 1
        return np.asarray(vectors / np.maximum(lengths, _LENGTH_TOLERANCE), dtype=np.float32)

    def _room(self) -> int | None:
        """Tokens of a text that the model reads, beside its own and the prompt's; None for no limit."""
        from transformers import PreTrainedTokenizerBase

        limit = self.model.max_seq_length
        if limit is None or not isinstance(self.model.tokenizer, PreTrainedTokenizerBase):
            return None
        chosen = self._prompt or (self.model.prompts or {}).get(self.model.default_prompt_name or "", "")
        special = int(self.model.tokenizer.num_special_tokens_to_add())
        return max(1, int(limit) - special - self._tokens(chosen or ""))

    def _tokens(self, text: str) -> int:
        """How many tokens a text has, none of the model's own among them."""
        return len(
            self.model.tokenizer(text, add_special_tokens=False, truncation=False, verbose=False).input_ids
        )


@widgets_not_missed()
def load_encoder(
    name: str | Path = DEFAULT_ENCODER, *, max_tokens: int | None = None, prompt: str | None = None
) -> Encoder:
    """Load an encoder by name.

    Parameters
    ----------
    name
        `use-multilingual-v3` (the default; bundled), `e5-small` (with the extra `broadsheet[e5]`), or the
        name or folder of any model for sentence-transformers. A model that isn't on this machine is looked
        for on the model hub, if that answers within 3 seconds.
    max_tokens
        Encode the lead only: this many tokens of each text (a Chinese character is about 0.6 tokens). None
        (the default) for all of the text: `use-multilingual-v3` reads it at once, other models in parts that
        are pooled by their tokens (`embeddings.long_texts`). With 192 tokens the default encoder is more
        than five times as fast as its own package on articles of 1,000 characters; what that costs is in
        docs/encoders.md.
    prompt
        For models of sentence-transformers that have prompts: the name of one of theirs, or the words to put
        before every text.

    Returns
    -------
    Encoder
        With `.model`, the `SentenceTransformer`, except for `e5-small`, which is not one.

    Raises
    ------
    EncoderUnavailable
        The model isn't on this machine and can't be had; the message says what to do.
    EncoderError
        `max_tokens` or `prompt` is given for an encoder that has none.
    """
    if prompt is not None and str(name) in (DEFAULT_ENCODER, E5_NAME):
        raise EncoderError(f"{name} has no prompts to choose from; leave prompt out")
    if str(name) == DEFAULT_ENCODER:
        return UseEncoder(max_tokens=max_tokens)
    if str(name) == E5_NAME:
        if max_tokens is not None:
            raise EncoderError(f"{E5_NAME} has no lead mode; leave max_tokens out")
        return E5Encoder()
    model = _load_model(str(name))
    if max_tokens is not None:
        model.max_seq_length = max_tokens + 2
    short = Path(name).name if Path(name).is_dir() else str(name)
    return SentenceTransformerEncoder(model, name=short, prompt=prompt, lead=max_tokens is not None)


def _load_model(name: str) -> SentenceTransformer:
    """Load from the folder or the hub's local cache; from the hub itself only if it answers."""
    if name and Path(name).is_dir():
        refuse_pickles(Path(name), name)
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(name, local_files_only=True, trust_remote_code=_is_ours(Path(name)))
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name):
        raise EncoderUnavailable(f"there is no folder {name!r}, and it can't be the name of a model either")
    cached = cached_snapshot(name)
    offline = None if cached else why_offline()
    if offline:
        raise EncoderUnavailable(
            f"the encoder {name!r} is not on this machine, and {offline}; use {DEFAULT_ENCODER!r}, give the "
            "folder of a saved model, or connect to the network once to download it"
        )
    if cached:
        refuse_pickles(cached, name)
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(
            name, local_files_only=cached is not None, model_kwargs={"use_safetensors": True}
        )
    except (OSError, ValueError) as error:
        place = "its files on this machine (delete them to download it again)" if cached else "the model hub"
        raise EncoderUnavailable(
            f"the encoder {name!r} could not be loaded from {place}: {error}; check its name, or use "
            f"{DEFAULT_ENCODER!r}"
        ) from error


def _is_ours(folder: Path) -> bool:
    """Whether all modules of a saved model are sentence-transformers' or ours, so that loading is safe."""
    listing = folder / "modules.json"
    if not listing.is_file():
        return False
    kinds = [str(module.get("type", "")) for module in json.loads(listing.read_text(encoding="utf-8"))]
    return all(kind == _OUR_MODULE or kind.startswith("sentence_transformers.") for kind in kinds)


def _fingerprint(model: SentenceTransformer, prompt: str | None, way: str) -> str:
    """Hash everything a model's vectors depend on: modules, their configuration and weights, prompts."""
    import torch

    from embeddings.use_module import UseModule

    digest = hashlib.sha256()
    settings: dict[str, Any] = {
        "prompts": model.prompts,
        "prompt": [model.default_prompt_name, prompt],
        "way": way,
        "max_seq_length": model.max_seq_length,
        "truncate_dim": model.truncate_dim,
    }
    digest.update(json.dumps(settings, sort_keys=True).encode())
    for module in model.children():
        digest.update(type(module).__qualname__.encode())
        describe = getattr(module, "get_config_dict", dict)
        digest.update(json.dumps(describe(), sort_keys=True, default=str).encode())
        if isinstance(module, UseModule):
            digest.update(module.fingerprint().encode())
        for key, tensor in sorted(module.state_dict().items()):
            digest.update(f"{key}{tensor.dtype}{tuple(tensor.shape)}".encode())
            digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()
