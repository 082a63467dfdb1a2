"""From evidence to probabilities that mean what they say.

Three steps, each used only when there is ground for it: fixed coefficients turn one article's evidence into a
probability; with enough articles, what the likely ones of a theme have in common in the embeddings corrects
the others (self-training); with a coded sample, Platt scaling fits the probabilities to what people decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import THEME, UNMAPPED
from corpus.schema import ARTICLE_ID

Floats = NDArray[np.float64]

SELF_TRAINING_MINIMUM: Final = 200
"""Articles needed for self-training."""
CODED_MINIMUM: Final = 50
"""Coded articles needed for calibration on them."""
_LANGUAGE_MINIMUM: Final = 20
_CASES_MINIMUM: Final = 10
_FOLDS: Final = 5
_LOGIT_LIMIT: Final = 8.0
_DECISION: Final = 2.0


class LabelsError(ValueError):
    """A coded sample can't be used for calibration; the message says which article or theme is wrong."""


@dataclass(frozen=True)
class EvidenceModel:
    """Coefficients of the logistic model from evidence to probability.

    With E the seed evidence for a theme, M that of its strongest rival and z the standardised
    similarity: logit p = intercept + strength · log(1 + E) + lead · log((1 + E) / (1 + M)) + similarity ·
    z. In a language for which the codebook has no seed terms: logit p = bare_intercept + bare_similarity ·
    z.

    The defaults were chosen near the optimum of a logistic regression (L2 penalty 1) on some 800 texts in
    Chinese, English and Russian: example articles with themselves left out, texts joined from two themes,
    texts of no theme, two-sentence briefs, articles of the sample study, and 29 hand-coded newspaper
    articles; a theme only touched on counts as absent.
    """

    intercept: float = -6.6
    strength: float = 1.1
    lead: float = 2.0
    similarity: float = 2.0
    bare_intercept: float = -7.5
    bare_similarity: float = 3.5
    self_training: float = 0.6
    """Weight of the log odds that the embeddings give, against those of the evidence."""

    def log_odds(
        self, seeds: Floats, similarity: Floats, seeded: NDArray[np.bool_], rivalry: Floats
    ) -> Floats:
        """Log odds of every theme for every article, of shape (articles, themes).

        `seeded` says for each article whether its language has seed terms; `rivalry[t, o]` is how much the
        evidence for theme o counts when it is held against theme t.
        """
        strength = np.log1p(seeds)
        odds = (
            self.intercept
            + self.strength * strength
            + self.lead * (strength - _strongest_rival(seeds, rivalry))
            + self.similarity * similarity
        )
        bare = self.bare_intercept + self.bare_similarity * similarity
        chosen: Floats = np.where(seeded[:, None], odds, bare)
        return chosen


def _strongest_rival(seeds: Floats, rivalry: Floats) -> Floats:
    """For every article and theme log(1 + evidence) of the theme's strongest rival; 0 where it has none."""
    rivals = np.zeros_like(seeds)
    for theme in range(seeds.shape[1]):
        weights = rivalry[theme].copy()
        weights[theme] = 0.0
        rivals[:, theme] = np.log1p((seeds * weights).max(axis=1))
    return rivals


def logistic(log_odds: Floats) -> Floats:
    """Probability of log odds, which are held within ±8."""
    p: Floats = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -_LOGIT_LIMIT, _LOGIT_LIMIT)))
    return p


def logit(p: Floats) -> Floats:
    """Log odds of probabilities, held within ±8."""
    edge = 1.0 / (1.0 + np.exp(_LOGIT_LIMIT))
    clipped = np.clip(p, edge, 1.0 - edge)
    odds: Floats = np.log(clipped / (1.0 - clipped))
    return odds


def self_train(log_odds: Floats, vectors: Floats, langs: Sequence[str], *, weight: float) -> Floats:
    """Correct each article's log odds by what the other articles with vectors like its own have.

    Ridge regression of pseudo-labels (the probabilities, made more decided by doubling their log odds) on
    the embeddings (centred within each language that has enough articles), predicted for every article with
    itself left out, in closed form: ŷ₋ᵢ = (ŷᵢ - hᵢyᵢ) / (1 - hᵢ). `weight` times the prediction's log odds
    over those of the theme's mean is added. The penalty is chosen by the left-out error.
    """
    targets = logistic(_DECISION * log_odds)
    predicted = _ridge_left_out(_centre(vectors, langs), targets)
    base = np.clip(targets.mean(axis=0, keepdims=True), 1e-3, 1 - 1e-3)
    likelihood = logit(np.clip(predicted, base / 20, 1 - (1 - base) / 20)) - logit(base)
    corrected: Floats = log_odds + weight * likelihood
    return corrected


def _ridge_left_out(vectors: Floats, targets: Floats) -> Floats:
    """Leave-one-out ridge predictions at the penalty with the least left-out squared error."""
    mean = targets.mean(axis=0)
    left, singular, _ = np.linalg.svd(vectors, full_matrices=False)
    projected = left.T @ (targets - mean)
    best, least = np.broadcast_to(mean, targets.shape), np.inf
    for penalty in (0.3, 1.0, 3.0, 10.0, 30.0):
        shrink = singular**2 / (singular**2 + penalty)
        fitted = mean + left @ (shrink[:, None] * projected)
        leverage = np.minimum((left**2 @ shrink + 1.0 / len(vectors))[:, None], 0.95)
        left_out = (fitted - leverage * targets) / (1.0 - leverage)
        error = float(((left_out - targets) ** 2).mean())
        if error < least:
            best, least = left_out, error
    return np.asarray(best, dtype=np.float64)


def _centre(vectors: Floats, langs: Sequence[str]) -> Floats:
    """Vectors less the mean of their language, or of all where a language has too few articles."""
    labels = np.asarray(langs)
    centred: Floats = vectors - vectors.mean(axis=0)
    for lang in sorted(set(langs)):
        rows = labels == lang
        if rows.sum() >= _LANGUAGE_MINIMUM:
            centred[rows] = vectors[rows] - vectors[rows].mean(axis=0)
    return centred


def coded_matrix(
    labels: pd.DataFrame, article_ids: Sequence[str], themes: Sequence[str]
) -> tuple[NDArray[np.int64], Floats]:
    """Rows of the coded articles and their 0/1 codes, of shape (coded articles, themes).

    `labels` has a row for each article and theme, and for an article with no theme one row with `unmapped`.
    Ids are compared as text. Raises `LabelsError` for an id or theme that isn't there, an article that is
    coded both with a theme and with none, and too few articles.
    """
    missing = {ARTICLE_ID, THEME} - set(labels.columns)
    if missing:
        raise LabelsError(f"the coded sample lacks the column {', '.join(sorted(missing))}")
    row_of = {article: row for row, article in enumerate(article_ids)}
    column_of = {theme: column for column, theme in enumerate(themes)}
    coded: dict[int, Floats] = {}
    themeless = set(labels.loc[labels[THEME] == UNMAPPED, ARTICLE_ID].astype(str))
    for article, theme in zip(labels[ARTICLE_ID].astype(str), labels[THEME], strict=True):
        if article not in row_of:
            raise LabelsError(f"the coded sample has article {article!r}, which is not among the articles")
        codes = coded.setdefault(row_of[article], np.zeros(len(themes)))
        if theme == UNMAPPED:
            continue
        if theme not in column_of:
            raise LabelsError(f"article {article!r} is coded {theme!r}; the themes are {', '.join(themes)}")
        if article in themeless:
            raise LabelsError(f"article {article!r} is coded both {theme!r} and {UNMAPPED!r}; keep one")
        codes[column_of[theme]] = 1.0
    if len(coded) < CODED_MINIMUM:
        raise LabelsError(
            f"{len(coded)} coded articles are too few to calibrate on; code at least {CODED_MINIMUM}"
        )
    rows = np.array(sorted(coded), dtype=np.int64)
    return rows, np.stack([coded[row] for row in rows])


def platt(log_odds: Floats, rows: NDArray[np.int64], codes: Floats) -> Floats:
    """Log odds scaled to a coded sample (Platt 1999), cross-fitted for the coded articles themselves.

    A theme with at least 10 coded articles in and out gets its own line, the others share one.
    """
    scaled = np.empty_like(log_odds)
    coded = log_odds[rows]
    folds = np.arange(len(rows)) % _FOLDS
    scaled[:] = _scale(coded, codes, log_odds)
    for fold in range(_FOLDS):
        inside = folds == fold
        scaled[rows[inside]] = _scale(coded[~inside], codes[~inside], coded[inside])
    return scaled


def _scale(log_odds: Floats, codes: Floats, new: Floats) -> Floats:
    """Fit lines from log odds to codes and apply them to new log odds."""
    shared = _line(log_odds.ravel(), codes.ravel())
    scaled = np.empty_like(new)
    for theme in range(codes.shape[1]):
        positives = codes[:, theme].sum()
        enough = min(positives, len(codes) - positives) >= _CASES_MINIMUM
        slope, intercept = _line(log_odds[:, theme], codes[:, theme]) if enough else shared
        scaled[:, theme] = intercept + slope * new[:, theme]
    return scaled


def _line(log_odds: Floats, codes: Floats) -> tuple[float, float]:
    """Slope and intercept of a logistic regression on one feature; where it falls, the codes' mean alone."""
    from sklearn.linear_model import LogisticRegression

    if codes.min() == codes.max():
        return 1.0, 0.0
    model = LogisticRegression(C=100.0, max_iter=1000).fit(log_odds[:, None], codes)
    slope = float(model.coef_[0, 0])
    if slope < 0:
        return 0.0, float(logit(codes.mean()))
    return slope, float(model.intercept_[0])


def quality(p: Floats, codes: Floats, themes: Sequence[str]) -> Mapping[str, Any]:
    """Brier score, calibration error over ten bins, mean probability and coded share of each theme."""
    flat, truth = p.ravel(), codes.ravel()
    bins = np.minimum((flat * 10).astype(int), 9)
    error = sum(
        abs(flat[bins == b].mean() - truth[bins == b].mean()) * (bins == b).mean()
        for b in range(10)
        if (bins == b).any()
    )
    return {
        "brier": float(((flat - truth) ** 2).mean()),
        "calibration_error": float(error),
        "mean_probability": {theme: float(p[:, i].mean()) for i, theme in enumerate(themes)},
        "coded_share": {theme: float(codes[:, i].mean()) for i, theme in enumerate(themes)},
    }
