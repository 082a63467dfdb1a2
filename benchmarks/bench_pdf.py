"""How well PDF pages are cut, on simulated pages printed by a headless browser.

    python -m benchmarks pdf                two columns, beside the file's text cut by a simple rule
    python -m benchmarks.bench_pdf          ten pages of each setting
    python -m benchmarks.bench_pdf 40
    python -m benchmarks.bench_pdf 6 --scans        as pictures, which are recognised first (broadsheet[ocr])

The stories are those of `tests.corpus.simulator`. Some settings have headlines in larger type; others have
one size of type throughout, so that headlines are told by where they stand in the column, by the space around
them, or by their words alone. `b3` is the B-cubed F of how characters are grouped; `title`
the share of headlines found exactly, punctuation aside.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

import corpus
from benchmarks.bench_pages import cut_by_rule
from tests.corpus.layout.printing import BROWSER, b_cubed, print_page
from tests.corpus.simulator.documents import Told, stories_of
from tests.corpus.simulator.layout import Layout
from tests.corpus.simulator.sheets import simulate

SEED: Final = 200_000


@dataclass(frozen=True)
class Setting:
    """How the stories of a page are printed: columns, and the tag and style of headlines."""

    columns: int
    tag: str = "p"
    style: str = ""
    lang: str = "zh"
    opening: float = 0.6


SETTINGS: Final = {
    "larger headlines, two columns": Setting(2, "h2"),
    "larger headlines, three columns": Setting(3, "h3"),
    "one size, two columns": Setting(2),
    "one size, three columns": Setting(3),
    "one size, headlines not indented": Setting(2, style="text-indent:0"),
    "one size, headlines centred": Setting(2, style="text-indent:0;text-align:center"),
    "one size, space over headlines": Setting(2, style="margin-top:1.5em"),
    "one size, space over and under": Setting(3, style="margin:1.2em 0;text-indent:0"),
    "one size, no openings": Setting(2, opening=0.0),
    "one size, no openings, not indented": Setting(2, style="text-indent:0", opening=0.0),
    "English, larger headlines": Setting(2, "h3", lang="en"),
    "English, one size, headlines not indented": Setting(2, style="text-indent:0", lang="en"),
    "English, one size": Setting(2, lang="en"),
    "Russian, one size, space over headlines": Setting(2, style="margin-top:1.5em;text-indent:0", lang="ru"),
}


TWO_COLUMNS: Final = {"Chinese": "larger headlines, two columns", "English": "English, larger headlines"}
PAGES: Final = 5


def run() -> Iterator[dict[str, Any]]:
    """Yield a row a language: how characters are grouped, beside the file's text cut by a rule."""
    with tempfile.TemporaryDirectory() as made:
        for lang, setting in TWO_COLUMNS.items():
            ours, rule = [], []
            for told, path in _printed(SETTINGS[setting], PAGES, Path(made), SEED, scans=False):
                truth = [story.text for story in told]
                found = corpus.read(path, workers=1, reprints=False).articles
                ours.append(b_cubed(truth, found["text"].tolist()))
                rule.append(b_cubed(truth, _by_rule(path)))
            mine, theirs = (sum(scores) / PAGES for scores in (ours, rule))
            name = f"b-cubed F1 of {PAGES} two-column PDF pages, {lang} (peer: its text cut by a rule)"
            yield {"name": name, "ours": mine, "peer": theirs, "ratio": mine / theirs, "unit": "share"}


def _by_rule(path: Path) -> list[str]:
    """The texts that the simple rule cuts from the file's own text."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(path)) as document:
        text = "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")
    lines = text.split("\n")
    return [
        "\n".join(lines[number - 1] for first, last in segment.lines for number in range(first, last + 1))
        for segment in cut_by_rule(text).segments
    ]


def body_of(stories: list[Told], setting: Setting) -> str:
    """The stories as HTML in columns."""
    parts = []
    for story in stories:
        style = f' style="{setting.style}"' if setting.style else ""
        if story.title:
            parts.append(f"<{setting.tag}{style}>{escape(story.title)}</{setting.tag}>")
        parts += [f"<p>{escape(line)}</p>" for line in story.text.split("\n")]
    return f'<div style="columns:{setting.columns};column-gap:20px">{"".join(parts)}</div>'


def measure(
    setting: Setting, *, pages: int, folder: Path, first: int = SEED, scans: bool = False
) -> tuple[float, float, float]:
    """Mean and least b3, and share of titles, over `pages` printed pages; scans have fewer stories."""
    scores, right, titles = [], 0, 0
    for told, path in _printed(setting, pages, folder, first, scans=scans):
        found = corpus.read(path, workers=1, reprints=False).articles
        scores.append(b_cubed([story.text for story in told], found["text"].tolist()))
        said = {_letters(title) for title in found["title"].dropna()}
        right += sum(_letters(story.title or "") in said for story in told)
        titles += len(told)
    return sum(scores) / len(scores), min(scores), right / titles


def _printed(
    setting: Setting, pages: int, folder: Path, first: int, *, scans: bool
) -> Iterator[tuple[list[Told], Path]]:
    """Yield the stories of every page and its file, which is gone when the next one is asked for.

    Raises
    ------
    RuntimeError
        There is no browser to print them with.
    """
    if BROWSER is None:
        raise RuntimeError("pages are printed by Chromium, which isn't here: 'apt-get install chromium'")
    stories = (2, 3) if scans else (3, 6)
    layout = Layout(lang=setting.lang, stories=stories, kicker=0, deck=0, byline=0, opening=setting.opening)
    for number in range(pages):
        told = stories_of(simulate(layout, seed=first + number))
        page = folder / f"page_{number}{'.png' if scans else '.pdf'}"
        path = print_page(body_of(told, setting), page, scale=1.5 if scans else 1.0)
        yield told, path
        path.unlink()


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def main(arguments: list[str]) -> None:
    """Print a row a setting; of scans those with larger headlines."""
    scans = "--scans" in arguments
    count = next((int(each) for each in arguments if each.isdecimal()), 10)
    sys.stdout.write("| | b3 | least | title |\n|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as made:
        for name, chosen in SETTINGS.items():
            if not scans or chosen.tag != "p":
                b3, least, title = measure(chosen, pages=count, folder=Path(made), scans=scans)
                sys.stdout.write(f"| {name} | {b3:.3f} | {least:.3f} | {title:.3f} |\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
