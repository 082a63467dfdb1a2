"""The stages of a run: each calls its package with the study's settings and writes what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.schema import OUTLIER, THEME, TOPIC, TOPIC_COLUMNS
from broadsheet import manifest
from broadsheet.config import Study
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import TABLE_FILES, write_json, write_table
from corpus.schema import (
    ARTICLE_ID,
    DATE,
    DATE_END,
    DATE_START,
    FILE,
    KIND,
    LANG,
    REPRINT_OF,
    SOURCE,
    TEXT,
    TITLE,
)

if TYPE_CHECKING:
    from analysis import Themes, Topics, Trends
    from corpus import Corpus
    from embeddings import Embeddings, Encoder


def read_corpus(study: Study, folder: Path, watch: Stopwatch) -> Corpus:
    """Read pages and ready-made articles; write the articles and the ledger."""
    import corpus

    settings = study.corpus
    with watch.stage("reading pages and articles") as stage:
        read = corpus.read(
            study.inputs,
            columns=settings.columns,
            source=settings.source,
            date=settings.date,
            reprints=settings.reprints,
            progress=not watch.quiet,
        )
        _write(folder, articles=read.articles, dropped=read.dropped)
        stage.result = (
            f"{len(read.articles):,} articles from {read.articles[FILE].nunique():,} files, "
            f"{len(read.dropped):,} rows in the ledger of what was left out"
        )
    return read


def embed_articles(study: Study, articles: pd.DataFrame, watch: Stopwatch) -> tuple[Encoder, Embeddings]:
    """Turn articles into vectors, from the cache where it has them."""
    import embeddings

    settings = study.embeddings
    with watch.stage(f"embedding with {settings.encoder}") as stage:
        encoder = embeddings.load_encoder(settings.encoder, max_tokens=settings.max_tokens)
        texts = (articles[TITLE].fillna("") + "\n" + articles[TEXT]).str.strip().tolist()
        cache = embeddings.default_cache_folder()
        vectors = embeddings.embed(texts, encoder, cache=cache, progress=not watch.quiet)
        stage.result = f"{len(vectors):,} vectors of {vectors.shape[1]} numbers; cache: {cache}"
    return encoder, vectors


def assign_themes(
    study: Study, articles: pd.DataFrame, vectors: Embeddings, encoder: Encoder, watch: Stopwatch
) -> Themes:
    """Give every article a probability for every theme of the codebook."""
    import analysis

    with watch.stage(f"assigning the themes of {study.themes.codebook}") as stage:
        codebook = analysis.load_codebook(study.themes.codebook)
        themes = analysis.assign_themes(
            articles, vectors, codebook=codebook, encoder=encoder, seed=study.seed
        )
        mapped = int((themes.assignments[THEME] != analysis.UNMAPPED).sum())
        stage.result = f"{mapped:,} of {len(articles):,} articles belong to a theme"
    return themes


def find_topics(
    study: Study,
    folder: Path,
    articles: pd.DataFrame,
    vectors: Embeddings,
    encoder: Encoder,
    watch: Stopwatch,
) -> Topics:
    """Find topics, lay out the map, and save the model."""
    import analysis
    import embeddings

    settings = study.topics
    with watch.stage("finding topics") as stage:
        if study.embeddings.centre_languages and articles[LANG].nunique() > 1:
            vectors = embeddings.centre_languages(vectors, articles[LANG].tolist())
        topics = analysis.fit_topics(
            articles,
            vectors,
            method=settings.method,
            resolution=settings.resolution,
            min_articles=settings.min_articles,
            encoder=encoder,
            seed=study.seed,
        )
        topics.save(folder / "model")
        _write(folder, map=topics.map)
        stage.result = topics.note or f"{len(topics.topics)} topics"
    return topics


def write_assignments(folder: Path, articles: pd.DataFrame, themes: Themes, topics: Topics) -> None:
    """Write what every article was assigned to, and the tables of themes and topics."""
    assigned = articles[[ARTICLE_ID]].merge(topics.assignments, on=ARTICLE_ID, how="left", validate="1:1")
    assigned = assigned.merge(themes.assignments, on=ARTICLE_ID, how="left", validate="1:1")
    inside = assigned[assigned[TOPIC] != OUTLIER]
    commonest = inside.groupby(TOPIC)[THEME].agg(lambda themes: themes.value_counts(sort=True).index[0])
    table = topics.topics.assign(**{THEME: topics.topics[TOPIC].map(commonest)})
    _write(folder, assignments=assigned, topics=table[list(TOPIC_COLUMNS)], themes=themes.themes)


def estimate_trends(
    study: Study, folder: Path, articles: pd.DataFrame, themes: Themes, watch: Stopwatch
) -> Trends:
    """Estimate shares by period and source, test their trends, look for change points."""
    import analysis

    settings = study.trends
    with watch.stage(f"estimating trends by {settings.period}") as stage:
        counted = articles[articles[KIND].isin(settings.kinds)]
        if settings.count == "stories":
            counted = counted[counted[REPRINT_OF].isna()]
        frame = counted[[ARTICLE_ID, SOURCE, DATE, DATE_START, DATE_END]].merge(
            themes.assignments.drop(columns=[THEME]), on=ARTICLE_ID, validate="1:1"
        )
        trends = analysis.estimate_trends(
            frame,
            period=settings.period,
            level=settings.level,
            draws=settings.draws,
            min_articles=settings.min_articles,
            seed=study.seed,
        )
        _write(folder, trends=trends.trends, tests=trends.tests, change_points=trends.change_points)
        periods = trends.trends["period_start"].nunique()
        stage.result = f"{len(frame):,} {settings.count} in {periods} periods"
    return trends


def validate(
    study: Study,
    folder: Path,
    articles: pd.DataFrame,
    vectors: Embeddings,
    topics: Topics,
    themes: Themes,
    watch: Stopwatch,
) -> dict[str, Any]:
    """Measure how good topics and themes are on this corpus."""
    import analysis
    import embeddings

    with watch.stage("validating") as stage:
        found: dict[str, Any] = analysis.validate(articles, vectors, topics, seed=study.seed)
        found["language_leakage"] = embeddings.language_leakage(
            vectors, articles[LANG].tolist(), seed=study.seed
        )
        found["theme_calibration"] = themes.calibration
        write_json(found, folder / "validation.json")
        stage.result = "validation.json"
    return found


def draw_figures(study: Study, folder: Path, watch: Stopwatch) -> None:
    """Draw every figure that the tables support."""
    import figures

    with watch.stage("drawing figures") as stage:
        settings = study.figures
        written = figures.redraw(
            folder, formats=settings.formats, lang=settings.lang, progress=not watch.quiet
        )
        stage.result = f"{len({path.stem for path in written})} figures in {folder / 'figures'}"


def write_report(
    folder: Path, study: Study, inputs: pd.DataFrame, watch: Stopwatch, notes: Sequence[str]
) -> None:
    """Write the report from the tables, the figures and the manifest."""
    import figures

    manifest.write_finished(folder, study, inputs=inputs, stages=watch.stages, notes=notes)
    figures.write_report(folder)


def _write(folder: Path, **tables: pd.DataFrame) -> None:
    """Write tables under their names in the run folder."""
    for name, table in tables.items():
        write_table(table, folder / TABLE_FILES[name])
