"""A case: files that were written, and the function of ours that is to read them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from benchmarks.robustness.accounts import Accounts, accounts_of


@dataclass(frozen=True)
class Case:
    """What is called, and with which path.

    `call` returns what it read, or raises one of our errors, or ends as the command line does. What it
    returns says how much of the input is in an article or in the ledger, where it can be counted.
    """

    call: Callable[[Path], Accounts | None]
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


_VALUES = (
    "-1",
    "0",
    "1e308",
    "nan",
    "inf",
    "9999999999999999999",
    "true",
    '""',
    "[]",
    "{}",
    '"../../etc/passwd"',
    '"\\u0000"',
    "[[1], [2]]",
    "0001-01-01",
    '["a", 1]',
    f'"{"a" * 5000}"',
    '"[bold red]{x}%s"',
    '["(a+)+$", "[", "\\\\"]',
)
"""What settings may wrongly be given."""
_KEYS = ("", "seed", "x", '"\\u202e"', "__class__", "id", "inputs", "a.b")


def read(path: Path) -> Accounts:
    """Read one input as the command line does, and hold what came out against what went in."""
    out, dropped = path.parent / "out.jsonl", path.parent / "dropped.csv"
    command("articles", str(path), "--out", str(out), "--dropped", str(dropped), "--quiet")
    return accounts_of(path, out, dropped)


def command(*arguments: str) -> None:
    """Give a command of ours; a refusal ends the process with exit code 2 and its words."""
    from broadsheet.cli import main

    try:
        main(arguments)
    except SystemExit as ended:
        if ended.code:
            raise


def lines(generator: random.Random, count: int) -> list[str]:
    """Lines as they may stand on a page."""
    return [generator.choice(WORDS) * generator.randint(1, 3) for _ in range(count)]


def written(folder: Path, name: str, content: bytes | str) -> Path:
    """Write a file of the case."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return path


def retyped(generator: random.Random, text: str) -> str:
    """The same text with some of its lines gone, doubled or moved, and some of its values of another type."""
    rows = text.split("\n")
    for _ in range(generator.randint(1, 3)):
        at, how = generator.randrange(len(rows)), generator.choice(("drop", "double", "move", "value", "key"))
        if how == "drop" and len(rows) > 1:
            del rows[at]
        elif how == "double":
            rows.insert(at, rows[at])
        elif how == "move":
            rows.insert(generator.randrange(len(rows)), rows.pop(at))
        elif how == "value" and " = " in rows[at]:
            rows[at] = f"{rows[at].split(' = ')[0]} = {generator.choice(_VALUES)}"
        elif how == "key" and " = " in rows[at]:
            rows[at] = generator.choice(_KEYS) + rows[at].lstrip("abcdefghijklmnopqrstuvwxyz_")
    return "\n".join(rows)


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
