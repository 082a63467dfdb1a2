"""A whole corpus read: pages, tables, ledger, inputs; and the real pages, where they are at hand."""

from __future__ import annotations

import importlib.util
import itertools
import json
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

import corpus
from corpus import MissingInputError, NoArticlesError
from corpus.schema import ARTICLE_COLUMNS, DATE_BASES, DROPPED_COLUMNS, KINDS

SHARED = Path(__file__).parents[2].parent / "shared"
PAGE = """2023年7月4日 星期二 3 春江日报

新学校在城东落成

本报讯（记者周宁）7月3日，城东新学校落成，约三百名市民来到现场。孩子们合唱了歌曲，校长向建设者致谢。

学校有二十四间教室和一个图书馆，秋季学期开始招生。家长们说，孩子上学再也不用过江了。

老桥翻修月底完工

本报讯（记者郑川）记者昨天从市交通局获悉，老桥的翻修工程将在月底完工，届时公共汽车恢复通行。工人们正在铺设人行道。

市交通局提醒市民，完工之前请绕行北街。
"""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "p1.txt").write_text(PAGE, "utf-8")
    (tmp_path / "pages" / "p2.txt").write_bytes(PAGE.replace("\n", "\r\n").encode("gb18030"))
    rows = [
        {"id": f"t{place}", "text": f"Article {place} about the harbour and its ships."} for place in range(3)
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (tmp_path / "note.md").write_text("x", "utf-8")
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "blank.txt").write_text(" \n ", "utf-8")
    return tmp_path


def test_the_tables_keep_their_contract(inputs: Path) -> None:
    found = corpus.read(inputs)
    assert tuple(found.articles.columns) == ARTICLE_COLUMNS
    assert tuple(found.dropped.columns) == DROPPED_COLUMNS
    assert found.articles["article_id"].is_unique
    assert set(found.articles["kind"]) <= set(KINDS)
    assert set(found.articles["date_basis"]) <= set(DATE_BASES)
    assert found.articles["file"].is_monotonic_increasing
    assert found.inputs["n_articles"].sum() == len(found.articles)
    for lines in found.articles["lines"]:
        assert all(1 <= first <= last for first, last in json.loads(lines))


def test_a_page_shares_its_date_and_source(inputs: Path) -> None:
    articles = corpus.read(inputs / "pages" / "p1.txt").articles
    assert len(articles) == 2
    assert set(articles["date"]) == {"2023-07-04"}
    assert set(articles["source"]) == {"春江日报"}
    assert articles["title"].tolist() == ["新学校在城东落成", "老桥翻修月底完工"]


def test_encoding_and_line_ends_change_nothing_but_the_record(inputs: Path) -> None:
    found = corpus.read(inputs / "pages", reprints=False)
    one, two = (found.articles[found.articles["file"] == name] for name in ("p1.txt", "p2.txt"))
    same = [name for name in ARTICLE_COLUMNS if name not in ("article_id", "file")]
    pd.testing.assert_frame_equal(one[same].reset_index(drop=True), two[same].reset_index(drop=True))
    assert found.inputs["encoding"].tolist() == ["utf-8", "gb18030"]


def test_lines_point_at_the_text_they_name(inputs: Path) -> None:
    physical = (inputs / "pages" / "p2.txt").read_text("gb18030").split("\n")
    for row in corpus.read(inputs / "pages" / "p2.txt").articles.itertuples():
        spans = json.loads(row.lines)
        stood = "".join("".join(physical[first - 1 : last]) for first, last in spans)
        assert row.text[:12] in stood


def test_nothing_vanishes(inputs: Path) -> None:
    found = corpus.read(inputs)
    left_out = found.dropped.set_index("file")["reason"]
    assert left_out["note.md"].startswith("unsupported suffix")
    assert "binary file" in left_out["bad.txt"] or "unknown encoding" in left_out["bad.txt"]
    assert left_out["blank.txt"].startswith("empty file")
    told = set(found.inputs["file"]) | set(left_out.index)
    assert told == {path.relative_to(inputs).as_posix() for path in inputs.rglob("*") if path.is_file()}


def test_every_line_of_a_page_is_in_an_article_or_in_the_ledger(inputs: Path) -> None:
    found = corpus.read(inputs / "pages" / "p1.txt")
    spans = [*found.articles["lines"], *found.dropped["lines"]]
    told = {line for span in spans for first, last in json.loads(span) for line in range(first, last + 1)}
    assert {place for place, line in enumerate(PAGE.split("\n"), 1) if line.strip()} <= told


def test_a_paper_of_another_language_is_read(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(
        "THE HARBOUR GAZETTE\nTuesday, July 4, 2023   Page 3\n\n"
        "Council votes to keep old bridge\n\nBy JANE ROE\n"
        "The city council voted on Monday night to keep the bridge open.\n",
        "utf-8",
    )
    found = corpus.read(tmp_path)
    assert found.articles["text"].str.len().min() > 0
    assert set(found.articles["source"]) == {"THE HARBOUR GAZETTE"}
    assert set(found.articles["date"]) == {"2023-07-04"}
    assert set(found.articles["lang"]) == {"en"}


def test_the_order_of_paths_does_not_matter(inputs: Path) -> None:
    paths = [inputs / "pages", inputs / "t.jsonl", inputs / "pages" / "p1.txt"]
    results = [corpus.read(list(order)) for order in itertools.permutations(paths)]
    for other in results[1:]:
        pd.testing.assert_frame_equal(results[0].articles, other.articles)
        pd.testing.assert_frame_equal(results[0].inputs, other.inputs)
        pd.testing.assert_frame_equal(results[0].dropped, other.dropped)


def test_a_page_printed_twice_is_a_reprint(inputs: Path) -> None:
    (inputs / "pages" / "p2.txt").write_text(
        PAGE.replace("2023年7月4日 星期二", "2023年7月6日 星期四"), "utf-8"
    )
    articles = corpus.read(inputs / "pages").articles
    first = articles[articles["file"] == "p1.txt"]
    again = articles[articles["file"] == "p2.txt"]
    assert first["reprint_of"].isna().all()
    assert again["reprint_of"].tolist() == first["article_id"].tolist()
    assert corpus.read(inputs / "pages", reprints=False).articles["reprint_of"].isna().all()


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError, match="no such file or folder"):
        corpus.read(tmp_path / "nowhere")


def test_no_articles_is_an_error_that_says_why(inputs: Path) -> None:
    with pytest.raises(NoArticlesError, match=r"no articles found in .*blank\.txt(.|\n)*empty file"):
        corpus.read(inputs / "blank.txt")


def test_the_progress_bar_is_shown_when_asked_for(inputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus.read(inputs / "t.jsonl", progress=True)
    assert "reading" in capsys.readouterr().err


def scorer() -> ModuleType:
    path = SHARED / "tools" / "score_articles.py"
    if not path.exists():
        pytest.skip(f"the scored pages are not at {SHARED}")
    spec = importlib.util.spec_from_file_location("score_articles", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["000", "002", "003"])
def test_real_pages_have_their_date_and_source(page: str, tmp_path: Path) -> None:
    tool = scorer()
    gold = SHARED / "gold" / f"{page}.json"
    name = json.loads(gold.read_text("utf-8"))["file"]
    found = corpus.read(SHARED / "pages" / name)
    written = corpus.write_articles(found.articles, tmp_path / "a.jsonl")
    articles = [json.loads(line) for line in written.read_text("utf-8").splitlines()]
    score = tool.score_page(gold, (SHARED / "pages" / name).read_text("utf-8").split("\n"), articles)
    assert score["date"] == 1.0
    assert score["source"] in (1.0, None)


@pytest.mark.parametrize(
    "begin, reason",
    [
        ("%PDF-1.7\nstream", "name it .pdf"),
        ("{\\rtf1\\ansi words", "save it as .txt"),
    ],
)
def test_another_kind_of_file_under_the_name_of_a_text_is_told(
    tmp_path: Path, begin: str, reason: str
) -> None:
    (tmp_path / "p.txt").write_text(begin, "utf-8")
    with pytest.raises(NoArticlesError, match=reason):
        corpus.read(tmp_path, workers=1)


def test_a_web_page_under_the_name_of_a_text_is_read_as_one(tmp_path: Path) -> None:
    body = "".join(
        f"<p>The council met on day {n} and spoke of the road beside the school.</p>" for n in range(9)
    )
    page = f"<!DOCTYPE html><html><body><h1>Road closed</h1><article>{body}</article></body></html>"
    (tmp_path / "p.txt").write_text(page, "utf-8")
    found = corpus.read(tmp_path, workers=1)
    assert len(found.articles) == 1
    assert "<p>" not in found.articles["text"].iloc[0]
    assert "kept: a web page by its first characters: read as one" in found.dropped["reason"].tolist()
