"""Articles gathered into issues: the table that every statistic of a trend starts from.

An issue is one source on one day. Articles of an issue are chosen together by one desk, so the issue, not the
article, is the unit of sampling. An article whose date is only known to lie between two days is spread over
the periods it may belong to, by the days it has in each, and stands in an issue of its source and that
interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import ALL_SOURCES, P_PREFIX, THEME, UNMAPPED, probability_column
from analysis.trends.partial_sums import Labels, Memberships, Probabilities, Spread, sums_of
from analysis.trends.periods import (
    Calendar,
    DateError,
    Days,
    Integers,
    Period,
    calendar_of,
    period_numbers,
    read_days,
)
from corpus.engine import THIS_PROCESS, Engine
from corpus.schema import ARTICLE_ID, DATE, DATE_END, DATE_START, SOURCE, TableError, require_columns

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix

Floats = NDArray[np.float64]

UNKNOWN_SOURCE: Final = "unknown"
"""The source of an article that names none."""


@dataclass(frozen=True)
class Panel:
    """Sums over the articles of each issue (in each period that it may belong to).

    U rows, one an issue in a period; K themes. With exact dates an issue is one row, and every weight is a
    count.

    Attributes
    ----------
    themes, sources, calendar
        What the columns and the codes below stand for; sources in alphabetical order.
    source, period, issue
        Code of the source, place in the calendar, and number of the issue of each row.
    day
        Days since 1 January 1970 of the issue; the middle of the interval where the day isn't known.
    weight, weight_squared
        Sums over articles of w and w², w being the part of an article that falls in the period.
    members
        (U, K) sums of w p, p the probability that the article belongs to the theme.
    moments
        (4, K) sums over all dated articles of 1, p, p² and p³.
    extremes
        (2, K) least and greatest p.
    undated
        Number of articles left out because they have neither a date nor an interval.
    """

    themes: tuple[str, ...]
    sources: tuple[str, ...]
    calendar: Calendar
    source: Integers
    period: Integers
    issue: Integers
    day: Floats
    weight: Floats
    weight_squared: Floats
    members: Floats
    moments: Floats
    extremes: Floats
    undated: int

    def with_members(self, members: Floats) -> Panel:
        """Return this panel with other sums (U, K) of membership."""
        return replace(self, members=members)


def gather_issues(
    frame: pd.DataFrame,
    *,
    period: Period,
    themes: Sequence[str] | None = None,
    engine: Engine = THIS_PROCESS,
) -> Panel:
    """Gather a table of articles into issues.

    Parameters
    ----------
    frame
        `article_id`, `source`, `date` and/or `date_start` and `date_end`, and one column `p_<theme>` a theme,
        or `theme`. Where both are there the probabilities count, since they say how sure the assignment is.
    period
        Length of a period.
    themes
        The themes to keep, in order; all that the frame has by default.
    engine
        What sums over articles, block for block.

    Raises
    ------
    corpus.schema.TableError
        If a column is missing, ids repeat, or a probability is missing or outside 0 to 1.
    DateError
        If a date can't be read or no article has one.
    """
    _check(frame)
    start, end = _date_intervals(frame)
    dated = ~np.isnat(start)
    if not dated.any():
        raise DateError(
            f"none of the {len(frame)} articles has a date; a trend needs {DATE}, "
            f"or {DATE_START} and {DATE_END}"
        )
    undated = int((~dated).sum())
    by_id = np.argsort(frame[ARTICLE_ID].astype(str).to_numpy(dtype=object), kind="stable")
    rows = by_id[dated[by_id]]
    start, end = start[rows], end[rows]
    names, codes = _source_codes(frame[SOURCE].iloc[rows])
    calendar = calendar_of(start.min(), end.max(), period)

    article, place, weight = _spread(start, end, calendar)
    issue_key = np.column_stack([codes, start.astype(np.int64), end.astype(np.int64)])
    issues, issue = np.unique(issue_key, axis=0, return_inverse=True)
    units, unit = np.unique(np.column_stack([issue.ravel()[article], place]), axis=0, return_inverse=True)
    unit = unit.ravel().astype(np.int64)

    kept, memberships = _memberships(frame, themes)
    sums = sums_of(memberships, rows, Spread(article, unit, weight, len(units)), len(kept), engine)
    of_unit = issues[units[:, 0]]
    return Panel(
        kept, names, calendar, of_unit[:, 0], units[:, 1], units[:, 0], (of_unit[:, 1] + of_unit[:, 2]) / 2,
        _add(unit, weight, len(units)), _add(unit, weight**2, len(units)),
        sums.members, sums.moments, sums.extremes, undated,
    )  # fmt: skip


def adder_of(codes: Integers, size: int) -> csc_matrix:
    """Return the matrix (size, R) that sums R rows by their codes; for many sums by the same codes."""
    from scipy.sparse import csc_matrix

    count = len(codes)
    return csc_matrix((np.ones(count), codes, np.arange(count + 1)), shape=(size, count))


def sum_by(codes: Integers, values: Floats, size: int) -> Floats:
    """Sum the rows of `values` that share a code; one row of the result for each code below `size`."""
    return np.asarray(adder_of(codes, size) @ values)


def _add(codes: Integers, values: Floats, size: int) -> Floats:
    """Sum the values that share a code."""
    return np.bincount(codes, values, size).astype(np.float64)


def _check(frame: pd.DataFrame) -> None:
    """Check what the table needs before anything is computed."""
    require_columns(frame, (ARTICLE_ID, SOURCE), name="the table of articles")
    if DATE not in frame.columns and not {DATE_START, DATE_END} <= set(frame.columns):
        require_columns(frame, (DATE,), name="the table of articles")
    repeated = frame.loc[frame[ARTICLE_ID].duplicated(), ARTICLE_ID]
    if len(repeated):
        raise TableError(
            f"{ARTICLE_ID} {repeated.iloc[0]!r} stands in more than one row; a row must be one article"
        )


def _date_intervals(frame: pd.DataFrame) -> tuple[Days, Days]:
    """Return the first and last day each article may be of, NaT for both where nothing is known."""
    missing = np.full(len(frame), np.datetime64("NaT", "D"), dtype="datetime64[D]")
    day = read_days(frame[DATE], name=DATE) if DATE in frame.columns else missing
    if not {DATE_START, DATE_END} <= set(frame.columns):
        return day, day
    start, end = read_days(frame[DATE_START], name=DATE_START), read_days(frame[DATE_END], name=DATE_END)
    bounded = ~(np.isnat(start) | np.isnat(end))
    wrong = np.isnat(day) & bounded & (start > end)
    if wrong.any():
        where = int(np.argmax(wrong))
        raise DateError(
            f"article {frame[ARTICLE_ID].iloc[where]!r} has {DATE_START} {start[where]} "
            f"after {DATE_END} {end[where]}"
        )
    start, end = np.where(bounded, start, missing), np.where(bounded, end, missing)
    return np.where(np.isnat(day), start, day), np.where(np.isnat(day), end, day)


def _source_codes(column: pd.Series) -> tuple[tuple[str, ...], Integers]:
    """Return the sources in alphabetical order and each article's place among them."""
    codes, found = pd.factorize(column)
    known = [*(str(name) for name in found), UNKNOWN_SOURCE]
    if ALL_SOURCES in known:
        raise TableError(f"a source is called {ALL_SOURCES!r}, the word for all sources together; rename it")
    names = sorted({known[code] for code in np.unique(codes)})
    place = np.array([names.index(name) if name in names else -1 for name in known])
    return tuple(names), place[codes]


def _spread(start: Days, end: Days, calendar: Calendar) -> tuple[Integers, Integers, Floats]:
    """Return article, period and weight of each part of an article; weights of an article sum to 1."""
    first, last = calendar.positions(start), period_numbers(end, calendar.period) - calendar.first
    parts = last - first + 1
    article = np.repeat(np.arange(len(start)), parts)
    place = np.arange(len(article)) - np.repeat(np.cumsum(parts) - parts, parts) + first[article]
    one = np.timedelta64(1, "D")
    overlap = (
        np.minimum(end[article], calendar.ends[place])
        - np.maximum(start[article], calendar.starts[place])
        + one
    )
    return article, place, overlap.astype(np.float64) / (end - start + one).astype(np.float64)[article]


def _memberships(frame: pd.DataFrame, themes: Sequence[str] | None) -> tuple[tuple[str, ...], Memberships]:
    """Return the themes and all articles' memberships in them, 0 to 1."""
    found = [
        str(column).removeprefix(P_PREFIX) for column in frame.columns if str(column).startswith(P_PREFIX)
    ]
    if found:
        kept = tuple(found if themes is None else themes)
        require_columns(frame, map(probability_column, kept), name="the table of articles")
        memberships: Memberships = Probabilities(tuple(_probabilities(frame, theme) for theme in kept))
    else:
        require_columns(frame, (THEME,), name="the table of articles (which has no p_<theme> either)")
        codes, labels = pd.factorize(frame[THEME])
        words = [str(label) for label in labels]
        kept = tuple(sorted(set(words) - {UNMAPPED}) if themes is None else themes)
        place = {theme: at for at, theme in enumerate(kept)}
        # The last is the place of a missing label, whose code is -1.
        memberships = Labels(np.array([*(place.get(word, -1) for word in words), -1])[codes])
    if not kept:
        raise TableError("no theme to follow: every article is unmapped, and `themes` names none")
    return kept, memberships


def _probabilities(frame: pd.DataFrame, theme: str) -> Floats:
    """Return a checked column of probabilities."""
    column = frame[probability_column(theme)]
    if not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)):
        raise TableError(
            f"{probability_column(theme)} holds {column.dtype} values; expected probabilities, 0 to 1"
        )
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = ~((values >= 0) & (values <= 1))
    if wrong.any():
        where = int(np.argmax(wrong))
        raise TableError(
            f"{probability_column(theme)} of article {frame[ARTICLE_ID].iloc[where]!r} is {values[where]}; "
            "expected a probability, 0 to 1"
        )
    return np.asarray(values)
