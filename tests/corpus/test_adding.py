"""Files that come after a corpus was read: old articles stay, new ones follow, doubles go to the ledger."""

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import corpus
from corpus import Corpus, CorpusError, ReadSettings

STREETS = ("Mill Lane", "Queen Street", "Harbour Road", "Station Square", "North Gate", "West Hill")


def story(number: int) -> str:
    """A text of its own, long enough for reprints to be looked for."""
    street = STREETS[number % len(STREETS)]
    return (
        f"The council decided on the {number}th day of its session to rebuild {street} before the winter. "
        f"Neighbours had asked for it since the flood of {1900 + number}, when carts sank in its mud, "
        f"and a clerk counted {number * 7 + 3} complaints in a drawer that nobody had opened for years."
    )


def table(path: Path, numbers: Sequence[int], *, month: int = 1, source: str = "The Courier") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        {"text": story(n), "date": f"2023-{month:02d}-{n % 27 + 1:02d}", "source": source} for n in numbers
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def added(known: Corpus, path: Path, number: int = 1, settings: ReadSettings | None = None) -> Corpus:
    files = corpus.find_later(known, path, number=number)
    return corpus.read_later(known, files, settings or ReadSettings(), number=number)


def test_old_articles_stay_and_new_ones_follow(tmp_path: Path) -> None:
    known = corpus.read(table(tmp_path / "a.jsonl", range(5)))
    after = added(known, table(tmp_path / "b.jsonl", range(5, 8), month=2, source="THE COURIER"))
    assert after.articles.iloc[:5].equals(known.articles)
    assert after.articles["text"].tolist() == [story(n) for n in range(8)]
    assert set(after.articles["source"]) == {"The Courier"}
    assert after.inputs[["file", "n_articles", "update"]].to_numpy().tolist() == [
        ["a.jsonl", 5, 0],
        ["b.jsonl", 3, 1],
    ]


def test_a_reprint_of_an_old_article_names_it_even_when_it_was_printed_before(tmp_path: Path) -> None:
    known = corpus.read(table(tmp_path / "a.jsonl", [3, 4], month=2))
    after = added(known, table(tmp_path / "b.jsonl", [3, 9], month=1, source="The Echo"))
    old, new = after.articles.iloc[:2], after.articles.iloc[2:]
    assert old["reprint_of"].isna().all()
    assert new["reprint_of"].tolist()[0] == old["article_id"].tolist()[0]
    assert pd.isna(new["reprint_of"].tolist()[1])
    third = added(after, table(tmp_path / "c.jsonl", [3, 9], month=3, source="The Gazette"), 2)
    firsts = third.articles["reprint_of"].tolist()[4:]
    assert firsts == [old["article_id"].tolist()[0], new["article_id"].tolist()[1]]


def test_files_that_were_read_before_are_not_read_again(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    first = table(pages / "a.jsonl", range(3))
    known = corpus.read(pages)
    (pages / "copy.jsonl").write_bytes(first.read_bytes())
    table(pages / "b.jsonl", range(3, 5))
    files = corpus.find_later(known, pages, number=1)
    assert [file.name for file in files.new] == ["b.jsonl"]
    assert files.ledger.table()[["file", "reason"]].to_numpy().tolist() == [
        ["a.jsonl", "kept: 1 file read before, with the same name and bytes: not read again"],
        ["copy.jsonl", "the same bytes as a.jsonl, read before"],
    ]
    assert not corpus.find_later(known, first, number=1).new


def test_a_table_that_has_grown_gives_its_new_rows_alone(tmp_path: Path) -> None:
    known = corpus.read(table(tmp_path / "a.jsonl", range(3)))
    after = added(known, table(tmp_path / "a.jsonl", range(5)))
    assert after.articles["text"].tolist() == [story(n) for n in range(5)]
    assert after.articles["file"].tolist()[3:] == ["update-1/a.jsonl"] * 2
    assert after.dropped["reason"].tolist() == [
        f"the same article was read before at a.jsonl:{n}" for n in (1, 2, 3)
    ]
    third = added(after, table(tmp_path / "a.jsonl", range(6)), 2)
    assert third.articles["file"].tolist()[5:] == ["update-2/a.jsonl"]
    assert len(third.articles) == 6


def test_an_id_that_is_there_is_not_added_again(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "x", "text": story(1)}) + "\n", "utf-8")
    (tmp_path / "b.jsonl").write_text(
        "".join(json.dumps({"id": name, "text": story(n)}) + "\n" for name, n in (("x", 2), ("y", 3))),
        "utf-8",
    )
    after = added(corpus.read(tmp_path / "a.jsonl"), tmp_path / "b.jsonl")
    assert after.articles["article_id"].tolist() == ["x", "y"]
    assert after.dropped["reason"].tolist() == ["duplicate id 'x': read before at a.jsonl:1"]


def test_columns_of_the_inputs_are_joined(tmp_path: Path) -> None:
    for name, row in {"a": {"desk": 3}, "b": {"desk": "city", "pages": 2}}.items():
        text = json.dumps({"text": story(len(name) + ord(name)), **row}) + "\n"
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    after = added(corpus.read(tmp_path / "a.jsonl"), tmp_path / "b.jsonl")
    assert after.articles["desk"].tolist() == ["3", "city"]
    assert after.articles["pages"].isna().tolist() == [True, False]


def test_corrections_reach_new_articles_and_may_not_change_old_ones(tmp_path: Path) -> None:
    known = corpus.read(table(tmp_path / "a.jsonl", range(3)))
    later = table(tmp_path / "b.jsonl", range(3, 6))
    better = tmp_path / "better.csv"
    settings = ReadSettings(corrections=better)
    better.write_text("file,line,place\nb.jsonl,2,Hillcross\n", "utf-8")
    assert added(known, later, settings=settings).articles["place"].tolist()[4] == "Hillcross"
    better.write_text("file,line,place\na.jsonl,2,Hillcross\n", "utf-8")
    with pytest.raises(CorpusError, match="an update only adds, so take the change in with 'broadsheet run'"):
        added(known, later, settings=settings)
    better.write_text("file,line,place\nnone.jsonl,2,Hillcross\n", "utf-8")
    after = added(known, later, settings=settings)
    with pytest.raises(CorpusError, match=r"no article comes from the file 'none\.jsonl'"):
        corpus.check_corrections(after.articles, settings)


def test_the_files_of_an_update_are_no_part_of_the_first_corpus(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    table(pages / "a.jsonl", range(3))
    known = corpus.read(pages)
    table(pages / "b.jsonl", range(3, 5))
    digest = corpus.find_later(known, pages, number=1).new[0].fingerprint()[0]
    assert digest is not None
    again = corpus.read_first(pages, ReadSettings(), later={digest})
    assert again.articles.equals(known.articles)
    table(pages / "c.jsonl", range(5, 7))
    files = corpus.find_later(known, pages, number=1, only={digest})
    assert [file.name for file in files.new] == ["b.jsonl"]


def test_a_correction_that_spells_a_source_another_way_changes_no_old_article(tmp_path: Path) -> None:
    first = table(tmp_path / "a.jsonl", range(5), source="The Daily")
    plain = corpus.read(first)
    better = tmp_path / "better.csv"
    better.write_text(f"article_id,source\n{plain.articles['article_id'].tolist()[2]},the daily\n", "utf-8")
    known = corpus.read(first, corrections=better)
    assert set(known.articles["source"]) == {"The Daily"}
    later = table(tmp_path / "b.jsonl", [6], month=2, source="The Daily")
    after = added(known, later, settings=ReadSettings(corrections=better))
    assert after.articles.iloc[:5].equals(known.articles)
    assert set(after.articles["source"]) == {"The Daily"}
