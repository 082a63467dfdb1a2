"""Clues: what each block of a page says about where stories begin and end."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus import openings
from corpus.cut_words import Grams, coverage, grams, likeness, rarity
from corpus.headlines import headline_score, is_deck, is_flag
from corpus.lines import Block, ends_sentence, is_dense

_LEFT = 900
_RIGHT = 500
_CHUNK = 400
_SAMPLE = 1200
_RUNS_ON = 1.5
_TITLE_LINE = 60
_SUBHEAD_WEIGHT = 0.7
_SUBHEAD_MOST = 1.5
_RULES = frozenset({"rule", "section label"})
_DATED = frozenset({"date and source line", "date line"})


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


@dataclass(frozen=True, slots=True)
class Style:
    """Habits of the page, as rates from 0 to 1: how its stories open and close, and how paragraphs are set."""

    opening: float
    close: float
    usual_gap: int
    web: bool
    subheads: float
    rare: dict[str, float]


def clues_of(blocks: list[Block]) -> list[Clue]:
    """Return the clues that a block shows by itself."""
    found = [_own_clue(block) for block in blocks]
    _mark_lists(blocks, found)
    for index, (above, below) in enumerate(pairwise(found)):
        text = blocks[index].text
        if above.head > 0 and not above.ended and blocks[index + 1].gap == 0 and blocks[index + 1].text[:1].islower():
            below.head = max(below.head, _RUNS_ON) if len(blocks[index + 1].text) <= _TITLE_LINE else below.head
        above.open_ended = (
            not above.ended and above.head < 0 and not above.close and not above.byline and len(text) > 16
        )
        below.goes_on = above.open_ended
    return found


def _own_clue(block: Block) -> Clue:
    text = block.text
    clue = Clue(head=headline_score(text) if len(text) <= 400 else -6.0)
    clue.opening = openings.opens_story(text) or openings.headline_before_opening(text) is not None
    clue.close = openings.closes_story(text)
    clue.byline = not clue.close and not clue.opening and openings.is_byline(text)
    clue.signed = not clue.close and openings.ends_with_signature(text)
    clue.caption = not clue.close and openings.is_caption(text) and not clue.byline
    clue.credit = openings.has_credit(text)
    clue.jump = openings.is_jump(text) or openings.starts_with_jump(text)
    clue.deck = is_deck(text) and clue.head > 0
    clue.flag = clue.head > 0 and is_flag(text)
    clue.run_in = openings.run_in_title(text) is not None
    clue.item = openings.is_item(text)
    clue.numbered = openings.is_numbered(text)
    clue.tabular = "\t" in text
    clue.ended = ends_sentence(text) or text.endswith(("：", ":", "—", "；", "）", ")"))
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


def style_of(blocks: list[Block], clues: list[Clue]) -> Style:
    """Measure the habits of the page."""
    bodies = [(block, clue) for block, clue in zip(blocks, clues, strict=True) if block.furniture is None]
    openings_seen = sum(clue.opening for _, clue in bodies)
    closes_seen = sum((clue.close or clue.signed) and not clue.credit for _, clue in bodies)
    heads = sum(clue.head > 0.5 and not clue.byline for _, clue in bodies)
    gaps = Counter(min(block.gap, 3) for block, clue in bodies[1:] if clue.head < 0)
    usual = min(gaps, key=lambda gap: (-gaps[gap], gap)) if gaps else 0
    chunks = _chunks([block.text for block, _ in bodies])
    return Style(
        opening=_rate(openings_seen, heads),
        close=_rate(closes_seen, heads),
        usual_gap=usual,
        web=any(block.furniture in {"web address", "breadcrumb", *_DATED} for block in blocks[:8])
        and sum(block.furniture in _DATED for block in blocks) < 3,
        subheads=0.0,
        rare=rarity(chunks),
    )


def settle(style: Style, *, marked: float, plain: int, subheads: int) -> Style:
    """Return the style after a first cut of the page: what most of its stories do is expected of all.

    Parameters
    ----------
    style
        The style the first cut was made with.
    marked
        Share of the stories that opened by a formula or byline.
    plain, subheads
        How many headlines stood over text without such a mark, and how many subheads there were.
    """
    expected = _SUBHEAD_WEIGHT * math.log((subheads + 1) / (plain + 1))
    return replace(
        style,
        opening=max(style.opening, marked) if marked >= 0.5 else style.opening,
        subheads=max(-_SUBHEAD_MOST, min(0.3, expected)),
    )


def _rate(seen: int, heads: int) -> float:
    """Return how much to expect of a habit seen `seen` times on a page with `heads` headline-like lines."""
    return 0.0 if seen < 2 else min(1.0, seen / max(3.0, 0.6 * heads))


def _chunks(texts: list[str]) -> list[str]:
    """Join texts into parts of about four hundred characters; very long texts count by their beginning."""
    chunks: list[str] = []
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text[:_SAMPLE])
        size += len(held[-1])
        if size >= _CHUNK:
            chunks.append("\n".join(held))
            held, size = [], 0
    return [*chunks, "\n".join(held)] if held else chunks


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
    """Mark headlines over a date line, and text under a byline or jump line (a column flag may stand between)."""
    for index in range(1, len(blocks) - 1):
        text = blocks[index].text
        if (
            len(text) <= 3
            and clues[index - 1].head > 0
            and clues[index + 1].head < 0
            and openings.names_only(text)
        ):
            clues[index].byline = True
    for index, clue in enumerate(clues):
        over = index > 0 and clues[index - 1].head < 0 and blocks[index - 1].furniture is None
        under = index + 1 == len(blocks) or clues[index + 1].head > 0 or blocks[index + 1].furniture is not None
        clue.signs_off = clue.byline and over and under
        if index:
            passed = blocks[index - 1].furniture is not None or clues[index - 1].caption
            clue.under_head = clues[index - 1].under_head if passed else clues[index - 1].head > 0 or clues[index - 1].byline
        clue.after_rule = index > 0 and blocks[index - 1].furniture in _RULES
    for index, (above, below) in enumerate(pairwise(clues)):
        above.dated = blocks[index + 1].furniture in _DATED
        below.under_byline = above.byline or above.jump or (above.under_byline and above.head > 0)


def _mark_parallel(blocks: list[Block], clues: list[Clue], heads: list[int]) -> None:
    """Headline-like lines that begin or end alike are the subheads of one story."""
    for a, b in pairwise(heads):
        left, right = blocks[a].text, blocks[b].text
        if b - a < 2 or clues[a].listed or clues[b].listed:
            continue
        alike = (
            left[:2] == right[:2] and is_dense(left) and left[0] not in "“《『「" and not left[:2].isdigit()
        )
        numbered = clues[a].numbered and clues[b].numbered
        if alike or numbered:
            clues[a].parallel = clues[b].parallel = True


def _mark_repeats(blocks: list[Block], clues: list[Clue], heads: list[int]) -> None:
    """Mark headline-like lines that a list of contents announced."""
    listed = {block.text.strip("•·●■0123456789.、 ") for block in blocks if block.furniture == "contents"}
    for index in heads:
        clues[index].repeated = bool(listed) and blocks[index].text.strip("•·●■0123456789.、 ") in listed


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

    Two things count: how little the text below shares with the text above, and whether the line's own words come
    from the text below and not from the text above.
    """
    scale = 1 if is_dense(text) else 2
    left = _gather(bodies, range(index - 1, max(-1, index - 41), -1), scale * _LEFT)
    right = _gather(bodies, range(index + 1, min(len(bodies), index + 41)), scale * _RIGHT)
    if len(left) < 40 or len(right) < 20:
        return 0.5
    left_grams, right_grams = grams(left), grams(right)
    same = likeness(left_grams, right_grams, rare) * min(1.0, 0.4 + len(right) / (500 if is_dense(right) else 1250))
    own: Grams = grams(text)
    drawn = coverage(own, grams(right[:300]), rare) - coverage(own, left_grams + grams(headline), rare)
    return max(-2.5, min(1.4, (0.034 - same) * 60)) + max(-1.2, min(1.6, (drawn - 0.22) * 3.0))
