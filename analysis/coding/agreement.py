"""How far coders agree with each other: Cohen's kappa and Krippendorff's alpha, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.coding.filled import Codes
from analysis.schema import UNMAPPED

MAIN: Final = "main theme"
"""The row of the table of agreement that compares main themes; the other rows are single themes."""
AGREEMENT_COLUMNS: Final = (
    "what",
    "n_articles",
    "agreement",
    "kappa",
    "kappa_low",
    "kappa_high",
    "alpha",
    "alpha_low",
    "alpha_high",
)
_DRAWS: Final = 200
Labels = NDArray[np.object_]
"""One row a coder, one column an article; None where the coder left it empty."""


class TooFewCodersError(ValueError):
    """Agreement needs two coders who coded the same articles."""


def agreement(codes: Sequence[Codes], themes: Sequence[str], *, seed: int = 0) -> pd.DataFrame:
    """Compare coders on the main theme, and on each theme (given at all, main or not).

    `kappa` is the mean of Cohen's (1960) kappa over the pairs of coders, each on the articles both coded;
    `alpha` is Krippendorff's for nominal data over all coders, which allows for missing codes (Krippendorff
    2011, Computing Krippendorff's Alpha-Reliability). `agreement` is the share of pairs of codes that are the
    same. All three describe the drawn articles, which hold more of the rare themes than the corpus does, and
    are not weighted. Intervals hold 95 % of 200 bootstrap draws of articles; for a theme that hardly any
    article has they are wide or missing, and rightly so.

    Parameters
    ----------
    codes
        Two coders or more.
    themes
        The codebook's ids.
    seed
        Of the bootstrap.

    Returns
    -------
    DataFrame
        `AGREEMENT_COLUMNS`, the main theme first. kappa and alpha are NaN where all codes are the same: there
        is nothing that coders could agree on.

    Raises
    ------
    TooFewCodersError
        Fewer than two coders, two sheets of one name, or no article that two of them coded.
    """
    names = [coder.coder for coder in codes]
    if len(set(names)) < 2 or len(set(names)) < len(names):
        raise TooFewCodersError(
            f"agreement needs the sheets of two coders or more, each under a name of its own; given: "
            f"{', '.join(names) or 'none'}"
        )
    counted = pd.Series([item for coder in codes for item in coder.themes]).value_counts()
    items = sorted(counted.index[counted > 1])
    if not items:
        raise TooFewCodersError(f"no article was coded by two of the coders {', '.join(names)}")
    rows = [_row(MAIN, _labels(codes, items, lambda found: found[0]), seed)]
    rows += [_row(theme, _labels(codes, items, partial(_has, theme)), seed) for theme in (*themes, UNMAPPED)]
    return pd.DataFrame(rows, columns=list(AGREEMENT_COLUMNS))


def _has(theme: str, found: tuple[str, ...]) -> str:
    """Whether a theme is among those given, as a label."""
    return str(theme in found)


def _labels(codes: Sequence[Codes], items: Sequence[str], of: Callable[[tuple[str, ...]], str]) -> Labels:
    """What each coder says of each item."""
    return np.array(
        [[of(coder.themes[item]) if item in coder.themes else None for item in items] for coder in codes],
        dtype=object,
    )


def _row(what: str, labels: Labels, seed: int) -> tuple[str | int | float, ...]:
    """One row of the table."""
    generator = np.random.default_rng(seed)
    n = labels.shape[1]
    draws = np.array([_measures(labels[:, generator.integers(0, n, n)])[1:] for _ in range(_DRAWS)])
    same, kappa, alpha = _measures(labels)
    limits = [_limits(draws[:, column]) for column in (0, 1)]
    return (what, n, same, kappa, *limits[0], alpha, *limits[1])


def _limits(draws: NDArray[np.float64]) -> tuple[float, float]:
    """The middle 95 % of the draws that gave a number; none where most gave none."""
    told = draws[np.isfinite(draws)]
    if len(told) < len(draws) / 2:
        return float("nan"), float("nan")
    low, high = np.quantile(told, [0.025, 0.975])
    return float(low), float(high)


def _measures(labels: Labels) -> tuple[float, float, float]:
    """Share of equal pairs, mean kappa and alpha."""
    from sklearn.metrics import cohen_kappa_score

    told = {label for label in labels.ravel() if label is not None}
    same, kappas = [], []
    for first, second in combinations(labels, 2):
        both = np.array([a is not None and b is not None for a, b in zip(first, second, strict=True)])
        if not both.any():
            continue
        a, b = first[both].astype(str), second[both].astype(str)
        same.append(float((a == b).mean()))
        if len({*a, *b}) > 1:
            kappas.append(float(cohen_kappa_score(a, b)))
    kappa = float(np.mean(kappas)) if kappas else float("nan")
    return float(np.mean(same)), kappa, _alpha(labels) if len(told) > 1 else float("nan")


def _alpha(labels: Labels) -> float:
    """Krippendorff's alpha for nominal data."""
    from nltk.metrics.agreement import AnnotationTask

    triples = [
        (coder, item, label)
        for coder, row in enumerate(labels)
        for item, label in enumerate(row)
        if label is not None
    ]
    return float(AnnotationTask(data=triples).alpha())
