"""One spelling for each source."""

from __future__ import annotations

import pandas as pd

from corpus.origins.names import unify_sources


def test_one_paper_has_one_spelling() -> None:
    names = ["THE HARBOUR GAZETTE", "Harbour Gazette", "The Harbour Gazette", "The Harbour Gazette", None]
    unified = unify_sources(pd.Series(names, dtype="str"))
    assert unified[:4].unique().tolist() == ["The Harbour Gazette"]
    assert unified.isna().tolist() == [False] * 4 + [True]


def test_different_papers_stay_apart() -> None:
    names = ["春江日报", "《春江日报》", "春江晚报", "Известия", "The", "the"]
    unified = unify_sources(pd.Series(names, dtype="str")).tolist()
    assert len(set(unified)) == 4
    assert unified[:2] == ["春江日报", "春江日报"]


def test_capitals_stay_where_there_is_nothing_else() -> None:
    assert unify_sources(pd.Series(["DIE WELT", "DIE WELT"])).tolist() == ["DIE WELT", "DIE WELT"]


def test_the_order_of_rows_does_not_matter() -> None:
    names = ["Ab", "aB", "ab", "AB"]
    assert set(unify_sources(pd.Series(names))) == set(unify_sources(pd.Series(names[::-1])))


def test_an_empty_column() -> None:
    assert unify_sources(pd.Series([], dtype="str")).empty
