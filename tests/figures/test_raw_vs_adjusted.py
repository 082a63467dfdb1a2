"""Raw against adjusted: both lines are those of the table."""

import numpy as np
import pytest

from figures import raw_vs_adjusted
from figures.errors import FigureNotDrawn
from figures.words import Voice
from tests.figures.conftest import SOURCES


def test_both_lines_are_those_of_the_table(tables) -> None:
    data = raw_vs_adjusted.data(tables)
    figure = raw_vs_adjusted.draw(data)
    for ax, (theme, rows) in zip(figure.axes, data.groupby("theme", sort=False), strict=True):
        lines = {line.get_gid(): line.get_ydata() for line in ax.lines}
        assert lines[f"{theme}:raw"] == pytest.approx(rows["share"].to_numpy())
        assert lines[f"{theme}:adjusted:line"] == pytest.approx(rows["adjusted"].to_numpy())
        assert ax.get_ylim()[1] >= rows[["share", "adjusted_high"]].max(axis=None)
        assert ax.get_ylim()[0] == 0


def test_the_key_names_both_lines(tables) -> None:
    (key,) = raw_vs_adjusted.draw(raw_vs_adjusted.data(tables), lang="zh").legends
    assert [text.get_text() for text in key.get_texts()] == ["原始占比", "按来源校正"]


def test_caption(tables) -> None:
    said = raw_vs_adjusted.caption(raw_vs_adjusted.data(tables), tables, Voice("en", {}, 0.95))
    assert "800 articles" in said
    assert "95% interval of the adjusted share" in said


def test_nothing_to_adjust_for(tables) -> None:
    trends = tables["trends"]
    with pytest.raises(FigureNotDrawn, match="no mix of sources"):
        raw_vs_adjusted.data({**tables, "trends": trends[trends["source"].isin(["ALL", SOURCES[0]])]})
    with pytest.raises(FigureNotDrawn, match="could be adjusted"):
        raw_vs_adjusted.data({**tables, "trends": trends.assign(adjusted=np.nan)})
