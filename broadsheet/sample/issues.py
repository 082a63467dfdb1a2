"""Draw the articles of every issue of every source: days, themes, second themes, reprints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from broadsheet.sample import plan
from broadsheet.sample.bank import LanguageBank, load_bank
from broadsheet.sample.compose import Composed, Order, compose, shorten
from broadsheet.sample.fill import stream
from broadsheet.sample.plan import Source

_REPRINTED_WITHIN: Final = (1, 7)
_BRIEF: Final = (150, 260)


@dataclass(frozen=True)
class Story:
    """An article in an issue: its id in the truth, who printed it when, what it reprints."""

    story_id: str
    source: Source
    day: date
    article: Composed
    reprint_of: str | None = None


@dataclass(frozen=True)
class Issue:
    """One source on one day."""

    source: Source
    day: date
    number: int
    stories: tuple[Story, ...]


def draw_issues(source: Source, *, seed: int, originals: tuple[Issue, ...] = ()) -> tuple[Issue, ...]:
    """Draw all issues of `source`, in order of day; `originals` are the issues it may reprint from."""
    bank = load_bank(source.lang)
    waiting = [story for issue in originals for story in issue.stories]
    issues: list[Issue] = []
    for index, month in enumerate(plan.MONTHS):
        rng = stream(seed, source.key, month.isoformat())
        for day, size in _days(month, plan.volume(source, index), rng):
            stories = tuple(_stories(source, bank, day, size, number=len(issues), waiting=waiting, rng=rng))
            issues.append(Issue(source, day, len(issues), stories))
    return tuple(issues)


def is_briefs(issue_number: int, day: date) -> bool:
    """Whether the city daily prints this issue as columns of briefs (its articles are short then)."""
    return layout_letter(issue_number, day) == "d"


def layout_letter(issue_number: int, day: date) -> str:
    """Return the city daily's layout of an issue: a spread, b hard-wrapped, c web pages, d briefs."""
    rota = {2021: "abad", 2022: "bacbd", 2023: "cbdca"}[day.year]
    return rota[issue_number % len(rota)]


def _days(month: date, n_articles: int, rng: Random) -> Iterator[tuple[date, int]]:
    """Spread a month's articles over at most four issues of two to five articles."""
    n_issues = max(1, min(4, n_articles // 2))
    sizes = [n_articles // n_issues + (place < n_articles % n_issues) for place in range(n_issues)]
    rng.shuffle(sizes)
    width = 28 // n_issues
    for place, size in enumerate(sizes):
        yield month + timedelta(days=place * width + rng.randrange(width - 1)), size


def _stories(
    source: Source,
    bank: LanguageBank,
    day: date,
    size: int,
    *,
    number: int,
    waiting: list[Story],
    rng: Random,
) -> Iterator[Story]:
    """Write the articles of one issue; a theme may be that of an earlier article of the issue."""
    chances = plan.probabilities(source, day.replace(day=1))
    themes: list[str] = []
    for place in range(size):
        story_id = f"{source.key}-{day.isoformat()}-{place + 1}"
        original = _reprintable(waiting, day) if source is plan.EVENING else None
        if original is not None and rng.random() < plan.REPRINT_SHARE:
            waiting.remove(original)
            opening = rng.choice(bank.frame["reprint"]).format(source=original.source.name)
            article = shorten(original.article, opening=opening)
            yield Story(story_id, source, day, article, original.story_id)
            themes.append(article.theme)
            continue
        clustered = themes and rng.random() < plan.CLUSTERING
        theme = rng.choice(themes) if clustered else rng.choices(list(chances), list(chances.values()))[0]
        themes.append(theme)
        yield Story(
            story_id, source, day, _write(source, bank, day, theme, number=number, key=story_id, rng=rng)
        )


def _write(
    source: Source, bank: LanguageBank, day: date, theme: str, *, number: int, key: str, rng: Random
) -> Composed:
    """Order one article in the source's house style."""
    others = [other for other in plan.THEMES if other not in (theme, plan.UNMAPPED)]
    mixed = theme != plan.UNMAPPED and rng.random() < plan.MIXED_SHARE
    briefs = source is plan.CITY_DAILY and is_briefs(number, day)
    order = Order(
        theme=theme,
        day=day,
        characters=rng.randint(*(_BRIEF if briefs else source.characters)),
        opener=f"{source.key}_opener",
        secondary=rng.choice(others) if mixed and not briefs else None,
        fixed={"city": rng.choice(source.cities), "paper": source.name},
    )
    return compose(bank, order, rng=stream(rng.random(), key))


def _reprintable(waiting: list[Story], day: date) -> Story | None:
    """Return the first article of the city daily that appeared a few days before and wasn't reprinted yet."""
    low, high = _REPRINTED_WITHIN
    recent = (story for story in waiting if low <= (day - story.day).days <= high and not _is_brief(story))
    return next(recent, None)


def _is_brief(story: Story) -> bool:
    return len(story.article.text) < _BRIEF[1]
