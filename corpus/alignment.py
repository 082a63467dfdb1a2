"""Lays two texts side by side and tells whether they are one text, whatever scanning did to it.

What sets a reprint apart from an article written anew by an old pattern is *how* the two differ. Scanning
changes single characters anywhere; an editor cuts whole passages, the opening and the end; a pattern filled
in anew changes words, names and figures in its slots and leaves what lies between untouched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from corpus.reprint_candidates import is_unspaced
from corpus.rewriting import displaced, exchanged_throughout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapidfuzz.distance import MatchingBlock

_FIGURE: Final = re.compile(r"[0-9]+")
_NUMERAL: Final = re.compile(r"[0-9〇零一二两三四五六七八九十百千万亿]")
_CUT: Final = 12
"""Characters on one side alone, from which on a difference is a passage that was cut."""
_LOSS: Final = 2
"""What a differing character takes from a core, in which an equal one counts 1."""
_RELATED: Final = {True: 0.3, False: 0.6}
"""Share of equal characters, in scripts without spaces and in others, that unrelated words don't reach."""
_NEAR: Final = {True: 1, False: 2}
"""Equal characters in a row that two other words have by chance."""


class Run(NamedTuple):
    """Characters in a row that are equal in both texts, or differ: `size` of the longer side."""

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
        Share of the shorter text, its opening (headline, dateline) not counted, that the other has in the
        core, less the share that it has in another place.
    whole
        The same with the opening counted.
    own_opening
        Characters before the core, of the text that has fewer there.
    unspaced
        Whether it is a script without spaces.
    figures
        Lengths of the numbers in the core that both have.
    changed
        How many numbers of the core are others in the other text.
    renamed
        How many words of the core are the same other word wherever they stand.
    """

    runs: tuple[Run, ...]
    covered: float
    whole: float
    own_opening: int
    unspaced: bool
    figures: tuple[int, ...]
    changed: int
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


def far_apart(one: str, other: str, *, coverage: float, opening: int) -> bool:
    """Whether less than `coverage` of the shorter text, its opening not counted, can stand in the other.

    It is far quicker than `align`.
    """
    from rapidfuzz.distance import Levenshtein

    shorter, longer = sorted((len(one), len(other)))
    most = int(longer - coverage * (shorter - _forgiven(shorter, opening)))
    return Levenshtein.distance(one, other, score_cutoff=most) > most


def align(one: str, other: str, *, opening: int) -> Alignment:
    """Align two texts (without spaces and punctuation) by their fewest edits; the first is the shorter.

    `opening` is how many characters at the beginning of the shorter may lie outside the core at no cost.
    """
    from rapidfuzz.distance import Levenshtein

    unspaced = is_unspaced(one)
    stretches = _stretches(Levenshtein.opcodes(one, other).as_matching_blocks())
    core = _core(stretches, related=_RELATED[unspaced])
    if not core:
        return Alignment((), 0.0, 0.0, len(one), unspaced, (), 0, 0)
    begin, end = core[0].start, core[-1].end
    lacking = [one[each.start : each.end] for each in core if not each.size] + [one[end:]]
    there = end - begin - sum(map(len, lacking[:-1])) - displaced(lacking, other, unspaced=unspaced)
    changed, kept = _figures(one, other, core)
    differences = _differences(one, other, core, near=_NEAR[unspaced])
    return Alignment(
        runs=tuple(Run(each.size, each.worth > 0) for each in core if each.size),
        covered=there / max(1, len(one) - min(begin, _forgiven(len(one), opening))),
        whole=there / max(1, len(one)),
        own_opening=min(begin, core[0].other_start),
        unspaced=unspaced,
        figures=kept,
        changed=changed,
        renamed=exchanged_throughout(differences, one, other, unspaced=unspaced),
    )


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


def _stretches(blocks: Sequence[MatchingBlock]) -> list[_Stretch]:
    """Equal stretches, worth their size, and differing ones, which cost; in turn.

    The last block is empty and stands at the end of both texts.
    """
    found: list[_Stretch] = []
    start = other_start = 0
    for block in blocks:
        begin, other_begin, size = block.a, block.b, block.size
        if begin > start or other_begin > other_start:
            found.append(_differing(start, begin, other_start, other_begin))
        start, other_start = begin + size, other_begin + size
        if size:
            found.append(_Stretch(begin, start, other_begin, other_start, size, size))
    return found


def _differing(start: int, end: int, other_start: int, other_end: int) -> _Stretch:
    """A differing stretch; a passage that was cut has no size and a fixed cost."""
    small, large = sorted((end - start, other_end - other_start))
    if large - small >= _CUT and small * 3 < large:
        return _Stretch(start, end, other_start, other_end, 0, -_CUT)
    return _Stretch(start, end, other_start, other_end, large, -_LOSS * large)


def _core(stretches: Sequence[_Stretch], *, related: float) -> Sequence[_Stretch]:
    """The stretches in a row with the greatest sum of equal characters less `_LOSS` times the differing.

    What stands before them belongs to them if it has more than the share `related` of equal characters: a
    headline has none but by chance, a pattern's opening has its own words.
    """
    best, best_ends, total, begin = 0, (0, 0), 0, 0
    for place, each in enumerate(stretches):
        total += each.worth
        if total <= 0:
            total, begin = 0, place + 1
        elif total > best:
            best, best_ends = total, (begin, place + 1)
    before = stretches[: best_ends[0]]
    equal = sum(each.size for each in before if each.worth > 0)
    if equal > related * sum(each.size for each in before):
        return stretches[: best_ends[1]]
    return stretches[best_ends[0] : best_ends[1]]


def _forgiven(length: int, opening: int) -> int:
    """Characters of an opening that need not stand in the other text, of a text of this length."""
    return min(opening, length // 3)


def _figures(one: str, other: str, core: Sequence[_Stretch]) -> tuple[int, tuple[int, ...]]:
    """How many numbers changed in the core, and the lengths of those that stand in an equal stretch."""
    changed, kept = 0, []
    for each in core:
        if each.worth > 0:
            kept += [len(figure) for figure in _FIGURE.findall(one[each.start : each.end])]
            continue
        first = "".join(_NUMERAL.findall(one[each.start : each.end]))
        second = "".join(_NUMERAL.findall(other[each.other_start : each.other_end]))
        changed += bool(first) and bool(second) and first != second
    return changed, tuple(kept)
