"""Which words can name something, and which say the same: what labels are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

_HAN: Final = re.compile("[\u3400-\u9fff]")
_WITHOUT_SPACES: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_NOUNS: Final = ("n", "vn", "an", "i", "j", "l", "eng")
"""Parts of speech of jieba that name: nouns, names, set phrases, short forms, foreign words."""
_VERB_WEIGHT: Final = 0.5
_PHRASE_WEIGHT: Final = 1.25
_STRANGER_WEIGHT: Final = 0.25
"""Of a word in Latin letters in a language that is written otherwise."""
_FRAGMENT: Final = 2
_STEM: Final = 3
_STEM_SHARE: Final = 0.8


def naming_weight(word: str, *, form: str, latin: bool) -> float:
    """Return how well a word names, by its kind: 1 for a noun.

    Chinese verbs count half, and so do other words of three characters or more (一带一路 is tagged a number);
    shorter ones (只管) count nothing. A phrase counts more than a word. In a language written in other
    letters a Latin word counts a quarter. A Latin word of one or two letters counts nothing unless it is
    written in capitals (EU).

    Parameters
    ----------
    word
        In the normal form of tokens.
    form
        As the articles write it.
    latin
        Whether the articles' language is written in Latin letters.
    """
    if _HAN.search(word):
        return _han_weight(word)
    weight = _PHRASE_WEIGHT if " " in word else 1.0
    if word.isascii() and not latin:
        weight *= _STRANGER_WEIGHT
    return 0.0 if len(word) <= _FRAGMENT and not form.isupper() else weight


def say_the_same(one: str, other: str) -> bool:
    """Whether two words repeat each other: by their stem (`protest`, `protesters`) or as parts (旅行者)."""
    return any(_alike(a, b) for a in one.split() for b in other.split())


def _alike(one: str, other: str) -> bool:
    """Whether two words without spaces share their stem, or two characters where none are written."""
    if _WITHOUT_SPACES.search(one + other):
        return one in other or other in one or bool(_pairs(one) & _pairs(other))
    shorter = min(len(one), len(other))
    stem = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return one == other or (stem >= _STEM and stem >= _STEM_SHARE * shorter)


def _pairs(word: str) -> set[str]:
    """Return the pairs of neighbouring characters."""
    return {word[at : at + 2] for at in range(len(word) - 1)}


def _han_weight(word: str) -> float:
    """Return the weight of a Chinese word by the part of speech of its last piece."""
    kind = _tagger()(word)[-1][1]
    if kind.startswith(_NOUNS):
        return 1.0
    return _VERB_WEIGHT if kind.startswith("v") or len(word) > _FRAGMENT else 0.0


@cache
def _tagger() -> Callable[[str], list[Any]]:
    """Return rjieba's tagger; its dictionary is read once."""
    import rjieba

    tagger: Callable[[str], list[Any]] = rjieba.tag
    return tagger
