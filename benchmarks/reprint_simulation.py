"""A corpus in which it is known what reprints what: families of reprints among articles that look like them.

Originals are stretches of texts that are given, none of which shares much with another: of stories that
repeat each other's sentences nobody could say whether they are one. Their reprints get another headline,
lose their tail, are misread by a scanner, and are printed in traditional characters. Among them stand
articles that share words without being reprints: fillings of one pattern (weather, notices, prices,
meetings), texts of which words and figures were exchanged, instalments of a series with one opening and
closing, and quotations.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from opencc import OpenCC

_PATTERNS: Final = tomllib.loads(Path(__file__).with_name("reprint_patterns.toml").read_text("utf-8"))
_SENTENCE: Final = re.compile(r"[^。！？.!?؟\n]+[。！？.!?؟\n]*")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_KANA: Final = re.compile(r"[\u3041-\u30ff]")
_JAPANESE_WORD: Final = re.compile(
    r"[\u3041-\u309f]+|[\u30a0-\u30ff]+|[\u3400-\u9fff]+|[A-Za-z0-9]+|.", re.DOTALL
)
"""Stretches of one script, which are near enough to words."""
_FIGURES: Final = re.compile(r"[0-9]+")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_NO_LETTER: Final = re.compile(r"[\W\d_]+")
_PHRASE: Final = {True: 6, False: 12}
"""Letters in a row that two stretches share by more than chance: in scripts without spaces, and in others."""
_IN_COMMON: Final = 0.25
"""Share of a stretch's phrases that another may have; a quotation is a third of a text."""


@dataclass(frozen=True)
class Conditions:
    """How a corpus is made.

    Attributes
    ----------
    noise
        Share of a reprint's characters that are misread: six of ten as another, two lost, two inserted.
    noise_of_first
        The same for originals and for what is no reprint.
    lengths
        Fewest and most characters of an original.
    copies
        Most reprints of one original; one in two originals has any.
    """

    noise: float = 0.1
    noise_of_first: float = 0.0
    lengths: tuple[int, int] = (150, 3000)
    copies: int = 3


@dataclass
class Simulated:
    """Articles, the family of each (those of one family are one text), and what each is."""

    texts: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    families: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def add(self, text: str, day: pd.Timestamp, *, kind: str, family: int | None = None) -> int:
        """Add an article, of a family of its own by default; return its family."""
        chosen = max(self.families, default=-1) + 1 if family is None else family
        self.texts.append(text)
        self.dates.append(f"{day:%Y-%m-%d}")
        self.families.append(chosen)
        self.kinds.append(kind)
        return chosen

    def table(self) -> pd.DataFrame:
        """The articles as `find_reprints` takes them."""
        ids = [f"a{place:05d}" for place in range(len(self.texts))]
        columns = {"article_id": ids, "text": self.texts, "date": self.dates, "date_start": self.dates}
        return pd.DataFrame(columns).astype("str")


def simulate(stories: Sequence[str], *, lang: str, conditions: Conditions, seed: int) -> Simulated:
    """Make a corpus from `stories` of one language; with the same seed, the same one."""
    rng = Random(f"{lang}-{seed}")
    letters = Counter(letter for story in stories for letter in story if letter.isalnum())
    scan = _Scanner(rng, list(letters), list(letters.values()))
    stretches = _unlike(_stretches(stories, conditions.lengths, rng))
    originals, others = stretches[: len(stretches) * 4 // 5], stretches[len(stretches) * 4 // 5 :]
    hosts, bodies = others[::2], others[1::2]
    words = [word for story in stories for word in _words(story)]
    made = Simulated()
    for text in originals:
        first = pd.Timestamp("2023-01-02") + pd.Timedelta(days=rng.randrange(300))
        family = made.add(scan.read(text, conditions.noise_of_first), first, kind="original")
        for _ in range(rng.randint(1, conditions.copies) if rng.random() < 0.5 else 0):
            day = first + pd.Timedelta(days=rng.randint(1, 14))
            copy = _reprint(text, rng.choice(others), lang, rng)
            made.add(scan.read(copy, conditions.noise), day, kind="reprint", family=family)
        if rng.random() < 0.25:
            day = first + pd.Timedelta(days=rng.randint(1, 30))
            other = _rewritten(text, words, rng)
            made.add(scan.read(other, conditions.noise_of_first), day, kind="rewritten")
        if hosts and rng.random() < 0.15:
            quoting = _quoting(text, hosts.pop(), rng)
            made.add(scan.read(quoting, conditions.noise_of_first), first, kind="quoting")
    for text, kind in _by_pattern(lang, bodies, rng):
        day = pd.Timestamp("2023-01-02") + pd.Timedelta(days=rng.randrange(300))
        made.add(scan.read(text, max(conditions.noise, conditions.noise_of_first)), day, kind=kind)
    return made


@dataclass(frozen=True)
class _Scanner:
    """Misreads characters as others, as common as they are in the language."""

    rng: Random
    letters: list[str]
    weights: list[int]

    def read(self, text: str, rate: float) -> str:
        if not rate:
            return text
        wrong = iter(self.rng.choices(self.letters, self.weights, k=2 * len(text) + 1))
        read = []
        for letter in text:
            if self.rng.random() >= rate:
                read.append(letter)
                continue
            how = self.rng.random()
            read.append("" if how < 0.2 else letter + next(wrong) if how < 0.4 else next(wrong))
        return "".join(read)


def _stretches(stories: Sequence[str], lengths: tuple[int, int], rng: Random) -> list[str]:
    """Cut stories into stretches of whole sentences, whose lengths are spread evenly in their logarithm."""
    least, most = lengths
    found = []
    for story in stories:
        wanted, held = least * (most / least) ** rng.random(), ""
        for sentence in _SENTENCE.findall(story):
            held += sentence
            if len(held) >= wanted:
                if len(held) <= most:
                    found.append(held.strip())
                wanted, held = least * (most / least) ** rng.random(), ""
    return found


def _unlike(stretches: Sequence[str]) -> list[str]:
    """The stretches but those that have too many phrases in common with an earlier one."""
    kept: list[str] = []
    sizes: list[int] = []
    holders: dict[str, list[int]] = defaultdict(list)
    for text in stretches:
        phrases = _phrases(text)
        common = Counter(place for phrase in phrases for place in holders.get(phrase, ()))
        if any(count > _IN_COMMON * min(len(phrases), sizes[place]) for place, count in common.items()):
            continue
        for phrase in phrases:
            holders[phrase].append(len(kept))
        kept.append(text)
        sizes.append(len(phrases))
    return kept


def _phrases(text: str) -> set[str]:
    """Letters in a row, figures aside."""
    width = _PHRASE[bool(_UNSPACED.search(text))]
    letters = _NO_LETTER.sub("", text).lower()
    return {letters[start : start + width] for start in range(len(letters) - width + 1)}


def _reprint(text: str, other: str, lang: str, rng: Random) -> str:
    """The text as another paper prints it."""
    if rng.random() < 0.5:
        text = text[: round(len(text) * rng.uniform(0.55, 0.97))]
    if rng.random() < 0.6:
        text = other[: rng.randint(8, 40)] + "\n" + text
    if lang == "zh" and rng.random() < 0.4:
        text = _to_traditional().convert(text)
    return text


@cache
def _to_traditional() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("s2t")


def _quoting(text: str, other: str, rng: Random) -> str:
    """Another text with a third of this one in its midst."""
    begin, half = rng.randrange(max(1, len(text) * 2 // 3)), len(other) // 2
    return other[:half] + text[begin : begin + len(text) // 3] + other[half:]


def _rewritten(text: str, words: Sequence[str], rng: Random) -> str:
    """Another story by the same pattern: other figures, and between a seventh and a third of other words."""
    rate = rng.uniform(0.15, 0.35)
    text = _FIGURES.sub(lambda found: str(rng.randrange(10 ** min(9, len(found[0])))), text)
    told = _words(text)
    for place in rng.sample(range(len(told)), k=max(1, round(rate * len(told)))):
        told[place] = rng.choice([word for word in rng.choices(words, k=20) if word != told[place]])
    return _joined(told, text)


def _words(text: str) -> list[str]:
    if _KANA.search(text):
        return _JAPANESE_WORD.findall(text)
    if _UNSPACED.search(text):
        import rjieba

        return list(rjieba.cut(text))
    return text.split(" ")


def _joined(words: Sequence[str], like: str) -> str:
    return ("" if _UNSPACED.search(like) else " ").join(words)


def _by_pattern(lang: str, others: Sequence[str], rng: Random) -> list[tuple[str, str]]:
    """Fillings of the language's patterns, and instalments of its series; nothing if it has none."""
    known = _PATTERNS.get(lang)
    if known is None:
        return []
    made = [(_filled(pattern, known, rng), "pattern") for pattern in known["patterns"] for _ in range(12)]
    for body in rng.sample(others, k=min(12, len(others))):
        begin = rng.randrange(max(1, len(body) - 300))
        parts = (known["opening"], body[begin : begin + rng.randint(200, 600)], known["closing"])
        made.append(("\n".join(parts), "series"))
    return made


def _filled(pattern: str, known: dict[str, list[str]], rng: Random) -> str:
    """Fill a pattern: words from its lists, `{n4}` a number of four digits, `{d}` one with a decimal."""

    def fill(found: re.Match[str]) -> str:
        slot = found[1]
        if slot == "d":
            return f"{rng.uniform(0, 10):.1f}"
        if slot[0] == "n" and slot[1:].isdigit():
            return str(rng.randrange(10 ** (int(slot[1:]) - 1), 10 ** int(slot[1:])))
        return rng.choice(known[slot])

    return _SLOT.sub(fill, pattern)
