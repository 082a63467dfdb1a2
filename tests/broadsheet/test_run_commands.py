"""The commands on runs, as typed: what they print, write and end with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.broadsheet.test_cli import run_main

SETTINGS = 'inputs = ["a.jsonl"]\n[trends]\nperiod = "year"\n[figures]\nformats = ["png"]\n'


def write_rows(path: Path, numbers: range, *, text: str = "The school opened a new library.") -> Path:
    rows = [
        {"id": f"a{n}", "text": f"{text} Notice {n} of the council.", "date": f"{2020 + n % 3}-03-01"}
        for n in numbers
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a study of twelve articles, run by the command."""
    home = tmp_path_factory.mktemp("commands")
    write_rows(home / "a.jsonl", range(12))
    (home / "study.toml").write_text(SETTINGS, "utf-8")
    assert run_main("run", "-c", home / "study.toml", "-o", home / "run") == 0
    return home


@pytest.fixture
def home(first: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first, tmp_path / "home")


def test_a_run_says_where_it_is(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main("run", "-c", home / "study.toml", "-o", home / "run") == 0
    said = capsys.readouterr().out
    assert f"run folder: {home / 'run'}" in said
    assert f"report:     {home / 'run' / 'report.html'}" in said


def test_a_dry_run_tells_stages_to_keep_and_to_make(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = home / "study.toml"
    assert run_main("run", "-c", config, "-o", home / "run", "--dry-run") == 0
    kept = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in kept} == {"keep"}
    config.write_text(SETTINGS.replace('"year"', '"quarter"'), "utf-8")
    assert run_main("run", "-c", config, "-o", home / "run", "--dry-run") == 0
    planned = capsys.readouterr().out
    assert "keep  reading" in planned
    assert "make  trends" in planned
    assert run_main("run", "--dry-run", "-o", home / "sample") == 0
    assert "make  everything" in capsys.readouterr().out
    assert not (home / "sample").exists()


def test_a_run_is_repeated_from_its_manifest(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main("run", "--from", home / "run" / "manifest.json") == 0
    assert (home / "run-again" / "report.html").is_file()
    write_rows(home / "a.jsonl", range(13))
    capsys.readouterr()
    assert run_main("run", "--from", home / "run", "-o", home / "third") == 0
    assert "changed since: " in capsys.readouterr().err
    assert run_main("run", "--from", home / "run", "-c", home / "study.toml") == 2
    assert "--from and --config both name a study" in capsys.readouterr().err


def test_what_two_runs_differ_in_is_shown_and_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    same = shutil.copytree(home / "run", home / "same")
    assert run_main("diff", home / "run", same) == 0
    assert "no difference in inputs" in capsys.readouterr().out
    write_rows(home / "b.jsonl", range(3, 15), text="Police arrested two men after a robbery at the bank.")
    other = SETTINGS.replace("a.jsonl", "b.jsonl").replace('"year"', '"quarter"')
    (home / "other.toml").write_text(other, "utf-8")
    assert run_main("run", "-c", home / "other.toml", "-o", home / "other", "-q") == 0
    assert capsys.readouterr().out == ""
    assert run_main("diff", home / "run", home / "other", "-o", home / "diff.csv") == 0
    assert "settings" in capsys.readouterr().out
    found = pd.read_csv(home / "diff.csv")
    assert {"inputs", "settings", "articles", "themes", "tables"} <= set(found["kind"])
    assert "share of public_security" in set(found["what"])


def test_an_update_lists_adds_and_says_when_there_is_nothing(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = write_rows(home / "new.jsonl", range(12, 15))
    assert run_main("update", home / "run", new, home / "a.jsonl", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "add   new.jsonl" in said
    assert "skip  a.jsonl" in said
    assert run_main("update", home / "run", new) == 0
    assert "shifts:" in capsys.readouterr().out
    assert run_main("update", home / "run", new) == 0
    assert f"nothing new: {home / 'run'} is as it was" in capsys.readouterr().out
    more = write_rows(home / "more.jsonl", range(15, 17))
    assert run_main("update", home / "run", more, "-q") == 0
    assert capsys.readouterr().out == ""


def test_verify_ends_with_1_where_a_table_was_changed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main("verify", home / "run", "-q") == 0
    assert "DIFFERENT" not in capsys.readouterr().out
    table = home / "run" / "themes.csv"
    table.write_text(table.read_text("utf-8").replace("0", "1"), "utf-8")
    assert run_main("verify", home / "run", "-q") == 1
    said = capsys.readouterr().out
    assert "DIFFERENT  themes.csv" in said
    assert "same       trends.csv" in said
