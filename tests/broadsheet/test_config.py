import inspect
import json
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import analysis
import corpus
import embeddings
from broadsheet import config
from broadsheet.config import ConfigError, Study


def write(folder: Path, text: str) -> Path:
    path = folder / "study.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_study_file_gives_its_settings_and_defaults_elsewhere(tmp_path: Path) -> None:
    study = Study.from_toml(
        write(
            tmp_path,
            'title = "甲"\ninputs = ["pages"]\n[trends]\nperiod = "week"\n[figures]\nformats = ["svg"]',
        )
    )
    assert study.title == "甲"
    assert study.inputs == (str(tmp_path / "pages"),)
    assert study.trends.period == "week"
    assert study.figures.formats == ("svg",)
    assert study.trends.level == Study().trends.level


def test_a_codebook_file_is_taken_relative_to_the_study_and_a_name_is_not(tmp_path: Path) -> None:
    path = write(tmp_path, '[themes]\ncodebook = "mine.toml"')
    assert Study.from_toml(path).themes.codebook == str(tmp_path / "mine.toml")
    path = write(tmp_path, '[themes]\ncodebook = "local_governance"')
    assert Study.from_toml(path).themes.codebook == "local_governance"


@pytest.mark.parametrize(
    "text, words",
    [
        (
            "\n[trends]\nperoid = 'month'",
            r"study\.toml:3: unknown key 'trends\.peroid'; did you mean 'period'\?",
        ),
        ("titel = 'x'", r"study\.toml:1: unknown key 'titel'; did you mean 'title'\?"),
        ("zzz = 1", r"study\.toml:1: unknown key 'zzz'; known keys: title, inputs"),
        ("[trends]\nperiod = 'monthly'", r"study\.toml:2: trends\.period = 'monthly': .*'month'"),
        ("[trends]\nlevel = '0.9'", r"study\.toml:2: trends\.level = '0\.9': .*number"),
        ("seed = -1", r"study\.toml:1: seed = -1: .*greater than or equal to 0"),
        ("trends.draws = 1", r"study\.toml:1: trends\.draws = 1"),
        ("[corpus]\ndate = '1 May'", r"study\.toml:2: corpus\.date = '1 May'"),
        ("title = =", r"study\.toml: not valid TOML: .*line 1"),
    ],
)
def test_a_fault_is_named_with_its_file_line_and_key(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        Study.from_toml(write(tmp_path, text))


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "seed = -1\n[trends]\nperiod = 'monthly'\n[figures]\nlang = 'fr'")
    with pytest.raises(ConfigError) as caught:
        Study.from_toml(path)
    assert [line.split(": ")[1].split(" = ")[0] for line in str(caught.value).splitlines()] == [
        "seed",
        "trends.period",
        "figures.lang",
    ]


def test_a_missing_study_file_and_one_in_another_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml: no such study file"):
        Study.from_toml(tmp_path / "absent.toml")
    (tmp_path / "gb.toml").write_bytes('title = "中文"'.encode("gb18030"))
    with pytest.raises(ConfigError, match=r"gb\.toml: not UTF-8"):
        Study.from_toml(tmp_path / "gb.toml")


def test_settings_come_back_from_a_manifest_as_they_were() -> None:
    study = Study(title="t", inputs=("a", "b"), trends=config.TrendSettings(period="year"))
    assert Study.from_dict(json.loads(json.dumps(study.to_dict()))) == study


@pytest.mark.parametrize(
    "settings, function",
    [
        (config.CorpusSettings, corpus.read),
        (config.EmbeddingSettings, embeddings.load_encoder),
        (config.TopicSettings, analysis.fit_topics),
        (config.TrendSettings, analysis.estimate_trends),
    ],
)
def test_defaults_of_settings_are_those_of_the_functions(settings: type, function: object) -> None:
    parameters = inspect.signature(function).parameters  # type: ignore[arg-type]
    shared = {f.name for f in fields(settings)} & parameters.keys()
    assert shared, "settings and function share no name"
    made = settings()
    for name in shared - {"columns"}:
        assert getattr(made, name) == parameters[name].default, name


def test_corrections_are_found_from_the_study_file_and_back(tmp_path: Path) -> None:
    path = write(tmp_path, "[corpus]\nname_pattern = '{source}_{date}'\ncorrections = 'known.csv'")
    study = Study.from_toml(path)
    assert study.corpus.corrections == str(tmp_path / "known.csv")
    assert study.corpus.name_pattern == "{source}_{date}"
    assert study.seen_from(tmp_path).corpus.corrections == "known.csv"


def test_paths_of_coded_sample_and_vectors_are_relative_to_the_file(tmp_path: Path) -> None:
    text = '[themes]\ncoded = "coded.csv"\n[embeddings]\nvectors = "mine.npz"\nprompt = "query"\n'
    study = Study.from_toml(write(tmp_path, text))
    assert study.themes.coded == str(tmp_path / "coded.csv")
    assert study.embeddings.vectors == str(tmp_path / "mine.npz")
    assert study.seen_from(tmp_path).themes.coded == "coded.csv"


VALUES = st.one_of(
    st.integers(),
    st.floats(),
    st.booleans(),
    st.text(max_size=8),
    st.sampled_from(["month", "graph", "png", "zh", "2021-07-01"]),
    st.lists(st.text(max_size=4) | st.integers(), max_size=3),
    st.dictionaries(st.sampled_from(["name", "date", "text", "x"]), st.text(max_size=10), max_size=2),
)
SECTIONS = {
    section: [entry.name for entry in fields(getattr(Study(), section))]
    for section in ("corpus", "embeddings", "themes", "topics", "trends", "figures")
}


def toml_of(value: object) -> str:
    """A value in TOML, which is JSON but for floats, tables and control characters."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml_of(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_of, value)) + "]"
    return json.dumps(value).replace("NaN", "nan").replace("Infinity", "inf").replace("\x7f", "\\u007f")


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_any_value_of_any_key_is_taken_or_named(tmp_path: Path, data: st.DataObject) -> None:
    section = data.draw(st.sampled_from(sorted(SECTIONS)))
    key = data.draw(st.sampled_from(SECTIONS[section]))
    value = data.draw(VALUES)
    try:
        study = Study.from_toml(write(tmp_path, f"[{section}]\n{key} = {toml_of(value)}\n"))
    except ConfigError as error:
        assert str(error).startswith(str(tmp_path / "study.toml"))  # noqa: PT017 - both ends are well
        return
    assert Study.from_dict(study.to_dict()) == study


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=80) | st.text(st.sampled_from("[]{}=\"'.#\n aseed1-")).map(str.encode))
def test_any_bytes_are_a_study_or_an_error_of_ours(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "study.toml").write_bytes(content)
    with suppress(ConfigError):
        study = Study.from_toml(tmp_path / "study.toml")
        assert Study.from_dict(study.to_dict()) == study


def test_terms_by_an_encoder_dont_go_with_vectors_brought(tmp_path):
    path = tmp_path / "study.toml"
    path.write_text('[embeddings]\nvectors = "mine.npz"\n[topics]\nrepresentation = "keybert"\n')
    with pytest.raises(
        ConfigError, match=r"topics.representation is 'keybert', .* embeddings.vectors brings"
    ):
        Study.from_toml(path)
    path.write_text('[topics]\nrepresentation = "keybert"\n')
    assert Study.from_toml(path).topics.representation == "keybert"
