"""Paths to input files."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from corpus.errors import CorpusError, MissingInputError
from corpus.intake.files import LARGEST_PAGE, find_inputs, sha256
from corpus.ledger import Ledger


def touch(path: Path, content: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def names(*paths: Path) -> list[str]:
    return [file.name for file in find_inputs(list(paths), Ledger())]


def test_a_folder_is_searched_to_the_bottom_and_a_file_goes_by_its_name(tmp_path: Path) -> None:
    touch(tmp_path / "pages" / "sub" / "b.TXT")
    touch(tmp_path / "pages" / "a.jsonl")
    one = touch(tmp_path / "elsewhere" / "c.csv")
    assert names(tmp_path / "pages", one) == ["a.jsonl", "c.csv", "sub/b.TXT"]


def test_the_order_of_paths_and_naming_one_twice_change_nothing(tmp_path: Path) -> None:
    given = [touch(tmp_path / folder / "p.txt").parent for folder in ("x", "y", "x/y")]
    given.append(tmp_path / "x" / "p.txt")
    found = {tuple(find_inputs(list(order), Ledger())) for order in itertools.permutations(given)}
    assert len(found) == 1
    files = found.pop()
    assert len(files) == 3
    assert len({file.name for file in files}) == 3


def test_equal_names_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    one, two = touch(tmp_path / "a" / "p.txt"), touch(tmp_path / "b" / "p.txt")
    assert names(one, two) == ["a/p.txt", "b/p.txt"]


def test_what_is_no_input_goes_to_the_ledger(tmp_path: Path) -> None:
    ledger = Ledger()
    touch(tmp_path / "good.txt")
    touch(tmp_path / "note.docx")
    touch(tmp_path / "empty.txt", "")
    touch(tmp_path / ".hidden.txt")
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(LARGEST_PAGE + 1)
    assert [file.name for file in find_inputs(tmp_path, ledger)] == ["good.txt"]
    table = ledger.table().set_index("file")["reason"]
    assert table["note.docx"].startswith("unsupported suffix “.docx”")
    assert table["empty.txt"] == "empty file"
    assert table[".hidden.txt"] == "hidden file"
    assert "larger than the limit" in table["huge.txt"]


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError, match=r"nowhere: no such file or folder"):
        find_inputs(tmp_path / "nowhere", Ledger())


def test_a_pattern_stands_for_what_fits_it(tmp_path: Path) -> None:
    for name in ("2023/a.txt", "2023/b.txt", "2023/c.md", "2024/a.txt", "2024/sub/d.txt"):
        touch(tmp_path / name)
    assert names(tmp_path / "2023" / "*.txt") == ["a.txt", "b.txt"]
    assert names(tmp_path / "202?" / "a.txt") == ["2023/a.txt", "2024/a.txt"]
    assert names(tmp_path / "**" / "*.txt") == ["2023/a.txt", "2023/b.txt", "2024/a.txt", "2024/sub/d.txt"]
    assert names(tmp_path / "2023" / "[ab]*") == ["a.txt", "b.txt"]
    ledger = Ledger()
    assert [file.name for file in find_inputs(str(tmp_path / "20*"), ledger)] == [
        "2023/a.txt",
        "2023/b.txt",
        "2024/a.txt",
        "2024/sub/d.txt",
    ]
    assert ledger.table()["file"].tolist() == ["2023/c.md"]


def test_a_name_with_the_signs_of_a_pattern_is_a_name_first(tmp_path: Path) -> None:
    touch(tmp_path / "a[1].txt")
    touch(tmp_path / "a1.txt")
    assert names(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_a_pattern_that_nothing_fits_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError, match=r"\*\.txt: no file or folder fits this pattern"):
        find_inputs(tmp_path / "*.txt", Ledger())


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="the folder holds no file"):
        find_inputs(tmp_path, Ledger())


def test_no_path_is_an_error() -> None:
    with pytest.raises(CorpusError, match="no input: give at least one"):
        find_inputs([], Ledger())


def test_an_unsupported_file_that_is_named_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(
        CorpusError, match=r"unsupported suffix “\.docx” \(expected \.bmp.*: save it as \.txt"
    ):
        find_inputs(touch(tmp_path / "a.docx"), Ledger())


@pytest.mark.parametrize(
    "name, advice",
    [
        ("a.xlsx", r"save the sheet as \.csv"),
        ("a.json", r"one object a line as \.jsonl"),
        ("a.mhtml", r"save the page as \.html"),
        ("a.rar", "unpack it"),
        ("a.tar.gz", "unpack it"),
        ("a.caj", r"save it as \.pdf or \.png"),
        ("a.gz", r"must say what it packs, as page\.txt\.gz"),
    ],
)
def test_files_that_often_come_with_pages_get_advice(tmp_path: Path, name: str, advice: str) -> None:
    with pytest.raises(CorpusError, match=advice):
        find_inputs(touch(tmp_path / name), Ledger())


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = touch(tmp_path / "a.txt", "abc")
    assert sha256(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
