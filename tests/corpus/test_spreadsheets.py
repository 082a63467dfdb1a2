"""CSV in which no cell is a formula, and from which everything comes back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import corpus
from corpus.spreadsheets import guard, unguard, unguard_cells, write_csv

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELLS = st.text(st.sampled_from("=+-@＝'\t\r\n\",;1.5eaß字"), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("'=1", "''=1"),
        ("-2+3", "'-2+3"),
        ("-0.5", "-0.5"),
        ("+86", "+86"),
        ("-1e-3", "-1e-3"),
        ("＝1+1", "'＝1+1"),
        ("it's 1=1", "it's 1=1"),
        ("'tis", "'tis"),
    ],
)
def test_a_formula_stands_behind_an_apostrophe_and_a_number_does_not(text: str, cell: str) -> None:
    assert guard(text) == cell
    assert unguard(cell) == text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(CELLS)
@example("-")
@example("''''=")
def test_nothing_changes_on_the_way(text: str) -> None:
    assert unguard(guard(text)) == with_line_ends(text)


def with_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(CELLS, st.floats(-9, 9)), min_size=1, max_size=5), CELLS)
def test_no_cell_or_heading_of_a_table_is_a_formula(rows: list[tuple[str, float]], heading: str) -> None:
    table = pd.DataFrame(rows, columns=[f"{heading}x", "number"])
    stream = io.StringIO()
    write_csv(table, stream)
    cells = [cell for row in csv.reader(io.StringIO(stream.getvalue(), newline="")) for cell in row]
    numbers = {str(number) for _, number in rows}
    assert not [
        cell for cell in cells if cell.startswith(STARTS) and cell not in numbers and not _number(cell)
    ]
    back = unguard_cells(
        pd.read_csv(io.StringIO(stream.getvalue()), dtype=str, keep_default_na=False, lineterminator="\n")
    )
    assert back.iloc[:, 0].tolist() == [with_line_ends(text) for text, _ in rows]
    assert back.columns[0] == with_line_ends(f"{heading}x")


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_articles_and_ledger_hold_no_formula_and_read_back_the_same(tmp_path: Path) -> None:
    rows = [
        {"id": "=a", "text": "=HYPERLINK(1)", "title": "@x", "=note": "-1+1"},
        {"id": "b", "text": "The council met.", "title": "-", "=note": "-5"},
        {"id": "=c", "title": "+no text"},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    corpus.read_to(path, tmp_path / "b.csv", dropped=tmp_path / "dropped.csv", workers=1)
    for name in ("b.csv", "dropped.csv"):
        with (tmp_path / name).open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if cell.startswith(STARTS) and cell != "-5"], name
    first, second = corpus.read(path).articles, corpus.read(tmp_path / "b.csv").articles
    for column in ("article_id", "text", "title", "=note"):
        assert first[column].tolist() == second[column].tolist()
