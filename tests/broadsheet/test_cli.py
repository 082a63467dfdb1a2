import signal
import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet.cli import main


def run_main(*arguments: str | Path) -> int:
    """The exit code of a command."""
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_help_names_every_command_and_gives_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main("--help") == 0
    shown = capsys.readouterr().out
    for command in ("run", "articles", "figures", "verify", "sample", "doctor"):
        assert f"│ {command} " in shown
    assert "broadsheet run pages/ --out runs/first" in shown


COMMANDS = (
    "update",
    "run",
    "articles",
    "figures",
    "verify",
    "sample",
    "doctor",
    "diff",
    "coding-sheet",
    "coding-score",
    "cache",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main(command, "--help") == 0
    assert f"Usage: broadsheet {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["run", "nowhere"], "nowhere"),
        (["articles", "nowhere", "--out", "a.csv"], "nowhere"),
        (["run", "--config", "nowhere.toml"], "nowhere.toml: no such study file"),
        (["figures", "nowhere"], "nowhere: no run folder"),
        (["verify", "nowhere"], "nowhere: no run folder"),
        (["articles", "--out", "a.csv"], "name the files or folders to read"),
    ],
)
def test_what_cannot_be_used_is_an_error_with_code_2_and_no_traceback(
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_main(*arguments) == 2
    shown = capsys.readouterr().err
    assert shown.count("error:") == 1
    assert words in shown
    assert "Traceback" not in shown


def test_an_unknown_command_and_option_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main("rnu") == 2
    assert run_main("run", "--ot", "x") == 2


def test_markup_in_a_path_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main("run", "[red]no[/red]") == 2
    assert "[red]no[/red]" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_articles_writes_what_it_read(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "Bridge opens in Harbour City\n\n" + "The new bridge over the river opened on Monday. " * 8, "utf-8"
    )
    out = tmp_path / f"articles.{ending}"
    assert run_main("articles", page, "--out", out, "--dropped", tmp_path / "dropped.csv") == 0
    assert out.is_file()
    assert (tmp_path / "dropped.csv").is_file()
    assert f"1 articles: {out}" in capsys.readouterr().out


def test_the_module_runs_as_a_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "broadsheet", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0.1.0"


def test_an_interrupted_run_says_so_with_code_130_and_the_next_one_goes_through(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "The council met on Monday and spoke of roads."}\n', "utf-8")
    command = [sys.executable, "-m", "broadsheet", "run", "a.jsonl", "--out", "first"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        running.stderr.readline()
        running.send_signal(signal.SIGINT)
        assert "interrupted" in running.stderr.read()
    assert running.returncode == 130
    again = subprocess.run([*command, "--quiet"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert again.stdout == again.stderr == ""
    assert (tmp_path / "first" / "report.html").is_file()


def test_codebook_check_finds_errors_and_remarks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = """
        [codebook]
        id = "small"
        version = "1.0.0"
        format = 1
        name = {en = "Small"}
        [[theme]]
        id = "health"
        name = {en = "Health"}
        definition = {en = "Hospitals and doctors."}
        terms = {en = ["hospital*"]}
        """
    (tmp_path / "good.toml").write_text(good, "utf-8")
    assert run_main("codebook", "check", tmp_path / "good.toml") == 0
    shown = capsys.readouterr().out
    assert "has 1 seed terms in en; aim at 8" in shown
    assert "small 1.0.0, 1 themes, seed terms in en" in shown
    assert run_main("codebook", "check", tmp_path / "good.toml", "--strict") == 1
    (tmp_path / "bad.toml").write_text(good.replace("definition", "definiton"), "utf-8")
    assert run_main("codebook", "check", tmp_path / "bad.toml") == 2
    assert "bad.toml:10: theme 'health': unknown key 'definiton'; did you mean" in capsys.readouterr().err
    assert run_main("codebook", "schema") == 0
    assert '"title": "Broadsheet codebook"' in capsys.readouterr().out


def test_the_cache_is_shown_and_pruned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import numpy as np

    from embeddings import VectorCache, default_cache
    from embeddings.cache import key_of

    monkeypatch.setenv("BROADSHEET_CACHE", str(tmp_path))
    assert run_main("cache") == 0
    assert "no vectors yet" in capsys.readouterr().out
    for name in ("one@1", "two@1"):
        with VectorCache(default_cache()) as cache:
            cache.put({key_of(name, "a"): np.ones(4, dtype=np.float32)}, encoder=name)
    assert run_main("cache") == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.split() for line in shown[:2]] == [["1", "one@1"], ["1", "two@1"]]
    assert run_main("cache", "prune", "--encoder", "one@1") == 0
    assert run_main("cache", "prune", "--encoder", "one@1") == 2
    assert "it has two@1" in capsys.readouterr().err
    assert run_main("cache", "prune") == 0
    assert "1 vectors deleted" in capsys.readouterr().out


def test_a_full_disk_is_named_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main("sample", "--out", "/dev/full/sample") == 2
    assert run_main("articles", written(tmp_path), "--out", tmp_path / "a.csv", "--dropped", "/dev/full") == 2
    assert "the disk is full: make room and give the same command again" in capsys.readouterr().err


def written(folder: Path) -> Path:
    """A table of one article without a text, so that the ledger has a row."""
    path = folder / "a.jsonl"
    path.write_text('{"text": "The council met."}\n{"text": ""}\n', "utf-8")
    return path
