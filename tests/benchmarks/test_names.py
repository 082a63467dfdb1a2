"""Every benchmark can be named on the command line."""

import importlib
import pkgutil

import pytest

import benchmarks

NAMES = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("bench_")])
def test_a_benchmark_has_what_the_table_asks_for_its_rows(name: str) -> None:
    assert callable(importlib.import_module(f"benchmarks.{name}").run)
