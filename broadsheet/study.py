"""A study from files to report: the stages in their order, each a short call into its package."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from broadsheet import caveats, manifest, stages
from broadsheet.config import Study
from broadsheet.results import Run
from broadsheet.stages.comparing import COMPARISONS
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import write_table, write_tables
from corpus.reprint_network import reprint_network
from figures.tables import FILES

Inputs = str | Path | Sequence[str | Path]

_STAGES = 9
_REPRINTS = "reprints.csv"
"""Who reprints whom."""
_OUTPUTS = (
    *FILES.values(),
    _REPRINTS,
    stages.TOPIC_THEMES,
    *stages.TREND_FILES,
    *COMPARISONS.values(),
    "validation.json",
    "report.html",
    "figures",
    "model",
)
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
        The run folder; `runs/` and the name of the study file or the first input by default. A run that
        stands there is replaced.
    quiet
        Say nothing, show no progress bars.

    Returns
    -------
    Run
        The finished run, opened.

    Raises
    ------
    ValueError, OSError
        The input, a setting, the codebook or the encoder can't be used; the message says what to do.
    """
    study = config if isinstance(config, Study) else Study.from_toml(config) if config else Study()
    if inputs is not None:
        entries = [inputs] if isinstance(inputs, str | Path) else list(inputs)
        study = replace(study, inputs=tuple(str(entry) for entry in entries))
    folder = Path(out) if out else _default_folder(study, config)
    _claim(folder)
    if not study.inputs:
        study = _sample_study(study, folder)
    watch = Stopwatch(total=_STAGES, quiet=quiet)
    return _run_stages(study, folder, watch)


def _run_stages(study: Study, folder: Path, watch: Stopwatch) -> Run:
    """Go through the stages; each writes its tables as soon as it has them.

    An earlier run in the folder is cleared only when encoder, codebook and input are known to be good.
    """
    tools = stages.prepare(study, watch)
    read = stages.read_corpus(study, watch)
    manifest.write_running(folder, study, theme_names=tools.theme_names)
    _clear(folder)
    write_tables(folder, articles=read.articles, dropped=read.dropped)
    write_table(reprint_network(read.articles), folder / _REPRINTS)
    vectors = stages.embed_articles(study, read.articles, tools, watch)
    themes = stages.assign_themes(study, read.articles, vectors, tools, watch)
    topics = stages.find_topics(study, folder, read.articles, vectors, tools, watch)
    stages.write_assignments(folder, read.articles, themes, topics)
    trends = stages.estimate_trends(study, folder, read.articles, themes, topics, watch)
    found = stages.validate(study, folder, read.articles, vectors, topics, themes, watch)
    failed = stages.draw_figures(study, folder, watch)
    notes = [
        *caveats.corpus_notes(read.articles, read.dropped),
        *([topics.note] if topics.note else []),
        *caveats.trend_notes(trends, study.trends),
        *caveats.language_notes(found),
        *caveats.theme_notes(found, tools.codebook),
        *([str(failed)] if failed else []),
    ]
    stages.finish(study, folder, read.inputs, tools, notes, watch)
    if failed:
        raise failed
    return Run(folder)


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
    if folder.is_dir() and any(folder.iterdir()) and not (folder / manifest.NAME).is_file():
        raise OutputFolderError(
            f"{folder}: holds other things than a run (it has no {manifest.NAME}); "
            "choose another folder with --out"
        )
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise OutputFolderError(f"{folder}: can't be written to; choose another folder with --out")


def _clear(folder: Path) -> None:
    """Take out what an earlier run wrote; its manifest already says that another run has begun."""
    for name in _OUTPUTS:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _sample_study(study: Study, folder: Path) -> Study:
    """Write the bundled sample study into the run folder and point the settings at it."""
    from broadsheet import sample

    home = folder / SAMPLE_FOLDER
    if home.is_dir():
        shutil.rmtree(home)
    sample.build(home)
    return replace(study, title="The bundled sample study (invented)", inputs=(str(home / "corpus"),))
