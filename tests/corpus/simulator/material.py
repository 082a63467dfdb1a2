"""Articles before anybody lays them out: from the sample's bank of sentences, or made of given documents."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random

from broadsheet.sample.bank import LanguageBank, load_bank
from broadsheet.sample.compose import Order, compose
from broadsheet.sample.fill import Filler

DAY = date(2024, 4, 17)
WORDS = {
    "zh": {"city": "澜津市", "paper": "澜津日报"},
    "en": {"city": "Port Averley", "paper": "The Averley Courier"},
    "ru": {"city": "Каменноборск", "paper": "Каменноборский вестник"},
}
_CLAUSE = re.compile(r"(?:[，。、；：,;:“”\"（）()！？!?]|[.](?=\s|$))+")


@dataclass(frozen=True)
class Material:
    """One article: what its headline block may hold, its paragraphs, and the words its page may add."""

    lang: str
    title: str
    kicker: str
    deck: str
    reporter: str
    correspondent: str
    caption: str
    subheads: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def dense(self) -> bool:
        """Whether the script has no spaces between words."""
        return self.lang == "zh"


def from_bank(lang: str, count: int, *, rng: Random, characters: tuple[int, int]) -> list[Material]:
    """Compose `count` articles of different themes (as far as there are enough), in random lengths."""
    bank = _plain_bank(lang)
    themes = sorted(bank.themes)
    order = rng.sample(themes, k=min(count, len(themes)))
    order += rng.choices(themes, k=count - len(order))
    return [_compose(bank, theme, rng.randint(*characters), rng) for theme in order]


@lru_cache
def _plain_bank(lang: str) -> LanguageBank:
    """The bank with an opening of no words: layouts add those of their house style."""
    bank = load_bank(lang)
    return replace(bank, frame={**bank.frame, "nothing": ("",)})


def _compose(bank: LanguageBank, theme: str, characters: int, rng: Random) -> Material:
    fixed = WORDS[bank.lang]
    made = compose(bank, Order(theme, DAY, characters, "nothing", fixed=fixed), rng=rng)
    filler = Filler(bank.words, lang=bank.lang, day=DAY, rng=rng, fixed=fixed)
    pool = bank.themes[theme]
    return Material(
        lang=bank.lang,
        title=made.title,
        kicker=made.kicker,
        deck=made.deck,
        reporter=filler.fill("{reporter}"),
        correspondent=filler.fill("{reporter2}"),
        caption=_bare_caption(made.caption),
        subheads=tuple(filler.fill(line) for line in rng.sample(pool.decks, k=min(3, len(pool.decks)))),
        paragraphs=made.paragraphs,
    )


def _bare_caption(caption: str) -> str:
    """The caption without its credit: layouts add one, or none."""
    return re.sub(r"\s*[（(][^（）()]*[）)]\s*$", "", caption)


def from_documents(path: Path, lang: str) -> Iterator[Material]:
    """Yield articles made of the documents of a `.jsonl.gz` with `lang` and `text` (a sentence a line).

    Their headlines are clauses of their own first sentences, so they repeat the lead more than real ones do.
    """
    rng = Random(0)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            sentences = [part.strip() for part in record["text"].split("\n") if part.strip()]
            if record["lang"] == lang and len(sentences) >= 4:
                yield _from_sentences(sentences, lang, rng)


def _from_sentences(sentences: list[str], lang: str, rng: Random) -> Material:
    joiner = "" if lang == "zh" else " "
    paragraphs, rest = [], list(sentences)
    while rest:
        size = rng.choice((1, 2, 2, 3))
        paragraphs.append(joiner.join(rest[:size]))
        rest = rest[size:]
    lines = [_clause(sentence, lang) for sentence in [*sentences[:2], *sentences[-3:]]]
    bank = _plain_bank(lang)
    filler = Filler(bank.words, lang=lang, day=DAY, rng=rng)
    return Material(
        lang=lang,
        title=lines[0],
        kicker=lines[3],
        deck=lines[1],
        reporter=filler.fill("{reporter}"),
        correspondent=filler.fill("{reporter2}"),
        caption=sentences[len(sentences) // 2],
        subheads=(lines[2], lines[4]),
        paragraphs=tuple(paragraphs),
    )


def _clause(sentence: str, lang: str) -> str:
    """The longest clause of a sentence that is no longer than a headline."""
    most = 24 if lang == "zh" else 75
    clauses = [part.strip() for part in _CLAUSE.split(sentence) if 4 < len(part.strip()) <= most]
    clause = max(clauses, key=len) if clauses else sentence[:most].strip()
    return clause[:1].upper() + clause[1:]
