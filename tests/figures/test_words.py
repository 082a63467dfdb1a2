"""Names and sentences in two languages."""

import datetime as dt

import pytest

from figures.words import Voice, percent, readable


@pytest.mark.parametrize(
    "theme, name",
    [
        ("anti_corruption", "anti-corruption"),
        ("public_security", "public security"),
        ("health", "health"),
        ("women_family", "women family"),
        ("anti", "anti"),
    ],
)
def test_ids_become_readable(theme: str, name: str) -> None:
    assert readable(theme) == name


def test_names_are_taken_in_the_readers_language() -> None:
    names = {"health": {"en": "Health", "zh": "卫生健康"}, "transport": "Roads"}
    assert Voice("zh", names).theme("health") == "卫生健康"
    assert Voice("en", names).theme("transport") == "Roads"
    assert Voice("en", names).theme("rural_governance") == "rural governance"
    assert Voice("zh").theme("unmapped") == "无主题"


def test_an_unknown_source_is_called_so() -> None:
    assert Voice().source(float("nan")) == "unknown source"
    assert Voice("zh").source("") == "来源不明"


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="en and zh, not 'fr'"):
        Voice("fr")


def test_long_lists_are_counted() -> None:
    assert Voice().listing(str(k) for k in range(10)) == "0, 1, 2, 3, 4, 5, 6, 7 and 2 more"
    assert Voice("zh").listing("甲乙") == "甲、乙"


def test_numbers_and_dates() -> None:
    assert [percent(x) for x in (0.0, 0.0004, 0.004, 0.07, 0.434)] == ["0%", "<0.1%", "0.4%", "7%", "43%"]
    assert Voice().articles(1) == "1 article"
    assert Voice().articles(1200) == "1,200 articles"
    assert Voice("zh").day(dt.date(2023, 9, 5)) == "9月5日"
