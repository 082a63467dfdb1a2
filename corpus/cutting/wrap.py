"""Lines into blocks: finds where a column's width broke the lines, and undoes it.

Hard-wrapped text shows itself by companions: among the lines around, many have the same width and
hardly any ends a sentence. The width may change from story to story, so every line looks at its own
neighbourhood. A column break inside wrapped text leaves a blank line that is no paragraph break.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Set
from typing import Final

from corpus.cutting.bylines import is_byline
from corpus.cutting.captions import ends_credit, is_credit_line, is_picture_text
from corpus.cutting.closings import closes_story
from corpus.cutting.headlines import is_deck
from corpus.cutting.items import is_item
from corpus.cutting.jumps import starts_with_jump
from corpus.cutting.lines import Block, Line, clause_marks, ends_sentence, is_dense, join_all
from corpus.cutting.measure import off_measure
from corpus.cutting.openings import opens_story
from corpus.cutting.words import coverage, grams

_REACH: Final = 6
_DENSE_WIDTHS: Final = (6.0, 64.0)
_SPACED_WIDTHS: Final = (9.0, 70.0)
_SLACK: Final = 2.3
_JITTER: Final = 1.6
_FIRST_LINE: Final = (1.3, 3.6)
_LEAD_LINES: Final = 7
_INDENT: Final = (1.5, 2.6)
_REPEATS: Final = 0.45
_REPEATS_SPACED: Final = 0.3
_SEAM_LINES: Final = 40
_HEAD_LINES: Final = 3
_SAME: Final = 8
_LEAD_START: Final = re.compile(r"\d{1,2}月\d{1,2}日|近日|日前|昨[日天]|今[日天]|连日来|本报讯|据悉")
_COMMA_END: Final = re.compile(r"[，、：,:—]$")


def blocks_of(lines: list[Line], marks: list[str | None], *, apart: Set[int] = frozenset()) -> list[Block]:
    """Return the blocks of a page; `marks` holds the reason for each line that is furniture.

    The lines at the places `apart` begin a block of their own.
    """
    dense = is_dense(" ".join(line.text[:80] for line in lines[:400]))
    full = _full_lines(lines, marks, dense=dense)
    groups: list[list[int]] = []
    for index in range(len(lines)):
        if groups and index not in apart and _joins(lines, marks, full, index, alone=len(groups[-1]) == 1):
            groups[-1].append(index)
        else:
            groups.append([index])
    blocks: list[Block] = []
    for group in groups:
        members = tuple(lines[index] for index in group)
        if len(group) > 2 and dense and not _is_prose(members):
            blocks.extend(
                Block((line,), line.text, marks[index]) for line, index in zip(members, group, strict=True)
            )
        else:
            blocks.append(Block(members, join_all([line.text for line in members]), marks[group[0]]))
    return blocks


def _full_lines(lines: list[Line], marks: list[str | None], *, dense: bool) -> list[bool]:
    """Tell for each line whether the column's width ended it."""
    low, high = _DENSE_WIDTHS if dense else _SPACED_WIDTHS
    stops = [ends_sentence(line.text) for line in lines]
    found = [False] * len(lines)
    reaches = ((_REACH, _REACH), (0, _REACH + 2), (_REACH + 2, 0)) if dense else ((_REACH, _REACH),)
    for index, line in enumerate(lines):
        if marks[index] or not low <= line.width <= high:
            continue
        for before, after in reaches:
            near = [
                i for i in range(max(0, index - before), min(len(lines), index + after + 1)) if not marks[i]
            ]
            widths = [lines[i].width + min(lines[i].indent, 4) for i in near]
            own = line.width + min(line.indent, 4)
            ends = [stops[i] for i in near]
            if (
                _dense_full(own, widths, ends)
                if dense
                else _spaced_full(own, widths, ends, _next_word(lines, index))
            ):
                found[index] = True
                break
    if dense:
        for index in off_measure(lines, marks, found, stops):
            found[index] = False
        _add_first_lines(lines, marks, found, stops)
    return found


def _add_first_lines(lines: list[Line], marks: list[str | None], full: list[bool], stops: list[bool]) -> None:
    """Mark the first lines of paragraphs whose indent was lost: two ems or so short of the column."""
    short: list[int] = []
    for index in range(len(lines) - 1):
        line, below = lines[index], lines[index + 1]
        if full[index] or marks[index] or stops[index] or below.gap or not full[index + 1]:
            continue
        if 0 < below.width - line.width <= _FIRST_LINE[1] and (
            index == 0 or line.gap or not full[index - 1] or stops[index - 1]
        ):
            short.append(index)
    marked = [index for index in short if clause_marks(lines[index].text)]
    steady = len(short) >= 3 and len(marked) * 2 >= len(short)
    for index in short if steady else marked:
        full[index] = True


def _dense_full(own: float, widths: list[float], stops: list[bool]) -> bool:
    """Tell whether enough neighbours have the same width and break off in mid-sentence."""
    ordered = sorted(widths)
    mates = bisect_right(ordered, own + _SLACK) - bisect_left(ordered, own - _SLACK)
    if mates < 4 or mates < 0.38 * len(widths):
        return False
    # Lines much longer than this one say that this one is short, and not a full line of the column.
    if len(ordered) - bisect_right(ordered, own + _SLACK) > 0.3 * len(ordered):
        return False
    ended = sum(stop for width, stop in zip(widths, stops, strict=True) if abs(width - own) <= _SLACK)
    low = bisect_left(ordered, own - _SLACK)
    return ended <= 0.4 * mates and abs(own - ordered[low + (mates * 3) // 5]) <= _JITTER


def _spaced_full(own: float, widths: list[float], stops: list[bool], next_word: float) -> bool:
    """Tell whether the next line's first word would not have fitted into the column."""
    ordered = sorted(widths)
    column = ordered[-2] if len(ordered) > 2 else ordered[-1]
    near = [stop for width, stop in zip(widths, stops, strict=True) if width >= 0.78 * column]
    if column > _SPACED_WIDTHS[1] or len(near) < 3 or len(near) < 0.3 * len(widths):
        return False
    if sum(near) > 0.5 * len(near):
        return False
    return own + 0.5 + next_word > column - 0.6


def _next_word(lines: list[Line], index: int) -> float:
    """Return the width of the next line's first word."""
    if index + 1 >= len(lines):
        return 0.0
    return len(lines[index + 1].text[:40].split(" ", 1)[0]) / 2


def _joins(lines: list[Line], marks: list[str | None], full: list[bool], index: int, *, alone: bool) -> bool:
    """Tell whether line `index` goes on with the paragraph above it; `alone`: which is one line so far."""
    above, line = lines[index - 1], lines[index]
    if marks[index] or marks[index - 1]:
        return False
    if not line.gap and ends_credit(above.text, line.text):
        return True
    if not full[index - 1] or _begins(line.text) or _ends(above.text):
        return False
    if line.indent >= 1 and above.indent < 0.5 and not (alone and above.indent):
        return False
    if line.indent >= 1.5 and line.indent - above.indent > -0.5:
        return False
    if line.width - above.width > _FIRST_LINE[1] and is_dense(line.text):
        return False
    ended = ends_sentence(above.text)
    if alone and not ended and (_heads_text(lines, full, index - 1) or _parts_headline(lines, full, index)):
        return False
    if line.gap:
        return (
            not ended
            and line.gap <= 2
            and not (alone and (clause_marks(above.text) == 0 or not _runs_on(lines, full, index)))
            and not _stands_alone(lines, full, index)
        )
    return not (ended and _stands_alone(lines, full, index))


def _begins(text: str) -> bool:
    """Tell whether a line begins something new by its form: a story, a signature, a caption, an item."""
    formula = opens_story(text) or starts_with_jump(text) or closes_story(text)
    return formula or is_picture_text(text) or is_item(text)


def _ends(text: str) -> bool:
    """Tell whether a line is whole by its form: who wrote, where it goes on, who photographed."""
    return is_byline(text) or starts_with_jump(text) or is_credit_line(text)


def _runs_on(lines: list[Line], full: list[bool], index: int) -> bool:
    """Tell whether the text goes on under a line with no gap; lines that all stand apart are no column."""
    return full[index] and index + 1 < len(lines) and lines[index + 1].gap == 0


def _stands_alone(lines: list[Line], full: list[bool], index: int) -> bool:
    """Tell whether a line looks like a headline's: no stop or comma, and the text doesn't run on below."""
    line = lines[index]
    if ends_sentence(line.text):
        return False
    if index + 1 < len(lines) and opens_story(lines[index + 1].text) and clause_marks(line.text) < 2:
        return True
    if clause_marks(line.text):
        return clause_marks(line.text) == 1 and not full[index] and not _COMMA_END.search(line.text)
    return not full[index] or _heads_text(lines, full, index)


def _heads_text(lines: list[Line], full: list[bool], index: int) -> bool:
    """Tell whether a line as wide as the column is a headline: a new paragraph or its words come below."""
    line = lines[index]
    if clause_marks(line.text) > 1 or ends_sentence(line.text) or index + 2 >= len(lines):
        return False
    below, next_below = lines[index + 1], lines[index + 2]
    if (
        _COMMA_END.search(line.text)
        or _LEAD_START.match(line.text)
        or _begins_paragraph(line, below, full[index])
    ):
        return False
    if (index == 0 or line.gap) and _LEAD_START.match(below.text) and not below.gap:
        return True
    lead_text = "".join(near.text for near in lines[index + 1 : index + 1 + _LEAD_LINES])
    if clause_marks(line.text) and line.text[:_SAME] in lead_text:
        return False
    if below.gap == 0 and full[index + 2] and next_below.gap == 0:
        short = next_below.width - below.width
        if (
            _FIRST_LINE[0] <= short <= _FIRST_LINE[1]
            and line.width - below.width > 0.9
            and not ends_sentence(below.text)
        ):
            return True
    own = grams(line.text)
    lead = grams(lead_text)
    if not is_dense(line.text) and below.text[0].isupper() and next_below.text[:1].islower():
        return len(own) >= 2 and coverage(own, lead, {}) >= _REPEATS_SPACED
    return len(own) >= 4 and coverage(own, lead, {}) >= _REPEATS


def _begins_paragraph(line: Line, below: Line, full: bool) -> bool:
    """Tell whether a line fills the column by its indent of two ems, over a line without one."""
    return full and _INDENT[0] <= line.indent <= _INDENT[1] and below.indent < 0.5 and below.gap == 0


def _parts_headline(lines: list[Line], full: list[bool], index: int) -> bool:
    """Tell whether two lines as wide as the column are two lines of a headline block and no paragraph.

    A byline and a deck with its dash are no part of a sentence. A few lines that end without a stop are a
    paragraph only where the word that the seam between two of them would part stands in the text below.
    """
    above, line = lines[index - 1], lines[index]
    if (is_byline(line.text) and clause_marks(above.text) < 2) or is_deck(line.text):
        return True
    dense = is_dense(line.text)
    if _COMMA_END.search(above.text) or not (dense or line.text[0].isupper()):
        return False
    end = index
    while end + 1 < len(lines) and full[end] and not _breaks_off(lines[end + 1], above):
        end += 1
        if end - index + 2 > _HEAD_LINES:
            return False
    unit = lines[index - 1 : end + 1]
    if any(ends_sentence(member.text) for member in unit):
        return False
    if sum(clause_marks(member.text) for member in unit) > 1:
        return False
    if not dense:
        return True
    seam = above.text[-1] + line.text[0]
    below = "".join(near.text for near in lines[end + 1 : end + 1 + _SEAM_LINES])
    return seam not in below


def _breaks_off(line: Line, first: Line) -> bool:
    """Tell whether a line begins something new: after a gap, by an indent, a byline or an opening."""
    return bool(
        line.gap
        or line.indent > first.indent + 1
        or is_byline(line.text)
        or is_deck(line.text)
        or opens_story(line.text)
    )


def _is_prose(members: tuple[Line, ...]) -> bool:
    """Tell whether joined lines are prose: a mark every fifty ems or so, an opening, or one sentence."""
    marks = sum(clause_marks(line.text) for line in members)
    width = sum(line.width for line in members)
    sentence = opens_story(members[0].text) or (ends_sentence(members[-1].text) and marks * 100 >= width)
    return marks * 50 >= width or sentence
