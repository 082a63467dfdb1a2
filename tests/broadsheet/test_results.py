"""How a finished run shows itself in a notebook."""

import json
import shutil
from pathlib import Path

import pytest

from broadsheet import Run

from .conftest import SampleRun

pytestmark = pytest.mark.xdist_group("sample")


def test_a_run_shows_its_counts_caveats_and_themes(sample_run: SampleRun) -> None:
    run = sample_run.run
    html = run._repr_html_()
    assert f"{len(run.articles):,} articles, 13 themes, {len(run.topics)} topics" in html
    assert html.count("<li>") == len(run.notes)
    assert html.count("<tr>") == len(run.themes)
    assert "terms" not in html
    # The greatest theme comes first.
    assert min(run.themes["theme"], key=html.find) == run.themes.sort_values("share").iloc[-1]["theme"]


def test_what_comes_from_outside_is_escaped(sample_run: SampleRun, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(sample_run.run.folder, folder, ignore=shutil.ignore_patterns("sample", "figures"))
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest |= {"title": "<script>alert(1)</script>", "notes": ["</textarea><img src=x onerror=alert(1)>"]}
    path.write_text(json.dumps(manifest), "utf-8")
    html = Run(folder)._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;: " in html
