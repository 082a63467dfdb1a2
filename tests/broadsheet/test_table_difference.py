from pathlib import Path

import pandas as pd
import pytest

from broadsheet.storage import write_json, write_table
from broadsheet.table_difference import Comparison, compare_files

TABLE = pd.DataFrame({"theme": ["roads", None], "share": [0.25, 0.5], "n": [3, 4]})


@pytest.fixture(params=["csv", "parquet"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / f"a.{request.param}", tmp_path / f"b.{request.param}"
    write_table(TABLE, first)
    return first, second


def compared(pair: tuple[Path, Path], second: pd.DataFrame) -> Comparison:
    write_table(second, pair[1])
    return compare_files(*pair, "name")


def test_the_same_bytes_are_the_same(pair: tuple[Path, Path]) -> None:
    assert compared(pair, TABLE) == Comparison("name", same=True)


def test_numbers_differ_by_their_size(pair: tuple[Path, Path]) -> None:
    found = compared(pair, TABLE.assign(share=[0.25000000000000006, 0.505], n=[3, 5]))
    assert not found.same
    assert found.by == pytest.approx(0.2)
    assert found.difference.startswith(
        "3 of 6 values differ, only numbers, by at most 0.2 of their size: row 1 (nan), column n:"
    )


def test_the_last_digit_is_told_from_a_real_difference(pair: tuple[Path, Path]) -> None:
    found = compared(pair, TABLE.assign(share=[0.25000000000000006, 0.5]))
    assert found.by == pytest.approx(2.2e-16, rel=0.01)
    assert (
        "1 of 6 values differ, only numbers, by at most 2e-16 of their size: row 0 (roads), column share"
        in found.difference
    )


@pytest.mark.parametrize("word", ["bridges", None])
def test_words_and_gaps_have_no_size(pair: tuple[Path, Path], word: str | None) -> None:
    found = compared(pair, TABLE.assign(theme=[word, None], share=[0.25, 0.6]))
    assert found.by is None
    assert found.difference.startswith("2 of 6 values differ; row 0, column theme: 'roads' and ")


def test_a_number_that_is_gone_is_no_difference_of_numbers(pair: tuple[Path, Path]) -> None:
    found = compared(pair, TABLE.assign(share=[0.25, None]))
    assert found.by is None
    assert "(nan), column share: " in found.difference


def test_nought_and_less_than_nought_are_far_apart(pair: tuple[Path, Path]) -> None:
    write_table(TABLE.assign(share=[0.0, -1.0]), pair[0])
    found = compared(pair, TABLE.assign(share=[1e-300, 1.0]))
    assert found.by == pytest.approx(2.0)


def test_other_rows_and_columns_are_named(pair: tuple[Path, Path]) -> None:
    assert compared(pair, TABLE.iloc[:1]).difference == "2 rows and 1 rows"
    assert compared(pair, TABLE.drop(columns="share")).difference.startswith("columns ")


def test_the_same_values_written_otherwise_are_said_to_be_so(tmp_path: Path) -> None:
    first, second = tmp_path / "a.parquet", tmp_path / "b.parquet"
    write_table(TABLE, first)
    TABLE.to_parquet(second, index=False, compression="gzip")
    assert compare_files(first, second, "a").difference.startswith("the same values in other bytes")


def test_a_file_that_is_missing_or_broken_is_a_difference(tmp_path: Path) -> None:
    first, second = tmp_path / "a.parquet", tmp_path / "b.parquet"
    write_table(TABLE, second)
    assert compare_files(first, second, "a").difference == "missing in the first run"
    assert compare_files(second, first, "a").difference == "missing in the second run"
    first.write_text("junk", "utf-8")
    assert "not readable as a table" in compare_files(first, second, "a").difference


def test_values_of_json_are_compared_and_other_files_by_their_bytes(tmp_path: Path) -> None:
    for name, value in (("one", 0.5), ("two", 0.4)):
        (tmp_path / name).mkdir()
        write_json({"topics": {"coherence": [1, value], "note": "none"}}, tmp_path / name / "validation.json")
        (tmp_path / name / "a.png").write_text(name, "utf-8")
    found = compare_files(tmp_path / "one/validation.json", tmp_path / "two/validation.json", "v")
    assert found.by == pytest.approx(0.2)
    assert found.difference.startswith("1 of 6 values differ, only numbers")
    assert found.difference.endswith("row 1 (topics.coherence.1), column value: 0.5 and 0.4")
    assert compare_files(tmp_path / "one/a.png", tmp_path / "two/a.png", "a").difference == "other bytes"
