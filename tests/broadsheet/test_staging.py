"""Where an update is made, and what of the run it leaves alone."""

from __future__ import annotations

from pathlib import Path

from broadsheet.manifest import NAME
from broadsheet.run_files import BASE
from broadsheet.staging import open_staging, put_in_place

SHEET = "coding/coder_1.csv"


def make_run(folder: Path) -> Path:
    (folder / BASE).mkdir(parents=True)
    (folder / BASE / "articles.parquet").write_bytes(b"first")
    (folder / "coding").mkdir()
    (folder / SHEET).write_text("blank", "utf-8")
    (folder / NAME).write_text('{"status": "finished"}', "utf-8")
    return folder


def test_sheets_filled_in_while_a_run_is_updated_stay_filled_in(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run")
    staging = open_staging(run)
    assert (staging / SHEET).read_text("utf-8") == "blank"
    (run / SHEET).write_text("health", "utf-8")
    (staging / NAME).write_text('{"status": "finished", "updated": true}', "utf-8")
    assert put_in_place(run, ready=True)
    assert (run / SHEET).read_text("utf-8") == "health"
    assert "updated" in (run / NAME).read_text("utf-8")


def test_an_update_that_is_taken_up_has_the_sheets_of_now(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run")
    open_staging(run)
    (run / SHEET).write_text("health", "utf-8")
    assert (open_staging(run) / SHEET).read_text("utf-8") == "health"
