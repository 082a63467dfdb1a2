"""The habits of a page: how its stories open and close, how its paragraphs and its words are spread.

Newspapers are steady: where most stories open with a dateline, a headline over text without one is
more likely a subhead. The habits are measured twice, before the first cut and on it.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block
from corpus.cutting.words import rarity

_CHUNK: Final = 400
_SAMPLE: Final = 1200
_SUBHEAD_WEIGHT: Final = 0.7
_SUBHEAD_MOST: Final = 1.5


@dataclass(frozen=True, slots=True)
class Style:
    """Habits of the page, as rates from 0 to 1: how stories open and close, and how paragraphs are set."""

    opening: float
    close: float
    usual_gap: int
    web: bool
    subheads: float
    rare: dict[str, float]


def style_of(blocks: list[Block], clues: list[Clue], *, web: bool) -> Style:
    """Measure the habits of the page; `web` says that it is one article of a site."""
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
        web=web,
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
