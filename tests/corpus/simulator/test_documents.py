"""Simulated pages as documents: a page saved from a site, and two columns printed as PDF, are read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import corpus
from tests.corpus.layout.printing import b_cubed, print_page
from tests.corpus.simulator.documents import stories_of, to_columns, to_web_page
from tests.corpus.simulator.phenomena import CHINESE, ENGLISH
from tests.corpus.simulator.sheets import simulate


@pytest.mark.parametrize("site", ["government", "portal", "party", "agency"])
def test_a_saved_web_page(site: str, tmp_path: Path) -> None:
    sheet = simulate(replace(CHINESE[f"web page: {site}"], subheads=0.0), seed=9)
    (tmp_path / "page.html").write_text(to_web_page(sheet), "utf-8")
    article = corpus.read(tmp_path, workers=1, reprints=False).articles.iloc[0]
    story = stories_of(sheet)[0]
    assert article["title"] == story.title
    assert article["text"] == story.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_columns_printed(lang: str, tmp_path: Path) -> None:
    layout = {"zh": CHINESE, "en": ENGLISH}[lang]["a plain page"]
    short = (200, 420) if lang == "zh" else (350, 700)
    sheet = simulate(
        replace(layout, setting="plain", stories=(5, 5), characters=short, kicker=0, deck=0, byline=0), seed=9
    )
    print_page(to_columns(sheet, columns=2), tmp_path / "page.pdf")
    found = corpus.read(tmp_path / "page.pdf", workers=1, reprints=False).articles
    told = stories_of(sheet)
    read = [f"{row['title']}{row['text']}" for _, row in found.iterrows()]
    assert b_cubed([f"{story.title}{story.text}" for story in told], read) >= 0.97
