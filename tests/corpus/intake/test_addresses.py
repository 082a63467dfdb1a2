"""Inputs at addresses: found, named, hashed and read as files are, and told when they can't be."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pandas as pd
import pytest

import corpus
from corpus.intake.addresses import AddressError
from corpus.intake.files import find_inputs
from corpus.ledger import Ledger

TEXT = "市纪委今天通报三起违反规定的案件，要求各级干部引以为戒。"


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    _empty(system)  # one for the whole process, and others use it
    yield system
    _empty(system)


def _empty(system: fsspec.AbstractFileSystem) -> None:
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def put(memory: fsspec.AbstractFileSystem, folder: Path) -> None:
    """Copy all files below a folder to memory://news."""
    for path in folder.rglob("*"):
        if path.is_file():
            memory.pipe(f"/news/{path.relative_to(folder).as_posix()}", path.read_bytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "set"
    (home / "b").mkdir(parents=True)
    rows = pd.DataFrame({"text": [TEXT + "一", TEXT + "二"], "date": "2023-05-06"})
    rows.to_parquet(home / "b" / "one.parquet")
    (home / "two.jsonl").write_text(json.dumps({"text": TEXT, "source": "晨报"}), "utf-8")
    (home / "three.csv.gz").write_bytes(gzip.compress(f"text\n{TEXT}三\n".encode()))
    (home / "notes.docx").write_bytes(b"no table")
    return home


def test_an_address_gives_what_the_folder_gives(memory: fsspec.AbstractFileSystem, folder: Path) -> None:
    put(memory, folder)
    here, there = corpus.read(folder), corpus.read("memory://news")
    as_file = corpus.read(f"file://{folder}")
    for other in (there, as_file):
        pd.testing.assert_frame_equal(other.articles, here.articles)
        pd.testing.assert_frame_equal(other.inputs, here.inputs)
        pd.testing.assert_frame_equal(other.dropped, here.dropped)
    assert here.inputs["file"].tolist() == ["b/one.parquet", "three.csv.gz", "two.jsonl"]
    assert here.dropped["file"].tolist() == ["notes.docx"]


@pytest.mark.parametrize(
    "address, names",
    [
        ("memory://news/b", ["one.parquet"]),
        ("memory://news/b/one.parquet", ["one.parquet"]),
        ("memory://news/*.jsonl", ["two.jsonl"]),
        ("memory://news/[ab]*", ["b/one.parquet"]),
    ],
)
def test_folders_files_and_patterns(
    memory: fsspec.AbstractFileSystem, folder: Path, address: str, names: list[str]
) -> None:
    put(memory, folder)
    assert [file.name for file in find_inputs(address, Ledger())] == names


def test_files_of_one_name_are_told_apart_by_where_they_stand(
    memory: fsspec.AbstractFileSystem, folder: Path
) -> None:
    put(memory, folder)
    files = find_inputs([folder / "two.jsonl", "memory://news/two.jsonl"], Ledger())
    assert sorted(file.name for file in files) == ["news/two.jsonl", "set/two.jsonl"]


def test_a_file_that_is_named_twice_is_read_once(memory: fsspec.AbstractFileSystem, folder: Path) -> None:
    put(memory, folder)
    names = ["memory://news", "memory://news/two.jsonl", "memory:///news/*.jsonl"]
    assert len(find_inputs(names, Ledger())) == 3


def test_an_archive_at_an_address_is_left_out_and_told(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe("/news/pages.zip", b"PK")
    ledger = Ledger()
    assert find_inputs("memory://news", ledger) == ()
    assert [entry.reason for entry in ledger.entries] == [
        "an archive at an address: fetch it, or unpack it there"
    ]


@pytest.mark.parametrize(
    "address, says",
    [
        ("s3://bucket/news/", r"s3://bucket/news/: a package is missing for s3://: pip install s3fs"),
        (
            "nowhere://news",
            r"nowhere://news: Protocol not known: nowhere; expected an address",
        ),
        ("memory://nothing", r"memory://nothing: no such file or folder"),
        ("memory://nothing/*.csv", r"memory://nothing/\*\.csv: no file or folder fits this pattern"),
    ],
)
def test_an_address_that_cannot_be_read_says_why(address: str, says: str) -> None:
    with pytest.raises((corpus.CorpusError, corpus.MissingInputError), match=says):
        corpus.read(address)


def test_an_error_of_the_place_names_the_address(memory: fsspec.AbstractFileSystem, folder: Path) -> None:
    put(memory, folder)
    (file,) = find_inputs("memory://news/two.jsonl", Ledger())
    memory.rm("/news/two.jsonl")
    with pytest.raises(AddressError, match=r"memory:///news/two\.jsonl: can't be read"):
        file.read_bytes()
