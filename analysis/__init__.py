"""Vectors to themes and topics, themes to trends.

Three rooms, each with its door: `themes` (named by the researcher in a codebook: `assign_themes`),
`topics` (found by the model: `fit_topics`) and `trends` (shares over time: `estimate_trends`; further
questions go to a panel, `gather_issues`, or to one's own model, `fit_share_model`). `words` has the words of
every script, `sampling` draws the articles that what is fitted on a large corpus is fitted on, `toml_lines`
has the places of keys in a TOML file, `schema` the columns of every table.
"""

from analysis.schema import ALL_SOURCES, OUTLIER, UNMAPPED, probability_column
from analysis.themes.assignment import LaterThemes, Themes, assign_later, assign_themes
from analysis.themes.codebook import Codebook, load_codebook
from analysis.themes.model import ThemeModel
from analysis.topics.fitting import fit_topics
from analysis.topics.placing import FittedTopics, place_articles
from analysis.topics.result import NoTopicsError, Topics, load_model
from analysis.topics.validation import validate
from analysis.trends.estimation import Trends, estimate_trends
from analysis.trends.methods.bursts import find_bursts
from analysis.trends.methods.drift import Drift, estimate_drift
from analysis.trends.methods.emerging import classify_themes
from analysis.trends.methods.events import Event, estimate_events
from analysis.trends.methods.lead_lag import find_leads
from analysis.trends.methods.nonlinear import estimate_curves
from analysis.trends.methods.share_fitting import fit_share_model
from analysis.trends.methods.share_model import ShareModel
from analysis.trends.methods.sources import compare_sources
from analysis.trends.panel import Panel, gather_issues
from analysis.trends.simulate import Design, Ritual, Signal, Study, simulate_study

__all__ = [
    "ALL_SOURCES",
    "OUTLIER",
    "UNMAPPED",
    "Codebook",
    "Design",
    "Drift",
    "Event",
    "FittedTopics",
    "LaterThemes",
    "NoTopicsError",
    "Panel",
    "Ritual",
    "ShareModel",
    "Signal",
    "Study",
    "ThemeModel",
    "Themes",
    "Topics",
    "Trends",
    "assign_later",
    "assign_themes",
    "classify_themes",
    "compare_sources",
    "estimate_curves",
    "estimate_drift",
    "estimate_events",
    "estimate_trends",
    "find_bursts",
    "find_leads",
    "fit_share_model",
    "fit_topics",
    "gather_issues",
    "load_codebook",
    "load_model",
    "place_articles",
    "probability_column",
    "simulate_study",
    "validate",
]
