"""The report's HTML: complete, escaped, and the same for the same run."""

from __future__ import annotations

import base64
import gzip
import itertools
import json
import re
import shutil
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import figures
from corpus.schema import TableError
from figures.report.about import SOFTWARE, ledger
from figures.report.library import load_library
from figures.report.material import WORDS_FOLDER, Material, load_words
from figures.report.packing import pack_json
from figures.report.script_fold import simplified_pairs
from figures.tables import RunFolderError, read_run
from figures.words import Voice
from tests.figures.conftest import THEMES, make_tables, write_run
from tests.figures.report.conftest import HOSTILE, MANIFEST, beside, hostile_tables, write_whole_run

ROOT = Path(__file__).parents[3]


def data_of(page: str, name: str):
    """The packed JSON of this name."""
    packed = re.search(rf'id="data-{name}">([^<]+)<', page)
    assert packed is not None
    return json.loads(gzip.decompress(base64.b64decode(packed[1])))


class Outline(HTMLParser):
    """Tags, headings, ids, and whether every element is closed."""

    VOID = frozenset({"meta", "link", "img", "br", "input"})

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
        return sum(found == tag for found, _ in self.tags)


def test_html_is_whole_and_accessible(page: str) -> None:
    outline = Outline(page)
    assert outline.open == []
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    referred = [
        attrs[key]
        for _, attrs in outline.tags
        for key in ("aria-labelledby", "aria-describedby")
        if key in attrs
    ]
    referred += [attrs["href"][1:] for _, attrs in outline.tags if (attrs.get("href") or "").startswith("#")]
    assert set(referred) <= set(ids)
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all(attrs.get("alt") for tag, attrs in outline.tags if tag == "img")


def test_all_text_is_escaped(page: str) -> None:
    assert HOSTILE[0] not in page
    assert "<b>Paper</b>" not in page
    assert "Two &lt;papers&gt;" in page
    assert "Reform &lt;day&gt;" in page
    assert "Buy &lt;b&gt;now&lt;/b&gt;" in page
    # No handler and no style in an attribute: the policy would refuse them.
    assert not [
        attrs for _, attrs in Outline(page).tags if any(a.startswith("on") or a == "style" for a in attrs)
    ]


def test_the_policy_names_every_script_and_style_by_its_hash(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert policy[1].startswith("default-src 'none'")
    assert not re.search(r'(src|href)="(?!data:|#)', page)


def test_caveats_stand_before_everything_else(page: str) -> None:
    assert page.index('class="care" aria') < page.index('class="facts"') < page.index('id="t-glance"')
    assert "12 of 200 dates are inferred &amp; &lt;not&gt; printed." in page


def test_every_table_of_the_run_folder_has_its_place(page: str) -> None:
    names = {
        "glance",
        "theme_terms",
        "topics",
        "tests",
        "change_points",
        "checks",
        "reasons",
        "ledger",
        "inputs",
    }
    names |= beside().keys() - {"effects", "topic_themes"}
    assert names <= set(re.findall(r'id="t-(\w+)"', page))
    text = re.sub(r"<[^>]+>", " ", page)
    for said in ("growing", "× 5.5", "+3.1", "2022-03-31", "Median days between"):
        assert said in text


def test_every_figure_is_inside_with_its_caption(page: str) -> None:
    names = MANIFEST["theme_names"]
    refused = [name for name in figures.names() if f"<code>{name}</code>" in page]
    assert refused == ["year_over_year", "validation_panel"], (
        refused
    )  # six months; a validation of four numbers
    assert page.count("data:image/png;base64,") == len(figures.names()) - len(refused)
    said = figures.caption("trend_by_theme", hostile_tables(), names=names, level=0.9)
    assert said in page
    assert "90% interval" in said


def test_foreign_text_carries_its_language(page: str) -> None:
    assert re.search(r'<span class="part" lang="zh">清廉', page)
    assert re.search(r'<span class="part" lang="ru">коррупция', page)
    assert re.search(r'<span lang="(zh|en|ru)">晨江日报</span>', page)


def test_a_validation_value_without_words_of_ours_stands_all_the_same(page: str) -> None:
    assert "something.new" in page
    assert "0.123" in page
    assert "topics do not follow languages" in page


def test_a_small_run_says_what_it_lacks(tmp_path: Path) -> None:
    tables = make_tables(n=60, months=1, themes=THEMES[:2], sources=("A", "B"))
    for name in ("topics", "dropped", "change_points", "map"):
        tables[name] = tables[name].head(0)
    del tables["validation"]
    text = figures.write_report(write_run(tmp_path, tables)).read_text("utf-8")
    assert "<code>trend_by_theme</code>: all dated articles fall in one period" in text
    words = load_words("en")
    for said in (
        words["tables"]["topics"]["empty"],
        words["tables"]["reasons"]["empty"],
        words["map"]["none"],
    ):
        assert said.replace('"', "&#34;") in text
    assert words["tables"]["checks"]["empty"] in text
    assert ">nan<" not in text.lower()


def test_same_run_same_page(run_dir: Path, page: str, tmp_path: Path) -> None:
    again = figures.write_report(run_dir, out=tmp_path / "again.html")
    assert again.read_text("utf-8") == page
    assert len(page) < 5_000_000


def test_the_page_speaks_chinese(chinese: Path) -> None:
    text = chinese.read_text("utf-8")
    assert '<html lang="zh-Hans">' in text
    assert "请先阅读" in text
    assert "清廉建设" in text
    assert data_of(text, "study")["words"]["all_sources"] == "全部来源"


def keys_of(words: dict, above: str = "") -> set[str]:
    found = set()
    for key, value in words.items():
        found |= keys_of(value, f"{above}{key}.") if isinstance(value, dict) else {above + key}
    return found


def fields_of(words: dict, above: str = "") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in words.items():
        if isinstance(value, dict):
            found |= fields_of(value, f"{above}{key}.")
        else:
            found[above + key] = sorted(re.findall(r"\{(\w+)\}", value))
    return found


def test_both_languages_have_the_same_words() -> None:
    english, chinese = (
        tomllib.loads((WORDS_FOLDER / f"{lang}.toml").read_text("utf-8")) for lang in ("en", "zh")
    )
    assert keys_of(english) == keys_of(chinese)
    assert fields_of(english) == fields_of(chinese)


def test_the_script_asks_for_no_word_that_is_not_there() -> None:
    scripts = Path(figures.__file__).parent / "report" / "assets" / "script"
    used = {
        word for path in scripts.glob("*.js") for word in re.findall(r"\bW\.(\w+)", path.read_text("utf-8"))
    }
    assert used == load_words("en")["script"].keys()


def test_the_template_uses_every_word_of_its_sections() -> None:
    report = Path(figures.__file__).parent / "report"
    template = (report / "assets" / "report.html").read_text("utf-8")
    rooms = "".join(path.read_text("utf-8") for path in report.glob("*.py"))
    words = load_words("en")
    unused = [
        f"{section}.{key}"
        for section in ("page", "trends", "search", "map")
        for key in words[section]
        if f"w.{section}.{key}" not in template and f'"{key}"' not in template + rooms
    ]
    assert unused == []


def test_trends_and_articles_in_the_page_are_those_of_the_tables(page: str) -> None:
    tables, study, articles = hostile_tables(), data_of(page, "study"), data_of(page, "articles")
    trends = tables["trends"]
    own = trends[(trends["theme"] == THEMES[0]) & (trends["source"] == "晨江日报")]
    series = study["series"][THEMES[0]]["晨江日报"]
    assert series["share"] == pytest.approx(own["share"].fillna(-1).tolist(), abs=1e-5)
    assert study["periods"][0] == ["2022-01-01", "2022-01-31"]
    place = articles["id"].index("00007")
    assert articles["date"][place] == tables["articles"]["date"][7]
    assert articles["from"][place] == articles["to"][place] == int(tables["articles"]["date"][7][5:7]) - 1
    assert articles["lines"][place] == "3–9, 14"
    assert articles["counted"][articles["id"].index("00005")] == 0
    assert [event["event"] for event in study["marks"]["events"]] == ["Reform <day>"]


def test_a_missing_table_is_an_error(run_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(run_dir, tmp_path / "run")
    (tmp_path / "run" / "tests.csv").unlink()
    with pytest.raises(RunFolderError, match=r"tests\.csv: missing"):
        figures.write_report(tmp_path / "run")


@pytest.mark.parametrize(
    "column, value, message", [("weight", "heavy", "not readable as a table"), ("q", None, "lacks q")]
)
def test_a_broken_table_beside_the_others_is_an_error(tmp_path, column, value, message) -> None:
    tables = hostile_tables()
    broken = tables["bursts"].astype(object)
    tables["bursts"] = broken.drop(columns=column) if value is None else broken.assign(**{column: value})
    run = read_run(write_whole_run(tmp_path / "run", tables))
    with pytest.raises(RunFolderError, match=message):
        Material(run, Voice()).beside("bursts")


def test_a_table_without_its_columns(tmp_path: Path) -> None:
    tables = hostile_tables()
    dropped = tables["dropped"].drop(columns="file")
    run = read_run(write_whole_run(tmp_path / "run", tables))
    run = replace(run, tables={**run.tables, "dropped": dropped})
    with pytest.raises(TableError, match="dropped lacks file"):
        ledger(Material(run, Voice()))


def test_a_figure_that_fails_costs_the_page_that_figure_alone(tmp_path: Path) -> None:
    tables = make_tables(n=200, months=15, themes=THEMES[:2])
    folder = write_run(tmp_path, tables)
    figures.redraw(folder, formats=("png",))
    (folder / "figures" / "article_map.png").write_bytes(b"no picture")
    page = figures.write_report(folder).read_text("utf-8")
    assert "<code>article_map</code>: UnidentifiedImageError" in page
    assert page.count("data:image/png") == len(figures.names()) - 1


def test_the_software_is_cited_as_its_citation_file_says() -> None:
    said = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f'title: "{SOFTWARE["title"]}"' in said
    assert f"name: {SOFTWARE['authors']}" in said
    assert f"license: {SOFTWARE['license']}" in said


def test_traditional_characters_fold_to_simplified_ones() -> None:
    old, new = simplified_pairs()
    pairs = dict(zip(old, new, strict=True))
    assert len(old) == len(new) > 2500
    # 國會選舉廉潔 and its simplified form, as the General Standard's table has them.
    assert "".join(pairs.get(letter, letter) for letter in "國會選舉廉潔") == "国会选举廉洁"
    assert "国" not in pairs


def test_the_library_is_packed_whole() -> None:
    from plotly.offline import get_plotlyjs

    library = load_library()
    assert gzip.decompress(base64.b64decode(library.packed)).decode("utf-8") == get_plotlyjs()
    assert len(library.style_ids) == 1


def test_packed_json_has_no_number_that_is_none() -> None:
    with pytest.raises(ValueError, match="Out of range float values"):
        pack_json([float("nan")])
