r"""How far the themes agree with the coders: precision, recall and F1, with intervals.

With weights :math:`w_i` of the sample, :math:`m_i` 1 where the model gives article i the theme
(probability of one half or more) and :math:`c_i` the share of its coders who do,

.. math:: P = \frac{\sum w m c}{\sum w m}, \quad R = \frac{\sum w m c}{\sum w c}, \quad
          F_1 = \frac{2 \sum w m c}{\sum w m + \sum w c}

are estimates for the whole corpus, measured against a coder picked at random: where coders disagree, even a
perfect model can't reach 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.coding.filled import Codes
from analysis.coding.intrusion import CHANCE, TopicTask, WordTask
from analysis.coding.kit import ITEM, Kit
from analysis.coding.sampling import WEIGHT
from analysis.schema import THEME, UNMAPPED, probability_column
from analysis.themes.codebook import base_language
from analysis.themes.tables import THRESHOLD
from corpus.schema import ARTICLE_ID, LANG

Floats = NDArray[np.float64]
PRIMARY: Final = "(primary)"
"""The row that scores the assigned theme against the coders' main theme; its share right is all it has."""
EVERY_LANGUAGE: Final = "ALL"
SCORE_COLUMNS: Final = (
    THEME,
    LANG,
    "n_coded",
    "n_model",
    *(f"{name}{end}" for name in ("precision", "recall", "f1") for end in ("", "_low", "_high")),
)
INTRUSION_COLUMNS: Final = ("task", "coder", "n_answers", "found", "low", "high", "chance")


def theme_scores(
    codes: Sequence[Codes], kit: Kit, assignments: pd.DataFrame, *, themes: Sequence[str]
) -> pd.DataFrame:
    """Score each theme in each language and in all (`ALL`), weighted for the stratified sample.

    Intervals are Wilson's (1927) at 95 %, for precision and recall at Kish's effective number of the articles
    in their denominators, for F1 by way of J = TP / (TP + FP + FN), which is a share, and F1 = 2J / (1 + J).

    Parameters
    ----------
    codes
        What the coders wrote; articles that nobody coded are left out.
    kit
        The key of the sheets.
    assignments
        article_id, lang, theme and the probability columns of a run, for the drawn articles at least.
    themes
        The codebook's ids.

    Returns
    -------
    DataFrame
        `SCORE_COLUMNS`, the first rows `PRIMARY`: there `precision` is the share of articles whose assigned
        theme (or `unmapped`) is the main theme of a coder picked at random. `n_coded` and `n_model` are
        (unweighted) numbers of drawn articles with the theme. What has no denominator is NaN.
    """
    shares = coder_shares(codes, kit, themes)
    frame = shares.merge(assignments, on=ARTICLE_ID, how="left", validate="1:1", suffixes=("_coded", ""))
    langs = frame[LANG].map(lambda lang: base_language(lang) if isinstance(lang, str) and lang else "und")
    rows = [_primary(frame, codes, langs, lang) for lang in (EVERY_LANGUAGE, *sorted(set(langs)))]
    for theme in themes:
        model = (frame[probability_column(theme)] >= THRESHOLD).to_numpy(dtype=float)
        for lang in (EVERY_LANGUAGE, *sorted(set(langs))):
            inside = np.ones(len(frame), dtype=bool) if lang == EVERY_LANGUAGE else (langs == lang).to_numpy()
            coded = frame[f"coded_{theme}"].to_numpy(dtype=float)[inside]
            weights = frame[WEIGHT].to_numpy(dtype=float)[inside]
            rows.append((theme, lang, *_scores(model[inside], coded, weights)))
    return pd.DataFrame(rows, columns=list(SCORE_COLUMNS))


def coder_shares(codes: Sequence[Codes], kit: Kit, themes: Sequence[str]) -> pd.DataFrame:
    """The share of an article's coders who gave it each theme: item, article_id, weight, `coded_<theme>`."""
    given = {item: [c.themes[item] for c in codes if item in c.themes] for item in kit.articles[ITEM]}
    told = kit.articles[kit.articles[ITEM].map(lambda item: bool(given[item]))].reset_index(drop=True)
    shares = {
        f"coded_{theme}": [float(np.mean([theme in found for found in given[item]])) for item in told[ITEM]]
        for theme in (*themes, UNMAPPED)
    }
    return told[[ITEM, ARTICLE_ID, WEIGHT]].assign(**shares)


def intrusion_scores(codes: Sequence[Codes], kit: Kit) -> pd.DataFrame:
    """The share of intruders found by each coder and by all, with Wilson's interval and the share by chance.

    The answers of several coders to one task are not independent, so the interval of all is a little narrow.
    """
    rows: list[tuple[str, str, int, float, float, float, float]] = []
    tasks: tuple[tuple[str, Mapping[str, WordTask | TopicTask]], ...] = (
        ("word", kit.word_items),
        ("topic", kit.topic_items),
    )
    for name, items in tasks:
        right = {
            coder.coder: [
                items[item].intruder == number
                for item, number in (coder.words if name == "word" else coder.topics).items()
            ]
            for coder in codes
        }
        right[EVERY_LANGUAGE] = [answer for answers in right.values() for answer in answers]
        for coder_name, answers in right.items():
            if answers:
                n, found = len(answers), float(np.mean(answers))
                rows.append((name, coder_name, n, found, *wilson(found, n), CHANCE[name]))
    return pd.DataFrame(rows, columns=list(INTRUSION_COLUMNS))


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share of `n` cases, where `n` may be an effective number."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(share * n, n, alpha=0.05, method="wilson")
    return float(low), float(high)


def _primary(
    frame: pd.DataFrame, codes: Sequence[Codes], langs: pd.Series, lang: str
) -> tuple[str | int | float, ...]:
    """The row that scores assigned themes against main themes."""
    inside = frame if lang == EVERY_LANGUAGE else frame[langs == lang]
    right = np.array(
        [
            np.mean([coder.themes[item][0] == theme for coder in codes if item in coder.themes])
            for item, theme in zip(inside[ITEM], inside[THEME], strict=True)
        ]
    )
    weights = inside[WEIGHT].to_numpy(dtype=float)
    share = _share(right, weights)
    return (PRIMARY, lang, len(inside), len(inside), *share, *(float("nan") for _ in range(6)))


def _scores(model: Floats, coded: Floats, weights: Floats) -> tuple[float, ...]:
    """Numbers, precision, recall and F1 of one theme, each of the three with its interval."""
    hit = model * coded
    union = model + coded - hit
    jaccard = _share(np.divide(hit, union, out=np.zeros_like(hit), where=union > 0), weights * union)
    f1 = tuple(2 * value / (1 + value) for value in jaccard)
    counts = (int((coded > 0).sum()), int(model.sum()))
    return (*counts, *_share(coded, weights * model), *_share(model, weights * coded), *f1)


def _share(values: Floats, weights: Floats) -> tuple[float, float, float]:
    """Weighted mean of values between 0 and 1, with Wilson's interval at Kish's effective number."""
    total = float(weights.sum())
    if total <= 0:
        return float("nan"), float("nan"), float("nan")
    share = min(1.0, float((weights * values).sum()) / total)
    return (share, *wilson(share, total**2 / float((weights**2).sum())))
