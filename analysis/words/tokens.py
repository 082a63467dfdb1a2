"""Texts to words, for the terms of topics and themes: Chinese, Japanese, Thai and languages with spaces.

Chinese is cut by `rjieba` in simplified characters, Japanese by Sudachi (nouns, verbs and adjectives in their
dictionary form), Thai by PyThaiNLP's dictionary, everything else at its word boundaries; Korean words lose
the particles that are safe to cut. Stop words, digits and fragments are dropped. Lao, Khmer and Burmese,
which write no spaces either, come out in phrases: no segmenter for them is bundled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from analysis.words.scripts import (
    HAN,
    HAN_NUMBER,
    KANA,
    THAI,
    normalise,
    primary_subtag,
    simplify,
    stretches,
    words_apart,
)
from analysis.words.segmenters import chinese, japanese, thai
from analysis.words.stopwords import stop_words, stop_words_of

GAP: Final = "\n"
"""Stands among the words of a text wherever something stands between two of them."""
_WORD: Final = "\0"
"""Stands for a word with spaces around it while the Chinese about it is cut."""
_HAN: Final = re.compile(f"[{HAN}]")
_KANA: Final = re.compile(f"[{KANA}]")
_NO_HAN_OR_KANA: Final = re.compile(f"[^{HAN}{KANA}]+")
_THAI: Final = re.compile(f"[{THAI}]")
_KANA_REACH: Final = 40
"""How far (in characters) a stretch of Han looks for kana when the language isn't given."""
_COUNTED: Final = re.compile(
    "[一二两三四五六七八九十几数半每某这那]+"
    "[个件座壶盒封台道张条根把枝支只匹辆艘架本册篇幅块颗粒滴杯碗瓶袋箱包批群双副套组排间户口名位次回遍趟场阵番声旬成]"
)
"""A number and its measure word: 一件, 三成, 七旬."""
_HANGUL_PARTICLE: Final = re.compile(
    "(?<=[가-힣]{2})(?:에서는|에서|에게|으로|까지|부터|에는|은|는|을|를|의)$"
)


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
    return _words(text, primary_subtag(lang), kept_in(lang))


class Kept(dict[str, bool]):
    """Word → whether it can say what a text is about, given the stop words; what was asked is remembered."""

    def __init__(self, stop: frozenset[str]) -> None:
        super().__init__()
        self._stop = stop

    def __missing__(self, word: str) -> bool:
        """Judge a word that wasn't met before."""
        self[word] = kept = len(word) > 1 and word not in self._stop and not _is_count(word)
        return kept


@cache
def kept_in(lang: str | None) -> Kept:
    """Return the judge of words in texts of a language (BCP-47)."""
    return Kept(stop_words(lang))


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

    @property
    def han(self) -> str | None:
        """The language of Han characters; None where both Chinese and Japanese are there, or neither."""
        base = next((base for base in ("zh", "ja") if base in self.langs), None)
        return None if {"zh", "ja"} <= set(self.langs) else base

    @property
    def kept(self) -> Kept:
        """The judge of the words."""
        return _kept_in_all(self.langs)

    def __call__(self, text: str) -> list[str]:
        """Return the words of `text`."""
        return _words(text, self.han, self.kept)


@cache
def _kept_in_all(langs: tuple[str, ...]) -> Kept:
    """Return the judge for the stop words of several languages."""
    return Kept(stop_words_of(langs))


def _words(text: str, base: str | None, kept: Kept) -> list[str]:
    """Return the words of a text in language `base` that are kept."""
    return [word for word in cut(normalise(text), base) if kept[word]]


def cut(normal: str, base: str | None) -> list[str]:
    """Return all words of a normalised text in language `base` (a primary subtag), `GAP` between them.

    A gap is wherever something else than spaces stands between two words, and around each Thai or Japanese
    word and each stretch of Chinese.
    """
    if base == "ja" or (base != "zh" and _KANA.search(normal)):
        return list(_cut_stretches(normal, base))
    pieces = words_apart().split(normal)
    between, apart = pieces[::2], pieces[1::2]
    if not _HAN.search(normal) and not (base == "zh" and _KANA.search(normal)):
        return list(_joined(between, apart))
    marked = _WORD.join(_only_chinese(piece) if piece.strip(" ") else "" for piece in between)
    found = chinese()(simplify(marked))
    return list(_put_back(found, apart)) if apart else found


def _only_chinese(piece: str) -> str:
    """Return Chinese with a gap for all that stands between."""
    return f"{GAP}{_NO_HAN_OR_KANA.sub(GAP, piece)}{GAP}"


def _joined(between: Sequence[str], apart: Sequence[str]) -> Iterator[str]:
    """Yield words, with a gap where more than spaces stands between."""
    for space, word in zip(between, apart, strict=False):
        if space.strip(" "):
            yield GAP
        yield from _whole(word)


def _put_back(found: Sequence[str], apart: Sequence[str]) -> Iterator[str]:
    """Yield the words with those that stand apart in their places."""
    following = iter(apart)
    for word in found:
        if word == _WORD:
            yield from _whole(next(following))
        else:
            yield word


def _whole(word: str) -> list[str]:
    """Return the word or words of what stands apart."""
    if _THAI.match(word):
        return [GAP, *_alone(thai(word))]
    return _spaced(word)


def _cut_stretches(normal: str, base: str | None) -> Iterator[str]:
    """Yield all words of a text that may be Japanese, stretch by stretch."""
    end = 0
    for stretch in stretches().finditer(normal):
        if stretch.lastgroup != "word" or normal[end : stretch.start()].strip(" "):
            yield GAP
        end = stretch.end()
        if stretch.lastgroup == "word":
            yield from _spaced(stretch.group())
        elif stretch.lastgroup == "thai":
            yield from _alone(thai(stretch.group()))
        elif base == "ja" or _kana_near(normal, stretch):
            yield from _alone(japanese(stretch.group()))
        else:
            yield from chinese()(simplify(stretch.group()))
            yield GAP


def _is_count(word: str) -> bool:
    """Tell whether a word in Han characters is a number or date, or a number with its measure word."""
    return HAN_NUMBER.fullmatch(word) is not None or _COUNTED.fullmatch(word) is not None


def _alone(words: Sequence[str]) -> Iterator[str]:
    """Yield every word with a gap behind it."""
    for word in words:
        yield word
        yield GAP


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
