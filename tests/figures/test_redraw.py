"""Regeneration: from the saved tables alone, the same bytes, one failure leaves the others."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import figures
from figures.errors import FiguresFailed
from figures.tables import RunFolderError, read_run
from tests.figures.conftest import THEMES, make_tables, write_run


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    write_run(folder, make_tables(n=300, months=15, themes=THEMES[:2]))
    config = {"themes": {"codebook": "local_governance"}, "trends": {"level": 0.9}, "figures": {"lang": "zh"}}
    manifest = {"config": config, "theme_names": {"health": {"en": "Health", "zh": "卫生健康"}}}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")
    return folder


@pytest.fixture(scope="module")
def written(run_dir: Path) -> list[Path]:
    return figures.redraw(run_dir)


def test_every_figure_comes_in_every_format_with_its_data(run_dir: Path, written: list[Path]) -> None:
    expected = {f"{name}.{suffix}" for name in figures.names() for suffix in ("png", "svg", "pdf", "csv")}
    assert {path.name for path in written} == expected | {"captions.csv", "not_drawn.csv"}
    assert {path.name for path in (run_dir / "figures").iterdir()} == expected | {
        "captions.csv",
        "not_drawn.csv",
    }
    assert pd.read_csv(run_dir / "figures" / "not_drawn.csv").empty


def test_another_process_writes_the_same_bytes(run_dir: Path, written: list[Path], tmp_path: Path) -> None:
    code = "import sys, figures; figures.redraw(sys.argv[1], out=sys.argv[2])"
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code, run_dir, tmp_path], check=True, cwd=root)
    for path in written:
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_svg_keeps_text_and_names_its_fonts(written: list[Path]) -> None:
    svg = next(path for path in written if path.name == "theme_by_source.svg").read_text("utf-8")
    assert "晨江日报" in svg
    assert "卫生健康" in svg or "无主题" in svg
    assert "font-family: 'Noto Sans CJK SC', 'Noto Sans SC', " in svg
    assert "'Microsoft YaHei', 'Noto Sans', 'Arial', 'DejaVu Sans', sans-serif" in svg
    assert "'Noto Sans CJK SC', 'DejaVu Sans'" not in svg
    assert "<dc:date>" not in svg


def test_pdf_embeds_its_fonts(written: list[Path]) -> None:
    pdf = next(path for path in written if path.suffix == ".pdf").read_bytes()
    assert b"/Type3" in pdf
    assert b"/CreationDate" not in pdf
    assert b"NotoSansCJK" in pdf


def test_only_some(run_dir: Path, tmp_path: Path) -> None:
    paths = figures.redraw(run_dir, only="topic_sizes", out=tmp_path, formats=("png",))
    assert [path.name for path in paths] == [
        "topic_sizes.png",
        "topic_sizes.csv",
        "captions.csv",
        "not_drawn.csv",
    ]
    with pytest.raises(ValueError, match="did you mean 'topic_sizes'"):
        figures.redraw(run_dir, only=["topic_size"], out=tmp_path)
    with pytest.raises(ValueError, match="not as 'gif'"):
        figures.redraw(run_dir, formats=("gif",), out=tmp_path)


def test_unsupported_figures_are_listed_and_their_old_files_go(tmp_path: Path) -> None:
    tables = make_tables(n=60, months=2, themes=THEMES[:2])
    figures.redraw(write_run(tmp_path, tables), formats=("png",), only="topic_sizes")
    tables["topics"].head(0).to_csv(tmp_path / "topics.csv", index=False)
    figures.redraw(tmp_path, formats=("png",), only=("topic_sizes", "coverage_calendar"))
    listed = pd.read_csv(tmp_path / "figures" / "not_drawn.csv").set_index("figure")["reason"]
    assert "too few articles" in listed["topic_sizes"]
    assert not (tmp_path / "figures" / "topic_sizes.png").exists()
    figures.redraw(tmp_path, formats=("png",), only="article_map")
    assert "topic_sizes" in set(pd.read_csv(tmp_path / "figures" / "not_drawn.csv")["figure"])


def test_one_failure_leaves_the_others(tmp_path: Path) -> None:
    tables = make_tables(n=60, months=2, themes=THEMES[:2])
    tables["topics"].loc[0, "terms"] = "not json"
    with pytest.raises(
        FiguresFailed, match=r"1 of the figures failed .topic_sizes: ValueError: terms are not JSON"
    ):
        figures.redraw(write_run(tmp_path, tables), formats=("png",), only=("topic_sizes", "article_map"))
    assert (tmp_path / "figures" / "article_map.png").exists()
    assert not (tmp_path / "figures" / "topic_sizes.png").exists()


def test_tables_come_back_as_they_were_written(run_dir: Path) -> None:
    run = read_run(run_dir)
    tables = make_tables(n=300, months=15, themes=THEMES[:2])
    assert run.tables["articles"]["article_id"].iloc[0] == "00000"
    for name in ("trends", "tests", "change_points"):
        pd.testing.assert_frame_equal(run.tables[name], tables[name], check_dtype=False)
    assert run.level == 0.9
    assert run.lang == "zh"


def test_a_source_called_na(tmp_path: Path) -> None:
    tables = make_tables(n=60, months=2, themes=THEMES[:2], sources=("NA", "null"))
    assert set(read_run(write_run(tmp_path, tables)).tables["trends"]["source"]) == {"ALL", "NA", "null"}


def test_what_is_missing_or_wrong_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="nowhere: no such run folder"):
        figures.redraw(tmp_path / "nowhere")
    write_run(tmp_path, make_tables(n=30, months=2, themes=THEMES[:2]))
    (tmp_path / "map.parquet").unlink()
    assert "map" not in read_run(tmp_path).tables
    lines = (tmp_path / "themes.csv").read_text("utf-8").replace("anti_corruption,", "anti_corruption,many")
    (tmp_path / "themes.csv").write_text(lines, "utf-8")
    with pytest.raises(
        RunFolderError, match=r"themes.csv: row 2, column n_articles: 'many\d+' is not a number"
    ):
        read_run(tmp_path)
    (tmp_path / "themes.csv").unlink()
    with pytest.raises(RunFolderError, match=r"themes\.csv: missing"):
        read_run(tmp_path)
    (tmp_path / "themes.csv").write_bytes(b"")
    with pytest.raises(RunFolderError, match=r"themes\.csv: not readable"):
        read_run(tmp_path)
