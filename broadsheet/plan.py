"""Which stages of a run can be kept, and why the others must be made: what `--dry-run` says and a run obeys.

The stages in their order, with what each is made from:

    reading   inputs, settings of [corpus]                   articles, ledger, reprints
    topics    articles, embeddings, [topics], seed           topics, map, model, their validation
    themes    articles, embeddings, codebook, coded sample   probabilities
    trends    articles, themes, [trends], seed               shares, tests, change points, what lies beside
    topic trends   articles, topics, [trends], seed          the same of topics
    figures   all tables, [figures]                          pictures

A study with updates has two more, between themes and trends, and keeps what the first three wrote below them:

    added     the first articles, inputs of the updates      articles, ledger, reprints of all
    placed    these, the first topics and themes             topics and themes of all, what shifted

Tables that are only joined from these, the report and the manifest are written by every run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from analysis.themes.codebook import load_codebook
from broadsheet import fingerprints
from broadsheet.config import Study
from broadsheet.run_files import ADDED, BASE, FIGURES, PLACED, READING, THEMES, TOPIC_TRENDS, TOPICS, TRENDS
from broadsheet.stage_store import Needs, StageStore, digest
from broadsheet.storage import sha256
from figures.tables import EXTRA_FILES

INPUTS: Final = "the inputs"
CORRECTIONS: Final = "the corrections"
"""Needs of reading that an update takes as they were."""


@dataclass(frozen=True)
class PlannedStage:
    """What a run would do with a stage: keep it, or make it, and for what reasons."""

    name: str
    kept: bool
    reasons: tuple[str, ...] = ()


def base_store(study: Study, store: StageStore) -> StageStore:
    """Where a study's first articles, topics and themes are kept: below, if others were added later."""
    return StageStore(store.folder / BASE) if study.updates else store


def needs_of(stage: str, study: Study, store: StageStore, *, known: Needs | None = None) -> Needs:
    """What a stage is made from; the stages before it must be whole.

    `known` has needs that are taken as they are, without looking at what they are hashes of.
    """
    if stage in _FIRST:
        found = {**_SETTINGS[stage](study), **{name: store.digest(name) for name in _BEFORE[stage]}}
    else:
        before = _BEFORE_OF_UPDATED[stage] if study.updates else _BEFORE[stage]
        settings = _added(study, known or {}) if stage == ADDED else _SETTINGS[stage](study)
        first = base_store(study, store)
        digests = {name: (first if name in _FIRST else store).digest(name) for name in before}
        found = {**settings, **digests}
    return {**found, **_coding(store.folder)} if stage == FIGURES else found


def plan_run(study: Study, folder: Path) -> list[PlannedStage]:
    """Say which stages a run in `folder` would keep and which it would make, without running anything.

    A stage is made again because something that it is made from changed, or because an earlier stage, whose
    outputs it takes, is made again. (Should that one come out as it was, the run keeps the later one after
    all.)

    Raises
    ------
    ValueError, OSError
        An input, the codebook or another file that a setting names can't be read.
    """
    store = StageStore(folder)
    first = base_store(study, store)
    made: set[str] = set()
    planned = []
    for stage, before in (_BEFORE_OF_UPDATED if study.updates else _BEFORE).items():
        waits = [name for name in before if name in made]
        where = first if stage in _FIRST else store
        reasons = (
            tuple(f"{name} is made again" for name in waits)
            if waits
            else where.changes(stage, needs_of(stage, study, where))
        )
        made |= {stage} if reasons else set()
        planned.append(PlannedStage(stage, not reasons, reasons))
    return planned


_FIRST: Final = (READING, TOPICS, THEMES)
_BEFORE: Final[Mapping[str, tuple[str, ...]]] = {
    READING: (),
    TOPICS: (READING,),
    THEMES: (READING,),
    TRENDS: (READING, THEMES),
    TOPIC_TRENDS: (READING, TOPICS),
    FIGURES: (READING, TOPICS, THEMES, TRENDS, TOPIC_TRENDS),
}
"""Stage → the stages whose outputs it takes."""
_BEFORE_OF_UPDATED: Final[Mapping[str, tuple[str, ...]]] = {
    READING: (),
    TOPICS: (READING,),
    THEMES: (READING,),
    ADDED: (READING,),
    PLACED: (TOPICS, THEMES, ADDED),
    TRENDS: (ADDED, PLACED),
    TOPIC_TRENDS: (ADDED, PLACED),
    FIGURES: (ADDED, PLACED, TRENDS, TOPIC_TRENDS),
}
"""The same for a study to which articles were added."""


def _reading(study: Study) -> Needs:
    return {
        INPUTS: fingerprints.inputs_fingerprint(study.inputs, without=study.later_files),
        **corpus_needs(study),
    }


def corpus_needs(study: Study) -> Needs:
    """What reading is made from beside the inputs."""
    return {
        "settings in [corpus]": digest(asdict(replace(study.corpus, corrections=None))),
        CORRECTIONS: fingerprints.file_fingerprint(study.corpus.corrections),
        **_code(),
    }


def _added(study: Study, known: Needs) -> Needs:
    """What later articles are read from; of updates that are `known` the files aren't looked at."""
    found = {}
    for number, update in enumerate(study.updates, 1):
        name = update_need(number)
        found[name] = known[name] if name in known else fingerprints.update_fingerprint(update)
    return {**found, "the number of updates": str(len(study.updates)), **corpus_needs(study)}


def update_need(number: int) -> str:
    """What the files of an update are called among the needs of a stage."""
    return f"the inputs of update {number}"


def _placed(study: Study) -> Needs:
    return {**_themes(study), **_seed(study)}


def _embeddings(study: Study) -> Needs:
    settings = replace(study.embeddings, vectors=None)
    return {
        "settings in [embeddings]": digest(asdict(settings)),
        "the encoder's files": fingerprints.encoder_fingerprint(study.embeddings.encoder),
        "the vectors given": fingerprints.file_fingerprint(study.embeddings.vectors),
        **_code(),
    }


def _topics(study: Study) -> Needs:
    return {**_embeddings(study), "settings in [topics]": digest(asdict(study.topics)), **_seed(study)}


def _themes(study: Study) -> Needs:
    return {
        **_embeddings(study),
        "the codebook": load_codebook(study.themes.codebook).sha256,
        "the coded sample": fingerprints.file_fingerprint(study.themes.coded),
    }


def _trends(study: Study) -> Needs:
    return {"settings in [trends]": digest(asdict(study.trends)), **_seed(study), **_code()}


def _figures(study: Study) -> Needs:
    style = study.figures.style
    return {
        "the style file": fingerprints.file_fingerprint(style if style.endswith(".toml") else None),
        "settings in [figures]": digest(asdict(study.figures)),
        "settings in [trends]": digest(asdict(study.trends)),
        "the codebook": load_codebook(study.themes.codebook).sha256,
        **_code(),
    }


def _coding(folder: Path) -> Needs:
    """What human coders said, which `coding-score` writes beside the tables of a run."""
    files = {name: folder / EXTRA_FILES[name] for name in ("agreement", "theme_scores")}
    return {f"the coders' {name}": sha256(path) if path.is_file() else "" for name, path in files.items()}


def _seed(study: Study) -> Needs:
    return {"the seed": str(study.seed)}


def _code() -> Needs:
    return {"the code or its versions": fingerprints.code_fingerprint()}


_SETTINGS: Final[Mapping[str, Callable[[Study], Needs]]] = {
    READING: _reading,
    TOPICS: _topics,
    THEMES: _themes,
    PLACED: _placed,
    TRENDS: _trends,
    TOPIC_TRENDS: _trends,
    FIGURES: _figures,
}
