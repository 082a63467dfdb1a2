"""Gives each article a probability for every theme of a codebook.

Evidence is measured in `seed_evidence` and `evidence` and turned into probabilities in `calibration`; what is
learnt from the articles is kept in `model`, for those that come later.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.sampling import FIT_ON
from analysis.schema import N_ARTICLES, SHARE, THEME, UNMAPPED
from analysis.themes.calibration import (
    SELF_TRAINING_MINIMUM,
    EvidenceModel,
    logistic,
    platt,
    quality,
    scale,
)
from analysis.themes.codebook import Codebook
from analysis.themes.coded import coded_sample
from analysis.themes.evidence import languages, rivalry, similarity_evidence
from analysis.themes.model import ThemeModel
from analysis.themes.seed_evidence import seed_evidence
from analysis.themes.tables import DIGITS, assignment_table, carried_weights, theme_table
from analysis.themes.training import train
from corpus.engine import THIS_PROCESS, Engine
from corpus.memory import give_back
from corpus.rich_display import numbered, show_html
from corpus.schema import ARTICLE_ID, TEXT, require_columns

if TYPE_CHECKING:
    from embeddings import Embeddings, Encoder


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
        How the probabilities came about: `basis` is `coded sample`, `self-training` or `fixed coefficients`;
        `trained_on` is the number of articles self-training was fitted on, where these are a sample.
    codebook
        Id, version and sha256 of the codebook.
    model
        What was learnt from the articles, to give later ones their themes (`assign_later`).
    carried
        The evidence behind `terms`: `theme`, `lang`, `words`, `weight`.
    """

    assignments: pd.DataFrame
    themes: pd.DataFrame
    calibration: dict[str, Any]
    codebook: dict[str, str]
    model: ThemeModel
    carried: pd.DataFrame

    def _repr_html_(self) -> str:
        """Show themes in a notebook: what the probabilities rest on, and every theme by its share."""
        articles, codebook = numbered(len(self.assignments), "article"), self.codebook
        head = f"{numbered(len(self.themes), 'theme')} of {codebook['id']} {codebook['version']}, {articles}"
        unmapped = int((self.assignments[THEME] == UNMAPPED).sum())
        notes = [
            f"probabilities rest on {self.calibration['basis']}",
            f"{numbered(unmapped, 'article')} likelier in no theme than in any",
        ]
        table = self.themes.drop(columns="terms").sort_values(SHARE, ascending=False, kind="stable")
        return show_html(head, table, notes=notes, rows=15, whole="themes.themes")


@dataclass(frozen=True)
class LaterThemes:
    """Themes of articles that came later.

    Attributes
    ----------
    assignments, carried
        What `Themes` has of these articles.
    compared_with
        The language whose texts of the codebook the articles of each language were compared with; `all` for a
        language that the codebook lacks.
    """

    assignments: pd.DataFrame
    carried: pd.DataFrame
    compared_with: dict[str, str]


def assign_themes(  # noqa: PLR0913 - what themes rest on, each by its name
    articles: pd.DataFrame,
    vectors: Embeddings,
    *,
    codebook: Codebook,
    encoder: Encoder,
    labels: pd.DataFrame | None = None,
    model: EvidenceModel | None = None,
    cache: Path | None = None,
    fit_on: int = FIT_ON,
    engine: Engine = THIS_PROCESS,
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
    fit_on
        The most articles that all take part in self-training; of more a sample of as many does
        (`analysis.sampling`), and the others are corrected by what it taught, as later articles are.
    engine
        What looks for seed terms, block for block.

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
    give_back()
    ids = articles[ARTICLE_ID].astype(str)
    # A fixed order of rows makes sums, and so results, the same to the last bit whatever the order given.
    order = np.argsort(ids.to_numpy(dtype=object), kind="stable")
    rows = articles.iloc[order].reset_index(drop=True)
    langs = languages(rows)
    seeds = seed_evidence(rows, langs, codebook, engine=engine)
    ordered = np.asarray(vectors, dtype=np.float32)[order]
    training, lines = None, None
    with threadpool_limits(limits=1):
        found = similarity_evidence(ordered, langs, codebook, encoder, cache=cache)
        model = model or EvidenceModel()
        odds = model.log_odds(seeds.scores, found.scores, seeds.seeded, rivalry(codebook))
        odds = odds[:, : len(codebook.themes)]
        calibration: dict[str, Any] = {"basis": "fixed coefficients", N_ARTICLES: len(rows)}
        if len(rows) >= SELF_TRAINING_MINIMUM:
            calibration["basis"] = "self-training"
            weight = model.self_training
            odds, training, n = train(rows, odds, ordered, langs, weight=weight, fit_on=fit_on)
            if n < len(rows):
                calibration["trained_on"] = n
        if labels is not None:
            sample = coded_sample(labels, list(rows[ARTICLE_ID].astype(str)), codebook.ids)
            odds, lines = platt(odds, sample)
            calibration |= {"basis": "coded sample", "n_coded": len(sample.rows)}
            calibration |= quality(logistic(odds)[sample.rows], sample, codebook.ids)
    p = logistic(odds).round(DIGITS)
    carried = carried_weights(p, seeds, codebook)
    back = np.argsort(order, kind="stable")
    return Themes(
        assignments=assignment_table(ids, p[back], codebook),
        themes=theme_table(p, carried, codebook),
        calibration=calibration | {"compared_with": found.compared},
        codebook={"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256},
        model=ThemeModel(found.shifts, training, lines, model),
        carried=carried,
    )


def assign_later(
    articles: pd.DataFrame,
    vectors: Embeddings,
    model: ThemeModel,
    *,
    codebook: Codebook,
    encoder: Encoder,
    cache: Path | None = None,
    engine: Engine = THIS_PROCESS,
) -> LaterThemes:
    """Give later articles their probabilities by what `assign_themes` learnt from earlier ones.

    Nothing is fitted: an article's probabilities are the same whatever other later articles stand beside it,
    and those of the earlier articles stay what they are.

    Parameters
    ----------
    articles, vectors, codebook, encoder, cache, engine
        As for `assign_themes`; the codebook must be the same.
    model
        `Themes.model` of the earlier articles.

    Raises
    ------
    TableError, ValueError
        As `assign_themes` does.
    """
    from threadpoolctl import threadpool_limits

    _check(articles, vectors)
    langs = languages(articles)
    seeds = seed_evidence(articles, langs, codebook, engine=engine)
    given = np.asarray(vectors, dtype=np.float32)
    with threadpool_limits(limits=1):
        found = similarity_evidence(given, langs, codebook, encoder, cache=cache, shifts=model.shifts)
        odds = model.evidence.log_odds(seeds.scores, found.scores, seeds.seeded, rivalry(codebook))
        odds = odds[:, : len(codebook.themes)]
        if model.training is not None:
            odds = model.training.correct(odds, given.astype(np.float64), langs)
        if model.lines is not None:
            odds = scale(odds, model.lines)
    p = logistic(odds).round(DIGITS)
    return LaterThemes(
        assignments=assignment_table(articles[ARTICLE_ID].astype(str), p, codebook),
        carried=carried_weights(p, seeds, codebook),
        compared_with=found.compared,
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
