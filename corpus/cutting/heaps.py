"""Heaps of headlines: several stand together, and their bodies follow one after another with no headline.

The heap says how many stories there are and what each is about. Every headline votes for the paragraph that
repeats most of its words, which is mostly the first of its body; a body also begins where the words change,
after a signature, and where text opens as news do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block
from corpus.cutting.sections import begins_news, refers_back
from corpus.cutting.words import Grams, coverage, grams, likeness, rarity

_LINES: Final = 4
_MOST_LINES: Final = 60
_MOST_TEXT: Final = 200
_STORIES: Final = 3
_LEAD: Final = 250
_WINDOW: Final = 500
_NEAR: Final = 4
# A logistic regression of where bodies begin under simulated heaps, of two sources of articles, rounded.
_BASE: Final = -4.6
_VOTE: Final = 8.5
_ALIKE: Final = -52.0
_ALIKE_MOST: Final = 0.15
_NEWS: Final = 1.5
_BACK: Final = -1.3
_SIGNED: Final = 5.0
_HOPELESS: Final = -2.0


def mark_heaps(blocks: list[Block], clues: list[Clue]) -> None:
    """Score, in `starts`, how far each paragraph under a heap of headlines begins a body of its own.

    Nothing is marked where fewer than three bodies answer: then the lines are one story's headline block.
    """
    for lines, texts in _heaps(blocks, clues):
        scores = _scores(blocks, clues, lines, texts)
        if 1 + sum(score > 0 for score in scores[1:]) < _STORIES:
            continue
        for index, score in zip(texts[1:], scores[1:], strict=True):
            clues[index].starts = score


def _heaps(blocks: list[Block], clues: list[Clue]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the lines of each heap, and the paragraphs below it as far as the next headline."""
    lines: list[int] = []
    texts: list[int] = []
    for index, (block, clue) in enumerate(zip(blocks, clues, strict=True)):
        if block.furniture is not None or clue.close or clue.caption or clue.credit_line:
            continue
        if clue.head < 0:
            texts.append(index)
            continue
        if texts:
            if len(lines) >= _LINES and len(texts) > _STORIES:
                yield lines[-_MOST_LINES:], texts[:_MOST_TEXT]
            lines, texts = [], []
        if not clue.byline and not clue.jump:
            lines.append(index)
    if len(lines) >= _LINES and len(texts) > _STORIES:
        yield lines[-_MOST_LINES:], texts[:_MOST_TEXT]


def _scores(blocks: list[Block], clues: list[Clue], lines: list[int], texts: list[int]) -> list[float]:
    """Return the log-odds that each paragraph begins a body."""
    rare = rarity(blocks[i].text[:_WINDOW] for i in texts)
    votes = _votes(
        [grams(blocks[i].text) for i in lines], [grams(blocks[i].text[:_LEAD]) for i in texts], rare
    )
    found: list[float] = []
    for place, index in enumerate(texts):
        above = clues[index - 1]
        score = (
            _BASE
            + _VOTE * votes[place]
            + _NEWS * begins_news(blocks[index].text)
            + _BACK * refers_back(blocks[index].text)
            + _SIGNED * (above.close or above.signed)
        )
        if score > _HOPELESS:  # likeness, which takes time, can only lower it
            score += _ALIKE * min(_ALIKE_MOST, _likeness(blocks, texts, place, rare))
        found.append(score)
    return found


def _likeness(blocks: list[Block], texts: list[int], place: int, rare: dict[str, float]) -> float:
    """Return how far the text above and the text from a place on share their words."""
    left = "\n".join(blocks[i].text[-_WINDOW:] for i in texts[max(0, place - _NEAR) : place])
    right = "\n".join(blocks[i].text[:_WINDOW] for i in texts[place : place + _NEAR])
    return likeness(grams(left[-_WINDOW:]), grams(right[:_WINDOW]), rare)


def _votes(lines: list[Grams], texts: list[Grams], rare: dict[str, float]) -> list[float]:
    """Return for each text the best vote it got: each line votes for the text that repeats most of it."""
    votes = [0.0] * len(texts)
    for own in lines:
        shrunk = len(own) / (len(own) + 2)  # one shared gram of three says less than three of nine
        shares = [coverage(own, text, rare) * shrunk for text in texts]
        best = max(range(len(texts)), key=lambda place: (shares[place], -place))
        votes[best] = max(votes[best], shares[best])
    return votes
