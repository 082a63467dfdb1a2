"""Topics of a corpus: fitted by BERTopic on given vectors, with terms, labels and typical articles.

`fit_topics` is the door; `communities` finds the groups, `labels` names them, `map` draws them, and
`adapter` is the only module that knows BERTopic.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np
import pandas as pd

from analysis.schema import ADVICE, OUTLIER, TOPIC
from analysis.topics.communities import GraphCommunities
from analysis.topics.hierarchy import topic_levels
from analysis.topics.labels import first_labels, label_topics
from analysis.topics.neighbours import Indices, VectorError, distinct, quantise
from analysis.topics.representations import CANDIDATES, Representation, represented
from analysis.topics.tables import (
    are_originals,
    assignment_table,
    documents_of,
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
from corpus.progress import widgets_not_missed
from corpus.rich_display import numbered, show_html
from corpus.schema import ARTICLE_ID, LANG, TEXT, require_columns
from corpus.spreadsheets import write_csv

if TYPE_CHECKING:
    from analysis.topics.adapter import PressBERTopic
    from embeddings import Embeddings, Encoder

Method = Literal["graph", "umap-hdbscan"]
MIN_ARTICLES: Final = 120
"""Fewest different articles for topics. Measured on draws of SIB-200's Chinese and English sentences with
seven human labels: topics found in 500 agree with the labels at AMI .47, in 200 at .44, in 120 at .40, in 100
at .33, in 60 at .28. Below 120 they are more chance than finding."""
LEVELS_FILE: Final = "levels.csv"
_NO_TOPICS_FILE: Final = "no_topics.json"


class NoTopicsError(ValueError):
    """The saved run has no topic model, and the message says why."""


@dataclass(frozen=True)
class TopicParameters:
    """What topics were fitted with."""

    method: Method
    seed: int
    min_articles: int
    min_topic_size: int
    resolution: float | None
    representation: Representation


@dataclass(frozen=True)
class Topics:
    """The topics of a corpus.

    Attributes
    ----------
    assignments
        article_id, topic (-1: none), topic_strength (0 to 1: the share of the article's neighbours that are
        in its topic; with umap-hdbscan HDBSCAN's probability), in the order of the articles.
    topics
        `TOPIC_COLUMNS` without theme, and `TOPIC_STABILITY_COLUMNS`, the greatest topic first. Empty when
        there are too few articles.
    map
        `MAP_COLUMNS`, in the order of the articles.
    representatives
        topic, rank, article_id: the articles that show each topic best, no reprints.
    levels
        topic, level_1, level_2 …: the broader group of each topic, see `topic_levels`; topic alone for
        umap-hdbscan and for fewer than four topics.
    model
        The fitted BERTopic; None when there are too few articles. Its documents are the articles in their
        order, title and text; those that represent a topic are no reprints.
    note
        Why there are no topics, in plain words; None when there are.
    parameters
        What the topics were fitted with.
    resolution
        The resolution of the communities, given or chosen; None for other methods.
    n_neighbours
        The neighbourhood they were found with; None for other methods.
    """

    assignments: pd.DataFrame
    topics: pd.DataFrame
    map: pd.DataFrame
    representatives: pd.DataFrame
    levels: pd.DataFrame
    model: PressBERTopic | None
    note: str | None
    parameters: TopicParameters
    resolution: float | None
    n_neighbours: int | None
    _clusterer: GraphCommunities | None
    _langs: tuple[str, ...]

    def under_other_seeds(self, runs: int) -> pd.DataFrame:
        """Return the articles' topics from as many fits with other seeds.

        They are for `estimate_trends(topic_runs=…)`. Only the communities are found anew, on the same graph;
        that takes a small part of the time of a fit.

        Returns
        -------
        pandas.DataFrame
            One column a run, `topic_1` and on, in the order of the articles; no column without topics, and
            for umap-hdbscan, where a run is a whole fit.
        """
        if self.resolution is None or self._clusterer is None:
            return pd.DataFrame(index=self.assignments.index)
        seeds = range(1, runs + 1)
        found = {f"{TOPIC}_{n}": self._clusterer.regrouped(self.parameters.seed + n) for n in seeds}
        return pd.DataFrame(found, index=self.assignments.index)

    def _repr_html_(self) -> str:
        """Show topics in a notebook: how many, the greatest, or why there are none."""
        head = f"{numbered(len(self.topics), 'topic')} of {numbered(len(self.assignments), 'article')}"
        notes = [self.note] if self.note else []
        outliers = int((self.assignments[TOPIC] == OUTLIER).sum())
        if outliers and self.note is None:
            notes.append(f"{numbered(outliers, 'article')} in no topic")
        unsure = int((self.topics[ADVICE].fillna("") != "").sum())
        if unsure:
            notes.append(f"{numbered(unsure, 'topic')} with the advice not to interpret")
        return show_html(head, self.topics.drop(columns="terms"), notes=notes, rows=8, whole="topics.topics")

    def save(self, folder: str | Path) -> Path:
        """Write the model to `folder` as safetensors and JSON (nothing pickled), and return the folder.

        `BERTopic.load(folder)` opens it, with predictions by the nearest mean vector and BERTopic's own
        tokenizer; `analysis.load_model(folder)` puts the clusterer and the tokenizer back, so that it
        predicts as when it was fitted. Without topics the note is written instead.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        if self.model is None or self._clusterer is None:
            about = {"note": self.note, "parameters": asdict(self.parameters)}
            text = json.dumps(about, indent=2, ensure_ascii=False)
            (folder / _NO_TOPICS_FILE).write_text(text + "\n", encoding="utf-8")
            return folder
        from analysis.topics.adapter import save_model

        save_model(self.model, folder, clusterer=self._clusterer, langs=self._langs)
        write_csv(self.levels, folder / LEVELS_FILE)
        return folder


def load_model(folder: str | Path, *, encoder: Encoder | None = None) -> PressBERTopic:
    """Return the BERTopic that `Topics.save` wrote, predicting as when it was fitted.

    Parameters
    ----------
    folder
        A run's `model` folder.
    encoder
        What `transform` shall encode texts with when no vectors are given.

    Raises
    ------
    NoTopicsError
        If the run had too few articles for topics.
    FileNotFoundError
        If there is no model in the folder.
    """
    folder = Path(folder)
    if (folder / _NO_TOPICS_FILE).is_file():
        about = json.loads((folder / _NO_TOPICS_FILE).read_text(encoding="utf-8"))
        raise NoTopicsError(f"{folder} holds no topic model: {about['note']}")
    if not (folder / "topics.json").is_file():
        raise FileNotFoundError(f"{folder} holds no topic model; give the folder that Topics.save wrote")
    from analysis.topics import adapter

    model: PressBERTopic = adapter.load_model(folder, encoder=encoder)
    return model


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
) -> Topics:
    """Find the topics of a corpus.

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

    Raises
    ------
    corpus.schema.TableError
        If a column is missing.
    VectorError
        If the vectors don't match the articles or can't be compared.
    ValueError
        For an unknown method or representation, a representation without its encoder, or when no article has
        a word to name topics with.
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
    parameters = TopicParameters(method, seed, min_articles, min_topic_size, resolution, representation)
    n_different = len(distinct(quantise(vectors))[0])
    if n_different < max(min_articles, 2 * min_topic_size):
        return _without_topics(articles, vectors, parameters, n_different)
    with ThreadPoolExecutor(1) as beside:  # the map is laid out without the interpreter's lock
        places = beside.submit(map_table, articles, vectors, seed=seed)
        return replace(_with_topics(articles, vectors, parameters, encoder), map=places.result())


def _without_topics(
    articles: pd.DataFrame, vectors: Embeddings, parameters: TopicParameters, n_different: int
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
        map=map_table(articles, vectors, seed=parameters.seed),
        representatives=representative_table(articles, {}),
        levels=pd.DataFrame({TOPIC: np.empty(0, dtype=np.int64)}),
        model=None,
        note=note,
        parameters=parameters,
        resolution=None,
        n_neighbours=None,
        _clusterer=None,
        _langs=(),
    )


def _with_topics(
    articles: pd.DataFrame, vectors: Embeddings, parameters: TopicParameters, encoder: Encoder | None
) -> Topics:
    """Return the result for a corpus that is large enough, without its map."""
    from analysis.topics.adapter import strengths, topic_numbers

    langs = [primary_subtag(lang) for lang in optional_strings(articles[LANG])]
    texts = documents_of(articles)
    words = cut_texts(texts, langs)
    model, clusterer = _fit(texts, vectors, words, parameters, encoder)
    numbers, strength = topic_numbers(model), strengths(model, len(articles))
    tokens = join_phrases(words)
    shown = representative_articles(vectors, numbers, strength, are_originals(articles))
    model.show({topic: [texts[at] for at in best] for topic, best in shown.items()})
    terms = _terms(texts, tokens, numbers, langs, shown, parameters.representation, encoder)
    labels = label_topics(terms, texts, tokens, numbers, langs, encoder=encoder)
    if labels:
        model.set_topic_labels(first_labels(labels))
    stability = clusterer.stability() if parameters.method == "graph" else None
    return Topics(
        assignments=assignment_table(articles, numbers, strength),
        topics=topic_table(terms, numbers, stability, labels),
        map=pd.DataFrame(),
        representatives=representative_table(articles, shown),
        levels=_levels(clusterer, parameters.method, terms),
        model=model,
        note=None,
        parameters=parameters,
        resolution=clusterer.resolution_ if parameters.method == "graph" else None,
        n_neighbours=clusterer.n_neighbours_ if parameters.method == "graph" else None,
        _clusterer=clusterer,
        _langs=tuple(sorted({lang for lang in langs if lang is not None})),
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


def _fit(
    documents: Sequence[str],
    vectors: Embeddings,
    words: CutTexts,
    parameters: TopicParameters,
    encoder: Encoder | None,
) -> tuple[PressBERTopic, GraphCommunities]:
    """Return the fitted BERTopic, and the clusterer that predicts for it after it was saved."""
    from analysis.topics.adapter import fit_graph, fit_umap_hdbscan

    size, seed, shown = parameters.min_topic_size, parameters.seed, parameters.representation
    if parameters.method == "graph":
        clusterer = GraphCommunities(resolution=parameters.resolution, min_topic_size=size, seed=seed)
        model = fit_graph(
            documents, vectors, words, clusterer=clusterer, representation=shown, encoder=encoder
        )
        return model, clusterer
    model = fit_umap_hdbscan(
        documents, vectors, words, min_topic_size=size, seed=seed, representation=shown, encoder=encoder
    )
    labels: Indices = np.asarray(model.hdbscan_model.labels_, dtype=np.int64)
    return model, GraphCommunities.from_labels(vectors, labels)
