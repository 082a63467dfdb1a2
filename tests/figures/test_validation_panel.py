"""Validation: every measure is its value of validation.json, with chance where there is one."""

import numpy as np
import pytest

from figures import validation_panel
from figures.errors import FigureNotDrawn
from figures.tables import flat
from tests.figures.artists import named


def test_values_and_chance_are_the_table(tables) -> None:
    data = validation_panel.data(tables)
    figure = validation_panel.draw(data)
    found = tables["validation"].set_index("measure")["value"]
    whole = data[data["measure"].notna()]
    assert list(whole["value"]) == list(found[whole["measure"]])
    assert named(figure, "values")[0].get_xdata() == pytest.approx(list(whole["value"]))
    chance = dict(zip(whole["measure"], named(figure, "chance")[0].get_xdata(), strict=True))
    assert chance["language.nmi"] == found["language.chance"]
    assert np.isnan(chance["silhouette"])
    said = [text.get_text() for text in named(figure, "number")]
    assert said[list(whole["measure"]).index("silhouette")] == "−0.05"


def test_dots_are_the_topics(tables) -> None:
    data = validation_panel.data(tables)
    found = tables["validation"].set_index("measure")["value"]
    (dots,) = named(validation_panel.draw(data), "topics")
    assert len(dots.get_xdata()) == 9
    assert dots.get_xdata()[3] == found["coherence.by_topic.3.npmi"]
    assert dots.get_ydata()[3] == found["stability.by_topic.3"]


def test_the_scale_starts_at_zero_or_below(tables) -> None:
    left, right = validation_panel.draw(validation_panel.data(tables)).axes
    assert left.get_xlim()[0] < -0.05
    assert right.get_ylim()[0] == 0


def test_topics_that_were_not_validated(tables) -> None:
    with pytest.raises(FigureNotDrawn, match="topics were not validated"):
        validation_panel.data({**tables, "validation": flat({"n_topics": 0, "note": "few"})})


def test_flat_keeps_numbers_alone() -> None:
    table = flat({"a": {"b": 1, "c": "text", "d": None, "e": [1]}, "f": True, "g": 0.5})
    assert table.to_dict("list") == {"measure": ["a.b", "g"], "value": [1.0, 0.5]}
