"""Vectors to themes and topics, themes to trends.

Three rooms, each with its door: `themes` (named by the researcher in a codebook: `assign_themes`),
`topics` (found by the model: `fit_topics`) and `trends` (shares over time: `estimate_trends`). `words`
has the words of every script, `toml_lines` the places of keys in a TOML file, `schema` the columns of
every table.
"""

from analysis.schema import ALL_SOURCES, OUTLIER, UNMAPPED, probability_column
from analysis.themes.assignment import Themes, assign_themes
from analysis.themes.codebook import Codebook, load_codebook
from analysis.topics.fitting import NoTopicsError, Topics, fit_topics, load_model
from analysis.topics.validation import validate
from analysis.trends.estimation import Trends, estimate_trends

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
