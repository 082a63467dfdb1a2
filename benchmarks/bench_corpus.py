"""How fast pages are read and reprints found, and how much memory reading takes as pages grow in number.

    python -m benchmarks.bench_corpus

Pages are those of the bundled sample study, repeated with other numbers; they go to a file, reprints found.
Peers stand in each row's name: our own single process, fewer pages (for memory), the simplest rule that a
script would cut by (fast, and mostly wrong), and exact comparison of the texts.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from pathlib import Path

import pandas as pd

import corpus
from broadsheet.sample import build, compose_articles

Row = dict[str, str | float]

PAGES = 2_000
ARTICLES = 10_000


def write_pages(folder: Path, count: int, *, seed: int = 0) -> int:
    """Write `count` pages with numbers of their own below `folder`; return their bytes."""
    originals = [path.read_text("utf-8") for path in sorted(build(folder / "sample").corpus.rglob("*.txt"))]
    size = 0
    for number in range(count):
        generator = random.Random(f"{seed}-{number}")
        text = "".join(
            generator.choice("0123456789") if character.isdigit() and generator.random() < 0.3 else character
            for character in originals[number % len(originals)]
        )
        path = folder / "pages" / f"{number // 500:03d}" / f"page_{number:06d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        size += path.write_bytes(data)
    return size


class PeakMemory:
    """The most memory that this process and its children held together in the context, in megabytes."""

    def __enter__(self) -> PeakMemory:
        self.megabytes = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        import psutil

        me = psutil.Process()
        while not self._stop.wait(0.05):
            held = me.memory_info().rss
            for child in me.children(recursive=True):
                try:
                    held += child.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.megabytes = max(self.megabytes, held / 2**20)


def timed(folder: Path, *, workers: int | None) -> tuple[float, float]:
    """Cut the pages below `folder` into a file, reprints found; return seconds and megabytes."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as made, PeakMemory() as memory:
        corpus.read_to(folder, Path(made) / "articles.jsonl", workers=workers)
    return time.perf_counter() - begun, memory.megabytes


def time_simple_rule(folder: Path) -> float:
    """Seconds of the least that a script does: a short line opens an article, equal texts are reprints."""
    begun = time.perf_counter()
    rows: list[tuple[str, str, str]] = []
    for path in sorted(folder.rglob("*.txt")):
        title = ""
        body: list[str] = []
        for line in [*path.read_text("utf-8").split("\n"), "end"]:
            if 0 < len(line.strip()) < 25 and body:
                rows.append((path.name, title, "\n".join(body)))
                title, body = line.strip(), []
            elif line.strip():
                body.append(line.strip())
    table = pd.DataFrame(rows, columns=["file", "title", "text"])
    with tempfile.TemporaryDirectory() as made:
        table.assign(reprint=table["text"].duplicated()).to_csv(Path(made) / "articles.csv", index=False)
    return time.perf_counter() - begun


def run() -> list[Row]:
    """Rows of the benchmark: name, unit, ours, peer, ratio."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_pages(folder, PAGES)
        alone, _ = timed(folder / "pages", workers=1)
        simple = time_simple_rule(folder / "pages")
        _, less = timed(folder / "pages" / "000", workers=None)
        _, half = timed(folder / "pages" / "00[01]", workers=None)
        together, more = timed(folder / "pages", workers=None)
    rows = [
        row(f"{PAGES} pages to a file (peer: one process)", "pages/s", PAGES / together, PAGES / alone),
        row(f"{PAGES} pages to a file (peer: cut at short lines, pandas)", "s", together, simple),
        row("memory for 1000 pages (peer: for 500)", "MB", half, less),
        row(f"memory for {PAGES} pages (peer: for 500)", "MB", more, less),
    ]
    articles = compose_articles(ARTICLES, lang="zh", characters=1000).astype({"date": "str"})
    articles = articles.assign(date_start=articles["date"])
    begun = time.perf_counter()
    corpus.find_reprints(articles)
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    pd.Series(articles["text"]).duplicated()
    rows.append(
        row(f"reprints among {ARTICLES} (peer: equal texts alone)", "s", ours, time.perf_counter() - begun)
    )
    return rows


def row(name: str, unit: str, ours: float, peer: float) -> Row:
    """Make one row of the table; the ratio is above 1 where ours is better."""
    ratio = ours / peer if unit.endswith("/s") else peer / ours
    return {"name": name, "unit": unit, "ours": ours, "peer": peer, "ratio": ratio}


if __name__ == "__main__":
    for line in run():
        sys.stdout.write(f"{line}\n")
