"""How the pages of the invented papers look: four layouts of the city daily and one of the English paper."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from random import Random
from typing import Final

from broadsheet.sample.bank import load_bank
from broadsheet.sample.calendars import chinese_masthead_date, english_masthead_date
from broadsheet.sample.issues import Issue, Story, layout_letter
from broadsheet.sample.pages import BOILERPLATE, CAPTION, NOTICE, Page

_NUMBER: Final = re.compile(r"[0-9.][0-9.%]")
_HYPHEN_FREE = {"break_long_words": False, "break_on_hyphens": False}


def lay_out(issue: Issue, *, rng: Random) -> Iterator[Page]:
    """Yield the page of an issue, or a web page an article; file names are relative to the corpus."""
    if issue.source.lang == "en":
        yield _english(issue, rng)
        return
    letter = layout_letter(issue.number, issue.day)
    if letter == "a":
        yield _spread(issue, rng)
    elif letter == "b":
        yield _wrapped(issue, rng)
    elif letter == "c":
        yield from (_web(story, issue, place, rng) for place, story in enumerate(issue.stories))
    else:
        yield _briefs(issue, rng)


def _spread(issue: Issue, rng: Random) -> Page:
    """Blank-line paragraphs under kicker, headline, deck, byline; the date stands in the file name alone."""
    page = Page(f"lanjin_daily/{issue.day.year}/daily_{issue.day:%Y%m%d}_0{rng.randint(2, 6)}.txt")
    page.add_spaced(f"{issue.source.name}  第{rng.randint(2, 6)}版  要闻", owner=BOILERPLATE)
    for story in issue.stories:
        article, owner = story.article, story.story_id
        if rng.random() < 0.5:
            page.add_spaced(article.kicker, owner=owner)
        page.add_spaced(article.title, owner=owner)
        if rng.random() < 0.4:
            page.add_spaced(f"——{article.deck}", owner=owner)
        if rng.random() < 0.6:
            page.add_spaced(article.byline, owner=owner)
        _body(page, story, article.paragraphs, rng)
    _notice(page, issue, rng)
    return page


def _wrapped(issue: Issue, rng: Random) -> Page:
    """Columns of 16 to 20 characters, the width steady within a story; masthead with date, editors' line."""
    page = Page(f"lanjin_daily/{issue.day.year}/page-{issue.number:03d}.txt")
    page.add_spaced(
        f"{chinese_masthead_date(issue.day)} {rng.randint(2, 8)} {issue.source.name}",
        _frame(issue, "editors", rng),
        owner=BOILERPLATE,
    )
    for story in issue.stories:
        article, owner, width = story.article, story.story_id, rng.randint(16, 20)
        page.add(article.title, owner=owner)
        if rng.random() < 0.5:
            page.blank()
        paragraphs = [line for text in article.paragraphs for line in _wrap(f"　　{text}", width)]
        page.add(*paragraphs, owner=owner)
        page.blank()
        if rng.random() < 0.2:
            page.add(*_wrap(article.caption, width), owner=f"{CAPTION}:{owner}")
            page.blank()
    _notice(page, issue, rng)
    return page


def _web(story: Story, issue: Issue, place: int, rng: Random) -> Page:
    """A web page: address, breadcrumb, title, date and source, paragraphs, footer."""
    page = Page(f"lanjin_daily/{issue.day.year}/web-{issue.number:03d}-{place + 1}.txt")
    article, owner = story.article, story.story_id
    section = _frame(issue, "section", rng)
    page.add(f"http://www.lanjin-daily.example/{section_path(place)}", owner=BOILERPLATE)
    page.add(f" 当前位置:首页 > 新闻 > {section} >", owner=BOILERPLATE)
    page.add(article.title, owner=owner)
    clock = f"{rng.randint(7, 18):02d}:{rng.randint(0, 59):02d}"
    page.add(f"发布时间:{issue.day.isoformat()} {clock}  来源:{issue.source.name}", owner=BOILERPLATE)
    page.blank()
    page.add_spaced(*article.paragraphs, owner=owner)
    page.add(*_frame(issue, "footer", rng).splitlines(), owner=BOILERPLATE)
    return page


def section_path(place: int) -> str:
    """Return the part of a web address that names the section."""
    return ("news/", "news/local/", "news/livelihood/")[place % 3]


def _briefs(issue: Issue, rng: Random) -> Page:
    """A column of briefs: headline, one paragraph, nothing between them."""
    page = Page(f"lanjin_daily/{issue.day.year}/briefs-{issue.number:03d}.txt")
    page.add(f"{issue.source.name}  {chinese_masthead_date(issue.day)}", owner=BOILERPLATE)
    page.add(_frame(issue, "briefs_flag", rng), owner=BOILERPLATE)
    page.blank()
    for story in issue.stories:
        page.add(story.article.title, "".join(story.article.paragraphs), owner=story.story_id)
    _notice(page, issue, rng)
    return page


def _english(issue: Issue, rng: Random) -> Page:
    """Masthead with date, headline, byline, paragraphs between blank lines, some wrapped at 72 characters."""
    page = Page(f"averley_courier/{issue.day.year}/courier-{issue.number:03d}.txt")
    masthead = f"{issue.source.name.upper()}   {english_masthead_date(issue.day)}   Page {rng.randint(2, 9)}"
    page.add_spaced(masthead, owner=BOILERPLATE)
    wrapped = rng.random() < 0.5
    for story in issue.stories:
        article, owner = story.article, story.story_id
        page.add(article.title, owner=owner)
        page.blank()
        if rng.random() < 0.7:
            page.add_spaced(article.byline, owner=owner)
        if wrapped:
            for text in article.paragraphs:
                page.add(*textwrap.wrap(text, 72, **_HYPHEN_FREE), owner=owner)  # type: ignore[arg-type]
                page.blank()
        else:
            _body(page, story, article.paragraphs, rng)
    _notice(page, issue, rng)
    return page


def _body(page: Page, story: Story, paragraphs: tuple[str, ...], rng: Random) -> None:
    """Add paragraphs between blank lines; now and then a caption stands between two of them."""
    caption_at = rng.randrange(1, len(paragraphs)) if len(paragraphs) > 2 and rng.random() < 0.15 else None
    for place, text in enumerate(paragraphs):
        if place == caption_at:
            page.add_spaced(story.article.caption, owner=f"{CAPTION}:{story.story_id}")
        page.add_spaced(text, owner=story.story_id)


def _notice(page: Page, issue: Issue, rng: Random) -> None:
    """Add an advertisement or notice to every fifth page."""
    if rng.random() < 0.2:
        page.blank()
        page.add(*_frame(issue, "notices", rng).splitlines(), owner=NOTICE)


def _frame(issue: Issue, part: str, rng: Random) -> str:
    """Take a pattern of the frame; those of mastheads and notices have no slots."""
    return rng.choice(load_bank(issue.source.lang).frame[part]).strip("\n")


def _wrap(text: str, width: int) -> list[str]:
    """Cut Chinese text into lines of `width` characters; none begins with a closing mark or in a number."""
    lines: list[str] = []
    while text:
        cut = width
        while cut < len(text) and text[cut] in "，。、；：？！）”』》":
            cut += 1
        while cut > 1 and _NUMBER.fullmatch(text[cut - 1 : cut + 1]):
            cut -= 1
        lines.append(text[:cut])
        text = text[cut:]
    return lines
