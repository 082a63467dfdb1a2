"""What speaks for each theme in each article by the seed terms that are found in it.

It is measured for one article alone, against the codebook and nothing else, so that an article's evidence is
the same in a corpus of one and in a corpus of ten thousand, and wherever the article is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.themes.calibration import Floats
from analysis.themes.codebook import Codebook
from analysis.themes.seed_terms import UNSPACED, FoundTerms, Matcher, TermIndex
from corpus.engine import THIS_PROCESS, Engine
from corpus.schema import TEXT, TITLE

_ARTICLES: Final = 1_000
"""Articles searched at once."""
_LEAD_CHARACTERS: Final = {True: 160, False: 420}
"""How much of the text counts as its lead: in languages written without spaces, and in the others."""
_FULL_LENGTH: Final = {True: 500, False: 1500}
"""Length of a body from which on chance hits grow with length, so that hits are scaled down."""
_ZONE_WEIGHTS: Final = (3.0, 1.5, 1.0)
"""What a hit in title, lead and body counts: headline and lead say who or what the story is about."""

_Places = NDArray[np.int64]
Form = tuple[int, str, str]
"""A theme's number, a language, and words in which one of the theme's terms was found."""


@dataclass(frozen=True, eq=False)
class Hits:
    """Which forms of terms were found in which articles; one row a form and article, by articles.

    Attributes
    ----------
    forms
        Every form once, in the order in which they were met.
    form
        Places in `forms`, int32.
    article
        Row of the article, int64.
    evidence
        What the form adds to the article's evidence for the theme, float64.
    """

    forms: list[Form]
    form: NDArray[np.int32]
    article: NDArray[np.int64]
    evidence: Floats

    @classmethod
    def joined(cls, parts: Sequence[Hits]) -> Hits:
        """Return the hits of several blocks, whose rows are numbered through already."""
        number: dict[Form, int] = {}
        places = [
            np.array([number.setdefault(form, len(number)) for form in part.forms], dtype=np.int32)[part.form]
            for part in parts
        ]
        return cls(
            list(number),
            np.concatenate([np.empty(0, dtype=np.int32), *places]),
            np.concatenate([np.empty(0, dtype=np.int64), *(part.article for part in parts)]),
            np.concatenate([np.empty(0), *(part.evidence for part in parts)]),
        )


@dataclass(frozen=True, eq=False)
class SeedEvidence:
    """Seed-term evidence of a corpus.

    `scores` has shape (articles, contenders): themes, and last what lies outside them if the codebook says
    so. `seeded` says whether an article's language has seed terms. `hits` has the evidence of every form of a
    term that was found.
    """

    scores: Floats
    seeded: NDArray[np.bool_]
    hits: Hits


def seed_evidence(
    articles: pd.DataFrame, langs: Sequence[str], codebook: Codebook, *, engine: Engine = THIS_PROCESS
) -> SeedEvidence:
    """Weigh the seed terms of every theme in title, lead and body of each article.

    A term of weight w found n times in a zone adds w · z · log2(1 + n), with z = 3 for the title, 1.5 for the
    lead and 1 for the body; hits in a long body are scaled by the square root of the full length over its
    length. `langs` are base languages, one an article and none empty. The engine works through the articles,
    a thousand at a time.
    """
    scores = np.zeros((len(articles), len(codebook.contenders)))
    seeded = np.zeros(len(articles), dtype=bool)
    parts: list[Hits] = []
    start = 0
    for part in engine.map(_Weigher(codebook), _blocks(articles, langs)):
        end = start + len(part.scores)
        scores[start:end], seeded[start:end] = part.scores, part.seeded
        parts.append(replace(part.hits, article=part.hits.article + start))
        start = end
    return SeedEvidence(scores, seeded, Hits.joined(parts))


_Block = tuple[list[str], list[str], Sequence[str]]
"""Titles (empty where there is none), texts and languages of some articles."""


def _blocks(articles: pd.DataFrame, langs: Sequence[str]) -> Iterator[_Block]:
    """Yield the articles, some at a time."""
    titles = articles[TITLE] if TITLE in articles.columns else pd.Series("", index=articles.index)
    for start in range(0, len(articles), _ARTICLES):
        part = slice(start, start + _ARTICLES)
        own = [title if isinstance(title, str) else "" for title in titles.iloc[part]]
        yield own, [str(text) for text in articles[TEXT].iloc[part]], langs[part]


class _Weigher:
    """Weighs the seed terms of one codebook in some articles."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: it makes the index itself."""
        return {"_codebook": self._codebook}

    @cached_property
    def _index(self) -> TermIndex:
        return TermIndex(self._codebook)

    def __call__(self, block: _Block) -> SeedEvidence:
        """Return the evidence of a block; rows are counted within it."""
        langs, index = block[2], self._index
        parts = [
            _found(block, np.array([at for at, own in enumerate(langs) if own == lang]), lang, matcher, index)
            for lang in dict.fromkeys(langs)
            if (matcher := index.matcher(lang)) is not None
        ]
        hits = Hits.joined(parts)
        order = np.argsort(hits.article, kind="stable")
        article, evidence = hits.article[order], hits.evidence[order]
        form, met = pd.factorize(hits.form[order])
        forms = [hits.forms[at] for at in met.tolist()]
        theme = np.array([theme for theme, _, _ in forms], dtype=np.int64)[form]
        shape = len(langs), len(self._codebook.contenders)
        scores = np.bincount(article * shape[1] + theme, evidence, shape[0] * shape[1])
        seeded = np.array([index.knows(lang) for lang in langs], dtype=bool)
        found = Hits(forms, form.astype(np.int32), article, evidence)
        return SeedEvidence(scores.astype(np.float64).reshape(shape), seeded, found)


def _found(block: _Block, rows: _Places, lang: str, matcher: Matcher, index: TermIndex) -> Hits:
    """Return the hits in those articles of a block that are in one language, each article's as it reads."""
    zones = [_zones(block[0][row], block[1][row], lang) for row in rows.tolist()]
    forms, places = matcher.find([zone for own in zones for zone in own])
    article, form, times = _times(places, len(forms))
    terms, of, one = _terms_of(forms, form)
    article, times = article[of], times[of]
    weights = np.array([_zone_weights(body, lang) for _, _, body in zones])[article]
    weight = np.array([index.terms[term].weight for term, _ in terms])[one]
    doublings = np.array([_doublings(n) for n in range(int(times.max(initial=0)) + 1)])[times]
    evidence = np.zeros(len(one))
    for zone in range(len(_ZONE_WEIGHTS)):
        evidence += weight * weights[:, zone] * doublings[:, zone]
    named = [(index.terms[term].theme, lang, words) for term, words in terms]
    return Hits(named, one.astype(np.int32), rows[article], evidence)


def _times(places: Sequence[Sequence[int]], n_forms: int) -> tuple[_Places, _Places, _Places]:
    """Return article and form of what was found, as it reads, and how often it is in each of its zones.

    `places` are those of the zones, one article's after the other's; the shapes are (found,), (found,) and
    (found, zones).
    """
    form = np.fromiter(chain.from_iterable(places), dtype=np.int64)
    cell = np.repeat(np.arange(len(places)), [len(own) for own in places])
    article, zone = np.divmod(cell, len(_ZONE_WEIGHTS))
    which, different = pd.factorize(article * n_forms + form)
    shape = len(different), len(_ZONE_WEIGHTS)
    times = np.bincount(which * shape[1] + zone, minlength=shape[0] * shape[1]).reshape(shape)
    return *np.divmod(different, n_forms), times


def _terms_of(forms: Sequence[FoundTerms], form: _Places) -> tuple[list[tuple[int, str]], _Places, _Places]:
    """Return all terms of all forms, and for those of each of `form` its place there, and the term's.

    A form may stand for several terms, or only for phrases to be ignored, which are left out.
    """
    kept = [[(term, words) for term, words in found if term >= 0] for found in forms]
    sizes = np.array([len(found) for found in kept], dtype=np.int64)
    starts, repeats = np.cumsum(sizes) - sizes, sizes[form]
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    of = np.repeat(np.arange(len(form)), repeats)
    return [term for found in kept for term in found], of, starts[form][of] + within


@cache
def _doublings(n: int) -> float:
    """Return log2(1 + n)."""
    return float(np.log2(1 + n))


def _zones(title: str, text: str, lang: str) -> tuple[str, str, str]:
    """Title, lead and the rest of a text; a title that the text repeats is taken off it."""
    text = text.strip()
    title = title.strip()
    if title and text.startswith(title):
        text = text[len(title) :].lstrip()
    cut = _LEAD_CHARACTERS[lang in UNSPACED]
    if lang not in UNSPACED and len(text) > cut:
        cut = text.find(" ", cut) if " " in text[cut:] else len(text)
    return title, text[:cut], text[cut:]


def _zone_weights(body: str, lang: str) -> tuple[float, float, float]:
    """What a hit counts in each zone, given how long the body is."""
    title, lead, rest = _ZONE_WEIGHTS
    full = _FULL_LENGTH[lang in UNSPACED]
    return title, lead, rest * float(np.sqrt(full / max(len(body), full)))
