"""The sample study from end to end, held against the truth that its generator knows."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import figures
from broadsheet.verify import compare_folders
from figures.tables import FILES

from .conftest import SampleRun

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}

pytestmark = pytest.mark.xdist_group("sample")


def lines_of(ranges: str) -> list[int]:
    return [line for first, last in json.loads(ranges) for line in range(first, last + 1)]


def matched(sample: SampleRun) -> pd.DataFrame:
    """Each true article with the row of the run's article that holds most of its lines."""
    found = sample.run.articles.merge(sample.run.assignments, on="article_id")
    owners = {
        (file, line): row
        for row, (file, ranges) in enumerate(zip(found["file"], found["lines"], strict=True))
        for line in lines_of(ranges)
    }
    rows = []
    for file, ranges in zip(sample.truth["articles"]["file"], sample.truth["articles"]["lines"], strict=True):
        held = Counter(owners[file, line] for line in lines_of(ranges) if (file, line) in owners)
        rows.append(held.most_common(1)[0][0] if held else -1)
    truth = sample.truth["articles"].assign(row=rows)
    return truth[truth["row"] >= 0].merge(found, left_on="row", right_index=True, suffixes=("_true", ""))


def test_every_file_of_the_contract_is_there(sample_run: SampleRun) -> None:
    folder = sample_run.run.folder
    for name in (*FILES.values(), "manifest.json", "validation.json", "report.html", "model"):
        assert (folder / name).exists(), name
    drawn = {path.stem for path in (folder / "figures").glob("*.png")}
    assert drawn == set(figures.names()) - {"events", "coder_agreement"}
    for name in drawn:
        for ending in ("svg", "pdf", "csv"):
            assert (folder / "figures" / f"{name}.{ending}").stat().st_size > 0


def test_the_manifest_tells_what_was_run(sample_run: SampleRun) -> None:
    manifest = sample_run.run.manifest
    assert {"config", "seed", "versions", "inputs", "stages", "outputs", "notes"} <= manifest.keys()
    assert all(len(row["sha256"]) == 64 for row in manifest["inputs"])
    assert {"articles.parquet", "trends.csv", "report.html"} <= manifest["outputs"].keys()
    assert all(stage["peak_memory_mb"] > 0 for stage in manifest["stages"])


def test_nearly_every_true_article_is_found_and_stands_alone(sample_run: SampleRun) -> None:
    found = matched(sample_run)
    assert len(found) >= 0.97 * len(sample_run.truth["articles"])
    assert found["article_id"].is_unique or found["article_id"].duplicated().mean() < 0.03


@pytest.mark.parametrize("lang", ["zh", "en", "ru"])
def test_the_theme_of_an_article_is_right(sample_run: SampleRun, lang: str) -> None:
    found = matched(sample_run)
    found = found[found["lang_true"] == lang]
    assert len(found) > 100
    assert (found["theme_true"] == found["theme"]).mean() >= 0.85


def test_the_step_is_found_and_dated(sample_run: SampleRun) -> None:
    truth = sample_run.truth["change_point"].iloc[0]
    found = sample_run.run.change_points
    row = found[(found["theme"] == truth["theme"]) & (found["source"] == "ALL")].iloc[0]
    assert row["q"] < 0.05
    assert row["low"] <= truth["date"] <= row["high"]
    assert abs((pd.Timestamp(row["date"]) - pd.Timestamp(truth["date"])).days) <= 62
    assert row["after"] > row["before"]


def test_the_season_is_called_a_season_and_no_trend(sample_run: SampleRun) -> None:
    theme = sample_run.truth["season"].iloc[0]["theme"]
    tests = sample_run.run.tests
    row = tests[(tests["theme"] == theme) & (tests["source"] == "ALL")].iloc[0]
    assert bool(row["seasonal"]) is True
    assert row["q"] > 0.05


def test_the_ramp_is_found(sample_run: SampleRun) -> None:
    roles = sample_run.truth["roles"].set_index("role")["theme"]
    tests = sample_run.run.tests
    row = tests[(tests["theme"] == roles["ramp"]) & (tests["source"] == "ALL")].iloc[0]
    assert row["q"] < 0.05
    assert row["effect"] > 0


def test_what_follows_the_mix_alone_rises_raw_and_stays_flat_adjusted(sample_run: SampleRun) -> None:
    theme = sample_run.truth["roles"].set_index("role")["theme"]["mix"]
    tests = sample_run.run.tests
    row = tests[(tests["theme"] == theme) & (tests["source"] == "ALL")].iloc[0]
    assert row["q"] > 0.05
    trend = sample_run.run.trends
    trend = trend[(trend["theme"] == theme) & (trend["source"] == "ALL")]
    years = pd.to_datetime(trend["period_start"]).dt.year.to_numpy()
    raw, adjusted = (
        [np.nanmean(trend[column].to_numpy()[years == year]) for year in (years.min(), years.max())]
        for column in ("share", "adjusted")
    )
    assert raw[1] - raw[0] > 0.03
    assert abs(adjusted[1] - adjusted[0]) < 0.5 * (raw[1] - raw[0])


def test_intervals_cover_the_true_shares(sample_run: SampleRun) -> None:
    keys = ["theme", "source", "period_start"]
    found = sample_run.run.trends.merge(sample_run.truth["shares"], on=keys, suffixes=("", "_true"))
    found = found[(found["source"] == "ALL") & (found["theme"] != "unmapped")]
    covered = (found["low"] <= found["expected"]) & (found["expected"] <= found["high"])
    by_theme = covered.groupby(found["theme"]).mean()
    assert len(found) >= 36 * 8
    assert covered.mean() >= 0.9
    assert (by_theme >= 0.75).all(), by_theme.to_string()


def test_reprints_are_found(sample_run: SampleRun) -> None:
    found = matched(sample_run)
    true = found["reprint_of_true"].notna()
    said = found["reprint_of"].notna()
    assert true.sum() > 10
    assert (said & true).sum() / true.sum() >= 0.9
    assert (said & true).sum() / said.sum() >= 0.9


def test_the_same_study_gives_the_same_bytes_with_a_warm_cache_and_one_thread(
    sample_run: SampleRun, tmp_path: Path
) -> None:
    corpus = sample_run.run.folder / "sample" / "corpus"
    done = subprocess.run(
        [sys.executable, "-m", "broadsheet", "run", str(corpus), "-o", str(tmp_path / "second"), "-q"],
        env=os.environ | ONE_THREAD | {"BROADSHEET_CACHE": str(sample_run.cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = compare_folders(sample_run.run.folder, tmp_path / "second")
    assert len(found) > 60
    assert [f"{row.name}: {row.difference}" for row in found if not row.same] == []


def test_a_run_shows_itself_in_a_notebook(sample_run: SampleRun) -> None:
    shown = sample_run.run._repr_html_()
    assert "<table" in shown
    assert "articles" in repr(sample_run.run)
    assert sample_run.run.figure("trend_by_theme").axes
