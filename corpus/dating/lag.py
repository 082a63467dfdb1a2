"""How likely a page was printed on each day, given one thing it says: the likelihoods behind a page's date.

A cue (a dated event, a year, a feast) gives every day of the axis a log-likelihood. The shapes are those of
daily papers: most news is printed the day after it happened, little of it later than a week; what has no year
beside it lies in the last months; a year that is named is mostly this one, and in January mostly the last.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.dating.day_axis import FAR, Days, day_axis

LogLikelihood = NDArray[np.float64]
"""One number a day of the axis."""

_NEWS: Final = (0.06, 0.30, 0.19, 0.11, 0.07, 0.05, 0.04, 0.04)
"""Share of news that is printed 0, 1, … 7 days after its day; what remains lies in the three weeks after."""
_WIRE: Final = (0.22, 0.60, 0.10, 0.03, 0.02, 0.01)
"""The same for the day in a news agency's or correspondent's date line."""
_FLOOR: Final = 2e-5


def happened(since: Days, *, news: float, scale: float) -> LogLikelihood:
    """An event `since` days back: fresh news with probability `news`, else older by some `scale` days."""
    days = _up_to(since)
    fresh = _from_table(days, _NEWS, tail=22)
    old = np.exp(-days / scale) / scale
    return np.asarray(np.log(news * fresh + (1 - news) * old + _FLOOR)[since])


def wired(since: Days) -> LogLikelihood:
    """A date line, `since` days back."""
    return np.asarray(np.log(0.95 * _from_table(_up_to(since), _WIRE, tail=25) + _FLOOR)[since])


def announced(since: Days, until: Days) -> LogLikelihood:
    """A day spoken of as to come: mostly some weeks ahead, sometimes just past."""
    left, passed = _up_to(until), _up_to(since)
    ahead = 0.75 * np.exp(-left / 30) / 30 + 0.15 * np.exp(-left / 150) / 150
    return np.asarray(np.log(ahead[until] + (0.1 * np.exp(-passed / 30) / 30)[since] + _FLOOR))


def dated(day: date, *, news: float) -> LogLikelihood:
    """A day given with its year: fresh news with probability `news`, else any time before, seldom ahead."""
    return _seen_from(day, _dated, news)


def _dated(distance: Days, news: float) -> LogLikelihood:
    back = np.maximum(distance, 0)
    fresh = _from_table(back, _NEWS, tail=22)
    old = 1 / (back + 30.0) / 6.2
    ahead = 0.02 * np.exp(np.minimum(distance, 0) / 200) / 200
    return np.asarray(np.log(np.where(distance >= 0, 0.98 * (news * fresh + (1 - news) * old), ahead) + 1e-8))


def reported(day: date) -> LogLikelihood:
    """The end of a period that figures are given for, with its year: they come out within some weeks."""
    return _seen_from(day, _reported)


def _reported(distance: Days) -> LogLikelihood:
    back = np.maximum(distance, 0)
    shares = 0.6 * np.exp(-back / 45) / 45 + 0.4 / (back + 30.0) / 6.2
    return np.asarray(np.log(np.where(distance >= 0, shares, 1e-6)))


def planned(day: date) -> LogLikelihood:
    """A day given with its year and spoken of as to come."""
    return _seen_from(day, _planned)


def _planned(distance: Days) -> LogLikelihood:
    ahead = 0.85 * np.exp(np.minimum(distance, 0) / 120) / 120
    return np.asarray(
        np.log(np.where(distance < 0, ahead, 0.15 * np.exp(-np.maximum(distance, 0) / 300) / 300) + 1e-7)
    )


@lru_cache(maxsize=8)
def year_named(year: int, *, summed_up: bool = False) -> LogLikelihood:
    """A year named in running text: this one, the last one, or history; late in a year also the next.

    A year that is summed up (`2022年，全市共建…`) is more often the last.
    """
    years, months = day_axis().calendar()
    turn = np.clip(1.25 - months / 4, 0.0, 1.0)
    this, last = 0.60 - 0.38 * turn, 0.13 + 0.42 * turn
    if summed_up:
        this, last = this - 0.12, last + 0.12
    back = years - year
    history = 0.03 * 0.85 ** np.clip(back - 2, 0, 60) + 0.002
    ahead = np.where((back == -1) & (months >= 10), 0.06, 0.02 * 0.7 ** np.clip(-back, 0, 60) + 1e-5)
    shares = np.select([back == 0, back == 1, back >= 2], [this, last, history], default=ahead)
    return day_axis().by_month(np.log(shares))


def year_current(year: int, *, sure: float, early: bool = False) -> LogLikelihood:
    """The year of an event of these days: with probability `sure` the page's, else the last or the next.

    Of an event at the beginning of a year (`early`), papers speak from November before it on.
    """
    years, months = day_axis().calendar()
    back = years + (early & (months >= 11)) - year
    ahead = np.where(months >= 9, 0.4, 0.02) * (1 - sure)
    shares = np.select([back == 0, back == 1, back == -1], [sure, 0.5 * (1 - sure), ahead], default=1e-4)
    return day_axis().by_month(np.log(shares))


def year_planned(year: int) -> LogLikelihood:
    """A year spoken of as to come: it is not behind the page."""
    ahead = year - day_axis().calendar()[0]
    shares = np.select(
        [ahead < 0, ahead == 0], [0.03, 0.3], default=0.25 * 0.9 ** np.clip(ahead, 0, 60) + 0.002
    )
    return day_axis().by_month(np.log(shares))


def window(occurrences: list[int], *, before: int, after: int, share: float) -> LogLikelihood:
    """A page speaks of an occasion mostly from `before` days ahead of it to `after` days behind it."""
    axis = day_axis()
    near = (axis.until(occurrences) <= before) | (axis.since(occurrences) <= after)
    inside = share / max(1, int(near.sum()))
    outside = (1 - share) / max(1, int((~near).sum()))
    return np.asarray(np.where(near, *np.log((inside, outside))) + np.log(near.size))


def around(day: date, *, before: int, after: int, sure: float = 0.9) -> LogLikelihood:
    """One known occasion: printed from `before` days ahead to `after` days behind, nearest most likely."""
    distance = day_axis().ordinals - day.toordinal()
    near = (distance >= -before) & (distance <= after)
    shape = np.where(near, np.exp(-np.abs(distance) / (0.5 * (before + after) + 1)), 0.0)
    remembered = np.where(distance > 0, 1 / (np.maximum(distance, 0) + 30.0) / 6.2, 0.0)
    return np.asarray(np.log(sure * shape / shape.sum() + (1 - sure) * remembered + 1e-9))


def bounded(after: date | None, before: date | None) -> LogLikelihood:
    """Words that came up at a time, and perhaps went out of use: fading slowly in between."""
    ordinals = day_axis().ordinals
    log = np.zeros(ordinals.size)
    if after is not None:
        distance = ordinals - after.toordinal()
        log += np.where(distance < 0, -5.0, -np.clip(distance, 0, FAR) / 2500.0)
    if before is not None:
        log += np.where(ordinals > before.toordinal(), -2.5, 0.0)
    return log


def in_months(months: tuple[int, ...], *, share: float) -> LogLikelihood:
    """Words of a season."""
    inside = np.isin(day_axis().calendar()[1], months)
    shares = np.where(inside, share * 12 / len(months), (1 - share) * 12 / (12 - len(months)))
    return day_axis().by_month(np.log(shares))


def on_weekday(since: Days, weekday: int) -> LogLikelihood:
    """A month and day given with its day of the week (Monday is 0)."""
    fits = (day_axis().ordinals - since - 1) % 7 == weekday
    return np.asarray(np.where(fits, 0.0, -4.0))


def _up_to(distances: Days) -> Days:
    """0, 1, … to the longest of the distances: what depends on them alone is computed once for each."""
    return np.arange(distances.max() + 1)


def _seen_from(day: date, log: Callable[..., LogLikelihood], *shape: float) -> LogLikelihood:
    """What `log` says of the distance from `day` to each day of the axis.

    From a day of the axis it is a part of what is said of all distances on it, which is kept.
    """
    ordinals = day_axis().ordinals
    start = int(ordinals[-1]) - day.toordinal()
    if 0 <= start < ordinals.size:
        return _of_all_distances(log, *shape)[start : start + ordinals.size]
    return log(ordinals - day.toordinal(), *shape)


@lru_cache(maxsize=8)
def _of_all_distances(log: Callable[..., LogLikelihood], *shape: float) -> LogLikelihood:
    reach = day_axis().ordinals.size - 1
    found = log(np.arange(-reach, reach + 1), *shape)
    found.flags.writeable = False
    return found


def _from_table(distance: Days, shares: tuple[float, ...], *, tail: int) -> NDArray[np.float64]:
    """The share at each distance; what the table leaves over falls off over the `tail` days after it."""
    rest = 1.0 - sum(shares)
    weights = np.arange(tail, 0, -1, dtype=np.float64)
    table = np.concatenate((shares, rest * weights / weights.sum(), [0.0]))
    return np.asarray(table[np.minimum(distance, table.size - 1)])
