"""One article from the bank: an event's lead and sentences, then what fits any event of its theme."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Final

from broadsheet.sample.bank import LanguageBank, Story, ThemeBank
from broadsheet.sample.fill import Filler

_PERSON: Final = re.compile(r"\{(person|official|resident|villager|man|woman)([0-9]?)(?=[.}])")
_APART: Final = {"": "8", "2": "9"}


@dataclass(frozen=True)
class Composed:
    """An article as it is written, before anybody lays it out on a page."""

    lang: str
    theme: str
    secondary: str | None
    title: str
    other_title: str
    kicker: str
    deck: str
    byline: str
    caption: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Order:
    """What to write: theme and perhaps a second one, day of publication, about how many characters, by whom.

    `opener` is the frame's list of openings; `fixed` holds words that the paper gives (its own city). A long
    report gives three quarters to events of its theme and the rest to the second theme; an ordinary article
    stays with one event and has a paragraph of the second theme.
    """

    theme: str
    day: date
    characters: int
    opener: str
    secondary: str | None = None
    fixed: Mapping[str, str] | None = None
    long_report: bool = False


def compose(bank: LanguageBank, order: Order, *, rng: Random) -> Composed:
    """Write the article that `order` asks for; every slot is filled and no sentence pattern is used twice."""
    theme = bank.themes[order.theme]
    filler = Filler(bank.words, lang=bank.lang, day=order.day, rng=rng, fixed=order.fixed)
    story = rng.choice([story for story in theme.stories if order.day.month in story.months])
    event = rng.randrange(len(story.leads))
    titles = rng.sample(
        story.titles[event :: len(story.leads)], k=len(story.titles[event :: len(story.leads)])
    )
    title, other = (filler.fill(pattern, share_numbers=True) for pattern in (titles[0], titles[-1]))
    opening = filler.fill(rng.choice(bank.frame[order.opener]))
    lead = opening + filler.fill(story.leads[event], share_numbers=True)
    kicker = _one(theme.kickers, filler, rng)
    sentences = _Sentences(bank.lang, filler, lead)
    share = 0.75 if order.long_report and order.secondary else 1
    wanted = round(order.characters * share)
    _write(sentences, story, theme, wanted, rng)
    if order.long_report:
        _lengthen(sentences, story, theme, wanted, order.day.month, rng)
    rest = order.characters - sentences.length if order.long_report else 0
    second = [] if order.secondary is None else _second_theme(bank, order, filler, rest, rng)
    return Composed(
        lang=bank.lang,
        theme=order.theme,
        secondary=order.secondary,
        title=title,
        other_title=other if other != title else f"{kicker}｜{title}",
        kicker=kicker,
        deck=_one(theme.decks, filler, rng),
        byline=filler.fill(rng.choice(bank.frame["byline"])),
        caption=_one(theme.captions, filler, rng),
        paragraphs=(*_paragraphs(sentences, rng), *second, *_closing(theme, filler, rng)),
    )


def shorten(article: Composed, *, opening: str) -> Composed:
    """Return the article as another paper reprints it: other headline and opening words, last paragraph gone.

    An article with a second theme keeps all its paragraphs, so that its themes stay what the truth says.
    """
    first, *rest = article.paragraphs
    body = first.split("）", 1)[-1] if "）" in first[:40] else first
    kept = rest[:-1] if len(rest) > 2 and article.secondary is None else rest
    return replace(article, title=article.other_title, paragraphs=(opening + body, *kept))


class _Sentences:
    """The sentences written so far and their length."""

    def __init__(self, lang: str, filler: Filler, lead: str) -> None:
        self.joiner = "" if lang == "zh" else " "
        self.filler = filler
        self.done = [lead]
        self.length = len(lead)

    def add(self, pattern: str) -> None:
        sentence = self.filler.fill(pattern)
        self.done.append(sentence)
        self.length += len(sentence)


def _write(sentences: _Sentences, story: Story, theme: ThemeBank, characters: int, rng: Random) -> None:
    """Add the event's sentences in order, a quote among them, then the theme's until it is long enough."""
    own = list(story.body)
    while len(own) > 2 and sentences.length + sum(map(len, own)) > characters:
        own.pop(rng.randrange(1, len(own)))
    if story.quotes:
        own.insert(rng.randint(1, len(own)), rng.choice(story.quotes))
    for pattern in own:
        sentences.add(pattern)
    more = rng.sample(theme.body, k=len(theme.body))
    if theme.quotes:
        more.insert(rng.randint(1, 3), rng.choice(theme.quotes))
    for pattern in more:
        if sentences.length >= characters:
            break
        sentences.add(_apart(pattern))


def _apart(pattern: str) -> str:
    """Return a pattern of the pool with people of its own, so that nobody of the event changes profession."""
    return _PERSON.sub(lambda found: f"{{{found[1]}{_APART.get(found[2], found[2])}", pattern)


def _lengthen(
    sentences: _Sentences, story: Story, theme: ThemeBank, characters: int, month: int, rng: Random
) -> None:
    """Go on with the theme's other events where one event doesn't fill the article (long reports)."""
    others = [other for other in theme.stories if other is not story and month in other.months]
    for other in rng.sample(others, k=len(others)):
        for pattern in (rng.choice(other.leads), *other.body, *other.quotes):
            if sentences.length >= characters:
                return
            sentences.add(pattern)


def _second_theme(
    bank: LanguageBank, order: Order, filler: Filler, characters: int, rng: Random
) -> list[str]:
    """Write a paragraph of the second theme, and more until there are `characters` (long reports)."""
    theme = bank.themes[order.secondary or ""]
    joiner = "" if bank.lang == "zh" else " "
    patterns = rng.sample(theme.body, k=len(theme.body))
    if order.long_report:
        story = rng.choice([story for story in theme.stories if order.day.month in story.months])
        patterns += reversed((rng.choice(story.leads), *story.body, *story.quotes))
    paragraphs: list[str] = []
    while patterns and (not paragraphs or sum(map(len, paragraphs)) < characters):
        sentences = [filler.fill(_apart(patterns.pop())) for _ in range(min(2, len(patterns)))]
        paragraphs.append(joiner.join(sentences))
    paragraphs[0] = filler.fill(rng.choice(bank.frame["connective"])) + joiner + paragraphs[0]
    return paragraphs


def _paragraphs(sentences: _Sentences, rng: Random) -> Iterator[str]:
    """Gather sentences into paragraphs of one to three."""
    rest = sentences.done
    while rest:
        size = rng.choice((1, 2, 2, 3))
        yield sentences.joiner.join(rest[:size])
        rest = rest[size:]


def _closing(theme: ThemeBank, filler: Filler, rng: Random) -> list[str]:
    """Write a last paragraph for six articles of ten."""
    return [filler.fill(_apart(rng.choice(theme.closings)))] if theme.closings and rng.random() < 0.6 else []


def _one(patterns: tuple[str, ...], filler: Filler, rng: Random) -> str:
    return filler.fill(rng.choice(patterns)) if patterns else ""
