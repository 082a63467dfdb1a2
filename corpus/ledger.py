"""The ledger of everything that was left out or could not be read: nothing vanishes silently.

Each entry becomes one row of `dropped.csv`. An entry about an article that was kept (its date could not be
read, say) starts its reason with `kept:`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from corpus.schema import DROPPED_COLUMNS

FIRST_WORDS: Final = 80
"""Characters of the text that an entry repeats."""

Ranges = tuple[tuple[int, int], ...]
"""Line or row ranges: 1-based, both ends included."""


@dataclass(frozen=True)
class Entry:
    """One thing that was left out.

    Attributes
    ----------
    file
        Name of the input, as in the articles' `file`.
    lines
        Where it stood: line ranges of a page or JSONL file, row ranges of a CSV or Parquet file; empty for
        the whole file.
    reason
        Why, in plain words.
    text
        Its first words, or the value that could not be read.
    """

    file: str
    lines: Ranges
    reason: str
    text: str = ""


@dataclass
class Ledger:
    """Collects entries while files are read; `table` gives them sorted, whatever the order of reading."""

    entries: list[Entry] = field(default_factory=list)

    def add(self, file: str, lines: Ranges, reason: str, text: str = "") -> None:
        """Write one entry; `text` is cut to its first words."""
        self.entries.append(Entry(file, lines, reason, first_words(text)))

    def table(self) -> pd.DataFrame:
        """All entries as a frame with `DROPPED_COLUMNS`, sorted by file, line, reason."""
        return table_of(sorted(self.entries, key=in_order))


def in_order(entry: Entry) -> tuple[str, Ranges, str, str]:
    """What entries are sorted by."""
    return entry.file, entry.lines, entry.reason, entry.text


def table_of(entries: Iterable[Entry]) -> pd.DataFrame:
    """Entries as a frame with `DROPPED_COLUMNS`, in their order."""
    rows = [(entry.file, dump_lines(entry.lines), entry.reason, entry.text) for entry in entries]
    return pd.DataFrame(rows, columns=list(DROPPED_COLUMNS), dtype="str")


def summary(entries: Iterable[Entry], *, most: int = 5) -> str:
    """List the commonest reasons of entries in order, each with its first place, for an error message."""
    counts: Counter[str] = Counter()
    first: dict[str, Entry] = {}
    for entry in entries:
        counts[entry.reason] += 1
        first.setdefault(entry.reason, entry)
    commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return "\n".join(f"  {count} × {reason} (first: {_place(first[reason])})" for reason, count in commonest)


def _place(entry: Entry) -> str:
    return f"{entry.file}:{entry.lines[0][0]}" if entry.lines else entry.file


def dump_lines(lines: Ranges) -> str:
    """Ranges as the JSON string that stands in tables: `[[first, last], …]`."""
    return json.dumps([list(pair) for pair in lines])


def first_words(text: str) -> str:
    """The first words of `text` on one line, at most `FIRST_WORDS` characters."""
    squeezed = " ".join(text[: 4 * FIRST_WORDS].split())
    return squeezed if len(squeezed) <= FIRST_WORDS else squeezed[: FIRST_WORDS - 1] + "…"
