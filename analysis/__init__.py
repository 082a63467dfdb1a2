"""Vectors to themes and topics, themes to trends.

Three things live here, each with its door. **Themes** are named by the researcher in a codebook: read
`codebook` (the format), `theme_evidence` (what speaks for a theme), `calibration` (evidence to
probability), `themes` (the door, `assign_themes`). **Topics** are found by the model: `tokens` (words of
each script), `neighbours` and `communities` (vectors to clusters), `adapter` (BERTopic, here and nowhere
else), `topic_tables` and `labels` (clusters to words), `map` (the picture), `topics` (the door,
`fit_topics`), `validation` (how good they are). **Trends** are shares over time: `periods` (the calendar),
`panel` (articles to issues), `shares` and `adjustment` (shares with intervals), `trend_tests`, `seasons`
and `change_points` (what changed), `trends` (the door, `estimate_trends`), and `simulate` (studies with
known truth). `schema` has the columns of every table.
"""

from analysis.codebook import Codebook, load_codebook
from analysis.schema import ALL_SOURCES, OUTLIER, UNMAPPED, probability_column
from analysis.themes import Themes, assign_themes
from analysis.topics import NoTopicsError, Topics, fit_topics, load_model
from analysis.trends import Trends, estimate_trends
from analysis.validation import validate

__all__ = [
    "ALL_SOURCES",
    "OUTLIER",
    "UNMAPPED",
    "Codebook",
    "NoTopicsError",
    "Themes",
    "Topics",
    "Trends",
    "assign_themes",
    "estimate_trends",
    "fit_topics",
    "load_codebook",
    "load_model",
    "probability_column",
    "validate",
]
