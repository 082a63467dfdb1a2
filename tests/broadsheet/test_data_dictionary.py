"""The description of a run folder and a real run say the same, and so does the page in the documentation."""

from pathlib import Path

import pandas as pd
import pytest

from analysis import load_codebook, probability_column
from broadsheet import data_dictionary
from broadsheet.data_dictionary import PER_THEME, RUN_FILES, as_markdown

from .conftest import SampleRun

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"


def test_the_page_is_what_the_package_writes() -> None:
    hint = "run: python -m broadsheet.data_dictionary > docs/tables.md"
    assert PAGE.read_text("utf-8") == as_markdown(), hint


def test_every_meaning_says_something_once_a_column() -> None:
    table = data_dictionary.data_dictionary()
    assert (table["meaning"].str.len() > 5).all()
    assert table["meaning"].str.endswith(".").all()
    assert not table.duplicated(["file", "column"]).any()


@pytest.mark.xdist_group("sample")
def test_a_run_has_the_files_and_columns_that_are_described(sample_run: SampleRun) -> None:
    folder = sample_run.run.folder
    described = {file.name: file for file in RUN_FILES if not file.of_updates}
    found = {path.name + "/" * path.is_dir() for path in folder.iterdir() if not path.name.startswith(".")}
    assert found == set(described)
    per_theme = [probability_column(theme) for theme in load_codebook().ids]
    for name, file in described.items():
        columns = [column for column in file.columns if column != PER_THEME]
        if PER_THEME in file.columns:
            columns += per_theme
        if name.endswith((".csv", ".parquet")):
            read = pd.read_csv if name.endswith(".csv") else pd.read_parquet
            assert list(read(folder / name).columns) == columns, name
        else:
            assert not columns


@pytest.mark.xdist_group("sample")
def test_a_run_tells_what_its_columns_mean(sample_run: SampleRun) -> None:
    told = sample_run.run.columns.query("file == 'trends.csv'").set_index("column")["meaning"]
    assert list(told.index) == list(sample_run.run.trends.columns)
