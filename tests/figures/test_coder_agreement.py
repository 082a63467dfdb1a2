"""Coder agreement: alpha, kappa, precision and recall of the tables, with their intervals."""

import numpy as np
import pytest

from figures import coder_agreement
from figures.errors import FigureNotDrawn
from figures.words import Voice
from tests.figures.artists import named
from tests.figures.conftest import THEMES


@pytest.mark.parametrize("measure", ["alpha", "kappa", "precision", "recall"])
def test_dots_and_intervals_are_the_table(tables, measure: str) -> None:
    data = coder_agreement.data(tables)
    figure = coder_agreement.draw(data)
    assert named(figure, measure)[0].get_xdata() == pytest.approx(data[measure].to_numpy(), nan_ok=True)
    known = data.dropna(subset=[f"{measure}_low"])
    drawn = named(figure, f"{measure}:intervals")[0].get_segments()
    assert [list(part[:, 0]) for part in drawn] == known[
        [f"{measure}_low", f"{measure}_high"]
    ].to_numpy().tolist()


def test_the_scores_of_all_languages_are_taken(tables) -> None:
    scores = tables["theme_scores"].copy()
    scores.loc[scores["lang"] == "ALL", "precision"] = np.linspace(0.1, 0.9, (scores["lang"] == "ALL").sum())
    data = coder_agreement.data({**tables, "theme_scores": scores}).set_index("what")["precision"]
    assert data["main theme"] == pytest.approx(0.1)
    assert data[THEMES[-1]] == pytest.approx(0.9)
    assert np.isnan(data["unmapped"])


def test_scales_go_from_zero_to_one(tables) -> None:
    for ax in coder_agreement.draw(coder_agreement.data(tables)).axes:
        assert ax.get_xlim() == (0, 1)


def test_coders_worse_than_chance_are_seen(tables) -> None:
    worse = tables["agreement"].assign(alpha_low=-0.3)
    left, _ = coder_agreement.draw(coder_agreement.data({**tables, "agreement": worse})).axes
    assert left.get_xlim()[0] < -0.3


def test_no_sheets_were_scored(tables) -> None:
    without = {name: table for name, table in tables.items() if name != "agreement"}
    with pytest.raises(FigureNotDrawn, match="no coders' sheets have been scored"):
        coder_agreement.data(without)


def test_caption_says_what_is_empty(tables) -> None:
    said = coder_agreement.caption(coder_agreement.data(tables), tables, Voice("en", {}, None))
    assert "on 200 articles" in said
    assert "A row without a mark" in said
