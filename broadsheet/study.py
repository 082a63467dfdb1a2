"""A study from files to report: the stages in their order, each a short call into its package."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from broadsheet import caveats, manifest, stages
from broadsheet import run_log as log_file
from broadsheet.config import Study
from broadsheet.engines import open_engine
from broadsheet.plan import base_store
from broadsheet.results import Run
from broadsheet.run_files import BASE, SHIFTS
from broadsheet.run_lock import run_lock
from broadsheet.run_log import run_log
from broadsheet.stage_store import StageStore
from broadsheet.staging import drop_staging, put_in_place
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import LOCK, STORE, refuse_links
from corpus.engine import Engine
from corpus.progress import widgets_not_missed

Inputs = str | Path | Sequence[str | Path]

_STAGES = 8
_MORE_STAGES = 2
"""Stages more of a study with updates."""
SAMPLE_FOLDER = "sample"
"""Where a run of the bundled sample study keeps its inputs and its truth, inside the run folder."""


class OutputFolderError(OSError):
    """A folder can't take a run: it holds something else, which a run would mix with."""


def run(
    inputs: Inputs | None = None,
    *,
    config: str | Path | Study | None = None,
    out: str | Path | None = None,
    quiet: bool = False,
) -> Run:
    """Run a study and write its run folder.

    Parameters
    ----------
    inputs
        Files and folders of page texts (`.txt`) and ready-made articles (`.jsonl`, `.csv`, `.parquet`); they
        take the place of the study file's own. With neither inputs nor a study file, the bundled sample study
        is run.
    config
        A study file (TOML), or settings made in Python.
    out
        The run folder; `runs/` and the name of the study file or the first input by default. Of a run that
        stands there, whole or broken off, the stages are kept whose inputs, settings and code are what they
        were (`broadsheet.plan`); the others are made again.
    quiet
        Say nothing, show no progress bars.

    Returns
    -------
    Run
        The finished run, opened.

    Raises
    ------
    ValueError, OSError
        The input, a setting, the codebook or the encoder can't be used, or another run is writing to the
        folder; the message says what to do.
    """
    study, folder = prepared(inputs, config=config, out=out)
    return run_prepared(study, folder, quiet=quiet)


def prepared(
    inputs: Inputs | None, *, config: str | Path | Study | None, out: str | Path | None
) -> tuple[Study, Path]:
    """The settings and the folder of a run as `run` takes them; nothing is written."""
    study = config if isinstance(config, Study) else Study.from_toml(config) if config else Study()
    if inputs is not None:
        entries = [inputs] if isinstance(inputs, str | Path) else list(inputs)
        study = replace(study, inputs=tuple(str(entry) for entry in entries))
    return study, Path(out) if out else _default_folder(study, config)


def run_prepared(study: Study, folder: Path, *, quiet: bool = False) -> Run:
    """Run a study into a folder; with no inputs it is the bundled sample study."""
    _claim(folder)
    with run_lock(folder), run_log(folder, "run") as log, widgets_not_missed():
        if not put_in_place(folder):
            drop_staging(folder)
        if not study.inputs:
            study = _sample_study(study, folder)
        total = _STAGES + (_MORE_STAGES if study.updates else 0)
        with open_engine(study) as engine:
            return _run_stages(study, folder, Stopwatch(total, quiet=quiet, log=log), engine)


def _run_stages(study: Study, folder: Path, watch: Stopwatch, engine: Engine) -> Run:
    """Go through the stages; each is kept where it can be, and else writes its tables as soon as it has them.

    Nothing of an earlier run in the folder is touched until encoder, codebook and input are known to be good.
    """
    tools, store = stages.prepare(study, watch, engine), StageStore(folder)

    def begin() -> None:
        if not study.updates:
            _forget_updates(folder, watch)
        manifest.write_running(folder, study, home=folder, theme_names=tools.theme_names)

    first = base_store(study, store)
    read = stages.read_corpus(study, first, watch, begin=begin)
    vectors = stages.embed_if_needed(study, first, read.articles, tools, watch)
    themes = stages.assign_themes(study, first, read.articles, vectors, tools, watch)
    topics = stages.find_topics(study, first, read.articles, vectors, tools, watch)
    if study.updates:
        read = stages.add_articles(study, store, read, watch)
        themes, topics = stages.place_added(study, store, read, tools, watch)
    finish_run(study, store, read, themes, topics, tools, watch)
    return Run(folder)


def _forget_updates(folder: Path, watch: Stopwatch) -> None:
    """Say that articles which an update added are not in this study, and drop what was kept for updates."""
    if not (folder / BASE).is_dir():
        return
    watch.say(
        "  • the run in this folder had articles that updates added, and the study doesn't name them: they "
        "are left out, and 'broadsheet update' adds them again"
    )
    shutil.rmtree(folder / BASE)
    (folder / SHIFTS).unlink(missing_ok=True)


def finish_run(
    study: Study,
    store: StageStore,
    read: stages.ReadCorpus,
    themes: stages.AssignedThemes,
    topics: stages.FoundTopics,
    tools: stages.Tools,
    watch: Stopwatch,
    *,
    home: Path | None = None,
) -> None:
    """From articles with topics and themes to trends, figures, report and manifest.

    `home` is where the run will stand, if not in the store's folder.

    Raises
    ------
    FiguresFailed
        A figure could not be drawn; all else is written.
    """
    folder = store.folder
    stages.write_assignments(folder, read.articles, themes, topics)
    trends = stages.estimate_trends(
        study, store, read.articles, themes.assignments, topics.runs, tools.engine, watch
    )
    found = stages.write_validation(study, folder, topics.validation, themes.calibration)
    failed = stages.draw_figures(study, store, watch)
    notes = [
        *caveats.corpus_notes(read.articles, read.dropped),
        *([topics.note] if topics.note else []),
        *caveats.trend_notes(trends, study.trends),
        *caveats.topic_notes(found),
        *caveats.language_notes(found),
        *caveats.theme_notes(found, tools.codebook),
        *caveats.update_notes(found),
        *([str(failed)] if failed else []),
    ]
    stages.finish(study, folder, read.inputs, tools, notes, watch, home=home)
    if failed:
        raise failed


def _default_folder(study: Study, config: str | Path | Study | None) -> Path:
    """`runs/` and the name of the study file, of the first input without its pattern, or of the sample."""
    if isinstance(config, str | Path):
        return Path("runs") / Path(config).stem
    if not study.inputs:
        return Path("runs") / SAMPLE_FOLDER
    first = Path(study.inputs[0])
    while first.name and set(first.name) & set("*?["):
        first = first.parent
    return Path("runs") / (first.resolve().stem or "pages")


def _claim(folder: Path) -> None:
    """Make a folder, or make sure that the one that is there is empty or holds an earlier run."""
    if folder.exists() and not folder.is_dir():
        raise OutputFolderError(f"{folder}: is a file; choose another folder with --out")
    if folder.is_dir() and _holds_other_things(folder):
        raise OutputFolderError(
            f"{folder}: holds other things than a run (it has no {manifest.NAME}); "
            "choose another folder with --out"
        )
    folder.mkdir(parents=True, exist_ok=True)
    refuse_links(folder)
    if not os.access(folder, os.W_OK):
        raise OutputFolderError(f"{folder}: can't be written to; choose another folder with --out")


def _holds_other_things(folder: Path) -> bool:
    """Whether a folder without a manifest has anything in it but what a run that was killed early leaves."""
    own = {LOCK, STORE, SAMPLE_FOLDER, log_file.NAME, f"{manifest.NAME}.part"}
    return not (folder / manifest.NAME).is_file() and not {path.name for path in folder.iterdir()} <= own


def _sample_study(study: Study, folder: Path) -> Study:
    """Write the bundled sample study into the run folder and point the settings at it."""
    from broadsheet import sample

    home = folder / SAMPLE_FOLDER
    if home.is_dir():
        shutil.rmtree(home)
    sample.build(home)
    return sample_settings(study, folder)


def sample_settings(study: Study, folder: Path) -> Study:
    """The settings of the bundled sample study, whose inputs stand in the run folder."""
    corpus = folder / SAMPLE_FOLDER / "corpus"
    return replace(study, title="The bundled sample study (invented)", inputs=(str(corpus),))
