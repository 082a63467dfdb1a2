"""The cutter on a few simulated pages of every phenomenon: marks that a step back would miss.

`docs/page_reading.md` has the figures over many more pages; the marks here lie a little under them.
"""

from __future__ import annotations

from itertools import permutations

import pytest

from corpus.cutting.page import cut_page
from tests.corpus.simulator.furniture import NOTICES
from tests.corpus.simulator.phenomena import CHINESE, PHENOMENA
from tests.corpus.simulator.scoring import Score, mean, score
from tests.corpus.simulator.sheets import simulate

PAGES = {"zh": 6, "en": 5, "ru": 5}
USUAL = {"zh": (0.92, 0.80), "en": (0.85, 0.70), "ru": (0.88, 0.75)}
MARKS = {
    ("zh", "two headlines on one line"): (0.96, 0.90),
    ("zh", "subheads"): (0.80, 0.80),
    ("zh", "subheads, no opening or blank line"): (0.78, 0.80),
    ("zh", "a body without a headline"): (0.92, 0.90),
    ("zh", "the same, few openings"): (0.78, 0.55),
    ("zh", "a heap of headlines"): (0.94, 0.85),
    ("zh", "the same, no openings"): (0.88, 0.80),
    ("zh", "orphan columns"): (0.82, 0.70),
    ("zh", "orphan columns, hard-wrapped"): (0.75, 0.55),
    ("zh", "hard-wrapped, headlines behind bodies"): (0.88, 0.65),
    ("zh", "hard-wrapped, a heap of headlines"): (0.92, 0.72),
    ("zh", "briefs, hard-wrapped"): (0.70, 0.50),
    ("zh", "everything at once"): (0.85, 0.70),
    ("zh", "everything at once, hard-wrapped"): (0.85, 0.65),
    ("en", "captions that cut a sentence"): (0.85, 0.60),
    ("en", "kicker, deck and byline"): (0.85, 0.60),
    ("en", "a heap of headlines"): (0.92, 0.75),
    ("en", "hard-wrapped"): (0.82, 0.55),
    ("en", "hard-wrapped, breaks, captions"): (0.82, 0.55),
    ("ru", "captions that cut a sentence"): (0.88, 0.75),
    ("ru", "a heap of headlines"): (0.85, 0.70),
    ("ru", "hard-wrapped"): (0.85, 0.60),
    ("ru", "hard-wrapped, breaks, captions"): (0.85, 0.60),
}
EVERY = [(lang, name) for lang, layouts in PHENOMENA.items() for name in layouts]


def measured(lang: str, name: str) -> Score:
    layout = PHENOMENA[lang][name]
    return mean(score(simulate(layout, seed=seed)) for seed in range(500, 500 + PAGES[lang]))


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_marks(lang: str, name: str) -> None:
    found = measured(lang, name)
    b3, title = MARKS.get((lang, name), USUAL[lang])
    assert found.b3 >= b3
    assert found.title is None or found.title >= title
    assert found.noise is None or found.noise < 0.05


def test_every_mark_is_of_a_phenomenon() -> None:
    assert set(MARKS) <= set(EVERY)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_two_notices_in_a_row(gap: str) -> None:
    for seed, (first, second) in enumerate(permutations(NOTICES, 2)):
        page = simulate(CHINESE["a plain page"], seed=seed).text
        text = "\n\n".join((page, "\n".join(first) + gap + "\n".join(second)))
        titles = [segment.title for segment in cut_page(text).segments]
        assert titles[-2:] == [first[0], second[0]]
