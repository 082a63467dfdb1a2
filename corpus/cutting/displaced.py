"""Headlines that stand away from their story: heaped on top of the page, below it, or one story too far.

Each headline unit (lines that stand together) is compared with the bodies around it; the best pairs
are taken first, and a unit leaves its place only for a body that clearly repeats its words. Nothing
happens on a page where every body has its headline.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block
from corpus.cutting.stories import Story
from corpus.cutting.words import Grams, coverage, grams, rarity

_REACH: Final = 30
_HOME: Final = 0.33
_AWAY: Final = 0.4
_MARGIN: Final = 0.12
_LEAD: Final = 1000
_CLEAR: Final = 0.5
_HEAP: Final = 3
_LEAST: Final = 0.12
_FIRST: Final = 0.03


@dataclass(slots=True)
class _Unit:
    """Headline lines that belong together, their story so far, and whether they touch its body."""

    rows: list[int]
    home: int
    touches: bool


def bring_home(blocks: list[Block], clues: list[Clue], stories: list[Story]) -> list[Story]:
    """Give displaced headlines to the bodies they belong to; a headline nobody takes stays where it was."""
    lost = [
        place
        for place, story in enumerate(stories)
        if story.body and not _titled(story, clues) and not _jumps(story, clues)
    ]
    if not lost:
        return stories
    units = [unit for place, story in enumerate(stories) for unit in _units(blocks, clues, story, place)]
    bodies = [grams("\n".join(blocks[i].text[:_LEAD] for i in story.body[:6])[:_LEAD]) for story in stories]
    units = [part for unit in units for part in _part(unit, blocks, clues, bodies, lost)]
    pairs = _pairs(blocks, clues, stories, units, bodies, set(lost))
    if not any(units[u].home != place for _, u, place in pairs):
        return stories
    owner = _match(pairs, units)
    return _rebuild(stories, units, owner)


def _titled(story: Story, clues: list[Clue]) -> bool:
    return any(not clues[i].byline and not clues[i].jump for i in story.heads)


def _jumps(story: Story, clues: list[Clue]) -> bool:
    return any(clues[i].jump for i in story.blocks[:2])


def _units(blocks: list[Block], clues: list[Clue], story: Story, place: int) -> list[_Unit]:
    """Split a headline block where a blank line parts lines that else stand close, or an indent changes."""
    tight = any(blocks[b].gap == 0 for a, b in zip(story.heads, story.heads[1:], strict=False) if b == a + 1)
    units: list[_Unit] = []
    for row in story.heads:
        apart = (
            not units
            or not tight
            or blocks[row].gap > 0
            or blocks[row].lines[0].indent != blocks[units[-1].rows[0]].lines[0].indent
        )
        if apart and not (units and (clues[row].byline or clues[row].jump or clues[row].deck)):
            units.append(_Unit([row], place, touches=False))
        else:
            units[-1].rows.append(row)
    if units and story.body:
        units[-1].touches = True
    return units


def _part(
    unit: _Unit, blocks: list[Block], clues: list[Clue], bodies: list[Grams], lost: list[int]
) -> list[_Unit]:
    """Part a heap of headlines, whose lines stand close but clearly speak of different bodies."""
    if unit.touches or len(unit.rows) < 2:
        return [unit]
    near = [place for place in lost if abs(place - unit.home) <= _REACH]
    wanted: set[int] = set()
    for row in unit.rows:
        own = grams(blocks[row].text)
        scores = [(coverage(own, bodies[place], {}), -place) for place in near]
        if scores and max(scores)[0] >= _CLEAR:
            wanted.add(max(scores)[1])
    if len(wanted) < 2:
        return [unit]
    parts: list[_Unit] = []
    for row in unit.rows:
        if parts and clues[row].byline:
            parts[-1].rows.append(row)
        else:
            parts.append(_Unit([row], unit.home, touches=False))
    return parts


def _pairs(
    blocks: list[Block],
    clues: list[Clue],
    stories: list[Story],
    units: list[_Unit],
    bodies: list[Grams],
    lost: set[int],
) -> list[tuple[float, int, int]]:
    """Return (score, unit, story) of the pairs worth taking, best first."""
    rare = rarity(
        "\n".join(blocks[i].text[:_LEAD] for i in story.body[:6]) for story in stories if story.body
    )
    free = lost | {unit.home for unit in units if unit.touches}
    heaps = _heaps(units, lost)
    pairs: list[tuple[float, int, int]] = []
    for index, unit in enumerate(units):
        own = grams(" ".join(blocks[row].text for row in unit.rows[:4] if not clues[row].byline))
        heaped = unit.home in heaps
        home = coverage(own, bodies[unit.home], rare)
        if heaped:
            pairs.append((_in_heap(home, own) + _FIRST * unit.touches, index, unit.home))
        elif unit.touches:
            pairs.append((home + _HOME, index, unit.home))
        for place in range(max(0, unit.home - _REACH), min(len(stories), unit.home + _REACH + 1)):
            if place == unit.home or place not in free or not bodies[place]:
                continue
            score = coverage(own, bodies[place], rare)
            if heaped:
                pairs.append((_in_heap(score, own), index, place))
            elif score >= _AWAY and score >= home + _MARGIN:
                pairs.append((score, index, place))
    least = [_LEAST if unit.home in heaps else 0.0 for unit in units]
    kept = [pair for pair in pairs if pair[0] >= least[pair[1]]]
    return sorted(kept, key=lambda pair: (-pair[0], pair[1], pair[2]))


def _heaps(units: list[_Unit], lost: set[int]) -> set[int]:
    """Return the stories that hold a heap: several headlines, most of them of bodies without one."""
    counts = Counter(unit.home for unit in units)
    return {
        home
        for home, count in counts.items()
        if count >= _HEAP and sum(abs(place - home) <= _REACH for place in lost) >= _HEAP - 1
    }


def _in_heap(score: float, own: Grams) -> float:
    """Shrink the score of a short line: one shared gram of three says less than three of nine."""
    return score * len(own) / (len(own) + 2)


def _match(pairs: list[tuple[float, int, int]], units: list[_Unit]) -> list[int]:
    """Return the story of each unit: the best pairs first, one a story; the rest stay at home."""
    owner = [-1] * len(units)
    taken: set[int] = set()
    for _, index, place in pairs:
        if owner[index] < 0 and place not in taken:
            owner[index] = place
            taken.add(place)
    for index, unit in enumerate(units):
        if owner[index] < 0:
            follows = index + 1 < len(units) and units[index + 1].home == unit.home and owner[index + 1] >= 0
            owner[index] = owner[index + 1] if follows else unit.home
    return owner


def _rebuild(stories: list[Story], units: list[_Unit], owner: list[int]) -> list[Story]:
    """Return the stories with the headlines they were given; a story left with nothing is gone."""
    rebuilt = [Story(body=story.body, caption=story.caption, why=list(story.why)) for story in stories]
    for unit, place in zip(units, owner, strict=True):
        rebuilt[place].heads.extend(unit.rows)
        if place != unit.home:
            rebuilt[place].why.append("a headline that stands elsewhere and shares its words")
    for story in rebuilt:
        story.heads.sort()
    return [story for story in rebuilt if story.blocks]
