"""How like an article is to each theme's own texts, in whatever language.

As with seed terms (`seed_evidence`) it is measured for one article alone, against the codebook and nothing
else, so that an article's evidence is the same in a corpus of one and in a corpus of ten thousand; only in a
language that the codebook lacks the articles' mean takes part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.themes.codebook import Codebook, base_language
from analysis.themes.seed_terms import guess_language
from corpus.schema import LANG, TEXT

if TYPE_CHECKING:
    from embeddings import Embeddings, Encoder

Floats = NDArray[np.float64]

_ROWS: Final = 1_024
"""Articles compared at once."""
_OWN_CENTRE_MINIMUM: Final = 50
_CENTRE_TEXTS: Final = 30
"""Texts of a codebook at which the half of their mean is taken off: the mean of a few is no centre."""
_LEAST_SPREAD: Final = 0.1
"""Least deviation by which likeness is divided: a text that is near no theme is likest to none of them."""
_PRECEDENCE: Final = 3.0
_BORROWED: Final = 4.0
"""Texts of its own language that all other languages' texts of a theme count for."""


@dataclass(frozen=True)
class Similarity:
    """Likeness of a corpus to a codebook.

    `scores` has shape (articles, themes); `compared` says with which language's texts the articles of each
    language were compared; `shifts` how those of a language that the codebook lacks were moved before.
    """

    scores: Floats
    compared: dict[str, str]
    shifts: dict[str, Floats]


@dataclass(frozen=True)
class CodebookText:
    """A definition or example of a theme: the theme's number, the base language and the text."""

    theme: int
    lang: str
    text: str


def languages(articles: pd.DataFrame) -> list[str]:
    """The base language of each article; where the table has none, guessed from the script."""
    given = articles[LANG] if LANG in articles.columns else pd.Series([None] * len(articles), dtype=object)
    return [
        base_language(lang) if isinstance(lang, str) and lang and lang != "und" else guess_language(str(text))
        for lang, text in zip(given, articles[TEXT], strict=True)
    ]


def rivalry(codebook: Codebook) -> Floats:
    """How much the evidence for a theme (column) counts against another (row).

    1, but 3 against a theme that it comes before and ⅓ against one that comes before it.
    """
    weights = np.ones((len(codebook.contenders), len(codebook.contenders)))
    for number, theme in enumerate(codebook.themes):
        for other in theme.before:
            later = codebook.ids.index(other)
            weights[later, number] *= _PRECEDENCE
            weights[number, later] /= _PRECEDENCE
    return weights


def similarity_evidence(
    vectors: Embeddings,
    langs: Sequence[str],
    codebook: Codebook,
    encoder: Encoder,
    *,
    cache: Path | None = None,
    shifts: Mapping[str, Floats] | None = None,
) -> Similarity:
    """Likeness of each article to each theme's definition and examples, of shape (articles, themes).

    Encoders place languages apart, so articles and codebook texts are both taken from the mean of the
    codebook's n texts in the article's language, shrunk by n / (n + 30): on 250 sentences in English and a
    codebook of seven names alone the likeliest theme was right for 60 instead of 50 %. Where that language
    has not all themes, articles are compared with the texts of all languages, and taken from the mean of
    their own language's articles if there are at least 50 of them: on briefs in three languages, each in turn
    left out of the codebook, the likeliest theme was then right for 75 to 86 % instead of 68 to 86 %.

    A theme's prototype is the mean of its texts in that language, drawn towards the mean of its texts in the
    other languages, each taken from its own language's mean, as if these were four more: a language with a
    definition and no example borrows most, one with twenty examples little.

    The value is the cosine to the theme's prototype less the mean cosine to all the themes, over the standard
    deviation between themes, or over .1 where that is less; 0 for what lies outside the themes where no
    language has examples of it. Later articles are moved by the `shifts` of those before them, not by a mean
    of their own.
    """
    from embeddings import embed

    texts = _codebook_texts(codebook)
    embedded = np.asarray(embed([text.text for text in texts], encoder, cache=cache), dtype=np.float64)
    if embedded.shape[1] != vectors.shape[1]:
        raise ValueError(
            f"the articles' vectors have {vectors.shape[1]} dimensions, the encoder {encoder.name!r}"
            f" makes {embedded.shape[1]}; embed the articles with the encoder given here"
        )
    theme_of = np.array([text.theme for text in texts])
    lang_of = np.array([text.lang for text in texts])
    scores = np.zeros((len(langs), len(codebook.contenders)))
    compared: dict[str, str] = {}
    moved: dict[str, Floats] = {}
    tags = np.asarray(langs)
    for lang in sorted(set(langs)):
        rows = np.flatnonzero(tags == lang)
        shift = None
        if set(range(len(codebook.themes))) <= set(theme_of[lang_of == lang].tolist()):
            compared[lang] = lang
            centre = _centre(embedded[lang_of == lang])
            prototypes = _prototypes(embedded, theme_of, lang_of, lang)
        else:
            compared[lang] = "all"
            centre = embedded.mean(axis=0)
            if shifts is None and len(rows) >= _OWN_CENTRE_MINIMUM:
                moved[lang] = centre - vectors[rows].mean(axis=0, dtype=np.float64)
            shift = (moved if shifts is None else shifts).get(lang)
            if shift is None:
                centre = _centre(embedded)
            prototypes = _means(embedded - centre, theme_of)
        for start in range(0, len(rows), _ROWS):
            part = rows[start : start + _ROWS]
            own = np.asarray(vectors[part], dtype=np.float64)
            own = own if shift is None else own + shift
            scores[part[:, None], np.unique(theme_of)] = _compare(own - centre, prototypes)
    return Similarity(scores, compared, moved)


def _centre(texts: Floats) -> Floats:
    """Mean of a language's texts, shrunk where they are few."""
    centre: Floats = texts.mean(axis=0) * (len(texts) / (len(texts) + _CENTRE_TEXTS))
    return centre


def _prototypes(embedded: Floats, theme_of: NDArray[np.int_], lang_of: NDArray[np.str_], lang: str) -> Floats:
    """The themes' prototypes in a language, drawn towards those of the other languages."""
    centred = embedded.copy()
    for one in np.unique(lang_of):
        centred[lang_of == one] -= _centre(embedded[lang_of == one])
    found = []
    for theme in np.unique(theme_of):
        own = centred[(theme_of == theme) & (lang_of == lang)]
        others = centred[(theme_of == theme) & (lang_of != lang)]
        borrowed = _BORROWED * others.mean(axis=0) if len(others) else 0.0
        found.append(own.sum(axis=0) + borrowed)
    return np.stack(found)


def _means(texts: Floats, theme_of: NDArray[np.int_]) -> Floats:
    """Mean of the texts of every theme."""
    return np.stack([texts[theme_of == theme].mean(axis=0) for theme in np.unique(theme_of)])


def _compare(vectors: Floats, prototypes: Floats) -> Floats:
    """Cosines to the themes' prototypes, standardised between the themes."""
    cosines = _unit(vectors) @ _unit(prototypes).T
    deviation = cosines.std(axis=1, keepdims=True)
    standard: Floats = (cosines - cosines.mean(axis=1, keepdims=True)) / np.maximum(deviation, _LEAST_SPREAD)
    return standard


def _unit(rows: Floats) -> Floats:
    """Rows of length 1; a row of zeros stays."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Floats = rows / np.maximum(norms, 1e-12)
    return units


def _codebook_texts(codebook: Codebook) -> list[CodebookText]:
    """The codebook's definitions, each after its theme's name, and the examples that belong."""
    texts: list[CodebookText] = []
    for number, theme in enumerate(codebook.contenders):
        for lang, definition in theme.definitions.items():
            whole = f"{theme.names.get(lang, '')}\n{definition}".strip()
            texts.append(CodebookText(number, base_language(lang), whole))
        for example in theme.examples:
            if example.belongs:
                whole = f"{example.title or ''}\n{example.text}".strip()
                texts.append(CodebookText(number, base_language(example.lang), whole))
    return texts
