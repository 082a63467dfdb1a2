"""A case: files that were written, and the function of ours that is to read them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Case:
    """What is called, and with which path. `call` returns what it read, or raises one of our errors."""

    call: Callable[[Path], Any]
    path: Path


Kind: TypeAlias = Callable[[random.Random, Path], Case]

WORDS = (
    "本报讯 (记者 王明) 昨日，市委召开会议，研究部署基层治理工作。",
    "The council met on Monday and spoke of the road beside the school.",
    "Администрация города объявила о ремонте дороги.",
    "第三届文化节开幕",
    "1月7日上午，全市公安工作会议在我市召开。",
    "مجلس المدينة يجتمع اليوم",
    "市議会は予算案を可決した。",
)


def read(path: Path) -> Any:
    """Read one input as a corpus, with reprints, in this process."""
    import corpus

    return corpus.read(path, workers=1)


def lines(generator: random.Random, count: int) -> list[str]:
    """Lines as they may stand on a page."""
    return [generator.choice(WORDS) * generator.randint(1, 3) for _ in range(count)]


def written(folder: Path, name: str, content: bytes | str) -> Path:
    """Write a file of the case."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return path


def damaged(generator: random.Random, content: bytes) -> bytes:
    """The same bytes cut short, or with some turned over, doubled or put in."""
    how = generator.choice(("cut", "flip", "double", "insert"))
    at = generator.randrange(max(len(content), 1))
    if how == "cut":
        return content[:at]
    if how == "double":
        return content[:at] + content[max(0, at - 200) :]
    if how == "insert":
        return content[:at] + generator.randbytes(generator.randint(1, 50)) + content[at:]
    flipped = bytearray(content)
    for _ in range(generator.randint(1, 20)):
        flipped[generator.randrange(len(flipped))] ^= 1 << generator.randrange(8)
    return bytes(flipped)
