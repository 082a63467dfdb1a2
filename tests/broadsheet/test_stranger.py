"""A run folder from a stranger: what it names outside of itself is not read, not written and not run."""

import json
import shutil
from pathlib import Path

import pytest

import broadsheet as bs
import figures
from broadsheet.manifest import NotARunError
from broadsheet.plan import plan_run
from broadsheet.repeating import study_of
from broadsheet.staging import open_staging, put_in_place
from broadsheet.storage import STAGING, LinkInRunError
from broadsheet.study import prepared
from broadsheet.updating import UpdateError, update
from broadsheet.verify import rerun_and_compare

TAG = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small run whose texts, titles, sources and columns are markup."""
    home = tmp_path_factory.mktemp("made")
    rows = (
        {
            "id": f"{TAG}{n}",
            "title": f"{TAG} title {n}",
            "text": f"The clinic in street {n} hires nurses. {TAG} \u202e",
            "date": f"2023-{n % 12 + 1:02d}-05",
            "source": ('="x"', TAG)[n % 2],
        }
        for n in range(24)
    )
    (home / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (home / "study.toml").write_text(f'title = "{TAG}"\ninputs = ["a.jsonl"]\n', "utf-8")
    bs.run(config=home / "study.toml", out=home / "run", quiet=True)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "home")


def test_the_report_of_hostile_texts_has_them_escaped(home: Path) -> None:
    page = (home / "run" / "report.html").read_text("utf-8")
    assert TAG not in page
    assert "&lt;script&gt;alert(1)" in page
    assert page.count("<script") == 5 - page.count("<script>alert")
    assert "default-src 'none'" in page


def test_pictures_of_hostile_names_have_them_as_text(home: Path) -> None:
    for path in figures.redraw(home / "run", formats=("svg",), out=home / "drawn"):
        if path.suffix == ".svg":
            assert "<script" not in path.read_text("utf-8"), path.name


@pytest.mark.parametrize("name", ["trends.csv", "figures/trend_by_theme.png.part", "manifest.json.part"])
def test_links_that_lead_out_of_the_folder_are_refused(home: Path, name: str) -> None:
    victim = home / "victim.txt"
    victim.write_text("years of work", "utf-8")
    link = home / "run" / name
    link.unlink(missing_ok=True)
    link.symlink_to(victim)
    for command in (
        lambda: bs.run(config=home / "study.toml", out=home / "run", quiet=True),
        lambda: update(home / "run", [home / "a.jsonl"], quiet=True),
        lambda: rerun_and_compare(home / "run", quiet=True),
        lambda: study_of(home / "run"),
        lambda: bs.Run(home / "run"),
    ):
        with pytest.raises(LinkInRunError, match="a link that leads out of the run folder"):
            command()
    assert victim.read_text("utf-8") == "years of work"


def test_records_that_name_files_outside_are_not_believed(home: Path) -> None:
    secret = home / "secret.txt"
    secret.write_text("a password", "utf-8")
    path = home / "run" / ".stages" / "records.json"
    records = json.loads(path.read_text("utf-8"))
    records["reading"]["outputs"]["../secret.txt"] = "0" * 64
    path.write_text(json.dumps(records), "utf-8")
    study, _ = prepared(None, config=home / "study.toml", out=home / "run")
    assert plan_run(study, home / "run")[0].reasons == ("not made yet",)
    with pytest.raises(UpdateError, match="not made yet"):
        update(home / "run", [home / "secret.txt"], quiet=True)


@pytest.mark.parametrize("name", ["../../victim.txt", "/etc/hosts", "figures/../../../x"])
def test_an_update_that_names_files_outside_is_not_put_in_place(home: Path, name: str) -> None:
    staging = open_staging(home / "run")
    (staging / ".ready.json").write_text(json.dumps({"files": [name]}), "utf-8")
    with pytest.raises(NotARunError, match=r"names a file outside of the run folder.*Delete"):
        put_in_place(home / "run")
    assert (home / "run" / STAGING).is_dir()


def test_a_manifest_that_is_no_manifest_is_an_error_of_ours(home: Path) -> None:
    for content in ("[]", '"x"', "{", '{"status": "finished"}', '{"status": "finished", "config": []}'):
        (home / "run" / "manifest.json").write_text(content, "utf-8")
        with pytest.raises((OSError, ValueError), match=r"manifest\.json|run the study again"):
            study_of(home / "run")
