"""The stages of a run: each calls its package with the study's settings and writes what came of it.

In their order: `reading` (files to articles to vectors), `assigning` (themes and topics, with `validating`),
`trending` (shares and their tests; `topic_trends` makes those of topics, `comparing` the tables beside them),
`reporting` (figures, report, manifest). What was added later goes through `adding` and `shifting`, between
themes and trends. A stage whose needs and files are what they were is kept
(`broadsheet.plan`).
"""

from broadsheet.stages.adding import Earlier, add_articles, place_added
from broadsheet.stages.assigning import (
    AssignedThemes,
    FoundTopics,
    assign_themes,
    find_topics,
    write_assignments,
)
from broadsheet.stages.reading import ReadCorpus, Tools, embed_articles, embed_if_needed, prepare, read_corpus
from broadsheet.stages.reporting import draw_figures, finish
from broadsheet.stages.trending import estimate_trends
from broadsheet.stages.validating import write_validation

__all__ = [
    "AssignedThemes",
    "Earlier",
    "FoundTopics",
    "ReadCorpus",
    "Tools",
    "add_articles",
    "assign_themes",
    "draw_figures",
    "embed_articles",
    "embed_if_needed",
    "estimate_trends",
    "find_topics",
    "finish",
    "place_added",
    "prepare",
    "read_corpus",
    "write_assignments",
    "write_validation",
]
