"""Trend by theme: what is drawn is the table; gaps and uncertain periods look as they should."""

import numpy as np
import pandas as pd
import pytest

from figures import trend_by_theme
from figures.errors import FigureNotDrawn
from figures.periods import middles
from figures.words import Voice
from tests.figures.conftest import make_tables


def artist(ax, gid: str):
    return next(a for a in ax.get_children() if a.get_gid() == gid)


def test_every_panel_is_its_rows_of_the_table(tables) -> None:
    data = trend_by_theme.data(tables)
    figure = trend_by_theme.draw(data)
    assert len(figure.axes) == data["theme"].nunique() == 8
    for ax, (theme, rows) in zip(figure.axes, data.groupby("theme", sort=False), strict=True):
        x, y = artist(ax, f"{theme}:line").get_data()
        assert y == pytest.approx(rows["share"].to_numpy())
        assert x == pytest.approx(middles(rows))
        band = artist(ax, f"{theme}:band").get_datalim(ax.transData)
        assert band.y0 == pytest.approx(rows["low"].min())
        assert band.y1 == pytest.approx(rows["high"].max())
        assert ax.get_ylim()[0] == 0
        assert ax.get_ylim()[1] >= rows["high"].max()


def test_largest_theme_comes_first(tables) -> None:
    data = trend_by_theme.data(tables)
    sizes = data.groupby("theme", sort=False)["n_theme"].sum()
    assert sizes.is_monotonic_decreasing


def test_gaps_stay_gaps_and_few_are_hollow() -> None:
    tables = make_tables(themes=("health",), months=8, n=400)
    trends = tables["trends"].copy()
    together = trends.index[trends["source"] == "ALL"]
    trends.loc[together[2], ["share", "low", "high", "n_articles", "status"]] = [
        np.nan,
        np.nan,
        np.nan,
        0,
        "none",
    ]
    trends.loc[together[5], "status"] = "few"
    figure = trend_by_theme.draw(trend_by_theme.data({**tables, "trends": trends}))
    (ax,) = figure.axes
    line = artist(ax, "health:line").get_ydata()
    assert list(np.flatnonzero(np.isnan(line))) == [2, 5]
    few = artist(ax, "health:few")
    assert few.get_ydata() == pytest.approx([trends.loc[together[5], "share"]])
    assert few.get_markerfacecolor() == "white"


def test_absent_periods_break_the_line(tables) -> None:
    trends = tables["trends"]
    holed = trends[~trends["period_start"].between("2022-06-01", "2022-08-31")]
    figure = trend_by_theme.draw(trend_by_theme.data({**tables, "trends": holed}))
    for ax in figure.axes:
        line = next(a for a in ax.lines if a.get_gid().endswith(":line")).get_ydata()
        assert np.isnan(line).sum() == 1
        assert len(line) == 22


def test_no_more_themes_than_fit_and_the_rest_is_named() -> None:
    tables = make_tables(
        themes=tuple(f"theme_{k:02d}" for k in range(30)), months=4, n=900, sources=("A", "B")
    )
    data = trend_by_theme.data(tables)
    assert data["theme"].nunique() == 16
    said = trend_by_theme.caption(data, tables, Voice("en", {}, 0.95))
    assert "in the table alone" in said
    assert "and 6 more" in said


def test_caption_says_what_the_numbers_are(tables) -> None:
    data = trend_by_theme.data(tables)
    said = trend_by_theme.caption(data, tables, Voice("en", {}, 0.9))
    assert "800 articles" in said
    assert "2022-01-01 – 2023-12-31" in said
    assert "90% interval" in said
    assert "by month" in said
    chinese = trend_by_theme.caption(data, tables, Voice("zh", {}, 0.9))
    assert "800 篇" in chinese
    assert "按月" in chinese


@pytest.mark.parametrize(
    "months, reason", [(1, "all dated articles fall in one period"), (0, "no period has a share")]
)
def test_too_little_to_draw(tables, months: int, reason: str) -> None:
    first = tables["trends"]["period_start"].drop_duplicates().head(months)
    trends = tables["trends"][tables["trends"]["period_start"].isin(first)]
    with pytest.raises(FigureNotDrawn, match=reason):
        trend_by_theme.data({**tables, "trends": trends})


def test_a_codebook_nobody_speaks_of(tables) -> None:
    trends = tables["trends"].assign(n_theme=0.0, share=0.0)
    with pytest.raises(FigureNotDrawn, match="no article of the dated ones"):
        trend_by_theme.data({**tables, "trends": trends})


def test_six_hundred_days_and_one_theme() -> None:
    days = pd.period_range("2021-01-01", periods=600, freq="D")
    wave = 0.2 + 0.1 * np.sin(np.arange(600) / 40)
    trends = pd.DataFrame(
        {
            "theme": "health",
            "source": "ALL",
            "period_start": days.strftime("%Y-%m-%d"),
            "period_end": days.strftime("%Y-%m-%d"),
            "n_articles": 40,
            "n_theme": wave * 40,
            "share": wave,
            "low": wave - 0.1,
            "high": wave + 0.1,
            "adjusted": wave,
            "adjusted_low": wave - 0.1,
            "adjusted_high": wave + 0.1,
            "status": "ok",
        }
    )
    figure = trend_by_theme.draw(trend_by_theme.data({"trends": trends}), lang="zh")
    (ax,) = figure.axes
    assert len(artist(ax, "health:line").get_ydata()) == 600
    assert len(artist(ax, "health:points").get_ydata()) == 0
