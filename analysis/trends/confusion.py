"""An assignment that errs as a known confusion matrix says, and the probabilities that follow from it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.trends.panel import Floats

Labels = NDArray[np.int64]
Confusion = float | Sequence[Sequence[float]]


def confusion_matrix(confusion: Confusion, labels: int) -> Floats:
    """Return (labels, labels) the probability of each assigned label (columns) given the true one (rows).

    A number is the rate at which an article gets a random other label.

    Raises
    ------
    ValueError
        If a rate is not from 0 up to below 1, or a matrix is no square of so many labels whose rows are
        probabilities.
    """
    if labels < 2:
        raise ValueError(f"errors need two labels to exchange, no theme among them; there is {labels}")
    if isinstance(confusion, int | float):
        if not 0 <= confusion < 1:
            raise ValueError(f"confusion is {confusion}; expected a rate of errors from 0 up to below 1")
        return np.full((labels, labels), confusion / (labels - 1)) + (
            1 - confusion - confusion / (labels - 1)
        ) * np.eye(labels)
    matrix = np.asarray(confusion, dtype=np.float64)
    if matrix.shape != (labels, labels):
        raise ValueError(
            f"the confusion matrix is {matrix.shape}; expected a row and a column a theme, and a last one "
            f"for articles on none: {(labels, labels)}"
        )
    wrong = np.flatnonzero((matrix < 0).any(axis=1) | (np.abs(matrix.sum(axis=1) - 1) > 1e-6))
    if len(wrong):
        raise ValueError(
            f"row {wrong[0]} of the confusion matrix is {matrix[wrong[0]].tolist()}; expected probabilities "
            "that sum to 1"
        )
    return matrix


def confuse(label: Labels, confusion: Confusion, matrix: Floats, rng: np.random.Generator) -> Labels:
    """Return the labels assigned to articles of these true labels."""
    if isinstance(confusion, int | float):
        labels = len(matrix)
        wrong = rng.random(len(label)) < confusion
        other = (label + rng.integers(1, labels, size=len(label))) % labels
        return np.asarray(np.where(wrong, other, label))
    place = (np.cumsum(matrix, axis=1)[label] < rng.random(len(label))[:, None]).sum(axis=1)
    return np.asarray(np.minimum(place, len(matrix) - 1), dtype=np.int64)


def bayes(prior: Floats, matrix: Floats) -> Floats:
    """Return (label assigned, label true) probabilities of the truth given the assignment."""
    joint = prior[:, None] * matrix
    whole = joint.sum(axis=0)
    return np.asarray((joint / np.where(whole > 0, whole, 1.0)).T)


def confusion_table(matrix: Floats, names: Sequence[str]) -> pd.DataFrame:
    """Lay the matrix out: true labels as rows, assigned ones as columns."""
    return pd.DataFrame(matrix, index=pd.Index(names, name="truth"), columns=pd.Index(names, name="theme"))
