"""Lays two texts side by side and tells whether they are one text, whatever scanning did to it.

What sets a reprint apart from an article written anew by an old pattern is *how* the two differ. Scanning
changes single characters anywhere; an editor cuts whole passages, the opening and the end; a pattern filled
in anew changes words, names and figures in its slots and leaves what lies between untouched.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from corpus.reprint_candidates import is_unspaced
from corpus.rewriting import displaced, exchanged_throughout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapidfuzz.distance import MatchingBlock

_FIGURE: Final = re.compile(r"[0-9]+")
_NUMERAL: Final = re.compile(r"[〇零一二两三四五六七八九十百千万亿]+")
_CUT: Final = 12
"""Characters on one side alone, from which on a difference is a passage that was cut."""
_LOSS: Final = 2
"""What a differing character takes from a core, in which an equal one counts 1."""
_RELATED: Final = {True: 0.3, False: 0.6}
"""Share of equal characters, in scripts without spaces and in others, that unrelated words don't reach."""
_BLURRED: Final = {True: 0.5, False: 0.6}
"""Share of equal characters above which what lies beside a core is the same, only misread worse."""
_EXTENDED: Final = 0.3
"""Share of the shorter text that a core spans before what lies beside it is looked at: chance cores don't."""
_NEAR: Final = {True: 1, False: 2}
"""Equal characters in a row that two other words have by chance."""


class Run(NamedTuple):
    """Letters in a row that are equal in both texts, or differ: `size` of the longer side.

    Digits are not among them: numbers are filled in anew more often than words, and are counted apart.
    """

    size: int
    equal: bool


@dataclass(frozen=True)
class Alignment:
    """How two texts differ within their core, the stretch that both have but for scanning and slots.

    Attributes
    ----------
    runs
        The core, as runs of equal and differing characters; passages that one of them lacks are left out.
    covered
        Share of one text, its opening (headline, dateline) not counted, that the other has in the core, less
        the share that it has in another place; of the one that is shorter without the opening. Of a core
        that can't cover what was asked for, the most that it could.
    whole
        The same with the opening counted.
    own_opening
        Characters before the core, of the text that has fewer there.
    unspaced
        Whether it is a script without spaces.
    figures
        Lengths of the numbers in the core that both have.
    changed
        Lengths of the numbers of the core that are others in the other text, the longer of both.
    edits
        How many of their digits differ.
    numerals
        In how many places of the core each text has another number written in Chinese numerals.
    renamed
        How many words of the core are the same other word wherever they stand.
    """

    runs: tuple[Run, ...]
    covered: float
    whole: float
    own_opening: int
    unspaced: bool
    figures: tuple[int, ...]
    changed: tuple[int, ...]
    edits: tuple[int, ...]
    numerals: int
    renamed: int

    @property
    def length(self) -> int:
        """Characters of the core."""
        return sum(run.size for run in self.runs)


class _Stretch(NamedTuple):
    """A stretch of the alignment: where it is in both texts, how long, and what it is worth to a core."""

    start: int
    end: int
    other_start: int
    other_end: int
    size: int
    worth: int

    def swapped(self) -> _Stretch:
        """The same stretch, seen from the other text."""
        return _Stretch(self.other_start, self.other_end, self.start, self.end, self.size, self.worth)


def far_apart(one: str, other: str, *, coverage: float, opening: int) -> bool:
    """Whether less than `coverage` of the shorter text, its opening not counted, can stand in the other.

    It is far quicker than `align`.
    """
    from rapidfuzz.distance import Levenshtein

    shorter, longer = sorted((len(one), len(other)))
    own = _forgiven(shorter, opening)
    most = int(longer - coverage * (shorter - own)) + own
    return Levenshtein.distance(one, other, score_cutoff=most) > most


def align(one: str, other: str, *, opening: int, least: float = 0.0) -> Alignment:
    """Align two texts (without spaces and punctuation) by their fewest edits; the first is the shorter.

    Parameters
    ----------
    one, other
        The texts.
    opening
        How many characters at the beginning of the shorter may lie outside the core at no cost.
    least
        The share that the core must cover for the differences to be told; below it they are left empty.
    """
    from rapidfuzz.distance import Levenshtein

    unspaced = is_unspaced(one)
    blocks = Levenshtein.opcodes(one, other).as_matching_blocks()
    inside = _core(blocks, related=_RELATED[unspaced], blurred=_BLURRED[unspaced])
    if inside is None:
        return Alignment((), 0.0, 0.0, len(one), unspaced, (), (), (), 0, 0)
    at_most = _reach(one, other, inside, opening=opening)
    if at_most < least:
        return Alignment((), at_most, at_most, inside.own_opening, unspaced, (), (), (), 0, 0)
    core = _stretches(blocks[inside.first : inside.last + 1], inside.start, inside.other_start)
    if _remainder(other, core[0].other_start, opening) < _remainder(one, core[0].start, opening):
        swapped = [each.swapped() for each in core]
        covered, whole = _coverage(other, one, swapped, opening=opening, unspaced=unspaced, least=least)
    else:
        covered, whole = _coverage(one, other, core, opening=opening, unspaced=unspaced, least=least)
    own_opening = min(core[0].start, core[0].other_start)
    if covered < least:
        return Alignment((), covered, whole, own_opening, unspaced, (), (), (), 0, 0)
    changed, edits, kept = _figures(one, other, core)
    differences = _differences(one, other, core, near=_NEAR[unspaced])
    return Alignment(
        runs=_runs(one, other, core),
        covered=covered,
        whole=whole,
        own_opening=own_opening,
        unspaced=unspaced,
        figures=kept,
        changed=changed,
        edits=edits,
        numerals=sum(bool(_NUMERAL.fullmatch(a) and _NUMERAL.fullmatch(b)) for a, b in differences),
        renamed=exchanged_throughout(differences, one, other, unspaced=unspaced),
    )


def _remainder(text: str, begin: int, opening: int) -> int:
    """Characters of a text without its own opening, if the core starts at `begin`."""
    return len(text) - min(begin, _forgiven(len(text), opening))


def _coverage(
    one: str, other: str, core: Sequence[_Stretch], *, opening: int, unspaced: bool, least: float
) -> tuple[float, float]:
    """Shares of `one` that `other` has in the core: without and with its opening.

    What stands in another place is not looked for where the first is below `least` without it.
    """
    begin, end = core[0].start, core[-1].end
    lacking = [one[each.start : each.end] for each in core if not each.size] + [one[end:]]
    there = end - begin - sum(map(len, lacking[:-1]))
    remainder = max(1, _remainder(one, begin, opening))
    if there / remainder >= least:
        there -= displaced(lacking, other, unspaced=unspaced)
    return there / remainder, there / max(1, len(one))


def _differences(one: str, other: str, core: Sequence[_Stretch], *, near: int) -> list[tuple[str, str]]:
    """What stands in the same place of both texts and differs; with chance equals between, as one."""
    joined: list[_Stretch] = []
    for each in core:
        if each.worth > 0 or not each.size:
            continue
        if joined and each.start - joined[-1].end <= near and each.other_start - joined[-1].other_end <= near:
            joined[-1] = joined[-1]._replace(end=each.end, other_end=each.other_end)
        else:
            joined.append(each)
    return [(one[each.start : each.end], other[each.other_start : each.other_end]) for each in joined]


def _stretches(blocks: Sequence[MatchingBlock], start: int, other_start: int) -> list[_Stretch]:
    """Equal stretches, worth their size, and differing ones, which cost, in turn; from a place in both."""
    found: list[_Stretch] = []
    for block in blocks:
        begin, other_begin, size = block.a, block.b, block.size
        if begin > start or other_begin > other_start:
            cost, counted = _cost(begin - start, other_begin - other_start)
            found.append(_Stretch(start, begin, other_start, other_begin, counted, -cost))
        start, other_start = begin + size, other_begin + size
        if size:
            found.append(_Stretch(begin, start, other_begin, other_start, size, size))
    return found


def _cost(mine: int, theirs: int) -> tuple[int, int]:
    """What a differing stretch of so many characters in both texts costs a core, and how many it counts.

    A passage that was cut has no size and a fixed cost.
    """
    small, large = (mine, theirs) if mine < theirs else (theirs, mine)
    if large - small >= _CUT and small * 3 < large:
        return _CUT, 0
    return _LOSS * large, large


class _Inside(NamedTuple):
    """Where a core is: its first and last block, where it begins in both texts, where it ends."""

    first: int
    last: int
    start: int
    other_start: int
    end: int
    other_end: int

    @property
    def own_opening(self) -> int:
        """Characters before it, of the text that has fewer there."""
        return min(self.start, self.other_start)


def _core(blocks: Sequence[MatchingBlock], *, related: float, blurred: float) -> _Inside | None:
    """The blocks in a row with the greatest sum of equal characters less `_LOSS` times those between them.

    What stands before them belongs to them if it has more than the share `related` of equal characters: a
    headline has none but by chance, a pattern's opening has its own words. Else as much as has more than the
    share `blurred`, and so behind them, if they span the share `_EXTENDED` of a text: misreading comes in
    heaps. None where nothing is equal.
    Most texts that are aligned have nothing to do with each other, and hundreds of blocks of a letter or two.
    """
    best, found = 0, None
    start = other_start = total = first = equal = length = before_equal = before_length = 0
    for place, block in enumerate(blocks):
        begin, other_begin, size = block.a, block.b, block.size
        mine, theirs = begin - start, other_begin - other_start
        if mine or theirs:
            total -= _cost(mine, theirs)[0]
            length += mine if mine > theirs else theirs
        if total <= 0:
            total, first, before_equal, before_length = 0, place, equal, length
        start, other_start = begin + size, other_begin + size
        total, equal, length = total + size, equal + size, length + size
        if total > best:
            best, found = total, (first, place, before_equal, before_length)
    if found is None:
        return None
    first, last, before_equal, before_length = found
    spans = blocks[last].a + blocks[last].size - blocks[first].a
    extended = spans >= _EXTENDED * min(blocks[-1].a, blocks[-1].b)
    if extended:
        last += _farthest([(each.a, each.b, each.size) for each in blocks[last:]], blurred)
    end, other_end = blocks[last].a + blocks[last].size, blocks[last].b + blocks[last].size
    if before_equal > related * before_length:
        return _Inside(0, last, 0, 0, end, other_end)
    if extended:
        backwards = [(-each.a - each.size, -each.b - each.size, each.size) for each in blocks[first::-1]]
        first -= _farthest(backwards, blurred)
    return _Inside(first, last, blocks[first].a, blocks[first].b, end, other_end)


def _farthest(blocks: Sequence[tuple[int, int, int]], least: float) -> int:
    """The last block up to which more than the share `least` of what follows the first is equal."""
    farthest = equal = length = 0
    for place, (before, (start, other_start, size)) in enumerate(pairwise(blocks), 1):
        mine, theirs = start - before[0] - before[2], other_start - before[1] - before[2]
        length += max(mine, theirs) + size
        equal += size
        if equal > least * length:
            farthest = place
    return farthest


def _reach(one: str, other: str, inside: _Inside, *, opening: int) -> float:
    """The share that a core covers at most, of the text that is shorter without its opening."""
    mine, theirs = _remainder(one, inside.start, opening), _remainder(other, inside.other_start, opening)
    if theirs < mine:
        return (inside.other_end - inside.other_start) / max(1, theirs)
    return (inside.end - inside.start) / max(1, mine)


def _forgiven(length: int, opening: int) -> int:
    """Characters of an opening that need not stand in the other text, of a text of this length."""
    return min(opening, length // 3)


def _runs(one: str, other: str, core: Sequence[_Stretch]) -> tuple[Run, ...]:
    """The letters of a core; a passage that one text lacks is none."""
    runs = []
    for each in core:
        mine = len(_FIGURE.sub("", one[each.start : each.end]))
        theirs = len(_FIGURE.sub("", other[each.other_start : each.other_end]))
        if each.size and max(mine, theirs):
            runs.append(Run(max(mine, theirs), each.worth > 0))
    return tuple(runs)


def _figures(
    one: str, other: str, core: Sequence[_Stretch]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Lengths of the numbers that changed in the core, how many digits differ, and lengths of the others.

    A number of which no digit is left was misread as letters, and is among the letters that differ.
    """
    from rapidfuzz.distance import Levenshtein

    changed: list[int] = []
    edits: list[int] = []
    kept: list[int] = []
    for mine, theirs in _numbers(one, other, core):
        if mine == theirs:
            kept.append(len(mine))
        elif theirs:
            changed.append(max(len(mine), len(theirs)))
            edits.append(Levenshtein.distance(mine, theirs))
    return tuple(changed), tuple(edits), tuple(kept)


def _numbers(one: str, other: str, core: Sequence[_Stretch]) -> Iterator[tuple[str, str]]:
    """The digits of each number of the core in the first text, and those in its place in the other.

    A number that misreading broke in one text, and not in the other, is one.
    """
    begin = end = low = high = -1
    for found in _FIGURE.finditer(one, core[0].start, core[-1].end):
        start, stop = _across(found.start(), found.end(), other, core)
        if end >= 0 and start < high:
            end, high = found.end(), max(high, stop)
            continue
        if end >= 0:
            yield _digits(one[begin:end]), _digits(other[low:high])
        begin, end, low, high = found.start(), found.end(), start, stop
    if end >= 0:
        yield _digits(one[begin:end]), _digits(other[low:high])


def _digits(text: str) -> str:
    return "".join(_FIGURE.findall(text))


def _across(start: int, end: int, other: str, core: Sequence[_Stretch]) -> tuple[int, int]:
    """Where in `other` the place of a number of the first text begins and ends, with the digits beside it."""
    first = bisect_right(core, start, key=lambda each: each.start) - 1
    last = bisect_left(core, end, key=lambda each: each.end)
    begin, close = core[first], core[min(last, len(core) - 1)]
    low = begin.other_start + (start - begin.start if begin.worth > 0 else 0)
    high = close.other_end - (close.end - end if close.worth > 0 else 0)
    while low > 0 and other[low - 1].isdecimal():
        low -= 1
    while high < len(other) and other[high].isdecimal():
        high += 1
    return low, high
