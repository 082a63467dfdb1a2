"""Articles that go to a file without a table in memory: the same bytes, in the order of the files."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import corpus
from broadsheet.sample import build
from corpus.export import ROWS
from corpus.spool import BATCH, Spool
from corpus.texts import TextFile


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages between tables; one table has rows of another again, and a column of its own."""
    folder = build(tmp_path_factory.mktemp("sample")).corpus
    for page in sorted(folder.rglob("*.txt"))[40:]:
        page.unlink()
    for table in folder.glob("*.jsonl"):
        table.write_text("".join(table.read_text("utf-8").splitlines(keepends=True)[:60]), "utf-8")
    rows = [json.loads(line) for line in (folder / "yunze_evening.jsonl").read_text("utf-8").splitlines()]
    again = [*rows[:3], rows[3] | {"n": 1}, *({"text": f"第{n}条新消息。", "n": n} for n in range(5))]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in again)
    (folder / "b_again.jsonl").write_text(lines, "utf-8")
    return folder


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_written_as_read_and_as_the_table_is_written(inputs: Path, tmp_path: Path, ending: str) -> None:
    read = corpus.read(inputs)
    whole = corpus.write_articles(read.articles, tmp_path / f"whole.{ending}")
    told = corpus.read_to(inputs, tmp_path / f"streamed.{ending}", dropped=tmp_path / "dropped.csv")
    assert (tmp_path / f"streamed.{ending}").read_bytes() == whole.read_bytes()
    read.dropped.to_csv(tmp_path / "whole.csv.dropped", index=False, lineterminator="\n")
    assert (tmp_path / "dropped.csv").read_bytes() == (tmp_path / "whole.csv.dropped").read_bytes()
    assert told == corpus.Written(len(read.articles), len(read.dropped))
    assert read.articles["file"].is_monotonic_increasing
    assert read.articles["n"].notna().sum() == 6
    assert read.articles["reprint_of"].isin(read.articles["article_id"]).sum() > 0


def test_rows_that_come_twice_are_told(inputs: Path) -> None:
    read = corpus.read(inputs, reprints=False)
    doubles = read.dropped[read.dropped["reason"].str.startswith("duplicate id")]
    assert doubles["file"].tolist() == ["yunze_evening.jsonl"] * 4
    assert doubles["reason"].str.contains("the same row stands at b_again.jsonl:").sum() == 3
    assert doubles["reason"].str.contains("another article has it at b_again.jsonl:4").sum() == 1


def test_a_wrong_ending_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(corpus.CorpusError, match=r"can't write articles as “\.xlsx”"):
        corpus.read_to(tmp_path / "nowhere", tmp_path / "a.xlsx")


def test_a_spool_gives_rows_in_the_order_of_files(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "s.arrow", {"file": pa.large_string(), "share": pa.float64()})
    sizes = {0: 3, 1: 0, 2: BATCH + 5, 3: 2, 4: 1}
    for number in (2, 4, 0, 1, 3):
        spool.add(number, [{"file": f"{number}-{row}", "share": None} for row in range(sizes[number])])
    spool.close()
    expected = [f"{number}-{row}" for number, size in sizes.items() for row in range(size)]
    table = spool.table(["file", "share"])
    assert table["file"].tolist() == expected
    assert table["share"].isna().all()
    added = [f"{number}-{row}" for number in (2, 4, 0, 1, 3) for row in range(sizes[number])]
    assert [added[row] for row in spool.order()] == expected


def test_a_column_that_is_held_holds_no_other(tmp_path: Path) -> None:
    """The texts of ten megabytes that stand beside the column are let go."""
    spool = Spool(tmp_path / "s.arrow", {"name": pa.large_string(), "text": pa.large_string()})
    for number in range(2 * BATCH):
        spool.add(number, [{"name": f"a{number}", "text": "长" * 1_700}])
    spool.close()
    before = pa.total_allocated_bytes()
    names = spool.table(["name"])
    assert len(names) == 2 * BATCH
    assert pa.total_allocated_bytes() - before < 1e6


def test_texts_come_back_from_disk(tmp_path: Path) -> None:
    texts = TextFile(tmp_path / "t")
    texts.extend(["春江", "", "a\nb"])
    assert (texts[0], list(texts), len(texts)) == ("春江", ["春江", "", "a\nb"], 3)
    texts.extend(["后来"])
    assert texts[3] == "后来"
    texts.close()


def test_how_a_table_is_cut_makes_no_difference_to_parquet(inputs: Path, tmp_path: Path) -> None:
    articles = corpus.read(inputs, reprints=False).articles
    many = pd.concat([articles] * (2 * ROWS // len(articles)), ignore_index=True)
    whole = corpus.write_articles(many, tmp_path / "a.parquet")
    pieces = corpus.export.write_batches(
        (many.iloc[start : start + 700] for start in range(0, len(many), 700)), tmp_path / "b.parquet"
    )
    assert whole.read_bytes() == pieces.read_bytes()
