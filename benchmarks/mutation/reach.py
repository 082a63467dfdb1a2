"""Which tests pass through which line, and how long each takes: one run of a room's tests under coverage."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.mutation.inside import Watcher, forget, run_tests
from benchmarks.mutation.mutants import Mutant
from benchmarks.mutation.rooms import ROOT, Room


@dataclass(frozen=True)
class Reach:
    """Seconds of each test, and the tests that pass through each line of each file.

    `slowest` are the seconds that a test may take; one that takes longer is left out.
    """

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]
    slowest: float = 5.0

    @property
    def fast(self) -> list[str]:
        """The tests that are used, the quickest first."""
        fast = (name for name, taken in self.seconds.items() if taken <= self.slowest)
        return sorted(fast, key=self.seconds.__getitem__)

    def tests_for(self, mutant: Mutant) -> list[str]:
        """Return the tests that could notice a mutant, the quickest first.

        Within a function, those that pass through the statement. The top of a module is run by none of them,
        and is of use to all: first come the tests that pass through the module.
        """
        lines = self.lines.get(mutant.file, {})
        if mutant.lines is None:
            through = {name for names in lines.values() for name in names}
            return sorted(self.fast, key=lambda name: name not in through)
        first, last = mutant.lines
        through = {name for line in range(first, last + 1) for name in lines.get(line, ())}
        return [name for name in self.fast if name in through]

    def save(self, path: Path) -> None:
        """Write it to a file."""
        path.write_text(json.dumps({"seconds": self.seconds, "lines": self.lines}), "utf-8")

    @classmethod
    def load(cls, path: Path, *, slowest: float) -> Reach:
        """Read it from a file."""
        read = json.loads(path.read_text("utf-8"))
        lines = {file: {int(n): names for n, names in by.items()} for file, by in read["lines"].items()}
        return cls(read["seconds"], lines, slowest)


class _Contexts(Watcher):
    """Tells coverage which test is running."""

    def __init__(self, measuring: object) -> None:
        super().__init__()
        self.measuring = measuring

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Name the test for as long as it runs."""
        self.measuring.switch_context(item.nodeid)  # type: ignore[attr-defined]
        try:
            return (yield)
        finally:
            self.measuring.switch_context("")  # type: ignore[attr-defined]


def measure(room: Room) -> Reach:
    """Run a room's tests under coverage, in this process.

    Raises
    ------
    RuntimeError
        A test fails with nothing changed.
    """
    from coverage import Coverage

    forget()
    measuring = Coverage(data_file=None, source=[str(ROOT / room.source)], config_file=False)
    contexts = _Contexts(measuring)
    measuring.start()
    code = run_tests(room.tests, contexts)
    measuring.stop()
    if code or contexts.failed:
        raise RuntimeError(f"tests fail with nothing changed: {contexts.failed or code}")
    data = measuring.get_data()
    lines = {
        Path(file).relative_to(ROOT).as_posix(): {
            line: sorted(name for name in names if name)
            for line, names in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    return Reach(contexts.seconds, lines)
