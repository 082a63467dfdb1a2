"""How many stories of simulated pages are cut without any fault, and what that was when it was last written.

python -m tests.corpus.simulator.exact       write exact.json anew, after a change to the cutter

The marks of `test_phenomena` are means and leave room below them; these leave none. A change that loses one
story of a phenomenon is seen. Where it gains more elsewhere, write the file anew and say so.
"""

from __future__ import annotations

import json
from pathlib import Path

from corpus.cutting.page import cut_page
from tests.corpus.simulator.phenomena import PHENOMENA
from tests.corpus.simulator.scoring import expand, squeeze
from tests.corpus.simulator.sheets import Sheet, simulate

FILE = Path(__file__).with_suffix(".json")
SEEDS = range(700, 706)


def right_stories(sheet: Sheet) -> int:
    """Count the stories whose lines are one segment's, all of them and no others, with the right headline."""
    lines = sheet.text.split("\n")
    found = {}
    for segment in cut_page(sheet.text).segments:
        own = frozenset(n for n in expand(segment.lines) if lines[n - 1].strip())
        found[own] = (squeeze(segment.title), segment.kind)
    right = 0
    for segment in sheet.truth["segments"]:
        own = frozenset(n for n in expand(segment["lines"]) if lines[n - 1].strip())
        title, kind = found.get(own, ("", ""))
        titles = [squeeze(reading) for reading in (segment["headline"], *segment["headline_accept"])]
        right += bool(kind) and (kind == "caption" or title in titles)
    return right


def counted(lang: str, name: str) -> int:
    """Count the right stories on the pages of a phenomenon."""
    return sum(right_stories(simulate(PHENOMENA[lang][name], seed=seed)) for seed in SEEDS)


def known() -> dict[str, dict[str, int]]:
    """Language → phenomenon → the count that was written."""
    read: dict[str, dict[str, int]] = json.loads(FILE.read_text("utf-8"))
    return read


if __name__ == "__main__":
    now = {lang: {name: counted(lang, name) for name in layouts} for lang, layouts in PHENOMENA.items()}
    FILE.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(sum(count for counts in now.values() for count in counts.values()), "stories right")
