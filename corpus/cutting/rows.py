"""Rows of briefs: items that follow each other in one form down the page, each a story of its own."""

from __future__ import annotations

from typing import Final

from corpus.cutting import items
from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block

_LEAST: Final = 3
_ITEM: Final = 40
_TEXT: Final = 30
_SHARE: Final = 0.75
_LONGEST: Final = 220
"""Characters of a brief at most."""
_LABELS: Final = frozenset({"section label", "greeting"})


def mark_rows(blocks: list[Block], clues: list[Clue]) -> None:
    """Mark the briefs of a page: items that nothing introduces, and headline–paragraph pairs in a row."""
    _mark_items(blocks, clues)
    _mark_sections(blocks, clues)
    _mark_pairs(blocks, clues)


def _mark_sections(blocks: list[Block], clues: list[Clue]) -> None:
    """Mark as briefs what stands in a digest's sections, from each label to the section's end.

    That is items whose numbers go up by one, or, where a speaker greets, three paragraphs and more that have
    no headline among them.
    """
    greeted = any(block.furniture == "greeting" for block in blocks)
    run: list[int] | None = None
    for index in range(len(blocks) + 1):
        block = blocks[index] if index < len(blocks) else None
        if block is not None and block.furniture is None:
            if run is not None:
                run.append(index)
            continue
        if run and (_is_counted(blocks, run) or (greeted and _is_row(blocks, clues, run))):
            for place in run:
                clues[place].brief = len(blocks[place].text) >= _TEXT
        run = [] if block is not None and block.furniture in _LABELS else None


def _is_counted(blocks: list[Block], run: list[int]) -> bool:
    """Tell whether every block of a section is an item and their numbers go up by one."""
    counts = [items.count_of(blocks[i].text) for i in run]
    return counts[0] is not None and counts == list(range(counts[0], counts[0] + len(run)))


def _is_row(blocks: list[Block], clues: list[Clue], run: list[int]) -> bool:
    """Tell whether the blocks of a section are whole short paragraphs and nothing else."""
    return len(run) >= _LEAST and all(
        clues[i].ended and clues[i].head < 0 and _TEXT <= len(blocks[i].text) <= _LONGEST for i in run
    )


def _mark_items(blocks: list[Block], clues: list[Clue]) -> None:
    """Mark paragraphs with a bullet or number as briefs where they are most of the page's text.

    A list inside of a story has a paragraph that introduces it, and others around it.
    """
    text = [i for i, block in enumerate(blocks) if block.furniture is None and clues[i].head < 0]
    items = [i for i in text if _is_item(blocks[i], clues[i])]
    if len(items) < _LEAST:
        return
    if sum(len(blocks[i].text) for i in items) < _SHARE * sum(len(blocks[i].text) for i in text):
        return
    first = text.index(items[0])
    if first and (blocks[text[first - 1]].text.endswith(("：", ":")) or first > 1):
        return
    for index in items:
        clues[index].brief = True


def _is_item(block: Block, clue: Clue) -> bool:
    return len(block.text) >= _ITEM and (clue.item or items.is_counted(block.text))


def _mark_pairs(blocks: list[Block], clues: list[Clue]) -> None:
    """Mark headlines that stand, one by one, over a single paragraph each, three times or more in a row."""
    run: list[int] = []
    index = 0
    while index < len(blocks):
        if _is_pair(blocks, clues, index):
            run.append(index)
            index += 2
            continue
        if blocks[index].furniture is None:
            _close_run(blocks, clues, run)
            run = []
        index += 1
    _close_run(blocks, clues, run)


def _is_pair(blocks: list[Block], clues: list[Clue], index: int) -> bool:
    """Tell whether a headline-like line stands over one whole paragraph."""
    if index + 1 >= len(blocks) or blocks[index].furniture or blocks[index + 1].furniture:
        return False
    head, body = clues[index], clues[index + 1]
    alone = index == 0 or clues[index - 1].head < 0 or blocks[index - 1].furniture is not None
    return (
        alone
        and head.head > 0
        and not (head.byline or head.numbered or head.listed or head.deck)
        and body.head < 0
        and body.ended
        and not body.caption
        and len(blocks[index + 1].text) >= _TEXT
    )


def _close_run(blocks: list[Block], clues: list[Clue], run: list[int]) -> None:
    """Mark a run of pairs that is long enough and no interview."""
    asked = sum(blocks[i].text.endswith(("？", "?")) for i in run)
    if len(run) < _LEAST or asked * 2 >= len(run):
        return
    for index in run:
        clues[index].alternates = True
