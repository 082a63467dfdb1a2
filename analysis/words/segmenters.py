"""Segmenters of languages without spaces: rjieba for Chinese, Sudachi for Japanese, PyThaiNLP for Thai.

Each reads its dictionary when it is first used.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from analysis.words.scripts import HAN_NUMBER, KANA

_KANA: Final = re.compile(f"[{KANA}]")
_SMALL_KANA: Final = re.compile(f"[{KANA}]{{1,2}}")
_JAPANESE_KINDS: Final = frozenset({"名詞", "動詞", "形容詞"})
_JAPANESE_EMPTY: Final = frozenset({"数詞", "非自立可能", "助動詞語幹"})
_JAPANESE_SUFFIXES: Final = frozenset("氏達様君殿等内中間上下後前的頃側毎別時")
"""Suffixes that don't make another word of a noun, as 士 makes 弁護士 of 弁護."""
_SUDACHI_BYTES: Final = 40_000
"""Sudachi refuses inputs over 49,149 bytes; a kana or Han character has three or four."""


@cache
def chinese() -> Callable[[str], list[str]]:
    """Return rjieba's cutter: simplified Chinese to words, anything else to single characters."""
    import rjieba

    cutter: Callable[[str], list[str]] = rjieba.cut
    return cutter


def japanese(text: str) -> list[str]:
    """Cut Japanese into the dictionary forms of its nouns, verbs and adjectives."""
    step = _SUDACHI_BYTES // 4
    found: list[str] = []
    for start in range(0, len(text), step):
        open_noun = False
        for morpheme in _sudachi().tokenize(text[start : start + step]):
            kind, word = morpheme.part_of_speech(), morpheme.dictionary_form()
            joins = kind[0] == "接尾辞" and word not in _JAPANESE_SUFFIXES and not _KANA.search(word)
            if open_noun and joins:
                found[-1] += word
                continue
            kept = kind[0] in _JAPANESE_KINDS and not _JAPANESE_EMPTY & set(kind) and not _is_fragment(word)
            open_noun = kept and kind[0] == "名詞"
            if kept:
                found.append(word)
    return found


def thai(text: str) -> list[str]:
    """Cut Thai into words."""
    segment, words = _newmm()
    return list(segment(text, custom_dict=words))


def _is_fragment(word: str) -> bool:
    """Tell whether a Japanese word is a number, or one or two kana (which say nothing alone)."""
    return HAN_NUMBER.fullmatch(word) is not None or _SMALL_KANA.fullmatch(word) is not None


@cache
def _sudachi() -> Any:
    """Return Sudachi's tokenizer with its small dictionary and long units."""
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="small").tokenizer(mode=SplitMode.C)


@cache
def _newmm() -> tuple[Callable[..., list[str]], Any]:
    """Return PyThaiNLP's segmenter and its words.

    Without its read-only mode PyThaiNLP makes a folder in the user's home when it is first used.
    """
    before = os.environ.get("PYTHAINLP_READ_ONLY")
    os.environ["PYTHAINLP_READ_ONLY"] = "1"
    try:
        from pythainlp.corpus import thai_words
        from pythainlp.tokenize.newmm import segment
        from pythainlp.util import dict_trie

        return segment, dict_trie(thai_words())
    finally:
        if before is None:
            del os.environ["PYTHAINLP_READ_ONLY"]
        else:
            os.environ["PYTHAINLP_READ_ONLY"] = before
