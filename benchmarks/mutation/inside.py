"""Within the process of one trial: our modules anew, with the mutant in its place, and some tests."""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import json
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType

from benchmarks.mutation.rooms import ROOT

_OURS = ("corpus", "embeddings", "analysis", "figures", "broadsheet", "tests")


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module from a text in place of its file."""

    def __init__(self, fullname: str, path: str, source: str) -> None:
        super().__init__(fullname, path)
        self.source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, file: Path, source: str) -> None:
        self.file, self.source = file, source
        self.name = module_name(file)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        folder = [str(self.file.parent)] if self.file.name == "__init__.py" else None
        loader = _Loader(fullname, str(self.file), self.source)
        return importlib.util.spec_from_file_location(
            fullname, self.file, loader=loader, submodule_search_locations=folder
        )


def module_name(file: Path) -> str:
    """Return the dotted name of a module of this project."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def warm(tests: Sequence[Path]) -> None:
    """Import all that the tests need, so that libraries are there in every process forked from this one."""
    for test in tests:
        importlib.import_module(module_name(test))
    run_tests([str(tests[0])], Watcher(), "--collect-only", "-q", "-q")


def forget() -> None:
    """Take this project's own modules, and nothing else, out of the interpreter."""
    for name in [name for name in sys.modules if name.partition(".")[0] in _OURS]:
        del sys.modules[name]


class Watcher:
    """A plugin of pytest that notes how each test ended, and how long it took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: object) -> None:
        """Note one part of a test: its set-up, itself or its end."""
        name, failed = str(report.nodeid), bool(report.failed)  # type: ignore[attr-defined]
        self.seconds[name] = self.seconds.get(name, 0.0) + float(report.duration)  # type: ignore[attr-defined]
        if failed:
            self.failed.append(name)


def run_tests(tests: Sequence[str], watcher: object, *options: str) -> int:
    """Run tests in this process, the same examples every time; return pytest's exit code."""
    import pytest
    from hypothesis import settings

    settings.register_profile("mutation", derandomize=True, database=None, deadline=None)
    settings.load_profile("mutation")
    fixed = ["-o", "addopts=", "-p", "no:cacheprovider", "-q", "--no-header", "--tb=line"]
    # No plugins but pytest's own: loading those of other packages takes longer than most tests.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    fixed += ["-o", "markers=xdist_group: tests that share a run"]
    return int(pytest.main([*fixed, *options, *tests], plugins=[watcher]))


def try_mutant(file: Path, source: str, tests: Sequence[str], result: Path) -> int:
    """Put a mutant in the place of its module, and run tests until one fails."""
    forget()
    sys.meta_path.insert(0, _Finder(file, source))
    os.chdir(ROOT)
    watcher = Watcher()
    code = run_tests(tests, watcher, "-x")
    result.write_text(json.dumps({"code": code, "failed": watcher.failed}), "utf-8")
    return code
