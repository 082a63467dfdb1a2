"""What is mutated, and the tests that should notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True)
class Room:
    """A folder of source and the folders of the tests that are about it."""

    source: str
    tests: tuple[str, ...]

    def modules(self) -> list[Path]:
        """Return its modules, in a fixed order."""
        return sorted((ROOT / self.source).rglob("*.py"))


ROOMS: Final[Mapping[str, Room]] = {
    "cutting": Room("corpus/cutting", ("tests/corpus/cutting", "tests/corpus/simulator")),
    "trends": Room("analysis/trends", ("tests/analysis/trends",)),
}
