"""The tables that topics come in and out of."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import (
    ADVICE,
    LABELS,
    MAP_COLUMNS,
    N_ARTICLES,
    STABILITY,
    TOPIC,
    TOPIC_COLUMNS,
    TOPIC_STABILITY_COLUMNS,
    TOPIC_STRENGTH,
)
from analysis.topics.labels import Labels, first_labels
from analysis.topics.map import map_articles
from analysis.topics.neighbours import Indices
from analysis.topics.stability import advice
from analysis.topics.terms import Terms
from corpus.schema import ARTICLE_ID, REPRINT_OF
from embeddings import Embeddings


def optional_strings(column: pd.Series[Any]) -> list[str | None]:
    """Return the strings of a column, None where a value is missing or empty."""
    return [value if isinstance(value, str) and value else None for value in column.tolist()]


def are_originals(articles: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell of every article whether it is no reprint of another."""
    if REPRINT_OF not in articles:
        return np.ones(len(articles), dtype=bool)
    return np.array([original is None for original in optional_strings(articles[REPRINT_OF])], dtype=bool)


def assignment_table(articles: pd.DataFrame, topics: Indices, strength: NDArray[np.float32]) -> pd.DataFrame:
    """Return article_id, topic and topic_strength of every article."""
    ids = articles[ARTICLE_ID].to_numpy()
    return pd.DataFrame({ARTICLE_ID: ids, TOPIC: topics, TOPIC_STRENGTH: strength.astype(np.float64)})


def topic_table(
    terms: dict[int, Terms],
    topics: Indices,
    stability: NDArray[np.float64] | None = None,
    labels: Labels | None = None,
) -> pd.DataFrame:
    """Return number, size, label, terms (JSON), stability, advice and labels (JSON) of every topic.

    Without `stability` (a method that has none) it is missing and there is no advice.
    """
    labels = {topic: {} for topic in terms} if labels is None else labels
    named = first_labels(labels)
    rows = [
        (
            topic,
            int((topics == topic).sum()),
            named[topic],
            json.dumps(found, ensure_ascii=False),
            round(float(stability[topic]), 3) if stability is not None else float("nan"),
            advice(float(stability[topic])) if stability is not None else "",
            json.dumps(labels[topic], ensure_ascii=False),
        )
        for topic, found in terms.items()
    ]
    table = pd.DataFrame(rows, columns=[*TOPIC_COLUMNS[:4], *TOPIC_STABILITY_COLUMNS, LABELS])
    return table.astype(
        {
            TOPIC: "int64",
            N_ARTICLES: "int64",
            "label": "str",
            "terms": "str",
            STABILITY: "float64",
            ADVICE: "str",
            LABELS: "str",
        }
    )


def map_table(articles: pd.DataFrame, vectors: Embeddings, *, seed: int) -> pd.DataFrame:
    """Return the place of every article on the map."""
    places = map_articles(vectors, seed=seed)
    columns = (articles[ARTICLE_ID].to_numpy(), places[:, 0], places[:, 1])
    return pd.DataFrame(dict(zip(MAP_COLUMNS, columns, strict=True)))


def representative_table(articles: pd.DataFrame, shown: dict[int, list[int]]) -> pd.DataFrame:
    """Return topic, rank and article_id of the articles at the given positions."""
    ids = articles[ARTICLE_ID].tolist()
    rows = [(topic, rank, ids[at]) for topic, places in shown.items() for rank, at in enumerate(places, 1)]
    table = pd.DataFrame(rows, columns=[TOPIC, "rank", ARTICLE_ID])
    return table.astype({TOPIC: "int64", "rank": "int64", ARTICLE_ID: "str"})
