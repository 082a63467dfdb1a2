"""The report: one page, complete, escaped, and sound in a real browser with no network."""

import itertools
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

import figures
from corpus.schema import TableError
from figures import report_tables
from figures.report_words import WORDS
from figures.tables import RunFolderError
from figures.words import Voice
from tests.figures.conftest import THEMES, make_tables, write_run

NOTE = "12 of 200 dates are inferred & <not> printed."
MANIFEST = {
    "title": "Two <papers>",
    "seed": 7,
    "config": {
        "themes": {"codebook": "mine"},
        "trends": {"level": 0.9},
        "figures": {"lang": "en"},
    },
    "theme_names": {"anti_corruption": {"en": "Clean hands", "zh": "清廉建设"}},
    "versions": {"broadsheet": "0.1.0"},
    "notes": [NOTE],
    "inputs": [{"file": "pages/a.txt", "sha256": "ab" * 32, "n_articles": 12}],
}
HOSTILE = ("<script>alert(1)</script>", "</textarea></table>\"&'")


def hostile_tables():
    tables = make_tables(n=200, months=15, themes=THEMES[:2])
    articles = tables["articles"]
    articles.loc[0, "title"], articles.loc[1, "title"] = HOSTILE
    articles.loc[2, "title"] = None
    articles.loc[3, "source"] = "<b>Paper</b>"
    articles["lines"] = "[[3, 9], [14, 14]]"
    articles["lang"] = articles["lang"].where(articles.index != 4)
    return tables


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory) -> Path:
    folder = write_run(tmp_path_factory.mktemp("run"), hostile_tables())
    (folder / "manifest.json").write_text(json.dumps(MANIFEST, ensure_ascii=False), "utf-8")
    leakage = {"language_leakage": {"verdict": "topics do not follow languages", "ami": 0.0214}}
    checks = json.loads((folder / "validation.json").read_text("utf-8"))
    (folder / "validation.json").write_text(json.dumps(checks | leakage), "utf-8")
    return folder


@pytest.fixture(scope="module")
def page(run_dir: Path) -> str:
    return figures.write_report(run_dir).read_text("utf-8")


class Outline(HTMLParser):
    """Tags, headings, ids, and whether every element is closed."""

    VOID = frozenset({"meta", "link", "img", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


def test_all_text_is_escaped(page: str) -> None:
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;/textarea&gt;" in page
    assert "<b>" not in page
    assert "12 of 200 dates are inferred &amp; &lt;not&gt; printed." in page
    assert "Two &lt;papers&gt;" in page


def test_the_page_is_whole_and_ordered_for_a_screen_reader(page: str) -> None:
    outline = Outline(page)
    assert outline.open == []
    assert outline.count("h1") == outline.count("main") == outline.count("nav") == 1
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    referred = [attrs[key] for _, attrs in outline.tags for key in ("aria-labelledby",) if key in attrs]
    referred += [attrs["href"][1:] for _, attrs in outline.tags if (attrs.get("href") or "").startswith("#")]
    assert set(referred) <= set(ids)
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert outline.count("table") == outline.count("caption")
    assert all(attrs.get("alt") for tag, attrs in outline.tags if tag == "img")


def test_caveats_stand_before_everything_else(page: str) -> None:
    assert page.index('class="care"') < page.index('class="facts"') < page.index("<figure")


def test_every_figure_is_inside_with_its_caption(page: str, run_dir: Path) -> None:
    tables = hostile_tables()
    names = MANIFEST["theme_names"]
    assert page.count("data:image/png;base64,") == len(figures.names())
    said = figures.caption("trend_by_theme", tables, names=names, level=0.9)
    assert said in page
    assert "90% interval" in said
    assert not re.search(r'(src|href)="(?!data:|#)', page)


def test_foreign_text_carries_its_language(page: str) -> None:
    assert '<span class="terms" lang="zh">清廉' in page
    assert '<span class="terms" lang="ru">коррупция' in page
    assert re.search(r'<span lang="(zh|en|ru)">晨江日报</span>', page)


def test_a_figure_that_cannot_be_drawn_is_said_to_be_missing(tmp_path: Path) -> None:
    tables = make_tables(n=60, months=1, themes=THEMES[:2], sources=("A", "B"))
    tables["topics"] = tables["topics"].head(0)
    tables["dropped"] = tables["dropped"].head(0)
    tables["change_points"] = tables["change_points"].head(0)
    text = figures.write_report(write_run(tmp_path, tables)).read_text("utf-8")
    assert "<code>trend_by_theme</code>: all dated articles fall in one period" in text
    assert WORDS["en"]["no_topics"] in text
    assert WORDS["en"]["nothing_left_out"] in text
    assert WORDS["en"]["no_changes"] in text
    assert "nan" not in re.sub(r"base64,[^\"]+", "", text).lower()


def test_same_run_same_page_and_size_is_sane(run_dir: Path, page: str, tmp_path: Path) -> None:
    again = figures.write_report(run_dir, out=tmp_path / "again.html")
    assert again.read_text("utf-8") == page
    assert len(page) < 8_000_000


def test_the_page_speaks_chinese(run_dir: Path, tmp_path: Path) -> None:
    text = figures.write_report(run_dir, out=tmp_path / "zh.html", lang="zh").read_text("utf-8")
    assert '<html lang="zh-Hans">' in text
    assert "请先阅读" in text
    assert "清廉建设" in text
    assert WORDS["en"].keys() == WORDS["zh"].keys()


def test_a_missing_table_is_an_error(run_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(run_dir, tmp_path / "run")
    (tmp_path / "run" / "tests.csv").unlink()
    with pytest.raises(RunFolderError, match=r"tests\.csv: missing"):
        figures.write_report(tmp_path / "run")


def test_articles_are_the_most_probable_and_capped() -> None:
    tables = make_tables(n=900, months=2, themes=("health",), sources=("A", "B"))
    group = report_tables.reading(tables, Voice())[0]
    assert group["theme"] == "health"
    assert group["shown"] == len(group["rows"]) == report_tables.ARTICLES_A_THEME
    assert group["n"] == (tables["assignments"]["theme"] == "health").sum()
    chances = [float(row["probability"]) for row in group["rows"]]
    assert chances == sorted(chances, reverse=True)


def test_an_article_without_a_title_is_known_by_its_first_words() -> None:
    assert report_tables.title_of({"title": None, "text": "开头 的\n话"}) == "[开头 的 话]"
    assert report_tables.title_of({"title": " a\n b ", "text": "x"}) == "a b"


@pytest.mark.parametrize(
    "value, shown",
    [("[[3, 9], [14, 14]]", "3–9, 14"), (None, ""), ("row 7", "row 7"), ("7", "7"), ("[]", "")],
)
def test_lines_are_written_as_people_do(value: str | None, shown: str) -> None:
    assert report_tables.ranges(value) == shown


def test_numbers_are_rounded_for_reading() -> None:
    assert report_tables.number(-0.1234) == "−0.12"
    assert report_tables.number(float("nan")) == "–"
    assert report_tables.probability(0.0004) == "< 0.001"
    assert report_tables.checks({"a": {"b_c": 0.12345}, "list": [1], "none": None}) == [("a: b c", "0.123")]


def test_a_table_without_its_columns(tables) -> None:
    with pytest.raises(TableError, match="dropped lacks reason"):
        report_tables.ledger({"dropped": tables["dropped"].drop(columns="reason")})


CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--virtual-time-budget=4000",
    "--dump-dom",
)
needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")


def browse(page: Path, profile: Path) -> tuple[str, list[str]]:
    """The page as the browser understood it, and what it said on the console."""
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@needs_browser
def test_a_browser_shows_the_page_and_has_nothing_to_complain_of(
    run_dir: Path, page: str, tmp_path: Path
) -> None:
    document, console = browse(run_dir / "report.html", tmp_path / "profile")
    assert console == []
    assert document.count("<img ") == len(figures.names())
    assert "<script" not in document
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in document


@needs_browser
def test_the_browser_would_have_complained(page: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(page.replace("</main>", "<script>document.title = 'x'</script></main>"), "utf-8")
    _, console = browse(bad, tmp_path / "profile")
    assert any("Content Security Policy" in line for line in console)


def test_a_figure_that_fails_costs_the_page_that_figure_alone(tmp_path: Path) -> None:
    tables = make_tables(n=200, months=15, themes=THEMES[:2])
    tables["map"]["x"] = "left"
    folder = write_run(tmp_path, tables)
    with pytest.raises(figures.FiguresFailed, match=r"1 of the figures failed .article_map"):
        figures.redraw(folder, formats=("png",))
    page = figures.write_report(folder).read_text("utf-8")
    assert "TypeError: " in page
    assert page.count("data:image/png") == len(figures.names()) - 1
