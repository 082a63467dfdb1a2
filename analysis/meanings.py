"""What each column of the result tables means.

A meaning is written where its table is; what several tables share is written once, above them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from analysis import schema
from analysis.schema import HIGH, LOW, N_ARTICLES, N_THEME, PERIOD_START, SHARE, THEME, TOPIC
from analysis.themes.topic_profile import LIFT
from corpus.meanings import Meanings

_THEME: Final = "Id of the theme in the codebook."
_SOURCE: Final = f"The newspaper, or `{schema.ALL_SOURCES}` for all together."
_P: Final = "p-value of the test of no effect; empty where nothing could be tested."
_Q: Final = "p after Benjamini and Hochberg's correction over the tests of its kind in this table."
_INTERVAL: Final = {LOW: "Lower end of its interval.", HIGH: "Upper end of its interval."}
_TERMS: Final = "JSON object of language → terms, best first."

_OF_THEMES: Final[Mapping[str, Meanings]] = {
    "assignments": {
        "article_id": "The article.",
        TOPIC: f"Its topic; {schema.OUTLIER} for none.",
        schema.TOPIC_STRENGTH: "How firmly it is in its topic, 0 to 1: the share of its neighbours there.",
        THEME: f"Its likeliest theme, or `{schema.UNMAPPED}` where it likelier belongs to none.",
        schema.THEME_PROBABILITY: "Probability of `theme`; for `unmapped` the product of all 1 - p.",
    },
    "topics": {
        TOPIC: "Number of the topic, the greatest first.",
        N_ARTICLES: "Articles in it.",
        "label": "Three terms that mark it, in the language that its terms come first in.",
        "terms": _TERMS,
        THEME: "The commonest theme of its articles.",
        schema.STABILITY: "How well it comes back in draws of the articles, 0 to 1.",
        schema.ADVICE: "`do not interpret` where the stability is below .6; else empty.",
        schema.LABELS: "JSON object of language → label.",
    },
    "topic_themes": {
        TOPIC: "The topic.",
        THEME: f"The theme, or `{schema.UNMAPPED}`.",
        N_ARTICLES: "Articles of the topic whose likeliest theme it is.",
        SHARE: "Mean probability of the theme over the topic's articles.",
        LIFT: "`share` over the same of all articles.",
    },
    "themes": {
        THEME: _THEME,
        N_ARTICLES: "Articles with a probability of at least one half.",
        SHARE: "Mean probability over all articles: the expected share.",
        "terms": _TERMS,
    },
    "map": {
        "article_id": "The article.",
        "x": "Where it stands on the map, a picture; distances are not data.",
        "y": "The same, upwards.",
    },
    "trends": {
        THEME: _THEME,
        "source": _SOURCE,
        PERIOD_START: "First day of the period (ISO).",
        schema.PERIOD_END: "Last day of the period, included.",
        N_ARTICLES: "Articles of the period; no whole number where dates are intervals.",
        N_THEME: "Expected number on the theme: a sum of probabilities.",
        SHARE: "Share of articles on the theme, 0 to 1; empty in a period without articles.",
        LOW: "Lower end of the interval of the share.",
        HIGH: "Upper end of the interval of the share.",
        "adjusted": "Share at one fixed mix of sources, that of the whole study; for `ALL` alone.",
        "adjusted_low": "Lower end of the interval of `adjusted`.",
        "adjusted_high": "Upper end of the interval of `adjusted`.",
        schema.STATUS: f"Articles in the period: {', '.join(f'`{status}`' for status in schema.STATUSES)}.",
    },
    "tests": {
        THEME: _THEME,
        "source": f"{_SOURCE} There the mix of sources is taken out.",
        "effect": "Change in log-odds a year along a straight line.",
        **_INTERVAL,
        "p": _P,
        "q": "p after Benjamini and Hochberg's correction over the whole table.",
        "seasonal": "Whether a yearly season was found (`season_q` below .05).",
    },
    "effects": {
        THEME: _THEME,
        "source": _SOURCE,
        "effect": "The effect of `tests.csv` in shares a year: 0.01 is a percentage point.",
        **_INTERVAL,
        "season_p": "p-value of the test of no season.",
        "season_q": "The same after the correction over the table.",
    },
    "change_points": {
        THEME: _THEME,
        "source": _SOURCE,
        "date": "First day of the first period after the likeliest step.",
        LOW: "First day of the interval of `date`.",
        HIGH: "Last day of the interval of `date`.",
        "before": "Mean share before it; for `ALL` at the fixed mix of sources.",
        "after": "Mean share after it.",
        "p": "p-value of the test of no step.",
        "q": _Q,
    },
    "decomposition": {
        THEME: _THEME,
        PERIOD_START: "First day of the period.",
        "since": "First day of the period that it is compared with, the last one that holds articles.",
        "change": "Change of the share of all sources between the two.",
        "within": "The part of it that comes from sources writing otherwise.",
        "within_low": "Lower end of the interval of `within`.",
        "within_high": "Upper end of the interval of `within`.",
        "between": "The part that comes from another mix of sources.",
        "between_low": "Lower end of the interval of `between`.",
        "between_high": "Upper end of the interval of `between`.",
    },
    "sources": {
        THEME: _THEME,
        "source": "The newspaper, or `ALL` for the test of all being alike.",
        "kind": "`level`: how high its share is. `trend`: how it moves.",
        "effect": "Log-odds (a year, for `trend`) above the mean of the other sources.",
        **_INTERVAL,
        "points": "The same as a difference of shares; for `level` alone.",
        "p": _P,
        "q": _Q,
    },
    "bursts": {
        THEME: _THEME,
        "source": _SOURCE,
        "start": "First day of the burst.",
        "end": "Last day of the burst.",
        "peak": "First day of its highest period.",
        N_THEME: "Expected number of articles on the theme in it.",
        "expected": "What sources, trend and season let expect.",
        "weight": "How much likelier a burst makes the data (log-likelihood).",
        "p": "Share of simulated series with a stretch as heavy.",
        "q": _Q,
    },
    "emerging": {
        THEME: _THEME,
        "state": "`new`, `growing`, `fading`, `steady`, or `unclear`.",
        "effect": "Log-odds of the recent periods above those before, at the same mix and season.",
        **_INTERVAL,
        "before": "Share before.",
        "before_high": "One-sided upper bound of `before`.",
        "recent": "Share in the recent periods.",
        "recent_low": "One-sided lower bound of `recent`.",
        "since": "First day of the recent periods.",
        "p": _P,
        "q": _Q,
    },
    "events": {
        THEME: _THEME,
        "event": "Name of the event in the study file.",
        "date": "Its first day.",
        "kind": "`level`: the change at once. `slope`: the change of the trend.",
        "effect": "In log-odds, or log-odds a year more.",
        **_INTERVAL,
        "expected": "Share at the event without the change; for `level` alone.",
        "observed": "Share at the event with it; for `level` alone.",
        "p": _P,
        "q": _Q,
    },
    "shifts": {
        "update": "Number of the update.",
        "kind": "`all` articles, a `theme` or a `topic`.",
        "what": "Id of the theme or number of the topic.",
        "label": "Label of the topic.",
        "n_before": "Articles before the update; of a theme the expected number.",
        "n_new": "The same of the articles that it added.",
        "n_after": "The same of all.",
        "share_before": "Share of the articles before.",
        "share_new": "Share of the articles added.",
        "share_after": "Share of all.",
        "change": "`share_after` less `share_before`.",
        "far": "Share of the added articles that lie farther from every topic than 95 % of the first ones.",
        schema.ADVICE: "`find topics anew` where more than a tenth surely is far; else empty.",
    },
    "drift": {
        THEME: _THEME,
        "lang": "Language of the words.",
        "since": "First day of the later part.",
        "word": "The word.",
        "before": "Times in a thousand words before.",
        "after": "Times in a thousand words after.",
        "log_odds": "Log-odds ratio with a prior; above 0: more often after.",
        **_INTERVAL,
        "z": "`log_odds` over its standard error.",
        "p": _P,
        "q": _Q,
    },
}


def _of_topics(meanings: Meanings) -> Meanings:
    """The columns of a table of themes as the table of topics has them."""
    of_topics = {
        TOPIC: "Number of the topic.",
        N_THEME: "Expected number in the topic, over fits with other seeds.",
    }
    named = {TOPIC if column == THEME else column: text for column, text in meanings.items()}
    return {
        column: of_topics.get(column, text.replace("on the theme", "in the topic"))
        for column, text in named.items()
    }


TABLES: Final[Mapping[str, Meanings]] = {
    **_OF_THEMES,
    "topic_trends": _of_topics(_OF_THEMES["trends"]),
    "topic_tests": _of_topics(_OF_THEMES["tests"]),
}
"""Table → column → meaning; the assignments go on with a column a theme."""

PROBABILITY: Final = "Probability of the theme, 0 to 1; those of an article don't add up to one."
"""Meaning of the `p_<theme>` columns."""
