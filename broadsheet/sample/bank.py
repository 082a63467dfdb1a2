"""The hand-written bank of sentences: one TOML file a language, read into frozen dataclasses.

`bank/zh.toml`, `bank/en.toml` and `bank/ru.toml` hold `[words]` (what fills the slots), `[frame]` (how a
paper opens an article, its notices) and, for each theme, `[[<theme>.story]]` (the titles, leads and
sentences of one event) and `[[<theme>.pool]]` (what fits any event of that theme). A
story's titles go with its leads in turn: the first and third with the first of two leads. `fill` describes
the patterns.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from broadsheet.sample.fill import Word

LANGUAGES: Final = ("zh", "en", "ru")
_STORY_KEYS: Final = {"titles", "leads", "body", "quotes", "months"}
_POOL_KEYS: Final = {"body", "quotes", "closings", "captions", "kickers", "decks"}


class BankError(ValueError):
    """A bank file has a key that is not known, or a theme without stories."""


@dataclass(frozen=True)
class Story:
    """One event: titles, leads, sentences in order, quotes, and the months it can happen in."""

    titles: tuple[str, ...]
    leads: tuple[str, ...]
    body: tuple[str, ...]
    quotes: tuple[str, ...]
    months: tuple[int, ...]


@dataclass(frozen=True)
class ThemeBank:
    """The stories of one theme, and the patterns that fit any of them."""

    theme: str
    stories: tuple[Story, ...]
    body: tuple[str, ...]
    quotes: tuple[str, ...]
    closings: tuple[str, ...]
    captions: tuple[str, ...]
    kickers: tuple[str, ...]
    decks: tuple[str, ...]

    def patterns(self) -> Iterator[tuple[str, str]]:
        """Yield (part, pattern) for everything hand-written; a part is `titles`, `leads` and so on."""
        for story in self.stories:
            for part in ("titles", "leads", "body", "quotes"):
                yield from ((part, pattern) for pattern in getattr(story, part))
        for part in ("body", "quotes", "closings", "captions", "kickers", "decks"):
            yield from ((part, pattern) for pattern in getattr(self, part))


@dataclass(frozen=True)
class LanguageBank:
    """All that one language has: words for slots, the frame of a paper, and its themes by id."""

    lang: str
    words: Mapping[str, tuple[Word, ...]]
    frame: Mapping[str, tuple[str, ...]]
    themes: Mapping[str, ThemeBank]


@lru_cache(maxsize=len(LANGUAGES))
def load_bank(lang: str) -> LanguageBank:
    """Read the bank of one language of `LANGUAGES`; raise `BankError` where the file breaks its own rules."""
    if lang not in LANGUAGES:
        raise BankError(f"no bank for language {lang!r}; there are {', '.join(LANGUAGES)}")
    file = resources.files("broadsheet.sample") / "bank" / f"{lang}.toml"
    raw = tomllib.loads(file.read_text("utf-8"))
    words = {slot: tuple(entries) for slot, entries in raw.pop("words").items()}
    frame = {part: tuple(patterns) for part, patterns in raw.pop("frame").items()}
    return LanguageBank(lang, words, frame, {theme: _theme(theme, block) for theme, block in raw.items()})


def _theme(theme: str, block: Mapping[str, Any]) -> ThemeBank:
    stories = tuple(_story(theme, story) for story in block.get("story", []))
    if not stories:
        raise BankError(f"theme {theme!r} has no [[{theme}.story]]")
    pools = block.get("pool", [])
    for pool in pools:
        _check_keys(theme, pool, _POOL_KEYS)
    joined = {key: tuple(pattern for pool in pools for pattern in pool.get(key, [])) for key in _POOL_KEYS}
    return ThemeBank(theme=theme, stories=stories, **joined)


def _story(theme: str, story: Mapping[str, Any]) -> Story:
    _check_keys(theme, story, _STORY_KEYS)
    return Story(
        titles=tuple(story["titles"]),
        leads=tuple(story["leads"]),
        body=tuple(story["body"]),
        quotes=tuple(story.get("quotes", [])),
        months=tuple(story.get("months", range(1, 13))),
    )


def _check_keys(theme: str, table: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise BankError(f"theme {theme!r}: unknown key {unknown[0]!r}; expected {', '.join(sorted(known))}")
