from __future__ import annotations

import pytest

from tests.corpus.simulator.exact import counted, known
from tests.corpus.simulator.phenomena import PHENOMENA

EVERY = [(lang, name) for lang, layouts in PHENOMENA.items() for name in layouts]


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_no_story_is_lost(lang: str, name: str) -> None:
    assert counted(lang, name) >= known()[lang][name]


def test_every_phenomenon_is_counted() -> None:
    assert [(lang, name) for lang, counts in known().items() for name in counts] == EVERY
    assert sum(sum(counts.values()) for counts in known().values()) > 1500
