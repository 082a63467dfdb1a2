"""From files to articles, and from articles to vectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.schema import ALL_SOURCES
from broadsheet.config import Study
from broadsheet.plan import needs_of
from broadsheet.run_files import INPUT_LIST, OUTPUTS, READING, REPRINTS, THEMES, TOPICS
from broadsheet.stage_store import KEPT, StageStore
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import write_table, write_tables
from corpus.engine import THIS_PROCESS, Engine
from corpus.reprint_network import reprint_network
from corpus.schema import (
    ARTICLE_ID,
    FILE,
    KIND,
    LANG,
    NOTICE,
    SOURCE,
    TEXT,
    TITLE,
    TableError,
)
from figures.tables import FILES, read_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis import Codebook
    from corpus import Corpus, ReadSettings
    from embeddings import Embeddings, Encoder, LanguageCentres


@dataclass(frozen=True)
class Vectors:
    """The vectors of the articles.

    `encoded` are the encoder's, for themes; `raw` the same, or those that the user brought; `centred` are
    `raw` with the languages' means (`centres`) taken out, for topics.
    """

    encoded: Embeddings
    raw: Embeddings
    centred: Embeddings
    centres: LanguageCentres | None = None


@dataclass(frozen=True)
class ReadCorpus:
    """What was read, as the run folder keeps it: articles, ledger, list of inputs."""

    articles: pd.DataFrame
    dropped: pd.DataFrame
    inputs: pd.DataFrame


@dataclass(frozen=True)
class Tools:
    """What a study works with, loaded before anything is read, so that a wrong name is known at once."""

    encoder: Encoder
    codebook: Codebook
    coded: pd.DataFrame | None = None
    """The coded sample that theme probabilities are calibrated on, if the study has one."""
    engine: Engine = THIS_PROCESS
    """What works through the articles."""

    @property
    def theme_names(self) -> dict[str, dict[str, str]]:
        """Theme id → language → name."""
        return {theme.id: dict(theme.names) for theme in self.codebook.themes}


def prepare(study: Study, watch: Stopwatch, engine: Engine = THIS_PROCESS) -> Tools:
    """Load the encoder, the codebook and the coded sample, to be used with an engine that is open."""
    import analysis
    import embeddings
    from analysis.themes.coded import read_coded

    with watch.stage("loading the encoder and the codebook") as stage:
        codebook = analysis.load_codebook(study.themes.codebook)
        settings = study.embeddings
        encoder = embeddings.load_encoder(
            settings.encoder, max_tokens=settings.max_tokens, prompt=settings.prompt
        )
        coded = None if study.themes.coded is None else read_coded(study.themes.coded)
        stage.result = f"{encoder.name}; {len(codebook.themes)} themes"
        if engine is not THIS_PROCESS:
            stage.result += f"; {engine}"
    return Tools(encoder, codebook, coded, engine)


def read_corpus(
    study: Study, store: StageStore, watch: Stopwatch, *, begin: Callable[[], None]
) -> ReadCorpus:
    """Read pages and ready-made articles.

    `begin` is called when the input is known to be good and before anything is written: what stands in the
    folder from an earlier run is only then given up.
    """
    with watch.stage("reading pages and articles") as stage:
        needs = needs_of(READING, study, store)
        if store.changes(READING, needs):
            read = _read(study, watch)
            begin()
            with store.making(READING, needs, OUTPUTS[READING]):
                write_tables(store.folder, articles=read.articles, dropped=read.dropped)
                write_table(reprint_network(read.articles), store.folder / REPRINTS)
                write_table(read.inputs, store.folder / INPUT_LIST)
            stage.result = (
                f"{len(read.articles):,} articles from {read.articles[FILE].nunique():,} files, "
                f"{len(read.dropped):,} rows in the ledger of what was left out"
            )
        else:
            begin()
            stage.result = KEPT
    return saved_corpus(store)


def saved_corpus(store: StageStore) -> ReadCorpus:
    """The corpus that a whole stage keeps."""
    return ReadCorpus(
        read_table(store.folder / FILES["articles"]),
        read_table(store.folder / FILES["dropped"]),
        read_table(store.folder / INPUT_LIST),
    )


def _read(study: Study, watch: Stopwatch) -> Corpus:
    import corpus

    settings = read_settings(study, watch)
    if study.updates:
        read = corpus.read_first(study.inputs, settings, later=study.later_files)
    else:
        read = corpus.read(study.inputs, **vars(settings))
    refuse_the_reserved_source(read.articles)
    return read


def read_settings(study: Study, watch: Stopwatch) -> ReadSettings:
    """How files are read."""
    from corpus import ReadSettings

    return ReadSettings(**vars(study.corpus), progress=not watch.quiet)


def refuse_the_reserved_source(articles: pd.DataFrame) -> None:
    """Say before anything is computed that a source has the name that stands for all of them."""
    found = articles[articles[SOURCE] == ALL_SOURCES]
    if not found.empty:
        raise TableError(
            f"{found[FILE].iloc[0]}: a source is called {ALL_SOURCES!r}, the word for all sources together; "
            f"rename it in the input ({len(found)} articles have it)"
        )


def embed_if_needed(
    study: Study, store: StageStore, articles: pd.DataFrame, tools: Tools, watch: Stopwatch
) -> Vectors | None:
    """Turn articles into vectors, unless topics and themes are both kept."""
    if not any(store.changes(name, needs_of(name, study, store)) for name in (TOPICS, THEMES)):
        with watch.stage(f"embedding {len(articles):,} articles") as stage:
            stage.result = "not needed: topics and themes are kept"
        return None
    return embed_articles(study, articles, tools, watch)


def embed_articles(study: Study, articles: pd.DataFrame, tools: Tools, watch: Stopwatch) -> Vectors:
    """Turn articles into vectors, from the cache where it has them."""
    import embeddings

    with watch.stage(f"embedding {len(articles):,} articles") as stage:
        vectors = encode(articles, tools, progress=not watch.quiet)
        cache = embeddings.default_cache()
        stage.result = f"vectors of {vectors.shape[1]} numbers, kept in {cache}"
        given = vectors
        if study.embeddings.vectors is not None:
            given = embeddings.read_vectors(study.embeddings.vectors, articles[ARTICLE_ID].tolist())
            stage.result += f"; for topics those of {study.embeddings.vectors}"
        langs = articles[LANG].tolist()
        centres = embeddings.LanguageCentres.of(given, langs) if study.embeddings.centre_languages else None
        if centres is None:
            return Vectors(vectors, given, given)
        return Vectors(vectors, given, centres.take_out(given, langs), centres)


def encode(articles: pd.DataFrame, tools: Tools, *, progress: bool) -> Embeddings:
    """The encoder's vectors of articles, title and text."""
    import embeddings

    texts = (articles[TITLE].fillna("") + "\n" + articles[TEXT]).str.strip().tolist()
    return embeddings.embed(
        texts, tools.encoder, cache=embeddings.default_cache(), progress=progress, engine=tools.engine
    )


def told_articles(articles: pd.DataFrame) -> NDArray[np.bool_]:
    """Which rows tell something: all but notices."""
    told: NDArray[np.bool_] = (articles[KIND] != NOTICE).to_numpy()
    return told
