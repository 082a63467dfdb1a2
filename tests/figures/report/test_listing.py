"""How the report rounds numbers, names articles and lays out its tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from figures.report import listing
from figures.report.checks import flatten
from figures.report.findings import findings
from figures.report.material import Material
from figures.report.themes import glance
from figures.report.topics import topics
from figures.tables import read_run
from figures.words import Voice


@pytest.fixture(scope="module")
def material(run_dir: Path) -> Material:
    run = read_run(run_dir)
    return Material(run, Voice("en", run.names, run.level))


def row_of(table: listing.Listing, first: str) -> dict[str, str]:
    """The first row that begins with this cell: heading → text."""
    row = next(row for row in table.rows if row.cells[0].text == first)
    return {column.name: cell.text for column, cell in zip(table.columns, row.cells, strict=True)}


def test_an_article_without_a_title_is_known_by_its_first_words() -> None:
    assert listing.title_of({"title": None, "text": "开头 的\n话"}) == "[开头 的 话]"
    assert listing.title_of({"title": " a\n b ", "text": "x"}) == "a b"
    assert listing.title_of({"title": None, "text": None}) == "–"


@pytest.mark.parametrize(
    "value, shown",
    [("[[3, 9], [14, 14]]", "3–9, 14"), (None, ""), ("row 7", "row 7"), ("7", "7"), ("[]", "")],
)
def test_lines_are_written_as_people_do(value: str | None, shown: str) -> None:
    assert listing.ranges(value) == shown


def test_numbers_are_rounded_for_reading() -> None:
    assert listing.number(-0.1234) == "−0.12"
    assert listing.number(float("nan")) == "–"
    assert listing.probability(0.0004) == "< 0.001"
    assert [listing.points(value) for value in (0.0312, -0.0312, -0.0004, None)] == [
        "+3.1",
        "−3.1",
        "0.0",
        "–",
    ]
    assert listing.interval(0.1, 0.25, listing.share) == "10% – 25%"
    assert listing.interval(0.1, float("nan"), listing.share) == "–"


def test_validation_is_told_value_by_value() -> None:
    found = {"a": {"b_c": 0.12345, "by_topic": {"0": 1.0}}, "empty": [], "list": [1, 2], "none": None}
    assert list(flatten(found)) == [("a.b_c", "0.123"), ("list", "1, 2")]


def test_themes_at_a_glance_join_what_the_tables_say(material: Material) -> None:
    row = row_of(glance(material), "Clean hands")
    assert row["Change a year, points"] == "+3.1"
    assert row["Interval"] == "+10.0 – +90.0"
    assert row["Direction"] == "growing"
    tests = material.run.tables["tests"]
    assert row["q"] == listing.probability(tests.loc[tests["theme"] == "anti_corruption", "q"].iloc[0])


def test_tables_of_findings_say_what_the_files_say(material: Material) -> None:
    found = {table.id: table for table in findings(material)}
    assert row_of(found["bursts"], "public security")["Expected"] == "8.1"
    assert row_of(found["drift"], "Clean hands")["Word"] == "清廉"
    assert row_of(found["events"], "Reform <day>")["Observed"] == "7%"
    assert row_of(found["reprints"], "晨江日报")["Median days between"] == "2"
    assert row_of(found["decomposition"], "Clean hands")["Within sources"] == "−9.0"
    assert row_of(found["sources"], "Clean hands")["Points"] == "−3.0"
    assert row_of(found["change_points"], "Clean hands")["Counts"] == "yes"
    assert found["drift"].rows[0].cells[2].parts[0].lang == "zh"


def test_a_long_table_is_cut_and_says_so(material: Material) -> None:
    tests = material.run.tables["tests"]
    long = pd.concat([tests] * 200, ignore_index=True)
    many = Material(read_run(material.run.path), material.voice)
    many.run.tables["tests"] = long  # type: ignore[index]
    table = findings(many)[0]
    assert len(table.rows) == listing.TABLE_ROWS < table.total == len(long)


def test_topics_have_their_themes_and_advice(material: Material) -> None:
    table = topics(material)
    row = next(row for row in table.rows if row.topic == 0)
    texts = [cell.text for cell in row.cells]
    assert "Clean hands (× 5.5)" in texts
    assert "0.50" in texts
