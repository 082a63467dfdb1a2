"""Turn a pattern of the bank into a sentence: choices taken, slots filled, one value a slot in an article.

A pattern may hold `[a|b|c]` (one of them is taken) and slots:

- `{place}` takes a word from the bank's list `place` and keeps it for the article; `{place2}` is another;
- `{place.gen}` is a form of the same word, where the bank's word is a table of forms;
- `{n:20-300}` is a fresh whole number, `{pct:3-25}` a fresh number with one decimal (a headline and its
  lead share the numbers of the same range);
- `{day}`, `{weekday}`, `{next}`, `{month}`, `{year}`, `{lastyear}` follow from the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from broadsheet.sample import calendars

Word = str | Mapping[str, str]
"""A word of the bank: a string, or its forms by name, the first of which is the usual one."""

_CHOICE: Final = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT: Final = re.compile(r"\{([a-z_]+)([0-9]?)(?:\.([a-z]+))?(?::([0-9]+)-([0-9]+))?\}")


class PatternError(ValueError):
    """A pattern of the bank has a slot that no list of words fills."""


def stream(*key: object) -> Random:
    """Return a random generator of its own for `key`, the same for the same key on every machine."""
    return Random("/".join(map(str, key)))  # noqa: S311 - invented news, no secret


class Filler:
    """Fills the patterns of one article, keeping what a slot got.

    Parameters
    ----------
    words
        Lists of words by slot name.
    lang
        Language of numbers and dates: "zh", "en" or "ru".
    day
        Day of publication; the event took place one to four days before.
    rng
        Where choices come from.
    fixed
        Words that are given, by slot name.
    """

    def __init__(
        self,
        words: Mapping[str, Sequence[Word]],
        *,
        lang: str,
        day: date,
        rng: Random,
        fixed: Mapping[str, str] | None = None,
    ) -> None:
        self._words = words
        self._lang = lang
        self._rng = rng
        self._numbers: dict[str, str] = {}
        self._kept: dict[str, dict[str, str]] = {slot: {"": word} for slot, word in (fixed or {}).items()}
        event = day - timedelta(days=rng.randint(1, 4))
        coming = day + timedelta(days=rng.randint(8, 28))
        dates = calendars.date_words(lang, event=event, coming=coming, published=day)
        self._kept.update({slot: {"": word} for slot, word in dates.items()})

    def fill(self, pattern: str, *, share_numbers: bool = False) -> str:
        """Return `pattern` with choices taken and slots filled; raise `PatternError` if one can't be."""
        chosen = _CHOICE.sub(lambda found: self._rng.choice(found[1].split("|")), pattern)
        text = _SLOT.sub(lambda found: self._slot(found, share_numbers), chosen)
        if "{" in text:
            raise PatternError(
                f"pattern {pattern!r} has a slot that can't be read; expected {{name}} or {{n:2-9}}"
            )
        return text[:1].upper() + text[1:]

    def _slot(self, found: re.Match[str], share_numbers: bool) -> str:
        name, number, form, low, high = found.groups()
        if low is not None:
            value = self._number(name, int(low), int(high))
            return self._numbers.setdefault(found[0], value) if share_numbers else value
        key = name + number
        if key not in self._kept:
            self._kept[key] = self._draw(name)
        forms = self._kept[key]
        if form is not None and form not in forms:
            raise PatternError(f"slot {{{key}.{form}}}: {name!r} has the forms {', '.join(forms)}")
        return forms[form] if form is not None else next(iter(forms.values()))

    def _draw(self, name: str) -> dict[str, str]:
        """Take a word of the list `name` that this article doesn't use yet."""
        if name not in self._words:
            raise PatternError(f"no list of words {name!r} in the bank; it has {', '.join(self._words)}")
        used = {next(iter(kept.values())) for kept in self._kept.values()}
        options = [word for word in self._words[name] if _first(word) not in used] or list(self._words[name])
        word = self._rng.choice(options)
        parts: dict[str, str] = {}
        forms = word if isinstance(word, Mapping) else {"": word}
        return {form: self._expand(text, parts) for form, text in forms.items()}

    def _expand(self, text: str, parts: dict[str, str]) -> str:
        """Fill a word that is itself made of words, the same ones in each of its forms."""

        def part(found: re.Match[str]) -> str:
            name = found[0]
            if name not in parts:
                parts[name] = _first(self._rng.choice(self._words[found[1]]))
            return parts[name]

        return _SLOT.sub(part, text)

    def _number(self, name: str, low: int, high: int) -> str:
        if name == "pct":
            value = f"{self._rng.uniform(low, high):.1f}"
            return value.replace(".", ",") if self._lang == "ru" else value
        number = self._rng.randint(low, high)
        while self._lang == "ru" and not calendars.takes_genitive_plural(number):
            number += 1
        return calendars.group_digits(number, self._lang)


def _first(word: Word) -> str:
    return word if isinstance(word, str) else next(iter(word.values()))
