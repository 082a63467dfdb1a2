"""Signatures on disk give back what was added, in pieces as in one."""

from __future__ import annotations

import numpy as np
import pytest

from corpus import signatures
from corpus.signatures import Signatures


def test_signatures_come_back_from_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "_ROWS", 7)
    rng = np.random.default_rng(3)
    rows = rng.integers(1, 5, size=(40, 16), dtype=np.uint32)
    rows += 256 * rng.integers(0, 2, size=rows.shape, dtype=np.uint32)
    rows[[4, 30]] = 0
    one, other = rng.integers(0, 40, size=(2, 50))
    with Signatures(16) as held:
        for row in rows:
            held.add(row)
        assert len(held) == 40
        assert held.signed().tolist() == [place for place in range(40) if place not in (4, 30)]
        expected = rows[:, 2].astype(np.uint64) * 2**32 + rows[:, 3]
        assert held.keys(2).tolist() == expected.tolist()
        equal = (rows[one] == rows[other]).sum(axis=1)
        np.testing.assert_array_equal(held.equal_numbers(one, other), equal)
        low = (rows[one] % 256 == rows[other] % 256).sum(axis=1)
        np.testing.assert_array_equal(held.equal_bytes(one, other), low)
        assert (low > equal).any()


def test_numbers_that_cannot_be_counted_in_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="multiple of 8"):
        Signatures(12)


def test_none_is_none() -> None:
    with Signatures(16) as held:
        assert held.signed().size == 0
        assert held.keys(0).size == 0
