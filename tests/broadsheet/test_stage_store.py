"""A stage is kept only when nothing that it was made from, and nothing that it wrote, has changed."""

from pathlib import Path

import pytest

from broadsheet.stage_store import StageStore

NEEDS = {"the inputs": "1", "the seed": "0"}
OUTPUTS = ("a.csv", "model")


def make(folder: Path, needs: dict[str, str] = NEEDS, content: str = "x") -> StageStore:
    store = StageStore(folder)
    with store.making("reading", needs, OUTPUTS):
        (folder / "a.csv").write_text(content)
        (folder / "model").mkdir()
        (folder / "model" / "b.json").write_text("{}")
    return store


def test_a_whole_stage_is_kept_by_the_next_run(tmp_path: Path) -> None:
    assert StageStore(tmp_path).changes("reading", NEEDS) == ("not made yet",)
    make(tmp_path)
    assert StageStore(tmp_path).changes("reading", NEEDS) == ()


def test_a_change_of_what_it_is_made_from_is_named(tmp_path: Path) -> None:
    store = make(tmp_path)
    assert store.changes("reading", NEEDS | {"the seed": "1"}) == ("the seed",)
    assert store.changes("reading", NEEDS | {"the codebook": "c"}) == ("the codebook",)


@pytest.mark.parametrize("file", ["a.csv", "model/b.json"])
@pytest.mark.parametrize("deed", ["altered", "cut short", "gone"])
def test_a_file_that_is_not_as_it_was_written_is_made_again(tmp_path: Path, file: str, deed: str) -> None:
    make(tmp_path, content="0123456789")
    path = tmp_path / file
    if deed == "gone":
        path.unlink()
    else:
        path.write_text("y" if deed == "altered" else path.read_text()[:-1])
    assert StageStore(tmp_path).changes("reading", NEEDS) == (f"{file} is not as it was written",)


def test_a_stage_that_breaks_off_is_not_whole_and_nothing_of_the_earlier_one_stays(tmp_path: Path) -> None:
    store = make(tmp_path)
    with pytest.raises(IsADirectoryError, match="directory"), store.making("reading", NEEDS, OUTPUTS):
        tmp_path.write_text("no file can have the name of a folder")
    assert StageStore(tmp_path).changes("reading", NEEDS) == ("not made yet",)
    assert not (tmp_path / "model").exists()


def test_the_digest_says_what_a_stage_wrote(tmp_path: Path) -> None:
    first = make(tmp_path).digest("reading")
    assert make(tmp_path).digest("reading") == first
    assert make(tmp_path, content="other").digest("reading") != first


@pytest.mark.parametrize("records", ["", "{", "[]", '{"reading": 1}', '{"reading": {"needs": {}}}'])
def test_records_that_say_nothing_keep_nothing(tmp_path: Path, records: str) -> None:
    make(tmp_path)
    (tmp_path / ".stages" / "records.json").write_text(records)
    assert StageStore(tmp_path).changes("reading", NEEDS) == ("not made yet",)
