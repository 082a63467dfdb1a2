"""Sheets written, filled in as a coder would, and read back."""

from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from analysis.coding.filled import FilledSheetError, read_filled
from analysis.coding.intrusion import TopicTask, WordTask
from analysis.coding.kit import KeyFileError, Kit
from analysis.coding.workbook import choices, write_sheet
from analysis.themes.codebook import load_codebook

DANGEROUS = (
    '=HYPERLINK("http://x.test","y")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\tx",
    "bell\x07rings",
    "x" * 9000,
)


@pytest.fixture(scope="module")
def codebook():
    return load_codebook()


@pytest.fixture
def articles():
    n = len(DANGEROUS)
    return pd.DataFrame(
        {
            "article_id": [f"x{i}" for i in range(n)],
            "title": [*DANGEROUS[:-1], None],
            "text": list(DANGEROUS),
            "lang": "en",
            "theme": "health",
            "source": "The Courier",
        }
    )


@pytest.fixture
def kit(articles):
    sample = articles[["article_id"]].assign(stratum="health/en", weight=2.0)
    words = [WordTask(3, "en", ("=a", "b", "c", "d", "e", "f"), 1)]
    topics = [TopicTask("x1", (0, 1, 2, 3), ("a, b", "c", "d", "e"), 4)]
    return Kit.from_tasks(sample, words, topics)


@pytest.fixture
def sheet(tmp_path, kit, articles, codebook):
    path = tmp_path / "coder_1.xlsx"
    write_sheet(path, kit, articles, codebook=codebook, lang="en")
    return path


def fill(path: Path, cells: dict[tuple[str, str], object]) -> Path:
    book = load_workbook(path)
    for (name, cell), value in cells.items():
        book[name][cell] = value
    book.save(path)
    return path


def test_no_text_becomes_a_formula_and_none_is_lost(sheet):
    book = load_workbook(sheet)
    cells = [cell for row in book["Articles"].iter_rows(min_row=2) for cell in row if cell.value]
    cells += [cell for row in book["Words"].iter_rows(min_row=2) for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    texts = [book["Articles"].cell(row, 4).value for row in range(2, 2 + len(DANGEROUS))]
    assert texts[:4] == list(DANGEROUS[:4])
    assert texts[5] == "bellrings"
    assert texts[6].endswith("[the text goes on]")
    assert book["Articles"]["D2"].quotePrefix


def test_a_sheet_shows_nothing_of_the_model_the_source_or_the_key(sheet, kit):
    book = load_workbook(sheet)
    shown = {
        str(v) for name in book.sheetnames if name != "Codebook" for row in book[name].values for v in row
    }
    assert not shown & {"health", "The Courier", "x0", "health/en"}
    assert kit.id in shown


def test_lists_offer_the_themes_of_the_codebook(sheet, codebook):
    book = load_workbook(sheet)
    offered = [row[0] for row in book["Codebook"].iter_rows(min_row=2, values_only=True)]
    assert offered == list(choices(codebook, "en").values())
    lists = {str(v.sqref): v.formula1 for v in book["Articles"].data_validations.dataValidation}
    assert lists["E2:E8"] == "='Codebook'!$A$2:$A$15"
    assert lists["H2:H8"] == '"yes"'


def test_what_a_coder_fills_in_comes_back(sheet, kit, codebook):
    offer = choices(codebook, "en")
    fill(
        sheet,
        {
            ("Articles", "E2"): offer["health"],
            ("Articles", "F2"): "charity",
            ("Articles", "E3"): "教育",
            ("Articles", "H3"): "yes",
            ("Articles", "E4"): offer["unmapped"],
            ("Words", "H2"): 1.0,
            ("Topics", "H2"): "4",
        },
    )
    codes = read_filled(sheet, kit, codebook=codebook)
    assert codes.coder == "coder_1"
    assert codes.themes == {"A001": ("health", "charity"), "A002": ("education",), "A003": ("unmapped",)}
    assert codes.unsure == {"A002"}
    assert (codes.words, codes.topics) == ({"W01": 1}, {"T01": 4})


def test_a_chinese_sheet_is_read_as_well(tmp_path, kit, articles, codebook):
    path = tmp_path / "甲.xlsx"
    write_sheet(path, kit, articles, codebook=codebook, lang="zh")
    fill(path, {("文章", "E2"): choices(codebook, "zh")["health"]})
    assert read_filled(path, kit, codebook=codebook).themes == {"A001": ("health",)}


def test_every_fault_is_told_with_its_place(sheet, kit, codebook):
    fill(
        sheet,
        {
            ("Articles", "E2"): "helth",
            ("Articles", "F3"): "health",
            ("Articles", "E4"): "health",
            ("Articles", "F4"): "unmapped",
            ("Articles", "A5"): "A001",
            ("Words", "H2"): 9,
        },
    )
    with pytest.raises(FilledSheetError) as caught:
        read_filled(sheet, kit, codebook=codebook)
    faults = str(caught.value).splitlines()
    assert "sheet 'Articles', row 2, main theme: 'helth' is no theme" in faults[0]
    assert "row 3, main theme: is empty though another theme is given" in faults[1]
    assert "row 4: both a theme and 'unmapped' are given" in faults[2]
    assert "row 5: item 'A001' stands already in row 2" in faults[3]
    assert "sheet 'Words', row 2, which doesn't belong: '9' is no number from 1 to 6" in faults[4]


def test_a_sheet_of_another_kit_or_no_sheet_is_refused(tmp_path, sheet, kit, codebook):
    other = Kit.from_tasks(kit.articles[["article_id", "stratum", "weight"]][:3], [], [])
    with pytest.raises(FilledSheetError, match="no sheet of this kit"):
        read_filled(sheet, other, codebook=codebook)
    Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(FilledSheetError, match="no sheet of this kit"):
        read_filled(tmp_path / "empty.xlsx", kit, codebook=codebook)
    (tmp_path / "text.xlsx").write_text("no workbook")
    with pytest.raises(FilledSheetError, match="is no Excel workbook"):
        read_filled(tmp_path / "text.xlsx", kit, codebook=codebook)
    with pytest.raises(FilledSheetError, match="no such file"):
        read_filled(tmp_path / "nowhere.xlsx", kit, codebook=codebook)


def test_the_key_comes_back_and_a_changed_one_is_refused(tmp_path, kit):
    kit.write(tmp_path / "key.json")
    back = Kit.read(tmp_path / "key.json")
    assert back.id == kit.id
    assert back.words == kit.words
    assert back.topics == kit.topics
    pd.testing.assert_frame_equal(back.articles, kit.articles, check_dtype=False)
    text = (tmp_path / "key.json").read_text("utf-8")
    (tmp_path / "key.json").write_text(text.replace('"x1"', '"x2"'), "utf-8")
    with pytest.raises(KeyFileError, match="was changed since it was written"):
        Kit.read(tmp_path / "key.json")
    (tmp_path / "key.json").write_text("{}", "utf-8")
    with pytest.raises(KeyFileError, match="not the key of a coding kit"):
        Kit.read(tmp_path / "key.json")
    with pytest.raises(KeyFileError, match="no key there"):
        Kit.read(tmp_path / "nowhere.json")


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["health", "charity", "no theme", "[health]", "=1+1", "#N/A", "yes", "A001", "W01"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
)
PLACES = st.tuples(
    st.sampled_from(["Articles", "Words", "Topics", "Guide"]), st.integers(1, 10), st.integers(1, 9)
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.dictionaries(PLACES, CELLS, min_size=1, max_size=5))
def test_any_value_in_any_cell_is_understood_or_named(sheet, kit, codebook, tmp_path, cells):
    book = load_workbook(sheet)
    for (name, row, column), value in cells.items():
        if name in book.sheetnames:
            book[name].cell(row, column).value = value
    path = tmp_path / "filled.xlsx"
    book.save(path)
    with suppress(FilledSheetError):
        found = read_filled(path, kit, codebook=codebook)
        assert {theme for themes in found.themes.values() for theme in themes} <= {*codebook.ids, "unmapped"}


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(min_size=1, max_size=400), st.integers(0))
def test_a_damaged_workbook_is_an_error_of_ours(sheet, kit, codebook, tmp_path, bytes_, place):
    content = sheet.read_bytes()
    at = place % len(content)
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(content[:at] + bytes_ + content[at + len(bytes_) :])
    with suppress(FilledSheetError):
        read_filled(path, kit, codebook=codebook)


def test_a_cell_far_away_and_a_bomb_are_named(sheet, kit, codebook, tmp_path):
    path = fill(sheet, {("Articles", "E1048576"): "health"})
    with pytest.raises(FilledSheetError, match=r"'Articles' reaches to .*1048576, far beyond the tasks"):
        read_filled(path, kit, codebook=codebook)
    bomb = tmp_path / "bomb.xlsx"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 100_000_001)
    with pytest.raises(FilledSheetError, match="unpacks to 100,000,001 bytes"):
        read_filled(bomb, kit, codebook=codebook)
