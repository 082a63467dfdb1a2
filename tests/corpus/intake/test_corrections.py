"""A study's own table of corrections."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import corpus
from corpus import CorpusError, MissingInputError

ROWS = [
    {"id": "a", "text": "The mayor opened the bridge.", "date": "2023-07-04", "source": "Old Name"},
    {"id": "b", "text": "Die Brücke ist wieder offen.", "title": "Brücke"},
    {"id": "c", "text": "Nothing is known of this one."},
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    return path


def write(folder: Path, text: str, name: str = "known.csv") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_corrections_by_id_and_by_line(tmp_path: Path, table: Path) -> None:
    known = write(
        tmp_path,
        "article_id,file,line,source,date,title,kind,note\n"
        "a,,,The Gazette,,,,seen in the archive\n"
        ",articles.jsonl,2,,05.07.2023,-,notice,\n"
        ",articles.jsonl,3,,2023-08,,,\n",
    )
    plain = corpus.read(table)
    found = corpus.read(table, corrections=known)
    articles = found.articles.set_index("article_id")
    assert articles.loc["a", ["source", "source_evidence", "date"]].tolist() == [
        "The Gazette",
        "corrected by known.csv",
        "2023-07-04",
    ]
    b = articles.loc["b"]
    assert (b["date"], b["date_start"], b["date_basis"]) == ("2023-07-05", "2023-07-05", "metadata")
    assert (b["date_evidence"], b["kind"]) == ("corrected by known.csv", "notice")
    assert pd.isna(b["title"])
    assert pd.isna(articles.loc["c", "date"])
    assert articles.loc["c", ["date_start", "date_end"]].tolist() == ["2023-08-01", "2023-08-31"]
    assert found.articles.dtypes.equals(plain.articles.dtypes)
    same = ["article_id", "text", "byline", "place", "lang", "lines", "quality"]
    pd.testing.assert_frame_equal(found.articles[same], plain.articles[same])


def test_a_whole_file_is_corrected_and_a_wrong_date_taken_away(tmp_path: Path, table: Path) -> None:
    known = write(tmp_path, '{"file": "articles.jsonl", "source": "Gazette", "date": "-"}', "known.jsonl")
    articles = corpus.read(table, corrections=known).articles
    assert articles["source"].tolist() == ["Gazette"] * 3
    assert articles["date"].isna().all()
    assert articles["date_basis"].tolist() == ["none"] * 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("article_id,title\na,x\nzz,y\n", r"known\.csv, row 2 after the header: no article has .* 'zz'"),
        ("file,title\nother.txt,y\n", r"row 1 .*no article comes from the file 'other\.txt'"),
        ("file,line,title\narticles.jsonl,9,y\n", r"begins at line '9'; articles begin at 1, 2, 3"),
        ("article_id,titel\na,x\n", "unknown column 'titel'; expected article_id"),
        ("article_id,date\na,soon\n", "date 'soon' can't be read; expected YYYY-MM-DD"),
        ("article_id,kind\na,novel\n", "kind 'novel' is none of article"),
        ("article_id,lang\na,Chinese!\n", "lang 'Chinese!' is no language tag"),
        ("article_id,title\n,x\n", "names no article"),
        ("article_id,file,title\na,articles.jsonl,x\n", "not both"),
        ("article_id,title\na,\n", "corrects nothing"),
        ("article_id,title\na,x\na,y\n", "row 2 .*sets title .* to 'y', but a row before it to 'x'"),
        ("article_id,title\na,x,y\n", "row has 3 fields, the header 2"),
    ],
)
def test_a_fault_is_an_error_with_its_row(tmp_path: Path, table: Path, text: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        corpus.read(table, corrections=write(tmp_path, text))


def test_a_missing_table_and_an_unsupported_one(tmp_path: Path, table: Path) -> None:
    with pytest.raises(MissingInputError, match="no such table of corrections"):
        corpus.read(table, corrections=tmp_path / "none.csv")
    with pytest.raises(CorpusError, match=r"can't be read from “\.xlsx”"):
        corpus.read(table, corrections=write(tmp_path, "x", "a.xlsx"))


def test_corrections_come_before_reprints_are_looked_for(tmp_path: Path) -> None:
    story = "The council has decided to build a new bridge over the river, and the works begin in May. " * 6
    rows = [
        {"id": name, "text": story, "date": date, "source": name}
        for name, date in (("x", "2023-01-01"), ("y", "2023-01-02"))
    ]
    table = tmp_path / "articles.jsonl"
    table.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert corpus.read(table).articles["reprint_of"].tolist()[1] == "x"
    known = write(tmp_path, "article_id,date\ny,2022-12-31\n")
    assert corpus.read(table, corrections=known).articles["reprint_of"].tolist()[0] == "y"
