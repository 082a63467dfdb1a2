"""Draws the articles that people shall code: a stratified sample with known probabilities."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.schema import THEME
from analysis.themes.codebook import base_language
from corpus.schema import ARTICLE_ID, LANG, require_columns

STRATUM: Final = "stratum"
WEIGHT: Final = "weight"
SAMPLE_COLUMNS: Final = (ARTICLE_ID, STRATUM, WEIGHT)
_FEWEST: Final = 2
"""Articles a stratum, so that its variance can be told."""


class SampleError(ValueError):
    """A sample can't be drawn; the message says how many articles there are and how many are needed."""


def draw_sample(articles: pd.DataFrame, *, size: int, seed: int = 0) -> pd.DataFrame:
    """Draw articles, stratified by assigned theme and language, in a random order.

    Rare themes would hardly occur in a plain sample, so strata are drawn in proportion to the square root of
    their size (at least 2, at most all of a stratum). What that distorts, `weight` sets right: an article
    stands for `N / n` articles of its stratum (Horvitz and Thompson 1952).

    Parameters
    ----------
    articles
        With article_id, theme (as assigned) and lang, one row an article that may be drawn.
    size
        Articles to draw; all of them if there are no more.
    seed
        Of the draw.

    Returns
    -------
    DataFrame
        `SAMPLE_COLUMNS`; `stratum` is `theme/language`.

    Raises
    ------
    TableError
        A column is missing.
    SampleError
        There are no articles, or `size` is too small to take two of each stratum.
    """
    require_columns(articles, (ARTICLE_ID, THEME, LANG), name="the table of articles")
    if articles.empty:
        raise SampleError("there are no articles to draw a sample from")
    langs = articles[LANG].map(lambda lang: base_language(lang) if isinstance(lang, str) and lang else "und")
    strata = articles[THEME].astype(str) + "/" + langs
    order = np.argsort(articles[ARTICLE_ID].astype(str).to_numpy(), kind="stable")
    frame = pd.DataFrame({ARTICLE_ID: articles[ARTICLE_ID].astype(str), STRATUM: strata}).iloc[order]
    taken = _allocate(frame[STRATUM].value_counts().sort_index(), min(size, len(frame)))
    generator = np.random.default_rng(seed)
    parts = []
    for stratum, count in taken.items():
        members = frame[frame[STRATUM] == stratum]
        rows = np.sort(generator.choice(len(members), size=int(count), replace=False))
        parts.append(members.iloc[rows].assign(**{WEIGHT: len(members) / count}))
    drawn = pd.concat(parts)
    return drawn.iloc[generator.permutation(len(drawn))].reset_index(drop=True)[list(SAMPLE_COLUMNS)]


def _allocate(sizes: pd.Series, total: int) -> pd.Series:
    """Articles to take from each stratum, by the square root of its size (Bankier 1988, power 1/2)."""
    least = np.minimum(sizes, _FEWEST)
    if total < least.sum():
        raise SampleError(
            f"{total} articles are too few for {len(sizes)} strata (theme by language): ask for "
            f"{int(least.sum())} or more"
        )
    taken = least.copy()
    root = np.sqrt(sizes.astype(float))
    while (left := total - int(taken.sum())) > 0:
        wanted = root / root[taken < sizes].sum() * total - taken
        wanted = wanted.where(taken < sizes, -np.inf)
        best = wanted.sort_values(ascending=False, kind="stable").index[: max(1, left // 4)]
        open_strata = [stratum for stratum in best if taken[stratum] < sizes[stratum]]
        taken[open_strata] += 1
    return taken
