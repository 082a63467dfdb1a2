"""Runs that go on from what a folder holds: kept, killed, changed, two at once; always to the same bytes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import broadsheet as bs
from broadsheet.manifest import NotARunError
from broadsheet.plan import plan_run
from broadsheet.repeating import study_of
from broadsheet.run_difference import compare_runs
from broadsheet.run_lock import RunFolderBusyError, run_lock
from broadsheet.storage import hashes
from broadsheet.study import prepared

CODEBOOK = """
[codebook]
id = "small"
version = "1.0.0"
format = 1
[codebook.name]
en = "Small"
[[theme]]
id = "health"
[theme.name]
en = "Health"
[theme.definition]
en = "Hospitals, clinics, doctors and nurses."
[theme.terms]
en = ["clinic*"]
[[theme]]
id = "roads"
[theme.name]
en = "Roads"
[theme.definition]
en = "Roads, bridges and buses."
[theme.terms]
en = ["{term}*"]
"""


@pytest.fixture
def study_file(tmp_path: Path) -> Path:
    """A study of 160 short articles, with a codebook of its own: enough for topics."""
    about = (
        "The clinic on {} hires nurses for the winter.",
        "The bridge on {} is closed to buses until May.",
    )
    streets = ("Mill Lane", "Queen Street", "Harbour Road", "Station Square", "North Gate")
    rows = [
        {
            "id": f"a{n}",
            "text": about[n % 2].format(streets[n % 5]) + f" Notice {n} of the council.",
            "date": f"20{20 + n % 3}-{n % 12 + 1:02d}-{n % 27 + 1:02d}",
            "source": ("The Courier", "The Echo")[n % 3 % 2],
        }
        for n in range(160)
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    write_codebook(tmp_path, "bridge")
    study = tmp_path / "study.toml"
    study.write_text(
        'inputs = ["a.jsonl"]\n[themes]\ncodebook = "book.toml"\n[figures]\nformats = ["png"]\n', "utf-8"
    )
    return study


def write_codebook(folder: Path, term: str) -> None:
    (folder / "book.toml").write_text(CODEBOOK.replace("{term}", term), "utf-8")


def planned(study_file: Path, folder: Path) -> dict[str, tuple[str, ...]]:
    study, _ = prepared(None, config=study_file, out=folder)
    return {stage.name: stage.reasons for stage in plan_run(study, folder)}


def tables(folder: Path) -> dict[str, str]:
    """The hashes of all outputs but the report, which quotes how long the run took."""
    return {name: value for name, value in hashes(folder).items() if name != "report.html"}


def test_a_second_run_keeps_everything_and_a_changed_codebook_only_what_it_does_not_touch(
    study_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    bs.run(config=study_file, out=out, quiet=True)
    first = tables(out)
    assert "topics.csv" in first
    assert set(planned(study_file, out).values()) == {()}
    again = bs.run(config=study_file, out=out, quiet=True)
    assert [s["name"] for s in again.manifest["stages"] if "kept" in s["result"]]
    assert tables(out) == first

    write_codebook(tmp_path, "nurse")
    reasons = planned(study_file, out)
    assert reasons["reading"] == reasons["topics"] == ()
    assert reasons["themes"] == ("the codebook",)
    assert reasons["trends"] == ("themes is made again",)
    bs.run(config=study_file, out=out, quiet=True)
    bs.run(config=study_file, out=tmp_path / "fresh", quiet=True)
    assert tables(out) == tables(tmp_path / "fresh")
    assert tables(out) != first


def test_a_changed_table_is_made_again_as_it_was(study_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    bs.run(config=study_file, out=out, quiet=True)
    first = tables(out)
    (out / "trends.csv").write_text("theme\n", "utf-8")
    (out / "articles.parquet").write_bytes((out / "articles.parquet").read_bytes()[:1000])
    assert planned(study_file, out)["reading"] == ("articles.parquet is not as it was written",)
    bs.run(config=study_file, out=out, quiet=True)
    assert tables(out) == first


def killed_once(command: list[str], stage: str, out: Path) -> None:
    """Start a run and kill it as soon as a stage is whole."""
    records = out / ".stages" / "records.json"
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while running.poll() is None and not (records.is_file() and stage in records.read_text("utf-8")):
        time.sleep(0.01)
    assert running.poll() is None, "the run ended before it could be killed"
    running.send_signal(signal.SIGKILL)
    running.communicate()


def test_a_run_that_is_killed_is_taken_up_and_ends_in_the_same_bytes(
    study_file: Path, tmp_path: Path
) -> None:
    bs.run(config=study_file, out=tmp_path / "whole", quiet=True)
    out = tmp_path / "killed"
    command = [sys.executable, "-m", "broadsheet", "run", "-c", str(study_file), "-o", str(out), "-q"]
    killed_once(command, '"reading"', out)
    killed_once(command, '"themes"', out)
    assert planned(study_file, out)["reading"] == planned(study_file, out)["themes"] == ()
    assert planned(study_file, out)["figures"] != ()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert tables(out) == tables(tmp_path / "whole")


def test_two_runs_at_once_in_one_folder_do_not_mix(study_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    out.mkdir()
    with run_lock(out), pytest.raises(RunFolderBusyError, match="another run is writing to this folder"):
        bs.run(config=study_file, out=out, quiet=True)
    script = "import sys, time; from pathlib import Path; from broadsheet.run_lock import run_lock\n"
    script += "with run_lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", script, str(out)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(RunFolderBusyError, match="wait for it to end"), run_lock(out):
        pass
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    with run_lock(out):
        pass


def test_a_manifest_repeats_a_study_and_says_what_has_changed(study_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    bs.run(config=study_file, out=out, quiet=True)
    study, changed = study_of(out / "manifest.json")
    assert changed == []
    bs.run(config=study, out=tmp_path / "again", quiet=True)
    assert tables(tmp_path / "again") == tables(out)
    assert compare_runs(out, tmp_path / "again").empty

    with (tmp_path / "a.jsonl").open("a") as stream:
        stream.write(
            json.dumps({"id": "late", "text": "The clinic opens again.", "date": "2022-05-01"}) + "\n"
        )
    write_codebook(tmp_path, "nurse")
    changed = study_of(out)[1]
    assert changed == ["inputs: other bytes: a.jsonl", "files: the codebook has other bytes"]
    with pytest.raises(NotARunError, match=r"book\.toml: no manifest\.json"):
        study_of(tmp_path / "book.toml")

    moved = (tmp_path / "a.jsonl").rename(tmp_path / "b.jsonl")
    with pytest.raises(FileNotFoundError, match=r"a\.jsonl: no longer there; .* name them behind --from"):
        study_of(out)
    study, changed = study_of(out, [moved])
    assert study.inputs == (str(moved),)
    assert changed[:2] == ["inputs: no longer there: a.jsonl", "inputs: not read then: b.jsonl"]


def test_a_difference_names_its_reasons_and_what_came_of_them(study_file: Path, tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    bs.run(config=study_file, out=a, quiet=True)
    write_codebook(tmp_path, "nothing")
    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_text("".join(lines[:-10]), "utf-8")
    text = study_file.read_text("utf-8")
    study_file.write_text(text + '[trends]\nperiod = "quarter"\n', "utf-8")
    bs.run(config=study_file, out=b, quiet=True)
    found = compare_runs(a, b)
    rows = {(row.kind, row.what): (row.first, row.second) for row in found.itertuples()}
    assert rows[("settings", "trends.period")] == ("month", "quarter")
    assert rows[("articles", "number")] == ("160", "150")
    assert rows[("articles", "only in this run")] == ("10", "0")
    assert ("inputs", "a.jsonl") in rows
    assert ("files", "codebook") in rows
    assert ("tables", "trends.csv") in rows
    shares = [bs.Run(run).themes.set_index("theme")["share"]["roads"] for run in (a, b)]
    assert rows[("themes", "share of roads")] == tuple(f"{share:.2%}" for share in shares)
