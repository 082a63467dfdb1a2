"""How surely a line of a site's page plays each part of it, by weights that were learned from labelled pages.

A multinomial logistic regression over the numbers of `corpus.cutting.post_lines`. Its weights stand in
`corpus/data/post_weights.csv`, a row a number; `benchmarks.post_fit` learns them.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.cutting.post_lines import Numbers

KINDS: Final = ("above", "head", "within", "below", "headline", "text", "byline")
"""What a line may be: of the site (above the headline, under it, in or below the text), or of the story."""
SITE_KINDS: Final = frozenset(KINDS[:4])
BIAS: Final = "bias"

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the regression: a row for each of `names`, a column a kind; and each kind's bias."""

    names: tuple[str, ...]
    slopes: Matrix
    bias: Matrix

    def score(self, numbers: Sequence[Numbers]) -> Matrix:
        """Return a row a line and a column a kind: log-odds but for a constant of the line."""
        values = np.array([[line[name] for name in self.names] for line in numbers])
        return np.asarray(values @ self.slopes + self.bias)


@cache
def package_weights() -> Weights:
    """Read the weights that ship with the package."""
    table = (files("corpus") / "data" / "post_weights.csv").read_text("utf-8").splitlines()
    rows = {row["number"]: [float(row[kind]) for kind in KINDS] for row in csv.DictReader(table)}
    bias = np.array(rows.pop(BIAS))
    return Weights(tuple(rows), np.array(list(rows.values())), bias)
