"""Clues: what each block of a page says about where stories begin and end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.cutting import bylines, captions, closings, items, jumps, openings
from corpus.cutting.headlines import headline_score, is_deck, is_flag
from corpus.cutting.lines import Block, ends_sentence
from corpus.cutting.notices import is_notice

_RUNS_ON: Final = 1.5
_OPENS: Final = -1.0
"""Score as a headline, at the most, of a line that begins with an opening formula."""
_BROKEN_HEAD: Final = 1.8
_HALF_HEAD: Final = 18.0
_TITLE_LINE: Final = 60
DATED: Final = frozenset({"date and source line", "date line"})
"""Reasons of furniture that stands under a headline and dates it."""


@dataclass(slots=True)
class Clue:
    """What one block looks like; scores are log-odds-like, positive for “yes”."""

    head: float
    opening: bool = False
    byline: bool = False
    close: bool = False
    signed: bool = False
    caption: bool = False
    credit: bool = False
    credit_line: bool = False
    pictured: bool = False
    jump: bool = False
    deck: bool = False
    flag: bool = False
    item: bool = False
    numbered: bool = False
    ended: bool = False
    open_ended: bool = False
    goes_on: bool = False
    wide_gap: float = 0.0
    novelty: float = 0.0
    parallel: bool = False
    listed: bool = False
    repeated: bool = False
    dated: bool = False
    under_byline: bool = False
    tabular: bool = False
    run_in: bool = False
    after_rule: bool = False
    signs_off: bool = False
    under_head: bool = False
    head_waits: bool = False
    alternates: bool = False
    indented: bool = False
    outdented: bool = False
    brief: bool = False
    section: float = 0.0
    notice: bool = False
    starts: float | None = None


def clues_of(blocks: list[Block]) -> list[Clue]:
    """Return the clues that a block shows by itself."""
    found = [_own_clue(block) for block in blocks]
    _mark_lists(blocks, found)
    for index, (above, below) in enumerate(pairwise(found)):
        text = blocks[index].text
        if below.head > 0 and above.head <= 0 and _breaks_at_comma(blocks, found, index):
            above.head = _BROKEN_HEAD
        if (
            above.head > 0
            and not above.ended
            and blocks[index + 1].gap == 0
            and blocks[index + 1].text[:1].islower()
        ):
            below.head = (
                max(below.head, _RUNS_ON) if len(blocks[index + 1].text) <= _TITLE_LINE else below.head
            )
        above.open_ended = (
            not above.ended and above.head < 0 and not above.close and not above.byline and len(text) > 16
        )
        below.goes_on = above.open_ended
    for above, caption, below in zip(found, found[1:], found[2:], strict=False):
        if caption.caption:
            # The sentence that a caption interrupts goes on below it.
            caption.goes_on, below.goes_on = False, above.open_ended
    return found


def _breaks_at_comma(blocks: list[Block], found: list[Clue], index: int) -> bool:
    """Tell whether a short line that ends with a comma is the first half of the headline below it."""
    block = blocks[index]
    if not block.text.endswith(("，", "：", "、", ",")) or block.width > _HALF_HEAD or len(block.lines) > 1:
        return False
    return index == 0 or found[index - 1].ended or found[index - 1].head > 0 or found[index - 1].close


def _own_clue(block: Block) -> Clue:
    text = block.text
    clue = Clue(head=headline_score(text) if len(text) <= 400 else -6.0)
    clue.opening = openings.opens_story(text) or openings.headline_before_opening(text) is not None
    if openings.opens_story(text):
        clue.head = min(clue.head, _OPENS)
    clue.close = closings.closes_story(text)
    clue.byline = not clue.close and not clue.opening and bylines.is_byline(text)
    clue.signed = not clue.close and closings.ends_with_signature(text)
    clue.caption = not clue.close and captions.is_caption(text) and not clue.byline
    clue.credit_line = captions.is_credit_line(text)
    clue.pictured = clue.caption and captions.is_picture_text(text)
    clue.credit = captions.has_credit(text)
    clue.jump = jumps.is_jump(text) or jumps.starts_with_jump(text)
    clue.deck = is_deck(text) and clue.head > 0
    clue.flag = clue.head > 0 and is_flag(text)
    clue.run_in = items.run_in_title(text) is not None
    clue.item = items.is_item(text)
    clue.numbered = items.is_numbered(text)
    clue.notice = clue.head > 0 and is_notice(text)
    clue.tabular = "\t" in text
    clue.ended = ends_sentence(text) or clue.credit or text.endswith(("：", ":", "—", "；", "）", ")"))
    return clue


def _mark_lists(blocks: list[Block], found: list[Clue]) -> None:
    """A run of many short lines of one length is a list (or a poem), and no heap of headlines."""
    run: list[int] = []
    for index in range(len(blocks) + 1):
        if (
            index < len(blocks)
            and found[index].head > 0
            and blocks[index].furniture is None
            and not found[index].byline
        ):
            run.append(index)
            continue
        _mark_run(blocks, found, run)
        run = []


def _mark_run(blocks: list[Block], found: list[Clue], run: list[int]) -> None:
    start = 0
    for end in range(1, len(run) + 1):
        same = (
            end < len(run)
            and abs(blocks[run[end]].width - blocks[run[end - 1]].width) <= 2.0
            and blocks[run[end]].gap == 0
        )
        if same:
            continue
        if end - start >= 4:
            for index in run[start:end]:
                found[index].listed = True
        start = end
