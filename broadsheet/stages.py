"""The stages of a run: each calls its package with the study's settings and writes what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.schema import (
    CHANGE_POINT_COLUMNS,
    OUTLIER,
    PERIOD_START,
    TEST_COLUMNS,
    THEME,
    TOPIC,
    TOPIC_COLUMNS,
    TOPIC_STRENGTH,
    TREND_COLUMNS,
    UNMAPPED,
)
from broadsheet import manifest
from broadsheet.config import Study, TrendSettings
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import write_json, write_table
from corpus.schema import (
    ARTICLE_ID,
    DATE,
    DATE_END,
    DATE_START,
    FILE,
    KIND,
    LANG,
    NOTICE,
    REPRINT_OF,
    SOURCE,
    TEXT,
    TITLE,
)
from figures.tables import FILES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis import Codebook, Themes, Topics
    from corpus import Corpus
    from embeddings import Embeddings, Encoder
    from figures import FiguresFailed

_TREND_TABLES = {
    "trends": TREND_COLUMNS,
    "tests": TEST_COLUMNS,
    "change_points": CHANGE_POINT_COLUMNS,
}


@dataclass(frozen=True)
class Vectors:
    """The vectors of the articles: as the encoder gives them, and with the languages' means taken out."""

    raw: Embeddings
    centred: Embeddings


@dataclass(frozen=True)
class Tools:
    """What a study works with, loaded before anything is read, so that a wrong name is known at once."""

    encoder: Encoder
    codebook: Codebook

    @property
    def theme_names(self) -> dict[str, dict[str, str]]:
        """Theme id → language → name."""
        return {theme.id: dict(theme.names) for theme in self.codebook.themes}


def prepare(study: Study, watch: Stopwatch) -> Tools:
    """Load the encoder and the codebook."""
    import analysis
    import embeddings

    with watch.stage("loading the encoder and the codebook") as stage:
        codebook = analysis.load_codebook(study.themes.codebook)
        settings = study.embeddings
        encoder = embeddings.load_encoder(settings.encoder, max_tokens=settings.max_tokens)
        stage.result = f"{encoder.name}; {len(codebook.themes)} themes"
    return Tools(encoder, codebook)


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


def embed_articles(study: Study, articles: pd.DataFrame, tools: Tools, watch: Stopwatch) -> Vectors:
    """Turn articles into vectors, from the cache where it has them."""
    import embeddings

    with watch.stage(f"embedding {len(articles):,} articles") as stage:
        texts = (articles[TITLE].fillna("") + "\n" + articles[TEXT]).str.strip().tolist()
        cache = embeddings.default_cache()
        vectors = embeddings.embed(texts, tools.encoder, cache=cache, progress=not watch.quiet)
        centred = study.embeddings.centre_languages and articles[LANG].nunique() > 1
        stage.result = f"vectors of {vectors.shape[1]} numbers, kept in {cache}"
        if not centred:
            return Vectors(vectors, vectors)
        return Vectors(vectors, embeddings.centre_languages(vectors, articles[LANG].tolist()))


def assign_themes(
    study: Study, articles: pd.DataFrame, vectors: Vectors, tools: Tools, watch: Stopwatch
) -> Themes:
    """Give every article a probability for every theme of the codebook."""
    import analysis
    import embeddings

    with watch.stage(f"assigning the themes of {study.themes.codebook}") as stage:
        themes = analysis.assign_themes(
            articles,
            vectors.raw,
            codebook=tools.codebook,
            encoder=tools.encoder,
            cache=embeddings.default_cache(),
        )
        mapped = int((themes.assignments[THEME] != UNMAPPED).sum())
        stage.result = f"{mapped:,} of {len(articles):,} articles belong to a theme"
    return themes


def find_topics(
    study: Study,
    folder: Path,
    articles: pd.DataFrame,
    vectors: Vectors,
    tools: Tools,
    watch: Stopwatch,
) -> Topics:
    """Find topics, lay out the map, and save the model.

    Notices are left out: an advertisement that is printed every week would be the greatest topic of all.
    """
    import analysis

    settings = study.topics
    with watch.stage("finding topics") as stage:
        told = _is_told(articles)
        topics = analysis.fit_topics(
            articles[told].reset_index(drop=True),
            vectors.centred[told],
            method=settings.method,
            resolution=settings.resolution,
            min_articles=settings.min_articles,
            encoder=tools.encoder,
            seed=study.seed,
        )
        topics.save(folder / "model")
        _write(folder, map=topics.map)
        stage.result = topics.note or f"{len(topics.topics)} topics"
    return topics


def _is_told(articles: pd.DataFrame) -> NDArray[np.bool_]:
    """Which rows tell something: all but notices."""
    told: NDArray[np.bool_] = (articles[KIND] != NOTICE).to_numpy()
    return told


def write_assignments(folder: Path, articles: pd.DataFrame, themes: Themes, topics: Topics) -> None:
    """Write what every article was assigned to, and the tables of themes and topics."""
    assigned = articles[[ARTICLE_ID]].merge(topics.assignments, on=ARTICLE_ID, how="left", validate="1:1")
    assigned = assigned.fillna({TOPIC: OUTLIER, TOPIC_STRENGTH: 0.0}).astype({TOPIC: "int64"})
    assigned = assigned.merge(themes.assignments, on=ARTICLE_ID, how="left", validate="1:1")
    inside = assigned[assigned[TOPIC] != OUTLIER]
    commonest = inside.groupby(TOPIC)[THEME].agg(lambda themes: themes.mode().iloc[0])
    table = topics.topics.assign(**{THEME: topics.topics[TOPIC].map(commonest)})
    _write(folder, assignments=assigned, topics=table[list(TOPIC_COLUMNS)], themes=themes.themes)


def estimate_trends(
    study: Study, folder: Path, articles: pd.DataFrame, themes: Themes, watch: Stopwatch
) -> pd.DataFrame:
    """Estimate shares by period and source, test their trends, look for change points; give the trends."""
    import analysis

    settings = study.trends
    with watch.stage(f"estimating trends by {settings.period}") as stage:
        frame = counted_articles(articles, settings).merge(
            themes.assignments.drop(columns=[THEME]), on=ARTICLE_ID, validate="1:1"
        )
        if frame[[DATE, DATE_START]].isna().all(axis=None):
            tables = {name: pd.DataFrame(columns=list(columns)) for name, columns in _TREND_TABLES.items()}
        else:
            found = analysis.estimate_trends(
                frame,
                period=settings.period,
                level=settings.level,
                draws=settings.draws,
                min_articles=settings.min_articles,
                seed=study.seed,
            )
            tables = {name: getattr(found, name) for name in _TREND_TABLES}
        _write(folder, **tables)
        periods = tables["trends"][PERIOD_START].nunique()
        stage.result = f"{len(frame):,} {settings.count} in {periods} periods"
    return tables["trends"]


def counted_articles(articles: pd.DataFrame, settings: TrendSettings) -> pd.DataFrame:
    """The articles that count in trends, with source and date.

    A date that is only the likeliest day of an interval is left out, so that the article is spread over all
    the periods it may belong to.
    """
    counted = articles[articles[KIND].isin(settings.kinds)]
    if settings.count == "stories":
        counted = counted[counted[REPRINT_OF].isna()]
    exact = counted[DATE_START].isna() | (counted[DATE_START] == counted[DATE_END])
    return counted[[ARTICLE_ID, SOURCE, DATE, DATE_START, DATE_END]].assign(
        **{DATE: counted[DATE].where(exact)}
    )


def validate(
    study: Study,
    folder: Path,
    articles: pd.DataFrame,
    vectors: Vectors,
    topics: Topics,
    themes: Themes,
    watch: Stopwatch,
) -> dict[str, Any]:
    """Measure how good topics and themes are on this corpus, and how far vectors follow the language."""
    import analysis
    import embeddings

    with watch.stage("validating") as stage:
        told = _is_told(articles)
        found: dict[str, Any] = analysis.validate(
            articles[told].reset_index(drop=True), vectors.centred[told], topics, seed=study.seed
        )
        for name, rows in (("language_leakage", vectors.centred), ("language_leakage_raw", vectors.raw)):
            found[name] = embeddings.language_leakage(rows, articles[LANG].tolist(), seed=study.seed)
        found["theme_calibration"] = themes.calibration
        write_json(found, folder / "validation.json")
        stage.result = "validation.json"
    return found


def draw_figures(study: Study, folder: Path, watch: Stopwatch) -> FiguresFailed | None:
    """Draw every figure that the tables support; hand back the error of those that could not be drawn.

    The tables are worth keeping when a figure fails, so the run goes on to its end before the error
    is raised.
    """
    import figures

    with watch.stage("drawing figures") as stage:
        settings = study.figures
        try:
            figures.redraw(folder, formats=settings.formats, lang=settings.lang, progress=not watch.quiet)
        except figures.FiguresFailed as error:
            stage.result = "not every figure could be drawn"
            return error
        drawn = {path.stem for path in (folder / "figures").iterdir()} & set(figures.names())
        stage.result = (
            f"{len(drawn)} of {len(figures.names())} figures; not_drawn.csv says why not the others"
        )
    return None


def finish(
    study: Study,
    folder: Path,
    inputs: pd.DataFrame,
    tools: Tools,
    notes: Sequence[str],
    watch: Stopwatch,
) -> None:
    """Write the manifest and the report, and say what the corpus can't support.

    The report quotes the manifest, and the manifest has the report's hash: so the manifest is written twice.
    """
    import figures

    def write_manifest() -> None:
        manifest.write_finished(
            folder, study, theme_names=tools.theme_names, inputs=inputs, stages=watch.stages, notes=notes
        )

    with watch.stage("writing the report and the manifest") as stage:
        write_manifest()
        stage.result = f"{figures.write_report(folder)}"
    write_manifest()
    for note in notes:
        watch.say(f"  • {note}")


def _write(folder: Path, **tables: pd.DataFrame) -> None:
    """Write tables under their names in the run folder."""
    for name, table in tables.items():
        write_table(table, folder / FILES[name])
