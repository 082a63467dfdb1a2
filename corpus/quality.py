"""How cleanly a text was read, from 0 to 1: a score of what scanning and conversion leave behind."""

from __future__ import annotations

import re
from typing import Final

_GARBAGE: Final = re.compile(r"[\ufffd\u25a0\u25a1\ue000-\uf8ff\x00-\x08\x0b-\x1f]")
_ODD: Final = re.compile(
    r"[^\w\s.,;:!?'\"()\[\]{}%&/@#*+=<>°$€£¥~|^`\-–—…·•\u2018-\u201f\u3000-\u303f\u3300-\u33ff\uff00-\uffef\u2160-\u217f\u2460-\u24ff\u2190-\u21ff\u25a0-\u25ff\u2600-\u26ff]"
)
_REPEAT: Final = re.compile(r"([^\W\d_])\1{3,}|([^\w\s.…—\-_=*·])\2{3,}")
_SCRIPT_JUMP: Final = re.compile(
    r"[\u4e00-\u9fff][a-z][\u4e00-\u9fff]|[a-z][\u0400-\u04ff][a-z]|[\u0400-\u04ff][a-z][\u0400-\u04ff]"
)
_LONELY: Final = re.compile(r"(?:(?<=\s)|^)[^\W\d_](?=\s|$)")
_HAN: Final = re.compile(r"[\u3400-\u9fff\u3041-\u30ff\uac00-\ud7af]+")
_WEIGHT: Final = 10.0


def score_quality(text: str) -> float:
    """Score how cleanly `text` was read: 1 for clean, 0 for garbage, rounded to three decimals.

    With every count divided by the number of characters that are not white space,

        quality = max(0, 1 - 10 · (2 · unreadable + odd + repeated + script jumps + half · lonely letters))

    where *unreadable* are replacement, control, private-use and box characters, *odd* are symbols that print
    rarely uses, *repeated* are characters four or more times in a row, a *script jump* is one letter of one
    script between two of another (`中c国`), and a *lonely* letter stands alone between spaces in text of an
    alphabet. An empty text scores 0.

    Notes
    -----
    It sees what a reader who doesn't know the language sees: characters read as other plausible characters
    go unnoticed.
    """
    size = len(text) - sum(map(str.isspace, text))
    if size == 0:
        return 0.0
    bad = 2.0 * len(_GARBAGE.findall(text)) + len(_ODD.findall(text)) + len(_SCRIPT_JUMP.findall(text))
    bad += sum(len(match[0]) for match in _REPEAT.finditer(text))
    if sum(map(len, _HAN.findall(text))) * 4 < size:
        words = text.split()
        lonely = len(_LONELY.findall(text))
        bad += 0.5 * max(0.0, lonely - 0.1 * len(words))
    return round(max(0.0, 1.0 - _WEIGHT * bad / size), 3)
