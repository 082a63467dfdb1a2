"""Self-training on all articles, or of a large corpus on a sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from analysis.sampling import stratified_sample
from analysis.themes.calibration import Floats, SelfTraining, self_train
from corpus.memory import give_back
from embeddings import Embeddings

_ROWS: Final = 20_000
"""Articles corrected at once."""


def train(
    articles: pd.DataFrame,
    log_odds: Floats,
    vectors: Embeddings,
    langs: Sequence[str],
    *,
    weight: float,
    fit_on: int,
) -> tuple[Floats, SelfTraining, int]:
    """Return log odds corrected by what other articles have, the regression, and how many it was fitted on.

    With at most `fit_on` articles this is `self_train`, which leaves each article out of its own prediction.
    Of more, a sample of as many is trained on so, and the others are corrected as later articles are.
    """
    give_back()  # the regression needs a wide copy of all vectors
    chosen = stratified_sample(articles, fit_on, seed=0)
    if len(chosen) == len(articles):
        corrected, training = self_train(log_odds, vectors, langs, weight=weight)
        return corrected, training, len(articles)
    tags = np.asarray(langs)
    of_sample, training = self_train(log_odds[chosen], vectors[chosen], tags[chosen].tolist(), weight=weight)
    corrected = np.empty_like(log_odds)
    for start in range(0, len(articles), _ROWS):
        part = slice(start, start + _ROWS)
        given = vectors[part].astype(np.float64)
        corrected[part] = training.correct(log_odds[part], given, tags[part].tolist())
    corrected[chosen] = of_sample
    return corrected, training, len(chosen)
