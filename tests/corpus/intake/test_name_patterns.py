"""What file names say."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
from corpus import CorpusError
from corpus.intake.name_patterns import NamePattern

PATTERN = "{source}_{date}_{page}"
PAGE = "本报讯 市长昨天出席了新学校的落成典礼，约三百名市民来到现场。\n" * 3


@pytest.mark.parametrize(
    ("pattern", "name", "fields"),
    [
        ("{source}_{date}_{page}", "a/春江日报_20230704_03.txt", ("春江日报", "20230704", "03")),
        ("{source}_{date}_{page}.txt", "春江日报_20230704_A03.txt", ("春江日报", "20230704", "A03")),
        ("{source}/{date}-{page}", "x/春江日报/2023年7月4日-3.txt.gz", ("春江日报", "2023年7月4日", "3")),
        ("{date}_{}_{source}", "a.zip/2023-07-04_scan7_江城晚报.txt", ("江城晚报", "2023-07-04", None)),
        ("{source}({date})", "春江日报(2023.07.04).html", ("春江日报", "2023.07.04", None)),
    ],
)
def test_the_fields_of_a_name(pattern: str, name: str, fields: tuple[str | None, ...]) -> None:
    found = NamePattern(pattern).read(name)
    assert found is not None
    assert (found.get("source"), found.get("date"), found.get("page")) == fields


@pytest.mark.parametrize("name", ["春江日报.txt", "春江日报_20230704.txt", "a/b.txt"])
def test_a_name_that_does_not_fit(name: str) -> None:
    assert NamePattern("{source}_{date}_{page}").read(name) is None


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{paper}_{date}", r"unknown field \{paper\}"),
        ("pages", "names no field"),
        ("", "names no field"),
        ("{date:zzz}", r"can't be read \(format spec 'zzz'"),
    ],
)
def test_a_pattern_that_says_nothing_is_an_error(pattern: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        NamePattern(pattern)


def test_a_pattern_can_go_to_another_process() -> None:
    pattern = pickle.loads(pickle.dumps(NamePattern("{source}_{date}")))
    assert pattern.read("a_b.txt") == {"source": "a", "date": "b"}


def test_names_fill_the_articles_of_pages(tmp_path: Path) -> None:
    (tmp_path / "春江日报_20230704_03.txt").write_text(f"江城晚报 2020年1月2日 星期四\n\n{PAGE}", "utf-8")
    (tmp_path / "江城晚报_20231399_01.txt").write_text(PAGE, "utf-8")
    (tmp_path / "other.txt").write_text(PAGE, "utf-8")
    found = corpus.read(tmp_path, name_pattern=PATTERN, reprints=False)
    first = found.articles[found.articles["file"].str.startswith("春江")].iloc[0]
    assert (first["source"], first["page"], first["date"]) == ("春江日报", "03", "2023-07-04")
    assert first["date_basis"] == "file name"
    assert first["date_evidence"] == first["source_evidence"] == "file name: 春江日报_20230704_03.txt"
    told = found.dropped[found.dropped["reason"].str.startswith("kept: the name")].set_index("file")
    assert told["reason"].to_dict() == {
        "other.txt": f"kept: the name doesn't fit the pattern {PATTERN}",
        "江城晚报_20231399_01.txt": f"kept: the name has no date where the pattern {PATTERN} has one",
    }
    unfit = found.articles["file"] == "other.txt"
    assert found.articles["page"].isna().equals(unfit)


def test_rows_of_a_table_keep_what_they_say(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "One text.", "source": "Own", "date": "2020-01-01"},
        {"id": "b", "text": "Two."},
    ]
    path = tmp_path / "Gazette_2023-07.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    found = corpus.read(path, name_pattern="{source}_{date}", source="Run", date="1999-01-01").articles
    assert found["source"].tolist() == ["Own", "Gazette"]
    assert found["date_start"].tolist() == ["2020-01-01", "2023-07-01"]
    assert found["date_basis"].tolist() == ["metadata", "file name"]


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_characters="/\\{}_.", exclude_categories=["Cc", "Zs", "Zl", "Zp"])
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(PLAIN.filter(bool), PLAIN.filter(bool), st.dates(), st.sampled_from(["txt", "html", "jsonl.gz"]))
def test_what_a_name_was_made_of_comes_back(source: str, page: str, day: dt.date, suffix: str) -> None:
    found = NamePattern(PATTERN).read(f"folder/{source}_{day.isoformat()}_{page}.{suffix}")
    assert found == {"source": source.strip(), "date": day.isoformat(), "page": page.strip()}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            ["{source}", "{date}", "{page}", "{}", "{", "}", "{x}", "{0}", "{date:d}", "_", "/", ".*", "("]
        )
    ).map("".join),
    st.text(max_size=40),
)
def test_any_pattern_reads_any_name_or_is_refused(pattern: str, name: str) -> None:
    with suppress(CorpusError):
        found = NamePattern(pattern).read(name)
        assert found is None or set(found) <= {"source", "date", "page"}
