"""The command `figures`: what its options change, and what it leaves when something fails."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.broadsheet.test_cli import run_main
from tests.figures.conftest import THEMES, make_tables, write_run


@pytest.fixture
def run_dir(tmp_path: Path) -> Path:
    folder = write_run(tmp_path / "run", make_tables(n=200, months=4, themes=THEMES[:2]))
    settings = {"formats": ["png"], "lang": "en", "style": "two-column"}
    manifest = {
        "status": "finished",
        "title": "A study",
        "versions": {},
        "notes": [],
        "inputs": [],
        "outputs": {},
        "config": {"figures": settings, "trends": {"level": 0.9}},
        "theme_names": {"public_security": {"en": "Safety", "zh": "公共安全"}},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")
    return folder


def test_one_figure_in_one_format(run_dir: Path) -> None:
    assert run_main("figures", run_dir, "--only", "trend_by_theme", "--format", "svg", "--quiet") == 0
    written = {path.name for path in (run_dir / "figures").iterdir()}
    assert written == {"trend_by_theme.svg", "trend_by_theme.csv", "captions.csv", "not_drawn.csv"}
    svg = (run_dir / "figures" / "trend_by_theme.svg").read_text("utf-8")
    assert "Safety" in svg
    assert 'width="518.7' in svg


def test_language_and_style(run_dir: Path) -> None:
    chosen = ("--only", "trend_by_theme", "--format", "svg", "--lang", "zh", "--style", "one-column")
    assert run_main("figures", run_dir, *chosen, "--quiet") == 0
    svg = (run_dir / "figures" / "trend_by_theme.svg").read_text("utf-8")
    assert "公共安全" in svg
    assert 'width="252.2' in svg
    captions = pd.read_csv(run_dir / "figures" / "captions.csv").set_index("figure")
    assert captions.loc["trend_by_theme", "drawn_in"] == "zh"
    assert "90% interval" in captions.loc["trend_by_theme", "caption_en"]
    assert "90% 区间" in captions.loc["trend_by_theme", "caption_zh"]


def test_a_style_of_ones_own(run_dir: Path) -> None:
    style = run_dir / "journal.toml"
    style.write_text('width = 100\naccent = "#112233"\n', "utf-8")
    chosen = ("--only", "trend_by_theme", "--format", "svg", "--style", style)
    assert run_main("figures", run_dir, *chosen, "--quiet") == 0
    svg = (run_dir / "figures" / "trend_by_theme.svg").read_text("utf-8")
    assert "#112233" in svg
    assert 'width="283.4' in svg


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("--style", "three-column"), "three-column: no such style; there are two-column, one-column"),
        (("--only", "trend_by_them"), "did you mean 'trend_by_theme'?"),
        (("--format", "gif"), "gif"),
        (("--lang", "fr"), "fr"),
    ],
)
def test_a_wrong_option_is_an_error(
    run_dir: Path, arguments: tuple[str, str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_main("figures", run_dir, *arguments, "--quiet") == 2
    assert words in capsys.readouterr().err
    assert not (run_dir / "figures").exists()


def test_a_figure_that_fails_fails_the_command_and_leaves_the_others(
    run_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    topics = pd.read_csv(run_dir / "topics.csv")
    topics.loc[0, "terms"] = "not json"
    topics.to_csv(run_dir / "topics.csv", index=False)
    chosen = ("--only", "topic_sizes", "--only", "trend_by_theme")
    assert run_main("figures", run_dir, *chosen, "--quiet") == 1
    assert "1 of the figures failed (topic_sizes" in capsys.readouterr().err
    assert (run_dir / "figures" / "trend_by_theme.png").exists()
    assert not (run_dir / "figures" / "topic_sizes.png").exists()


def test_figures_that_were_deleted_come_back_byte_for_byte(run_dir: Path) -> None:
    assert run_main("figures", run_dir, "--quiet") == 0
    folder = run_dir / "figures"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert run_main("figures", run_dir, "--quiet") == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert len(before) > 30
