"""`update`: new pages are added to a run; topics and themes keep their ids, and what shifted is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from broadsheet import manifest, stages
from broadsheet.config import Study, UpdateSettings
from broadsheet.engines import open_engine
from broadsheet.plan import CORRECTIONS, INPUTS, base_store, corpus_needs, needs_of, update_need
from broadsheet.results import Run
from broadsheet.run_files import ADDED, READING, THEMES, TOPICS
from broadsheet.run_lock import run_lock
from broadsheet.run_log import run_log
from broadsheet.stage_store import StageStore
from broadsheet.stages.reading import saved_corpus
from broadsheet.staging import open_staging, put_in_place
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import refuse_links
from broadsheet.study import finish_run
from corpus.engine import Engine
from corpus.progress import widgets_not_missed
from figures.errors import FiguresFailed

if TYPE_CHECKING:
    from corpus import LaterFiles

_STAGES: Final = 6
_NOT_LOOKED_AT: Final = frozenset({INPUTS, CORRECTIONS})
"""Needs of reading that may have changed: the first articles are taken from the run's own tables."""


class UpdateError(ValueError):
    """A run can't be updated; the message says why, and what to do instead."""


@dataclass(frozen=True)
class Update:
    """What came of an update: the run, the names of the files that were new, and how many were not."""

    run: Run
    added: tuple[str, ...]
    skipped: int


@dataclass(frozen=True)
class _Planned:
    """An update before it is made: the study with it, what it goes on from, and the files."""

    study: Study
    earlier: stages.Earlier
    files: LaterFiles


def update(run_dir: str | Path, inputs: Sequence[str | Path], *, quiet: bool = False) -> Update:
    """Add new pages to a run.

    The old articles keep their ids, their topics and their themes; the old input files need not be there any
    more. New articles get topics and themes by what the run learnt from its first ones, without fitting
    anything again. Trends, tests, figures and report are made over all. `shifts.csv` lists what changed.

    Until all of that is whole the run stays as it is; an update that was broken off goes on where it was.

    Parameters
    ----------
    run_dir
        A run folder.
    inputs
        Files, folders and patterns, as for `run`. Files with the bytes of files that were read before are
        skipped, which the ledger says; where there is nothing else, nothing changes. Without any, an update
        that was broken off while its files were put in place is finished.
    quiet
        Say nothing, show no progress bars.

    Raises
    ------
    NotARunError
        The folder holds no finished run.
    UpdateError
        The run was made by another version or by other settings than it says, or can't be updated.
    ValueError, OSError
        The input can't be used, or another run is writing to the folder.
    """
    folder = Path(run_dir)
    if not (folder / manifest.NAME).is_file():
        manifest.read(folder)
    with run_lock(folder), run_log(folder, "update") as log, widgets_not_missed():
        refuse_links(folder)
        finished = put_in_place(folder)
        if not inputs and finished:
            return Update(Run(folder), (), 0)
        plan = _plan(folder, inputs)
        skipped = len(plan.files.ledger.entries)
        if plan.files.new:
            with open_engine(plan.study) as engine:
                _make(folder, plan, Stopwatch(_STAGES, quiet=quiet, log=log), engine)
        return Update(Run(folder), tuple(file.name for file in plan.files.new), skipped)


def plan_update(run_dir: str | Path, inputs: Sequence[str | Path]) -> LaterFiles:
    """Say which files an update would add, and which it would skip and why; nothing is written.

    Raises
    ------
    NotARunError, UpdateError, ValueError, OSError
        As `update` does.
    """
    return _plan(Path(run_dir), inputs).files


def _plan(folder: Path, inputs: Sequence[str | Path]) -> _Planned:
    """Make sure that a run can be updated, and find the new files."""
    import corpus

    content = manifest.read(folder)
    study = Study.from_dict(content["config"]).relative_to(folder)
    store = StageStore(folder)
    _refuse_what_does_not_fit(study, store, content["versions"])
    if not inputs:
        raise UpdateError("no input: name the files or folders to add, as in 'broadsheet update RUN pages/'")
    stage = ADDED if study.updates else READING
    read = saved_corpus(store)
    known = corpus.Corpus(read.articles, read.dropped, read.inputs)
    files = corpus.find_later(known, list(inputs), number=len(study.updates) + 1)
    digests = sorted(digest for file in files.new if (digest := file.fingerprint()[0]))
    one = UpdateSettings(tuple(str(entry) for entry in inputs), tuple(digests))
    return _Planned(
        replace(study, updates=(*study.updates, one)), stages.Earlier(read, store.needs(stage)), files
    )


def _refuse_what_does_not_fit(study: Study, store: StageStore, versions: dict[str, str]) -> None:
    """Raise unless the run's first articles, topics and themes are what this version would make of them."""
    again = f"'broadsheet run --from {store.folder / manifest.NAME}' makes the run anew"
    if study.embeddings.vectors is not None:
        raise UpdateError(
            f"{store.folder}: its topics rest on vectors of your own ({study.embeddings.vectors}), which an "
            f"update can't make for new articles; run the study again with vectors of all articles"
        )
    known = versions.get("broadsheet"), versions.get("python")
    now = manifest.versions()
    if known != (now["broadsheet"], now["python"]):
        raise UpdateError(
            f"{store.folder}: made by Broadsheet {known[0]} on Python {known[1]}, and this is "
            f"{now['broadsheet']} on {now['python']}; topics and themes keep their ids with the version that "
            f"found them alone. Update with that version, or start from this one: {again}"
        )
    first = base_store(study, store)
    for stage in (READING, TOPICS, THEMES):
        needs = corpus_needs(study) if stage == READING else needs_of(stage, study, first)
        needs = {name: value for name, value in needs.items() if name not in _NOT_LOOKED_AT}
        if changed := first.changes(stage, needs):
            raise UpdateError(
                f"{store.folder}: can't be updated, since of its {stage} this is no longer as it was: "
                f"{'; '.join(changed)}. Put it back, or start anew: {again}"
            )
    if study.updates and (altered := store.changes(ADDED, {})):
        raise UpdateError(f"{store.folder}: can't be updated: {'; '.join(altered)}; {again}")


def _make(folder: Path, plan: _Planned, watch: Stopwatch, engine: Engine) -> None:
    """Make the updated run beside the old one, then put it in its place."""
    study, earlier = plan.study, plan.earlier
    tools = stages.prepare(study, watch, engine)
    staging = open_staging(folder)
    store = StageStore(staging)
    manifest.write_running(staging, study, home=folder, theme_names=tools.theme_names)
    last = update_need(len(study.updates))
    earlier = stages.Earlier(earlier.read, {n: v for n, v in earlier.needs.items() if n != last})
    first = saved_corpus(base_store(study, store))
    read = stages.add_articles(study, store, first, watch, earlier)
    themes, topics = stages.place_added(study, store, read, tools, watch)
    try:
        finish_run(study, store, read, themes, topics, tools, watch, home=folder)
    except FiguresFailed:
        put_in_place(folder, ready=True)
        raise
    put_in_place(folder, ready=True)
