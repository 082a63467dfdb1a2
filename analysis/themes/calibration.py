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
from numpy.typing import NDArray

from analysis.themes.coded import CodedSample
from embeddings import Embeddings

Floats = NDArray[np.float64]

SELF_TRAINING_MINIMUM: Final = 200
"""Articles needed for self-training."""
_LANGUAGE_MINIMUM: Final = 20
_CASES_MINIMUM: Final = 10
_FOLDS: Final = 5
_LOGIT_LIMIT: Final = 8.0
_DECISION: Final = 2.0
_PENALTIES: Final = (0.3, 1.0, 3.0, 10.0, 30.0)
_ROWS: Final = 1_024
"""Articles turned to the axes of a regression at once."""


@dataclass(frozen=True)
class EvidenceModel:
    """Coefficients of the logistic model from evidence to probability.

    With E the seed evidence for a theme, M that of its strongest rival, z the standardised similarity and z*
    that of the nearest rival: logit p = intercept + strength · log(1 + E) + lead · log((1 + E) / (1 + M)) +
    similarity · z + margin · (z - z*). In a language for which the codebook has no seed terms: logit p =
    bare_intercept + bare_similarity · z + bare_margin · (z - z*). What lies outside the themes is a rival
    like any theme.

    The defaults are those of a logistic regression (L2 penalty 1), rounded, on 120 hand-coded articles of
    Chinese local newspapers and, with a fifth to a tenth of the weight, 89 features that don't name their
    subject and the examples of the bundled codebook with themselves left out, in Chinese, English and
    Russian. Those without seed terms were fitted on the same articles with their language taken out of the
    codebook.
    """

    intercept: float = -1.6
    strength: float = 0.7
    lead: float = 2.2
    similarity: float = 1.0
    margin: float = 0.9
    bare_intercept: float = -2.25
    bare_similarity: float = 1.05
    bare_margin: float = 1.1
    self_training: float = 0.4
    """Weight of the log odds that the embeddings give, against those of the evidence."""

    def log_odds(
        self, seeds: Floats, similarity: Floats, seeded: NDArray[np.bool_], rivalry: Floats
    ) -> Floats:
        """Log odds of every contender for every article, of shape (articles, contenders).

        `seeded` says for each article whether its language has seed terms; `rivalry[t, o]` is how much the
        evidence for theme o counts when it is held against theme t.
        """
        strength = np.log1p(seeds)
        margin = similarity - _nearest_rival(similarity)
        odds = (
            self.intercept
            + self.strength * strength
            + self.lead * (strength - _strongest_rival(seeds, rivalry))
            + self.similarity * similarity
            + self.margin * margin
        )
        bare = self.bare_intercept + self.bare_similarity * similarity + self.bare_margin * margin
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


def _nearest_rival(similarity: Floats) -> Floats:
    """For every article and contender the greatest similarity to another; its own where there is no other."""
    if similarity.shape[1] == 1:
        return similarity
    order = np.sort(similarity, axis=1)
    first, second = order[:, -1:], order[:, -2:-1]
    nearest: Floats = np.where(similarity == first, second, first)
    return nearest


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


@dataclass(frozen=True)
class SelfTraining:
    """What the embeddings of a corpus say of its themes, for articles that come later.

    Attributes
    ----------
    mean, means
        The mean vector of all articles, and of each language that has enough.
    slopes
        Ridge coefficients, (dimension, themes).
    level, base
        Mean of the pseudo-labels of each theme, as it is and held within .001 and .999.
    weight
        Weight of the log odds that they give.
    """

    mean: Floats
    means: Mapping[str, Floats]
    slopes: Floats
    level: Floats
    base: Floats
    weight: float

    def correct(self, log_odds: Floats, vectors: Floats, langs: Sequence[str]) -> Floats:
        """Log odds of articles that were not among those trained on, corrected."""
        centres = np.stack([self.means.get(lang, self.mean) for lang in langs])
        predicted = self.level + (vectors - centres) @ self.slopes
        return log_odds + self.weight * _likelihood(predicted, self.base)


def self_train(
    log_odds: Floats, vectors: Embeddings, langs: Sequence[str], *, weight: float
) -> tuple[Floats, SelfTraining]:
    """Correct each article's log odds by what the other articles with vectors like its own have.

    Ridge regression of pseudo-labels (the probabilities, made more decided by doubling their log odds) on
    the embeddings (centred within each language that has enough articles), predicted for every article with
    itself left out, in closed form: ŷ₋ᵢ = (ŷᵢ - hᵢyᵢ) / (1 - hᵢ). `weight` times the prediction's log odds
    over those of the theme's mean is added. The penalty is chosen by the left-out error. Also returns the
    regression, for later articles.
    """
    targets = logistic(_DECISION * log_odds)
    exact = np.array(vectors, dtype=np.float64)
    mean, means = exact.mean(axis=0), _language_means(exact, langs)
    labels = np.asarray(langs)
    for lang in set(langs):
        np.subtract(exact, means.get(lang, mean), out=exact, where=(labels == lang)[:, None])
    predicted, slopes = _ridge_left_out(exact, targets)
    level = targets.mean(axis=0)
    base = np.clip(level, 1e-3, 1 - 1e-3)
    corrected: Floats = log_odds + weight * _likelihood(predicted, base)
    return corrected, SelfTraining(mean, means, slopes, level, base, weight)


def _likelihood(predicted: Floats, base: Floats) -> Floats:
    """Log odds of predictions over those of the themes' means."""
    return logit(np.clip(predicted, base / 20, 1 - (1 - base) / 20)) - logit(base)


def _ridge_left_out(vectors: Floats, targets: Floats) -> tuple[Floats, Floats]:
    """Leave-one-out ridge predictions at the penalty with the least left-out squared error; its slopes.

    The vectors are overwritten: they are turned to their principal axes where they stand.
    """
    mean = targets.mean(axis=0)
    squares, axes = np.linalg.eigh(vectors.T @ vectors)
    squares = np.maximum(squares, 0.0)
    shrinks = 1.0 / (squares + np.array(_PENALTIES)[:, None])
    leverages = np.empty((len(vectors), len(_PENALTIES)))
    for start in range(0, len(vectors), _ROWS):
        part = slice(start, start + _ROWS)
        vectors[part] = vectors[part] @ axes
        leverages[part] = vectors[part] ** 2 @ shrinks.T + 1.0 / len(vectors)
    projected = vectors.T @ (targets - mean)
    best, least, chosen = np.broadcast_to(mean, targets.shape), np.inf, np.inf
    for penalty, shrink, leverage in zip(_PENALTIES, shrinks, leverages.T, strict=True):
        fitted = mean + vectors @ (shrink[:, None] * projected)
        weight = np.minimum(leverage[:, None], 0.95)
        left_out = (fitted - weight * targets) / (1.0 - weight)
        error = float(((left_out - targets) ** 2).mean())
        if error < least:
            best, least, chosen = left_out, error, penalty
    slopes = axes @ (projected / (squares + chosen)[:, None])
    return np.asarray(best, dtype=np.float64), np.asarray(slopes, dtype=np.float64)


def _language_means(vectors: Floats, langs: Sequence[str]) -> dict[str, Floats]:
    """The mean vector of each language that has enough articles."""
    labels = np.asarray(langs)
    counts = {lang: int((labels == lang).sum()) for lang in sorted(set(langs))}
    return {
        lang: vectors.mean(axis=0, where=(labels == lang)[:, None])
        for lang, n in counts.items()
        if n >= _LANGUAGE_MINIMUM
    }


def platt(log_odds: Floats, sample: CodedSample) -> tuple[Floats, Floats]:
    """Log odds scaled to a coded sample (Platt 1999), cross-fitted for the coded articles themselves.

    Also returns the lines by which those of other articles are scaled: slope and intercept a theme.

    A theme with at least 10 coded articles in and out gets its own line, the others share one. Articles count
    by their weight; one on which coders disagree counts in part as in the theme and in part as not.
    """
    coded = log_odds[sample.rows]
    folds = np.arange(len(coded)) % _FOLDS
    lines = _lines(coded, sample.codes, sample.weights)
    scaled = scale(log_odds, lines)
    for fold in range(_FOLDS):
        inside = folds == fold
        rest = _lines(coded[~inside], sample.codes[~inside], sample.weights[~inside])
        scaled[sample.rows[inside]] = scale(coded[inside], rest)
    return scaled, lines


def scale(log_odds: Floats, lines: Floats) -> Floats:
    """Log odds on the line of each theme: `lines` has slope and intercept, (themes, 2)."""
    scaled: Floats = lines[:, 1] + lines[:, 0] * log_odds
    return scaled


def _lines(log_odds: Floats, codes: Floats, weights: Floats) -> Floats:
    """Fit a line from log odds to codes for each theme, the shared one where a theme has too few."""
    shared = _line(log_odds.ravel(), codes.ravel(), np.repeat(weights, codes.shape[1]))
    lines = []
    for theme in range(codes.shape[1]):
        positives = codes[:, theme].sum()
        enough = min(positives, len(codes) - positives) >= _CASES_MINIMUM
        lines.append(_line(log_odds[:, theme], codes[:, theme], weights) if enough else shared)
    return np.array(lines, dtype=np.float64)


def _line(log_odds: Floats, codes: Floats, weights: Floats) -> tuple[float, float]:
    """Slope and intercept of a logistic regression on one feature; where it falls, the codes' mean alone."""
    from sklearn.linear_model import LogisticRegression

    if codes.min() == codes.max() and codes.min() in (0.0, 1.0):
        return 1.0, 0.0
    both = np.concatenate([weights * codes, weights * (1 - codes)])
    answers = np.repeat([1, 0], len(codes))
    model = LogisticRegression(C=100.0, max_iter=1000).fit(
        np.tile(log_odds, 2)[:, None], answers, sample_weight=both
    )
    slope = float(model.coef_[0, 0])
    if slope < 0:
        return 0.0, float(logit(np.array([np.average(codes, weights=weights)]))[0])
    return slope, float(model.intercept_[0])


def quality(p: Floats, sample: CodedSample, themes: Sequence[str]) -> Mapping[str, Any]:
    """Brier score, calibration error over ten bins, mean probability and coded share of each theme.

    `p` are the probabilities of the coded articles; all four count the articles by their weight.
    """
    codes, weights = sample.codes, sample.weights
    flat, truth = p.ravel(), codes.ravel()
    spread = np.repeat(weights, codes.shape[1])
    return {
        "brier": float(np.average((flat - truth) ** 2, weights=spread)),
        "calibration_error": calibration_error(flat, truth, spread),
        "mean_probability": dict(zip(themes, np.average(p, axis=0, weights=weights).tolist(), strict=True)),
        "coded_share": dict(zip(themes, np.average(codes, axis=0, weights=weights).tolist(), strict=True)),
    }


def calibration_error(p: Floats, truth: Floats, weights: Floats) -> float:
    """Expected calibration error (Naeini et al. 2015): mean gap between p and truth over ten equal bins."""
    bins = np.minimum((p * 10).astype(int), 9)
    gaps = [abs(float((weights * (p - truth))[bins == b].sum())) for b in range(10)]
    return sum(gaps) / float(weights.sum())
