"""The stages of a run: each calls its package with the study's settings and writes what came of it.

In their order: `reading` (files to articles to vectors), `assigning` (themes and topics, with `validating`),
`trending` (shares and their tests; `topic_trends` makes those of topics, `comparing` the tables beside them),
`reporting` (figures, report, manifest). A stage whose needs and files are what they were is kept
(`broadsheet.plan`).
"""

from broadsheet.stages.assigning import assign_themes, find_topics, write_assignments
from broadsheet.stages.reading import embed_articles, embed_if_needed, prepare, read_corpus
from broadsheet.stages.reporting import draw_figures, finish
from broadsheet.stages.trending import estimate_trends
from broadsheet.stages.validating import write_validation

__all__ = [
    "assign_themes",
    "draw_figures",
    "embed_articles",
    "embed_if_needed",
    "estimate_trends",
    "find_topics",
    "finish",
    "prepare",
    "read_corpus",
    "write_assignments",
    "write_validation",
]
