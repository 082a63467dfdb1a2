"""Which script a stretch of text is written in, and one normal form of a word.

The tokenizer cuts a text into stretches of Han and kana, of Thai, and of words that spaces or punctuation
already separate, and gives each to the right segmenter, whatever language the article as a whole is in.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from typing import Any, Final

HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA: Final = "\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe"
THAI: Final = "\u0e01-\u0e3a\u0e40-\u0e4e"
HAN_NUMBER: Final = re.compile(
    "[〇零一二三四五六七八九十百千万亿萬億两第余多年月日号時时点分個个名位次项項条届期]+"
)
"""A number or a date in Han characters."""
_ALIASES: Final = {
    "yue": "zh",
    "wuu": "zh",
    "cmn": "zh",
    "nan": "zh",
    "hak": "zh",
    "nb": "no",
    "nn": "no",
    "fil": "tl",
}
_NON_LATIN: Final = (
    "am ar be bg bn el fa gu he hi hy ja ka kk km kn ko lo "
    "mk ml mn mr my ne or pa ps ru si sr ta te th ti uk ur zh"
)
"""Languages not usually written in Latin letters."""
_PUNCTUATION: Final = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；！？（）％…\u3000")
"""Compatibility characters that most Chinese texts have, and their plain forms."""
_ARABIC_MARKS: Final = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")


def primary_subtag(lang: str | None) -> str | None:
    """Return the language itself of a BCP-47 tag (`zh-Hant-TW`, `yue` → `zh`); None for none or `und`."""
    if not isinstance(lang, str) or not lang:
        return None
    base = re.split("[-_]", lang.strip().lower(), maxsplit=1)[0]
    return None if base in ("", "und", "mul", "zxx") else _ALIASES.get(base, base)


def is_latin_script(base: str) -> bool:
    """Whether the language with this primary subtag is usually written in Latin letters."""
    return base not in _NON_LATIN.split()


@cache
def stretches() -> re.Pattern[str]:
    r"""Return the pattern whose groups `cjk`, `thai` and `word` are the stretches of a normalised text.

    A word starts with a letter and goes on with letters and combining marks (which `\w` leaves out, so that
    Yoruba, Hindi or Tamil words would fall to pieces), with one apostrophe inside.
    """
    return re.compile(f"(?P<cjk>[{HAN}{KANA}]+)|(?P<thai>[{THAI}]+)|(?P<word>{_spaced_word()})")


@cache
def words_apart() -> re.Pattern[str]:
    """Return the pattern whose one group is a stretch of Thai or a word, the stretches that aren't CJK."""
    return re.compile(f"([{THAI}]+|{_spaced_word()})")


def _spaced_word() -> str:
    """Return the pattern of a word that others separate by spaces."""
    letter, mark = f"[^\\W\\d_{HAN}{KANA}{THAI}]", f"[{_marks()}]"
    part = f"{letter}+(?:{mark}+{letter}*)*"
    return f"{part}(?:'{part})?"


def _marks() -> str:
    """Return every combining mark outside Thai, as the inside of a character class."""
    marks = [
        chr(code)
        for code in range(0x300, min(0x1F000, sys.maxunicode))
        if unicodedata.category(chr(code))[0] == "M" and not 0x0E00 <= code <= 0x0E7F
    ]
    return re.escape("".join(marks))


def compatible(text: str) -> str:
    """Return `text` in NFKC.

    The punctuation of Chinese, which joins with no other character, is put in its plain form first: Python is
    thirty times as fast with a text that is in NFKC already.
    """
    for wide, plain in _PUNCTUATION:
        text = text.replace(wide, plain)
    return unicodedata.normalize("NFKC", text)


def normalise(text: str) -> str:
    """Return `text` in NFKC, casefolded, with plain apostrophes, without Arabic vowel signs and tatweel."""
    folded = compatible(text).casefold().replace("’", "'")
    return _ARABIC_MARKS.sub("", folded)


@cache
def _converter() -> Any:
    """Return OpenCC's converter from traditional to simplified characters."""
    import opencc

    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Return Chinese `text` in simplified characters, so that 廉潔 and 廉洁 are one word."""
    return str(_converter().convert(text))
