"""The pages a site's page is learned from: whole and cut in several ways, with their labels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import Line, read_lines
from corpus.cutting.post_lines import describe
from tests.corpus.simulator.phenomena import PHENOMENA
from tests.corpus.simulator.sheets import Sheet, simulate

_ROW: Final = re.compile(r"(?P<first>\d+)(?:-(?P<last>\d+))?\s+(?P<letter>[TKABS])")
_AROUND: Final = 25
"""Lines above the headline and below the text that a page keeps which is cut to what is around its story."""
_NARROW: Final = (1, 8)
_SHORT: Final = (3, 25)
_PARAGRAPHS: Final = (1, 4)
_EDGE: Final = 15
"""Lines that a long story keeps at its beginning and at its end where the page is cut."""
_SIMULATED: Final = 12
_SEED: Final = 50_000


@dataclass(frozen=True)
class Labelled:
    """A page: its site and text, its lines, the letter of each, and their numbers."""

    site: str
    text: str
    lines: list[Line]
    letters: list[str]
    numbers: list[dict[str, float]]

    @property
    def told(self) -> list[int]:
        """The places of the lines of the story's text."""
        return [index for index, letter in enumerate(self.letters) if letter == "A"]

    @property
    def start(self) -> int:
        """The place of the story's first line, headline or text."""
        titled = self.letters.index("T") if "T" in self.letters else self.told[0]
        return min(titled, self.told[0])


def read_labelled(folder: Path) -> Iterator[Labelled]:
    """Yield the pages of a folder that have a story.

    Raises
    ------
    ValueError
        A row that isn't `FIRST-LAST LETTER`, or a line without a label.
    """
    for path in sorted(folder.glob("*.lab")):
        rows = [row.strip() for row in path.read_text("utf-8").split("\n") if row.strip()]
        if rows == ["skip"]:
            continue
        letter: dict[int, str] = {}
        for row in rows:
            found = _ROW.fullmatch(row)
            if found is None:
                raise ValueError(
                    f"{path}: {row!r} is no row of labels; expected FIRST-LAST LETTER, as in 3-7 A"
                )
            first, last = int(found["first"]), int(found["last"] or found["first"])
            letter |= dict.fromkeys(range(first, last + 1), found["letter"])
        text = path.with_suffix(".txt").read_text("utf-8")
        missing = [line.number for line in read_lines(text) if line.number not in letter]
        if missing:
            raise ValueError(f"{path}: line {missing[0]} of the page has no label")
        known = path.with_suffix(".json")
        site = json.loads(known.read_text("utf-8"))["site"] if known.is_file() else path.stem
        if "A" in letter.values():
            yield labelled(site, text, letter)


def labelled(site: str, text: str, letter: dict[int, str]) -> Labelled:
    """Return a page whose lines have the letters of their numbers."""
    lines = read_lines(text)
    letters = [letter[line.number] for line in lines]
    return Labelled(site, text, lines, letters, describe(lines, mark_furniture(lines)))


def cut_around(page: Labelled) -> Labelled:
    """Return a page cut to the 25 lines above and below its story, a long story without its middle."""
    return _cut(page, _AROUND, _AROUND)


def cut_narrow(page: Labelled, random: Random) -> Labelled:
    """Return a page with one to eight lines above and below its story, like many saved pages."""
    return _cut(page, random.randint(*_NARROW), random.randint(*_NARROW))


def cut_short(page: Labelled, random: Random) -> Labelled:
    """Return a page whose story has one to four lines of text, in 3 to 25 lines of the site's."""
    return _cut(
        page, random.randint(*_SHORT), random.randint(*_SHORT), paragraphs=random.randint(*_PARAGRAPHS)
    )


def _cut(page: Labelled, above: int, below: int, *, paragraphs: int | None = None) -> Labelled:
    """Return a page cut to some lines above and below its story, and that to some lines of text."""
    told = page.told
    low, high = max(0, page.start - above), min(len(page.lines), told[-1] + 1 + below)
    if paragraphs is not None:
        gone = range(told[paragraphs], told[-1] + 1) if paragraphs < len(told) else range(0)
    else:
        gone = range(told[_EDGE], told[-_EDGE]) if len(told) > 2 * _EDGE else range(0)
    source = page.text.split("\n")
    text: list[str] = []
    letter: dict[int, str] = {}
    last = low - 1
    for index in (place for place in range(low, high) if place not in gone):
        line = page.lines[index]
        if text and (line.gap > 0 or last != index - 1):
            text.append("")
        text.append(source[line.number - 1])
        letter[len(text)] = page.letters[index]
        last = index
    return labelled(page.site, "\n".join(text), letter)


def simulated() -> Iterator[Labelled]:
    """Yield simulated pages of sites, a dozen of each kind."""
    for lang, layouts in PHENOMENA.items():
        for name, layout in layouts.items():
            if name.startswith("web page"):
                for seed in range(_SEED, _SEED + _SIMULATED):
                    sheet = simulate(layout, seed=seed)
                    yield labelled(f"simulated {lang} {name}", sheet.text, _letters_of(sheet))


def _letters_of(sheet: Sheet) -> dict[int, str]:
    """Return the letter of each line of a simulated page of one story."""
    letter = {}
    lines = sheet.text.split("\n")
    for segment in sheet.truth["segments"]:
        for first, last in segment["lines"]:
            for number in range(first, last + 1):
                text = lines[number - 1].strip()
                if segment["kind"] == "boilerplate":
                    letter[number] = "S"
                else:
                    letter[number] = "T" if text and text in (segment["headline"] or "") else "A"
    return letter
