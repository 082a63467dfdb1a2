"""From vectors to themes and topics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.schema import (
    OUTLIER,
    THEME,
    TOPIC,
    TOPIC_COLUMNS,
    TOPIC_STABILITY_COLUMNS,
    TOPIC_STRENGTH,
    UNMAPPED,
)
from analysis.themes.topic_profile import topic_theme_profile
from broadsheet.config import Study
from broadsheet.stages.reading import Tools, Vectors, told_articles
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import write_table, write_tables
from corpus.schema import (
    ARTICLE_ID,
)

if TYPE_CHECKING:
    from analysis import Themes, Topics

TOPIC_THEMES = "topic_themes.csv"
"""Each topic's profile of themes."""


def assign_themes(
    study: Study, articles: pd.DataFrame, vectors: Vectors, tools: Tools, watch: Stopwatch
) -> Themes:
    """Give every article a probability for every theme of the codebook."""
    import analysis
    import embeddings

    with watch.stage(f"assigning the themes of {study.themes.codebook}") as stage:
        themes = analysis.assign_themes(
            articles,
            vectors.encoded,
            codebook=tools.codebook,
            encoder=tools.encoder,
            labels=tools.coded,
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
        told = told_articles(articles)
        topics = analysis.fit_topics(
            articles[told].reset_index(drop=True),
            vectors.centred[told],
            method=settings.method,
            resolution=settings.resolution,
            min_articles=settings.min_articles,
            encoder=tools.encoder if study.embeddings.vectors is None else None,
            seed=study.seed,
        )
        topics.save(folder / "model")
        write_tables(folder, map=topics.map)
        stage.result = topics.note or f"{len(topics.topics)} topics"
    return topics


def write_assignments(folder: Path, articles: pd.DataFrame, themes: Themes, topics: Topics) -> None:
    """Write what every article was assigned to, and the tables of themes and topics."""
    assigned = articles[[ARTICLE_ID]].merge(topics.assignments, on=ARTICLE_ID, how="left", validate="1:1")
    assigned = assigned.fillna({TOPIC: OUTLIER, TOPIC_STRENGTH: 0.0}).astype({TOPIC: "int64"})
    assigned = assigned.merge(themes.assignments, on=ARTICLE_ID, how="left", validate="1:1")
    inside = assigned[assigned[TOPIC] != OUTLIER]
    commonest = inside.groupby(TOPIC)[THEME].agg(lambda themes: themes.mode().iloc[0])
    table = topics.topics.assign(**{THEME: topics.topics[TOPIC].map(commonest)})
    write_tables(
        folder,
        assignments=assigned,
        topics=table[[*TOPIC_COLUMNS, *TOPIC_STABILITY_COLUMNS]],
        themes=themes.themes,
    )
    write_table(topic_theme_profile(assigned), folder / TOPIC_THEMES)
