"""The edges of the command line: exit codes, `--verbose`, the log, Ctrl-C and SIGTERM on real processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import broadsheet as bs
from broadsheet import cli
from broadsheet.cli import main
from broadsheet.run_log import described
from broadsheet.storage import hashes

SECRET = "Szechwanese-violin"
FOLDER = "folder-of-a-secret-name"


def exit_code(*arguments: str | Path) -> int:
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study of 150 articles whose every text, title, source and folder has a word of its own."""
    home = tmp_path / FOLDER
    home.mkdir()
    rows = (
        {
            "id": f"id-{SECRET}-{n}",
            "title": f"Title {SECRET} {n}",
            "text": f"The clinic {SECRET} in street {n} hires {n + 2} nurses for {('May', 'June')[n % 2]}.",
            "date": f"2023-{n % 12 + 1:02d}-05",
            "source": f"Courier {SECRET}",
        }
        for n in range(150)
    )
    (home / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    path = home / "study.toml"
    path.write_text(
        f'title = "{SECRET}"\ninputs = ["articles.jsonl"]\n[figures]\nformats = ["png"]\n', "utf-8"
    )
    return path


def test_every_exit_code_of_a_command(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    assert exit_code("run", "-c", study, "-o", out, "-q") == 0
    (out / "trends.csv").write_text("theme\n", "utf-8")
    assert exit_code("verify", out, "-q") == 1
    assert exit_code("run", "nowhere", "-q") == 2
    assert exit_code("run", "--no-such-option") == 2

    def wrong(*_: object, **__: object) -> None:
        raise KeyError("of our own making")

    capsys.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr("broadsheet.study.prepared", wrong)
        assert exit_code("run", "-c", study, "-o", out) == 70
        said = capsys.readouterr().err
        assert "a fault of Broadsheet's own" in said
        assert "Traceback" not in said
        assert exit_code("run", "-c", study, "-o", out, "--verbose") == 70
        assert "Traceback" in capsys.readouterr().err

    def no_memory(*_: object, **__: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("broadsheet.study.prepared", no_memory)
        assert exit_code("run", "-c", study, "-o", out) == 2
        assert "there is not enough memory" in capsys.readouterr().err


def test_help_and_the_documentation_tell_the_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("--help") == 0
    shown = capsys.readouterr().out
    page = (Path(__file__).parents[2] / "docs" / "runs.md").read_text("utf-8")
    for code in (cli.FAILED, cli.USAGE, cli.FAULT, cli.INTERRUPTED, cli.TOLD_TO_END):
        assert f"| {code} |" in page
        assert str(code) in shown


def contents(folder: Path) -> dict[str, str]:
    return {name: value for name, value in hashes(folder).items() if name != "report.html"}


def interrupted(command: list[str], out: Path, number: signal.Signals, stage: str) -> tuple[int, str]:
    """Send a run a signal when it has begun a stage; its exit code and what it said."""
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    log = out / "run.log"
    while running.poll() is None and not (log.is_file() and stage in log.read_text("utf-8")):
        time.sleep(0.01)
    assert running.poll() is None, "the run ended before it could be interrupted"
    os.killpg(running.pid, number)
    _, said = running.communicate(timeout=60)
    return running.returncode, said


@pytest.mark.parametrize(
    "number, code, stage",
    [(signal.SIGINT, 130, "begin: finding topics"), (signal.SIGTERM, 143, "begin: estim")],
)
def test_a_run_that_is_interrupted_says_how_to_go_on_and_ends_in_the_same_bytes(
    study: Path, tmp_path: Path, number: signal.Signals, code: int, stage: str
) -> None:
    out, whole = tmp_path / "run", tmp_path / "whole"
    command = [sys.executable, "-m", "broadsheet", "run", "-c", str(study), "-o", str(out), "-q"]
    returned, said = interrupted(command, out, number, stage)
    if returned == 0:  # on a busy machine the signal came when the run was done
        shutil.rmtree(out)
        returned, said = interrupted(command, out, number, stage)
    assert returned == code, said
    assert "interrupted; finished stages are kept, so the same command goes on from there" in said
    assert "Traceback" not in said
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    bs.run(config=study, out=whole, quiet=True)
    assert contents(out) == contents(whole)


def test_the_log_of_a_run_tells_what_was_done_and_no_word_of_the_articles(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = study.parent / "run"
    bs.run(config=study, out=out, quiet=True)

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, f"no room for {SECRET}", str(study))

    with monkeypatch.context() as patch:
        patch.setattr("broadsheet.stages.reporting.manifest.write_finished", fails)
        with pytest.raises(OSError, match=SECRET):
            bs.run(config=study, out=out, quiet=True)
    log = (out / "run.log").read_text("utf-8")
    for word in (
        "run: Broadsheet",
        "begin: finding topics",
        "end:   drawing figures",
        "run is done",
        "run ended with OSError 28 at",
        "stages/reporting.py:",
    ):
        assert word in log
    for word in (
        SECRET,
        FOLDER,
        str(tmp_path),
        "clinic",
        "nurses",
        "Courier",
        "jsonl",
        str(Path.home()),
    ):
        assert word not in log, word
    assert "run.log" not in hashes(out)


def test_an_error_is_described_without_its_words() -> None:
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            raise OSError(2, SECRET, SECRET) from error
    except OSError as error:
        words = described(error)
    assert words.startswith("FileNotFoundError 2 at broadsheet/test_edges.py:")
    assert "; from ValueError at broadsheet/test_edges.py:" in words
    assert SECRET not in words
