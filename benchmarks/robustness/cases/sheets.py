"""What people fill in: workbooks of coders, coded samples, tables of corrections."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from functools import cache
from pathlib import Path

import pandas as pd

from benchmarks.robustness.cases.case import WORDS, Case, Kind, damaged, written

_VALUES = (
    None,
    "",
    "health",
    "no theme",
    1,
    2.5,
    True,
    "=1+1",
    "=HYPERLINK(1)",
    "[health]",
    "a" * 30_000,
    "#N/A",
)


@cache
def _kit() -> tuple[bytes, str]:
    """A workbook as coders get it, and its key."""
    import tempfile

    import analysis
    from analysis.coding.kit import Kit
    from analysis.coding.workbook import write_sheet

    ids = [f"x{n}" for n in range(8)]
    sample = pd.DataFrame({"article_id": ids, "stratum": "health/en", "weight": 1.0})
    kit = Kit.from_tasks(sample, [], [])
    articles = pd.DataFrame({"article_id": ids, "title": "T", "text": WORDS[1], "lang": "en"})
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "sheet.xlsx"
        write_sheet(path, kit, articles, codebook=analysis.load_codebook("local_governance"))
        kit.write(Path(name) / "key.json")
        return path.read_bytes(), (Path(name) / "key.json").read_text("utf-8")


def _workbook(generator: random.Random, folder: Path) -> Case:
    """A filled sheet with any value in any cell, rows moved, sheets renamed."""
    from openpyxl import load_workbook

    sheet, key = _kit()
    book = load_workbook(io.BytesIO(sheet))
    for _ in range(generator.randint(1, 12)):
        page = generator.choice(book.worksheets)
        page.cell(generator.randint(1, 12), generator.randint(1, 9)).value = generator.choice(_VALUES)
    if generator.random() < 0.2:
        book.worksheets[0].title = "Other"
    if generator.random() < 0.2:
        book.worksheets[1].cell(1_048_576, generator.choice((1, 16_384))).value = "far away"
    stream = io.BytesIO()
    book.save(stream)
    written(folder, "key.json", key)
    return Case(_read_sheet, written(folder, "coder.xlsx", stream.getvalue()))


def _broken_workbook(generator: random.Random, folder: Path) -> Case:
    """A workbook damaged as a file, or whose parts are damaged, swapped or blown up."""
    sheet, key = _kit()
    written(folder, "key.json", key)
    how = generator.choice(("file", "part", "missing", "bomb", "entities"))
    if how == "file":
        return Case(_read_sheet, written(folder, "coder.xlsx", damaged(generator, sheet)))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = generator.choice(names)
        for name in names:
            if not (how == "missing" and name == chosen):
                content = old.read(name)
                new.writestr(name, _spoilt(generator, content, how) if name == chosen else content)
    return Case(_read_sheet, written(folder, "coder.xlsx", stream.getvalue()))


def _spoilt(generator: random.Random, content: bytes, how: str) -> bytes:
    if how == "bomb":
        return content + b" " * 300_000_000
    if how == "entities":
        laughs = b'<!DOCTYPE a [<!ENTITY a "ha">' + b"".join(
            b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
        )
        return laughs + b"]><a>&j;</a>"
    return damaged(generator, content)


def _read_sheet(path: Path) -> None:
    import analysis
    from analysis.coding.filled import read_filled
    from analysis.coding.kit import Kit

    read_filled(path, Kit.read(path.parent / "key.json"), codebook=analysis.load_codebook("local_governance"))


def _key(generator: random.Random, folder: Path) -> Case:
    return Case(_read_key, written(folder, "key.json", damaged(generator, _kit()[1].encode())))


def _read_key(path: Path) -> None:
    from analysis.coding.kit import Kit

    Kit.read(path)


def _table(generator: random.Random, needed: tuple[str, ...], others: tuple[str, ...]) -> bytes:
    """A CSV of these headings and some others, in which some cells hold anything; one in three is damaged."""
    stream = io.StringIO()
    heads = [*needed, *generator.sample(others, generator.randint(1, len(others)))]
    good: dict[str, object] = {
        "article_id": "x1",
        "file": "a.jsonl",
        "line": "1",
        "date": "2021-07-01",
        "theme": "health",
    }
    rows: list[list[object]] = [
        [f"x{n}" if head == "article_id" else good.get(head, "") for head in heads] for n in (1, 2)
    ]
    for _ in range(generator.randint(0, 4)):
        generator.choice(rows)[generator.randrange(len(heads))] = generator.choice(
            (*_VALUES, *WORDS, "-", "x1")
        )
    csv.writer(stream).writerows([heads, *rows])
    content = stream.getvalue().encode()
    return damaged(generator, content) if generator.random() < 0.3 else content


def _coded(generator: random.Random, folder: Path) -> Case:
    content = _table(generator, ("article_id", "theme"), ("themes", "stratum", "weight", "health", "note"))
    return Case(_read_coded, written(folder, "coded.csv", content))


def _read_coded(path: Path) -> None:
    from analysis.themes.coded import read_coded

    read_coded(path)


def _corrections(generator: random.Random, folder: Path) -> Case:
    key = generator.choice((("article_id",), ("file",), ("file", "line"), ("article_id", "file")))
    content = _table(
        generator, (*key, "date"), ("source", "title", "lang", "kind", "note", "place", "byline")
    )
    written(folder, "a.jsonl", '{"id": "x1", "text": "The council met."}\n{"text": "第三届文化节开幕"}')
    return Case(_correct, written(folder, "known.csv", content))


def _correct(path: Path) -> None:
    import corpus

    corpus.read(path.parent / "a.jsonl", corrections=path, workers=1)


SHEETS: dict[str, Kind] = {
    "coding sheets: any value": _workbook,
    "coding sheets: damaged, bombs": _broken_workbook,
    "keys of coding sheets, damaged": _key,
    "coded samples": _coded,
    "corrections": _corrections,
}
"""Name of a kind → what makes one of its cases."""
