"""What was added to a study later: read behind its first articles, placed among their topics and themes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.schema import ADVICE, MAP_COLUMNS, N_ARTICLES, OUTLIER, TOPIC, TOPIC_STRENGTH
from broadsheet.config import Study
from broadsheet.plan import base_store, needs_of
from broadsheet.run_files import (
    ADDED,
    INPUT_LIST,
    OUTPUTS,
    PLACED,
    REPRINTS,
    SHIFTS,
    THEME_ASSIGNMENTS,
    THEME_MODEL,
    THEME_NOTES,
    THEME_TABLE,
    THEME_WORDS,
    TOPIC_ASSIGNMENTS,
    TOPIC_NOTES,
    TOPIC_RUNS,
    TOPIC_TABLE,
)
from broadsheet.stage_store import KEPT, Needs, StageStore
from broadsheet.stages.assigning import (
    CENTRES,
    MODEL,
    AssignedThemes,
    FoundTopics,
    saved_themes,
    saved_topics,
)
from broadsheet.stages.reading import (
    ReadCorpus,
    Tools,
    encode,
    read_settings,
    refuse_the_reserved_source,
    saved_corpus,
    told_articles,
)
from broadsheet.stages.shifting import REFIT, find_shifts
from broadsheet.stopwatch import Stopwatch
from broadsheet.storage import write_json, write_table, write_tables
from corpus.engine import Engine
from corpus.later_files import UPDATE
from corpus.reprint_network import reprint_network
from corpus.schema import ARTICLE_ID, FILE, LANG
from figures.tables import FILES, read_table

if TYPE_CHECKING:
    from analysis import FittedTopics
    from corpus import Corpus
    from embeddings import Embeddings


@dataclass(frozen=True)
class Earlier:
    """What an update goes on from: the corpus with all updates but the last, and what that was made from."""

    read: ReadCorpus
    needs: Needs


def add_articles(
    study: Study, store: StageStore, first: ReadCorpus, watch: Stopwatch, earlier: Earlier | None = None
) -> ReadCorpus:
    """Read the inputs of all updates behind the first articles; of `earlier` ones nothing is read again."""
    with watch.stage("reading what was added") as stage:
        needs = needs_of(ADDED, study, store, known=earlier.needs if earlier else None)
        if store.changes(ADDED, needs):
            read = _read_updates(study, earlier.read if earlier else first, watch, last=earlier is not None)
            with store.making(ADDED, needs, OUTPUTS[ADDED]):
                write_tables(store.folder, articles=read.articles, dropped=read.dropped)
                write_table(reprint_network(read.articles), store.folder / REPRINTS)
                write_table(read.inputs, store.folder / INPUT_LIST)
            stage.result = f"{len(read.articles) - len(first.articles):,} articles more than at first"
        else:
            stage.result = KEPT
    return saved_corpus(store)


def _read_updates(study: Study, known: ReadCorpus, watch: Stopwatch, *, last: bool) -> Corpus:
    """Read the inputs of every update, or of the last alone, behind what is known."""
    import corpus

    settings = read_settings(study, watch)
    read = corpus.Corpus(known.articles, known.dropped, known.inputs)
    for number, update in enumerate(study.updates, 1):
        if last and number < len(study.updates):
            continue
        files = corpus.find_later(read, update.inputs, number=number, only=update.files)
        read = corpus.read_later(read, files, settings, number=number)
    corpus.check_corrections(read.articles, settings)
    refuse_the_reserved_source(read.articles)
    return read


def update_numbers(read: ReadCorpus) -> pd.Series[int]:
    """For each article the number of the update that brought it, 0 for the first."""
    numbers = read.inputs.set_index(FILE)[UPDATE]
    return read.articles[FILE].map(numbers).astype("int64")


def place_added(
    study: Study, store: StageStore, read: ReadCorpus, tools: Tools, watch: Stopwatch
) -> tuple[AssignedThemes, FoundTopics]:
    """Give later articles topics and themes by what the first ones taught; list what shifted."""
    first = base_store(study, store)
    with watch.stage("placing what was added among topics and themes") as stage:
        needs = needs_of(PLACED, study, store)
        if store.changes(PLACED, needs):
            with store.making(PLACED, needs, OUTPUTS[PLACED]):
                stage.result = _place(study, store, first, read, tools, progress=not watch.quiet)
        else:
            stage.result = KEPT
    return saved_themes(store), saved_topics(store)


def _place(
    study: Study, store: StageStore, first: StageStore, read: ReadCorpus, tools: Tools, *, progress: bool
) -> str:
    """Place the later articles and write the tables of all."""
    updates = update_numbers(read)
    later = read.articles[(updates > 0).to_numpy()].reset_index(drop=True)
    vectors = encode(later, tools, progress=progress)
    themes = _add_themes(first, later, vectors, tools)
    topics, placed = _add_topics(study, first, later, vectors, tools.engine)
    shutil.copytree(first.folder / MODEL, store.folder / MODEL)
    write_table(topics.assignments, store.folder / TOPIC_ASSIGNMENTS)
    write_table(topics.table, store.folder / TOPIC_TABLE)
    write_table(topics.runs, store.folder / TOPIC_RUNS)
    write_table(themes.assignments, store.folder / THEME_ASSIGNMENTS)
    write_table(themes.table, store.folder / THEME_TABLE)
    shifts = find_shifts(read.articles[[ARTICLE_ID]], updates, themes.assignments, topics, placed)
    write_table(shifts, store.folder / SHIFTS)
    far = float(placed["far"].mean()) if len(placed) else None
    found = topics.validation | {
        "later_articles": {
            "articles": len(later),
            "far_from_topics": far,
            "find_topics_anew": bool((shifts.loc[shifts["kind"] == "all", ADVICE] == REFIT).any()),
            "updates": len(study.updates),
        }
    }
    write_json({"note": topics.note, "validation": found}, store.folder / TOPIC_NOTES)
    write_json(themes.calibration, store.folder / THEME_NOTES)
    first_map = read_table(first.folder / FILES["map"])
    place = placed[list(MAP_COLUMNS)] if len(placed) else first_map.iloc[:0]
    write_tables(store.folder, map=pd.concat([first_map, place], ignore_index=True).astype(first_map.dtypes))
    return f"{len(later):,} articles" + ("" if far is None else f", {far:.0%} of them far from every topic")


def _add_themes(first: StageStore, later: pd.DataFrame, vectors: Embeddings, tools: Tools) -> AssignedThemes:
    """The themes of all articles."""
    import analysis
    import embeddings
    from analysis.themes.tables import theme_table

    known = saved_themes(first)
    added = analysis.assign_later(
        later,
        vectors,
        analysis.ThemeModel.load(first.folder / THEME_MODEL),
        codebook=tools.codebook,
        encoder=tools.encoder,
        cache=embeddings.default_cache(),
        engine=tools.engine,
    )
    everything = pd.concat([known.assignments, added.assignments], ignore_index=True)
    words = pd.concat([read_table(first.folder / THEME_WORDS), added.carried], ignore_index=True)
    p = everything[[analysis.probability_column(theme) for theme in tools.codebook.ids]].to_numpy()
    about: dict[str, Any] = known.calibration | {
        "later_articles": len(later),
        "compared_with": known.calibration["compared_with"] | added.compared_with,
    }
    return AssignedThemes(everything, theme_table(p, words, tools.codebook), about)


def _add_topics(
    study: Study, first: StageStore, later: pd.DataFrame, vectors: Embeddings, engine: Engine
) -> tuple[FoundTopics, pd.DataFrame]:
    """The topics of all articles, and where the later ones came to stand (no row without topics)."""
    known = saved_topics(first)
    told = told_articles(later)
    rows = later[told].reset_index(drop=True)
    if known.table.empty or rows.empty:
        return _without_topics(known, rows), pd.DataFrame({ARTICLE_ID: [], "far": []})
    import analysis
    import embeddings

    centres, given = first.folder / MODEL / CENTRES, vectors[told]
    if centres.is_file():
        given = embeddings.LanguageCentres.load(centres).take_out(given, rows[LANG].tolist())
    placed = analysis.place_articles(rows[ARTICLE_ID], given, _fitted(study, first, known), engine=engine)
    assigned = pd.concat([known.assignments, placed[[ARTICLE_ID, TOPIC, TOPIC_STRENGTH]]], ignore_index=True)
    runs = pd.concat([known.runs, placed[known.runs.columns.tolist()]], ignore_index=True)
    counts = assigned[TOPIC].value_counts()
    table = known.table.assign(**{N_ARTICLES: [int(counts.get(t, 0)) for t in known.table[TOPIC]]})
    return FoundTopics(assigned, table, runs, known.note, known.validation), placed


def _fitted(study: Study, first: StageStore, known: FoundTopics) -> FittedTopics:
    import analysis

    places = read_table(first.folder / FILES["map"])
    return analysis.FittedTopics.load(first.folder / MODEL, known.runs, places, seed=study.seed)


def _without_topics(known: FoundTopics, rows: pd.DataFrame) -> FoundTopics:
    """Later articles of a study that has no topics: in none."""
    none = pd.DataFrame(
        {ARTICLE_ID: rows[ARTICLE_ID], TOPIC: np.int64(OUTLIER), TOPIC_STRENGTH: np.float64(0)}
    )
    runs = none[[ARTICLE_ID]].assign(**{name: np.int64(OUTLIER) for name in known.runs.columns[1:]})
    return FoundTopics(
        pd.concat([known.assignments, none], ignore_index=True),
        known.table,
        pd.concat([known.runs, runs], ignore_index=True),
        known.note,
        known.validation,
    )
