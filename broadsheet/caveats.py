"""What a corpus can't support, in plain words: said by the run, and at the head of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.schema import ALL_SOURCES, STATUS
from analysis.topics.placing import USUALLY_FAR
from broadsheet.config import TrendSettings
from corpus.schema import DATE, DATE_BASIS, SOURCE, count_left_out

if TYPE_CHECKING:
    from analysis import Codebook

_FEW_ARTICLES = 200
_SEASON_YEARS = 2
_TOPICS_FOLLOW = 0.1
"""Adjusted mutual information of topic and language from which topics are said to follow it."""


def corpus_notes(articles: pd.DataFrame, dropped: pd.DataFrame) -> list[str]:
    """Say what the articles themselves lack: number, dates, sources."""
    notes = []
    n = len(articles)
    if n < _FEW_ARTICLES:
        notes.append(
            f"{n} article{' is' if n == 1 else 's are'} too few to generalise from: read the shares as a "
            "description of these pages, not of the newspapers."
        )
    undated = int(articles[DATE].isna().sum())
    if undated:
        notes.append(f"{undated} of {n} articles have no exact date.")
    inferred = int((articles[DATE_BASIS] == "inferred").sum())
    if inferred:
        notes.append(f"{inferred} of {n} dates are inferred from what the page tells, not printed on it.")
    unknown = int(articles[SOURCE].isna().sum())
    if unknown:
        notes.append(f"{unknown} of {n} articles have no known source.")
    left_out = count_left_out(dropped)
    if left_out:
        notes.append(f"{left_out} pieces of the input were left out; dropped.csv says which and why.")
    return notes


def trend_notes(trends: pd.DataFrame, settings: TrendSettings) -> list[str]:
    """Say which periods carry a share and which don't, and whether seasons can be told from trends."""
    every = trends[trends[SOURCE] == ALL_SOURCES].drop_duplicates(["period_start"])
    if every.empty:
        kinds = ", ".join(settings.kinds)
        return [f"No article of the kinds that count ({kinds}) has a date: there are no trends."]
    notes = []
    counts = every[STATUS].value_counts()
    few, none, total = int(counts.get("few", 0)), int(counts.get("none", 0)), len(every)
    if few or none:
        notes.append(
            f"Of {total} periods ({settings.period}) {none} have no article and {few} have fewer than "
            f"{settings.min_articles}; they are marked 'none' and 'few'."
        )
    span = pd.Timestamp(every["period_end"].max()) - pd.Timestamp(every["period_start"].min())
    if span.days + 1 < _SEASON_YEARS * 365:  # the last day counts
        notes.append("The corpus spans less than two years: a season can't be told from a trend.")
    return notes


def theme_notes(validation: dict[str, Any], codebook: Codebook) -> list[str]:
    """Say which languages the codebook doesn't speak, and what the theme probabilities rest on."""
    calibration = validation["theme_calibration"]
    bare = sorted(lang for lang in calibration["compared_with"] if not codebook.speaks(lang))
    notes = []
    for lang in sorted(set(calibration["compared_with"]) - set(bare)):
        silent = codebook.silent(lang)
        if silent:
            notes.append(
                f"The codebook has no seed terms in {lang} for {', '.join(silent)}: beside the themes that "
                "have some, these are found less often there."
            )
    if bare:
        notes.append(
            f"The codebook has no seed terms in {', '.join(bare)}: articles in "
            f"{'this language' if len(bare) == 1 else 'these languages'} get their themes by likeness to its "
            "definitions and examples in other languages alone, which is much less sure."
        )
    if calibration["basis"] == "coded sample":
        notes.append(
            f"Theme probabilities are calibrated on {calibration['n_coded']} coded articles (expected "
            f"calibration error {calibration['calibration_error']:.3f})."
        )
    else:
        notes.append(
            f"Theme probabilities rest on {calibration['basis']}, not on articles that people coded; "
            "'broadsheet coding-sheet' draws a sample to code."
        )
    if "trained_on" in calibration:
        notes.append(
            "What the vectors say of themes was learnt from a sample of "
            f"{calibration['trained_on']:,} articles."
        )
    return notes


def topic_notes(validation: dict[str, Any]) -> list[str]:
    """Say on how many articles topics were fitted, where these are a sample."""
    fitted = validation.get("fitted_on")
    if not fitted:
        return []
    return [
        f"Topics were found in a sample of {fitted['articles']:,} of {fitted['of']:,} articles, drawn by "
        "source, year and language; the others have the topic of their nearest articles in it. Sizes and "
        "trends count all articles; terms, labels and the validation of topics are the sample's."
    ]


def update_notes(validation: dict[str, Any]) -> list[str]:
    """Say what a run that was updated rests on, and whether its topics still fit."""
    later = validation.get("later_articles")
    if not later:
        return []
    notes = [
        f"{later['articles']} articles were added later; their topics and themes are those found in the "
        "articles before them, and the validation of topics speaks of these alone."
    ]
    far = later["far_from_topics"]
    if far is not None and later.get("find_topics_anew"):
        notes.append(
            f"{far:.0%} of the articles added later lie farther from every topic than {1 - USUALLY_FAR:.0%} "
            "of the first ones do: topics may have come up that the model doesn't know. A run on all "
            "inputs finds topics anew, with new numbers."
        )
    return notes


def language_notes(validation: dict[str, Any]) -> list[str]:
    """Say how far vectors, and topics, still follow the language after the correction."""
    notes = []
    verdict = validation.get("language_leakage", {}).get("verdict")
    if verdict:
        notes.append(f"{verdict[:1].upper()}{verdict[1:]}.")
    found = validation.get("topics_and_languages", {})
    ami, alone, parallel = (found.get(key) for key in ("ami", "one_language_topics", "parallel_same_topic"))
    if ami is not None and ami >= _TOPICS_FOLLOW:
        notes.append(
            f"Topics follow the language: {alone:.0%} of them are nine tenths or more in one language "
            f"(adjusted mutual information of topic and language {ami:.2f}); compare languages by themes."
        )
    if parallel is not None:
        notes.append(f"{parallel:.0%} of the pairs of translations are in the same topic.")
    return notes
