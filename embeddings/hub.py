"""The model hub: which revision of a model this machine has, and whether the hub can be asked for one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from embeddings.encoder import EncoderUnavailable

_HUB_SECONDS: Final = 3.0
_PICKLES: Final = frozenset({".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib"})


def cached_snapshot(name: str) -> Path | None:
    """The folder of the hub's local cache that holds a model, without loading sentence-transformers to know.

    It is called by the commit that was downloaded. None where the cache has nothing of the model.

    Raises
    ------
    EncoderUnavailable
        No model can be called so.
    """
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    folder = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
    names = [name] if "/" in name else [name, f"sentence-transformers/{name}"]
    try:
        found = [
            try_to_load_from_cache(full, file, cache_dir=folder)
            for full in names
            for file in ("modules.json", "config.json")
        ]
    except HFValidationError as error:
        raise EncoderUnavailable(
            f"there is no folder {name!r}, and no model can be called so: {error}"
        ) from error
    return next((Path(path).parent for path in found if isinstance(path, str)), None)


def refuse_pickles(folder: Path, name: str) -> None:
    """Raise where a model has weights that can only be read by unpickling, which can run any code.

    Raises
    ------
    EncoderUnavailable
        A folder of the model has such a file and no safetensors beside it.
    """
    for path in sorted(folder.rglob("*")):
        if path.suffix in _PICKLES and not any(path.parent.glob("*.safetensors")):
            raise EncoderUnavailable(
                f"the encoder {name!r} keeps its weights in {path.relative_to(folder).as_posix()}, which can "
                "run any code when it is read; take a model with safetensors, or save this one with "
                "save_pretrained(…, safe_serialization=True)"
            )


def why_offline() -> str | None:
    """Say why the model hub can't be asked, or None if it can.

    The hub's own client retries for over a minute before it gives up.
    """
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE or os.environ.get("TRANSFORMERS_OFFLINE", "0") not in ("", "0"):
        return "HF_HUB_OFFLINE forbids asking the model hub"
    try:
        with urlopen(Request(constants.ENDPOINT, method="HEAD"), timeout=_HUB_SECONDS):  # noqa: S310
            return None
    except HTTPError:
        return None
    except OSError as error:
        return f"the model hub {constants.ENDPOINT} does not answer ({error})"
