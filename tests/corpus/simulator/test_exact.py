from __future__ import annotations

import pytest

from tests.corpus.simulator.exact import counted, cut_hash, known
from tests.corpus.simulator.phenomena import PHENOMENA

EVERY = [(lang, name) for lang, layouts in PHENOMENA.items() for name in layouts]


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_no_story_is_lost(lang: str, name: str) -> None:
    assert counted(lang, name) >= known()[lang][name].right


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_no_line_of_any_page_moves(lang: str, name: str) -> None:
    """If this is meant, write the file anew: `python -m tests.corpus.simulator.exact`."""
    assert cut_hash(lang, name) == known()[lang][name].cut


def test_every_phenomenon_is_counted() -> None:
    assert [(lang, name) for lang, counts in known().items() for name in counts] == EVERY
    assert sum(found.right for layouts in known().values() for found in layouts.values()) > 1500
