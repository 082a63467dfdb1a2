"""Write the whole sample study: pages and JSONL files under `corpus/`, the truth under `truth/`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pandas as pd

from broadsheet.sample import plan, truth
from broadsheet.sample.bank import load_bank
from broadsheet.sample.compose import Order, compose
from broadsheet.sample.fill import stream
from broadsheet.sample.issues import Issue, Story, draw_issues
from broadsheet.sample.layouts import lay_out
from broadsheet.sample.pages import CAPTION, Page
from broadsheet.sample.truth import SampleStudy

JSONL_FROM: Final = date(2022, 7, 1)
"""Before this day the English paper comes as pages, from it on as JSONL."""
ARTICLE_COLUMNS: Final = (
    *("article_id", "file", "lines", "source", "date", "lang"),
    *("theme", "secondary", "title", "reprint_of", "kind"),
)
BOILERPLATE_COLUMNS: Final = ("file", "lines", "kind", "article_id")


class FolderInUseError(OSError):
    """The folder for the sample study already holds a corpus that it would mix with."""


def build(folder: str | Path, *, seed: int = 0) -> SampleStudy:
    """Write the sample study into `folder` and return its truth; the same seed gives the same bytes.

    Writes `<folder>/corpus/…` (about 1,600 articles of 36 months) and `<folder>/truth/*.csv`. Raises
    `FolderInUseError` if `<folder>/corpus` exists and holds files that this study doesn't write.
    """
    corpus = Path(folder) / "corpus"
    city = draw_issues(plan.CITY_DAILY, seed=seed)
    evening = draw_issues(plan.EVENING, seed=seed, originals=city)
    english = draw_issues(plan.ENGLISH, seed=seed)
    russian = draw_issues(plan.RUSSIAN, seed=seed)
    printed = (*city, *(issue for issue in english if issue.day < JSONL_FROM))
    pages = [
        page
        for issue in printed
        for page in lay_out(issue, rng=stream(seed, "page", issue.source.key, issue.day))
    ]
    feeds = {
        "yunze_evening.jsonl": _stories(evening),
        "averley_courier.jsonl": _stories([issue for issue in english if issue.day >= JSONL_FROM]),
        "kamennoborsk_vestnik.jsonl": _stories(russian),
    }
    _write_corpus(
        corpus, {page.file: page.text for page in pages} | {name: _jsonl(feeds[name]) for name in feeds}
    )
    study = _truth(corpus, pages, _stories(printed), feeds)
    study.write(Path(folder) / "truth")
    return study


def compose_articles(n: int, *, lang: str, characters: int, seed: int = 0) -> pd.DataFrame:
    """Return `n` articles of about `characters` characters with their themes, for benchmarks.

    Columns: article_id, title, text, date, source, lang, theme, secondary. Themes are equally frequent, dates
    spread over the 36 months of the study. Articles of more than 900 characters give a quarter to
    a second theme.
    """
    bank = load_bank(lang)
    source = next(source for source in plan.SOURCES if source.lang == lang)
    rows = []
    for number in range(n):
        rng = stream(seed, "articles", lang, characters, number)
        theme = plan.THEMES[number % len(plan.THEMES)]
        others = [other for other in plan.THEMES if other not in (theme, plan.UNMAPPED)]
        day = plan.MONTHS[0] + timedelta(days=rng.randrange(36 * 30))
        secondary = rng.choice(others) if characters > 900 else None
        fixed = {"city": rng.choice(source.cities), "paper": source.name}
        order = Order(
            theme,
            day,
            characters,
            f"{source.key}_opener",
            secondary=secondary,
            fixed=fixed,
            long_report=True,
        )
        article = compose(bank, order, rng=rng)
        row = (
            f"{lang}-{number:06d}",
            article.title,
            article.text,
            day.isoformat(),
            source.name,
            lang,
            theme,
            secondary,
        )
        rows.append(row)
    columns = ["article_id", "title", "text", "date", "source", "lang", "theme", "secondary"]
    return pd.DataFrame(rows, columns=columns)


def _stories(issues: Sequence[Issue]) -> list[Story]:
    return [story for issue in issues for story in issue.stories]


def _jsonl(stories: Sequence[Story]) -> str:
    """Return one JSON object a line: id, title, text, date, source, lang."""
    rows = (
        {
            "id": story.story_id,
            "title": story.article.title,
            "text": story.article.text,
            "date": story.day.isoformat(),
            "source": story.source.name,
            "lang": story.source.lang,
        }
        for story in stories
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_corpus(corpus: Path, files: dict[str, str]) -> None:
    """Write the files of the corpus; refuse a folder that holds others."""
    strangers = sorted(
        path
        for path in corpus.rglob("*")
        if path.is_file() and path.relative_to(corpus).as_posix() not in files
    )
    if strangers:
        raise FolderInUseError(
            f"{corpus} holds {strangers[0].name}, which is no file of the sample study; give an empty folder"
        )
    for name, text in files.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _truth(
    corpus: Path, pages: Sequence[Page], on_pages: Sequence[Story], feeds: dict[str, list[Story]]
) -> SampleStudy:
    """Gather the tables of the truth."""
    stories = {story.story_id: story for story in on_pages}
    articles, furniture = [], []
    for page in pages:
        for owner, ranges in page.ranges().items():
            if owner in stories:
                articles.append(_article_row(stories[owner], page.file, ranges))
            else:
                kind, _, story_id = owner.partition(":")
                furniture.append((page.file, json.dumps(ranges), kind, story_id if kind == CAPTION else None))
    for name, feed in feeds.items():
        articles.extend(_article_row(story, name, [[row, row]]) for row, story in enumerate(feed, start=1))
    table = pd.DataFrame(articles, columns=ARTICLE_COLUMNS)
    return SampleStudy(
        corpus=corpus,
        articles=table,
        shares=truth.share_table(table),
        change_point=truth.change_point_table(),
        season=truth.season_table(),
        roles=truth.role_table(),
        boilerplate=pd.DataFrame(furniture, columns=BOILERPLATE_COLUMNS),
        mix_theme=plan.MIX_THEME,
        trend_theme=plan.RAMP_THEME,
    )


def _article_row(story: Story, file: str, ranges: list[list[int]]) -> tuple[object, ...]:
    article = story.article
    return (
        *(
            story.story_id,
            file,
            json.dumps(ranges),
            story.source.name,
            story.day.isoformat(),
            story.source.lang,
        ),
        *(article.theme, article.secondary, article.title, story.reprint_of, "article"),
    )
