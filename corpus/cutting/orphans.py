"""Columns that were printed away from their story, mostly the last one before its own headline.

An orphan is text without headline or opening formula. It belongs where another story breaks off in
mid-sentence and what follows there is about something else. Text that fits nowhere stays a story of
its own: nothing is glued.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block
from corpus.cutting.stories import Story
from corpus.cutting.words import grams, likeness

_REACH: Final = 15
_BEFORE: Final = 900
_AFTER: Final = 500
_GAIN: Final = 0.04
_NOTHING: Final = 0.04
_ROUNDS: Final = 6
_LAST_BLOCKS: Final = 5


@dataclass(frozen=True, slots=True)
class _Seam:
    """A place where a story breaks off in mid-sentence: after the block at `at` of its body."""

    story: int
    at: int
    end: int


def rejoin(
    blocks: list[Block], clues: list[Clue], stories: list[Story], rare: dict[str, float]
) -> list[Story]:
    """Put orphan columns behind the text they continue; `rare` is the rarity of the page's grams."""
    broken = any(story.body and clues[story.body[-1]].open_ended for story in stories)
    if not broken and not any(_is_orphan(story, clues) for story in stories):
        return stories
    parted: list[Story] = []
    tails: list[tuple[Story, Story]] = []
    for story in stories:
        parts = _part_by_signature(story, blocks, clues, rare)
        parted.extend(parts)
        if len(parts) == 2:
            tails.append((parts[0], parts[1]))
    for _ in range(_ROUNDS):
        best = _best_join(blocks, clues, parted, rare)
        if best is None:
            break
        _attach(parted, *best)
    for head, tail in tails:
        if any(story is tail for story in parted):
            head.body, tail.body = [*head.body, *tail.body], []
    return [story for story in parted if story.blocks]


def _is_orphan(story: Story, clues: list[Clue]) -> bool:
    """Tell whether a story is text with neither headline nor opening formula."""
    if story.heads or story.caption or not story.body:
        return False
    first = clues[story.body[0]]
    return not (first.opening or first.jump or first.run_in or first.caption or first.item)


def _text(blocks: list[Block], order: list[int], most: int) -> str:
    """Join the texts of blocks, `most` characters at the most."""
    return "\n".join(blocks[i].text[:most] for i in order[:12])[:most]


def _part_by_signature(
    story: Story, blocks: list[Block], clues: list[Clue], rare: dict[str, float]
) -> list[Story]:
    """Part a story whose closing signature isn't its byline: its last column is another story's."""
    signed = story.body and clues[story.body[-1]].close and not clues[story.body[-1]].credit
    if not signed or len(story.body) < 4 or not any(clues[i].byline for i in story.heads):
        return [story]
    places = [
        k
        for k in range(max(2, len(story.body) - 1 - _LAST_BLOCKS), len(story.body) - 1)
        if not clues[story.body[k]].goes_on and clues[story.body[k]].head < 0
    ]
    if not places:
        return [story]
    whole = grams(_text(blocks, story.body[:-1][: places[0]], 4 * _BEFORE))
    cut = min(
        places, key=lambda k: (likeness(whole, grams(_text(blocks, story.body[k:-1], _AFTER)), rare), k)
    )
    head = Story(heads=story.heads, body=story.body[:cut], why=story.why)
    return [head, Story(body=story.body[cut:], why=["a signature that is not the byline's"])]


def _seams(stories: list[Story], clues: list[Clue]) -> Iterator[_Seam]:
    """Yield the places where stories break off in mid-sentence."""
    for place, story in enumerate(stories):
        if story.caption:
            continue
        opens = [k for k, i in enumerate(story.body) if clues[i].open_ended]
        for number, k in enumerate(opens):
            end = opens[number + 1] + 1 if number + 1 < len(opens) else len(story.body)
            yield _Seam(place, k, end)


def _best_join(
    blocks: list[Block], clues: list[Clue], stories: list[Story], rare: dict[str, float]
) -> tuple[int, _Seam] | None:
    """Return the orphan and the seam that gain most from each other, or None when no pair gains enough."""
    orphans = [place for place, story in enumerate(stories) if _is_orphan(story, clues)]
    if not orphans:
        return None
    best: tuple[float, int, _Seam] | None = None
    texts = {place: grams(_text(blocks, stories[place].body, _AFTER)) for place in orphans}
    for seam in _seams(stories, clues):
        near = [place for place in orphans if place != seam.story and abs(place - seam.story) <= _REACH]
        if not near:
            continue
        body = stories[seam.story].body
        before = grams(_text(blocks, body[max(0, seam.at - 8) : seam.at + 1], _BEFORE))
        after = grams(_text(blocks, body[seam.at + 1 : seam.end], _AFTER))
        held = likeness(before, after, rare) if after else _NOTHING
        for place in near:
            gain = likeness(before, texts[place], rare) - held
            if gain >= _GAIN and (best is None or gain > best[0]):
                best = (gain, place, seam)
    return None if best is None else best[1:]


def _attach(stories: list[Story], orphan: int, seam: _Seam) -> None:
    """Move an orphan behind a seam; what stood there is an orphan now."""
    story, moved = stories[seam.story], stories[orphan]
    rest = story.body[seam.at + 1 :]
    story.body = [*story.body[: seam.at + 1], *moved.body]
    story.why.append("a column printed elsewhere that its broken sentence continues")
    stories[orphan] = Story(body=rest, why=["text without a headline at the end of another story"])
