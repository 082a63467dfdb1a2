"""A page's text cut into its stories: `cut_page`.

Read in this order: `page` (the door, and the whole in one function), `lines` and `wrap` (lines, and the
paragraphs that a hard wrap broke up), `furniture` with `line_rules`, `site` and `contents` (mastheads, the
frame of a web page, lists of contents), `openings` and its neighbours (`bylines`, `closings`, `captions`,
`jumps`, `items`, `notices`) and `headlines` (what single blocks look like), `words`, `clues`, `context`,
`rows`, `sections`, `heaps` and `style` (what blocks say of each other and of the page's habits), `path` (the
best cut of the whole page at once), `stories` (its pieces), `displaced` and `orphans` (headlines and columns
that stand elsewhere).
"""

from corpus.cutting.page import Page, Segment, cut_page

__all__ = ["Page", "Segment", "cut_page"]
