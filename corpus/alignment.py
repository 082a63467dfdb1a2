"""Lays two texts side by side and tells whether they are one text, whatever scanning did to it.

What sets a reprint apart from an article written anew by an old pattern is *how* the two differ. Scanning
changes single characters anywhere; an editor cuts whole passages and the opening words; a pattern filled in
anew changes words, names and figures in its slots and leaves what lies between untouched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

_FIGURE: Final = re.compile(r"[0-9]+")
_NUMERAL: Final = re.compile(r"[0-9〇零一二两三四五六七八九十百千万亿]")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_EDGE: Final = 60
"""Most characters at either end in which openings, bylines and closings may differ."""
_SOLID: Final = 8
"""Equal characters in a row with which the text proper begins, and ends; twice as many in an alphabet."""
_CUT: Final = 12
"""Characters on one side alone, from which on a difference is a passage that was cut."""


@dataclass(frozen=True)
class Alignment:
    """How two texts differ, counted in characters.

    Attributes
    ----------
    coverage
        Share of the shorter text, but for its opening words, that stands in the other in the same order.
    length
        Characters of the passages that both have.
    single
        Differing characters that stand alone, as scanning leaves them.
    slots
        Differing characters in runs, as other words leave them; openings and closings do not count.
    by_chance
        What the square of `noise` is multiplied by to give the share of `slots` that misread characters make
        by falling together; it depends on the script.
    figures_kept, figures_changed
        Numbers that both have at the same place, and places where one has another number.
    """

    coverage: float
    length: int
    single: int
    slots: int
    by_chance: float
    figures_kept: int
    figures_changed: int

    @property
    def noise(self) -> float:
        """Share of the aligned characters that were misread, by those that stand alone."""
        return self.single / max(1, self.length)


@dataclass(frozen=True, slots=True)
class _Difference:
    """The ranges of both texts in which they differ."""

    start: int
    end: int
    other_start: int
    other_end: int

    @property
    def sizes(self) -> tuple[int, int]:
        return self.end - self.start, self.other_end - self.other_start


def far_apart(one: str, other: str, *, coverage: float) -> bool:
    """Whether so little is common that `align` can't give a coverage of `coverage`; far quicker than it."""
    from rapidfuzz.distance import Levenshtein

    shorter, longer = sorted((len(one), len(other)))
    most = int(longer - coverage * shorter)
    return Levenshtein.distance(one, other, score_cutoff=most) > most


def align(one: str, other: str) -> Alignment:
    """Align two texts (without spaces and punctuation) by their fewest edits."""
    from rapidfuzz.distance import Levenshtein

    unspaced = len(_UNSPACED.findall(one[:400])) > len(one[:400]) // 4
    least = 2 if unspaced else 4
    differences = _differences(list(Levenshtein.opcodes(one, other)), least)
    start, end = _proper(differences, len(one), _SOLID if unspaced else 2 * _SOLID)
    opening = sum(min(each.sizes) for each in differences if each.end <= start)
    equal = len(one) - sum(each.sizes[0] for each in differences)
    single = slots = changed = length = 0
    for each in differences:
        small, large = sorted(each.sizes)
        if each.end <= start or each.start >= end or (large - small >= _CUT and small * 3 < large):
            continue
        length += large
        single += large if large < least or small == 0 else 0
        slots += large if large >= least and small else 0
        changed += _other_figure(each, one, other)
    return Alignment(
        coverage=equal / max(1, min(len(one), len(other)) - opening),
        length=length + equal,
        single=single,
        slots=slots,
        by_chance=9.0 * least**2,
        figures_kept=_figures_kept(one, differences),
        figures_changed=changed,
    )


def _proper(differences: Sequence[_Difference], length: int, solid: int) -> tuple[int, int]:
    """Where the text proper begins and ends: at the first and last solid stretches, not far from the ends."""
    edges = [(0, 0), *((each.start, each.end) for each in differences), (length, length)]
    solids = [(a[1], b[0]) for a, b in pairwise(edges) if b[0] - a[1] >= solid]
    if not solids:
        return 0, length
    return min(solids[0][0], _EDGE), max(solids[-1][1], length - _EDGE)


def _differences(opcodes: Sequence[Opcode], least: int) -> list[_Difference]:
    """The differing ranges; those with fewer than `least` equal characters between them are one."""
    found: list[_Difference] = []
    for code in opcodes:
        if code.tag == "equal":
            continue
        start, other_start = code.src_start, code.dest_start
        if found and start - found[-1].end < least and other_start - found[-1].other_end < least:
            before = found.pop()
            start, other_start = before.start, before.other_start
        found.append(_Difference(start, code.src_end, other_start, code.dest_end))
    return found


def _other_figure(difference: _Difference, one: str, other: str) -> bool:
    """Whether the two have numbers there, and not the same."""
    first = "".join(_NUMERAL.findall(one[difference.start : difference.end]))
    second = "".join(_NUMERAL.findall(other[difference.other_start : difference.other_end]))
    return bool(first) and bool(second) and first != second


def _figures_kept(one: str, differences: Sequence[_Difference]) -> int:
    """Numbers in digits that no difference touches."""
    touched = iter(differences)
    current = next(touched, None)
    kept = 0
    for figure in _FIGURE.finditer(one):
        while current is not None and current.end < figure.start():
            current = next(touched, None)
        kept += current is None or current.start > figure.end()
    return kept
