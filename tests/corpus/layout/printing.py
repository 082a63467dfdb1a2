"""Newspaper pages with known stories, printed by a headless browser; the b-cubed score of what was found."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import noto_cjk_sans_otc
import pytest

from broadsheet.sample.study import compose_articles

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PICTURE = """<img width={w} height={h} src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'
 width='{w}' height='{h}'><rect width='{w}' height='{h}' fill='gray'/></svg>">"""
STYLE = """
@font-face { font-family: Page; src: url("FONT"); }
@page { size: WIDTHpx HEIGHTpx; margin: 0; }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 28px; width: WIDTHpx; font: 12px/1.5 Page; background: white; }
p { margin: 0; text-indent: 2em; text-align: justify; }
h1, h2, h3 { margin: 4px 0 6px; line-height: 1.25; font-weight: normal; }
h1 { font-size: 32px; } h2 { font-size: 22px; } h3 { font-size: 17px; }
.kicker { font-size: 15px; } .small { font-size: 10px; text-indent: 0; }
.row { display: flex; gap: 20px; } .row > div { flex: 1; }
img { display: block; }
.box { break-inside: avoid; border: 1px solid black; padding: 10px; margin: 8px 0; }
.masthead { display: flex; justify-content: space-between; border-bottom: 1px solid black; }
hr { border: 0; border-top: 1px solid black; margin: 8px 0; }
"""


@dataclass(frozen=True)
class Story:
    """One story as written."""

    title: str
    text: str

    @property
    def head(self) -> str:
        return html.escape(self.title)

    @property
    def body(self) -> str:
        return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in self.text.split("\n"))


@cache
def stories(n: int, *, characters: int, seed: int, lang: str = "zh") -> tuple[Story, ...]:
    table = compose_articles(n, lang=lang, characters=characters, seed=seed)
    return tuple(Story(row.title, row.text) for row in table.itertuples())


def columns(n: int, content: str, *, height: int | None = None, gap: int = 20) -> str:
    tall = f"height:{height}px;column-fill:auto;" if height else ""
    return f'<div style="columns:{n};column-gap:{gap}px;{tall}">{content}</div>'


def print_page(body: str, path: Path, *, width: int = 794, height: int = 1123, scale: float = 1.0) -> Path:
    """Print a page of HTML to `path`: .pdf, or .png as a scan of it."""
    if BROWSER is None:
        pytest.skip("no headless Chromium here to print test pages with")
    style = STYLE.replace("WIDTH", str(width)).replace("HEIGHT", str(height))
    font = Path(noto_cjk_sans_otc.__file__).parent / "NotoSansCJK-Regular.ttc"
    style = style.replace("FONT", font.as_uri())
    source = path.with_suffix(".html")
    source.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}", "utf-8")
    shot = [f"--screenshot={path}", f"--window-size={width},{height}", f"--force-device-scale-factor={scale}"]
    task = shot if path.suffix == ".png" else [f"--print-to-pdf={path}", "--no-pdf-header-footer"]
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
    ]
    command = [BROWSER, *flags, f"--user-data-dir={path.parent / 'profile'}", *task, source.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert path.exists(), done.stderr.decode(errors="replace")
    return path


def b_cubed(truth: list[str], found: list[str], *, size: int = 8) -> float:
    """B-cubed F of how characters are grouped into stories.

    Pieces of `size` letters of a true story are looked up in the found texts (first as they are, then with an
    error in one half); among several that hold a piece, the one that holds the piece before it counts. A
    piece that no found text holds is a group of its own.
    """
    squeezed = [_letters(text) for text in found]
    pairs: Counter[tuple[int, int]] = Counter()
    lost = -1
    for number, text in enumerate(truth):
        clean, home = _letters(text), -1
        for start in range(0, len(clean), size):
            homes = _homes(clean[start : start + size], squeezed)
            if not homes:
                lost -= 1
            place = (home if home in homes else homes[0]) if homes else lost
            home = place if homes else home
            pairs[number, place] += len(clean[start : start + size])
    total = sum(pairs.values())
    by_truth: Counter[int] = Counter()
    by_found: Counter[int] = Counter()
    for (number, place), count in pairs.items():
        by_truth[number] += count
        by_found[place] += count
    precision = sum(count * count / by_found[place] for (_, place), count in pairs.items()) / total
    recall = sum(count * count / by_truth[number] for (number, _), count in pairs.items()) / total
    return 2 * precision * recall / (precision + recall)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _homes(piece: str, texts: list[str]) -> list[int]:
    """The texts that hold a piece; if none does, those that hold one of its halves."""
    exact = [number for number, text in enumerate(texts) if piece in text]
    half = len(piece) // 2
    if exact or half < 4:
        return exact
    return [n for n, text in enumerate(texts) if piece[:half] in text or piece[half:] in text]
