"""How long the report takes to write and to open, and how large it is: 1,700 and 20,000 articles.

Opening is timed in a headless Chromium without a network, from the request to the page that can be searched
and to the trend drawn; a search from the key to the list, the first one with the unpacking of all texts.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import figures
from tests.figures.report.conftest import CHROMIUM, MANIFEST, large_tables, write_whole_run

SIZES = (1_700, 20_000)
CHARACTERS = 1_000


def run() -> Iterator[dict[str, Any]]:
    """Rows of the table; there is no peer."""
    for n in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            run_dir = write_whole_run(
                Path(folder), large_tables(n, CHARACTERS), MANIFEST | {"config": {"trends": {"level": 0.95}}}
            )
            figures.redraw(run_dir, formats=("png",))
            start = time.perf_counter()
            page = figures.write_report(run_dir)
            yield _row(f"report of {n:,} articles: written", "s", time.perf_counter() - start)
            yield _row(f"report of {n:,} articles: size", "MB", page.stat().st_size / 1e6)
            for name, seconds in _open(page).items():
                yield _row(f"report of {n:,} articles: {name}", "s", seconds)


def _open(page: Path) -> dict[str, float]:
    """Seconds until the page is ready, until its trend is drawn, and of a first and a second search."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        tab = browser.new_context(offline=True).new_page()
        found = {}
        start = time.perf_counter()
        tab.goto(page.as_uri(), wait_until="commit")
        for name, state in (("ready", "html[data-state]"), ("trend drawn", "html[data-state=drawn]")):
            tab.wait_for_selector(state, state="attached")
            found[name] = time.perf_counter() - start
        for name, word in (("first search", "丁"), ("second search", "七")):
            tab.locator("#search-words").fill(word)
            start = time.perf_counter()
            tab.keyboard.press("Enter")
            tab.locator("#found-list mark", has_text=word).first.wait_for()
            found[name] = time.perf_counter() - start
        start = time.perf_counter()
        tab.locator("#map-chart").scroll_into_view_if_needed()
        tab.wait_for_selector("#map-chart .scatterlayer .point")
        found["map drawn"] = time.perf_counter() - start
        browser.close()
    return found


def _row(name: str, unit: str, value: float) -> dict[str, Any]:
    return {"name": name, "unit": unit, "ours": value, "peer": float("nan"), "ratio": float("nan")}
