"""The articles in the page: what is told of each, and their texts, packed so that twenty thousand fit.

Above `MOST_ARTICLES` a sample is kept: the articles whose ids hash lowest, which is as good as drawn by
chance and the same each time. Texts are kept whole as long as they fit in `TEXT_BYTES`; else each is cut to
the same number of characters, the most that fit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import (
    ASSIGNMENT_COLUMNS,
    MAP_COLUMNS,
    THEME,
    TOPIC,
    probability_column,
)
from analysis.trends.counting import counted_stories
from corpus.schema import (
    ARTICLE_ID,
    BYLINE,
    DATE,
    DATE_BASIS,
    DATE_END,
    DATE_EVIDENCE,
    DATE_START,
    FILE,
    KIND,
    LANG,
    LINES,
    PLACE,
    REPRINT_OF,
    SOURCE,
    SOURCE_EVIDENCE,
    TEXT,
    TITLE,
    require_columns,
)
from figures.report.listing import ranges, title_of
from figures.report.packing import pack_json
from figures.tables import RunFolder

MOST_ARTICLES: Final = 20_000
TEXT_BYTES: Final = 18_000_000
"""Characters that all packed texts may take: with the rest of a page of 20,000 articles under 25 MB."""
CHUNK: Final = 400
"""Articles a packed piece: the page unpacks one piece to show an article, and all to search."""
_LEAST_CUT: Final = 100
_GRID: Final = 10_000
"""Places on the map along each axis."""
_NEEDED: Final = (ARTICLE_ID, SOURCE, DATE, TITLE, LANG, TEXT, FILE)
_OPTIONAL: Final = (DATE_START, DATE_END, DATE_BASIS, DATE_EVIDENCE, SOURCE_EVIDENCE, BYLINE, PLACE, KIND)


@dataclass(frozen=True)
class Kept:
    """Articles of the page.

    Attributes
    ----------
    total
        Number of articles of the run.
    shown
        Number of articles in the page.
    cut
        Characters after which texts are cut, None where all are whole.
    n_cut
        Number of texts cut.
    columns
        What is told of the articles, column by column, ready for JSON.
    texts
        Packed pieces of `CHUNK` texts each.
    """

    total: int
    shown: int
    cut: int | None
    n_cut: int
    columns: dict[str, Any]
    texts: list[str]


def keep_articles(run: RunFolder, themes: Sequence[str], periods: Sequence[tuple[str, str]]) -> Kept:
    """Choose the articles that the page holds and pack them.

    Parameters
    ----------
    run
        The run folder.
    themes
        Ids of the themes, in the order in which an article's probabilities are to stand.
    periods
        First and last day of each period of the trends.
    """
    articles, assignments = run.tables["articles"], run.tables["assignments"]
    require_columns(articles, _NEEDED, name="articles")
    require_columns(assignments, ASSIGNMENT_COLUMNS, name="assignments")
    counted = _counted(run)
    # Columns carried through from the input may be called as ours are: only the contract's are taken.
    own = [name for name in (*_NEEDED, *_OPTIONAL, LINES, REPRINT_OF) if name in articles.columns]
    table = articles[own].assign(counted=articles[ARTICLE_ID].isin(counted))
    probabilities = [probability_column(theme) for theme in themes]
    there = [name for name in probabilities if name in assignments.columns]
    table = table.merge(assignments[[ARTICLE_ID, TOPIC, THEME, *there]], on=ARTICLE_ID, validate="1:1")
    table = table.reindex(columns=[*table.columns, *(name for name in _OPTIONAL if name not in own)])
    table = sample(table.sort_values([DATE, ARTICLE_ID], kind="stable"))
    texts = table[TEXT].fillna("").astype(str).tolist()
    packed, cut = pack_texts(texts)
    return Kept(
        total=len(articles),
        shown=len(table),
        cut=cut,
        n_cut=0 if cut is None else sum(len(text) > cut for text in texts),
        columns=_columns(table, themes, periods) | _places(table, run),
        texts=packed,
    )


def _counted(run: RunFolder) -> set[str]:
    """Ids of the articles that the trends count, by the study's settings."""
    articles = run.tables["articles"]
    settings = run.manifest.get("config", {}).get("trends", {})
    if KIND in articles.columns and "kinds" in settings:
        articles = articles[articles[KIND].isin(settings["kinds"])]
    if settings.get("count") == "stories":
        articles = counted_stories(articles)
    return set(articles[ARTICLE_ID])


def sample(table: pd.DataFrame, most: int = MOST_ARTICLES) -> pd.DataFrame:
    """All rows, or the `most` whose ids hash lowest, in the order in which they stood."""
    if len(table) <= most:
        return table.reset_index(drop=True)
    draws = [hashlib.blake2b(str(name).encode("utf-8"), digest_size=8).digest() for name in table[ARTICLE_ID]]
    chosen = sorted(range(len(draws)), key=draws.__getitem__)[:most]
    return table.iloc[sorted(chosen)].reset_index(drop=True)


def pack_texts(texts: Sequence[str], most: int = TEXT_BYTES) -> tuple[list[str], int | None]:
    """Texts in packed pieces that together take `most` characters, and where texts had to be cut for it."""
    packed = _pieces(texts, None)
    cut = None
    size = sum(map(len, packed))
    while size > most and (cut is None or cut > _LEAST_CUT):
        cut = max(_LEAST_CUT, cut_for(texts, most / size * 0.97, cut))
        packed = _pieces(texts, cut)
        size = sum(map(len, packed))
    return packed, cut


def cut_for(texts: Sequence[str], part: float, before: int | None = None) -> int:
    """Where to cut so that `part` of the characters stay of what a cut at `before` left."""
    lengths = np.sort([len(text) if before is None else min(len(text), before) for text in texts])
    sums = np.concatenate([[0], np.cumsum(lengths)])
    rest = np.arange(len(lengths), 0, -1)
    # Cut at the length of the k-th shortest: it and the shorter ones stay whole, the rest have its length.
    left = sums[:-1] + rest * lengths
    place = int(np.searchsorted(left, part * sums[-1]))
    if place == 0:
        return int(part * sums[-1] / len(lengths))
    return int((part * sums[-1] - sums[place]) / rest[place]) if place < len(rest) else int(lengths[-1])


def _pieces(texts: Sequence[str], cut: int | None) -> list[str]:
    shown = texts if cut is None else [text if len(text) <= cut else text[:cut] for text in texts]
    return [pack_json(list(shown[first : first + CHUNK])) for first in range(0, len(shown), CHUNK)]


def _columns(
    table: pd.DataFrame, themes: Sequence[str], periods: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """What is told of each article; words that repeat are kept once, with their numbers."""
    coded = {
        "source": SOURCE, "lang": LANG, "kind": KIND, "basis": DATE_BASIS, "file": FILE, "place": PLACE,
        "byline": BYLINE, "date_evidence": DATE_EVIDENCE, "source_evidence": SOURCE_EVIDENCE, "theme": THEME,
    }  # fmt: skip
    start, end = _bounds(table)
    place = {name: number for number, name in enumerate(table[ARTICLE_ID])}
    reprint = table[REPRINT_OF] if REPRINT_OF in table.columns else pd.Series(index=table.index, dtype=object)
    lines = table[LINES] if LINES in table.columns else pd.Series(index=table.index, dtype=object)
    return {
        "id": table[ARTICLE_ID].astype(str).tolist(),
        "title": [title_of(row) for row in table[[TITLE, TEXT]].to_dict("records")],
        "length": [len(text) if isinstance(text, str) else 0 for text in table[TEXT]],
        "date": _texts(table[DATE]),
        "start": _texts(start),
        "end": _texts(end),
        "from": _place_of(start, [first for first, _ in periods]),
        "to": _place_of(end, [first for first, _ in periods]),
        "lines": [ranges(value) for value in lines],
        "counted": table["counted"].astype(int).tolist(),
        "topic": table[TOPIC].astype(int).tolist(),
        "reprint": [place.get(name, -1) for name in reprint],
        "reprint_of": _texts(reprint),
        "coded": {name: _code(table[column]) for name, column in coded.items()},
        "p": [_hundredths(table, theme) for theme in themes],
    }


def _bounds(table: pd.DataFrame) -> tuple[pd.Series[str], pd.Series[str]]:
    """First and last day an article may be of: its interval, else its date."""
    day, start, end = (table[name].astype(object) for name in (DATE, DATE_START, DATE_END))
    return start.where(start.notna(), day), end.where(end.notna(), day)


def _texts(column: pd.Series[Any]) -> list[str | None]:
    return [value if isinstance(value, str) and value else None for value in column]


def _place_of(days: pd.Series[str], starts: Sequence[str]) -> list[int]:
    """Place of the period that holds each day, -1 where there is none."""
    if not starts:
        return [-1] * len(days)
    known = days.where(days.notna(), "").astype(str).to_numpy(dtype="U10")
    return [int(place) for place in np.searchsorted(np.array(starts, dtype="U10"), known, side="right") - 1]


def _code(column: pd.Series[Any]) -> dict[str, list[Any]]:
    """A column as its different values and, for each row, the number of its own; -1 where it is missing."""
    codes, values = pd.factorize(column.where(column.notna(), None))
    return {"of": [int(code) for code in codes], "values": [str(value) for value in values]}


def _hundredths(table: pd.DataFrame, theme: str) -> list[int]:
    """A theme's probabilities in hundredths; 1 or 0 for a run that has themes and no probabilities."""
    column = probability_column(theme)
    values = table[column] if column in table.columns else (table[THEME] == theme).astype(float)
    return [int(value) for value in np.rint(values.fillna(0).to_numpy(dtype=float) * 100)]


def _places(table: pd.DataFrame, run: RunFolder) -> dict[str, Any]:
    """Where each article stands on the map, None where it doesn't; empty without a map."""
    found = run.tables.get("map")
    if found is None or found.empty or not np.isfinite(found[["x", "y"]].to_numpy(dtype=float)).any():
        return {}
    require_columns(found, MAP_COLUMNS, name="map")
    places = table[[ARTICLE_ID]].merge(found, on=ARTICLE_ID, how="left", validate="1:1")
    where = places[["x", "y"]].to_numpy(dtype=float)
    low, high = np.nanmin(where, axis=0), np.nanmax(where, axis=0)
    # One scale for both axes, so that the map keeps its shape; the shorter one is set in the middle.
    scaled = ((where - (low + high) / 2) / (np.max(high - low) or 1.0) + 0.5) * _GRID
    return {axis: _whole(column) for axis, column in zip(("x", "y"), scaled.T, strict=True)}


def _whole(column: NDArray[np.float64]) -> list[int | None]:
    return [None if np.isnan(value) else round(value) for value in column]
