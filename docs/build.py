"""Builds the documentation into build/docs/html: `python docs/build.py [--executed FOLDER]`.

Pages stand in `docs/`, notebooks in `notebooks/`; they are gathered in one folder, since Sphinx reads one.
A notebook is taken from FOLDER where that holds its executed copy, of the same cells. Warnings are errors.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import nbformat
from sphinx.cmd.build import build_main

ROOT = Path(__file__).parents[1]
PAGES = ("*.md", "api/*.md", "images/*", "_static/*", "conf.py")


def main(arguments: list[str] | None = None) -> int:
    """Gather the sources and build; gives Sphinx's exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--executed", type=Path, help="folder of executed notebooks")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "docs", help="where to build")
    options = parser.parse_args(arguments)
    source, html = options.out / "source", options.out / "html"
    for folder in (source, html):
        shutil.rmtree(folder, ignore_errors=True)
    gather(source, executed=options.executed)
    code: int = build_main(
        ["--fail-on-warning", "--keep-going", "--quiet", "-b", "html", str(source), str(html)]
    )
    if code == 0:
        sys.stdout.write(f"{html / 'index.html'}\n")
    return code


def gather(source: Path, *, executed: Path | None) -> None:
    """Copy pages and notebooks into `source`."""
    for pattern in PAGES:
        for path in sorted((ROOT / "docs").glob(pattern)):
            copy = source / path.relative_to(ROOT / "docs")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    (source / "notebooks").mkdir(parents=True)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        shutil.copyfile(_shown(path, executed), source / "notebooks" / path.name)


def _shown(path: Path, executed: Path | None) -> Path:
    """The executed copy of a notebook if there is one of these very cells, else the stored notebook."""
    copy = executed / path.name if executed else None
    if copy is None or not copy.is_file():
        return path
    cells = [[cell.source for cell in nbformat.read(book, as_version=4).cells] for book in (path, copy)]
    if cells[0] != cells[1]:
        sys.stderr.write(f"{copy} is older than {path}, which is shown without output; run make notebooks\n")
        return path
    return copy


if __name__ == "__main__":
    raise SystemExit(main())
