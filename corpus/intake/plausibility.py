"""How plausible a decoded text is: what its characters cost, by how common they are and how they follow.

A wrong encoding gives characters too, but others than people write: rare ideographs, capitals within words,
ideographs among Hangul, half-width Katakana. Each class of character has a cost, in nats per character as a
page's language would have it (a common letter 3, a common ideograph 5 to 7, a rare one 11), and so has an
unlikely neighbourhood. Readings of the same bytes are compared by their sums. The most frequent ideographs
are those of charset-normalizer's tables. Its own choice, which this replaces, took Russian in ISO 8859-5 for
another Cyrillic encoding, refused a Chinese page that ends within a character, and read random bytes as text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Final

_CLASSES: Final = (
    (r"[\t\n\r -~]", 3.0),
    (r"[ёа-я]", 3.2),
    (r"[ЁА-Я]", 5.0),
    (r"[\u0621-\u064a\u0660-\u0669،؛؟]", 3.4),
    (r"[àâäáãåçèéêëìíîïñòóôõöùúûüýßœæøÿ]", 5.0),
    (r"[ÀÂÄÁÃÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŒÆØ]", 7.0),
    (r"[\u2010-\u2027\u2030\u2032\u2033\u2039-\u203b€№™©®°§«»·¿¡£¥\u00a0]", 6.0),
    (r"[\u3041-\u3096\u30a1-\u30fe]", 4.5),
    (r"[\u3000-\u303f\uff01-\uff5e]", 4.5),
    (r"[\u2160-\u217b\u2460-\u249b\u25a0-\u25ef\u2605\u2606\u2190-\u2193±×÷²³¼½¾]", 8.0),
    (r"[\uac00-\ud7a3]", 6.0),
    (r"[\u3400-\u9fff]", 11.0),
    (r"[\u0400-\u045f\u0370-\u03ff\u0100-\u017f\u0590-\u05ff\u0e00-\u0e7f\u0900-\u0dff\u1e00-\u1eff]", 7.5),
    (r"[\u00a1-\u00ff\u0460-\u06ff\u2000-\u27ff]", 10.0),
)
_COSTS: Final = tuple((re.compile(pattern), cost) for pattern, cost in _CLASSES)
_UNKNOWN: Final = 13.0
"""Cost of a character of no class: unreadable, private, control, half-width Katakana, rare scripts."""
_FREQUENT: Final = 4.7
_COMMON: Final = 7.3
_HAN: Final = r"[\u3400-\u9fff]"
_HANGUL: Final = r"[\uac00-\ud7a3]"
_WORD: Final = r"[a-zà-öø-ÿ]"
_OTHER_LETTERS: Final = r"[\u0400-\u06ff]"
_NEIGHBOURS: Final = (
    (re.compile(rf"{_HAN}(?={_HANGUL})|{_HANGUL}(?={_HAN})"), 5.0),
    (re.compile(rf"(?:{_HANGUL}){{8}}"), 4.0),
    (re.compile(r"[a-zà-öø-ÿа-яё](?=[A-ZÀ-ÖØ-ÞА-ЯЁ])"), 5.0),
    (re.compile(rf"[A-Za-z](?={_OTHER_LETTERS})|{_OTHER_LETTERS}(?=[A-Za-z])"), 5.0),
    (re.compile(r"[à-öø-ÿ](?=[à-öø-ÿ]{2})"), 4.0),
    (re.compile(rf"{_WORD}(?=[\u3041-\u30fe\u3400-\u9fff\uac00-\ud7a3])"), 3.0),
    (re.compile(rf"[\u3041-\u30fe\u3400-\u9fff\uac00-\ud7a3](?={_WORD})"), 4.0),
)
_KANA: Final = re.compile(r"[\u3041-\u3096\u30a1-\u30fe]")
_KANA_SHARE: Final = 0.15
"""Share of Kana among the characters beyond ASCII from which on a text and its ideographs are Japanese."""


def cost_of(text: str) -> float:
    """Cost of a text, in nats: the less, the more plausible."""
    beyond = sum(character > "\x7f" for character in text)
    common = _ideographs(japanese=len(_KANA.findall(text)) > _KANA_SHARE * beyond)
    total = 0.0
    for character, count in Counter(text).items():
        total += count * (common.get(character) or _class_cost(character))
    return total + sum(len(pattern.findall(text)) * cost for pattern, cost in _NEIGHBOURS)


@cache
def _class_cost(character: str) -> float:
    for pattern, cost in _COSTS:
        if pattern.match(character):
            return cost
    return _UNKNOWN


@cache
def _ideographs(*, japanese: bool) -> dict[str, float]:
    """Costs of the ideographs in common use: those of the first levels of the national standards."""
    from charset_normalizer.constant import FREQUENCIES
    from opencc import OpenCC

    levels = [("shift_jis", 0x88, 0x97)] if japanese else [("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)]
    costs = dict.fromkeys((letter for level in levels for letter in _first_level(*level)), _COMMON)
    frequent = "".join(FREQUENCIES["Japanese" if japanese else "Chinese"])
    if not japanese:
        frequent += OpenCC("s2t").convert(frequent)
    return costs | dict.fromkeys((letter for letter in frequent if _is_ideograph(letter)), _FREQUENT)


def _first_level(encoding: str, first: int, last: int) -> Iterator[str]:
    """The ideographs of an encoding whose lead byte lies between two."""
    for lead, trail in product(range(first, last + 1), range(0x40, 0xFF)):
        letter = bytes((lead, trail)).decode(encoding, errors="ignore")
        if _is_ideograph(letter):
            yield letter


def _is_ideograph(letter: str) -> bool:
    return len(letter) == 1 and "\u4e00" <= letter <= "\u9fff"
