"""Entries on disk come back as one ledger in memory gives them, in whatever order files are read."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from corpus import ledger_file
from corpus.ledger import Ledger
from corpus.ledger_file import LedgerFile

REASONS = ["empty file", "masthead", "kept: a remark with “marks”, commas"]


def test_the_table_is_that_of_one_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_file, "_ROWS", 7)
    rng, whole = random.Random(5), Ledger()
    with closing(LedgerFile(tmp_path / "ledger.txt", Ledger())) as held:
        for number in rng.sample(range(40), 40):
            part = Ledger()
            for _ in range(rng.randint(0, 3)):
                lines = ((rng.randint(1, 30), 40), (50, 51))[: rng.randint(0, 2)]
                part.add(f"p{number:02d}.txt", lines, rng.choice(REASONS[:2]), "第一行\t“引”")
            held.add(number, part.entries)
            whole.entries.extend(part.entries)
        for ledger in (held.loose, whole):
            ledger.add("p07.md", (), REASONS[2], "kept")
            ledger.add("p07.txt", ((2, 2),), "duplicate id", "又一行")
        assert len(held) == len(whole.entries)
        pd.testing.assert_frame_equal(ledger_file.table_of(held.entries()), whole.table())
