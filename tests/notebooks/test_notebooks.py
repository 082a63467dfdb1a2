"""Every notebook runs from its first cell to its last, and none is stored with output.

They run one after the other in one folder, as a reader runs them: the first makes the sample run, and the
others find it there. `BROADSHEET_EXECUTED` names a folder that keeps the executed copies, for the
documentation.
"""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EXECUTED = "BROADSHEET_EXECUTED"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("notebooks")


def test_there_are_five_notebooks_in_their_order() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_output(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_what_it_is_for_and_what_to_read_next(path: Path) -> None:
    first, *_, last = nbformat.read(path, as_version=4).cells
    assert first.cell_type == last.cell_type == "markdown"
    assert first.source.startswith(f"# {int(path.stem[:2])} · ")
    assert "After this notebook you can" in first.source
    assert "## What to read next" in last.source
    named = [word.strip("`.,:;") for word in last.source.split() if word.startswith("`docs/")]
    assert named
    assert all((path.parents[1] / name).is_file() for name in named)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.xdist_group("notebooks")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_CACHE", str(folder / "cache"))
    # The kernel works in another folder, and must take the packages of this checkout all the same.
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    if EXECUTED in os.environ:
        kept = Path(os.environ[EXECUTED])
        kept.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, kept / path.name)
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in shown)
    said = "".join(output.text for output in shown if output.output_type == "stream")
    assert "Warning" not in said, said
