"""The accounts of the robustness table: they must find what is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import corpus
from benchmarks.robustness.accounts import Accounts, accounts_of

STORY = "The council met on Monday and spoke of the road beside the school."


def read(path: Path) -> tuple[Path, Path]:
    """Articles and ledger of an input, as files."""
    out, dropped = path.parent / "out.jsonl", path.parent / "dropped.csv"
    corpus.read_to(path, out, dropped=dropped, workers=1)
    return out, dropped


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": f"{STORY} {number}"}) for number in range(4)]
    path.write_text("\n".join([*lines, "{broken", '{"title": "x"}']), "utf-8")
    return path


def test_all_rows_are_told(table: Path) -> None:
    assert accounts_of(table, *read(table)) == Accounts(articles=4, left_out=2, lost=())


def test_a_lost_article_a_changed_one_and_a_lost_ledger_row_are_found(table: Path) -> None:
    out, dropped = read(table)
    rows = out.read_text("utf-8").split("\n")
    out.write_text("\n".join([*rows[:1], rows[1].replace("council", "coucil"), *rows[3:]]), "utf-8")
    ledger = pd.read_csv(dropped)
    ledger.iloc[1:].to_csv(dropped, index=False)
    assert accounts_of(table, out, dropped).lost == ("a.jsonl:3", "a.jsonl:5", "a.jsonl:2 came out changed")


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.html", "a.parquet"])
def test_what_is_lost_of_other_files_is_found(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.parquet":
        pd.DataFrame({"text": [f"{STORY} {number}" for number in range(5)]}).to_parquet(path)
    elif name == "a.csv":
        path.write_text("text\n" + "\n".join(f"{STORY} {number}" for number in range(5)), "utf-8")
    elif name == "a.html":
        body = "\n".join(f"<p>{STORY} {number} {STORY}</p>" for number in range(9))
        path.write_text(f"<html><body>\n<h1>The road</h1>\n{body}\n</body></html>", "utf-8")
    else:
        path.write_text("The road\n\nMonday, 5 July 2021 — " + f"{STORY}\n" * 5, "utf-8")
    out, dropped = read(path)
    assert accounts_of(path, out, dropped).lost == ()
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    if len(rows) > 1:
        del rows[-1]
    else:
        rows[0]["lines"] = [*rows[0]["lines"][:-1], [rows[0]["lines"][-1][0], rows[0]["lines"][-1][1] - 1]]
    out.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    assert accounts_of(path, out, dropped).lost
