"""The score of a cut: worked examples, and a perfect cut against one that glues or cuts apart."""

from __future__ import annotations

import pytest

from corpus.cutting.page import Page, Segment
from tests.corpus.simulator.scoring import score
from tests.corpus.simulator.sheets import Sheet

TEXT = "\n".join(("甲题", "甲甲甲甲甲甲甲甲", "乙题", "乙乙乙乙乙乙乙乙", "责编某"))
SHEET = Sheet(
    TEXT,
    {
        "segments": [
            {"id": "a", "kind": "article", "lines": [[1, 2]], "headline": "甲题", "headline_accept": []},
            {"id": "b", "kind": "article", "lines": [[3, 4]], "headline": "乙题", "headline_accept": []},
            {"id": "x", "kind": "boilerplate", "lines": [[5, 5]], "headline": None, "headline_accept": []},
        ]
    },
)


def page(*stories: tuple[str | None, tuple[tuple[int, int], ...]]) -> Page:
    return Page(tuple(Segment("article", lines, title, None, "") for title, lines in stories), ())


def test_a_perfect_cut() -> None:
    found = score(SHEET, page(("甲题", ((1, 2),)), ("乙题", ((3, 4),))))
    assert (found.b3, found.precision, found.recall, found.title, found.noise) == (1, 1, 1, 1, 0)


def test_two_stories_glued_with_boilerplate() -> None:
    """Of two equal stories in one article every line shares it half: precision 1/2, recall 1, F1 2/3."""
    found = score(SHEET, page(("甲题", ((1, 5),))))
    assert found.precision == pytest.approx(0.5)
    assert found.recall == 1
    assert found.b3 == pytest.approx(2 / 3)
    assert found.title == 0.5
    assert found.noise == 1


def test_a_story_cut_apart() -> None:
    """Headlines of 2 and bodies of 8 characters apart: recall (2·2/10 + 8·8/10)/10 for each story, .68."""
    found = score(SHEET, page(*((None, ((n, n),)) for n in range(1, 5))))
    assert found.precision == 1
    assert found.recall == pytest.approx(0.68)
    assert found.title == 0
