"""Cut the text of a newspaper page into its stories.

The package's other modules each do one step; this one puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from corpus.cutting import closings, items, openings
from corpus.cutting.archive import by_section, section_starts
from corpus.cutting.archive_labels import announces
from corpus.cutting.clues import Clue, clues_of
from corpus.cutting.context import add_context
from corpus.cutting.displaced import bring_home
from corpus.cutting.furniture import mark_furniture
from corpus.cutting.headlines import choose_title, join_title
from corpus.cutting.lines import Block, Line, join, read_lines
from corpus.cutting.notices import is_notice
from corpus.cutting.orphans import rejoin
from corpus.cutting.path import best_path
from corpus.cutting.post import Post, weigh_page
from corpus.cutting.post_model import Weights
from corpus.cutting.post_story import as_post, has_several
from corpus.cutting.short_lines import POSTED, as_one_story
from corpus.cutting.site import is_site
from corpus.cutting.stories import Story, count_habits, gather
from corpus.cutting.style import Style, settle, style_of
from corpus.cutting.words import grams
from corpus.cutting.wrap import blocks_of

_LABEL: Final = re.compile(r"^(?:标题|题目|Title|Headline|Заголовок)\s*[：:]\s*(?=\S)")
_COUNT: Final = re.compile(r"^#{1,6}\s+(?=\S)|^\d{1,2}(?:[.．](?!\d)|[、）)])\s*(?=\D)")
_CONTACT: Final = re.compile(
    r"\t|\d{3,4}[-－]\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)|(?:电话|联系人|热线|地址)[：:]"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """One story, caption, continuation or notice of a page.

    Attributes
    ----------
    kind
        `article`, `caption`, `continuation` (it goes on from another page) or `notice`.
    lines
        1-based, inclusive line ranges in reading order.
    title, kicker, deck
        The main headline, the line over it and the line under it, or None.
    byline
        Who wrote it, as printed, or None.
    text
        The body: broken lines and words made whole, paragraphs parted by a line break.
    why
        The cues that made this cut, in plain words.
    """

    kind: str
    lines: tuple[tuple[int, int], ...]
    title: str | None
    byline: str | None
    text: str
    kicker: str | None = None
    deck: str | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The cut of a page: its segments from top to bottom; line ranges that belong to none, and why."""

    segments: tuple[Segment, ...]
    boilerplate: tuple[tuple[int, int, str], ...]


def cut_page(text: str, weights: Weights | None = None) -> Page:
    """Cut the text of one page into segments.

    Every line with anything on it is in exactly one segment or in the boilerplate.

    Parameters
    ----------
    text
        The page as an OCR, PDF or web tool left it; lines are what lies between line feeds.
    weights
        By which the one story of a site's page is found; those that ship with the package by default.
    """
    lines = read_lines(text)
    marks = mark_furniture(lines)
    laid = _site(lines, marks, weights) or _page(lines, marks)
    segments = [_segment(story, laid) for story in laid.stories]
    return Page(tuple(sorted(segments, key=_first_line)), _boilerplate(laid.blocks))


@dataclass(frozen=True, slots=True)
class _Laid:
    """A page as blocks, what they show, and the stories they were put together to."""

    blocks: list[Block]
    clues: list[Clue]
    style: Style
    stories: list[Story]


def _page(lines: list[Line], marks: list[str | None]) -> _Laid:
    """Lay out a page as the rules read it."""
    web = is_site(lines, marks)
    laid = _lay_out(lines, marks, web=web)
    if web or not POSTED.isdisjoint(marks):
        return replace(laid, stories=as_one_story(laid.stories, laid.blocks))
    return laid


def _site(lines: list[Line], marks: list[str | None], weights: Weights | None) -> _Laid | None:
    """Lay out a site's page: as one story, or without what is surely the site's; None for other pages."""
    weighed = weigh_page(lines, marks, weights)
    if weighed is None:
        return None
    return (weighed.post and _post(lines, weighed.post)) or _page(lines, weighed.marks)


def _post(lines: list[Line], post: Post) -> _Laid | None:
    """Lay out a site's page as one story; None where it has several."""
    laid = _lay_out(lines, post.marks, web=False, apart=post.apart)
    if has_several(laid.stories, laid.blocks, laid.clues):
        return None
    stories = as_post(laid.stories, laid.blocks, laid.clues, post)
    return replace(laid, stories=stories) if stories else None


def _lay_out(
    lines: list[Line], marks: list[str | None], *, web: bool, apart: Set[int] = frozenset()
) -> _Laid:
    """Cut a page along its best path; the lines at the places `apart` begin a block of their own."""
    blocks = blocks_of(lines, marks, apart=apart)
    clues = clues_of(blocks)
    style = style_of(blocks, clues, web=web)
    add_context(blocks, clues, style)
    path = best_path(blocks, clues, style)
    marked, plain, subheads = count_habits(gather(blocks, clues, path), clues, path)
    style = settle(style, marked=marked, plain=plain, subheads=subheads)
    stories = gather(blocks, clues, best_path(blocks, clues, style))
    if starts := section_starts(blocks):
        stories = by_section(stories, blocks, clues, starts)
    else:
        stories = rejoin(blocks, clues, bring_home(blocks, clues, stories), style.rare)
    return _Laid(blocks, clues, style, stories)


def _first_line(segment: Segment) -> int:
    """Return the number of a segment's topmost line."""
    return min(first for first, _ in segment.lines)


def _boilerplate(blocks: list[Block]) -> tuple[tuple[int, int, str], ...]:
    """Return the ranges of furniture; neighbours with one reason are one range."""
    ranges: list[tuple[int, int, str]] = []
    previous = -2
    for index, block in enumerate(blocks):
        if block.furniture is None:
            continue
        if ranges and previous == index - 1 and ranges[-1][2] == block.furniture:
            ranges[-1] = (ranges[-1][0], block.last, block.furniture)
        else:
            ranges.append((block.first, block.last, block.furniture))
        previous = index
    return tuple(ranges)


def _segment(story: Story, laid: _Laid) -> Segment:
    """Build the segment of a story."""
    blocks, clues = laid.blocks, laid.clues
    title, kicker, deck = _headline(story, laid)
    return Segment(
        kind=_kind(story, title, blocks, clues),
        lines=_ranges(story.blocks, blocks),
        title=title,
        byline=_byline(story, blocks, clues),
        text=_body(story, blocks, clues),
        kicker=kicker,
        deck=deck,
        why=tuple(story.why),
    )


def _ranges(order: list[int], blocks: list[Block]) -> tuple[tuple[int, int], ...]:
    """Return line ranges in reading order; blocks that follow each other on the page are one range."""
    ranges: list[tuple[int, int]] = []
    previous = -2
    for index in order:
        if index == previous + 1 and ranges:
            ranges[-1] = (ranges[-1][0], blocks[index].last)
        else:
            ranges.append((blocks[index].first, blocks[index].last))
        previous = index
    return tuple(ranges)


def _headline(story: Story, laid: _Laid) -> tuple[str | None, str | None, str | None]:
    """Return title, kicker and deck."""
    blocks, clues = laid.blocks, laid.clues
    rows = [i for i in story.heads if not clues[i].byline and not clues[i].jump]
    rows = [
        i
        for i, below in zip_longest(rows, rows[1:])
        if below is None or not announces(blocks[i].text, blocks[below].text)
    ]
    lead = grams("\n".join(blocks[i].text[:500] for i in story.body[:3])[:700])
    told = story.titles or rows
    texts = [blocks[i].text for i in told]
    tight = [k > 0 and told[k] == told[k - 1] + 1 and blocks[told[k]].gap == 0 for k in range(len(told))]
    chosen = choose_title(texts, lead, laid.style.rare, tight=tight)
    if chosen is None:
        return _title_on_the_line(blocks[story.body[0]].text) if story.body else None, None, None
    above = [blocks[i].text for i in rows if i < told[chosen[0]]]
    below = [blocks[i].text for i in rows if i > told[chosen[-1]]]
    return (
        _COUNT.sub("", _LABEL.sub("", join_title([texts[k] for k in chosen]))),
        " ".join(above) or None,
        " ".join(below) or None,
    )


def _title_on_the_line(text: str) -> str | None:
    """Return the headline that stands on one line with the text: in brackets or before the formula."""
    return items.run_in_title(text) or openings.headline_before_opening(text)


def _kind(story: Story, title: str | None, blocks: list[Block], clues: list[Clue]) -> str:
    """Tell what kind of segment a story is."""
    members = story.blocks
    if story.caption:
        return "caption"
    if any(clues[i].jump for i in [*story.heads, *story.body[:1]]):
        return "continuation"
    size = sum(len(blocks[i].text) for i in members)
    contacts = sum(len(blocks[i].text) for i in members if _CONTACT.search(blocks[i].text[:300]))
    if (title and is_notice(title) and size < 1500) or contacts * 2 > size:
        return "notice"
    last = clues[members[-1]]
    if size < 500 and (last.caption or last.credit) and len(story.body) <= 2:
        return "caption"
    return "article"


def _byline(story: Story, blocks: list[Block], clues: list[Clue]) -> str | None:
    """Return the byline as printed: under the headline, in the opening formula, or at the end."""
    for index in story.heads:
        if clues[index].byline:
            return blocks[index].text.strip("□■◎○●▲◇◆☆★ \u3000")
    if story.body:
        found = openings.opening_names(blocks[story.body[0]].text)
        if found:
            return found
        for index in reversed(story.body[-2:]):
            if clues[index].close or clues[index].signed:
                return closings.closing_names(blocks[index].text)
            if clues[index].byline:
                return blocks[index].text
    return None


def _body(story: Story, blocks: list[Block], clues: list[Clue]) -> str:
    """Join the body; a block that breaks off in mid-sentence runs on into the next one."""
    paragraphs: list[str] = []
    previous: int | None = None
    for index in story.body:
        broken = previous is not None and clues[previous].open_ended
        runs_on = broken and _goes_on(blocks[index], clues[index])
        if runs_on and paragraphs:
            paragraphs[-1] = join(paragraphs[-1], blocks[index].text)
        else:
            paragraphs.append(blocks[index].text)
        previous = index
    return "\n".join(paragraphs)


def _goes_on(block: Block, clue: Clue) -> bool:
    """Tell whether a block can finish the sentence that the block before it left open."""
    return clue.head < 0 and not clue.opening and not clue.close and "\t" not in block.text
