"""Tables of ready-made articles in JSON and CSV that break rules or carry something."""

from __future__ import annotations

import csv
import json
import random
import re
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.robustness.accounts import Accounts
from benchmarks.robustness.cases.case import WORDS, Case, Kind, command, damaged, read, written

_VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1e308,
    10**30,
    "",
    " ",
    "NaN",
    "null",
    [],
    {},
    ["a"],
    {"a": 1},
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    "\ud800",
    "\u202e",
    "\x00",
    "<script>alert(1)</script>",
    "../../x",
    "ALL",
    "unmapped",
    "a" * 70_000,
)
_COLUMNS = (
    "id",
    "text",
    "title",
    "date",
    "source",
    "lang",
    "article_id",
    "p_health",
    "kind",
    "lines",
    "新栏",
)


_FORMULA = re.compile(r"(?![+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?\Z)[=+\-@\t\r]")
"""What a spreadsheet takes for a formula."""


def _rows(generator: random.Random, count: int) -> list[dict[str, Any]]:
    rows = []
    for _ in range(count):
        row: dict[str, Any] = {"text": generator.choice(WORDS) * 3}
        for column in generator.sample(_COLUMNS, 4):
            row[column] = generator.choice((*_VALUES, generator.choice(WORDS)))
        rows.append(row)
    return rows


def _plain(value: Any) -> str:
    """A value as text that a table of strings can hold."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _jsonl(generator: random.Random, folder: Path) -> Case:
    text = "\n".join(json.dumps(row) for row in _rows(generator, 8))
    return Case(read, written(folder, "a.jsonl", text))


def _broken_jsonl(generator: random.Random, folder: Path) -> Case:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in _rows(generator, 8))
    return Case(read, written(folder, "a.jsonl", damaged(generator, text.encode("utf-8", "surrogatepass"))))


def _deep_json(generator: random.Random, folder: Path) -> Case:
    depth = generator.choice((500, 5_000, 100_000))
    opening, closing = generator.choice((("[", "]"), ('{"a":', "}")))
    deep = opening * depth + "1" + closing * depth
    odd = generator.choice(
        (deep, f'{{"text": {deep}}}', "[" * depth, '{"text": 1e999}', '{"text":"a","text":"b"}')
    )
    return Case(read, written(folder, "a.jsonl", f'{odd}\n{{"text": "The council met."}}\n'))


def _csv(generator: random.Random, folder: Path) -> Case:
    frame = pd.DataFrame([{k: _plain(v) for k, v in row.items()} for row in _rows(generator, 6)])
    content = frame.to_csv(index=False).encode("utf-8", "replace")
    return Case(_exported, written(folder, "a.csv", content.replace(b"\0", b"")))


def _exported(path: Path) -> Accounts:
    """Read a table and write it as CSV, in which no cell may be a formula."""
    out = path.parent / "out.csv"
    command("articles", str(path), "--out", str(out), "--quiet")
    accounts = read(path)
    for table in (out, path.parent / "dropped.csv"):
        with table.open(encoding="utf-8", newline="") as stream:
            formulas = [cell for row in csv.reader(stream) for cell in row if _FORMULA.match(cell)]
        if formulas:
            raise AssertionError(f"{table.name}: {formulas[0]!r:.60} is a formula for a spreadsheet")
    return accounts


def _broken_csv(generator: random.Random, folder: Path) -> Case:
    frame = pd.DataFrame([{k: _plain(v)[:200] for k, v in row.items()} for row in _rows(generator, 6)])
    separator = generator.choice(",;\t|")
    content = frame.to_csv(index=False, sep=separator).encode("utf-8", "replace")
    if generator.random() < 0.7:
        content = content.replace(b"\0", b"")
    name = "a.tsv" if separator == "\t" else "a.csv"
    return Case(read, written(folder, name, damaged(generator, content)))


def _wide_csv(generator: random.Random, folder: Path) -> Case:
    width = generator.choice((1_000, 10_000))
    head = ",".join(["text", *(f"c{n}" for n in range(width))])
    row = ",".join(
        ["The council met.", *("x" for _ in range(generator.choice((width, width - 3, width + 3))))]
    )
    return Case(read, written(folder, "a.csv", f"{head}\n{row}\n{row}\n"))


def _one_article_again(generator: random.Random, folder: Path) -> Case:
    count = generator.choice((100, 2_000, 10_000))
    row = json.dumps({"text": generator.choice(WORDS) * 4, "source": "a", "date": "2020-01-01"})
    return Case(read, written(folder, "a.jsonl", f"{row}\n" * count))


def _empty_articles(generator: random.Random, folder: Path) -> Case:
    empty = generator.choice(('{"text": ""}', '{"text": " \\n "}', '{"text": null}', '{"text": "。"}', "{}"))
    full = json.dumps({"text": WORDS[1]})
    return Case(read, written(folder, "a.jsonl", f"{empty}\n" * generator.choice((100, 10_000)) + full))


def _long_article(generator: random.Random, folder: Path) -> Case:
    text = generator.choice((*WORDS, "a", "字"))
    long = text * (1_000_000 // len(text))
    return Case(
        read, written(folder, "a.jsonl", json.dumps({"text": long}) + "\n" + json.dumps({"text": WORDS[0]}))
    )


def _ids(generator: random.Random, folder: Path) -> Case:
    ids = generator.choices(("a", "a", "b", 1, "1", "", None, 1.0, True, "../x", "a" * 5000), k=12)
    rows = [{"id": one, "text": generator.choice(WORDS) + str(n)} for n, one in enumerate(ids)]
    return Case(read, written(folder, "a.jsonl", "\n".join(json.dumps(row) for row in rows)))


TABLES: dict[str, Kind] = {
    "JSONL: any value anywhere": _jsonl,
    "JSONL: damaged": _broken_jsonl,
    "JSONL: deep, doubled keys": _deep_json,
    "CSV: any value, formulas": _csv,
    "CSV: damaged, other separators": _broken_csv,
    "CSV: thousands of columns": _wide_csv,
    "one article thousands of times": _one_article_again,
    "thousands of empty articles": _empty_articles,
    "an article of a million characters": _long_article,
    "ids twice, empty, of other types": _ids,
}
