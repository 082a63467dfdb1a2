"""The nearest pairs are those that ranking all pairs at once gives."""

from __future__ import annotations

import numpy as np
import pytest

from corpus import reprint_nearest
from corpus.reprint_nearest import NearestPairs, among_nearest, pairs_of
from corpus.signatures import Signatures


@pytest.mark.parametrize("gathered", [1, 50, 1 << 21])
def test_nearest_pairs_are_those_of_all(monkeypatch: pytest.MonkeyPatch, gathered: int) -> None:
    monkeypatch.setattr(reprint_nearest, "_GATHERED", gathered)
    rng = np.random.default_rng(1)
    rows = rng.integers(1, 4, size=(60, 16), dtype=np.uint32)
    first, second = np.triu_indices(60, 1)
    mixed = rng.permutation(np.tile(np.arange(len(first)), 2))
    with Signatures(16) as held:
        for row in rows:
            held.add(row)
        pairs = NearestPairs(held, least=0.3, nearest=3)
        for part in np.array_split(mixed, 20):
            pairs.offer(first[part], second[part])
        codes, equal = pairs.best()
    counts = (rows[first] == rows[second]).sum(axis=1).astype(np.int16)
    all_pairs, enough = np.stack([first, second], axis=1), counts >= np.ceil(0.3 * 16)
    near = among_nearest(all_pairs[enough], counts[enough], 3)
    np.testing.assert_array_equal(pairs_of(codes, 60), all_pairs[enough][near])
    np.testing.assert_array_equal(equal, counts[enough][near])
    assert 0 < len(codes) < enough.sum()


def test_none_offered() -> None:
    with Signatures(16) as held:
        codes, equal = NearestPairs(held, least=0.1, nearest=3).best()
    assert codes.size == equal.size == 0
