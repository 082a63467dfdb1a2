"""From tables to what people look at: figures, report, manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.markup import escape

from broadsheet import manifest
from broadsheet.config import Study
from broadsheet.plan import needs_of
from broadsheet.run_files import FIGURES, OUTPUTS
from broadsheet.stage_store import KEPT, StageStore
from broadsheet.stages.reading import Tools
from broadsheet.stopwatch import Stopwatch

if TYPE_CHECKING:
    from figures import FiguresFailed


def draw_figures(study: Study, store: StageStore, watch: Stopwatch) -> FiguresFailed | None:
    """Draw every figure that the tables support; hand back the error of those that could not be drawn.

    The tables are worth keeping when a figure fails, so the run goes on to its end before the error
    is raised.
    """
    import figures

    with watch.stage("drawing figures") as stage:
        needs = needs_of(FIGURES, study, store)
        if not store.changes(FIGURES, needs):
            stage.result = KEPT
            return None
        try:
            with store.making(FIGURES, needs, OUTPUTS[FIGURES]):
                settings = study.figures
                figures.redraw(
                    store.folder,
                    formats=settings.formats,
                    lang=settings.lang,
                    style=settings.style,
                    progress=not watch.quiet,
                )
        except figures.FiguresFailed as error:
            stage.result = "not every figure could be drawn"
            return error
        drawn = {path.stem for path in (store.folder / "figures").iterdir()} & set(figures.names())
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
    *,
    home: Path | None = None,
) -> None:
    """Write the manifest and the report, and say what the corpus can't support.

    `home` is where the files will stand, if not in the folder that they are written to.

    The report quotes the manifest, and the manifest has the report's hash: so the manifest is written twice.
    """
    import figures
    from broadsheet.fingerprints import files_of

    files = files_of(study)

    def write_manifest() -> None:
        manifest.write_finished(
            folder,
            study,
            home=home or folder,
            theme_names=tools.theme_names,
            inputs=inputs,
            files=files,
            stages=watch.stages,
            notes=notes,
        )

    with watch.stage("writing the report and the manifest") as stage:
        write_manifest()
        report = figures.write_report(folder, home=home)
        stage.result = f"{(home or folder) / report.name}"
    write_manifest()
    for note in notes:
        watch.say(f"  • {escape(note)}")
