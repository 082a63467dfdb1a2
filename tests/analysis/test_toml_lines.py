from analysis.toml_lines import key_lines

TEXT = '''title = "甲"

[trends]
period = "month"
a.b = 2
"q k" = { z = 1, y = 2 }

[[theme]]
id = "first"
text = """
id = "not a key"
"""
[theme.names]
en = "A"

[[theme]]
id = "second"
[theme.names]
en = "B"
'''


def test_every_key_has_its_line() -> None:
    lines = key_lines(TEXT)
    numbered = TEXT.splitlines()
    assert numbered[lines["title",] - 1] == 'title = "甲"'
    assert lines["trends", "a", "b"] == 5
    assert lines["trends", "q k", "y"] == 6
    assert lines["theme", "0", "id"] == 9
    assert numbered[lines["theme", "0", "names", "en"] - 1] == 'en = "A"'
    assert lines["theme", "1", "names", "en"] == 19


def test_text_inside_a_string_is_no_key() -> None:
    assert 11 not in key_lines(TEXT).values()


def test_what_parses_of_broken_toml_is_still_found() -> None:
    assert key_lines("a = 1\nb = = 2\nc = 3")["a",] == 1


def test_an_empty_file_has_no_keys() -> None:
    assert key_lines("") == {}
