"""What a page looks like, as numbers: shares from 0 to 1 of the stories or places a phenomenon falls on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """A page to be simulated; the default is a plain page, every story under its headline.

    `setting` is `spaced` (a blank line between paragraphs), `plain` (a paragraph a line, none between),
    `indented` (plain, each with an indent) or `wrapped` (lines broken at the column's width, which is drawn
    from `width` in ems for each story, a paragraph's first line indented for a share `indent` of pages).
    `press` is the share of stories under a headline block of `blocks`, set as papers do. `apart` is the
    range of blank lines between stories. `kind` is the form of the page: `page`, `briefs`, `bulletin`,
    `archive` or `web`.
    """

    lang: str = "zh"
    kind: str = "page"
    stories: tuple[int, int] = (4, 7)
    characters: tuple[int, int] = (250, 900)
    setting: str = "spaced"
    width: tuple[int, int] = (12, 20)
    indent: float = 0.5
    apart: tuple[int, int] = (1, 1)
    tight_head: float = 0.0
    kicker: float = 0.3
    deck: float = 0.3
    byline: float = 0.3
    opening: float = 0.6
    closing: float = 0.2
    any_order: float = 0.0
    one_line_head: float = 0.0
    two_line_title: float = 0.0
    subheads: float = 0.0
    caption: float = 0.0
    interrupting: float = 0.0
    headless: float = 0.0
    displaced: float = 0.0
    heap: float = 0.0
    orphan: float = 0.0
    column_break: float = 0.0
    lost: float = 0.0
    jump: float = 0.0
    twice: float = 0.0
    noise: float = 0.0
    mixed_marks: float = 0.0
    notice: float = 0.0
    masthead: float = 0.0
    editors: float = 0.0
    site: str = ""
    flag: float = 0.0
    brief: str = "headline"
    press: float = 0.0
    contents: float = 0.0
