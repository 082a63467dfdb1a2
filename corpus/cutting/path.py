"""The best way to cut a page: one pass of Viterbi over its blocks.

Every block plays one part: first or further line of a headline block, lead, body, subhead, closing
signature, lead of a story without a headline, caption, furniture. `part_scores` says how well a block
fits each part, `_STEPS` how well the parts follow each other; the path with the highest sum is the cut.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block
from corpus.cutting.style import Style


class Part(IntEnum):
    """The part that a block plays on its page."""

    HEAD = 0
    MORE = 1
    LEAD = 2
    BODY = 3
    SUBHEAD = 4
    CLOSE = 5
    OPEN = 6
    CAPTION = 7
    FURNITURE = 8


_BARE: Final = 4.0
"""What speaks against a headline as the last line of a site's story: there is no text for it to be over."""
_NEVER: Final = float("-inf")
_START: Final[dict[Part, float]] = {
    Part.HEAD: 0.0,
    Part.OPEN: -1.0,
    Part.CAPTION: -1.0,
    Part.FURNITURE: 0.0,
}
_STEPS: Final[dict[Part, dict[Part, float]]] = {
    Part.HEAD: {
        Part.MORE: -0.4,
        Part.LEAD: 0.0,
        Part.HEAD: -4.0,
        Part.CAPTION: -2.0,
        Part.FURNITURE: -1.0,
        Part.OPEN: -6.0,
    },
    Part.MORE: {
        Part.MORE: -0.5,
        Part.LEAD: 0.0,
        Part.HEAD: -3.5,
        Part.CAPTION: -2.0,
        Part.FURNITURE: -1.0,
        Part.OPEN: -6.0,
    },
    Part.LEAD: {
        Part.BODY: 0.0,
        Part.SUBHEAD: -1.0,
        Part.CLOSE: 0.0,
        Part.HEAD: -0.6,
        Part.OPEN: -2.0,
        Part.CAPTION: -4.0,
        Part.FURNITURE: -0.5,
    },
    Part.BODY: {
        Part.BODY: 0.0,
        Part.SUBHEAD: -0.5,
        Part.CLOSE: 0.0,
        Part.HEAD: -0.3,
        Part.OPEN: -2.0,
        Part.CAPTION: -1.0,
        Part.FURNITURE: -0.5,
    },
    Part.SUBHEAD: {
        Part.BODY: 0.0,
        Part.SUBHEAD: -2.5,
        Part.HEAD: -6.0,
        Part.CAPTION: -3.0,
        Part.FURNITURE: -3.0,
        Part.OPEN: -8.0,
    },
    Part.CLOSE: {
        Part.HEAD: 0.6,
        Part.OPEN: 1.5,
        Part.BODY: -4.0,
        Part.SUBHEAD: -5.0,
        Part.CLOSE: -1.5,
        Part.CAPTION: 0.0,
        Part.FURNITURE: 0.0,
    },
    Part.OPEN: {
        Part.BODY: 0.0,
        Part.SUBHEAD: -1.5,
        Part.CLOSE: 0.0,
        Part.HEAD: -0.6,
        Part.OPEN: -1.5,
        Part.CAPTION: -4.0,
        Part.FURNITURE: -0.5,
    },
    Part.CAPTION: {
        Part.BODY: -1.0,
        Part.LEAD: -2.0,
        Part.HEAD: -0.3,
        Part.MORE: -4.0,
        Part.OPEN: -1.5,
        Part.SUBHEAD: -2.0,
        Part.CAPTION: -0.5,
        Part.FURNITURE: -0.2,
        Part.CLOSE: -0.5,
    },
    Part.FURNITURE: {
        Part.FURNITURE: 0.0,
        Part.HEAD: 0.0,
        Part.MORE: -2.5,
        Part.LEAD: -1.5,
        Part.BODY: -1.5,
        Part.SUBHEAD: -2.0,
        Part.OPEN: -1.0,
        Part.CAPTION: -0.5,
        Part.CLOSE: -1.0,
    },
}
_BACK: Final = tuple(
    tuple((int(left), steps[right]) for left, steps in _STEPS.items() if right in steps) for right in Part
)


def part_scores(block: Block, clue: Clue, above: Clue | None, style: Style) -> list[float]:
    """Return how well a block fits each part, by the clues it and the block above give."""
    scores = [_NEVER] * len(Part)
    if block.furniture is not None:
        scores[Part.FURNITURE] = 0.0
        return scores
    body = -clue.head if not clue.listed else 0.5
    head = clue.head if not clue.listed else clue.head - 3.0
    scores[Part.HEAD] = head + _head_bonus(clue, above, style)
    scores[Part.MORE] = _more(clue, head)
    scores[Part.LEAD] = body + _marked(clue, style) - 6.0 * (clue.jump or not clue.under_head)
    scores[Part.BODY] = body + _body_bonus(clue, above)
    scores[Part.SUBHEAD] = head + _subhead_bonus(clue, above) + style.subheads
    scores[Part.CLOSE] = _close(clue, above)
    scores[Part.OPEN] = body + _open_bonus(clue, above, style)
    scores[Part.CAPTION] = _caption(block, clue, above)
    return scores


def _marked(clue: Clue, style: Style) -> float:
    if clue.opening:
        return 3.0
    return 0.0 if clue.under_byline or clue.tabular or clue.listed else -2.5 * style.opening**2


def _after_signature(above: Clue | None) -> bool:
    return above is not None and above.signed


def _news(clue: Clue, above: Clue | None) -> float:
    """Return the novelty that counts: little after a signature, none on the second line of a headline."""
    if above is None or (above.head > 0 and not above.listed and not above.byline):
        return 0.0
    return 0.3 * clue.novelty if above.close or above.signed else clue.novelty


def _close(clue: Clue, above: Clue | None) -> float:
    if clue.credit_line and above is not None and above.head < 0 and above.ended:
        return _NEVER if above.caption else 6.5
    return 6.0 if clue.close else 4.5 if clue.signs_off else _NEVER


def _head_bonus(clue: Clue, above: Clue | None, style: Style) -> float:
    bonus = _news(clue, above) + 0.7 * max(-1.0, min(2.0, clue.wide_gap))
    bonus += 1.0 * clue.outdented - 2.5 * clue.indented
    bonus -= 3.5 * (clue.byline or clue.deck) + 4.0 * clue.signs_off + 5.0 * clue.jump + 2.0 * clue.parallel
    bonus += (
        2.0 * clue.alternates
        + 4.0 * clue.repeated
        + 3.0 * clue.dated
        + 3.0 * (clue.notice and above is not None and above.head < 0)
        + 1.5 * _after_signature(above)
        - 1.0 * clue.goes_on
        - 0.7 * clue.section
    )
    if above is not None and not (above.close or above.signed or above.head > 0 or above.open_ended):
        bonus -= 2.5 * style.close
    return bonus - 3.0 * style.web + 1.0 * clue.after_rule


def _more(clue: Clue, head: float) -> float:
    if clue.jump:
        return 4.0
    if clue.byline:
        return 5.5
    bonus = 3.0 * clue.deck + 0.8 * clue.flag - 1.0 * max(0.0, min(2.0, clue.wide_gap))
    return (0.7 * head if head > 0 else head) + bonus


def _body_bonus(clue: Clue, above: Clue | None) -> float:
    bonus = (
        -6.0 * clue.opening
        - 1.2 * clue.item
        - 4.0 * clue.brief
        - 2.0 * clue.run_in
        - 8.0 * clue.jump
        - 4.0 * clue.byline
        - 6.0 * clue.close
    )
    bonus += 2.0 * (clue.goes_on and clue.head < 0) - 3.5 * _after_signature(above) - 3.0 * clue.after_rule
    return bonus - 0.8 * max(0.0, min(2.0, clue.wide_gap)) - 1.5 * clue.caption


def _subhead_bonus(clue: Clue, above: Clue | None) -> float:
    bonus = (
        -0.8
        - _news(clue, above)
        + 2.0 * clue.parallel
        + 1.0 * clue.numbered
        + 1.5 * clue.indented
        + 0.7 * clue.section
        - 0.7 * clue.outdented
        - 8.0 * clue.byline
        - 3.0 * clue.deck
    )
    bonus -= (
        8.0 * clue.jump
        + 4.0 * clue.repeated
        + 3.0 * clue.goes_on
        + 4.0 * clue.flag
        + 1.5 * clue.alternates
        + 3.5 * _after_signature(above)
    )
    return bonus - 0.8 * max(0.0, min(2.0, clue.wide_gap))


def _open_bonus(clue: Clue, above: Clue | None, style: Style) -> float:
    if clue.starts is not None and not clue.opening:
        return clue.starts - _STEPS[Part.BODY][Part.OPEN] - 3.5 * _after_signature(above)
    bonus = 4.0 if clue.opening else -4.5
    bonus += (
        5.0 * clue.after_rule
        + 9.0 * clue.jump
        + 2.5 * clue.item
        + 5.0 * clue.run_in
        + 3.2 * _after_signature(above)
        - 4.0 * (clue.goes_on and not clue.opening)
        - 5.0 * clue.head_waits
        + 6.0 * clue.brief
    )
    if style.usual_gap == 0 and clue.wide_gap > 0:
        bonus += 2.0
    bonus -= 3.0 * (style.web and not clue.opening)
    return bonus - 6.0 * clue.byline


def _caption(block: Block, clue: Clue, above: Clue | None) -> float:
    if clue.credit_line and above is not None and above.caption:
        return 11.0
    if clue.caption:
        return 9.5 if clue.pictured else 7.5 if clue.credit or clue.wide_gap >= 1 else 6.5
    interrupts = (
        above is not None and above.open_ended and clue.ended and clue.wide_gap >= 1 and block.width <= 60
    )
    return (6.5 if clue.wide_gap >= 2 else 2.5) if interrupts and clue.head < 0 else -9.0


def best_path(blocks: list[Block], clues: list[Clue], style: Style) -> list[Part]:
    """Return the part of each block on the best path."""
    if not blocks:
        return []
    scores = part_scores(blocks[0], clues[0], None, style)
    current = [scores[part] + _START.get(part, -9.0) for part in Part]
    backs: list[list[int]] = []
    last = max((i for i, block in enumerate(blocks) if block.furniture is None), default=0)
    for index in range(1, len(blocks)):
        emit = part_scores(blocks[index], clues[index], clues[index - 1], style)
        if style.web and index == last:
            emit[Part.HEAD] -= _BARE
            emit[Part.MORE] -= _BARE
        row = [_NEVER] * len(emit)
        back = [0] * len(emit)
        for part, steps in enumerate(_BACK):
            if emit[part] == _NEVER:
                continue
            best_value = _NEVER
            for left, step in steps:
                value = current[left] + step
                if value > best_value:
                    best_value, back[part] = value, left
            row[part] = best_value + emit[part]
        current = row
        backs.append(back)
    best = max(range(len(current)), key=lambda part: (current[part], -part))
    path = [best]
    for back in reversed(backs):
        path.append(back[path[-1]])
    return [Part(part) for part in reversed(path)]
