"""The calendar: every dated article in its cell, every empty cell seen to be empty."""

import numpy as np
import pandas as pd
import pytest

from figures import coverage_calendar
from figures.errors import FigureNotDrawn
from figures.words import Voice


def _articles(dates: list[str | None], source: str | None = "A") -> dict[str, pd.DataFrame]:
    return {"articles": pd.DataFrame({"source": source, "date": dates})}


def test_every_dated_article_is_in_a_cell(tables) -> None:
    data = coverage_calendar.data(tables)
    assert data["n_articles"].sum() == len(tables["articles"])
    row = data[data["n_articles"] > 0].iloc[0]
    articles = tables["articles"]
    inside = articles[(articles["source"] == row["source"]) & (articles["date"] >= row["period_start"])]
    assert (inside["date"] <= row["period_end"]).sum() == row["n_articles"]


def test_what_is_drawn_is_the_data_and_empty_cells_are_not_painted(tables) -> None:
    data = coverage_calendar.data(tables)
    (ax,) = coverage_calendar.draw(data).axes
    mesh = next(c for c in ax.collections if c.get_gid() == "cells")
    drawn = np.ma.ravel(mesh.get_array())
    assert list(np.ma.filled(drawn, 0)) == list(data["n_articles"])
    assert list(np.ma.getmaskarray(drawn)) == list(data["n_articles"] == 0)


@pytest.mark.parametrize(
    "last, length",
    [("2022-01-20", 1), ("2022-12-31", 7), ("2028-12-31", 31), ("2050-01-01", 92), ("2100-01-01", 366)],
)
def test_cells_grow_with_the_span(last: str, length: int) -> None:
    data = coverage_calendar.data(_articles(["2022-01-01", last]))
    start, end = pd.to_datetime(data["period_start"]), pd.to_datetime(data["period_end"])
    assert ((end - start).dt.days + 1).max() == length
    assert len(data) <= coverage_calendar.MOST_CELLS + 2
    assert data["n_articles"].sum() == 2


def test_one_article() -> None:
    tables = _articles(["2022-01-01", None], source=None)
    data = coverage_calendar.data(tables)
    (ax,) = coverage_calendar.draw(data).axes
    assert ax.get_yticklabels()[0].get_text() == "unknown source (1)"
    assert (
        "Not shown, because their dates are not known closely enough: 1 article."
        in coverage_calendar.caption(data, tables, Voice())
    )


@pytest.mark.parametrize(
    "counts", [[0, 1], [0, 1, 2, 2], list(range(100)), [7] * 9, [0, 3, 2_000_000], [1] * 50 + [9, 40]]
)
def test_classes_cover_every_count(counts: list[int]) -> None:
    edges = coverage_calendar._edges(np.array(counts))
    assert edges[0] == min(n for n in counts if n)
    assert edges[-1] == max(counts) + 1
    assert edges == sorted(set(edges))
    assert len(edges) <= 7


def test_many_sources_are_counted() -> None:
    articles = pd.DataFrame({"source": [f"S{k:02d}" for k in range(40)], "date": "2022-01-01"})
    data = coverage_calendar.data({"articles": articles})
    assert data["source"].nunique() == 30
    assert "10 more are not drawn" in coverage_calendar.caption(data, {"articles": articles}, Voice())


def test_no_dates() -> None:
    with pytest.raises(FigureNotDrawn, match="no article has a date"):
        coverage_calendar.data(_articles([None, ""]))


def test_an_interval_inside_one_cell_is_enough() -> None:
    articles = pd.DataFrame(
        {
            "source": "A",
            "date": ["2020-01-05", "2025-01-05", None, None, None],
            "date_start": ["2020-01-05", "2025-01-05", "2022-03-01", "2022-03-28", "1990-01-01"],
            "date_end": ["2020-01-05", "2025-01-05", "2022-03-31", "2022-04-02", "2023-01-01"],
        }
    )
    data = coverage_calendar.data({"articles": articles})
    assert list(data.loc[data["n_articles"] > 0, "period_start"]) == [
        "2020-01-01",
        "2022-03-01",
        "2025-01-01",
    ]
    assert "closely enough: 2 articles" in coverage_calendar.caption(data, {"articles": articles}, Voice())
    with pytest.raises(FigureNotDrawn, match="exact enough"):
        coverage_calendar.data({"articles": articles.iloc[[3]]})
