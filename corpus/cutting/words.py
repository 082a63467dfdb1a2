"""What the parts of a page are about: grams, their rarity on the page, and how far two texts share them.

Han text is cut into pairs of characters, other text into the first six letters of its longer words:
crude, but the same for every language, and enough to tell whether two columns speak of the same places
and people.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable
from itertools import chain
from operator import add
from typing import Final

Grams = Counter[str]

_HAN_RUN: Final = re.compile(r"[\u30a0-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_WORD: Final = re.compile(r"[^\W_\u3040-\u309f]{5,}|\d{2,}")
_STEM: Final = 6
_MOST: Final = 2
_FOREIGN: Final = 0.13
"""Share of their words that a story repeats of texts that aren't its own, at most."""


def grams(text: str) -> Grams:
    """Count the grams of `text`."""
    pairs = [map(add, run, run[1:]) for run in _HAN_RUN.findall(text)]
    rest = _HAN_RUN.sub(" ", text)
    return Counter(chain(*pairs, [word[:_STEM].lower() for word in _WORD.findall(rest)]))


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """Return log(1 + n / df) of each gram over the given parts of a page."""
    seen: Counter[str] = Counter()
    n = 0
    for text in texts:
        seen.update(grams(text).keys())
        n += 1
    return {gram: math.log(1 + n / df) for gram, df in seen.items()}


def likeness(left: Grams, right: Grams, rare: dict[str, float]) -> float:
    """Return the cosine of two counts of grams, weighted by rarity; 0 when one is empty."""
    shared = sum(
        [
            rare.get(gram, 1.0) ** 2 * min(count, _MOST) * min(right[gram], _MOST)
            for gram, count in left.items()
            if gram in right
        ]
    )
    if not shared:
        return 0.0
    return shared / (_norm(left, rare) * _norm(right, rare))


def _norm(counts: Grams, rare: dict[str, float]) -> float:
    """Return the length of a vector of weighted counts."""
    weights = [rare.get(gram, 1.0) * (count if count < _MOST else _MOST) for gram, count in counts.items()]
    return math.sqrt(sum([weight**2 for weight in weights]))


def coverage(part: Grams, whole: Container[str], rare: dict[str, float]) -> float:
    """Return the share of `part`'s weight that occurs in `whole`: how much of a headline a text repeats."""
    total = sum(rare.get(gram, 1.0) for gram in part)
    if not total:
        return 0.0
    return sum(rare.get(gram, 1.0) for gram in part if gram in whole) / total


def is_foreign(part: Iterable[Grams], whole: Iterable[Grams]) -> bool:
    """Tell whether texts share hardly a word with others, so that they are no part of their story."""
    own, told = Counter(gram for text in part for gram in text), set[str]().union(*whole)
    return bool(own) and coverage(own, told, {}) <= _FOREIGN
