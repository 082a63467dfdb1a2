"""The sentence of a caption that says which days the corpus covers, for figures without an axis of time."""

from __future__ import annotations

from typing import Final

from corpus.schema import DATE, SOURCE
from figures.tables import Tables
from figures.words import Phrase, Voice

_CORPUS: Phrase = {
    "en": "Corpus: {n} from {sources} sources, {first} – {last}.",
    "zh": "语料：{n}，{sources} 个来源，{first} – {last}。",
}
_UNDATED: Final[Phrase] = {
    "en": "Corpus: {n} from {sources} sources, without dates.",
    "zh": "语料：{n}，{sources} 个来源，无日期。",
}


def describe_corpus(tables: Tables, voice: Voice) -> str:
    """Number of articles and sources, first and last printed day; nothing without a table of articles."""
    articles = tables.get("articles")
    if articles is None or articles.empty:
        return ""
    dates = articles[DATE].replace("", None).dropna()
    numbers = {"n": voice.articles(len(articles)), "sources": articles[SOURCE].nunique()}
    if dates.empty:
        return voice.say(_UNDATED, **numbers)
    return voice.say(_CORPUS, **numbers, first=str(dates.min())[:10], last=str(dates.max())[:10])
