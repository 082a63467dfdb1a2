"""Finds articles that were printed more than once, though headlines change, tails are cut and scans are poor.

Texts are compared in their simplified, lower-case form without punctuation. `corpus.reprint_candidates`
proposes pairs, `corpus.alignment` lays each side by side, and *how* it differs decides (`corpus.slots`): what
is written anew by an old pattern (a yearly notice, a weather report) has its words but other names and
numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from hashlib import blake2b
from itertools import chain, pairwise, product
from math import sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from corpus.alignment import Alignment, align, far_apart
from corpus.dating.expressions import western_figures
from corpus.reprint_candidates import CandidateOptions, propose_pairs
from corpus.schema import ARTICLE_ID, DATE, DATE_START, TEXT, require_columns
from corpus.slots import judge
from corpus.texts import Selection, Texts
from corpus.workers import each_in_order

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from opencc import OpenCC

_NOT_WORD: Final = re.compile(r"[\W_]+")
_BATCH: Final = 50
_FEWEST_PAIRS: Final = 20_000
"""Pairs from which on a second process is done sooner than it starts."""


@dataclass(frozen=True)
class ReprintOptions:
    """When two articles count as one text.

    Attributes
    ----------
    covered
        Share of the shorter text, its opening not counted, that the part which both have must span.
    opening
        Most characters of an opening (headline, dateline, byline); never more than a third of the text.
    possible
        Share of the shorter text that must stand in the longer for the two to be aligned.
    least_length
        Length of the shorter text over that of the longer, below which it is a quotation and no reprint.
    evidence
        Log-likelihood by which a pattern filled in anew must be likelier than a reprint to be preferred.
    evidence_of_twin
        The same where a third text has been found to be one with both.
    renamed
        What each word adds to it that is the same other word wherever it stands.
    own_opening
        What an opening of `opening` characters adds to it that both have of their own; a shorter one adds
        as much less. Reprints get another headline, but they keep the lead.
    late, late_length, late_whole
        Days from which on a text that comes back must be the same but for scanning, no other word or number
        in it, as long as this, and with this share of the shorter in the longer, its opening counted.
        Patterns come back with the season, reprints within weeks.
    candidates
        Which pairs are compared.
    """

    covered: float = 0.8
    opening: int = 60
    possible: float = 0.6
    least_length: float = 0.3
    evidence: float = 1.0
    evidence_of_twin: float = 2.0
    renamed: float = 4.0
    own_opening: float = 2.0
    late: int = 60
    late_length: int = 150
    late_whole: float = 0.85
    candidates: CandidateOptions = field(default_factory=CandidateOptions)


class Sameness(NamedTuple):
    """Whether two texts are one, printed soon after each other, or so late that a pattern is likelier."""

    soon: bool
    late: bool


_OTHER: Final = Sameness(soon=False, late=False)


def find_reprints(
    articles: pd.DataFrame, *, options: ReprintOptions | None = None, workers: int | None = None
) -> pd.Series[str]:
    """For each article the `article_id` of the first print of its text, missing for the first itself.

    The first of a family is the earliest by date (articles without a date come last), then by `article_id`.

    Parameters
    ----------
    articles
        A table with `article_id`, `text`, `date` and `date_start`.
    options
        When two articles count as one text.
    workers
        Processes that compare pairs; by default one a core where there are very many pairs, else this one
        alone. The result is the same.

    Returns
    -------
    pandas.Series
        Ids on the index of `articles`.
    """
    require_columns(articles, (ARTICLE_ID, TEXT, DATE, DATE_START), name="the article table")
    texts = [plain_text(text) for text in articles[TEXT]]
    first = trace_reprints(articles, texts, options=options, workers=workers)
    ids = articles[ARTICLE_ID].tolist()
    named = [ids[original] if original >= 0 else None for original in first.tolist()]
    return pd.Series(named, index=articles.index, dtype="str")


def trace_reprints(
    printed: pd.DataFrame,
    texts: Texts,
    *,
    options: ReprintOptions | None = None,
    workers: int | None = None,
    known: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """For each article the place of the first print of its text, -1 for the first itself.

    Parameters
    ----------
    printed
        A table with `article_id`, `date` and `date_start`.
    texts
        The `plain_text` of each; they are read one by one, several times, and not held.
    options, workers
        As for `find_reprints`.
    known
        What was found of so many articles at the head of the table when they were all there were. It stays,
        and they count as printed before the others, so that a family keeps the id that it has.
    """
    chosen = options or ReprintOptions()
    before = np.empty(0, dtype=np.int64) if known is None else known
    order = _by_day(printed, len(before))
    dates = pd.to_datetime(printed[DATE], errors="coerce").to_numpy()[order]
    twins = _twins(Selection(texts, order), dates, chosen, workers)
    found = _first_prints(len(order), twins, _in_order(before, order))
    first = np.full(len(order), -1, dtype=np.int64)
    for place, original in enumerate(found):
        if original is not None:
            first[order[place]] = order[original]
    return first


def _by_day(printed: pd.DataFrame, n_known: int) -> NDArray[np.int64]:
    """The places of the articles by date, then by id; those without a date last, the known before all."""
    days = printed[DATE].fillna(printed[DATE_START]).fillna("9999").tolist()
    ids = printed[ARTICLE_ID].tolist()
    places = sorted(range(len(ids)), key=lambda place: (place >= n_known, days[place], ids[place]))
    return np.array(places, dtype=np.int64)


def _in_order(known: NDArray[np.int64], order: NDArray[np.int64]) -> list[int | None]:
    """What is known of the articles at the head, in the order of their days."""
    where = {int(place): position for position, place in enumerate(order[: len(known)])}
    firsts = (int(known[place]) for place in order[: len(known)])
    return [where[first] if first >= 0 else None for first in firsts]


def _twins(
    texts: Texts, dates: Sequence[np.datetime64], options: ReprintOptions, workers: int | None
) -> dict[int, set[int]]:
    """For each article the articles that are one text with it."""
    groups = _equal_texts(texts, options.candidates.shortest)
    leaders = Selection(texts, groups.first())
    repeated = np.flatnonzero(groups.sizes() > 1)
    proposed = propose_pairs(leaders, options=options.candidates)
    pairs = np.concatenate([np.stack([repeated, repeated], axis=1), proposed])
    found = _same(leaders, pairs, options, workers)
    shared = _by_a_twin(found)
    found |= _same(leaders, shared, replace(options, evidence=options.evidence_of_twin), workers)
    twins: dict[int, set[int]] = defaultdict(set)
    for (one, other), late in found.items():
        for first, second in _worth_comparing(groups.of(one), groups.of(other)):
            apart = abs(dates[first] - dates[second]) >= np.timedelta64(options.late, "D")
            if late or not apart:
                twins[first].add(second)
                twins[second].add(first)
    return twins


def _same(
    texts: Texts, pairs: NDArray[np.int64], options: ReprintOptions, workers: int | None
) -> dict[tuple[int, int], bool]:
    """The pairs of places in `texts` that are one text, and whether they are also when printed late."""
    batches = (
        [(texts[one], texts[other]) for one, other in pairs[start : start + _BATCH].tolist()]
        for start in range(0, len(pairs), _BATCH)
    )
    judge_batch = partial(_judge_batch, options=options)
    chosen = 1 if workers is None and len(pairs) < _FEWEST_PAIRS else workers
    count = -(-len(pairs) // _BATCH)
    verdicts = chain.from_iterable(each_in_order(judge_batch, batches, count=count, workers=chosen))
    return {
        (one, other): late
        for (one, other), (soon, late) in zip(pairs.tolist(), verdicts, strict=True)
        if soon
    }


def _by_a_twin(same: Mapping[tuple[int, int], bool]) -> NDArray[np.int64]:
    """Pairs of a text and the first that is one with a twin of it, where it isn't known that they are one.

    At most two for each pair that is one, however large a family is.
    """
    first: dict[int, int] = {}
    for one, other in same:
        for text in (one, other):
            first[text] = min(first.get(text, one), one)
    found = {
        tuple(sorted(pair)) for one, other in same for pair in ((first[one], other), (first[other], one))
    }
    wanted = sorted(pair for pair in found - set(same) if pair[0] != pair[1])
    return np.array(wanted, dtype=np.int64).reshape(-1, 2)


class _Groups(NamedTuple):
    """Places in groups, as two arrays: group after group, and where each begins, with the end of the last."""

    places: NDArray[np.int64]
    starts: NDArray[np.int64]

    def of(self, group: int) -> list[int]:
        """The places of a group."""
        found: list[int] = self.places[self.starts[group] : self.starts[group + 1]].tolist()
        return found

    def first(self) -> NDArray[np.int64]:
        """The first place of each group."""
        return self.places[self.starts[:-1]]

    def sizes(self) -> NDArray[np.int64]:
        """How many places each group has."""
        return np.diff(self.starts)


def _equal_texts(texts: Texts, shortest: int) -> _Groups:
    """The places of each text of at least `shortest` characters, in the order of their first places."""
    digests = np.zeros((len(texts), 2), dtype=np.uint64)
    long_enough = np.zeros(len(texts), dtype=bool)
    for place, text in enumerate(texts):
        data = text.encode("utf-8", "surrogatepass")
        digests[place] = np.frombuffer(blake2b(data, digest_size=16).digest(), dtype=np.uint64)
        long_enough[place] = len(text) >= shortest
    places = np.flatnonzero(long_enough)
    _, first, group = np.unique(digests[places], axis=0, return_index=True, return_inverse=True)
    leader = first[group.ravel()]
    order = np.argsort(leader, kind="stable")
    starts = np.flatnonzero(np.diff(leader[order], prepend=-1))
    return _Groups(places[order], np.append(starts, len(order)))


def _judge_batch(batch: Sequence[tuple[str, str]], *, options: ReprintOptions) -> list[Sameness]:
    return [same_text(one, other, options=options) for one, other in batch]


def _worth_comparing(one: Sequence[int], other: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs across two groups of equal texts: those next to each other in time, and all with the first."""
    pairs = {*pairwise(sorted({*one, *other})), *product(one[:1], other), *product(other[:1], one)}
    across = {
        (min(pair), max(pair)) for pair in pairs if one == other or (pair[0] in one) != (pair[1] in one)
    }
    return sorted(pair for pair in across if pair[0] != pair[1])


def _first_prints(count: int, twins: Mapping[int, set[int]], known: Sequence[int | None]) -> list[int | None]:
    """For each article, in order, the earliest of its twins that is no reprint itself; None if there is none.

    Twins are not passed on: a twin's twin, which may share less and less, is judged by itself.
    """
    found: list[int | None] = [*known, *([None] * (count - len(known)))]
    for place in range(len(known), count):
        originals = [twin for twin in twins.get(place, ()) if twin < place and found[twin] is None]
        found[place] = min(originals, default=None)
    return found


def same_text(one: str, other: str, *, options: ReprintOptions) -> Sameness:
    """Whether two plain texts are one: cut, with another opening or misread, but not written anew."""
    shorter, longer = sorted((one, other), key=lambda text: (len(text), text))
    long_enough = len(shorter) >= options.late_length
    if one == other:
        return Sameness(soon=True, late=long_enough)
    if len(shorter) < options.least_length * len(longer):
        return _OTHER
    if far_apart(shorter, longer, coverage=options.possible, opening=options.opening):
        return _OTHER
    found = align(shorter, longer, opening=options.opening, least=options.covered)
    if found.covered < options.covered:
        return _OTHER
    verdict = judge(
        found.runs,
        unspaced=found.unspaced,
        kept=found.figures,
        changed=found.changed,
        edits=found.edits,
    )
    if verdict.evidence + _rewriting(found, options) > options.evidence:
        return _OTHER
    same_words = verdict.any_slot <= 0 and not _other_figures(found, verdict.noise)
    return Sameness(soon=True, late=long_enough and same_words and found.whole >= options.late_whole)


def _rewriting(found: Alignment, options: ReprintOptions) -> float:
    """What words exchanged throughout and a lead of its own add to the evidence for a pattern."""
    opening = min(1.0, found.own_opening / max(1, options.opening))
    return options.renamed * found.renamed + options.own_opening * opening


def _other_figures(found: Alignment, noise: float) -> bool:
    """Whether more numbers differ than scanning explains (by 2.5 errors)."""
    chances = [1 - (1 - noise) ** length for length in (*found.figures, *found.changed)]
    expected = sum(chances) + 2.5 * sqrt(sum(chance * (1 - chance) for chance in chances))
    return len(found.changed) + found.numerals > expected


def plain_text(text: str) -> str:
    """A text as it is compared: simplified characters, lower case, numbers in digits, letters alone."""
    return _NOT_WORD.sub("", western_figures(_converter().convert(text))).lower()


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
