"""Finds a codebook's seed terms in texts of any language.

Languages written without spaces (and Korean, whose words carry their particles) are searched anywhere in
the text; Chinese is first brought to simplified characters. In all others a term is one or more whole
words, compared without case; `*` at the start or end of a word stands for any letters, so that `коррупц*`
finds every inflected form. Where terms overlap, the longest wins, whatever its theme: `营商环境` is not a hit
for `环境`. A codebook's `ignore` phrases take part in this and count for nothing.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from analysis.themes.codebook import Codebook, base_language
from analysis.words.scripts import compatible, simplify

UNSPACED: Final = frozenset({"zh", "yue", "wuu", "lzh", "ja", "th", "lo", "km", "my", "bo", "ko"})
"""Languages whose terms are found anywhere in the text."""
_SINITIC: Final = frozenset({"zh", "yue", "wuu", "lzh"})
_BLIND_TO: Final = re.compile("[\\s“”‘’\"'「」『』《》〈〉*]+")
_WORD = re.compile(r"\w+")
_REMEMBERED: Final = 100_000
"""Words whose patterns are remembered."""
_FOLD = str.maketrans("ёأإآى", "еاااي", "ـًٌٍَُِّْ")
_ARABIC_PREFIX = re.compile(r"^(?:وال|بال|كال|فال|ولل|لل|ال|و)(?=\w{3})")


@dataclass(frozen=True)
class IndexedTerm:
    """A seed term in its place: the number of its contender, its weight, and its text as written."""

    theme: int
    weight: float
    text: str


FoundTerms = tuple[tuple[int, str], ...]
"""The numbers of the terms that are found at one place of a text, each with the words it is found in."""


class Matcher(ABC):
    """Finds the terms of one language. Nothing in it changes, so that threads can share it."""

    @abstractmethod
    def find(self, texts: Sequence[str]) -> tuple[Sequence[FoundTerms], list[list[int]]]:
        """Return what can be found, and for every text the places therein of what it has.

        In reading order, the longest at every place.
        """

    def count(self, text: str) -> dict[tuple[int, str], int]:
        """Return how often each term, by its number, was found in which words."""
        forms, (places,) = self.find([text])
        return {found: n for place, n in Counter(places).items() for found in forms[place]}


class TermIndex:
    """All seed terms of a codebook, ready to be found.

    `terms[i]` is the term that `find` calls `i`.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.terms: list[IndexedTerm] = []
        by_lang: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for lang, phrases in codebook.ignored.items():
            by_lang[base_language(lang)] += [(phrase, -1) for phrase in phrases]
        for number, theme in enumerate(codebook.contenders):
            for lang, terms in theme.terms.items():
                for term in terms:
                    by_lang[base_language(lang)].append((term.text, len(self.terms)))
                    self.terms.append(IndexedTerm(number, term.weight, term.text))
        self._matchers: dict[str, Matcher] = {
            lang: AnywhereMatcher(terms, lang) if lang in UNSPACED else WordMatcher(terms)
            for lang, terms in by_lang.items()
        }

    def knows(self, lang: str) -> bool:
        """Whether there are seed terms in a language."""
        return self.matcher(lang) is not None

    def matcher(self, lang: str) -> Matcher | None:
        """What finds the terms of a language; those to be ignored have the number -1."""
        return self._matchers.get(base_language(lang))

    def count(self, text: str, lang: str | None) -> dict[tuple[int, str], int]:
        """How often each term was found in a text, in which words; none in a language without seed terms."""
        matcher = self.matcher(lang or guess_language(text))
        found = matcher.count(text) if matcher else {}
        return {(term, words): n for (term, words), n in found.items() if term >= 0}


class AnywhereMatcher(Matcher):
    """Finds terms anywhere in the text, blind to white space and quotation marks.

    All at once, by the automaton of Aho and Corasick (1975).
    """

    def __init__(self, terms: Sequence[tuple[str, int]], lang: str) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._lang = lang
        numbers: dict[str, list[int]] = defaultdict(list)
        for term, number in terms:
            numbers[self._normalise(term)].append(number)
        numbers.pop("", None)
        self._forms = [tuple((number, term) for number in those) for term, those in numbers.items()]
        self._automaton = AhoCorasick(list(numbers), matchkind=MatchKind.LeftmostLongest)

    def find(self, texts: Sequence[str]) -> tuple[Sequence[FoundTerms], list[list[int]]]:
        """Return all terms, each with its own characters, and where texts have them."""
        search = self._automaton.find_matches_as_indexes
        return self._forms, [[at for at, _, _ in search(self._normalise(text))] for text in texts]

    def _normalise(self, text: str) -> str:
        """Compatibility forms unified, without white space and quotation marks; Chinese simplified."""
        text = _BLIND_TO.sub("", compatible(text).casefold())
        if self._lang in _SINITIC and not _is_simplified(text):
            text = simplify(text)
        return text


class WordMatcher(Matcher):
    """Finds terms of whole words; `*` at a word's end or start matches any letters."""

    def __init__(self, terms: Sequence[tuple[str, int]]) -> None:
        self._numbers: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._starts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for term, number in terms:
            pattern = tuple(_fold(word) for word in re.findall(r"\*?\w+\*?", term))
            if pattern not in self._numbers:
                self._starts[pattern[0]].append(pattern)
            self._numbers[pattern].append(number)
        self._longest_stem = max((len(first.strip("*")) for first in self._starts), default=0)
        self._candidates = lru_cache(_REMEMBERED)(self._find_candidates)

    def find(self, texts: Sequence[str]) -> tuple[Sequence[FoundTerms], list[list[int]]]:
        """Return the terms that the texts have, with the words they match there, and where."""
        met: dict[tuple[tuple[str, ...], str], int] = {}
        places = [[met.setdefault(found, len(met)) for found in self._found(text)] for text in texts]
        forms = [tuple((number, words) for number in self._numbers[pattern]) for pattern, words in met]
        return forms, places

    def _found(self, text: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield patterns and the words that match them, from left to right."""
        words = [_fold(word) for word in _WORD.findall(compatible(text))]
        i = 0
        while i < len(words):
            pattern = self._longest(words, i)
            if pattern:
                yield pattern, " ".join(words[i : i + len(pattern)])
            i += max(len(pattern), 1)

    def _longest(self, words: list[str], i: int) -> tuple[str, ...]:
        """The pattern of most words that matches at word `i`, the more exact of two, or an empty one."""
        best: tuple[str, ...] = ()
        for pattern in self._candidates(words[i]):
            if len(pattern) > len(best) and i + len(pattern) <= len(words):
                following = zip(pattern[1:], words[i + 1 : i + len(pattern)], strict=True)
                if all(_word_matches(wanted, word) for wanted, word in following):
                    best = pattern
        return best

    def _find_candidates(self, word: str) -> tuple[tuple[str, ...], ...]:
        """Patterns whose first word matches `word`, the most exact first.

        Only parts as long as a term's are looked up, so that a run of thousands of letters stays cheap.
        """
        n = len(word)
        longest = min(n, self._longest_stem)
        firsts = [word]
        firsts += [word[:end] + "*" for end in range(longest, 1, -1)]
        firsts += ["*" + word[start:] for start in range(n - longest, n - 1)]
        for size in range(longest, 2, -1):
            firsts += ["*" + word[i : i + size] + "*" for i in range(n - size + 1)]
        return tuple(pattern for first in firsts for pattern in self._starts.get(first, ()))


def guess_language(text: str) -> str:
    """The likeliest language of a text by its script alone, for articles whose language nobody gave."""
    sample = text[:2000]
    scripts = {
        "ja": r"[\u3040-\u30ff]",
        "ko": r"[\uac00-\ud7af]",
        "zh": r"[\u4e00-\u9fff]",
        "ru": r"[\u0400-\u04ff]",
        "ar": r"[\u0600-\u06ff]",
    }
    letters = max(sum(character.isalpha() for character in sample), 1)
    for lang, characters in scripts.items():
        if len(re.findall(characters, sample)) > letters * (0.1 if lang == "ja" else 0.4):
            return lang
    return "en"


def _word_matches(pattern: str, word: str) -> bool:
    """Whether a word fits a pattern with `*` at its ends."""
    stem = pattern.strip("*")
    if pattern.startswith("*"):
        return stem in word if pattern.endswith("*") else word.endswith(stem)
    return word.startswith(stem) if pattern.endswith("*") else word == stem


def _fold(word: str) -> str:
    """A word without case, with Russian ё as е, and Arabic letters unified and without article or `and`."""
    return _ARABIC_PREFIX.sub("", word.casefold().translate(_FOLD))


def _is_simplified(text: str) -> bool:
    """Whether a text stays within GB 2312 and has none of its characters that simplifying may change."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return _changeable().search(text) is None


@cache
def _changeable() -> re.Pattern[str]:
    """Return the pattern of the characters of GB 2312 that are traditional forms of others too, as 乾."""
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    characters = (bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
    return re.compile(f"[{''.join(one for one in characters if one and simplify(one) != one)}]")
