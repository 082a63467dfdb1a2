"""Subheads of a feature: what says that the text under a headline-like line goes on with the same story.

A subhead stands alone, with no byline or opening under it; the people who spoke above speak on below, and
the subheads of one story are short and of one length.
"""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.bylines import SURNAMES
from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block, is_dense

_SURNAME: Final = rf"(?!周[一二三四五六日末])[{''.join(sorted(SURNAMES))}]"
_BEFORE: Final = r"(?:^|(?<=[”，。！？；：、“\s记民任理师长生员傅人板士授工匠]))"
_SPEAKER: Final = re.compile(
    rf"{_BEFORE}({_SURNAME}[\u4e00-\u9fff]{{1,2}}?)"
    r"(?:说|介绍|告诉|表示|坦言|笑着|回忆|感慨|高兴地|算了|深有|直言|解释)",
    re.MULTILINE,
)
_PERSON: Final = re.compile(
    rf"(?:书记|村民|主任|负责人|经理|老师|校长|医生|居民|师傅|队长|农户|厂长|院长|局长|镇长|县长|大户|老板|老人)"
    rf"({_SURNAME}[\u4e00-\u9fff]{{1,2}})"
)
_LEADS: Final = re.compile(
    r"^\s*(?:\d{1,2}月(?:\d{1,2}日|[，上中下初底])|\d{1,2}日|日前|近日|昨[日天晚]|今[日天晨]|连日来|本报|新华社"
    r"|[^将]{0,40}(?:获悉|记者从|\d{1,2}[日号]))"
)
_REFERS_BACK: Final = re.compile(
    r"^\s*(?:[他她]|但|而且|因为|所以|后来|此外|其中|同时|另外|不仅如此|下一步|接下来|目前|如今)"
)
_INTRODUCES: Final = re.compile(r"^\s*(?:\d{1,4}[年月日]|记者|据|为\S{2,20}，)")
_NEWS: Final = 60
_LEFT: Final = 900
_RIGHT: Final = 500
_ALIKE: Final = 2.0
_SHORT: Final = 0.75
_SAME_PEOPLE: Final = 2.0
_IN_FORM: Final = 0.5
_IS_SHORT: Final = 0.6
_UNMARKED: Final = 0.3
_LEAD: Final = 1.0
_BACK: Final = 1.0


def mark_sections(blocks: list[Block], clues: list[Clue], heads: list[int]) -> None:
    """Score, in `section`, how far each lone headline-like line looks like the subhead of a story."""
    alone = [index for index in heads if _stands_alone(blocks, clues, index)]
    sure = [blocks[index].width for index in heads if _is_marked(clues, index)]
    usual = sum(sure) / len(sure) if len(sure) >= 2 else 0.0
    for place, index in enumerate(alone):
        below = blocks[index + 1].text
        if begins_news(below):
            clues[index].section = -_LEAD
        if clues[index].section or _INTRODUCES.match(below[:_NEWS]):
            continue
        same = _same_people(blocks, clues, index)
        score = _SAME_PEOPLE * same
        near = [alone[k] for k in (place - 1, place + 1) if 0 <= k < len(alone)]
        score += _IN_FORM * any(abs(blocks[other].width - blocks[index].width) <= _ALIKE for other in near)
        score += _BACK * refers_back(below)
        score += _IS_SHORT * (blocks[index].width < _SHORT * usual)
        score += _UNMARKED * (usual > 0 and not clues[index].alternates)
        clues[index].alternates = clues[index].alternates and not same
        clues[index].section = score


def begins_news(text: str) -> bool:
    """Tell whether a paragraph begins as news do: with the day it happened, or who told it."""
    return _LEADS.match(text[:_NEWS]) is not None


def refers_back(text: str) -> bool:
    """Tell whether a paragraph begins with a word that refers to what was said above it."""
    return _REFERS_BACK.match(text[:_NEWS]) is not None


def _stands_alone(blocks: list[Block], clues: list[Clue], index: int) -> bool:
    """Tell whether a line stands between two paragraphs of running text, the one below without a formula."""
    if not 0 < index < len(blocks) - 1 or clues[index].listed or not is_dense(blocks[index].text):
        return False
    above, below = clues[index - 1], clues[index + 1]
    plain = not (blocks[index - 1].furniture or blocks[index + 1].furniture)
    return plain and above.head < 0 and below.head < 0 and above.ended and not (below.opening or above.signed)


def _is_marked(clues: list[Clue], index: int) -> bool:
    """Tell whether a line is a headline by the formula or byline under it."""
    return index + 1 < len(clues) and (clues[index + 1].opening or clues[index + 1].byline)


def _same_people(blocks: list[Block], clues: list[Clue], index: int) -> bool:
    """Tell whether somebody who is named above the line is named below it, before any formula."""
    above = _text(blocks, clues, range(index - 1, -1, -1), _LEFT)
    below = _text(blocks, clues, range(index + 1, len(blocks)), _RIGHT)
    names = {name for text in (above, below) for rule in (_SPEAKER, _PERSON) for name in rule.findall(text)}
    return any(name in above and name in below for name in names)


def _text(blocks: list[Block], clues: list[Clue], places: range, most: int) -> str:
    """Join the paragraphs along `places` as far as one story goes at the most."""
    found: list[str] = []
    size = 0
    for place in places:
        if clues[place].byline or (clues[place].opening and places.step > 0) or size >= most:
            break
        if clues[place].head < 0 and blocks[place].furniture is None:
            found.append(blocks[place].text[: most - size])
            size += len(found[-1])
        if clues[place].opening:
            break
    return "\n".join(found)
