"""The documentation: every page is reached, no link is dead, and it builds without a warning, offline."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LOADED = re.compile(
    r"<(?:script|img|iframe)[^>]+src=\"(https?:)?//|<link[^>]+stylesheet[^>]+href=\"(https?:)?//"
)
SCRIPT = re.compile(r"<script[^>]+src=\"([^\"?]+)")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    # The site shows the notebooks beside the pages; in the repository they are in a folder of their own.
    links = LINK.findall(page.read_text("utf-8"))
    targets = [page.parent / link for link in links if "://" not in link]
    homes = [ROOT / "notebooks" / target.name if target.suffix == ".ipynb" else target for target in targets]
    assert [str(target) for target in homes if not target.exists()] == []


def test_readme_and_index_name_every_page() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        if page.stem == "index":
            continue
        assert f"\n{page.stem}\n" in index, page
        if page.stem != "commands":  # the readme lists the commands itself
            assert f"docs/{page.name}" in readme, page
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"\nnotebooks/{notebook.stem}\n" in index, notebook
        assert f"notebooks/{notebook.name}" in readme, notebook


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    said = subprocess.run(
        [sys.executable, "docs/command_page.py"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert page == said, "run: python docs/command_page.py > docs/commands.md"
    assert page.count("\n## broadsheet ") >= 11


@pytest.mark.skipif(find_spec("myst_nb") is None, reason="the tools of `make docs` are not installed")
def test_the_site_builds_without_a_warning_and_loads_nothing_from_the_network(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "docs/build.py", "--out", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    pages = {path: path.read_text("utf-8") for path in (tmp_path / "html").rglob("*.html")}
    assert len(pages) > len(PAGES)
    assert [str(path) for path, text in pages.items() if LOADED.search(text)] == []
    local = {(page.parent / link).resolve() for page, text in pages.items() for link in SCRIPT.findall(text)}
    assert [str(path) for path in local if not path.is_file()] == []
