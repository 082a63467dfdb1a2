"""Simulated pages and their truth: the same seed gives the same page, and every line has its owner."""

from __future__ import annotations

import pytest

from tests.corpus.simulator.documents import stories_of
from tests.corpus.simulator.layout import Layout
from tests.corpus.simulator.phenomena import CHINESE, PHENOMENA
from tests.corpus.simulator.sheets import Sheet, simulate

EVERY = [(lang, name) for lang, layouts in PHENOMENA.items() for name in layouts]


def owners(sheet: Sheet) -> dict[int, str]:
    found: dict[int, str] = {}
    lines = sheet.text.split("\n")
    for segment in sheet.truth["segments"]:
        for first, last in segment["lines"]:
            for n in range(first, last + 1):
                if lines[n - 1].strip():
                    assert n not in found
                    found[n] = segment["id"]
    return found


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_every_line_has_one_owner(lang: str, name: str) -> None:
    sheet = simulate(PHENOMENA[lang][name], seed=3)
    written = {n for n, line in enumerate(sheet.text.split("\n"), 1) if line.strip()}
    assert set(owners(sheet)) == written


def test_the_same_seed_gives_the_same_page() -> None:
    layout = CHINESE["everything at once"]
    assert simulate(layout, seed=5) == simulate(layout, seed=5)
    assert simulate(layout, seed=5) != simulate(layout, seed=6)


def test_a_heap_stands_above_the_bodies() -> None:
    sheet = simulate(CHINESE["a heap of headlines"], seed=1)
    titles = [segment["headline"] for segment in sheet.truth["segments"]]
    lines = [line for line in sheet.text.split("\n") if line]
    assert max(lines.index(title) for title in titles) < min(
        place for place, line in enumerate(lines) if len(line) > 60
    )


def test_an_orphan_stands_before_its_headline() -> None:
    sheet = simulate(Layout(orphan=1.0), seed=2)
    parted = [segment for segment in sheet.truth["segments"] if len(segment["lines"]) > 1]
    assert parted or sheet.text.index(sheet.truth["segments"][0]["headline"]) > 0
    first = sheet.truth["segments"][0]
    assert sheet.text.split("\n")[first["lines"][0][0] - 1] != first["headline"]


def test_hard_wrapped_lines_have_their_width() -> None:
    sheet = simulate(Layout(setting="wrapped", width=(14, 14), kicker=0, deck=0, byline=0), seed=4)
    body = [line for story in stories_of(sheet) for line in story.text.split("\n")]
    assert max(map(len, body)) <= 30
    assert sum(12 <= len(line) <= 17 for line in body) > len(body) / 2


def test_a_web_page_has_its_furniture() -> None:
    sheet = simulate(CHINESE["web page: portal"], seed=4)
    kinds = {segment["kind"] for segment in sheet.truth["segments"]}
    assert kinds == {"article", "boilerplate"}
    assert "相关阅读" in sheet.text
