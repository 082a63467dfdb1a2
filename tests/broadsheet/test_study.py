"""Small runs: what a study says of input it can't use, and of a corpus too small for trends."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import broadsheet as bs
from broadsheet.config import ConfigError, Study
from broadsheet.study import OutputFolderError, _default_folder
from broadsheet.verify import rerun_and_compare
from figures.tables import FILES

SHARED_PAGES = Path(__file__).parents[2].parent / "shared" / "pages"


def articles(path: Path, n: int = 4) -> Path:
    rows = [
        {
            "id": f"a{i}",
            "text": f"The council met on Monday and spoke of road number {i} and of the school beside it.",
            "date": f"2023-0{i + 1}-02",
            "source": "The Courier",
        }
        for i in range(n)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_ten_lines_of_jsonl_make_a_whole_run_that_says_what_it_cannot_support(tmp_path: Path) -> None:
    run = bs.run(articles(tmp_path / "a.jsonl"), out=tmp_path / "run", quiet=True)
    assert len(run.articles) == 4
    assert run.articles["article_id"].tolist() == ["a0", "a1", "a2", "a3"]
    assert run.topics.empty
    assert any("too few" in note for note in run.notes)
    for name in (*FILES.values(), "report.html", "validation.json"):
        assert (run.folder / name).is_file(), name
    assert run.comparison("bursts").empty
    with pytest.raises(ValueError, match="no table 'trends' beside the trends; there are sources, bursts"):
        run.comparison("trends")


def test_one_article_without_date_or_source_is_a_run(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text(
        json.dumps({"text": "纪委监委通报三起违纪违法典型案例。"}) + "\n", "utf-8"
    )
    run = bs.run(tmp_path / "one.jsonl", out=tmp_path / "run", quiet=True)
    assert len(run.assignments) == 1
    assert run.trends.empty
    assert any("no trends" in note for note in run.notes)


def test_a_study_file_runs_and_its_settings_reach_the_tables(tmp_path: Path) -> None:
    articles(tmp_path / "a.jsonl")
    (tmp_path / "study.toml").write_text('inputs = ["a.jsonl"]\n[trends]\nperiod = "year"\n', "utf-8")
    run = bs.run(config=tmp_path / "study.toml", out=tmp_path / "run", quiet=True)
    assert set(run.trends["period_start"]) == {"2023-01-01"}
    assert run.manifest["config"]["trends"]["period"] == "year"


def test_a_run_is_replaced_and_another_folder_is_not_touched(tmp_path: Path) -> None:
    source = articles(tmp_path / "a.jsonl")
    first = bs.run(source, out=tmp_path / "run", quiet=True)
    articles(tmp_path / "a.jsonl", n=3)
    assert len(bs.run(source, out=first.folder, quiet=True).articles) == 3
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputFolderError, match="mine: holds other things"):
        bs.run(source, out=tmp_path / "mine", quiet=True)
    with pytest.raises(OutputFolderError, match=r"a\.jsonl: is a file"):
        bs.run(source, out=source, quiet=True)


def files_but_the_log(folder: Path) -> dict[Path, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.log"]
    return {path: path.read_bytes() for path in paths}


@pytest.mark.parametrize("fault", ["input", "codebook"])
def test_an_earlier_run_survives_a_new_one_that_cannot_begin(tmp_path: Path, fault: str) -> None:
    first = bs.run(articles(tmp_path / "a.jsonl"), out=tmp_path / "run", quiet=True)
    before = files_but_the_log(first.folder)
    lines = {"input": 'inputs = ["b.jsonl"]', "codebook": 'inputs = ["a.jsonl"]\n[themes]\ncodebook = "none"'}
    (tmp_path / "s.toml").write_text(lines[fault], "utf-8")
    with pytest.raises((ValueError, OSError), match=r"no such file|no codebook"):
        bs.run(config=tmp_path / "s.toml", out=first.folder, quiet=True)
    assert files_but_the_log(first.folder) == before


def test_an_encoder_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles(tmp_path / "a.jsonl")
    (tmp_path / "s.toml").write_text(
        'inputs = ["a.jsonl"]\n[embeddings]\nencoder = "nobody/no-such-model"\n', "utf-8"
    )
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(OSError, match="nobody/no-such-model"):
        bs.run(config=tmp_path / "s.toml", out=tmp_path / "run", quiet=True)


@pytest.mark.parametrize(
    "given, name", [("news/*.txt", "news"), ("news/2023/p?.txt", "2023"), ("news", "news"), ("a.jsonl", "a")]
)
def test_a_run_is_named_after_its_first_input(given: str, name: str) -> None:
    assert _default_folder(Study(inputs=(given,)), None) == Path("runs") / name


def test_a_setting_that_is_wrong_stops_the_run_before_it_writes(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('[topics]\nmethod = "lda"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"s\.toml:2: topics\.method = 'lda'"):
        bs.run(config=tmp_path / "s.toml", out=tmp_path / "run", quiet=True)
    assert not (tmp_path / "run").exists()


@pytest.mark.skipif(not SHARED_PAGES.is_dir(), reason=f"the real pages are not at {SHARED_PAGES}")
def test_the_five_real_pages_make_a_run(tmp_path: Path) -> None:
    run = bs.run(SHARED_PAGES, out=tmp_path / "run", quiet=True)
    assert len(run.articles) >= 35
    assert run.articles["source"].notna().all()
    assert any("too few" in note for note in run.notes)
    gold = {
        theme
        for path in sorted((SHARED_PAGES.parent / "gold").glob("*.json"))
        for segment in json.loads(path.read_text("utf-8"))["segments"]
        for theme in [segment["theme"]]
    } - {"other"}
    assert gold <= set(run.assignments["theme"])
    assert pd.read_csv(run.folder / "dropped.csv").shape[1] == 4


def test_columns_of_the_input_called_as_ours_are_carried_through_and_harm_nothing(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in articles(tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    ours = {
        "theme": "mine",
        "topic": 7,
        "p_education": 2.5,
        "theme_probability": "x",
        "share": 1,
        "group": "g",
    }
    lines = [json.dumps(row | ours) + "\n" for row in rows]
    (tmp_path / "a.jsonl").write_text("".join(lines), "utf-8")
    run = bs.run(tmp_path / "a.jsonl", out=tmp_path / "run", quiet=True)
    assert set(run.articles["theme"]) == {"mine"}
    assert "mine" not in set(run.assignments["theme"])
    assert run.report.is_file()


def test_a_run_is_verified_from_another_folder_and_after_a_move(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "there")
    articles(Path("a.jsonl"))
    bs.run("a.jsonl", out="runs/first", quiet=True)
    monkeypatch.chdir(tmp_path)
    Path("there").rename("here")
    assert all(row.same for row in rerun_and_compare("here/runs/first", quiet=True))


def test_a_source_called_all_is_refused_before_anything_is_computed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "The council met.", "source": "ALL"}\n', "utf-8")
    with pytest.raises(ValueError, match=r"a\.jsonl: a source is called 'ALL'.*1 articles"):
        bs.run(tmp_path / "a.jsonl", out=tmp_path / "run", quiet=True)


def test_a_misspelt_column_or_a_setting_without_use_is_refused_with_its_line(tmp_path: Path) -> None:
    study = tmp_path / "s.toml"
    study.write_text('[corpus]\ncolumns = { text = "body", dat = "Day" }\n', "utf-8")
    with pytest.raises(ConfigError, match=r"s\.toml:1: .*'dat'.*did you mean 'date'"):
        bs.run(config=study, out=tmp_path / "run", quiet=True)
    study.write_text('title = "t"\n[topics]\nmethod = "umap-hdbscan"\nresolution = 1.0\n', "utf-8")
    with pytest.raises(ConfigError, match=r"s\.toml:2: .*only the method 'graph'"):
        bs.run(config=study, out=tmp_path / "run", quiet=True)


def test_a_coded_sample_and_vectors_that_are_brought_reach_the_run(tmp_path: Path) -> None:
    rows = [
        {"id": f"a{i:03d}", "text": text, "lang": "en", "date": "2023-01-02"}
        for i, text in enumerate(
            f"{words} in district {n}."
            for n in range(30)
            for words in (
                "Doctors at the hospital treated patients",
                "Pupils and teachers began the school term",
            )
        )
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    coded = pd.DataFrame({"article_id": [row["id"] for row in rows], "theme": ["health", "education"] * 30})
    coded.to_csv(tmp_path / "coded.csv", index=False)
    vectors = np.random.default_rng(0).normal(size=(60, 7))
    np.savez(tmp_path / "mine.npz", article_id=coded["article_id"].to_numpy(dtype=str), vector=vectors)
    settings = (
        '[themes]\ncoded = "coded.csv"\n[embeddings]\nvectors = "mine.npz"\n[topics]\nmin_articles = 10\n'
    )
    (tmp_path / "study.toml").write_text('inputs = ["a.jsonl"]\n' + settings, "utf-8")
    run = bs.run(config=tmp_path / "study.toml", out=tmp_path / "run", quiet=True)
    found = json.loads((run.folder / "validation.json").read_text("utf-8"))["theme_calibration"]
    assert (found["basis"], found["n_coded"], found["coded"]) == ("coded sample", 60, "coded.csv")
    assert any("calibrated on 60 coded articles" in note for note in run.notes)
    assert run.assignments["theme"].tolist() == ["health", "education"] * 30
    (tmp_path / "coded.csv").write_text("article_id,theme\nnobody,health\n", "utf-8")
    with pytest.raises(ValueError, match="'nobody', which is not among the articles"):
        bs.run(config=tmp_path / "study.toml", out=tmp_path / "run", quiet=True)


def test_a_language_that_the_codebook_lacks_is_said(tmp_path: Path) -> None:
    row = {"id": "a", "text": "Polícia deteve dois suspeitos de roubo em Lisboa.", "lang": "pt"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    run = bs.run(tmp_path / "a.jsonl", out=tmp_path / "run", quiet=True)
    assert any("no seed terms in pt" in note for note in run.notes)
