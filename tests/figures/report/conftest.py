"""An invented run with every table that a run folder may hold, and a browser that has no network."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

import figures
from tests.figures.conftest import THEMES, make_tables, write_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
NOTE = "12 of 200 dates are inferred & <not> printed."
HOSTILE = ("<script>alert(1)</script>", "</textarea></table></script>\"&'")
MANIFEST = {
    "title": "Two <papers>",
    "seed": 7,
    "config": {
        "themes": {"codebook": "mine"},
        "embeddings": {"encoder": "use"},
        "trends": {"level": 0.9, "kinds": ["article"]},
        "figures": {"lang": "en"},
    },
    "theme_names": {"anti_corruption": {"en": "Clean hands", "zh": "清廉建设"}},
    "versions": {"broadsheet": "0.1.0"},
    "notes": [NOTE],
    "inputs": [{"file": "pages/a.txt", "sha256": "ab" * 32, "n_articles": 12}],
}
VALIDATION = {
    "n_topics": 9,
    "coherence": {"npmi": 0.21, "by_topic": {"0": {"npmi": 0.5}, "1": {"npmi": None}}},
    "language_leakage": {"verdict": "topics do not follow languages"},
    "something": {"new": 0.12345},
}


def hostile_tables() -> dict[str, pd.DataFrame]:
    """Tables of a small study whose titles, sources and texts try to break out of the page."""
    tables = make_tables(n=260, months=6, themes=THEMES[:3])
    articles = tables["articles"]
    articles.loc[0, "title"], articles.loc[1, "title"] = HOSTILE
    articles.loc[2, "title"] = None
    articles.loc[3, "source"] = "<b>Paper</b>"
    articles["lines"] = "[[3, 9], [14, 14]]"
    articles["lang"] = articles["lang"].where(articles.index != 4)
    articles["date_start"] = articles["date_end"] = articles["date"]
    articles["date_basis"] = "printed"
    articles["place"] = "晨江市"
    articles["kind"] = ["notice" if k == 5 else "article" for k in range(len(articles))]
    articles.loc[6, "text"] = "市里召开清廉建设推进会。" * 3
    articles.loc[7, "text"] = "為政清廉，廉潔奉公。"
    articles.loc[8, "text"] = "The ＨＡＲＢＯＵＲ Inspectors came back."
    articles.loc[9, "text"] = HOSTILE[0] + " is text as well. </script>"
    return tables | beside()


def beside() -> dict[str, pd.DataFrame]:
    """The tables beside the contract's, a row or two each."""
    one, two = THEMES[:2]
    bounds = {"low": 0.1, "high": 0.9, "p": 0.001, "q": 0.004}
    rows = {
        "effects": {"theme": one, "source": "ALL", "effect": 0.031, "season_p": 0.2}
        | {"season_q": 0.5} | bounds,
        "emerging": {"theme": one, "state": "growing", "effect": 0.7, "before": 0.05, "before_high": 0.07}
        | {"recent": 0.11, "recent_low": 0.09, "since": "2022-05-01"} | bounds,
        "bursts": {"theme": two, "source": "晨江日报", "start": "2022-03-01", "end": "2022-03-31"}
        | {"peak": "2022-03-01", "n_theme": 18.2, "expected": 8.1, "weight": 4.1} | bounds,
        "sources": {"theme": one, "source": "The Harbour Post", "kind": "level", "effect": -0.4}
        | {"points": -0.03} | bounds,
        "events": {"theme": one, "event": "Reform <day>", "date": "2022-03-10", "kind": "level"}
        | {"effect": 0.42, "expected": 0.05, "observed": 0.074} | bounds,
        "decomposition": {"theme": one, "period_start": "2022-02-01", "since": "2022-01-01", "change": -0.1}
        | {"within": -0.09, "within_low": -0.2, "within_high": 0.01, "between": -0.01}
        | {"between_low": -0.02, "between_high": 0.0},
        "drift": {"theme": one, "lang": "zh", "since": "2022-04-01", "word": "清廉", "before": 1.2}
        | {"after": 3.4, "log_odds": 1.1, "z": 4.2} | bounds,
        "reprints": {"from_source": "晨江日报", "to_source": "The Harbour Post", "n": 4}
        | {"median_lag_days": 2.0},
        "topic_themes": {"topic": 0, "theme": one, "n_articles": 12, "share": 0.6, "lift": 5.5},
    }  # fmt: skip
    return {name: pd.DataFrame([row]) for name, row in rows.items()}


def write_whole_run(folder: Path, tables: dict[str, pd.DataFrame], manifest: dict | None = None) -> Path:
    """A run folder with manifest and validation."""
    write_run(folder, tables)
    content = MANIFEST if manifest is None else manifest
    (folder / "manifest.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    (folder / "validation.json").write_text(json.dumps(VALIDATION), "utf-8")
    return folder


def large_tables(n: int, characters: int) -> dict[str, pd.DataFrame]:
    """Tables of `n` Chinese articles of about so many characters, no easier to compress than a newspaper.

    Characters are drawn by Zipf's law from 3,000, in words of two; gzip takes 11.2 bits a character, of
    printed Chinese news 10.3 (measured on 30,000 characters).
    """
    tables = make_tables(n=n, months=36)
    rng = np.random.default_rng(0)
    letters = np.array([chr(0x4E00 + k) for k in range(3000)])
    weights = 1 / np.arange(1, 3001) ** 0.9
    pairs = rng.choice(letters, (40_000, 2), p=weights / weights.sum())
    words = np.array(["".join(pair) for pair in pairs])
    chances = 1 / np.arange(1, 40_001) ** 0.8
    lengths = rng.poisson(characters / 2, n)
    drawn = rng.choice(words, int(lengths.sum()), p=chances / chances.sum())
    ends = np.cumsum(lengths)
    articles = tables["articles"]
    articles["text"] = ["".join(drawn[end - k : end]) for k, end in zip(lengths, ends, strict=True)]
    articles["title"] = ["".join(drawn[end - 8 : end]) for end in ends]
    articles["article_id"] = [f"{value:016x}" for value in rng.integers(0, 2**63, n)]
    articles["file"] = [f"pages/{k // 10:05d}.txt" for k in range(n)]
    articles["lines"] = [f"[[{k % 90 + 1}, {k % 90 + 40}]]" for k in range(n)]
    for name in ("assignments", "map"):
        tables[name]["article_id"] = articles["article_id"]
    return tables | beside()


@pytest.fixture(scope="session")
def run_dir(tmp_path_factory) -> Path:
    folder = write_whole_run(tmp_path_factory.mktemp("run"), hostile_tables())
    figures.redraw(folder, formats=("png",))
    return folder


@pytest.fixture(scope="session")
def report(run_dir: Path) -> Path:
    return figures.write_report(run_dir)


@pytest.fixture(scope="session")
def chinese(run_dir: Path, tmp_path_factory) -> Path:
    return figures.write_report(run_dir, out=tmp_path_factory.mktemp("zh") / "report.html", lang="zh")


@pytest.fixture(scope="session")
def page(report: Path) -> str:
    return report.read_text("utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    # Pages are files; what Chromium fetches for itself is switched off.
    flags = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=os.fspath(CHROMIUM), args=flags)


class Visit:
    """A page opened without a network, and what it asked for and complained of."""

    def __init__(self, browser: Browser, file: Path, *, width: int = 1280, dark: bool = False) -> None:
        scheme = "dark" if dark else "light"
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            offline=True,
            reduced_motion="reduce",
        )
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        self.page.goto(file.as_uri())
        self.wait("drawn")

    def wait(self, state: str) -> None:
        self.page.wait_for_selector(f"html[data-state={state}]", state="attached")

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def titles(self, list_id: str) -> list[str]:
        return self.page.locator(f"#{list_id} .open").all_inner_texts()

    def show_map(self) -> None:
        self.page.locator("#map-chart").scroll_into_view_if_needed()
        self.page.wait_for_selector("#map-chart .scatterlayer .point")


@pytest.fixture
def visit(browser, report) -> Iterator[Visit]:
    made = Visit(browser, report)
    yield made
    made.context.close()
