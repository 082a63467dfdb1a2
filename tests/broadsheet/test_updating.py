"""Runs to which pages are added: ids stay, shifts are listed, a run from nothing gives the same bytes."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import broadsheet as bs
from broadsheet import manifest
from broadsheet.data_dictionary import RUN_FILES
from broadsheet.manifest import NotARunError
from broadsheet.plan import plan_run
from broadsheet.repeating import study_of
from broadsheet.staging import open_staging, put_in_place
from broadsheet.storage import STAGING, hashes
from broadsheet.updating import UpdateError, plan_update, update
from broadsheet.verify import rerun_and_compare

STREETS = ("Mill Lane", "Queen Street", "Harbour Road", "Station Square", "North Gate")
ABOUT = (
    "The clinic on {} hires nurses for the winter, and doctors see patients until nine.",
    "The bridge on {} is closed to buses until May, while the road is being repaired.",
    "Pupils of the school on {} sat their examinations, and teachers marked them by hand.",
)
NEW = "The observatory saw a comet on {}; astronomers measured its tail with a telescope of their own."


def write_articles(path: Path, numbers: range, *, about: tuple[str, ...] = ABOUT, year: int = 2020) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        {
            "id": f"a{n}",
            "text": about[n % len(about)].format(STREETS[n % 5]) + f" Notice {n} of the council.",
            "date": f"{year + n % 3}-{n % 12 + 1:02d}-{n % 27 + 1:02d}",
            "source": ("The Courier", "The Echo")[n % 3 % 2],
        }
        for n in numbers
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of 240 articles in `pages/a.jsonl`, which tests copy."""
    home = tmp_path_factory.mktemp("first")
    write_articles(home / "pages" / "a.jsonl", range(240))
    (home / "study.toml").write_text('inputs = ["pages"]\n[figures]\nformats = ["png"]\n', "utf-8")
    bs.run(config=home / "study.toml", out=home / "run", quiet=True)
    return home


@pytest.fixture
def home(first: Path, tmp_path: Path) -> Path:
    """A copy of that folder of a test's own."""
    return shutil.copytree(first, tmp_path / "home")


def contents(folder: Path) -> dict[str, str]:
    """The hashes of all outputs but the report, which quotes how long the run took."""
    return {name: value for name, value in hashes(folder).items() if name != "report.html"}


def files_of(folder: Path) -> dict[Path, bytes]:
    """All files of a run folder but its log."""
    return {
        path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "run.log"
    }


def test_old_articles_keep_everything_and_new_ones_find_their_place(home: Path) -> None:
    before = bs.Run(home / "run")
    old = before.assignments
    done = update(home / "run", [write_articles(home / "pages" / "b.jsonl", range(240, 300))], quiet=True)
    run = done.run
    assert done.added == ("b.jsonl",)
    assert run.assignments.iloc[:240].equals(old)
    assert run.articles["article_id"].tolist()[240:] == [f"a{n}" for n in range(240, 300)]
    assert run.topics[["topic", "label", "terms"]].equals(before.topics[["topic", "label", "terms"]])
    assert run.topics["n_articles"].sum() == 300
    new = run.assignments.iloc[240:].assign(kind=np.arange(240, 300) % 15)
    known = old.assign(kind=np.arange(240) % 15).groupby("kind")["topic"].agg(lambda topics: topics.mode()[0])
    assert (new["topic"] == new["kind"].map(known)).mean() > 0.95
    assert set(run._contents.tables["map"]["article_id"]) == set(run.articles["article_id"])
    assert run.trends.query("source == 'ALL'").groupby("theme")["n_articles"].sum().max() == pytest.approx(
        300
    )
    assert any("60 articles were added later" in note for note in run.notes)
    assert run.manifest["config"]["updates"][0]["inputs"] == ["../pages/b.jsonl"]
    assert [entry["update"] for entry in run.manifest["inputs"]] == [0, 1]
    assert run.manifest["config"]["updates"][0]["files"] == [run.manifest["inputs"][1]["sha256"]]
    assert run.report.is_file()
    assert set(run.manifest["outputs"]) == set(hashes(run.folder))
    assert bs.update is update


def test_shifts_are_listed(home: Path) -> None:
    later = write_articles(home / "b.jsonl", range(240, 300), about=ABOUT[:1])
    run = update(home / "run", [later], quiet=True).run
    shifts = pd.read_csv(run.folder / "shifts.csv", keep_default_na=False, na_values=[""])
    whole = shifts.query("kind == 'all'").iloc[0]
    assert (whole["n_before"], whole["n_new"], whole["n_after"]) == (240, 60, 300)
    topics = shifts.query("kind == 'topic'")
    assert topics["n_after"].sum() == 300
    assert topics.loc[topics["n_new"].idxmax(), "change"] > 0.02
    themes = shifts.query("kind == 'theme'").set_index("what")
    assert themes.loc["health", "share_new"] > themes.loc["health", "share_before"]
    assert themes["share_after"].to_numpy() == pytest.approx(run.themes["share"].to_numpy(), abs=1e-6)
    (described,) = [file for file in RUN_FILES if file.of_updates]
    assert list(shifts.columns) == list(described.columns)
    assert "shifts.csv" in run.report.read_text("utf-8")


def test_topics_that_no_longer_fit_are_said(home: Path) -> None:
    later = write_articles(home / "b.jsonl", range(240, 300), about=(NEW,))
    run = update(home / "run", [later], quiet=True).run
    whole = pd.read_csv(run.folder / "shifts.csv").query("kind == 'all'").iloc[0]
    assert whole["far"] > 0.5
    assert whole["advice"] == "find topics anew"
    assert any("topics may have come up that the model doesn't know" in note for note in run.notes)


def test_an_updated_run_from_nothing_has_the_same_bytes(home: Path, tmp_path: Path) -> None:
    """Two updates, from a folder that holds all of the files by now."""
    write_articles(home / "pages" / "b.jsonl", range(240, 280))
    update(home / "run", [home / "pages"], quiet=True)
    write_articles(home / "pages" / "c.jsonl", range(280, 300), year=2023)
    run = update(home / "run", [home / "pages"], quiet=True).run
    assert len(run.articles) == 300
    rows = rerun_and_compare(run.folder, quiet=True)
    assert [f"{row.name}: {row.difference}" for row in rows if not row.same] == []
    assert "shifts.csv" in {row.name for row in rows}
    study, changed = study_of(run.folder)
    assert changed == []
    bs.run(config=study, out=tmp_path / "again", quiet=True)
    assert contents(tmp_path / "again") == contents(run.folder)
    assert all(stage.kept for stage in plan_run(study, tmp_path / "again"))
    (home / "pages" / "c.jsonl").unlink()
    assert study_of(run.folder)[1] == ["inputs: no longer there: c.jsonl"]


def test_the_old_files_need_not_be_there(home: Path) -> None:
    shutil.rmtree(home / "pages")
    run = update(home / "run", [write_articles(home / "b.jsonl", range(240, 250))], quiet=True).run
    assert len(run.articles) == 250


def test_the_same_files_again_change_nothing(home: Path) -> None:
    later = write_articles(home / "b.jsonl", range(240, 250))
    update(home / "run", [later], quiet=True)
    before = files_of(home / "run")
    shutil.copyfile(later, home / "copy.jsonl")
    for inputs in ([later], [home / "copy.jsonl"], [home / "pages"]):
        assert update(home / "run", inputs, quiet=True).added == ()
    assert files_of(home / "run") == before
    third = write_articles(home / "more" / "c.jsonl", range(250, 255))
    shutil.copyfile(later, home / "more" / "copy.jsonl")
    run = update(home / "run", [home / "more"], quiet=True).run
    assert run.dropped["reason"].tolist() == ["the same bytes as b.jsonl, read before"]
    assert third.name in set(run.articles["file"])


def test_a_dry_run_names_the_files_and_writes_nothing(home: Path) -> None:
    write_articles(home / "pages" / "b.jsonl", range(240, 250))
    before = contents(home / "run")
    files = plan_update(home / "run", [home / "pages"])
    assert [file.name for file in files.new] == ["b.jsonl"]
    assert not (home / "run" / STAGING).exists()
    assert contents(home / "run") == before


def test_a_run_of_another_version_is_not_updated(home: Path) -> None:
    later = write_articles(home / "b.jsonl", range(240, 250))
    path = home / "run" / manifest.NAME
    content = json.loads(path.read_text("utf-8"))
    content["versions"]["broadsheet"] = "0.0.1"
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(UpdateError, match=r"made by Broadsheet 0\.0\.1 .*'broadsheet run --from"):
        update(home / "run", [later], quiet=True)


@pytest.mark.parametrize(
    "fault, words",
    [
        ("articles.parquet", r"articles\.parquet is not as it was written"),
        ("model/communities.safetensors", r"model/communities\.safetensors is not as it was written"),
        ("code", "the code or its versions"),
    ],
)
def test_a_run_whose_first_part_has_changed_is_not_updated(home: Path, fault: str, words: str) -> None:
    if fault == "code":
        records = home / "run" / ".stages" / "records.json"
        content = json.loads(records.read_text("utf-8"))
        content["topics"]["needs"]["the code or its versions"] = "another"
        records.write_text(json.dumps(content), "utf-8")
    else:
        path = home / "run" / fault
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(UpdateError, match=f"no longer as it was: {words}.*Put it back, or start anew"):
        update(home / "run", [write_articles(home / "b.jsonl", range(240, 250))], quiet=True)


def test_a_study_with_vectors_of_its_own_and_an_update_of_nothing_are_refused(home: Path) -> None:
    with pytest.raises(UpdateError, match="no input: name the files or folders to add"):
        update(home / "run", [], quiet=True)
    with pytest.raises(NotARunError, match="no run folder"):
        update(home / "pages", [home / "pages"], quiet=True)
    path = home / "run" / manifest.NAME
    content = json.loads(path.read_text("utf-8"))
    content["config"]["embeddings"]["vectors"] = "mine.npz"
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(UpdateError, match=r"rest on vectors of your own .*mine\.npz"):
        update(home / "run", [home / "pages"], quiet=True)


def test_an_update_that_is_killed_leaves_the_run_good_and_goes_on(home: Path, tmp_path: Path) -> None:
    later = write_articles(home / "b.jsonl", range(240, 300))
    left_alone = shutil.copytree(home, tmp_path / "alone")
    update(left_alone / "run", [left_alone / "b.jsonl"], quiet=True)
    before = contents(home / "run")
    command = [sys.executable, "-m", "broadsheet", "update", str(home / "run"), str(later), "-q"]
    records = home / "run" / STAGING / ".stages" / "records.json"
    for stage in ('"added"', '"placed"', '"trends"'):
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while running.poll() is None and not (records.is_file() and stage in records.read_text("utf-8")):
            time.sleep(0.01)
        assert running.poll() is None, "the update ended before it could be killed"
        running.kill()
        running.communicate()
        assert contents(home / "run") == before
        assert len(bs.Run(home / "run").articles) == 240
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert contents(home / "run") == contents(left_alone / "run")
    assert not (home / "run" / STAGING).exists()


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("moves", [0, 3, 20])
def test_an_update_that_is_killed_while_files_are_put_in_place_is_finished(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    later = write_articles(home / "b.jsonl", range(240, 250))
    left_alone = shutil.copytree(home, tmp_path / "alone")
    update(left_alone / "run", [left_alone / "b.jsonl"], quiet=True)
    done = 0

    def some_moves(source: Path, target: Path) -> None:
        nonlocal done
        done += 1
        if done > moves:
            raise Killed
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)

    with monkeypatch.context() as patch:
        patch.setattr("broadsheet.staging._move", some_moves)
        with pytest.raises(Killed):
            update(home / "run", [later], quiet=True)
    with pytest.raises(NotARunError, match=r"'broadsheet update .*' finishes it"):
        bs.Run(home / "run")
    assert len(update(home / "run", [], quiet=True).run.articles) == 250
    assert contents(home / "run") == contents(left_alone / "run")


def test_a_run_gives_up_an_update_that_was_not_ready(home: Path) -> None:
    staging = open_staging(home / "run")
    assert staging.is_dir()
    assert open_staging(home / "run") == staging
    assert not put_in_place(home / "run")
    bs.run(config=home / "study.toml", out=home / "run", quiet=True)
    assert not staging.exists()


def test_a_corpus_without_topics_can_be_updated(tmp_path: Path) -> None:
    bs.run(write_articles(tmp_path / "a.jsonl", range(12)), out=tmp_path / "run", quiet=True)
    run = update(tmp_path / "run", [write_articles(tmp_path / "b.jsonl", range(12, 20))], quiet=True).run
    assert len(run.assignments) == 20
    assert set(run.assignments["topic"]) == {-1}
    rows = rerun_and_compare(run.folder, quiet=True)
    assert [f"{row.name}: {row.difference}" for row in rows if not row.same] == []


def test_an_update_in_a_language_new_to_the_codebook_says_so(tmp_path: Path) -> None:
    run = bs.run(write_articles(tmp_path / "a.jsonl", range(12)), out=tmp_path / "run", quiet=True)
    assert "no seed terms in pl" not in " ".join(run.manifest["notes"])
    text = "Rada miasta postanowiła w poniedziałek wyremontować basen i rozbudować szkołę przy rynku."
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "b", "text": text, "lang": "pl"}) + "\n", "utf-8")
    run = update(tmp_path / "run", [tmp_path / "b.jsonl"], quiet=True).run
    assert "no seed terms in pl" in " ".join(run.manifest["notes"])


def test_a_run_of_the_first_inputs_in_an_updated_folder_is_a_run_without_updates(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(home / "run")
    update(home / "run", [write_articles(home / "b.jsonl", range(240, 250))], quiet=True)
    bs.run(config=home / "study.toml", out=home / "run")
    assert "had articles that updates added, and the study doesn't name them" in capsys.readouterr().err
    assert contents(home / "run") == before


def test_a_study_fitted_on_a_sample_says_so_and_is_updated(home: Path) -> None:
    settings = 'inputs = ["pages"]\n[topics]\nfit_on = 200\n[figures]\nformats = ["png"]\n'
    (home / "study.toml").write_text(settings, "utf-8")
    before = bs.run(config=home / "study.toml", out=home / "run", quiet=True)
    fitted = json.loads((home / "run" / "validation.json").read_text("utf-8"))["fitted_on"]
    assert fitted == {"articles": 200, "of": 240}
    assert any("a sample of 200 of 240 articles" in note for note in before.notes)
    assert "a sample of 200 of 240 articles" in before.report.read_text("utf-8")
    assert before.topics["n_articles"].sum() == 240
    assert set(before._contents.tables["map"]["article_id"]) == set(before.articles["article_id"])
    old = before.assignments
    later = write_articles(home / "b.jsonl", range(240, 280))
    run = update(home / "run", [later], quiet=True).run
    assert run.assignments.iloc[:240].equals(old)
    known = old.assign(kind=np.arange(240) % 15).groupby("kind")["topic"].agg(lambda topics: topics.mode()[0])
    new = run.assignments.iloc[240:].assign(kind=np.arange(240, 280) % 15)
    assert (new["topic"] == new["kind"].map(known)).mean() > 0.9
