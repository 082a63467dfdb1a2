"""Ready-made articles from JSONL, CSV and Parquet."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus
from corpus import CorpusError, NoArticlesError
from corpus.intake import row_readers
from corpus.schema import ARTICLE_COLUMNS

GOOD = {
    "id": "a1",
    "text": "市长昨天出席了典礼。",
    "title": "典礼",
    "date": "2023-07-04",
    "source": "春江日报",
}


def write_jsonl(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def reasons(found: corpus.Corpus) -> dict[str, str]:
    return dict(zip(found.dropped["lines"], found.dropped["reason"], strict=True))


def test_a_row_becomes_an_article(tmp_path: Path) -> None:
    found = corpus.read(write_jsonl(tmp_path / "a.jsonl", GOOD | {"page": 3, "tags": ["x", "y"]}))
    row = found.articles.iloc[0]
    assert row["article_id"] == "a1"
    assert (row["date"], row["date_basis"], row["source"]) == ("2023-07-04", "metadata", "春江日报")
    assert (row["lang"], row["kind"], row["quality"]) == ("zh", "article", 1.0)
    assert (row["file"], row["lines"]) == ("a.jsonl", "[[1, 1]]")
    assert (row["page"], row["tags"]) == (3, '["x", "y"]')
    assert found.dropped.empty


def test_every_bad_line_has_its_row_in_the_ledger(tmp_path: Path) -> None:
    found = corpus.read(
        write_jsonl(
            tmp_path / "a.jsonl",
            GOOD,
            "{not json",
            {"id": "a2", "title": "no text"},
            {"id": "a3", "text": "  "},
            [1, 2],
            "",
            GOOD,
            GOOD | {"text": "另一篇文章。"},
            {"id": "a4", "text": "有文章，没有好日期。", "date": "sometime"},
        )
    )
    assert found.articles["article_id"].tolist() == ["a1", "a4"]
    said = reasons(found)
    assert said["[[2, 2]]"].startswith("not valid JSON")
    assert said["[[3, 3]]"] == said["[[4, 4]]"] == "row without text"
    assert "not an object" in said["[[5, 5]]"]
    assert said["[[7, 7]]"] == "duplicate id 'a1': the same row stands at a.jsonl:1"
    assert said["[[8, 8]]"] == "duplicate id 'a1': another article has it at a.jsonl:1"
    assert said["[[9, 9]]"].startswith("kept: unreadable date")
    assert found.dropped.set_index("lines").loc["[[9, 9]]", "text"] == "sometime"
    assert found.articles["date_basis"].tolist() == ["metadata", "none"]


def test_csv_rows_are_counted_without_the_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        'text,date\r\n"one, ""two""\r\nthree",2023-07-04\r\nfour,,five\r\nsix,\r\n'.encode("utf-8-sig")
    )
    found = corpus.read(path)
    assert found.articles["text"].tolist() == ['one, "two"\nthree', "six"]
    assert found.articles["lines"].tolist() == ["[[1, 1]]", "[[3, 3]]"]
    assert reasons(found) == {"[[2, 2]]": "row has 3 fields, the header 2"}
    assert found.inputs.loc[0, "encoding"] == "utf-8-sig"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_read_off_the_header(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"text{separator}source\none{separator}春江日报\n", "utf-8")
    assert corpus.read(path).articles.loc[0, "source"] == "春江日报"


@pytest.mark.parametrize("text", ['text,date\n"never closed,2023\nmore\n', 'text\nfine\n"bad" quote\n'])
def test_broken_quoting_is_an_error_with_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    with pytest.raises(CorpusError, match=r"a\.csv:[23]: broken quoting"):
        corpus.read(tmp_path)


def test_a_header_that_names_a_column_twice_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,text\na,b\n", "utf-8")
    with pytest.raises(CorpusError, match="names 'text' twice"):
        corpus.read(tmp_path)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (None, r"no column 'text'.*found: body, headline.*columns="),
        ({"text": "bod"}, r"no column 'bod', which"),
    ],
)
def test_a_missing_text_column_names_those_there(
    tmp_path: Path, columns: dict[str, str] | None, message: str
) -> None:
    (tmp_path / "a.csv").write_text("body,headline\none,two\n", "utf-8")
    with pytest.raises(CorpusError, match=message):
        corpus.read(tmp_path, columns=columns)


def test_columns_are_mapped_and_ours_step_aside(tmp_path: Path) -> None:
    path = write_jsonl(
        tmp_path / "a.jsonl", {"nr": 7, "text": "short", "body": "The mayor spoke.", "file": "x.txt"}
    )
    row = corpus.read(path, columns={"text": "body", "id": "nr"}).articles.iloc[0]
    assert (row["article_id"], row["text"]) == ("7", "The mayor spoke.")
    assert (row["input_text"], row["input_file"]) == ("short", "x.txt")


def test_source_and_date_given_fill_what_rows_do_not_say(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", GOOD, {"id": "b", "text": "没有来源的文章。"})
    articles = corpus.read(path, source="江城日报", date="2020-02").articles
    assert articles["source"].tolist() == ["春江日报", "江城日报"]
    assert articles["date_start"].tolist() == ["2023-07-04", "2020-02-01"]
    assert articles["date_end"].tolist() == ["2023-07-04", "2020-02-29"]


def test_a_given_date_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="'soon' is no date"):
        corpus.read(write_jsonl(tmp_path / "a.jsonl", GOOD), date="soon")


def test_a_file_that_is_no_parquet_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"not parquet at all")
    with pytest.raises(CorpusError, match=r"a\.parquet: not a readable Parquet file"):
        corpus.read(tmp_path)


def test_parquet_with_times_gaps_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    days = pd.to_datetime(["2023-07-04 08:00", None])
    pd.DataFrame({"id": [1.0, 2.0], "text": ["one text", "two text"], "date": days, "n": [1, 2]}).to_parquet(
        path
    )
    articles = corpus.read(path).articles
    assert articles["article_id"].tolist() == ["1", "2"]
    assert articles["date"].tolist()[0] == "2023-07-04"
    assert articles["date_basis"].tolist() == ["metadata", "none"]
    assert articles["n"].tolist() == [1, 2]


def test_a_table_without_a_good_row_is_an_error_with_the_reasons(tmp_path: Path) -> None:
    with pytest.raises(
        NoArticlesError, match=r"no articles found(.|\n)*row without text \(first: a\.jsonl:1\)"
    ):
        corpus.read(write_jsonl(tmp_path / "a.jsonl", {"id": 1, "text": ""}, {"id": 2, "text": 5}))


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_written_articles_read_back_the_same(tmp_path: Path, suffix: str) -> None:
    rows = [
        GOOD,
        {"id": "b", "text": "The “mayor”,\nspoke.\tTwice", "date": "2023-07"},
        {"id": "c", "text": "Третья статья"},
    ]
    first = corpus.read(write_jsonl(tmp_path / "a.jsonl", *rows)).articles
    written = corpus.write_articles(first, tmp_path / "out" / f"b{suffix}")
    second = corpus.read(written).articles
    same = [name for name in first.columns if name not in ("file", "lines")]
    pd.testing.assert_frame_equal(first[same], second[same])


def test_jsonl_has_lines_as_a_list_and_null_for_missing(tmp_path: Path) -> None:
    articles = corpus.read(write_jsonl(tmp_path / "a.jsonl", GOOD)).articles
    row = json.loads(corpus.write_articles(articles, tmp_path / "b.jsonl").read_text("utf-8"))
    assert row["lines"] == [[1, 1]]
    assert row["byline"] is None


def test_an_unknown_output_format_is_an_error(tmp_path: Path) -> None:
    articles = corpus.read(write_jsonl(tmp_path / "a.jsonl", GOOD)).articles
    with pytest.raises(CorpusError, match=r"can't write articles as “\.xlsx”"):
        corpus.write_articles(articles, tmp_path / "b.xlsx")


values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.lists(st.integers(), max_size=2)
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "title", "date", "source", "kind", "quality", "x", "y"]), values
        ),
        max_size=6,
    )
)
def test_any_columns_are_kept_or_told_about(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    texts = [{"text": f"Article number {place} of the day."} for place in range(len(rows))]
    path = tmp_path / "a.jsonl"
    lines = [json.dumps(row | text) for row, text in zip(rows, texts, strict=True)]
    path.write_text("\n".join([json.dumps(GOOD), *lines]), "utf-8")
    found = corpus.read(path, reprints=False)
    left_out = found.dropped[~found.dropped["reason"].str.startswith("kept:")]
    assert len(found.articles) + len(left_out) == len(rows) + 1
    assert found.articles["article_id"].is_unique
    corpus.write_articles(found.articles, tmp_path / "b.parquet")


def test_half_a_character_in_json_is_replaced_and_told(tmp_path: Path) -> None:
    row = '{"text": "The council met \\ud800 on Monday.", "title": "\\ud83d\\ude00 whole"}'
    found = corpus.read(write_jsonl(tmp_path / "a.jsonl", row))
    assert found.articles["text"].tolist() == ["The council met \ufffd on Monday."]
    assert found.articles["title"].tolist() == ["\U0001f600 whole"]
    assert found.dropped["reason"].tolist() == ["kept: halves of characters became U+FFFD"]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_too_many_columns_are_refused_with_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(row_readers, "MOST_COLUMNS", 5)
    columns = ["text", *(f"c{number}" for number in range(5))]
    row = dict.fromkeys(columns, "words")
    content = json.dumps(row) if name == "a.jsonl" else f"{','.join(columns)}\n{','.join(row.values())}\n"
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(CorpusError, match=rf"{name}: a table of 6 columns, more than the limit of 5"):
        corpus.read(tmp_path / name)


def test_thousands_of_columns_come_through(tmp_path: Path) -> None:
    row = {"text": "The mayor spoke.", **{f"c{number:04d}": str(number) for number in range(4_000)}}
    articles = corpus.read(
        write_jsonl(tmp_path / "a.jsonl", row, row | {"text": "The council met."})
    ).articles
    assert articles["c3999"].tolist() == ["3999", "3999"]
    assert len(articles.columns) == len(ARTICLE_COLUMNS) + 4_000
