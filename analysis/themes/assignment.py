"""Gives each article a probability for every theme of a codebook.

Evidence is measured in `evidence` and turned into probabilities in `calibration`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analysis.schema import N_ARTICLES, SHARE, THEME, THEME_PROBABILITY, UNMAPPED, probability_column
from analysis.themes.calibration import (
    SELF_TRAINING_MINIMUM,
    EvidenceModel,
    Floats,
    logistic,
    platt,
    quality,
    self_train,
)
from analysis.themes.codebook import Codebook
from analysis.themes.coded import coded_sample
from analysis.themes.evidence import SeedEvidence, languages, rivalry, seed_evidence, similarity_evidence
from corpus.rich_display import numbered, show_html
from corpus.schema import ARTICLE_ID, TEXT, require_columns

if TYPE_CHECKING:
    from embeddings import Embeddings, Encoder

THRESHOLD: Final = 0.5
"""The probability from which an article counts as belonging to a theme."""
_TERMS_SHOWN: Final = 12
_DIGITS: Final = 6
"""Of probabilities: far more than they mean, and few enough that the last bits of a sum don't show."""


@dataclass(frozen=True)
class Themes:
    """Themes of a corpus.

    Attributes
    ----------
    assignments
        `article_id`, `theme` (the likeliest theme, or `unmapped` if the article likelier belongs to none),
        `theme_probability` (of that theme; for `unmapped` the product of the complements of all themes'
        probabilities), and `p_<theme>` for every theme. Rows are in the order of the articles.
    themes
        A row for each theme: `n_articles` with a probability of at least one half, `share` (the mean
        probability: an estimate of the share of articles in the theme), and `terms`, a JSON object of
        language → the words that carry the theme here, best first.
    calibration
        How the probabilities came about: `basis` is `coded sample`, `self-training` or `fixed coefficients`.
    codebook
        Id, version and sha256 of the codebook.
    """

    assignments: pd.DataFrame
    themes: pd.DataFrame
    calibration: dict[str, Any]
    codebook: dict[str, str]

    def _repr_html_(self) -> str:
        """Show themes in a notebook: what the probabilities rest on, and every theme by its share."""
        articles, codebook = numbered(len(self.assignments), "article"), self.codebook
        head = f"{numbered(len(self.themes), 'theme')} of {codebook['id']} {codebook['version']}, {articles}"
        unmapped = int((self.assignments[THEME] == UNMAPPED).sum())
        notes = [
            f"probabilities rest on {self.calibration['basis']}",
            f"{numbered(unmapped, 'article')} in no theme",
        ]
        table = self.themes.drop(columns="terms").sort_values(SHARE, ascending=False, kind="stable")
        return show_html(head, table, notes=notes, rows=15, whole="themes.themes")


def assign_themes(
    articles: pd.DataFrame,
    vectors: Embeddings,
    *,
    codebook: Codebook,
    encoder: Encoder,
    labels: pd.DataFrame | None = None,
    model: EvidenceModel | None = None,
    cache: Path | None = None,
) -> Themes:
    """Give every article a probability for each theme of a codebook.

    Works for one article as for ten thousand, in any order of the articles. An article may belong to several
    themes or to none: the probabilities are independent of each other and don't add up to one. They are
    computed on one thread and rounded to six digits, so that they don't hang on the number of cores.

    Parameters
    ----------
    articles
        With `article_id` and `text`; `title` and `lang` are used if they are there.
    vectors
        Embeddings of the articles by `encoder`, row for row, as the encoder gives them (not centred).
    encoder
        Embeds the codebook's definitions and examples.
    labels
        A coded sample: `article_id`, `theme`, one row for each theme of an article, `unmapped` for none; also
        `coder` and `weight`, see `analysis.themes.coded`.
    model
        Coefficients of the evidence, if not the usual ones.
    cache
        Folder of the cache of vectors, so that the codebook's texts are embedded once.

    Raises
    ------
    TableError
        The table lacks a column.
    LabelsError
        The coded sample names an unknown article or theme, or is too small.
    ValueError
        Vectors and articles don't fit each other, ids repeat, or the encoder is not that of the vectors.
    """
    from threadpoolctl import threadpool_limits

    _check(articles, vectors)
    ids = articles[ARTICLE_ID].astype(str)
    # A fixed order of rows makes sums, and so results, the same to the last bit whatever the order given.
    order = np.argsort(ids.to_numpy(dtype=object), kind="stable")
    rows = articles.iloc[order].reset_index(drop=True)
    langs = languages(rows)
    seeds = seed_evidence(rows, langs, codebook)
    ordered = np.asarray(vectors, dtype=np.float32)[order]
    with threadpool_limits(limits=1):
        similarity, compared = similarity_evidence(ordered, langs, codebook, encoder, cache=cache)
        model = model or EvidenceModel()
        odds = model.log_odds(seeds.scores, similarity, seeds.seeded, rivalry(codebook))
        odds = odds[:, : len(codebook.themes)]
        odds, calibration = _self_train(odds, ordered, langs, model)
        if labels is not None:
            sample = coded_sample(labels, list(rows[ARTICLE_ID].astype(str)), codebook.ids)
            odds = platt(odds, sample)
            calibration |= {"basis": "coded sample", "n_coded": len(sample.rows)}
            calibration |= quality(logistic(odds)[sample.rows], sample, codebook.ids)
    p = logistic(odds).round(_DIGITS)
    table = _theme_table(p, seeds, codebook)
    back = np.argsort(order, kind="stable")
    return Themes(
        assignments=_assignments(ids, p[back], codebook),
        themes=table,
        calibration=calibration | {"compared_with": compared},
        codebook={"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256},
    )


def _check(articles: pd.DataFrame, vectors: Embeddings) -> None:
    """Raise if articles and vectors can't be used together."""
    require_columns(articles, (ARTICLE_ID, TEXT), name="the table of articles")
    if vectors.ndim != 2 or len(vectors) != len(articles):
        raise ValueError(
            f"{len(articles)} articles need as many rows of vectors; their shape is {vectors.shape}"
        )
    if len(articles) == 0:
        raise ValueError("there are no articles to give themes to")
    repeated = articles.loc[articles[ARTICLE_ID].duplicated(), ARTICLE_ID]
    if len(repeated):
        raise ValueError(f"article_id {repeated.iloc[0]!r} stands twice in the table of articles")


def _self_train(
    odds: Floats, vectors: Embeddings, langs: list[str], model: EvidenceModel
) -> tuple[Floats, dict[str, Any]]:
    """Log odds corrected by self-training if there are enough articles, and what was done."""
    if len(odds) < SELF_TRAINING_MINIMUM:
        return odds, {"basis": "fixed coefficients", N_ARTICLES: len(odds)}
    odds = self_train(odds, vectors.astype(np.float64), langs, weight=model.self_training)
    return odds, {"basis": "self-training", N_ARTICLES: len(odds)}


def _assignments(ids: pd.Series, p: Floats, codebook: Codebook) -> pd.DataFrame:
    """The table of assignments."""
    best = p.argmax(axis=1)
    top = p.max(axis=1)
    none = np.prod(1.0 - p, axis=1)
    mapped = top >= none
    names = np.array(codebook.ids, dtype=object)[best]
    frame = pd.DataFrame({ARTICLE_ID: ids.to_numpy(dtype=object)})
    frame[THEME] = np.where(mapped, names, UNMAPPED)
    frame[THEME_PROBABILITY] = np.where(mapped, top, none).round(_DIGITS)
    for number, theme in enumerate(codebook.ids):
        frame[probability_column(theme)] = p[:, number]
    return frame.astype({ARTICLE_ID: "str", THEME: "str"})


def _theme_table(p: Floats, seeds: SeedEvidence, codebook: Codebook) -> pd.DataFrame:
    """The table of themes."""
    return pd.DataFrame(
        {
            THEME: list(codebook.ids),
            N_ARTICLES: (p >= THRESHOLD).sum(axis=0).astype(int),
            SHARE: p.mean(axis=0),
            "terms": [
                json.dumps(_carrying_terms(p[:, number], seeds.carried.get(number, {})), ensure_ascii=False)
                for number in range(len(codebook.ids))
            ],
        }
    ).astype({THEME: "str", "terms": "str"})


def _carrying_terms(p: Floats, carried: dict[str, list[tuple[int, str, float]]]) -> dict[str, list[str]]:
    """By language the words with the most evidence in the articles that belong to the theme."""
    terms: dict[str, list[str]] = {}
    for lang in sorted(carried):
        weight: defaultdict[str, float] = defaultdict(float)
        for row, words, value in carried[lang]:
            if p[row] >= THRESHOLD:
                weight[words] += value * float(p[row])
        if weight:
            terms[lang] = sorted(weight, key=lambda words: (-weight[words], words))[:_TERMS_SHOWN]
    return terms
