"""Headline blocks: kicker, title, deck and byline in the orders that pages set them."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from random import Random

from tests.corpus.simulator.blocks import HeadBlock
from tests.corpus.simulator.layout import Layout
from tests.corpus.simulator.material import Material

BYLINES = {
    "zh": (
        "本报记者 {r}",
        "本报记者 {r} 通讯员 {c}",
        "□ 通讯员 {c}",
        "□ {r} {c}",
        "记者 {r} 通讯员 {c} 文/图",
        "{r}",
        "■本报记者 {r}",
        "文/本报记者 {r}",
    ),
    "en": ("By {r}", "BY {R}", "By {r} and {c}", "{r}, Staff Writer", "By {r} | Courier Staff"),
    "ru": ("{r}", "Автор: {r}", "Текст: {r}", "{r}, {c}"),
}
FLAGS = {
    "zh": (
        "【民生在线】",
        "记者在基层",
        "新春走基层",
        "（相关报道见第三版）",
        "深入学习贯彻会议精神",
        "一线特写·之二",
    ),
    "en": ("LOCAL NEWS", "In focus"),
    "ru": ("ГОРОД", "Репортаж"),
}


@dataclass(frozen=True)
class Head:
    """The lines of a headline block in order, the title as a reader would write it, other readings."""

    lines: tuple[str, ...]
    title: str
    readings: tuple[str, ...] = ()


def head_of(article: Material, layout: Layout, rng: Random, *, dateline: bool) -> Head:
    """Set the headline block of an article; no byline where the text opens with names (`dateline`)."""
    title_lines = _title_lines(article, layout, rng)
    above = [article.kicker] if article.kicker and rng.random() < layout.kicker else []
    below = [_deck(article, rng)] if article.deck and rng.random() < layout.deck else []
    if rng.random() < layout.flag:
        above.insert(0, rng.choice(FLAGS[article.lang]))
    if above and rng.random() < layout.any_order:
        above, below = [], [*above, *below]
    lines = [*above, *title_lines, *below]
    whole = not above and below and len(title_lines) == 1 and rng.random() < layout.one_line_head
    if whole:
        lines = [f"{title_lines[0]} {below[0]}"]
    if not dateline and rng.random() < layout.byline:
        lines.append(byline_of(article, rng))
    title = " ".join(title_lines)
    readings = ("".join(title_lines), lines[0]) if len(title_lines) > 1 or whole else ()
    return Head(tuple(lines), title, readings)


def head_of_block(block: HeadBlock) -> Head:
    """Set a headline block as it stands."""
    parts = [block.lines[place] for place in block.main]
    return Head(block.lines, " ".join(parts))


def byline_of(article: Material, rng: Random) -> str:
    """A byline that stands alone."""
    pattern = rng.choice(BYLINES[article.lang])
    return pattern.format(r=article.reporter, c=article.correspondent, R=article.reporter.upper())


def _deck(article: Material, rng: Random) -> str:
    return f"——{article.deck}" if article.dense and rng.random() < 0.4 else article.deck


def _title_lines(article: Material, layout: Layout, rng: Random) -> list[str]:
    """The title, broken over two lines where the layout has it so: at its mark, or at the column's width."""
    title = article.title
    if rng.random() >= layout.two_line_title:
        return [title]
    if not article.dense:
        return textwrap.wrap(title, max(30, len(title) * 2 // 3), break_long_words=False)
    for mark in "，：":
        left, found, right = title.partition(mark)
        if found and min(len(left), len(right)) >= 3:
            return [left + mark, right]
    return [title]
