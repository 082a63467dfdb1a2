"""What memory holds of each article while a corpus is put together: under 150 bytes, and no text."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path

from corpus.assembly import Assembly
from corpus.intake.row_readers import Row
from corpus.ledger import Ledger
from corpus.schema import ARTICLE_COLUMNS, ARTICLE_ID, FILE, LINES, TEXT

LETTERS = [chr(0x4E00 + number) for number in range(5_000)]
MOST_BYTES = 150
"""Of an article whose text and columns take three kilobytes on disk; 67 to 104 were measured."""


def peak(count: int, folder: Path) -> int:
    """The most bytes held at once while `count` files of one article each are gathered and written."""
    rng = random.Random(4)
    folder.mkdir()
    tracemalloc.start()
    with Assembly(folder) as assembly:
        for number in range(count):
            text = "".join(rng.choices(LETTERS, k=300))
            row: Row = dict.fromkeys(ARTICLE_COLUMNS)
            row |= {ARTICLE_ID: f"a{number}", TEXT: text, FILE: f"p{number}.txt", LINES: ((1, 9),)}
            assembly.add(number, [row], [text])
        assert assembly.settle(Ledger(), corrections=None, reprints=True, workers=1) == count
        assert sum(len(batch) for batch in assembly.batches()) == count
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_grows_by_less_than_an_article_for_each(tmp_path: Path) -> None:
    """From N to 4 N, beyond the batch that is held and the counters, which are there for any number."""
    peak(200, tmp_path / "warm")
    small, large = peak(1_100, tmp_path / "small"), peak(4_400, tmp_path / "large")
    assert (large - small) / 3_300 < MOST_BYTES
