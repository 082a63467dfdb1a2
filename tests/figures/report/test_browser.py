"""The report in a real browser without a network: points, articles, search, map, keyboard, dark."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.figures.report.conftest import HOSTILE, Visit

PAPER = "晨江日报"


def articles_of(run_dir: Path) -> pd.DataFrame:
    """Articles with the assignments, as the run folder has them."""
    articles = pd.read_parquet(run_dir / "articles.parquet")
    return articles.merge(pd.read_parquet(run_dir / "assignments.parquet"), on="article_id")


def test_the_page_opens_offline_and_has_nothing_to_complain_of(visit: Visit, report: Path) -> None:
    visit.show_map()
    assert visit.complaints == []
    assert {url.split(":")[0] for url in visit.asked} <= {"file", "data", "blob"}
    assert [url for url in visit.asked if url.startswith("file")] == [report.as_uri()]
    assert visit.page.locator("#trend-chart .scatterlayer .point").count() > 0


def test_a_foreign_script_is_refused(browser, page: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(page.replace("</main>", "<script>document.title = 'x'</script></main>"), "utf-8")
    visit = Visit(browser, bad)
    assert any("Content Security Policy" in said for said in visit.complaints)
    assert visit.page.title() == "Two <papers>"


def test_a_click_on_a_point_lists_the_articles_behind_it(visit: Visit, run_dir: Path) -> None:
    visit.page.locator("#trend-theme").select_option("anti_corruption")
    visit.page.locator("#trend-chart .scatterlayer .point").nth(1).scroll_into_view_if_needed()
    box = visit.page.locator("#trend-chart .scatterlayer .point").nth(1).bounding_box()
    visit.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.locator("#behind-list .open").first.wait_for()
    assert visit.text("#h-behind") == "Clean hands, all sources, 2022-02"
    table = articles_of(run_dir)
    month = table[(table["date"].str[:7] == "2022-02") & (table["kind"] == "article")]
    on_theme = month[month["p_anti_corruption"] >= 0.005].sort_values("p_anti_corruption", ascending=False)
    shown = visit.titles("behind-list")
    chances = visit.page.locator("#behind-list .p").all_inner_texts()
    assert chances == [f"{p:.2f}" for p in on_theme["p_anti_corruption"].head(len(shown))]
    assert set(shown) <= set(on_theme["title"])
    assert len(shown) == min(20, len(on_theme))
    assert f"{len(month)} articles" in visit.text("#behind-note")


def test_a_point_of_one_paper_has_that_papers_articles(visit: Visit, run_dir: Path) -> None:
    visit.page.locator("#trend-sources input").first.uncheck()
    visit.page.get_by_label(PAPER, exact=True).check()
    visit.page.locator("#trend-data summary").click()
    visit.page.locator("#trend-table tbody tr").nth(2).get_by_role("button").click()
    assert f"{PAPER}, 2022-03" in visit.text("#h-behind")
    assert all(PAPER in line for line in visit.page.locator("#behind-list .meta").all_inner_texts())


def test_the_lines_drawn_are_those_of_the_table(visit: Visit, run_dir: Path) -> None:
    trends = pd.read_csv(run_dir / "trends.csv")
    own = trends[(trends["theme"] == "anti_corruption") & (trends["source"] == "ALL")]
    visit.page.locator("#trend-theme").select_option("anti_corruption")
    visit.page.locator("#show-adjusted").check()
    read = "document.querySelector('#trend-chart .plot').data.filter(t => t.mode === 'markers').map(t => t.y)"
    raw, adjusted = visit.page.evaluate(read)
    assert raw == pytest.approx(own["share"].tolist(), abs=1e-5)
    assert adjusted == pytest.approx(own["adjusted"].tolist(), abs=1e-5)
    visit.page.locator("#show-raw").uncheck()
    assert len(visit.page.evaluate(read)) == 1


@pytest.mark.parametrize(
    "asked, article",
    [
        ("清廉", 6),
        ("inspectors", 8),
        ("harbour", 8),
        ("廉洁", 7),
        ("廉潔", 7),
        ("没有的词", None),
        ("清廉 廉洁", 7),
    ],
)
def test_search_finds_words_of_any_script(
    visit: Visit, run_dir: Path, asked: str, article: int | None
) -> None:
    visit.page.locator("#search-words").fill(asked)
    visit.page.get_by_role("button", name="Search", exact=True).click()
    titles = articles_of(run_dir)["title"]
    if article is None:
        visit.page.get_by_text("No article matches.").first.wait_for()
        return
    visit.page.locator("#found-list mark").first.wait_for()
    assert titles[article] in visit.titles("found-list")
    assert len(visit.titles("found-list")) <= 2


def test_a_word_that_is_found_is_marked_as_it_stands(visit: Visit) -> None:
    visit.page.locator("#search-words").fill("harbour")
    visit.page.keyboard.press("Enter")
    visit.page.locator("#found-list mark").first.wait_for()
    assert visit.page.locator("#found-list mark").all_inner_texts() == ["ＨＡＲＢＯＵＲ"]
    visit.page.locator("#found-list .open").first.click()
    visit.page.locator("#article-text mark").first.wait_for()
    assert visit.text("#article-text") == "The ＨＡＲＢＯＵＲ Inspectors came back."


def test_filters_keep_what_they_say(visit: Visit, run_dir: Path) -> None:
    table = articles_of(run_dir)
    visit.page.locator("#search-theme").select_option("anti_corruption")
    visit.page.locator("#search-source").select_option(label=PAPER)
    visit.page.locator("#search-from").fill("2022-02-01")
    visit.page.locator("#search-to").fill("2022-04-30")
    expected = table[
        (table["source"] == PAPER)
        & table["date"].between("2022-02-01", "2022-04-30")
        & (table["p_anti_corruption"].round(2) >= 0.5)
    ]
    visit.page.locator("#search-to").blur()
    assert len(expected) > 1
    assert visit.text("#h-found") == f"{len(expected)} articles found"
    visit.page.get_by_role("button", name="Clear").click()
    visit.page.get_by_text(f"{len(table)} articles found").first.wait_for()


def test_hostile_titles_and_texts_are_text(visit: Visit, run_dir: Path) -> None:
    for title in HOSTILE:
        visit.page.locator("#search-words").fill(f'"{title}"' if '"' not in title else "textarea")
        visit.page.keyboard.press("Enter")
        visit.page.locator("#found-list mark").first.wait_for()
        assert title in visit.titles("found-list")
    visit.page.locator("#search-words").fill("is text as well")
    visit.page.keyboard.press("Enter")
    visit.page.locator("#found-list .snippet mark").first.wait_for()
    visit.page.locator("#found-list .open").first.click()
    visit.page.locator("#article-text mark").first.wait_for()
    assert visit.text("#article-text").startswith(HOSTILE[0])
    visit.page.keyboard.press("Escape")
    visit.show_map()
    visit.page.get_by_role("button", name="List the articles in view").click()
    assert visit.complaints == []


def test_an_article_is_told_whole(visit: Visit, run_dir: Path) -> None:
    row = articles_of(run_dir).loc[6]
    visit.page.locator("#search-words").fill("推进会")
    visit.page.keyboard.press("Enter")
    visit.page.locator("#found-list .snippet mark").first.wait_for()
    visit.page.locator("#found-list .open").first.click()
    visit.page.locator("#article-text mark").first.wait_for()
    facts = visit.text("#article-facts")
    for said in (
        row["source"],
        row["date"],
        "printed",
        "晨江市",
        "pages/a.txt, lines 3–9, 14",
        row["article_id"],
    ):
        assert said in facts
    assert visit.text("#article-text") == row["text"]
    assert f"{row['theme_probability']:.2f}" in visit.text("#article-themes")
    visit.page.get_by_role("button", name="Close", exact=True).click()
    assert not visit.page.locator("#article").is_visible()


def test_the_map_zooms_colours_and_lists_what_is_in_view(visit: Visit, run_dir: Path) -> None:
    visit.show_map()
    n = len(pd.read_parquet(run_dir / "map.parquet"))
    visit.page.get_by_role("button", name="List the articles in view").click()
    assert visit.text("#h-view") == f"{n} articles in view"
    visit.page.get_by_role("button", name="Closer").click()
    visit.page.get_by_role("button", name="Closer").click()
    visit.page.get_by_role("button", name="List the articles in view").click()
    fewer = int(visit.text("#h-view").split()[0])
    assert 0 < fewer < n
    languages = set(articles_of(run_dir)["lang"].dropna())
    visit.page.locator("#map-colour").select_option("lang")
    visit.page.locator("#map-legend li", has_text="zh").wait_for()
    legend = visit.page.locator("#map-legend li").all_inner_texts()
    assert {name.split(" ")[0] for name in legend} == languages | {"unknown"}
    for by in ("source", "time", "topic", "theme"):
        visit.page.locator("#map-colour").select_option(by)
    assert visit.complaints == []


def test_a_point_of_the_map_opens_its_article(visit: Visit, run_dir: Path) -> None:
    visit.show_map()
    box = visit.page.locator("#map-chart .scatterlayer .point").first.bounding_box()
    visit.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.locator("#article").wait_for()
    assert visit.text("#article-title") != ""


def test_the_keyboard_alone_reaches_an_article(visit: Visit) -> None:
    keys = visit.page.keyboard
    keys.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    for _ in range(80):
        keys.press("Tab")
        if visit.page.evaluate("document.activeElement.id") == "trend-chart":
            break
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    assert "2022-02, all sources:" in visit.text("#live")
    keys.press("End")
    assert "2022-06, all sources:" in visit.text("#live")
    keys.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "h-behind"
    keys.press("Tab")
    keys.press("Enter")
    visit.page.locator("#article").wait_for()
    assert visit.page.evaluate("document.activeElement.closest('dialog').id") == "article"
    keys.press("Escape")
    assert visit.page.evaluate("document.activeElement.className") == "open"


def test_the_keyboard_moves_the_map(visit: Visit) -> None:
    visit.show_map()
    visit.page.locator("#map-chart").focus()
    for key in ("+", "+", "ArrowUp"):
        visit.page.keyboard.press(key)
    assert "in view" in visit.text("#live")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "h-view"


def test_tables_sort_filter_and_lead_to_the_chart(visit: Visit) -> None:
    glance = visit.page.locator("#t-glance")
    glance.get_by_role("button", name="Articles", exact=True).click()
    numbers = [
        int(text.replace(",", "")) for text in glance.locator("tbody td:nth-child(2)").all_inner_texts()
    ]
    assert numbers == sorted(numbers, reverse=True)
    glance.get_by_role("button", name="Articles", exact=True).click()
    numbers = [
        int(text.replace(",", "")) for text in glance.locator("tbody td:nth-child(2)").all_inner_texts()
    ]
    assert numbers == sorted(numbers)
    visit.page.locator("#findings-theme").select_option("public_security")
    visit.page.locator("#d-bursts summary").click()
    visit.page.locator("#d-drift summary").click()
    assert visit.page.locator("#t-bursts tbody tr").is_visible()
    assert not visit.page.locator("#t-drift tbody tr").is_visible()
    visit.page.locator("#t-bursts tbody button").click()
    assert visit.page.locator("#trend-theme").input_value() == "public_security"
    assert visit.page.get_by_label(PAPER, exact=True).is_checked()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_width_scrolls_sideways(browser, report: Path, width: int, dark: bool) -> None:
    visit = Visit(browser, report, width=width, dark=dark)
    visit.page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    visit.show_map()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.page.locator("#found-list .open").first.click()
    visit.page.locator("#article").wait_for()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.page.evaluate("document.querySelector('#article').scrollWidth") <= width


def test_dark_is_dark_by_the_system_and_by_the_switch(browser, report: Path) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    line = "document.querySelector('#trend-chart .plot').data.at(-1).marker.line.color"
    by_system, by_switch = Visit(browser, report, dark=True), Visit(browser, report)
    light = by_switch.page.evaluate(paper)
    assert light == "rgb(255, 255, 255)"
    light_line = by_switch.page.evaluate(line)
    by_switch.page.locator("#look").select_option("dark")
    assert by_switch.page.evaluate(paper) == by_system.page.evaluate(paper) != light
    assert by_switch.page.evaluate(line) == by_system.page.evaluate(line) != light_line
    by_switch.page.locator("#look").select_option("light")
    assert by_switch.page.evaluate(paper) == light


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_finds_no_fault(browser, report: Path, chinese: Path, dark: bool, lang: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    visit = Visit(browser, chinese if lang == "zh" else report, dark=dark)
    visit.page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    visit.show_map()
    visit.page.locator("#map-list").click()
    visit.page.locator("#trend-chart").focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("Enter")
    assert faults(Axe().run(visit.page).response) == []
    visit.page.locator("#found-list .open").first.click()
    visit.page.locator("#article").wait_for()
    assert faults(Axe().run(visit.page).response) == []


def faults(found: dict) -> list[str]:
    """What axe counts as a fault, each with the first element that has it."""
    return [
        f"{fault['impact']} {fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found["violations"]
    ]


def test_a_printed_page_has_the_overview_and_the_open_tables(visit: Visit, tmp_path: Path) -> None:
    visit.page.locator("#d-tests summary").click()
    visit.page.emulate_media(media="print")
    assert visit.page.locator("#t-tests").is_visible()
    assert visit.page.locator("#trend-chart").is_visible()
    for part in ("nav", "#search-form", "#map-form", "#d-drift", "#look"):
        assert not visit.page.locator(part).is_visible()
    assert len(visit.page.pdf(format="A4")) > 10_000


def test_a_dark_page_is_printed_light_and_as_wide_as_paper(browser, report: Path) -> None:
    visit = Visit(browser, report, dark=True)
    line = "document.querySelector('#trend-chart .plot').data.at(-1).marker.line.color"
    width = "document.querySelector('#trend-chart .main-svg').getBoundingClientRect().width"
    dark = visit.page.evaluate(line)
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert visit.page.evaluate(line) == "rgb(27, 27, 27)" != dark
    assert visit.page.evaluate(width) == 660
    assert visit.page.locator("#d-drift").get_attribute("open") is not None
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    visit.page.wait_for_timeout(200)
    assert visit.page.evaluate(line) == dark
    assert visit.page.evaluate(width) > 900
    assert visit.page.locator("#d-drift").get_attribute("open") is None
