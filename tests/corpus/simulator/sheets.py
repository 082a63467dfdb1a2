"""A whole page from a layout and a seed: its text and, line by line, the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from broadsheet.sample.pages import Page
from tests.corpus.simulator import bodies, columns, disorder, furniture
from tests.corpus.simulator.blocks import BLOCKS
from tests.corpus.simulator.disorder import BODY, HEAD, LOOSE, Piece
from tests.corpus.simulator.headlines import Head, head_of, head_of_block
from tests.corpus.simulator.layout import Layout
from tests.corpus.simulator.material import Material, from_bank

FURNITURE = "boilerplate"
NOTICE = "notice"


@dataclass(frozen=True)
class Sheet:
    """A simulated page and its truth, in the form of a hand-made gold file: `segments`, each with its
    `kind`, `lines`, `headline` and `headline_accept`."""

    text: str
    truth: dict[str, Any]


def simulate(layout: Layout, *, seed: int, articles: Sequence[Material] | None = None) -> Sheet:
    """Make the page of a layout; the same seed gives the same page.

    `articles` are drawn from, in place of the sample's bank.
    """
    rng = Random(f"page-{seed}")
    count = 1 if layout.site else rng.randint(*layout.stories)
    if articles is None:
        chosen = from_bank(layout.lang, count, rng=rng, characters=layout.characters)
    else:
        chosen = rng.sample(list(articles), k=count)
    page = Page("page.txt")
    if layout.site:
        heads = _web(page, layout, chosen[0], rng)
    elif layout.kind == "page":
        heads = _spread(page, layout, chosen, rng)
    else:
        heads = columns.fill(page, layout, chosen, rng)
    if layout.noise:
        _blur(page, heads, layout.noise, rng)
    return Sheet(page.text, _truth(page, heads))


def _blur(page: Page, heads: dict[str, Head], share: float, rng: Random) -> None:
    """Damage the characters of the stories; a headline as it stands on the page is a right reading."""
    for place, (line, owner) in enumerate(zip(page.lines, page.owners, strict=True)):
        if owner is None or owner == FURNITURE:
            continue
        page.lines[place] = disorder.blur(line, share, rng)
        head = heads.get(owner)
        if head and line in head.lines:
            found = (head.readings or (head.title,))[-1].replace(line, page.lines[place])
            heads[owner] = replace(head, readings=(*head.readings, found))


def _spread(page: Page, layout: Layout, articles: list[Material], rng: Random) -> dict[str, Head]:
    """Story after story, with what the layout lets go wrong; return the headline blocks by story."""
    heads: dict[str, Head] = {}
    pieces: list[Piece] = []
    by_owner = {f"s{number}": article for number, article in enumerate(articles)}
    indent = rng.random() < layout.indent
    for owner, article in by_owner.items():
        pieces += _story(owner, article, layout, rng, heads, indent=indent)
    pieces, _ = disorder.orphan(pieces, layout, rng)
    pieces = disorder.interrupt(pieces, by_owner, layout, rng)
    pieces = disorder.part_bodies(pieces, layout, rng)
    disorder.print_twice(pieces, layout, rng)
    pieces = disorder.displace(pieces, layout, rng)
    if rng.random() < layout.masthead:
        page.add(*furniture.masthead(layout.lang, rng), owner=FURNITURE)
        page.blank()
    _print(page, pieces, layout, rng)
    if rng.random() < layout.notice:
        page.blank()
        page.add(*furniture.notice(rng), owner=NOTICE)
    if rng.random() < layout.editors:
        page.blank()
        page.add(*furniture.editors(layout.lang, rng), owner=FURNITURE)
    return heads


def _story(
    owner: str, article: Material, layout: Layout, rng: Random, heads: dict[str, Head], *, indent: bool
) -> list[Piece]:
    """The pieces of one story: headline block (perhaps none), jump line, body."""
    block = None
    if layout.press and rng.random() < layout.press:
        taken = {head.lines for head in heads.values()}
        block = rng.choice([block for block in BLOCKS if block.lines not in taken])
        article = replace(article, paragraphs=(block.lead, *article.paragraphs))
    dateline = rng.random() < layout.opening
    jumps = article.dense and rng.random() < layout.jump
    paragraphs, subheads = bodies.written(article, layout, rng, dateline=dateline and not jumps)
    if jumps:
        paragraphs.insert(0, rng.choice(("（上接第1版）", "（上接第一版）", "（紧接第一版）")))
    lines = bodies.set_body(paragraphs, subheads, layout, rng, indent=indent)
    if rng.random() < layout.mixed_marks:
        lines = bodies.mix_marks(lines, rng)
    if rng.random() < layout.headless:
        return [Piece(owner, BODY, lines)]
    if block is None:
        heads[owner] = head_of(article, layout, rng, dateline=dateline)
    else:
        heads[owner] = head_of_block(block)
    return [Piece(owner, HEAD, list(heads[owner].lines)), Piece(owner, BODY, lines)]


def _print(page: Page, pieces: list[Piece], layout: Layout, rng: Random) -> None:
    """Write the pieces with the blank lines of the layout."""
    habit = rng.random() < layout.tight_head
    previous: Piece | None = None
    for piece in pieces:
        if previous is not None:
            _part(page, previous, piece, layout, rng, tight=habit or layout.setting in {"plain", "indented"})
        spread = layout.setting == "spaced" and piece.part == HEAD and not habit
        for place, line in enumerate(piece.lines):
            if spread and place:
                page.blank()
            if line:
                page.add(line, owner=piece.owner)
            else:
                page.blank()
        previous = piece


def _part(page: Page, above: Piece, below: Piece, layout: Layout, rng: Random, *, tight: bool) -> None:
    """Put the blank lines between two pieces."""
    same = above.owner == below.owner
    if same and above.part == HEAD:
        gap = 0 if tight or layout.setting == "wrapped" else 1
    elif same or LOOSE in {above.part, below.part}:
        gap = 1
    else:
        gap = rng.randint(*layout.apart)
    if gap:
        page.blank()
        page.lines.extend([""] * (gap - 1))
        page.owners.extend([None] * (gap - 1))


def _web(page: Page, layout: Layout, article: Material, rng: Random) -> dict[str, Head]:
    """One article amid the furniture of a site."""
    site = furniture.SITES[layout.site]
    page.add(*site.above, owner=FURNITURE)
    head = Head((article.title,), article.title)
    page.add(article.title, owner="s0")
    page.add(*site.between, owner=FURNITURE)
    page.blank()
    paragraphs, subheads = bodies.written(article, layout, rng, dateline=rng.random() < layout.opening)
    for line in bodies.set_body(paragraphs, subheads, layout, rng, indent=False):
        page.add(line, owner="s0") if line else page.blank()
    page.blank()
    page.add(*site.below, owner=FURNITURE)
    return {"s0": head}


def _truth(page: Page, heads: dict[str, Head]) -> dict[str, Any]:
    """The truth of a page in the form of a gold file."""
    segments = []
    kinds = Counter({FURNITURE: 1, NOTICE: 1})
    for owner, lines in page.ranges().items():
        head = heads.get(owner)
        kind = owner if owner == FURNITURE else "caption" if "-" in owner else "article"
        segments.append(
            {
                "id": owner,
                "kind": "advert_or_notice" if owner in kinds and owner != FURNITURE else kind,
                "lines": lines,
                "headline": head.title if head else None,
                "headline_accept": list(head.readings) if head else [],
            }
        )
    return {"file": page.file, "publication": {}, "segments": segments}
