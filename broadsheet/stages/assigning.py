"""From vectors to themes and topics."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.schema import (
    LABELS,
    OUTLIER,
    THEME,
    TOPIC,
    TOPIC_COLUMNS,
    TOPIC_STABILITY_COLUMNS,
    TOPIC_STRENGTH,
    UNMAPPED,
)
from analysis.themes.topic_profile import topic_theme_profile
from analysis.topics.beside import beside
from broadsheet.config import Study
from broadsheet.plan import needs_of
from broadsheet.run_files import (
    OUTPUTS,
    THEME_ASSIGNMENTS,
    THEME_MODEL,
    THEME_NOTES,
    THEME_TABLE,
    THEME_WORDS,
    THEMES,
    TOPIC_ASSIGNMENTS,
    TOPIC_NOTES,
    TOPIC_RUNS,
    TOPIC_TABLE,
    TOPIC_THEMES,
    TOPICS,
)
from broadsheet.stage_store import KEPT, StageStore
from broadsheet.stages.reading import Tools, Vectors, told_articles
from broadsheet.stages.topic_trends import with_other_seeds
from broadsheet.stages.validating import validate_topics
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import read_json, write_json, write_table, write_tables
from corpus.schema import ARTICLE_ID
from figures.tables import read_table

if TYPE_CHECKING:
    from analysis import Themes, Topics


MODEL: Final = "model"
CENTRES: Final = "language_centres.safetensors"
"""In the model's folder: what was taken out of the vectors of each language."""


@dataclass(frozen=True)
class AssignedThemes:
    """Themes as a run folder keeps them: probabilities, the table of themes, what they rest on."""

    assignments: pd.DataFrame
    table: pd.DataFrame
    calibration: dict[str, Any]


@dataclass(frozen=True)
class FoundTopics:
    """Topics as a run folder keeps them.

    `runs` has each article's topic and, beside it, those of fits with other seeds; `note` says why there are
    no topics.
    """

    assignments: pd.DataFrame
    table: pd.DataFrame
    runs: pd.DataFrame
    note: str | None
    validation: dict[str, Any]


def assign_themes(
    study: Study,
    store: StageStore,
    articles: pd.DataFrame,
    vectors: Vectors | None,
    tools: Tools,
    watch: Stopwatch,
) -> AssignedThemes:
    """Give every article a probability for every theme of the codebook."""
    with watch.stage("assigning the themes of the codebook") as stage:
        needs = needs_of(THEMES, study, store)
        if vectors is not None and store.changes(THEMES, needs):
            themes = _assign(articles, vectors, tools)
            with store.making(THEMES, needs, OUTPUTS[THEMES]):
                write_table(themes.assignments, store.folder / THEME_ASSIGNMENTS)
                write_table(themes.themes, store.folder / THEME_TABLE)
                write_json(themes.calibration, store.folder / THEME_NOTES)
                write_table(themes.carried, store.folder / THEME_WORDS)
                themes.model.save(store.folder / THEME_MODEL)
            mapped = int((themes.assignments[THEME] != UNMAPPED).sum())
            stage.result = f"{mapped:,} of {len(articles):,} articles are likelier in a theme than in none"
        else:
            stage.result = KEPT
    return saved_themes(store)


def saved_themes(store: StageStore) -> AssignedThemes:
    """The themes that a whole stage keeps."""
    return AssignedThemes(
        read_table(store.folder / THEME_ASSIGNMENTS),
        read_table(store.folder / THEME_TABLE),
        read_json(store.folder / THEME_NOTES),
    )


def _assign(articles: pd.DataFrame, vectors: Vectors, tools: Tools) -> Themes:
    import analysis
    import embeddings

    return analysis.assign_themes(
        articles,
        vectors.encoded,
        codebook=tools.codebook,
        encoder=tools.encoder,
        labels=tools.coded,
        cache=embeddings.default_cache(),
        engine=tools.engine,
    )


def find_topics(
    study: Study,
    store: StageStore,
    articles: pd.DataFrame,
    vectors: Vectors | None,
    tools: Tools,
    watch: Stopwatch,
) -> FoundTopics:
    """Find topics and validate them, lay out the map, and save the model.

    Notices are left out: an advertisement that is printed every week would be the greatest topic of all.
    """
    with watch.stage("finding topics") as stage:
        needs = needs_of(TOPICS, study, store)
        if vectors is not None and store.changes(TOPICS, needs):
            topics = _fit(study, articles, vectors, tools)
            map_ = beside(lambda: topics.map)
            found = validate_topics(study, articles, vectors, topics)
            with store.making(TOPICS, needs, OUTPUTS[TOPICS]):
                topics.save(store.folder / MODEL)
                if vectors.centres is not None:
                    vectors.centres.save(store.folder / MODEL / CENTRES)
                write_tables(store.folder, map=map_.result())
                write_table(topics.assignments, store.folder / TOPIC_ASSIGNMENTS)
                write_table(topics.topics, store.folder / TOPIC_TABLE)
                write_table(with_other_seeds(topics), store.folder / TOPIC_RUNS)
                write_json({"note": topics.note, "validation": found}, store.folder / TOPIC_NOTES)
            stage.result = topics.note or f"{len(topics.topics)} topics{_of_sample(topics)}"
        else:
            stage.result = KEPT
    return saved_topics(store)


def _of_sample(topics: Topics) -> str:
    """On how many articles topics were fitted, where these are a sample."""
    return "" if topics.sample is None else f", found in a sample of {len(topics.sample):,} articles"


def saved_topics(store: StageStore) -> FoundTopics:
    """The topics that a whole stage keeps."""
    about = read_json(store.folder / TOPIC_NOTES)
    return FoundTopics(
        read_table(store.folder / TOPIC_ASSIGNMENTS),
        read_table(store.folder / TOPIC_TABLE),
        read_table(store.folder / TOPIC_RUNS),
        about["note"],
        about["validation"],
    )


def _fit(study: Study, articles: pd.DataFrame, vectors: Vectors, tools: Tools) -> Topics:
    import analysis

    settings, told = study.topics, told_articles(articles)
    return analysis.fit_topics(
        articles[told].reset_index(drop=True),
        vectors.centred[told],
        method=settings.method,
        resolution=settings.resolution,
        min_articles=settings.min_articles,
        representation=settings.representation,
        encoder=tools.encoder if study.embeddings.vectors is None else None,
        seed=study.seed,
        fit_on=settings.fit_on,
        engine=tools.engine,
    )


def write_assignments(
    folder: Path, articles: pd.DataFrame, themes: AssignedThemes, topics: FoundTopics
) -> None:
    """Write what every article was assigned to, and the tables of themes and topics."""
    assigned = articles[[ARTICLE_ID]].merge(topics.assignments, on=ARTICLE_ID, how="left", validate="1:1")
    assigned = assigned.fillna({TOPIC: OUTLIER, TOPIC_STRENGTH: 0.0}).astype({TOPIC: "int64"})
    assigned = assigned.merge(themes.assignments, on=ARTICLE_ID, how="left", validate="1:1")
    inside = assigned[assigned[TOPIC] != OUTLIER]
    commonest = inside.groupby(TOPIC)[THEME].agg(lambda themes: themes.mode().iloc[0])
    table = topics.table.assign(**{THEME: topics.table[TOPIC].map(commonest)})
    write_tables(
        folder,
        assignments=assigned,
        topics=table[[*TOPIC_COLUMNS, *TOPIC_STABILITY_COLUMNS, LABELS]],
        themes=themes.table,
    )
    write_table(topic_theme_profile(assigned), folder / TOPIC_THEMES)
