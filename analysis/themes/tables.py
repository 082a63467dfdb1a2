"""The tables that themes come out in: assignments, and a row for each theme with the words that carry it."""

from __future__ import annotations

import json
from typing import Final

import numpy as np
import pandas as pd

from analysis.schema import N_ARTICLES, SHARE, THEME, THEME_PROBABILITY, UNMAPPED, probability_column
from analysis.themes.calibration import Floats
from analysis.themes.codebook import Codebook
from analysis.themes.seed_evidence import SeedEvidence
from corpus.schema import ARTICLE_ID, LANG

DIGITS: Final = 6
"""Of probabilities: far more than they mean, and few enough that the last bits of a sum don't show."""
THRESHOLD: Final = 0.5
"""The probability from which an article counts as belonging to a theme."""
WORDS: Final = "words"
WEIGHT: Final = "weight"
_TERMS_SHOWN: Final = 12


def assignment_table(ids: pd.Series, p: Floats, codebook: Codebook) -> pd.DataFrame:
    """The table of assignments, row for row as the articles."""
    best = p.argmax(axis=1)
    top = p.max(axis=1)
    none = np.prod(1.0 - p, axis=1)
    mapped = top >= none
    names = np.array(codebook.ids, dtype=object)[best]
    frame = pd.DataFrame({ARTICLE_ID: ids.to_numpy(dtype=object)})
    frame[THEME] = np.where(mapped, names, UNMAPPED)
    frame[THEME_PROBABILITY] = np.where(mapped, top, none).round(DIGITS)
    for number, theme in enumerate(codebook.ids):
        frame[probability_column(theme)] = p[:, number]
    return frame.astype({ARTICLE_ID: "str", THEME: "str"})


def theme_table(p: Floats, carried: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The table of themes: `p` are all articles' probabilities, `carried` the evidence of their words."""
    terms = _carrying_terms(carried)
    return pd.DataFrame(
        {
            THEME: list(codebook.ids),
            N_ARTICLES: (p >= THRESHOLD).sum(axis=0).astype(int),
            SHARE: p.mean(axis=0),
            "terms": [json.dumps(terms.get(theme, {}), ensure_ascii=False) for theme in codebook.ids],
        }
    ).astype({THEME: "str", "terms": "str"})


def carried_weights(p: Floats, seeds: SeedEvidence, codebook: Codebook) -> pd.DataFrame:
    """By theme, language and words: the evidence, times probability, in the articles of the theme."""
    hits = seeds.hits
    theme_of = np.array([theme for theme, _, _ in hits.forms], dtype=np.int64)[hits.form]
    counted = np.flatnonzero(theme_of < len(codebook.ids))
    likely = p[hits.article[counted], theme_of[counted]]
    counted, likely = counted[likely >= THRESHOLD], likely[likely >= THRESHOLD]
    form = hits.form[counted]
    weights = np.bincount(form, hits.evidence[counted] * likely, len(hits.forms))
    met = sorted(dict.fromkeys(form.tolist()), key=lambda one: hits.forms[one][:2])
    named = [(codebook.ids[theme], lang, words) for theme, lang, words in (hits.forms[one] for one in met)]
    rows = [(*name, weights[one]) for name, one in zip(named, met, strict=True)]
    table = pd.DataFrame(rows, columns=[THEME, LANG, WORDS, WEIGHT])
    return table.astype({THEME: "str", LANG: "str", WORDS: "str", WEIGHT: "float64"})


def _carrying_terms(carried: pd.DataFrame) -> dict[str, dict[str, list[str]]]:
    """By theme and language the words with the most evidence, best first."""
    weight = carried.groupby([THEME, LANG, WORDS], sort=True)[WEIGHT].sum().reset_index()
    ordered = weight.sort_values([THEME, LANG, WEIGHT, WORDS], ascending=[True, True, False, True])
    terms: dict[str, dict[str, list[str]]] = {}
    for (theme, lang), rows in ordered.groupby([THEME, LANG], sort=True):
        terms.setdefault(str(theme), {})[str(lang)] = rows[WORDS].head(_TERMS_SHOWN).tolist()
    return terms
