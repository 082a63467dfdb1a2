"""The ledger of everything that was left out or could not be read: nothing vanishes silently.

Each entry becomes one row of `dropped.csv`. An entry about an article that was kept (its date could not be
read, say) starts its reason with `kept:`.
"""

from __future__ import annotations

import json
from collections import Counter
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
        ordered = sorted(self.entries, key=lambda entry: (entry.file, entry.lines, entry.reason, entry.text))
        rows = [(entry.file, dump_lines(entry.lines), entry.reason, entry.text) for entry in ordered]
        return pd.DataFrame(rows, columns=list(DROPPED_COLUMNS), dtype="str")

    def summary(self, *, most: int = 5) -> str:
        """List the commonest reasons with an example each, for an error message."""
        counts = Counter(entry.reason for entry in self.entries)
        commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
        lines = []
        for reason, count in commonest:
            first = min(
                (entry for entry in self.entries if entry.reason == reason), key=lambda e: (e.file, e.lines)
            )
            place = f"{first.file}:{first.lines[0][0]}" if first.lines else first.file
            lines.append(f"  {count} × {reason} (first: {place})")
        return "\n".join(lines)


def dump_lines(lines: Ranges) -> str:
    """Ranges as the JSON string that stands in tables: `[[first, last], …]`."""
    return json.dumps([list(pair) for pair in lines])


def first_words(text: str) -> str:
    """The first words of `text` on one line, at most `FIRST_WORDS` characters."""
    squeezed = " ".join(text[: 4 * FIRST_WORDS].split())
    return squeezed if len(squeezed) <= FIRST_WORDS else squeezed[: FIRST_WORDS - 1] + "…"
