"""Parquet as others write it: text stored in several ways, columns of any type, damage."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

import corpus
from corpus.errors import CorpusError, NoArticlesError
from corpus.intake import row_readers

TEXTS = ["The council met on Monday.", "第三届文化节开幕"]
DAY = dt.date(2021, 3, 4)
NOON = dt.datetime(2021, 3, 4, 12)
often = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
TYPES = st.sampled_from(
    [
        *(pa.int8(), pa.uint64(), pa.float32(), pa.bool_(), pa.decimal128(30, 5)),
        *(pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("ns", "Asia/Shanghai"), pa.time64("us")),
        *(pa.duration("ms"), pa.string(), pa.large_string(), pa.binary(), pa.list_(pa.int64())),
    ]
)


def read(table: pa.Table) -> corpus.Corpus:
    with tempfile.TemporaryDirectory() as folder:
        parquet.write_table(table, Path(folder) / "a.parquet")
        return corpus.read(Path(folder) / "a.parquet", reprints=False, workers=1)


@pytest.mark.parametrize(
    "column",
    [
        pa.array(TEXTS, pa.string()),
        pa.array(TEXTS, pa.large_string()),
        pa.array([text.encode() for text in TEXTS], pa.binary()),
        pa.array(TEXTS).dictionary_encode(),
    ],
    ids=["string", "large_string", "binary", "dictionary"],
)
def test_text_however_it_is_stored(column: pa.Array) -> None:
    assert read(pa.table({"text": column})).articles["text"].tolist() == TEXTS


@pytest.mark.parametrize(
    "column",
    [
        pa.array([DAY, None], pa.date32()),
        pa.array([DAY, None], pa.date64()),
        pa.array([NOON, None], pa.timestamp("s")),
        pa.array([NOON, None], pa.timestamp("ns", "Asia/Shanghai")),
        pa.array([20210304, None], pa.int64()),
        pa.array(["2021-03-04", None]).dictionary_encode(),
    ],
    ids=["date32", "date64", "timestamp", "timestamp with zone", "int", "dictionary"],
)
def test_dates_however_they_are_stored(column: pa.Array) -> None:
    dates = read(pa.table({"text": TEXTS, "date": column})).articles["date"]
    assert dates[0] == ("2021-03-04")
    assert dates.isna()[1]


def test_numbers_are_ids_and_numbers_are_no_text() -> None:
    assert read(pa.table({"text": TEXTS, "id": pa.array([7, 8], pa.uint32())})).articles[
        "article_id"
    ].tolist() == [
        "7",
        "8",
    ]
    with pytest.raises(NoArticlesError, match=r"in its place stands int, not words"):
        read(pa.table({"text": [1, 2]}))


def test_dates_beyond_what_a_calendar_holds_are_told() -> None:
    far = pa.array([2**31 - 1, 0], pa.int32()).cast(pa.date32())
    found = read(pa.table({"text": TEXTS, "date": far}))
    assert found.articles["date"].isna()[0]
    assert found.articles["date"][1] == "1970-01-01"
    assert found.dropped["reason"].str.startswith("kept: unreadable date").tolist() == [True]


def test_too_many_columns_are_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_readers, "MOST_COLUMNS", 3)
    with pytest.raises(CorpusError, match=r"a\.parquet: a table of 4 columns, more than the limit of 3"):
        read(pa.table(dict.fromkeys(("text", "a", "b", "c"), TEXTS)))


def test_a_name_that_stands_twice_is_an_error() -> None:
    with pytest.raises(CorpusError, match=r"has 'id' twice"):
        read(pa.Table.from_arrays([pa.array(TEXTS)] * 3, names=["text", "id", "id"]))


@st.composite
def columns(draw: st.DrawFn) -> pa.Table:
    """Two articles with columns of any type, under names that mean something to us and others."""
    values = {"text": pa.array(TEXTS)}
    for name in draw(
        st.lists(st.sampled_from(["id", "title", "date", "lang", "kind", "quality", "x"]), unique=True)
    ):
        kind = draw(TYPES)
        number = draw(st.integers(0, 120))
        plain = pa.array([number, None], pa.int64())
        if pa.types.is_list(kind):
            values[name] = pa.array([[number], None], kind)
        elif pa.types.is_binary(kind):
            values[name] = pa.array([bytes([number, 255]), None], kind)
        elif pa.types.is_decimal(kind):
            values[name] = pa.array([str(number), None]).cast(kind)
        elif pa.types.is_date64(kind):
            values[name] = plain.cast(pa.int32()).cast(pa.date32()).cast(kind)
        elif pa.types.is_date32(kind):
            values[name] = plain.cast(pa.int32()).cast(kind)
        else:
            values[name] = plain.cast(kind)
    return pa.table(values)


@often
@given(columns())
def test_any_columns_are_kept_or_told_about(table: pa.Table) -> None:
    found = read(table)
    left_out = found.dropped[~found.dropped["reason"].str.startswith("kept:")]
    assert len(found.articles) + len(left_out) == 2
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".parquet", ".csv", ".jsonl"):
            corpus.write_articles(found.articles, Path(folder) / f"b{suffix}")


@often
@given(st.integers(0), st.binary(max_size=30), st.booleans())
def test_damage_is_an_error_of_ours_or_none(place: int, bytes_: bytes, cut: bool) -> None:
    stream = io.BytesIO()
    parquet.write_table(pa.table({"text": TEXTS * 5}), stream)
    content = stream.getvalue()
    at = place % len(content)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        path.write_bytes(content[:at] + (b"" if cut else bytes_ + content[at + len(bytes_) :]))
        with suppress(CorpusError):
            found = corpus.read(path, reprints=False, workers=1)
            assert len(found.articles) + len(found.dropped) >= 10
