"""The stages of a run: each calls its package with the study's settings and writes what came of it.

In their order: `reading` (files to articles to vectors), `assigning` (themes and topics), `trending` (shares
and their tests; `topic_trends` makes those of topics, `comparing` the tables beside them), `reporting`
(validation, figures, report, manifest).
"""

from broadsheet.stages.assigning import TOPIC_THEMES, assign_themes, find_topics, write_assignments
from broadsheet.stages.reading import embed_articles, prepare, read_corpus
from broadsheet.stages.reporting import draw_figures, finish, validate
from broadsheet.stages.trending import EXTRA_FILES as TREND_FILES
from broadsheet.stages.trending import estimate_trends

__all__ = [
    "TOPIC_THEMES",
    "TREND_FILES",
    "assign_themes",
    "draw_figures",
    "embed_articles",
    "estimate_trends",
    "find_topics",
    "finish",
    "prepare",
    "read_corpus",
    "validate",
    "write_assignments",
]
