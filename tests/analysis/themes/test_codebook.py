import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.themes.codebook import BUNDLED, bundled_codebooks, load_codebook
from analysis.themes.codebook_check import check_codebook
from analysis.themes.codebook_errors import CodebookError, MissingCodebookError
from analysis.themes.codebook_format import json_schema, split_weight
from broadsheet.caveats import theme_notes

THEMES = (
    *("anti_corruption", "public_security", "rural_governance", "grassroots_governance"),
    *("business_environment", "education", "health", "environment", "culture_tourism"),
    *("transport", "military", "women_family", "charity"),
)
GOOD = """\
[codebook]
id = "small"
version = "1.0.0"
format = 1
[codebook.name]
en = "Small"

[[theme]]
id = "bees"
[theme.name]
en = "Bees"
[theme.definition]
en = "Bees and honey."
[theme.terms]
en = ["bee*^2", "honey", "hive*"]

[[theme]]
id = "boats"
[theme.name]
en = "Boats"
[theme.definition]
en = "Boats and harbours."
[theme.terms]
en = [
  "boat*",
  "harbour",
]
"""


@pytest.fixture
def write(tmp_path: Path):
    def _write(text: str | bytes) -> Path:
        path = tmp_path / "book.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return _write


def test_bundled_codebook_has_its_themes_in_nine_languages():
    codebook = load_codebook()
    assert codebook.ids == THEMES
    assert codebook.languages == ("ar", "de", "en", "es", "fr", "ja", "ko", "ru", "zh")
    assert bundled_codebooks() == ("local_governance",)
    for theme in codebook.themes:
        assert len(theme.terms["zh"]) >= 25, theme.id
        assert min(len(terms) for terms in theme.terms.values()) >= 10, theme.id
        assert set(theme.names) == set(theme.definitions) == set(codebook.languages), theme.id
        assert {example.belongs for example in theme.examples} == {True, False}, theme.id


def test_bundled_codebook_gives_no_warning():
    assert check_codebook() == []


def test_schema_file_is_that_of_the_models():
    stored = json.loads(BUNDLED.with_name("codebook_schema.json").read_text("utf-8"))
    assert stored == json_schema()


def test_loads_a_codebook_of_ones_own(write):
    codebook = load_codebook(write(GOOD))
    assert codebook.ids == ("bees", "boats")
    assert [(term.text, term.weight) for term in codebook.theme("bees").terms["en"]] == [
        ("bee*", 2.0),
        ("honey", 1.0),
        ("hive*", 1.0),
    ]
    assert codebook.name("boats", "zh") == "Boats"


def test_themes_without_seed_terms_in_a_language_are_named(write):
    codebook = load_codebook(write(GOOD.replace('"harbour",\n]', '"harbour",\n]\nde = ["Boot*"]')))
    assert codebook.silent("de-CH") == ("bees",)
    assert codebook.speaks("de")
    assert codebook.silent("pt") == ("bees", "boats")
    assert not codebook.speaks("pt")
    found = {"theme_calibration": {"basis": "self-training", "compared_with": {"de": "all", "en": "en"}}}
    notes = theme_notes(found, codebook)
    assert [note for note in notes if "no seed terms in de for bees" in note]
    assert not [note for note in notes if " in en for" in note]


OUTSIDE = """
[outside.terms]
en = ["weather^2", "rain*"]
[[outside.example]]
lang = "en"
title = "Rain"
text = "It rained."
"""


def test_what_lies_outside_the_themes_contends_last(write):
    assert load_codebook(write(GOOD)).outside is None
    codebook = load_codebook(write(GOOD + OUTSIDE))
    assert codebook.ids == ("bees", "boats")
    assert [theme.id for theme in codebook.contenders] == ["bees", "boats", "unmapped"]
    assert [(term.text, term.weight) for term in codebook.contenders[-1].terms["en"]] == [
        ("weather", 2.0),
        ("rain*", 1.0),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('title = "Rain"', 'headline = "Rain"', 33, "unknown key 'headline'"),
        ('"rain*"', '"r*in"', 30, "outside.terms.en[1] = 'r*in': * stands at the start or the end of a word"),
        ('text = "It rained."', "", 31, "lacks the key 'text'"),
    ],
)
def test_errors_outside_the_themes_are_named_too(write, old, new, line, message):
    path = write(GOOD + OUTSIDE.replace(old, new, 1))
    with pytest.raises(CodebookError, match=re.escape(message)) as caught:
        load_codebook(path)
    assert f"{path}:{line}: " in str(caught.value)


def test_check_asks_for_examples_of_no_theme_in_each_language_of_the_examples(write):
    example = '\n[[theme.example]]\nlang = "en"\ntext = "A boat."\n'
    assert "no [[outside.example]] in en" in "\n".join(check_codebook(write(GOOD + example)))
    assert "outside.example" not in "\n".join(check_codebook(write(GOOD + example + OUTSIDE)))
    shared = GOOD + example + OUTSIDE.replace("rain*", "honey")
    assert "'honey' (en) is a seed term of bees, outside" in "\n".join(check_codebook(write(shared)))


def test_unknown_theme_is_an_error(write):
    with pytest.raises(CodebookError, match=r"'small' has no theme 'cats'; it has bees, boats"):
        load_codebook(write(GOOD)).theme("cats")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            '[theme.definition]\nen = "Bees',
            '[theme.defnition]\nen = "Bees',
            12,
            "'defnition'; did you mean 'definition'",
        ),
        (
            '[theme.definition]\nen = "Bees',
            '[theme.defnition]\nen = "Bees',
            8,
            "theme 'bees': lacks the key 'definition'",
        ),
        ('en = "Bees and honey."', "en = 3", 13, r"definition.en = 3: Input should be a valid string"),
        ('  "harbour",', '  "har*bour",', 26, r"terms.en[1] = 'har*bour': * stands at the start or the end"),
        ('"bee*^2"', '"bee*^x"', 15, "terms.en[0] = 'bee*^x': a seed term's weight is a number after ^"),
        ('"bee*^2"', '"bee*^99"', 15, "weight lies above 0 and is at most 10"),
        ('id = "boats"', 'id = "bees"', 18, "theme id 'bees' is already that of line 9"),
        (
            'id = "boats"',
            'id = "boats"\nbefore = ["beess"]',
            19,
            "before = 'beess' is no other theme's id; did you mean 'bees'",
        ),
        ('id = "boats"', 'id = "boats"\nbefore = ["boats"]', 19, "before = 'boats' is no other theme's id"),
        ('id = "boats"', 'id = "unmapped"', 18, "this id is reserved"),
        ('id = "boats"', 'id = "Boats!"', 18, "'Boats!'"),
        ('version = "1.0.0"', 'version = "one"', 3, "codebook.version = 'one'"),
        ("format = 1", "format = 2", 4, "codebook.format = 2"),
        ("format = 1", "format = ", 4, "not TOML"),
        ('en = "Small"', 'english = "Small"', 6, "codebook.name.english"),
    ],
)
def test_errors_name_file_line_key_and_value(write, old, new, line, message):
    assert old in GOOD
    path = write(GOOD.replace(old, new, 1))
    with pytest.raises(CodebookError, match=re.escape(message)) as caught:
        load_codebook(path)
    assert f"{path}:{line}: " in str(caught.value)


def test_bytes_that_are_not_utf8_name_the_line(write):
    with pytest.raises(CodebookError, match=r"book\.toml:6: not UTF-8"):
        load_codebook(write(GOOD.replace("Small", "Smäll").encode("latin-1")))


def test_missing_codebook_lists_the_bundled_ones(tmp_path):
    with pytest.raises(MissingCodebookError, match="bundled codebooks \\(local_governance\\)"):
        load_codebook(tmp_path / "none.toml")


def test_empty_codebook_says_what_it_lacks(write):
    with pytest.raises(CodebookError, match=r"(?s)lacks the key 'codebook'.*lacks the key 'theme'"):
        load_codebook(write(""))


def test_check_warns_of_shared_terms_missing_languages_and_too_few(write):
    text = GOOD.replace('"honey"', '"boat*"').replace('en = "Boats"', 'en = "Boats"\nde = "Boote"')
    text = text.replace('"harbour",\n]', '"harbour",\n]\nde = ["Boot*"]')
    warnings = "\n".join(check_codebook(write(text)))
    assert "'boat*' (en) is a seed term of bees, boats" in warnings
    assert "theme 'bees' has no terms in de" in warnings
    assert "theme 'boats' has 1 seed terms in de" in warnings
    assert "theme 'boats' has 0 examples that belong" in warnings


def test_split_weight():
    assert split_weight("кор*^2.5") == ("кор*", 2.5)
    assert split_weight("枫桥经验") == ("枫桥经验", 1.0)


LINES = GOOD.split("\n")
ODD = st.sampled_from(
    [
        "-1",
        "1e308",
        "nan",
        "true",
        '""',
        "[]",
        "{}",
        '["a^x"]',
        '["a^-1"]',
        '["((("]',
        '["*"]',
        "[[1]]",
        '"\\u0000"',
    ]
)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.none() | ODD), min_size=1, max_size=3))
def test_any_line_may_be_gone_or_hold_another_value(write, changes: list[tuple[int, str | None]]) -> None:
    lines: list[str | None] = list(LINES)
    for place, value in changes:
        line = lines[place]
        if value is None or line is None:
            lines[place] = None
        elif " = " in line:
            lines[place] = f"{line.split(' = ')[0]} = {value}"
    with suppress(CodebookError):
        found = load_codebook(write("\n".join(line for line in lines if line is not None)))
        assert found.themes


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=60), st.integers(0, len(GOOD) - 1))
def test_any_damage_is_named_or_harmless(write, bytes_: bytes, place: int) -> None:
    content = GOOD.encode()
    with suppress(CodebookError):
        found = load_codebook(write(content[:place] + bytes_ + content[place + len(bytes_) :]))
        assert found.themes
