"""From tables to what people look at: validation, figures, report, manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.markup import escape

from analysis.schema import TOPIC
from broadsheet import manifest
from broadsheet.config import Study
from broadsheet.stages.reading import Tools, Vectors, told_articles
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import sha256, write_json
from corpus.schema import (
    LANG,
)

if TYPE_CHECKING:
    from analysis import Themes, Topics
    from figures import FiguresFailed


_PARALLEL = "parallel_id"
"""A column that a corpus may bring: the same for articles that are translations of each other."""


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
        told = told_articles(articles)
        found: dict[str, Any] = analysis.validate(
            articles[told].reset_index(drop=True), vectors.centred[told], topics, seed=study.seed
        )
        for name, rows in (("language_leakage", vectors.centred), ("language_leakage_raw", vectors.raw)):
            found[name] = embeddings.language_leakage(
                rows,
                articles[LANG].tolist(),
                parallel_ids=articles[_PARALLEL].tolist() if _PARALLEL in articles else None,
                seed=study.seed,
            )
        found["topics_and_languages"] = embeddings.topics_and_languages(
            topics.assignments[TOPIC].tolist(),
            articles.loc[told, LANG].tolist(),
            parallel_ids=articles.loc[told, _PARALLEL].tolist() if _PARALLEL in articles else None,
        )
        found["theme_calibration"] = themes.calibration
        if study.themes.coded is not None:
            coded = Path(study.themes.coded)
            found["theme_calibration"] |= {"coded": coded.name, "coded_sha256": sha256(coded)}
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
            figures.redraw(
                folder,
                formats=settings.formats,
                lang=settings.lang,
                style=settings.style,
                progress=not watch.quiet,
            )
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
        watch.say(f"  • {escape(note)}")
