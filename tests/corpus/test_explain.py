"""Every line of a page told, with where it went and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import CorpusError, MissingInputError
from corpus.explain import BLANK, BODY, BOILERPLATE, TITLE, explain_file, explain_page, visible
from tests.corpus.test_reading import PAGE


def test_lines_have_their_segment_role_and_reason() -> None:
    page = explain_page(PAGE)
    assert [line.number for line in page.lines] == list(range(1, len(PAGE.split("\n")) + 1))
    assert "\n".join(line.text for line in page.lines) == PAGE
    assert [segment.title for segment in page.segments] == ["新学校在城东落成", "老桥翻修月底完工"]
    titles = [(line.number, line.segment) for line in page.lines if line.role == TITLE]
    assert titles == [(3, 1), (9, 2)]
    assert {line.segment for line in page.lines if line.role == BODY} == {1, 2}
    assert all(line.reason for line in page.lines if line.role == BOILERPLATE)
    assert all(not line.text.strip() for line in page.lines if line.role == BLANK)
    assert all(segment.why for segment in page.segments)
    assert (page.source, page.date) == ("春江日报", "2023-07-04")


def test_how_sure_source_and_date_are_is_told() -> None:
    printed = explain_page(PAGE)
    assert printed.source_confidence == 0.98
    assert printed.certainty == ("98% sure", "printed")
    assert printed.day == "2023-07-04"
    inferred = explain_page("白鹭县1月7日上午举行第四个中国人民警察节座谈会，回望2023年，全县破案二百起。")
    assert inferred.source is None
    assert inferred.certainty == ("", "inferred")
    assert inferred.day is not None
    assert inferred.day.endswith(f"{inferred.date_start} to {inferred.date_end}")
    unknown = explain_page("小雨落在屋顶上。")
    assert (unknown.day, unknown.certainty) == (None, ("", ""))


def test_what_acts_unseen_is_written_out() -> None:
    assert visible("a\tb\x1b[31m\x7f\u202e\u200b") == "a␉b␛[31m␡‹U+202E›‹U+200B›"
    assert visible("[red]新闻[/red] می‌خواهم") == "[red]新闻[/red] می‌خواهم"


def test_a_file_in_any_encoding_is_explained_and_others_are_refused(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_bytes(PAGE.encode("gb18030"))
    assert explain_file(tmp_path / "p.txt").source == "春江日报"
    (tmp_path / "t.csv").write_text("text\nx\n", "utf-8")
    with pytest.raises(CorpusError, match="--explain shows page texts"):
        explain_file(tmp_path / "t.csv")
    with pytest.raises(MissingInputError, match="no such file"):
        explain_file(tmp_path / "nowhere.txt")
