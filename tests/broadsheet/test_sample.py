"""The sample study: the same bytes for a seed, a truth that adds up, pages that say what the truth says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from broadsheet.sample import SampleStudy, build, compose_articles, plan
from broadsheet.sample.bank import LANGUAGES, BankError, load_bank
from broadsheet.sample.fill import Filler, PatternError, stream
from broadsheet.sample.study import FolderInUseError


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> SampleStudy:
    return build(tmp_path_factory.mktemp("sample"), seed=0)


def written(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def page_lines(study: SampleStudy, file: str) -> list[str]:
    return (study.corpus / file).read_text("utf-8").splitlines()


def expand(ranges: str) -> list[int]:
    return [number for first, last in json.loads(ranges) for number in range(first, last + 1)]


def on_pages(study: SampleStudy) -> pd.DataFrame:
    return study.articles[study.articles["file"].str.endswith(".txt")]


def test_the_same_seed_gives_the_same_bytes(study: SampleStudy, tmp_path: Path) -> None:
    build(tmp_path, seed=0)
    assert written(tmp_path) == written(study.corpus.parent)


def test_another_seed_gives_other_articles(study: SampleStudy, tmp_path: Path) -> None:
    other = build(tmp_path, seed=1)
    assert list(other.articles["theme"]) != list(study.articles["theme"])
    assert list(other.articles["title"]) != list(study.articles["title"])


def test_building_again_in_place_is_allowed_but_strangers_are_refused(tmp_path: Path) -> None:
    build(tmp_path, seed=0)
    build(tmp_path, seed=0)
    (tmp_path / "corpus" / "mine.txt").write_text("something else", encoding="utf-8")
    with pytest.raises(FolderInUseError, match=r"mine\.txt"):
        build(tmp_path, seed=0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bank_is_rich_and_every_sentence_distinct(lang: str) -> None:
    bank = load_bank(lang)
    assert set(bank.themes) == set(plan.THEMES)
    patterns = [pattern for theme in bank.themes.values() for _, pattern in theme.patterns()]
    assert [pattern for pattern, times in Counter(patterns).items() if times > 1] == []
    for theme in bank.themes.values():
        parts = Counter(part for part, _ in theme.patterns())
        assert parts["titles"] >= 6, theme.theme
        assert parts["leads"] >= 4, theme.theme
        assert parts["body"] >= 14, theme.theme
        assert parts["quotes"] >= 4, theme.theme
        assert parts["closings"] >= 4, theme.theme
    sentences = [
        pattern
        for theme in bank.themes.values()
        for part, pattern in theme.patterns()
        if part in ("leads", "body", "quotes", "closings")
    ]
    assert len(sentences) >= 400


def test_every_title_has_a_lead_and_every_month_a_story() -> None:
    for lang in LANGUAGES:
        for theme in load_bank(lang).themes.values():
            assert all(len(story.titles) >= len(story.leads) for story in theme.stories), (lang, theme.theme)
            assert {month for story in theme.stories for month in story.months} == set(range(1, 13))


def test_an_unknown_language_or_slot_is_an_error() -> None:
    with pytest.raises(BankError, match="no bank for language 'de'"):
        load_bank("de")
    filler = Filler({"place": ["X"]}, lang="en", day=plan.MONTHS[0], rng=stream("test"))
    with pytest.raises(PatternError, match="no list of words 'planet'"):
        filler.fill("Life on {planet}")


def test_size_of_the_study(study: SampleStudy) -> None:
    articles = study.articles
    assert 1500 <= len(articles) <= 1700
    assert articles["article_id"].is_unique
    assert set(articles["lang"]) == {"zh", "en", "ru"}
    assert articles["date"].between("2021-01-01", "2023-12-31").all()
    assert 0.08 <= articles["secondary"].notna().mean() <= 0.14
    assert 0.02 <= articles["reprint_of"].notna().mean() <= 0.06
    assert sum(map(len, written(study.corpus).values())) < 4_000_000
    assert len(on_pages(study)) > 450


def test_shares_add_up_and_realised_is_near_expected(study: SampleStudy) -> None:
    shares = study.shares
    sums = shares.groupby(["source", "period_start"])[["expected", "realised"]].sum()
    assert (sums - 1).abs().to_numpy().max() < 1e-4
    assert shares["expected"].between(0.005, 0.75).all()
    overall = shares[shares["source"] == "ALL"]
    spread = (overall["expected"] * (1 - overall["expected"]) / overall["n_articles"]) ** 0.5
    assert ((overall["realised"] - overall["expected"]).abs() < 3 * spread).mean() > 0.97
    weighted = (
        overall.assign(hope=overall["expected"] * overall["n_articles"])
        .groupby("theme")[["hope", "n_theme"]]
        .sum()
    )
    assert ((weighted["hope"] - weighted["n_theme"]).abs() < 4 * weighted["hope"] ** 0.5).all()


def test_the_step_stands_at_its_month(study: SampleStudy) -> None:
    row = study.change_point.iloc[0]
    own = study.articles[study.articles["theme"] == row["theme"]]["date"]
    before = (own < row["date"]).sum() / (study.articles["date"] < row["date"]).sum()
    after = (own >= row["date"]).sum() / (study.articles["date"] >= row["date"]).sum()
    assert row["date"] == "2022-06-01"
    assert before == pytest.approx(row["before"], abs=0.025)
    assert after == pytest.approx(row["after"], abs=0.035)


def test_the_season_peaks_in_its_month(study: SampleStudy) -> None:
    row = study.season.iloc[0]
    months = study.articles["date"].str[5:7].astype(int)
    share = (study.articles["theme"] == row["theme"]).groupby(months).mean()
    winter, summer = share[[12, 1, 2]].mean(), share[[5, 6, 7, 8]].mean()
    assert row["peak"] == 1
    assert winter > 2 * summer


def test_the_mix_theme_is_flat_within_sources_and_rises_over_all(study: SampleStudy) -> None:
    mine = study.shares[study.shares["theme"] == study.mix_theme]
    within = mine[mine["source"] != "ALL"].groupby("source")["expected"].nunique()
    assert (within == 1).all()
    overall = mine[mine["source"] == "ALL"].set_index("period_start")["expected"]
    assert overall["2023-07-01":].mean() > 1.4 * overall[:"2021-06-01"].mean()


def test_the_trend_theme_rises_within_every_source(study: SampleStudy) -> None:
    mine = study.shares[(study.shares["theme"] == study.trend_theme) & (study.shares["source"] != "ALL")]
    for _, shares in mine.groupby("source"):
        assert shares.sort_values("period_start")["expected"].is_monotonic_increasing


def test_pages_are_covered_by_articles_and_furniture_without_overlap(study: SampleStudy) -> None:
    owned: dict[str, list[int]] = {}
    for table in (on_pages(study), study.boilerplate):
        for file, lines in zip(table["file"], table["lines"], strict=True):
            owned.setdefault(file, []).extend(expand(lines))
    for file, numbers in owned.items():
        lines = page_lines(study, file)
        text = [number for number, line in enumerate(lines, start=1) if line.strip()]
        assert len(numbers) == len(set(numbers)), file
        assert [number for number in text if number not in set(numbers)] == [], file
        assert max(numbers) <= len(lines), file
    assert sorted(owned) == sorted(
        str(path.relative_to(study.corpus)) for path in study.corpus.rglob("*.txt")
    )


def test_line_ranges_begin_with_the_headline_block(study: SampleStudy) -> None:
    for row in on_pages(study).itertuples():
        lines = page_lines(study, row.file)
        mine = [lines[number - 1] for number in expand(row.lines)]
        assert row.title in mine[:3], row.article_id
        assert sum(map(len, mine)) > 150, row.article_id


def test_pages_come_in_every_layout_and_say_their_date(study: SampleStudy) -> None:
    pages = on_pages(study)
    layouts = pages["file"].str.extract(r"/(daily|page|web|briefs|courier)[-_]")[0]
    assert set(layouts) == {"daily", "page", "web", "briefs", "courier"}
    for row in pages.itertuples():
        year, month, day = row.date.split("-")
        text = "\n".join(page_lines(study, row.file)[:5])
        forms = (f"{year}年{int(month)}月{int(day)}日", row.date, f"{int(day)} ")
        printed = any(form in text for form in forms[:2]) or (
            "courier" in row.file and forms[2] in text and year in text
        )
        assert printed or row.date.replace("-", "") in row.file, row.file


def test_jsonl_rows_match_the_truth(study: SampleStudy) -> None:
    truth = study.articles.set_index("article_id")
    for path in sorted(study.corpus.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for number, row in enumerate(rows, start=1):
            assert set(row) == {"id", "title", "text", "date", "source", "lang"}
            expected = truth.loc[row["id"]]
            assert (row["title"], row["date"], row["source"], row["lang"]) == (
                *(expected["title"], expected["date"], expected["source"], expected["lang"]),
            )
            assert json.loads(expected["lines"]) == [[number, number]]


def test_no_slot_is_left_and_no_paragraph_twice(study: SampleStudy) -> None:
    for content in written(study.corpus).values():
        text = content.decode("utf-8")
        for line in text.splitlines():
            article = json.loads(line)["text"] if line.startswith("{") else line
            assert not set("{}|") & set(article), article
    for path in study.corpus.glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            paragraphs = json.loads(line)["text"].split("\n")
            assert len(paragraphs) == len(set(paragraphs)) >= 3


def test_reprints_follow_their_original_with_another_headline(study: SampleStudy) -> None:
    truth = study.articles.set_index("article_id")
    reprints = truth[truth["reprint_of"].notna()]
    for row in reprints.itertuples():
        original = truth.loc[row.reprint_of]
        late = (pd.Timestamp(row.date) - pd.Timestamp(original["date"])).days
        assert 1 <= late <= 7
        assert original["source"] == plan.CITY_DAILY.name
        assert row.title != original["title"]
        assert row.theme == original["theme"]


def test_the_truth_is_written_as_csv(study: SampleStudy) -> None:
    folder = study.corpus.parent / "truth"
    names = {"articles", "shares", "change_point", "season", "roles", "boilerplate"}
    assert {path.stem for path in folder.glob("*.csv")} == names
    assert len(pd.read_csv(folder / "articles.csv")) == len(study.articles)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_composed_articles_have_themes_and_about_the_length_asked_for(lang: str) -> None:
    articles = compose_articles(42, lang=lang, characters=1200, seed=3)
    assert set(articles["theme"]) == set(plan.THEMES)
    assert articles["article_id"].is_unique
    assert articles["text"].is_unique
    assert articles["text"].str.len().median() == pytest.approx(1200, rel=0.25)
    pd.testing.assert_frame_equal(articles, compose_articles(42, lang=lang, characters=1200, seed=3))
