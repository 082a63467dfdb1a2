"""Parquet data sets whose folders say the source and the year."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset
import pytest

import corpus
from corpus.intake.partitions import Partitions

TEXT = "市纪委今天通报三起违反规定的案件，要求各级干部引以为戒。"
SHOWN = ["id", "source", "date", "date_start", "date_end"]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A data set as pyarrow writes it, with a source and a date missing."""
    rows = pd.DataFrame(
        {
            "id": ["a", "b", "c", "d"],
            "text": [TEXT + letter for letter in "甲乙丙丁"],
            "date": ["2022-03-01", None, "2023-05", None],
            "source": ["晨报/一", "晨报/一", "晚报", None],
            "year": [2022, 2022, 2023, 2023],
            "section": ["要闻", "副刊", "要闻", "要闻"],
        }
    )
    names = pa.schema([("source", pa.string()), ("year", pa.int64()), ("section", pa.string())])
    pa.dataset.write_dataset(
        pa.Table.from_pandas(rows, preserve_index=False),
        tmp_path / "set",
        format="parquet",
        partitioning=pa.dataset.partitioning(names, flavor="hive"),
    )
    return tmp_path / "set"


def test_folders_give_columns_and_the_year_of_a_row_without_a_date(dataset: Path) -> None:
    read = corpus.read(dataset)
    articles = read.articles.set_index("article_id").sort_index()
    assert articles["source"].fillna("none").tolist() == ["晨报/一", "晨报/一", "晚报", "none"]
    assert articles["source_evidence"].iloc[0] == "metadata: folder source=晨报/一"
    assert articles["section"].tolist() == ["要闻", "副刊", "要闻", "要闻"]
    assert "year" not in articles
    # No day is made up: what is known is the year, or the month that the row itself has.
    assert articles["date"].fillna("none").tolist() == ["2022-03-01", "none", "none", "none"]
    assert articles["date_start"].tolist() == ["2022-03-01", "2022-01-01", "2023-05-01", "2023-01-01"]
    assert articles["date_end"].tolist() == ["2022-03-01", "2022-12-31", "2023-05-31", "2023-12-31"]
    assert articles["date_basis"].tolist() == ["metadata"] * 4
    assert articles.loc["b", "date_evidence"] == "folder year=2022"


def test_a_part_of_a_data_set_says_the_same_of_its_rows(dataset: Path) -> None:
    whole = corpus.read(dataset).articles.set_index("article_id")
    (folder,) = dataset.glob("source=*9A%E6*")
    part = corpus.read(folder).articles.set_index("article_id")
    assert part.index.tolist() == ["c"]
    assert part.drop(columns="file").iloc[0].equals(whole.drop(columns="file").loc["c"])


def test_names_of_folders_can_be_mapped_as_columns_can(tmp_path: Path) -> None:
    home = tmp_path / "paper=晨报" / "year=2021"
    home.mkdir(parents=True)
    pd.DataFrame({"body": [TEXT]}).to_parquet(home / "part.parquet")
    columns = {"text": "body", "source": "paper", "date": "year"}
    article = corpus.read(tmp_path, columns=columns).articles.iloc[0]
    assert (article["source"], article["date_start"], article["date_end"]) == (
        "晨报",
        "2021-01-01",
        "2021-12-31",
    )


def test_what_a_row_says_counts_before_its_folder(tmp_path: Path) -> None:
    home = tmp_path / "source=晨报" / "lang=zh"
    home.mkdir(parents=True)
    pd.DataFrame({"text": [TEXT, TEXT + "乙"], "source": ["晚报", None]}).to_parquet(home / "part.parquet")
    articles = corpus.read(tmp_path).articles
    assert articles["source"].tolist() == ["晚报", "晨报"]
    assert articles["lang"].tolist() == ["zh", "zh"]


def test_folders_of_other_tables_say_nothing(tmp_path: Path) -> None:
    home = tmp_path / "source=晨报"
    home.mkdir()
    (home / "rows.csv").write_text(f"text\n{TEXT}\n", "utf-8")
    assert corpus.read(tmp_path).articles["source"].isna().all()


@pytest.mark.parametrize(
    "place, columns, year",
    [
        ("set/source=A/year=2020/x.parquet", {"source": "A"}, "2020"),
        ("s3://bucket/source=%E6%99%A8/year=20/x.parquet", {"source": "晨", "year": "20"}, None),
        ("source=A=B/x.parquet", {"source": "A=B"}, None),
        ("set/source=__HIVE_DEFAULT_PARTITION__/x.parquet", {}, None),
        ("set/x=1.parquet", {}, None),
    ],
)
def test_what_a_place_says(place: str, columns: dict[str, str], year: str | None) -> None:
    assert Partitions.of(place) == Partitions(columns, year)
