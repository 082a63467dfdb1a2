"""The table of all benchmarks: one that fails costs no other its rows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from benchmarks import __main__ as table


def test_the_others_go_on_where_a_benchmark_fails(tmp_path, monkeypatch, capsys):
    def whole() -> Iterator[dict[str, Any]]:
        yield {"name": "a", "ours": 1.0, "peer": 3.0, "ratio": 3.0, "unit": "seconds"}

    def broken() -> Iterator[dict[str, Any]]:
        yield {"name": "b", "ours": 1.0, "peer": 2.0, "ratio": 2.0, "unit": "MB"}
        raise RuntimeError("no browser here")

    for name, run in (("bench_pages", broken), ("bench_study", whole)):
        module = ModuleType(f"benchmarks.{name}")
        module.run = run
        monkeypatch.setitem(sys.modules, f"benchmarks.{name}", module)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="bench_pages: RuntimeError: no browser here"):
        table.main(["pages", "study"])
    printed = capsys.readouterr()
    assert "bench_pages ended early" in printed.err
    rows = (tmp_path / "build" / "bench.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[:2] for row in rows[1:]] == [["bench_pages", "b"], ["bench_study", "a"]]
    assert (tmp_path / "build" / "bench.png").is_file()
