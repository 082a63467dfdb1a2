"""The day a page was printed: read where it is printed, else inferred from all that the page says.

A printed date (a masthead, a web page's date line) or the range of days of a weekly holds; then a date in
the file's name; then the date given for the run. Otherwise every cue on the page (`cues`, `time_words`) gives
each day a likelihood, and their product, under a flat prior from 1850 to 2049, gives an interval of at most
31 days. Where the page doesn't tell its year, no such interval holds enough of the probability, and the page
has no date.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from corpus.dating.cues import find_day_cues
from corpus.dating.day_axis import day_axis
from corpus.dating.given import GivenDate
from corpus.dating.lag import LogLikelihood
from corpus.dating.printed import find_printed_date, read_file_name
from corpus.dating.printed_ranges import find_printed_range
from corpus.dating.reader import Cue
from corpus.dating.time_words import find_time_words

LONGEST_INTERVAL: Final = 31
"""Days of the longest interval that is given."""
LONGEST_FOR_A_DAY: Final = 10
"""Days of the longest interval for which the likeliest day is given as the page's date."""
SURE: Final = 0.9
"""Probability that the interval is to hold."""
ENOUGH: Final = 0.5
"""Probability that an interval of the longest length must hold to be given at all."""
MOST_TEXT: Final = 200_000
"""Characters of a page that are read for its date: several times the longest page of a newspaper."""
_TEMPER: Final = 0.5
"""Cues of one page are not independent; within the interval their joint weight is halved, which widens it."""
_SHORTEST: Final = 3
_MOST_EVIDENCE: Final = 5


@dataclass(frozen=True)
class Publication:
    """When a page was printed.

    Attributes
    ----------
    date
        The ISO date: as printed or given; of an inferred interval of at most ten days, its likeliest day.
    start, end
        The interval that publication lies in; None if nothing is known.
    basis
        One of `corpus.schema.DATE_BASES`.
    evidence
        The words it was read from.
    """

    date: str | None
    start: str | None
    end: str | None
    basis: str
    evidence: str | None


def find_publication(text: str, *, name: str = "", given: GivenDate | None = None) -> Publication:
    """Find when the page with this text and file name was printed.

    Parameters
    ----------
    text
        The whole page.
    name
        The file's name, with its folders.
    given
        The date given for the run, for pages that don't say.
    """
    printed, ranged = find_printed_date(text), find_printed_range(text)
    if ranged and (printed is None or ranged.first <= printed.day <= ranged.last):
        return Publication(
            ranged.day.isoformat(), ranged.first.isoformat(), ranged.last.isoformat(), "printed", ranged.words
        )
    if printed:
        return _known(printed.day, "printed", printed.words)
    if named := read_file_name(name):
        return _known(named.day, "file name", named.words)
    if given is not None:
        return Publication(given.day, given.start, given.end, "metadata", "given for the run")
    return infer_publication(text)


def infer_publication(text: str) -> Publication:
    """Infer the interval in which a page was printed from its first MOST_TEXT characters."""
    read = text[:MOST_TEXT]
    cues = _distinct(chain(find_day_cues(read), find_time_words(read)))
    if not cues:
        return Publication(None, None, None, "none", None)
    log = np.sum([cue.log for cue in cues], axis=0)
    found = _interval(log)
    if found is None:
        return Publication(None, None, None, "none", None)
    first, last = found
    best = first + int(log[first : last + 1].argmax())
    day = _iso(best) if last - first + 1 <= LONGEST_FOR_A_DAY else None
    return Publication(day, _iso(first), _iso(last), "inferred", _evidence(cues, best))


def _known(day: datetime.date, basis: str, words: str) -> Publication:
    iso = day.isoformat()
    return Publication(iso, iso, iso, basis, words)


def _distinct(cues: Iterable[Cue]) -> list[Cue]:
    """One cue for each thing said; a year that is named again and again counts up to twice."""
    counts: Counter[tuple[object, ...]] = Counter()
    best: dict[tuple[object, ...], Cue] = {}
    for cue in cues:
        counts[cue.key] += 1
        held = best.get(cue.key)
        if held is None or (cue.log is not held.log and cue.sharpness > held.sharpness):
            best[cue.key] = cue
    weights = {key: min(2.0, counts[key] ** 0.5) if key[0] == "year" else 1.0 for key in best}
    return [Cue(cue.words, weights[key] * cue.log, key) for key, cue in best.items()]


def _interval(log: LogLikelihood) -> tuple[int, int] | None:
    """The best run of LONGEST_INTERVAL days, if it holds ENOUGH, cut to the part that holds SURE of it."""
    start, held = _best_run(log, LONGEST_INTERVAL)
    at_the_edge = start == 0 or start + LONGEST_INTERVAL == log.size
    if held < ENOUGH or at_the_edge:
        return None
    inside = _TEMPER * log[start : start + LONGEST_INTERVAL]
    for length in range(_SHORTEST, LONGEST_INTERVAL + 1):
        first, held = _best_run(inside, length)
        if held >= SURE:
            return start + first, start + first + length - 1
    return start, start + LONGEST_INTERVAL - 1


def _best_run(log: LogLikelihood, length: int) -> tuple[int, float]:
    """Where the run of `length` days with most probability begins, and that probability."""
    probability = np.exp(log - log.max())
    total = np.concatenate(([0.0], np.cumsum(probability / probability.sum())))
    held = total[length:] - total[:-length]
    first = int(held.argmax())
    return first, float(held[first])


def _evidence(cues: list[Cue], best: int) -> str:
    """The words that speak most for the likeliest day."""
    ranked = sorted(
        cues, key=lambda cue: (-float(cue.log[best] - np.log(np.mean(np.exp(cue.log)))), cue.words)
    )
    words = list(dict.fromkeys(" ".join(cue.words.split()) for cue in ranked))
    return "inferred from " + "; ".join(words[:_MOST_EVIDENCE])


def _iso(place: int) -> str:
    return datetime.date.fromordinal(int(day_axis().ordinals[place])).isoformat()
