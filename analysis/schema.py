"""The columns of the result tables: assignments, topics, themes, trends, tests and change points.

Article columns are in `corpus.schema`. The names are a contract with every run folder on somebody's disk.
"""

from __future__ import annotations

from typing import Final

TOPIC: Final = "topic"
TOPIC_STRENGTH: Final = "topic_strength"
THEME: Final = "theme"
THEME_PROBABILITY: Final = "theme_probability"
P_PREFIX: Final = "p_"
"""A theme's probability stands in the column `p_<theme>` of the assignments."""

UNMAPPED: Final = "unmapped"
"""The value of `theme` for an article that belongs to no theme of the codebook."""
OUTLIER: Final = -1
"""The value of `topic` for an article that belongs to no topic (or when there were too few articles)."""
ALL_SOURCES: Final = "ALL"
"""The value of `source` for all sources together; in `tests`: adjusted for the mix of sources."""

PERIOD_START: Final = "period_start"
PERIOD_END: Final = "period_end"
N_ARTICLES: Final = "n_articles"
N_THEME: Final = "n_theme"
SHARE: Final = "share"
LOW: Final = "low"
HIGH: Final = "high"
STATUS: Final = "status"
STATUSES: Final = ("ok", "few", "none")
"""A period with enough articles, with too few to read a share from, and with no article at all."""

ASSIGNMENT_COLUMNS: Final = ("article_id", TOPIC, TOPIC_STRENGTH, THEME, THEME_PROBABILITY)
"""Followed by one `p_<theme>` column a theme, in the codebook's order."""
TOPIC_COLUMNS: Final = (TOPIC, N_ARTICLES, "label", "terms", THEME)
"""`terms` is a JSON object: BCP-47 language → terms, best first. `theme`: its commonest."""
STABILITY: Final = "stability"
ADVICE: Final = "advice"
TOPIC_STABILITY_COLUMNS: Final = (STABILITY, ADVICE)
"""After the others in topics.csv: how well a topic comes back in draws of the articles (0 to 1), and what to
do with it: `do not interpret`, or nothing."""
LABELS: Final = "labels"
"""Last in topics.csv: a JSON object of language → label. `label` is the first of them."""
THEME_COLUMNS: Final = (THEME, N_ARTICLES, SHARE, "terms")
TREND_COLUMNS: Final = (
    THEME,
    "source",
    PERIOD_START,
    PERIOD_END,
    N_ARTICLES,
    N_THEME,
    SHARE,
    LOW,
    HIGH,
    "adjusted",
    "adjusted_low",
    "adjusted_high",
    STATUS,
)
"""`period_start` and `period_end` are ISO dates, both inclusive. `n_theme` is the expected number (a sum of
probabilities). `adjusted` is the share at a fixed mix of sources, given for source ALL alone."""
TEST_COLUMNS: Final = (THEME, "source", "effect", LOW, HIGH, "p", "q", "seasonal")
"""`effect`: change in log-odds a year. `q`: Benjamini–Hochberg over the table. `seasonal`: season?"""
EFFECT_COLUMNS: Final = (THEME, "source", "effect", LOW, HIGH, "season_p", "season_q")
"""The effects of the tests in shares a year (0.01: a percentage point), and the p of each season."""
DECOMPOSITION_COLUMNS: Final = (
    THEME,
    PERIOD_START,
    "since",
    "change",
    "within",
    "within_low",
    "within_high",
    "between",
    "between_low",
    "between_high",
)
"""The change of the share of all sources from the period that begins `since`, as a sum of two parts."""
CHANGE_POINT_COLUMNS: Final = (THEME, "source", "date", LOW, HIGH, "before", "after", "p", "q")
"""`date`: first day of the first period after the change; `low` and `high`: the interval of that day."""
SOURCE_DIFFERENCE_COLUMNS: Final = (THEME, "source", "kind", "effect", LOW, HIGH, "points", "p", "q")
"""`kind`: level or trend. `effect`: log-odds (a year) above the mean of the other sources."""
CURVE_COLUMNS: Final = (THEME, "source", "statistic", "p", "q", "peak", "trough")
LEAD_COLUMNS: Final = (
    THEME,
    "first",
    "second",
    "lag",
    LOW,
    HIGH,
    "correlation",
    "p",
    "q",
    "leader",
)
"""`lag`: periods by which `second` follows `first`. `leader`: a source, "together" or "can't tell"."""
BURST_COLUMNS: Final = (THEME, "source", "start", "end", "peak", N_THEME, "expected", "weight", "p", "q")
EMERGING_COLUMNS: Final = (
    THEME,
    "state",
    "effect",
    LOW,
    HIGH,
    "before",
    "before_high",
    "recent",
    "recent_low",
    "since",
    "p",
    "q",
)
EVENT_COLUMNS: Final = (
    THEME,
    "event",
    "date",
    "kind",
    "effect",
    LOW,
    HIGH,
    "expected",
    "observed",
    "p",
    "q",
)
"""`kind`: level (log-odds at once) or slope (log-odds a year more). Shares: at the event."""
DRIFT_COLUMNS: Final = (
    THEME,
    "lang",
    "since",
    "word",
    "before",
    "after",
    "log_odds",
    LOW,
    HIGH,
    "z",
    "p",
    "q",
)
"""`before` and `after`: times a thousand words; `log_odds` above 0: more often after."""
SHIFT_COLUMNS: Final = (
    "update",
    "kind",
    "what",
    "label",
    "n_before",
    "n_new",
    "n_after",
    "share_before",
    "share_new",
    "share_after",
    "change",
    "far",
    ADVICE,
)
"""What an update of a run changed of the sizes of themes and topics, which keep their ids."""
MAP_COLUMNS: Final = ("article_id", "x", "y")
"""Columns of `map.parquet`: where an article stands on the map (a picture; its distances are not data)."""


def probability_column(theme: str) -> str:
    """Name of the assignments' column that holds the probability of `theme`."""
    return P_PREFIX + theme
