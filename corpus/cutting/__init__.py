"""A page's text cut into its stories: `cut_page`.

Read in this order: `page` (the door, and the whole in one function), `lines` and `wrap` with `measure`
(lines, and the paragraphs that a hard wrap broke up), `furniture` with `line_rules`, `writing`,
`site_rows`, `site`, `legal`, `contents`, `previews`, `bulletin`, `rubrics` and `archive_labels` (mastheads,
the frame of a web page, lists of contents, what a bulletin or an archive says between its stories),
`site_chain` with `site_words`, `site_stamps`, `site_evidence`, `site_page`, `site_form`, `site_titles`,
`site_tail` and `site_greeting` (what else a site puts around its stories, by its words and by what it has
no text for), `openings` and its neighbours (`bylines`, `closings`, `captions`, `jumps`, `items`, `notices`)
and `headlines` (what single blocks look like), `words`, `clues`, `context`, `rows`, `sections`, `heaps` and
`style` (what blocks say of each other and of the page's habits), `path` (the best cut of the whole page at
once), `stories` (its pieces), `displaced` and `orphans` (headlines and columns that stand elsewhere),
`archive` and `short_lines` (one story to a label), `post` with `post_lines`, `post_model` and `post_story`
(the one story of a site's page, by learned weights).
"""

from corpus.cutting.page import Page, Segment, cut_page

__all__ = ["Page", "Segment", "cut_page"]
