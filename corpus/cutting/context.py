"""Clues that a block gets from its neighbourhood: gaps, lines alike, and how new the text below it is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from corpus.cutting import bylines, closings
from corpus.cutting.clues import DATED, Clue
from corpus.cutting.contents import entry_key
from corpus.cutting.heaps import mark_heaps
from corpus.cutting.lines import Block, is_dense
from corpus.cutting.rows import mark_rows
from corpus.cutting.sections import mark_sections
from corpus.cutting.style import Style
from corpus.cutting.words import Grams, coverage, grams, likeness

_LEFT: Final = 900
_RIGHT: Final = 500
_BLOCKS: Final = 40
_INDENT: Final = 1.5
_INDENTED: Final = 0.8
_ORDINAL: Final = re.compile(r"[“「]?(?:第[一二三四五六七八九十][\u4e00-\u9fff]|之[一二三四五])")
_HEAD_LINES: Final = 4
_RULES: Final = frozenset({"rule", "section label"})


def add_context(blocks: list[Block], clues: list[Clue], style: Style) -> None:
    """Fill in the clues that need the neighbourhood: gaps, novelty of what follows, parallel subheads."""
    heads = [
        index
        for index, clue in enumerate(clues)
        if clue.head > 0 and not clue.byline and blocks[index].furniture is None
    ]
    for index, (block, clue) in enumerate(zip(blocks, clues, strict=True)):
        clue.wide_gap = float(min(block.gap, 3) - style.usual_gap) if index else 0.0
    _mark_neighbours(blocks, clues)
    _mark_parallel(blocks, clues, heads)
    _mark_repeats(blocks, clues, heads)
    _mark_indents(blocks, clues, heads)
    mark_rows(blocks, clues)
    mark_sections(blocks, clues, heads)
    mark_heaps(blocks, clues)
    bodies = [
        block.text if clue.head < 0 and block.furniture is None and not clue.close else ""
        for block, clue in zip(blocks, clues, strict=True)
    ]
    headline = ""
    for place, index in enumerate(heads):
        clues[index].novelty = _novelty(blocks[index].text, headline, bodies, index, style.rare)
        if place == 0 or index - heads[place - 1] > 1:
            headline = ""
        headline += blocks[index].text[:60] + "\n"


def _mark_neighbours(blocks: list[Block], clues: list[Clue]) -> None:
    """Mark headlines over a date line, and text under a byline or jump line (a flag may stand between)."""
    for index in range(1, len(blocks) - 1):
        text = blocks[index].text
        if (
            len(text) <= 3
            and clues[index - 1].head > 0
            and clues[index + 1].head < 0
            and bylines.names_only(text)
        ):
            clues[index].byline = True
    for index, clue in enumerate(clues):
        over = index > 0 and clues[index - 1].head < 0 and blocks[index - 1].furniture is None
        under = (
            index + 1 == len(blocks) or clues[index + 1].head > 0 or blocks[index + 1].furniture is not None
        )
        last = index + 1 == len(blocks) or blocks[index + 1].furniture in DATED
        office = last and clue.head > 0 and closings.is_office(blocks[index].text)
        pen = under and closings.is_pen_name(blocks[index].text)
        clue.signs_off = over and ((clue.byline and under) or office or (pen and clues[index - 1].ended))
        if index:
            passed = blocks[index - 1].furniture is not None or clues[index - 1].caption
            clue.under_head = (
                clues[index - 1].under_head
                if passed
                else clues[index - 1].head > 0 or clues[index - 1].byline
            )
            clue.head_waits = passed and clue.under_head
        clue.after_rule = index > 0 and blocks[index - 1].furniture in _RULES
    for index, (above, below) in enumerate(pairwise(clues)):
        if blocks[index + 1].furniture in DATED:
            clues[_top_of_headline(blocks, clues, index)].dated = True
        below.under_byline = above.byline or above.jump or (above.under_byline and above.head > 0)


def _top_of_headline(blocks: list[Block], clues: list[Clue], index: int) -> int:
    """Return the first line of the headline block that ends at a line; a long run of lines is none."""
    top = index
    while top > 0 and _is_headline(blocks[top], clues[top]) and _is_headline(blocks[top - 1], clues[top - 1]):
        top -= 1
    return top if index - top < _HEAD_LINES else index


def _is_headline(block: Block, clue: Clue) -> bool:
    """Tell whether a block may be a line of a headline, with nothing said of who wrote it."""
    return block.furniture is None and clue.head > 0 and not (clue.byline or clue.listed or clue.close)


def _mark_parallel(blocks: list[Block], clues: list[Clue], heads: list[int]) -> None:
    """Headline-like lines that begin or end alike are the subheads of one story."""
    for a, b in pairwise(heads):
        left, right = blocks[a].text, blocks[b].text
        if b - a < 2 or clues[a].listed or clues[b].listed:
            continue
        alike = (
            left[:2] == right[:2] and is_dense(left) and left[0] not in "“《『「#" and not left[:2].isdigit()
        )
        numbered = (clues[a].numbered and clues[b].numbered) or (
            _ORDINAL.match(left) is not None and _ORDINAL.match(right) is not None
        )
        if alike or numbered:
            clues[a].parallel = clues[b].parallel = True


def _mark_indents(blocks: list[Block], clues: list[Clue], heads: list[int]) -> None:
    """Where paragraphs are indented, a headline is not, and an indented line in their midst is a subhead."""
    bodies = [
        block.lines[0].indent >= _INDENT
        for block, clue in zip(blocks, clues, strict=True)
        if clue.head < 0 and block.furniture is None
    ]
    if len(bodies) < 3 or sum(bodies) < _INDENTED * len(bodies):
        return
    for index in heads:
        clues[index].indented = blocks[index].lines[0].indent >= _INDENT
        clues[index].outdented = not clues[index].indented


def _mark_repeats(blocks: list[Block], clues: list[Clue], heads: list[int]) -> None:
    """Mark headline-like lines that a list of contents announced."""
    listed = {entry_key(block.text) for block in blocks if block.furniture == "contents"}
    for index in heads:
        clues[index].repeated = bool(listed) and entry_key(blocks[index].text) in listed


def _gather(bodies: list[str], places: range, most: int) -> str:
    """Join body texts along `places` until `most` characters are there."""
    parts: list[str] = []
    size = 0
    for place in places:
        text = bodies[place]
        if text:
            parts.append(text[: most - size])
            size += len(parts[-1])
            if size >= most:
                break
    return "\n".join(parts)


def _novelty(text: str, headline: str, bodies: list[str], index: int, rare: dict[str, float]) -> float:
    """Score that a new story begins under a headline-like line.

    Two things count: how little the text below shares with the text above, and whether the line's own
    words come from the text below and not from the text above.
    """
    scale = 1 if is_dense(text) else 2
    left = _gather(bodies, range(index - 1, max(-1, index - 1 - _BLOCKS), -1), scale * _LEFT)
    right = _gather(bodies, range(index + 1, min(len(bodies), index + 1 + _BLOCKS)), scale * _RIGHT)
    if len(left) < 40 or len(right) < 20:
        return 0.5
    left_grams, right_grams = grams(left), grams(right)
    same = likeness(left_grams, right_grams, rare) * min(
        1.0, 0.4 + len(right) / (500 if is_dense(right) else 1250)
    )
    own: Grams = grams(text)
    drawn = coverage(own, grams(right[:300]), rare) - coverage(
        own, left_grams.keys() | grams(headline).keys(), rare
    )
    return max(-2.5, min(1.4, (0.034 - same) * 60)) + max(-1.2, min(1.6, (drawn - 0.22) * 3.0))
