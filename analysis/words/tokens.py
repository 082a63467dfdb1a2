"""Texts to words, for the terms of topics and themes: Chinese, Japanese, Thai and languages with spaces.

Chinese is cut by `rjieba` in simplified characters, Japanese by Sudachi (nouns, verbs and adjectives in their
dictionary form), Thai by PyThaiNLP's dictionary, everything else at its word boundaries; Korean words lose
the particles that are safe to cut. Stop words, digits and fragments are dropped. Lao, Khmer and Burmese,
which write no spaces either, come out in phrases: no segmenter for them is bundled.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from analysis.words.scripts import KANA, normalise, primary_subtag, simplify, stretches
from analysis.words.stopwords import stop_words, stop_words_of
from corpus.progress import progress_bar

_KANA: Final = re.compile(f"[{KANA}]")
_KANA_REACH: Final = 40
"""How far (in characters) a stretch of Han looks for kana when the language isn't given."""
_HAN_NUMBER: Final = re.compile(
    "[〇零一二三四五六七八九十百千万亿萬億两第余多年月日号時时点分個个名位次项項条届期]+"
)
_COUNTED: Final = re.compile(
    "[一二两三四五六七八九十几数半每某这那]+"
    "[个件座壶盒封台道张条根把枝支只匹辆艘架本册篇幅块颗粒滴杯碗瓶袋箱包批群双副套组排间户口名位次回遍趟场阵番声旬成]"
)
"""A number and its measure word: 一件, 三成, 七旬."""
_SMALL_KANA: Final = re.compile(f"[{KANA}]{{1,2}}")
_HANGUL_PARTICLE: Final = re.compile(
    "(?<=[가-힣]{2})(?:에서는|에서|에게|으로|까지|부터|에는|은|는|을|를|의)$"
)
_JAPANESE_KINDS: Final = frozenset({"名詞", "動詞", "形容詞"})
_JAPANESE_EMPTY: Final = frozenset({"数詞", "非自立可能", "助動詞語幹"})
_JAPANESE_SUFFIXES: Final = frozenset("氏達様君殿等内中間上下後前的頃側毎別時")
"""Suffixes that don't make another word of a noun, as 士 makes 弁護士 of 弁護."""
_SUDACHI_BYTES: Final = 40_000
"""Sudachi refuses inputs over 49,149 bytes; a kana or Han character has three or four."""


def tokenize(text: str, lang: str | None) -> list[str]:
    """Return the words of `text` that can say what it is about, in reading order, repeats included.

    Parameters
    ----------
    text
        Any text; None and NaN are not text and must be dropped before.
    lang
        BCP-47 tag. It chooses the stop words, and Chinese or Japanese for Han characters. None: no stop words
        are dropped, and Han characters are Japanese where kana stand near.

    Returns
    -------
    list of str
        Normalised (NFKC, casefolded; Chinese in simplified characters). No digits, no one-character words.
    """
    return _words(text, primary_subtag(lang), stop_words(lang))


def tokenize_many(
    texts: Sequence[str], langs: Sequence[str | None], *, progress: bool = False
) -> list[list[str]]:
    """Return `tokenize` of every text with its language.

    Raises
    ------
    ValueError
        If there are not as many languages as texts.
    """
    if len(texts) != len(langs):
        raise ValueError(f"{len(texts)} texts but {len(langs)} languages: give one language (or None) a text")
    pairs: Any = zip(texts, langs, strict=True)
    if progress:
        pairs = progress_bar(pairs, total=len(texts), doing="words", unit="article")
    return [tokenize(text, lang if isinstance(lang, str) else None) for text, lang in pairs]


class Analyzer:
    """The analyzer of BERTopic's vectorizer: words of texts that may join several languages.

    BERTopic joins all the articles of a topic before it counts words, so the language of each is lost. Stop
    words are those of all the corpus' languages, and Han characters are read as Japanese where kana stand
    near.

    Parameters
    ----------
    langs
        The corpus' languages (BCP-47); order and repeats don't matter.
    """

    def __init__(self, langs: Sequence[str | None]) -> None:
        bases = {primary_subtag(lang) for lang in langs}
        self.langs = tuple(sorted(base for base in bases if base is not None))

    def __call__(self, text: str) -> list[str]:
        """Return the words of `text`."""
        han = next((base for base in ("zh", "ja") if base in self.langs), None)
        base = None if {"zh", "ja"} <= set(self.langs) else han
        return _words(text, base, _stop_words_of(self.langs))


@cache
def _stop_words_of(langs: tuple[str, ...]) -> frozenset[str]:
    """Return the stop words of a corpus' languages, made once."""
    return stop_words_of(langs)


def words_in_context(text: str, lang: str | None) -> list[tuple[str, bool]]:
    """Return every word of a text and whether `tokenize` keeps it; an empty word where a gap is.

    Punctuation and the end of a line are gaps, and so is the place between two Japanese or Thai words.
    """
    return _marked(text, primary_subtag(lang), stop_words(lang))


def _words(text: str, base: str | None, stop: frozenset[str]) -> list[str]:
    """Return the words of a text in language `base`, without the words in `stop`."""
    return [word for word, kept in _marked(text, base, stop) if kept]


def _marked(text: str, base: str | None, stop: frozenset[str]) -> list[tuple[str, bool]]:
    """Return the words of a text in language `base`, and whether each is kept."""
    return [
        (word, len(word) > 1 and word not in stop and not _is_count(word))
        for word in _cut(normalise(text), base)
    ]


def _cut(normal: str, base: str | None) -> Iterator[str]:
    """Yield all words of a normalised text, and an empty one wherever something stands between two."""
    end = 0
    for stretch in stretches().finditer(normal):
        if stretch.lastgroup != "word" or normal[end : stretch.start()].strip(" "):
            yield ""
        end = stretch.end()
        if stretch.lastgroup == "word":
            yield from _spaced(stretch.group())
        elif stretch.lastgroup == "thai":
            yield from _alone(_thai(stretch.group()))
        elif base == "ja" or (base != "zh" and _kana_near(normal, stretch)):
            yield from _alone(_japanese(stretch.group()))
        else:
            yield from _jieba()(simplify(stretch.group()))
            yield ""


def _is_count(word: str) -> bool:
    """Tell whether a word in Han characters is a number or date, or a number with its measure word."""
    if word.isascii():
        return False
    return _HAN_NUMBER.fullmatch(word) is not None or _COUNTED.fullmatch(word) is not None


def _alone(words: list[str]) -> Iterator[str]:
    """Yield every word with a gap behind it."""
    for word in words:
        yield word
        yield ""


def _spaced(word: str) -> list[str]:
    """Return the word without 's, French elision or Korean particle."""
    if "'" in word:
        head, _, tail = word.partition("'")
        if tail == "s":
            return [head]
        return [tail] if len(head) <= 2 else [word]
    return [_HANGUL_PARTICLE.sub("", word)] if "가" <= word[0] <= "힣" else [word]


def _kana_near(text: str, stretch: re.Match[str]) -> bool:
    """Tell whether kana stand in the stretch or near it."""
    start, end = stretch.span()
    return _KANA.search(text, max(0, start - _KANA_REACH), end + _KANA_REACH) is not None


def _japanese(text: str) -> list[str]:
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


def _is_fragment(word: str) -> bool:
    """Tell whether a Japanese word is a number, or one or two kana (which say nothing alone)."""
    return _HAN_NUMBER.fullmatch(word) is not None or _SMALL_KANA.fullmatch(word) is not None


def _thai(text: str) -> list[str]:
    """Cut Thai into words."""
    segment, words = _newmm()
    return list(segment(text, custom_dict=words))


@cache
def _jieba() -> Callable[[str], list[str]]:
    """Return rjieba's cutter; its dictionary is read once."""
    import rjieba

    cutter: Callable[[str], list[str]] = rjieba.cut
    return cutter


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
