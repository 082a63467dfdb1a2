"""Decomposition: both lines are the steps added up, holes stay holes, and a constant mix is refused."""

import numpy as np
import pytest

from figures import decomposition
from figures.errors import FigureNotDrawn
from figures.words import Voice
from tests.figures.artists import named
from tests.figures.conftest import THEMES


def test_lines_are_the_steps_added_up_from_zero(tables) -> None:
    data = decomposition.data(tables)
    figure = decomposition.draw(data)
    steps = tables["decomposition"]
    assert len(figure.axes) == len(THEMES)
    for theme in THEMES:
        own = steps[steps["theme"] == theme]
        within, between = (
            named(figure, f"{theme}:{part}")[0].get_ydata() for part in ("within_so_far", "between_so_far")
        )
        assert within == pytest.approx([0, *np.cumsum(own["within"])])
        assert between == pytest.approx([0, *np.cumsum(own["between"])])
        assert (within + between)[-1] == pytest.approx(own["change"].sum())


def test_zero_is_in_the_middle_of_every_scale(tables) -> None:
    for ax in decomposition.draw(decomposition.data(tables)).axes:
        low, high = ax.get_ylim()
        assert low == pytest.approx(-high)


def test_missing_periods_break_the_lines(tables) -> None:
    steps = tables["decomposition"]
    jumped = steps[~steps["period_start"].isin(["2022-05-01", "2022-06-01"])].copy()
    after = jumped["period_start"] == "2022-07-01"
    jumped.loc[after, "since"] = "2022-04-01"
    figure = decomposition.draw(decomposition.data({**tables, "decomposition": jumped}))
    line = named(figure, f"{THEMES[0]}:within_so_far")[0]
    assert np.isnan(line.get_ydata()).sum() == 1
    assert int(np.flatnonzero(np.isnan(line.get_ydata()))[0]) == 4


def test_a_mix_that_never_changes_is_refused(tables) -> None:
    still = tables["decomposition"].assign(between=0.0)
    with pytest.raises(FigureNotDrawn, match="mix of sources never changes"):
        decomposition.data({**tables, "decomposition": still})


def test_caption_says_from_when_and_that_no_interval_is_drawn(tables) -> None:
    data = decomposition.data(tables)
    said = decomposition.caption(data, tables, Voice("en", {}, 0.9))
    assert "since 2022-01-01" in said
    assert "800 articles" in said
    assert "No interval is drawn" in said
    assert "90% interval of each step" in said
    assert "自 2022-01-01 以来" in decomposition.caption(data, tables, Voice("zh", {}, 0.9))
