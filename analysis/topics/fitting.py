"""Topics of a corpus: fitted on given vectors, with terms, labels and typical articles.

`fit_topics` is the door; `communities` finds the groups, `labels` names them, `map` draws them, `result`
holds what came of it, `groups` makes a BERTopic of it, and `adapter` is the only module that knows BERTopic.
Of a large corpus a sample is fitted (`analysis.sampling`), and `sampled` places the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Final, get_args

import numpy as np
import pandas as pd

from analysis.sampling import FIT_ON, stratified_sample
from analysis.schema import OUTLIER, TOPIC
from analysis.topics.beside import beside
from analysis.topics.communities import GraphCommunities
from analysis.topics.documents import Documents
from analysis.topics.groups import Groups, group_by_graph, groups_of_model, model_of
from analysis.topics.hierarchy import topic_levels
from analysis.topics.labels import first_labels, label_topics
from analysis.topics.neighbours import Indices, VectorError, numbered
from analysis.topics.representations import CANDIDATES, Representation, represented
from analysis.topics.result import Method, TopicParameters, Topics
from analysis.topics.sampled import place_others
from analysis.topics.tables import (
    are_originals,
    assignment_table,
    map_table,
    optional_strings,
    representative_table,
    topic_table,
)
from analysis.topics.terms import N_TERMS, Terms, topic_terms
from analysis.topics.typical import representative_articles
from analysis.words.cut_texts import CutTexts, cut_texts
from analysis.words.phrases import join_phrases
from analysis.words.scripts import primary_subtag
from analysis.words.table import WordTable
from corpus.engine import THIS_PROCESS, Engine
from corpus.memory import give_back
from corpus.progress import widgets_not_missed
from corpus.schema import ARTICLE_ID, LANG, TEXT, require_columns

if TYPE_CHECKING:
    from embeddings import Embeddings, Encoder

MIN_ARTICLES: Final = 120
"""Fewest different articles for topics. Measured on draws of SIB-200's Chinese and English sentences with
seven human labels: topics found in 500 agree with the labels at AMI .47, in 200 at .44, in 120 at .40, in 100
at .33, in 60 at .28. Below 120 they are more chance than finding."""


@widgets_not_missed()
def fit_topics(  # noqa: PLR0913 - what `[topics]` of a study file has, by name
    articles: pd.DataFrame,
    vectors: Embeddings,
    *,
    method: Method = "graph",
    seed: int = 0,
    min_articles: int = MIN_ARTICLES,
    min_topic_size: int = 5,
    resolution: float | None = None,
    representation: Representation = "c-tf-idf",
    encoder: Encoder | None = None,
    fit_on: int = FIT_ON,
    engine: Engine = THIS_PROCESS,
) -> Topics:
    """Find the topics of a corpus.

    With more than `fit_on` different articles the topics are found in a sample of as many
    (`analysis.sampling.stratified_sample`), and each other article is given the topic that its nearest ones
    in the sample vote for; `Topics.sample` says what then comes from the sample alone.

    Parameters
    ----------
    articles
        Needs article_id, text and lang; title and reprint_of are used where they are.
    vectors
        Unit vectors of the articles in their order, (n, dimension).
    method
        `graph`: communities among shared neighbours (same topics on every machine and in any order of the
        articles, no outliers); `umap-hdbscan`: BERTopic's own way.
    seed
        Of everything random.
    min_articles
        With fewer different vectors there are no topics, and the note says so.
    min_topic_size
        Fewest articles of a topic.
    resolution
        Of the communities; greater gives more topics. None chooses it. Only for `graph`.
    representation
        How the terms of a topic are chosen, in the tables and in the model: `c-tf-idf`, by class-based tf–idf
        alone; of its best thirty, `keybert` takes those nearest to the topic's typical articles, `mmr` those
        that are near its meaning and differ from each other. The last two need the encoder.
    encoder
        Given to BERTopic, so that its methods can encode new texts. It must be what made the vectors; vectors
        that were changed since (centred by language) are not what it gives for new texts.
    fit_on
        The most different articles that all take part in the fit.
    engine
        What cuts texts into words and looks up neighbours in the sample, block for block.

    Raises
    ------
    corpus.schema.TableError
        If a column is missing.
    VectorError
        If the vectors don't match the articles or can't be compared.
    ValueError
        For an unknown method or representation, a representation without its encoder, a `fit_on` that is too
        small for topics, or when no article has a word to name topics with.
    """
    require_columns(articles, (ARTICLE_ID, TEXT, LANG), name="articles")
    if method not in get_args(Method):
        raise ValueError(f"unknown method {method!r}; expected one of {', '.join(get_args(Method))}")
    if representation not in get_args(Representation):
        known = ", ".join(get_args(Representation))
        raise ValueError(f"unknown representation {representation!r}; expected one of {known}")
    if representation != "c-tf-idf" and encoder is None:
        raise ValueError(f"the representation {representation!r} needs an encoder, and none is given")
    if resolution is not None and method != "graph":
        raise ValueError(f"resolution {resolution} is given, but only the method graph has one")
    if len(articles) != len(vectors):
        raise VectorError(
            f"{len(articles)} articles but {len(vectors)} vectors: give one vector an article, in order"
        )
    needed = max(min_articles, 2 * min_topic_size)
    if fit_on < needed:
        raise ValueError(f"fit_on is {fit_on}, but topics need {needed} articles at least")
    parameters = TopicParameters(
        method, seed, min_articles, min_topic_size, resolution, representation, fit_on
    )
    give_back()
    copies = numbered(vectors)
    n_different = int(copies.max(initial=-1)) + 1
    # Before any thread: two that import scikit-learn at once, for the map and for scores, find halves of it.
    import sklearn.manifold  # noqa: F401

    lay_out = cache(partial(map_table, articles, vectors, seed=seed))
    if n_different < needed:
        return _without_topics(articles, parameters, n_different, lay_out)
    if n_different <= fit_on:
        return _with_topics(articles, vectors, parameters, encoder, lay_out, engine=engine)
    sample = stratified_sample(articles, fit_on, seed=seed, copies=copies)
    some = articles.iloc[sample].reset_index(drop=True)
    found = _with_topics(some, vectors[sample], parameters, encoder, lay_out, engine=engine)
    return place_others(found, articles, vectors, sample, engine=engine)


def _without_topics(
    articles: pd.DataFrame,
    parameters: TopicParameters,
    n_different: int,
    lay_out: Callable[[], pd.DataFrame],
) -> Topics:
    """Return the result for a corpus that is too small."""
    needed = max(parameters.min_articles, 2 * parameters.min_topic_size)
    note = (
        f"No topics: the corpus has {n_different} different articles, and topics found in fewer than "
        f"{needed} are more chance than finding. Themes from the codebook don't need so many."
    )
    none = np.full(len(articles), OUTLIER, dtype=np.int64)
    return Topics(
        assignments=assignment_table(articles, none, np.zeros(len(articles), dtype=np.float32)),
        topics=topic_table({}, none),
        representatives=representative_table(articles, {}),
        levels=pd.DataFrame({TOPIC: np.empty(0, dtype=np.int64)}),
        note=note,
        parameters=parameters,
        resolution=None,
        n_neighbours=None,
        sample=None,
        _lay_out=lay_out,
        _clusterer=None,
        _langs=(),
    )


def _with_topics(
    articles: pd.DataFrame,
    vectors: Embeddings,
    parameters: TopicParameters,
    encoder: Encoder | None,
    lay_out: Callable[[], pd.DataFrame],
    *,
    engine: Engine,
) -> Topics:
    """Return the result for a corpus that is large enough, with the map that `lay_out` returns.

    Cutting texts needs the interpreter all the time; finding communities and asking how stable they are
    hardly do, and go on beside it.
    """
    found = beside(partial(_communities, vectors, parameters))
    langs = [primary_subtag(lang) for lang in optional_strings(articles[LANG])]
    texts = Documents(articles)
    words = cut_texts(texts, langs, engine=engine)
    if not words.kept.any():
        raise ValueError(
            "no article has a word to name topics with: all texts are empty, numbers or stop words; are they "
            "the right column, and is lang their language?"
        )
    give_back()
    tokens = join_phrases(words)
    give_back()
    groups = _groups(texts, vectors, words, found.result(), parameters, encoder)
    numbers, clusterer = groups.numbers, groups.clusterer
    stability = beside(clusterer.stability) if parameters.method == "graph" else None
    shown = representative_articles(vectors, numbers, groups.strength, are_originals(articles))
    terms = _terms(texts, tokens, numbers, langs, shown, parameters.representation, encoder)
    labels = label_topics(terms, texts, tokens, numbers, langs, encoder=encoder)
    documents = {topic: [texts[at] for at in best] for topic, best in shown.items()}
    return Topics(
        assignments=assignment_table(articles, numbers, groups.strength),
        topics=topic_table(terms, numbers, None if stability is None else stability.result(), labels),
        representatives=representative_table(articles, shown),
        levels=_levels(clusterer, parameters.method, terms),
        note=None,
        parameters=parameters,
        resolution=clusterer.resolution_ if parameters.method == "graph" else None,
        n_neighbours=clusterer.n_neighbours_ if parameters.method == "graph" else None,
        sample=None,
        _lay_out=lay_out,
        _clusterer=clusterer,
        _langs=tuple(sorted({lang for lang in langs if lang is not None})),
        _encoder=encoder,
        _make_model=model_of(groups, shown=documents, labels=first_labels(labels)),
    )


def _terms(
    texts: Sequence[str],
    tokens: WordTable,
    topics: Indices,
    langs: Sequence[str | None],
    typical: dict[int, list[int]],
    representation: Representation,
    encoder: Encoder | None,
) -> dict[int, Terms]:
    """Return the terms of every topic in each of its languages."""
    if encoder is None or representation == "c-tf-idf":
        return topic_terms(tokens, topics, langs, n_terms=N_TERMS)
    candidates = topic_terms(tokens, topics, langs, n_terms=CANDIDATES)
    return represented(candidates, texts, langs, typical, representation=representation, encoder=encoder)


def _levels(clusterer: GraphCommunities, method: Method, terms: dict[int, Terms]) -> pd.DataFrame:
    """Return the levels above the topics, none for a method without a graph."""
    if method != "graph":
        return pd.DataFrame({TOPIC: np.array(sorted(terms), dtype=np.int64)})
    return topic_levels(clusterer.points_, clusterer.point_labels_)


def _communities(vectors: Embeddings, parameters: TopicParameters) -> GraphCommunities | None:
    """Return the communities of the vectors; None for a method that finds topics otherwise."""
    if parameters.method != "graph":
        return None
    from threadpoolctl import ThreadpoolController

    size, seed = parameters.min_topic_size, parameters.seed
    communities = GraphCommunities(resolution=parameters.resolution, min_topic_size=size, seed=seed)
    # One thread fewer than there are is left to products, lest they wait for the core that words are cut on.
    # The limit is the whole process's, which has no other products until the communities are there.
    products = ThreadpoolController().select(user_api="blas")
    threads = min((library["num_threads"] for library in products.info()), default=1)
    with products.limit(limits=max(1, threads - 1)):
        communities.fit(vectors)
    give_back()
    return communities


def _groups(
    texts: Sequence[str],
    vectors: Embeddings,
    words: CutTexts,
    communities: GraphCommunities | None,
    parameters: TopicParameters,
    encoder: Encoder | None,
) -> Groups:
    """Return the topics of the articles: the communities, or without them those of UMAP and HDBSCAN."""
    how = parameters.representation
    if communities is not None:
        return group_by_graph(texts, vectors, words, communities, representation=how, encoder=encoder)
    from analysis.topics.adapter import fit_umap_hdbscan

    size, seed = parameters.min_topic_size, parameters.seed
    model = fit_umap_hdbscan(
        texts, vectors, words, min_topic_size=size, seed=seed, representation=how, encoder=encoder
    )
    return groups_of_model(model, vectors)
