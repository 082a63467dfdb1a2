"""The languages' offsets as measured on a corpus, to be taken out of it and of what comes later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Embeddings

_ZERO: Final = 1e-9
_CENTRE: Final = "centre"
_OFFSET: Final = "offset "


@dataclass(frozen=True)
class LanguageCentres:
    """The centre of a corpus, and how far the articles of each language lie from it.

    Attributes
    ----------
    centre
        The mean of all vectors, (dimension,).
    offsets
        Language → its offset from the centre, shrunk as `centre_languages` says.
    """

    centre: NDArray[np.float64]
    offsets: Mapping[str, NDArray[np.float64]]

    @classmethod
    def of(cls, vectors: Embeddings, langs: Sequence[str | None]) -> LanguageCentres | None:
        """Measure them on the vectors of a corpus; None with fewer than two languages.

        Raises
        ------
        ValueError
            The lengths of `vectors` and `langs` differ.
        """
        tags = language_tags(vectors, langs)
        known = sorted(set(tags) - {""})
        if len(known) < 2:
            return None
        wide = vectors.astype(np.float64)
        centre = wide.mean(axis=0)
        means = {lang: wide[tags == lang].mean(axis=0) for lang in known}
        within = sum(float(((wide[tags == lang] - means[lang]) ** 2).sum()) for lang in known)
        freedom = int((tags != "").sum()) - len(known)
        spread = within / freedom if freedom else float(((wide - centre) ** 2).sum(axis=1).mean())
        offsets = {}
        for lang in known:
            offset = means[lang] - centre
            size = float(offset @ offset)
            if size > _ZERO:
                offsets[lang] = max(0.0, 1 - spread / int((tags == lang).sum()) / size) * offset
        return cls(centre, offsets)

    def take_out(self, vectors: Embeddings, langs: Sequence[str | None]) -> Embeddings:
        """Move vectors to the centre, each from its language's place, and make them 1 long again.

        Rows of a language that has no offset are moved by the mean of all alone. A row that lies on the
        centre itself stays what it was.
        """
        tags = language_tags(vectors, langs)
        wide = vectors.astype(np.float64)
        moved = wide - self.centre
        for lang, offset in self.offsets.items():
            moved[tags == lang] -= offset
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        kept = np.where(lengths > _ZERO, moved / np.maximum(lengths, _ZERO), wide)
        return np.asarray(kept, dtype=np.float32)

    def save(self, path: str | Path) -> None:
        """Write them as safetensors."""
        from safetensors.numpy import save_file

        arrays = {_CENTRE: self.centre, **{_OFFSET + lang: offset for lang, offset in self.offsets.items()}}
        save_file(arrays, str(path))

    @classmethod
    def load(cls, path: str | Path) -> LanguageCentres:
        """Read what `save` wrote."""
        from safetensors.numpy import load_file

        arrays: dict[str, NDArray[Any]] = load_file(str(path))
        centre = arrays.pop(_CENTRE)
        return cls(centre, {name.removeprefix(_OFFSET): arrays[name] for name in sorted(arrays)})


def language_tags(vectors: Embeddings, langs: Sequence[str | None]) -> NDArray[np.str_]:
    """Languages as an array, the missing as the empty string.

    Raises
    ------
    ValueError
        There are not as many languages as vectors.
    """
    if len(vectors) != len(langs):
        raise ValueError(f"there are {len(vectors)} vectors but {len(langs)} languages")
    return np.array([lang if isinstance(lang, str) else "" for lang in langs], dtype=np.str_)
