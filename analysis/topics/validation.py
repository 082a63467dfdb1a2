"""Whether the topics can be trusted: coherence, diversity, stability, and whether they follow the language.

All of it goes into a run's `validation.json`; agreement with human labels is there when labels are given.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.schema import ADVICE, N_ARTICLES, OUTLIER, STABILITY, TOPIC, TOPIC_STRENGTH
from analysis.topics.agreement import agreement_with_labels
from analysis.topics.coherence import diversity, npmi, word_similarity
from analysis.topics.communities import GraphCommunities
from analysis.topics.documents import Documents
from analysis.topics.neighbours import Indices
from analysis.topics.result import Topics
from analysis.topics.tables import optional_strings
from analysis.topics.windows import c_v
from analysis.words.cut_texts import cut_texts
from analysis.words.phrases import join_phrases
from analysis.words.scripts import primary_subtag
from analysis.words.table import WordTable
from corpus.schema import LANG, TEXT, require_columns
from embeddings import Embeddings, Encoder

_RESAMPLES: Final = 5
_KEPT: Final = 0.8
"""Share of the articles in each resample."""
_MOST_KEPT: Final = 8_000
"""Articles of a resample at most: finding neighbours takes time with the square of them."""
_SILHOUETTES: Final = 3_000
_PERMUTATIONS: Final = 200
_MEASURES: Final = ("npmi", "c_v", "words")

Scores = dict[str, Any]


def validate(
    articles: pd.DataFrame,
    vectors: Embeddings,
    topics: Topics,
    *,
    seed: int = 0,
    labels: Sequence[str | None] | None = None,
) -> Scores:
    """Return what can be said for and against the topics, ready for JSON.

    Parameters
    ----------
    articles, vectors
        What `fit_topics` was given.
    topics
        What it returned.
    seed
        Of resamples and permutations.
    labels
        Human labels of the articles, None where there is none: agreement with them is computed.

    Returns
    -------
    dict
        `note` (why there are no topics, else None), `n_topics`, `sizes`, `outliers` (share), `strength`
        (mean), `coherence` (by topic in its label's language, and the mean: `npmi` over documents, `c_v` over
        sliding windows, `words`: mean cosine of the terms' vectors, None where the topics were fitted without
        an encoder), `diversity` (by language), `silhouette` (mean, by cosine), `stability` (see `stability`;
        `by_topic` and `do_not_interpret` are those of topics.csv), `language` (see
        `language_association`), `agreement`, `agreement_ari` and `agreement_f1` (with the labels, see
        `agreement_with_labels`; None without).
        Values that can't be computed are None. Where topics were fitted on a sample, `fitted_on` has the
        number of its `articles` and of how many they are (`of`); sizes, outliers and agreement are of all
        articles, the rest of the sample.
    """
    require_columns(articles, (TEXT, LANG), name="articles")
    if topics.sample is not None:
        return _of_sample(articles, vectors, topics, seed=seed, labels=labels)
    numbers = topics.assignments[TOPIC].to_numpy()
    langs = [primary_subtag(lang) for lang in optional_strings(articles[LANG])]
    scores: Scores = {
        "note": topics.note,
        "n_topics": len(topics.topics),
        "sizes": topics.topics[N_ARTICLES].tolist(),
        "outliers": float((numbers == OUTLIER).mean()),
        **agreement_with_labels(numbers, labels if labels is not None and topics.note is None else ()),
    }
    if topics.note is not None:
        return {
            **scores,
            "strength": None,
            "coherence": None,
            "diversity": None,
            "silhouette": None,
            "stability": None,
            "language": None,
        }
    scores["strength"] = float(topics.assignments[TOPIC_STRENGTH].mean())
    scores |= _terms_scores(articles, langs, topics)
    scores["silhouette"] = _silhouette(vectors, numbers, seed)
    scores["stability"] = stability(vectors, topics, seed=seed) if topics.resolution is not None else None
    scores["language"] = language_association(numbers, langs, seed=seed)
    return scores


def _of_sample(
    articles: pd.DataFrame,
    vectors: Embeddings,
    topics: Topics,
    *,
    seed: int,
    labels: Sequence[str | None] | None,
) -> Scores:
    """Return the scores of topics that were fitted on a sample."""
    sample = topics.sample
    of_sample = validate(
        articles.iloc[sample].reset_index(drop=True), vectors[sample], topics.on_sample(), seed=seed
    )
    numbers = topics.assignments[TOPIC].to_numpy()
    return {
        **of_sample,
        "sizes": topics.topics[N_ARTICLES].tolist(),
        "outliers": float((numbers == OUTLIER).mean()),
        **agreement_with_labels(numbers, labels if labels is not None else ()),
        "fitted_on": {"articles": len(sample) if sample is not None else len(articles), "of": len(articles)},
    }


def stability(vectors: Embeddings, topics: Topics, *, seed: int) -> Scores:
    """Return how alike the topics of part of the corpus are to those of all of it.

    Five times, 80 % of the articles (8,000 at most) are drawn and clustered with the same neighbourhood and
    resolution; `resampled` is the mean adjusted mutual information with the topics on the same articles (1:
    the same, 0: as by chance), `lowest` the least; `by_topic` and `do_not_interpret` are those of topics.csv.
    """
    from sklearn.metrics import adjusted_mutual_info_score

    random = np.random.default_rng(seed)
    numbers = topics.assignments[TOPIC].to_numpy()
    scores = []
    n_kept = min(int(_KEPT * len(vectors)), _MOST_KEPT)
    for run in range(_RESAMPLES):
        kept = np.sort(random.choice(len(vectors), n_kept, replace=False))
        again = GraphCommunities(
            n_neighbours=topics.n_neighbours,
            resolution=topics.resolution,
            min_topic_size=topics.parameters.min_topic_size,
            seed=topics.parameters.seed + run + 1,
        ).fit_predict(vectors[kept])
        scores.append(float(adjusted_mutual_info_score(numbers[kept], again)))
    return {
        "resampled": float(np.mean(scores)),
        "lowest": min(scores),
        "resamples": _RESAMPLES,
        "articles": n_kept,
        "by_topic": dict(zip(map(str, topics.topics[TOPIC]), topics.topics[STABILITY], strict=True)),
        "do_not_interpret": topics.topics.loc[topics.topics[ADVICE] != "", TOPIC].tolist(),
    }


def _silhouette(vectors: Embeddings, topics: Indices, seed: int) -> float | None:
    """Return the mean silhouette by cosine of at most `_SILHOUETTES` articles; None for a single topic."""
    from sklearn.metrics import silhouette_score

    known = np.flatnonzero(topics != OUTLIER)
    if len(known) > _SILHOUETTES:
        known = np.sort(np.random.default_rng(seed).choice(known, _SILHOUETTES, replace=False))
    if len(np.unique(topics[known])) < 2:
        return None
    return round(float(silhouette_score(vectors[known], topics[known], metric="cosine")), 6)


def language_association(topics: Indices, langs: Sequence[str | None], *, seed: int) -> Scores | None:
    """Return how far the topics follow the languages.

    `nmi` is the normalised mutual information of topic and language (0: none, 1: each language has its own
    topics), `chance` its mean when languages are dealt out at random, `p` the share of such deals that reach
    it. High values are an encoder's bias or papers that write about different things: the leakage of the
    embeddings tells which. None for one language.
    """
    from sklearn.metrics import normalized_mutual_info_score

    known = np.array([lang is not None for lang in langs]) & (topics != OUTLIER)
    codes = np.unique([lang or "" for lang in langs], return_inverse=True)[1].ravel()[known]
    if len(np.unique(codes)) < 2:
        return None
    random = np.random.default_rng(seed)
    found = topics[known]
    observed = float(normalized_mutual_info_score(found, codes))
    dealt = [normalized_mutual_info_score(found, random.permutation(codes)) for _ in range(_PERMUTATIONS)]
    reached = sum(value >= observed for value in dealt)
    return {"nmi": observed, "chance": float(np.mean(dealt)), "p": (1 + reached) / (1 + _PERMUTATIONS)}


def _terms_scores(articles: pd.DataFrame, langs: Sequence[str | None], topics: Topics) -> Scores:
    """Return coherence and diversity of the topics' terms."""
    tokens = join_phrases(cut_texts(Documents(articles), langs))
    named = np.array([lang or "und" for lang in langs])
    by_lang = {lang: tokens.take(np.flatnonzero(named == lang)) for lang in sorted(set(named.tolist()))}
    terms = {
        int(topic): json.loads(found)
        for topic, found in zip(topics.topics[TOPIC], topics.topics["terms"], strict=True)
    }
    by_topic = {str(topic): _coherence(found, by_lang, topics.encoder) for topic, found in terms.items()}
    spread = {
        lang: _number(diversity([found[lang] for found in terms.values() if lang in found]))
        for lang in by_lang
    }
    means = {measure: _mean([found[measure] for found in by_topic.values()]) for measure in _MEASURES}
    return {"coherence": {**means, "by_topic": by_topic}, "diversity": spread}


def _coherence(
    terms: dict[str, list[str]], by_lang: dict[str, WordTable], encoder: Encoder | None
) -> dict[str, float | None]:
    """Return the coherence of a topic's terms in its label's language."""
    lang = next(iter(terms), None)
    if lang is None:
        return dict.fromkeys(_MEASURES)
    words = None if encoder is None else _number(word_similarity(encoder.encode(terms[lang])))
    documents = by_lang[lang]
    return {
        "npmi": _number(npmi(documents, terms[lang])),
        "c_v": _number(c_v(documents, terms[lang])),
        "words": words,
    }


def _mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of the known values, None for none."""
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def _number(value: float) -> float | None:
    """Return the value, None for NaN, which JSON doesn't know."""
    return None if math.isnan(value) else value
