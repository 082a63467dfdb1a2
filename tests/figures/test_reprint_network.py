"""Reprint network: an arrow a row of the table, its number on it, self-reprints left out."""

import pandas as pd
import pytest

from figures import reprint_network
from figures.errors import FigureNotDrawn
from figures.words import Voice
from tests.figures.artists import named, starting
from tests.figures.conftest import SOURCES


def test_an_arrow_a_pair_with_its_number(tables) -> None:
    data = reprint_network.data(tables)
    figure = reprint_network.draw(data)
    arrows = {arrow.get_gid(): arrow for arrow in starting(figure, "arrow:")}
    assert set(arrows) == {f"arrow:{row.from_source}:{row.to_source}" for row in data.itertuples()}
    widest = max(arrows.values(), key=lambda arrow: arrow.get_linewidth()).get_gid()
    most = data.loc[data["n"].idxmax()]
    assert widest == f"arrow:{most.from_source}:{most.to_source}"
    said = {text.get_text() for text in named(figure, "count")}
    assert said <= {f"{row.n:.0f} ({row.median_lag_days:g})" for row in data.itertuples()}
    assert len(said) >= len(data) - 2


def test_every_source_is_named_once(tables) -> None:
    figure = reprint_network.draw(reprint_network.data(tables))
    said = sorted(text.get_text().replace("\n", " ") for text in named(figure, "name"))
    assert said == sorted(SOURCES)


def test_two_sources_face_each_other() -> None:
    row = pd.DataFrame({"from_source": ["A"], "to_source": ["B"], "n": [4], "median_lag_days": [None]})
    figure = reprint_network.draw(reprint_network.data({"reprints": row}))
    assert [text.get_text() for text in named(figure, "count")] == ["4"]


def test_caption_counts_what_is_drawn_and_what_is_not(tables) -> None:
    said = reprint_network.caption(reprint_network.data(tables), tables, Voice("en", {}, None))
    pairs = tables["reprints"].dropna(subset=["to_source"])
    between = pairs[pairs["from_source"] != pairs["to_source"]]["n"].sum()
    assert f"{between:.0f} in all" in said
    assert "3 articles that a source printed twice itself" in said


def test_nobody_reprints(tables) -> None:
    own = tables["reprints"][tables["reprints"]["from_source"] == tables["reprints"]["to_source"]]
    with pytest.raises(FigureNotDrawn, match="no source reprints"):
        reprint_network.data({**tables, "reprints": own})
