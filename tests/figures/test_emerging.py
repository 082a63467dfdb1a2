"""Emerging themes: both shares, the factor with its interval, the state in words."""

import numpy as np
import pytest

from figures import emerging
from figures.errors import FigureNotDrawn
from figures.words import Voice
from tests.figures.artists import named


def test_dots_and_intervals_are_the_table(tables) -> None:
    data = emerging.data(tables)
    figure = emerging.draw(data)
    assert list(data["effect"]) == sorted(tables["emerging"]["effect"], reverse=True)
    (lines,) = named(figure, "change")
    segments = lines.get_segments()
    assert [list(part[:, 0]) for part in segments] == [
        pytest.approx([row.before, row.recent]) for row in data.itertuples()
    ]
    for number, row in enumerate(data.itertuples()):
        dots = named(figure, f"factor:{number}")[0].get_xdata()
        assert dots[number] == pytest.approx(np.exp(row.effect))
        (interval,) = named(figure, f"factor:{number}:intervals")[0].get_segments()
        assert interval[:, 0] == pytest.approx(np.exp([row.low, row.high]))


def test_shares_start_at_zero_and_factors_lie_around_one(tables) -> None:
    left, right = emerging.draw(emerging.data(tables)).axes
    assert left.get_xlim()[0] == 0
    low, high = right.get_xlim()
    assert low * high == pytest.approx(1)


@pytest.mark.parametrize("lang, words", [("en", "growing"), ("zh", "上升")])
def test_states_are_words(tables, lang: str, words: str) -> None:
    figure = emerging.draw(emerging.data(tables), lang=lang)
    assert named(figure, "state")[0].get_text() == words


def test_caption_counts_the_themes_that_moved(tables) -> None:
    table = tables["emerging"].copy()
    table.loc[0, ["effect", "low", "high"]] = np.nan
    changed = {**tables, "emerging": table}
    said = emerging.caption(emerging.data(changed), changed, Voice("en", {}, 0.95))
    assert "since 2023-04-01" in said
    assert "3 of 7 themes moved" in said
    assert "Without enough articles to compare: anti-corruption" in said


def test_too_few_articles_for_any_theme(tables) -> None:
    none = tables["emerging"].assign(effect=np.nan)
    with pytest.raises(FigureNotDrawn, match="no theme has enough dated articles"):
        emerging.data({**tables, "emerging": none})
