"""Year over year: each line is its year's rows; uncertain periods are left out; one year is refused."""

import numpy as np
import pytest

from figures import year_over_year
from figures.errors import FigureNotDrawn
from figures.words import Voice
from tests.figures.artists import named
from tests.figures.conftest import make_tables


def test_each_line_is_a_year_of_the_trends(tables) -> None:
    data = year_over_year.data(tables)
    figure = year_over_year.draw(data)
    trends = tables["trends"][tables["trends"]["source"] == "ALL"]
    for theme in data["theme"].unique():
        for year in (2022, 2023):
            line = named(figure, f"{theme}:{year}")[0]
            rows = trends[(trends["theme"] == theme) & trends["period_start"].str.startswith(str(year))]
            assert line.get_ydata() == pytest.approx(rows["share"].to_numpy())
            assert 14 <= line.get_xdata()[0] <= 16
            assert 348 <= line.get_xdata()[-1] <= 351


def test_the_latest_year_is_the_strongest_line(tables) -> None:
    figure = year_over_year.draw(year_over_year.data(tables))
    (key,) = figure.legends
    assert [text.get_text() for text in key.get_texts()] == ["2022", "2023"]
    widths = [line.get_linewidth() for line in key.get_lines()]
    assert widths[1] > widths[0]


def test_periods_with_few_articles_are_left_out(tables) -> None:
    trends = tables["trends"].copy()
    few = (trends["source"] == "ALL") & (trends["period_start"] == "2023-05-01")
    trends.loc[few, "status"] = "few"
    data = year_over_year.data({**tables, "trends": trends})
    line = named(year_over_year.draw(data), f"{data['theme'].iloc[0]}:2023")[0]
    assert list(np.flatnonzero(np.isnan(line.get_ydata()))) == [4]


def test_one_year_is_refused() -> None:
    with pytest.raises(FigureNotDrawn, match="fewer than two calendar years"):
        year_over_year.data(make_tables(months=12, n=300, themes=("health",)))


def test_caption_names_the_themes_with_a_season(tables) -> None:
    said = year_over_year.caption(year_over_year.data(tables), tables, Voice("en", {}, 0.95))
    assert "anti-corruption" in said
    assert "2022-01-01 – 2023-12-31" in said
    none = {**tables, "tests": tables["tests"].assign(seasonal=False)}
    assert "No theme has a yearly season" in year_over_year.caption(
        year_over_year.data(none), none, Voice("en", {}, 0.95)
    )
