"""What figures and captions say, in English and in Chinese: names of themes, numbers, dates, sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from analysis.schema import UNMAPPED
from analysis.trends.panel import UNKNOWN_SOURCE
from figures.glyphs import clean

LANGS: Final = ("en", "zh")
Names: TypeAlias = Mapping[str, str | Mapping[str, str]]
"""Theme id → its name, or → language → its name."""
Phrase: TypeAlias = Mapping[str, str]
"""Language → a sentence with `str.format` fields."""

MOST_NAMES: Final = 8
"""Names that a caption lists before it counts the rest."""

_PREFIXES = frozenset({"anti", "pro", "non", "pre", "post", "co", "self", "inter"})
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNMAPPED: Phrase = {"en": "no theme", "zh": "无主题"}
_UNKNOWN: Phrase = {"en": "unknown source", "zh": "来源不明"}
_MORE: Phrase = {"en": "{names} and {n} more", "zh": "{names}等，另有 {n} 个"}
_ARTICLES: Phrase = {"en": "{n} articles", "zh": "{n} 篇"}
_ARTICLE: Phrase = {"en": "{n} article", "zh": "{n} 篇"}


def readable(theme: str) -> str:
    """Name made of a theme's id: `anti_corruption` → anti-corruption, `public_security` → public security."""
    first, *rest = theme.split("_")
    joint = "-" if first in _PREFIXES and rest else " "
    return (first + joint + " ".join(rest)).strip() if rest else first


@dataclass(frozen=True)
class Voice:
    """The language of a figure and the names its themes have in it.

    Parameters
    ----------
    lang
        `en` or `zh`.
    names
        Names of themes; a theme without one is called by its id, made readable.
    level
        Coverage of the intervals (0.95), for captions; None where it isn't known.
    """

    lang: str = "en"
    names: Names = field(default_factory=dict)
    level: float | None = None

    def __post_init__(self) -> None:
        if self.lang not in LANGS:
            raise ValueError(f"figures speak {' and '.join(LANGS)}, not {self.lang!r}")

    def say(self, phrase: Phrase, **values: object) -> str:
        """The sentence in this language, filled in."""
        return phrase[self.lang].format(**values)

    def theme(self, theme: str) -> str:
        """Name of a theme."""
        if theme == UNMAPPED:
            return self.say(_UNMAPPED)
        name = self.names.get(theme)
        if isinstance(name, Mapping):
            name = name.get(self.lang) or name.get("en")
        return clean(name) if name else readable(clean(theme))

    def source(self, source: object) -> str:
        """Name of a source; a missing one is said to be unknown."""
        known = isinstance(source, str) and source.strip() not in {"", UNKNOWN_SOURCE}
        return clean(str(source)) if known else self.say(_UNKNOWN)

    def language(self, tag: str) -> str:
        """Name of a language in this one, or its tag where it has none."""
        from babel import Locale

        return str(Locale.parse(self.lang).languages.get(tag.split("-")[0], tag))

    def articles(self, n: float) -> str:
        """A number of articles."""
        return self.say(_ARTICLE if n == 1 else _ARTICLES, n=f"{n:,.0f}")

    def listing(self, names: Iterable[str]) -> str:
        """Names in a row, the last ones counted when there are many."""
        every = list(names)
        shown = ("、" if self.lang == "zh" else ", ").join(every[:MOST_NAMES])
        rest = len(every) - MOST_NAMES
        return shown if rest <= 0 else self.say(_MORE, names=shown, n=rest)

    def sentences(self, parts: Iterable[str]) -> str:
        """Sentences, the empty ones left out, as one paragraph."""
        return ("" if self.lang == "zh" else " ").join(part for part in parts if part)

    def month(self, day: dt.date) -> str:
        """Short name of a month."""
        return f"{day.month}月" if self.lang == "zh" else _MONTHS[day.month - 1]

    def day(self, day: dt.date) -> str:
        """Short name of a day of the year."""
        return f"{day.month}月{day.day}日" if self.lang == "zh" else f"{day.day} {_MONTHS[day.month - 1]}"

    def of_level(self) -> str:
        """`95% ` before the word interval, or nothing when the level isn't known."""
        return "" if self.level is None else f"{self.level * 100:g}% "


def join_terms(lang: str, terms: Iterable[str]) -> str:
    """Terms of one language in a row, parted as that language parts them."""
    return terms_parted_by(lang).join(terms)


def terms_parted_by(lang: str) -> str:
    """What stands between the terms of a list."""
    return {"zh": "、", "ja": "、", "ar": "، ", "fa": "، "}.get(lang.split("-")[0], ", ")


def percent(share: float) -> str:
    """A share as a short per cent number: <0.1%, 0.4%, 7%, 43%."""
    value = share * 100
    if 0 < value < 0.05:
        return "<0.1%"
    digits = 1 if 0 < value < 0.95 else 0
    return f"{value:.{digits}f}%"
