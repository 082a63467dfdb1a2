"""Who reprints whom, counted by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import corpus
from corpus.schema import TableError


def test_pairs_of_papers_are_counted_with_their_median_lag() -> None:
    rows = [
        ("a", "North", "2023-01-01", None),
        ("b", "South", "2023-01-02", "a"),
        ("c", "South", "2023-01-05", "a"),
        ("d", "East", None, "a"),
        ("e", None, "2023-01-04", "a"),
        ("f", "North", "2023-01-08", "a"),
        ("g", "East", "2023-02-01", None),
    ]
    articles = pd.DataFrame(rows, columns=["article_id", "source", "date", "reprint_of"]).astype("str")
    found = corpus.reprint_network(articles)
    assert found.columns.tolist() == ["from_source", "to_source", "n", "median_lag_days"]
    assert found["to_source"].fillna("?").tolist() == ["South", "East", "North", "?"]
    assert set(found["from_source"]) == {"North"}
    assert found["n"].tolist() == [2, 1, 1, 1]
    assert found["median_lag_days"].fillna(math.inf).tolist() == [2.5, math.inf, 7.0, 3.0]


def test_no_reprint_gives_an_empty_table_of_the_same_columns() -> None:
    articles = pd.DataFrame(
        {"article_id": ["a"], "source": ["North"], "date": ["2023-01-01"], "reprint_of": [None]}
    ).astype("str")
    found = corpus.reprint_network(articles)
    assert found.empty
    assert found.columns.tolist() == ["from_source", "to_source", "n", "median_lag_days"]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="lacks reprint_of"):
        corpus.reprint_network(pd.DataFrame({"article_id": ["a"], "source": ["x"], "date": ["2023-01-01"]}))
