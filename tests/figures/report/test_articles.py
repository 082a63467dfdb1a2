"""The articles of the page: who is sampled, how texts are cut, and that twenty thousand fit."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import figures
from figures.report.articles import CHUNK, MOST_ARTICLES, cut_for, pack_texts, sample
from tests.figures.report.conftest import MANIFEST, large_tables, write_whole_run


def unpacked(pieces: list[str]) -> list[str]:
    return [text for piece in pieces for text in json.loads(gzip.decompress(base64.b64decode(piece)))]


def test_a_sample_is_the_same_each_time_and_favours_nobody() -> None:
    ids = pd.DataFrame({"article_id": [f"a{k}" for k in range(5000)], "place": range(5000)})
    kept = sample(ids, 1000)
    assert len(kept) == 1000
    assert kept["place"].is_monotonic_increasing
    assert set(sample(ids.sample(frac=1, random_state=3), 1000)["article_id"]) == set(kept["article_id"])
    # In each fifth of the table a hypergeometric number of mean 200 and deviation 11.3.
    assert np.abs(np.bincount(kept["place"] // 1000) - 200).max() < 5 * 11.3
    assert len(sample(ids, 5000)) == 5000


def test_texts_that_fit_are_whole() -> None:
    texts = [f"第{k}篇" for k in range(2 * CHUNK + 1)]
    pieces, cut = pack_texts(texts)
    assert cut is None
    assert len(pieces) == 3
    assert unpacked(pieces) == texts


def test_texts_that_do_not_fit_are_cut_alike() -> None:
    rng = np.random.default_rng(1)
    texts = [
        "".join(chr(code) for code in rng.integers(0x4E00, 0x5E00, n)) for n in rng.integers(50, 1500, 300)
    ]
    whole = sum(map(len, pack_texts(texts)[0]))
    pieces, cut = pack_texts(texts, whole // 2)
    assert cut is not None
    assert unpacked(pieces) == [text[:cut] for text in texts]
    assert 0.85 * whole / 2 < sum(map(len, pieces)) <= whole / 2


@pytest.mark.parametrize("part", [0.05, 0.3, 0.8, 1.0])
def test_a_cut_leaves_the_part_asked_for(part: float) -> None:
    lengths = np.random.default_rng(2).integers(1, 2000, 500)
    cut = cut_for(["x" * n for n in lengths], part)
    assert np.minimum(lengths, cut).sum() == pytest.approx(part * lengths.sum(), rel=0.01)


@pytest.mark.parametrize("n, sampled", [(MOST_ARTICLES, False), (MOST_ARTICLES + 4000, True)])
def test_twenty_thousand_articles_stay_under_25_megabytes(tmp_path: Path, n: int, sampled: bool) -> None:
    manifest = MANIFEST | {"config": {"trends": {"level": 0.95}}}
    folder = write_whole_run(tmp_path / "run", large_tables(n, 1000), manifest)
    # Figures as they are on disk: what is measured here is the page.
    figures.redraw(folder, formats=("png",), only="coverage_calendar")
    page = figures.write_report(folder)
    assert page.stat().st_size < 25_000_000
    text = page.read_text("utf-8")
    assert (f"holds 20,000 of the {n:,} articles" in text) is sampled
    assert "texts are shown up to" in text
