"""How simulated pages are cut, and how many stories without any fault, when it was last written.

python -m tests.corpus.simulator.exact       write exact.json anew, after a change to the cutter

The marks of `test_phenomena` are means and leave room below them; these leave none. A change that loses one
story of a phenomenon is seen, and one that moves a single line of any page. Where it is meant, write the file
anew and say what was gained and lost: it is printed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

from corpus.cutting.page import cut_page
from tests.corpus.simulator.phenomena import PHENOMENA
from tests.corpus.simulator.scoring import expand, squeeze
from tests.corpus.simulator.sheets import Sheet, simulate

FILE = Path(__file__).with_suffix(".json")
SEEDS = range(700, 706)
MORE_SEEDS = range(706, 714)
"""Pages that are cut beside, to see whether anything moves."""


class Known(NamedTuple):
    """Stories right, and a hash of how all pages of a phenomenon are cut."""

    right: int
    cut: str


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


def cut_hash(lang: str, name: str) -> str:
    """Hash all but the reasons of what the pages of a phenomenon are cut into."""
    pages = (simulate(PHENOMENA[lang][name], seed=seed).text for seed in (*SEEDS, *MORE_SEEDS))
    cuts = [[asdict(replace(segment, why=())) for segment in cut_page(text).segments] for text in pages]
    return hashlib.sha256(json.dumps(cuts, ensure_ascii=False).encode()).hexdigest()[:16]


def known() -> dict[str, dict[str, Known]]:
    """Language → phenomenon → what was written."""
    read = json.loads(FILE.read_text("utf-8"))
    return {lang: {name: Known(*pair) for name, pair in layouts.items()} for lang, layouts in read.items()}


def _write() -> None:
    """Write the file anew, and print where stories were gained or lost."""
    before = known() if FILE.is_file() else {}
    now = {
        lang: {name: Known(counted(lang, name), cut_hash(lang, name)) for name in layouts}
        for lang, layouts in PHENOMENA.items()
    }
    FILE.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", "utf-8")
    for lang, layouts in now.items():
        for name, found in layouts.items():
            old = before.get(lang, {}).get(name, found)
            if old != found:
                print(f"{lang}, {name}: {old.right} to {found.right} stories right, cut otherwise")
    print(sum(found.right for layouts in now.values() for found in layouts.values()), "stories right")


if __name__ == "__main__":
    _write()
