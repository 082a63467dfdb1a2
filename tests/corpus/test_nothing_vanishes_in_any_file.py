"""Whatever kind of file it stands in, every row, line and member is in an article or in the ledger."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus
from corpus.errors import NoArticlesError
from corpus.intake.files import InputFile
from corpus.intake.markup import Span, visible_text
from corpus.intake.tables import Defaults
from corpus.intake.web import read_web_page
from corpus.ledger import Ledger
from corpus.schema import KEPT, LINES

STORY = "城东新学校昨天落成，约三百名市民来到现场，孩子们合唱了两首歌曲，校长致辞感谢。"
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)
CELLS = st.one_of(WORDS, st.just(STORY), st.just(""))
ROWS = st.lists(st.tuples(CELLS, WORDS), max_size=8).map(lambda rows: [*rows, (STORY, "")])
often = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def read(name: str, data: bytes) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Articles and ledger rows of one file, beside a page that always gives an article."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        (Path(folder) / "anchor.txt").write_text(f"本报讯（记者周宁）{STORY}\n", "utf-8")
        found = corpus.read(folder, reprints=False, workers=1)
    articles = found.articles[found.articles["file"] != "anchor.txt"]
    left_out = found.dropped[~found.dropped["reason"].str.startswith(KEPT)]
    return articles.to_dict("records"), left_out[left_out["file"] != "anchor.txt"].to_dict("records")


@often
@given(ROWS)
def test_rows_of_a_csv_file(rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([("text", "title"), *rows])
    articles, left_out = read("table.csv", stream.getvalue().encode())
    assert len(articles) + len(left_out) == len(rows)
    told = {str(article["text"]).strip() for article in articles}
    assert {text.strip() for text, _ in rows if text.strip()} <= told | {str(row["text"]) for row in left_out}


@often
@given(ROWS, st.lists(st.sampled_from(["{", "[1]", '"words"', "null", '{"text": 5']), max_size=3))
def test_lines_of_a_jsonl_file(rows: list[tuple[str, str]], broken: list[str]) -> None:
    lines = [json.dumps({"text": text, "title": title}, ensure_ascii=False) for text, title in rows]
    articles, left_out = read("table.jsonl", "\n".join([*lines, *broken]).encode())
    assert len(articles) + len(left_out) == len(rows) + len(broken)


@often
@given(st.dictionaries(st.sampled_from(["a.txt", "b.txt", "c/d.txt", "e.exe", "../f.txt", ".g.txt"]), CELLS))
def test_members_of_a_zip_archive(members: dict[str, str]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    articles, left_out = read("pages.zip", stream.getvalue())
    told = {str(row["file"]) for row in [*articles, *left_out]}
    assert told == ({f"pages.zip/{name}" for name in members} or {"pages.zip"})


@often
@given(st.lists(st.tuples(st.sampled_from(["p", "h1", "div", "li", "td", "a"]), CELLS), max_size=12))
def test_visible_lines_of_a_web_page(parts: list[tuple[str, str]]) -> None:
    body = "\n".join(f"<{tag}>{text.replace('<', '').replace('&', '')}</{tag}>" for tag, text in parts)
    source = f"<html><body>\n{body}\n<p>{STORY * 4}</p>\n<p>{STORY * 3}</p>\n</body></html>"
    ledger = Ledger()
    rows = read_web_page(InputFile("p.html", "p.html"), source, ledger, defaults=Defaults())
    visible = visible_text(source)
    wanted = {
        line
        for place in range(len(visible.characters))
        for first, last in visible.ranges([Span(place, place + 1)])
        for line in range(first, last + 1)
    }
    spans = [row[LINES] for row in rows] + [entry.lines for entry in ledger.entries]
    told = {line for ranges in spans for first, last in ranges for line in range(first, last + 1)}
    assert wanted <= told or not rows


@pytest.mark.parametrize(
    "name", ["noise.txt", "noise.html", "noise.csv", "noise.jsonl", "noise.pdf", "noise.png"]
)
def test_a_file_that_is_not_what_its_name_says_is_in_the_ledger(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40)
    with pytest.raises(NoArticlesError, match=name):
        corpus.read(tmp_path / name)
