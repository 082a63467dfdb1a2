"""Adds later files to a corpus that was read before, whose articles stay what they are, to the last id.

What was read before is known by its tables alone: the old files need not be there. A file that was read
before (by its bytes) is not read again, an article that is there already is not added again, and the ledger
says so of both.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

import numpy as np
import pandas as pd

from corpus.assembly import carried_column
from corpus.errors import CorpusError
from corpus.intake.corrections import read_corrections
from corpus.later_files import UPDATE, LaterFiles
from corpus.ledger import Ledger
from corpus.origins.names import unify_sources
from corpus.reading import INPUT_COLUMNS, Corpus, ReadSettings, read_files
from corpus.reprints import plain_text, trace_reprints
from corpus.schema import (
    ARTICLE_COLUMNS,
    ARTICLE_ID,
    DATE,
    DATE_START,
    FILE,
    LINES,
    REPRINT_OF,
    SOURCE,
    TEXT,
    TITLE,
)

_SAME: Final = (TEXT, TITLE, DATE, DATE_START, SOURCE)


def read_later(known: Corpus, files: LaterFiles, settings: ReadSettings, *, number: int) -> Corpus:
    """Read later files and add their articles behind those that are there.

    Ids, sources' spellings and reprints of the old articles stay: a new article that is a reprint of an old
    one names it, whichever was printed first.

    Parameters
    ----------
    known
        The corpus as it was; not changed.
    files
        What `find_later` found.
    settings
        Those that the corpus was read with.
    number
        Of the update.

    Returns
    -------
    Corpus
        Old articles, then new ones by file and line; the inputs have a column `update`.

    Raises
    ------
    NoArticlesError, CorpusError
        As `corpus.read` does; also if corrections would change an old article.
    """
    names = ", ".join(file.name for file in files.new[:3])
    plain = replace(settings, corrections=None, reprints=False)
    read = read_files(files.new, files.ledger, plain, names=names, partly=True)
    again = Ledger()
    new = _without_known(read.articles, known.articles, again)
    articles = _joined(known.articles, new)
    articles = _corrected(articles, settings, n_known=len(known.articles))
    articles[SOURCE] = _spelt_as_before(articles[SOURCE], len(known.articles))
    if settings.reprints:
        articles[REPRINT_OF] = _reprints(articles, len(known.articles), settings.workers)
    inputs = _with_update(known.inputs, 0)
    counts = articles[FILE].value_counts()
    added = _with_update(read.inputs, number)
    added["n_articles"] = [int(counts.get(name, 0)) for name in added[FILE]]
    return Corpus(
        articles,
        pd.concat([known.dropped, read.dropped, again.table()], ignore_index=True),
        pd.concat([inputs, added], ignore_index=True),
    )


def check_corrections(articles: pd.DataFrame, settings: ReadSettings) -> None:
    """Raise when a row of the corrections names an article that no part of the corpus has."""
    if settings.corrections is not None:
        read_corrections(Path(settings.corrections)).apply(articles)


def _with_update(inputs: pd.DataFrame, number: int) -> pd.DataFrame:
    table = inputs[list(INPUT_COLUMNS)].copy()
    table[UPDATE] = inputs.get(UPDATE, number)
    return table.astype({UPDATE: "int64"})


def _without_known(new: pd.DataFrame, old: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The new articles without those that are there: by id, or all the same in a file called the same."""
    places = [f"{file}:{_line(at)}" for file, at in zip(old[FILE], old[LINES], strict=True)]
    by_id = dict(zip(old[ARTICLE_ID].astype(str), places, strict=True))
    by_content = dict(zip(_contents(old), places, strict=True))
    kept = []
    for row, key in zip(new.to_dict("records"), _contents(new), strict=True):
        name, reason = str(row[ARTICLE_ID]), None
        if name in by_id:
            reason = f"duplicate id {name!r}: read before at {by_id[name]}"
        elif key in by_content:
            reason = f"the same article was read before at {by_content[key]}"
        if reason:
            lines = tuple((a, b) for a, b in json.loads(str(row[LINES])))
            ledger.add(str(row[FILE]), lines, reason, str(row[TEXT]))
        kept.append(reason is None)
    return new[kept].reset_index(drop=True)


def _line(lines: object) -> int:
    return int(json.loads(str(lines))[0][0])


def _contents(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """By article what makes it the same as another: its file's own name, text, title, days and source."""
    names = [PurePosixPath(str(name)).name for name in table[FILE]]
    columns = [table[name].fillna("").astype(str).tolist() for name in _SAME]
    return list(zip(names, *columns, strict=True))


def _joined(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """One table of both; columns that we don't know take the type that holds the values of both."""
    own = [name for name in ARTICLE_COLUMNS if name in old]
    others = sorted({*old.columns, *new.columns} - {*own})
    joined = pd.concat([old[own], new[own]], ignore_index=True)
    count = len(joined)
    for name in others:
        if name in old and name in new and old[name].dtype == new[name].dtype:
            joined[name] = pd.concat([old[name], new[name]], ignore_index=True)
            continue
        values: list[object] = []
        for table in (old, new):
            cells = table[name].tolist() if name in table else [None] * len(table)
            values += [None if pd.isna(cell) else cell for cell in cells]
        joined[name] = carried_column(values[:count]).array
    return joined


def _corrected(articles: pd.DataFrame, settings: ReadSettings, *, n_known: int) -> pd.DataFrame:
    """The articles with the corrections made; an old article must come out as it was."""
    if settings.corrections is None:
        return articles
    path = Path(settings.corrections)
    after = read_corrections(path).apply(articles, partly=True)
    head = slice(0, n_known - 1)
    sources = pd.concat([articles.loc[head, SOURCE], after.loc[head, SOURCE]], ignore_index=True)
    before, now = np.split(unify_sources(sources).to_numpy(dtype=object, na_value=None), 2)
    spelt = after.index[:n_known][before == now]
    after.loc[spelt, SOURCE] = articles.loc[spelt, SOURCE]
    same = (after.loc[head] == articles.loc[head]) | (after.loc[head].isna() & articles.loc[head].isna())
    if not same.to_numpy().all():
        name = articles.loc[same.index[~same.all(axis=1)][0], ARTICLE_ID]
        raise CorpusError(
            f"{path}: changes the article {name!r}, which was there before; an update only adds, so take the "
            "change in with 'broadsheet run'"
        )
    return after


def _spelt_as_before(sources: pd.Series[str], n_known: int) -> pd.Series[str]:
    """One spelling for each source, that of the old articles where they have it."""
    unified = unify_sources(sources)
    old = pd.DataFrame({"key": unified[:n_known], "name": sources[:n_known]}).dropna()
    spelling = dict(zip(old["key"], old["name"], strict=True))
    later = unified[n_known:].map(lambda name: spelling.get(name, name), na_action="ignore")
    return pd.concat([sources[:n_known], later]).astype("str")


def _reprints(articles: pd.DataFrame, n_known: int, workers: int | None) -> pd.Series[str]:
    """`reprint_of` of all: as it was of the old, found for the new."""
    place = {name: at for at, name in enumerate(articles[ARTICLE_ID])}
    old = articles[REPRINT_OF][:n_known]
    known = np.array([place.get(name, -1) for name in old], dtype=np.int64)
    texts = [plain_text(str(text)) for text in articles[TEXT]]
    printed = articles[[ARTICLE_ID, DATE, DATE_START]]
    first = trace_reprints(printed, texts, workers=workers, known=known)
    ids = articles[ARTICLE_ID].tolist()
    new = [ids[at] if at >= 0 else None for at in first[n_known:].tolist()]
    return pd.concat([old, pd.Series(new, index=articles.index[n_known:], dtype="str")]).astype("str")
