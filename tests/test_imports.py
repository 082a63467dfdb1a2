"""The house has one direction: corpus → embeddings → analysis → figures, with broadsheet above them all."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("corpus", "embeddings", "analysis", "figures", "broadsheet")
ADAPTER_ONLY = ("bertopic", "umap", "hdbscan")
ENGINE_ONLY = ("dask", "distributed")


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def modules(room: str) -> list[Path]:
    found = sorted((ROOT / room).rglob("*.py"))
    assert found, f"{room} has no modules"
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_no_import_runs_backwards(room: str) -> None:
    later = set(ROOMS[ROOMS.index(room) + 1 :])
    arrows = {str(path.relative_to(ROOT)): imported(path) & later for path in modules(room)}
    assert {path: names for path, names in arrows.items() if names} == {}


def test_bertopic_stands_behind_one_adapter() -> None:
    users = [path for room in ROOMS for path in modules(room) if imported(path) & set(ADAPTER_ONLY)]
    assert len(users) == 1, [str(path.relative_to(ROOT)) for path in users]


def test_dask_stands_behind_one_door() -> None:
    users = [path for room in ROOMS for path in modules(room) if imported(path) & set(ENGINE_ONLY)]
    assert [str(path.relative_to(ROOT)) for path in users] == ["broadsheet/dask_engine.py"]


def test_nothing_imports_tests_notebooks_or_benchmarks() -> None:
    for room in ROOMS:
        for path in modules(room):
            assert not imported(path) & {"tests", "notebooks", "benchmarks"}, path


@pytest.mark.parametrize("module", ["broadsheet", "broadsheet.cli"])
def test_the_door_loads_no_heavy_library(module: str) -> None:
    heavy = {"torch", "pandas", "numpy", "matplotlib", "sentence_transformers", "bertopic", "sklearn"}
    heavy |= {"distributed", "dask"}
    script = f"import sys, {module}; print(*sorted(sys.modules.keys() & {heavy!r}))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == []
