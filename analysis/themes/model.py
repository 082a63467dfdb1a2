"""What was learnt of themes from the articles of a corpus, kept for those that come later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from analysis.themes.calibration import EvidenceModel, Floats, SelfTraining

_SHIFT: Final = "shift "
_MEAN: Final = "mean "
_EVIDENCE: Final = "evidence"
_TRAINING: Final = ("mean", "slopes", "level", "base")


@dataclass(frozen=True)
class ThemeModel:
    """What an article's probabilities hang on beside itself and the codebook.

    Attributes
    ----------
    shifts
        By language that the codebook lacks: how its articles are moved towards the codebook's texts.
    training
        What the embeddings say of the themes; None where there were too few articles.
    lines
        Slope and intercept of every theme from a coded sample, (themes, 2); None without one.
    evidence
        Coefficients that turned evidence into probabilities.
    """

    shifts: Mapping[str, Floats]
    training: SelfTraining | None
    lines: Floats | None
    evidence: EvidenceModel = field(default_factory=EvidenceModel)

    def save(self, path: str | Path) -> None:
        """Write it as safetensors."""
        arrays: dict[str, NDArray[Any]] = {_SHIFT + lang: shift for lang, shift in self.shifts.items()}
        if self.training is not None:
            arrays |= {name: np.asarray(getattr(self.training, name)) for name in _TRAINING}
            arrays |= {_MEAN + lang: mean for lang, mean in self.training.means.items()}
            arrays["weight"] = np.array([self.training.weight])
        if self.lines is not None:
            arrays["lines"] = self.lines
        arrays[_EVIDENCE] = np.array(astuple(self.evidence))
        save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, str(path))

    @classmethod
    def load(cls, path: str | Path) -> ThemeModel:
        """Read what `save` wrote."""
        arrays: dict[str, NDArray[Any]] = load_file(str(path))
        training = None
        if "weight" in arrays:
            fitted = {name: arrays[name] for name in _TRAINING}
            training = SelfTraining(means=_named(arrays, _MEAN), weight=float(arrays["weight"][0]), **fitted)
        evidence = EvidenceModel(*arrays[_EVIDENCE].tolist())
        return cls(_named(arrays, _SHIFT), training, arrays.get("lines"), evidence)


def _named(arrays: Mapping[str, NDArray[Any]], prefix: str) -> dict[str, Floats]:
    """The arrays whose names begin so, by the rest of the name."""
    return {name.removeprefix(prefix): arrays[name] for name in sorted(arrays) if name.startswith(prefix)}
