"""A coded sample: what people decided about some of the articles, read from a table and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import THEME, UNMAPPED
from corpus.schema import ARTICLE_ID
from corpus.spreadsheets import unguard_cells

Floats = NDArray[np.float64]

CODER: Final = "coder"
WEIGHT: Final = "weight"
CODED_MINIMUM: Final = 50
"""Coded articles needed for calibration on them."""


class LabelsError(ValueError):
    """A coded sample can't be used for calibration; the message says which article or theme is wrong."""


@dataclass(frozen=True)
class CodedSample:
    """Codes of some articles.

    Attributes
    ----------
    rows
        Where the coded articles stand among all.
    codes
        Shape (coded articles, themes): the share of an article's coders who gave it the theme, 0 or 1 where
        one person coded.
    weights
        What each coded article stands for, with mean 1.
    """

    rows: NDArray[np.int64]
    codes: Floats
    weights: Floats


def read_coded(path: str | Path) -> pd.DataFrame:
    """Read a coded sample from CSV: article_id, theme, and coder and weight where there are any.

    Raises
    ------
    LabelsError
        The file is missing, no CSV, lacks a column or has an empty or wrong value; with its line.
    """
    path = Path(path)
    try:
        table = unguard_cells(pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise LabelsError(f"{path}: no such coded sample") from error
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise LabelsError(f"{path}: not readable as CSV in UTF-8: {error}") from error
    missing = {ARTICLE_ID, THEME} - set(table.columns)
    if missing:
        raise LabelsError(f"{path}: the coded sample lacks the column {', '.join(sorted(missing))}")
    for column in {ARTICLE_ID, THEME, CODER} & set(table.columns):
        empty = np.flatnonzero(table[column].str.strip() == "")
        if len(empty):
            raise LabelsError(f"{path}:{empty[0] + 2}: {column} is empty")
    if WEIGHT in table.columns:
        weights = pd.to_numeric(table[WEIGHT], errors="coerce")
        wrong = np.flatnonzero(~(weights > 0) | ~np.isfinite(weights))
        if len(wrong):
            value = table[WEIGHT].iloc[wrong[0]]
            raise LabelsError(f"{path}:{wrong[0] + 2}: weight = {value!r}: expected a number above 0")
        table[WEIGHT] = weights
    return table


def coded_sample(labels: pd.DataFrame, article_ids: Sequence[str], themes: Sequence[str]) -> CodedSample:
    """Bring a coded sample into the order of articles and themes.

    `labels` has a row for each article, coder and theme, and for an article with no theme one row with
    `unmapped`; without the column `coder` one person coded all. With the column `weight` articles count by
    it. Ids are compared as text.

    Raises
    ------
    LabelsError
        A column is missing; an id or theme isn't there; an article is coded both with a theme and with none
        by one coder, or has two weights; or too few articles are coded.
    """
    missing = {ARTICLE_ID, THEME} - set(labels.columns)
    if missing:
        raise LabelsError(f"the coded sample lacks the column {', '.join(sorted(missing))}")
    row_of = {article: row for row, article in enumerate(article_ids)}
    table = pd.DataFrame({ARTICLE_ID: labels[ARTICLE_ID].astype(str), THEME: labels[THEME].astype(str)})
    table[CODER] = labels[CODER].astype(str) if CODER in labels else ""
    table[WEIGHT] = labels[WEIGHT].astype(float) if WEIGHT in labels else 1.0
    _check(table, row_of, themes)
    found: dict[int, Floats] = {}
    weights: dict[int, float] = {}
    for article, group in table.groupby(ARTICLE_ID, sort=False):
        given = pd.crosstab(group[CODER], group[THEME]).clip(upper=1)
        row = row_of[str(article)]
        found[row] = given.reindex(columns=list(themes), fill_value=0).mean(axis=0).to_numpy(dtype=float)
        if group[WEIGHT].nunique() > 1:
            raise LabelsError(f"article {article!r} has several weights in the coded sample; keep one")
        weights[row] = float(group[WEIGHT].iloc[0])
    if len(found) < CODED_MINIMUM:
        raise LabelsError(
            f"{len(found)} coded articles are too few to calibrate on; code at least {CODED_MINIMUM}"
        )
    rows = np.array(sorted(found), dtype=np.int64)
    weight = np.array([weights[row] for row in rows])
    return CodedSample(rows, np.stack([found[row] for row in rows]), weight / weight.mean())


def _check(table: pd.DataFrame, row_of: dict[str, int], themes: Sequence[str]) -> None:
    """Raise for ids and themes that aren't there, and for articles coded with a theme and with none."""
    unknown = table.loc[~table[ARTICLE_ID].isin(row_of), ARTICLE_ID]
    if len(unknown):
        raise LabelsError(
            f"the coded sample has article {unknown.iloc[0]!r}, which is not among the articles"
        )
    wrong = table[~table[THEME].isin([*themes, UNMAPPED])]
    if len(wrong):
        article, theme = wrong.iloc[0][[ARTICLE_ID, THEME]]
        raise LabelsError(f"article {article!r} is coded {theme!r}; the themes are {', '.join(themes)}")
    none = table[THEME] == UNMAPPED
    both = table[~none].merge(table.loc[none, [ARTICLE_ID, CODER]], on=[ARTICLE_ID, CODER])
    if len(both):
        article, theme = both.iloc[0][[ARTICLE_ID, THEME]]
        raise LabelsError(f"article {article!r} is coded both {theme!r} and {UNMAPPED!r}; keep one")
