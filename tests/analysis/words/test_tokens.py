"""Tokens: four kinds of segmentation, one normal form, stop words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.words.scripts import primary_subtag
from analysis.words.stopwords import stop_words
from analysis.words.tokens import Analyzer, tokenize


def test_traditional_and_simplified_chinese_give_the_same_words():
    assert tokenize("廉潔政治與反腐敗鬥爭", "zh-Hant") == tokenize("廉洁政治与反腐败斗争", "zh-Hans")
    assert "廉洁" in tokenize("廉潔政治", "zh-TW")


def test_chinese_drops_numbers_dates_single_characters_and_formulas():
    words = tokenize("本报讯（记者 张三）2023年十二月三日，县医院新增一百二十张病床，进一步提升服务。", "zh")
    assert {"医院", "病床"} <= set(words)
    assert not {"本报讯", "记者", "进一步", "提升", "十二月", "一百二十", "2023"} & set(words)
    assert all(len(word) > 1 for word in words)


def test_japanese_keeps_content_words_and_joins_suffixes():
    words = tokenize("弁護士は新しい裁判所で奨学金の判決を説明した。", "ja")
    assert {"弁護士", "裁判所", "奨学金", "判決"} <= set(words)
    assert "した" not in words


def test_thai_is_cut_into_words():
    words = tokenize("รัฐบาลประกาศนโยบายการศึกษาใหม่", "th")
    assert {"รัฐบาล", "นโยบาย", "การศึกษา"} <= set(words)


def test_thai_makes_no_folder_in_the_home(tmp_path, monkeypatch):
    import subprocess
    import sys

    monkeypatch.setenv("HOME", str(tmp_path))
    code = "from analysis.words.tokens import tokenize; assert tokenize('รัฐบาลประกาศ', 'th')"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert list(tmp_path.iterdir()) == []


def test_korean_loses_safe_particles():
    words = tokenize("정부는 학교에서 환경정책을 발표", "ko")
    assert {"정부", "학교", "환경정책"} <= set(words)


@pytest.mark.parametrize(
    "text, lang, expected",
    [
        ("The government's plan", "en", ["government", "plan"]),
        ("L’école d'hiver", "fr", ["école", "hiver"]),
        ("ìjọba Nàìjíríà", "yo", ["ìjọba", "nàìjíríà"]),
        ("सरकार शिक्षा", "hi", ["सरकार", "शिक्षा"]),
        ("الحُكومة ــ المدرسة", "ar", ["الحكومة", "المدرسة"]),
        ("STRASSE Straße", "de", ["strasse", "strasse"]),
    ],
)
def test_languages_with_spaces(text, lang, expected):
    assert tokenize(text, lang) == expected


def test_words_of_another_script_are_cut_by_their_own_rules():
    assert tokenize("学校使用ChatGPT软件, the government", "zh") == [
        "学校",
        "使用",
        "chatgpt",
        "软件",
        "government",
    ]


def test_without_a_language_kana_tell_japanese_from_chinese():
    assert "裁判所" in tokenize("裁判所は判決を", None)
    assert "法院" in tokenize("法院作出判决", None)


def test_analyzer_reads_texts_of_several_languages_joined():
    analyzer = Analyzer(["zh", "en", "ja", None])
    words = analyzer(
        "县医院新增病床。 " + "，" * 50 + " The hospital opened. " + "," * 50 + " 弁護士は裁判所で話した。"
    )
    assert {"医院", "病床", "hospital", "弁護士", "裁判所"} <= set(words)
    assert "the" not in words
    assert Analyzer(["en", "zh"]).langs == Analyzer(["zh", "en", "en", None]).langs


def test_stop_words_are_compared_in_normal_form():
    assert tokenize("The School", "en-GB") == ["school"]
    assert tokenize("進一步 學校", "zh-Hant") == ["学校"]
    assert "the" in stop_words("zh")
    assert tokenize("die Schule", "en") == ["die", "schule"]
    assert tokenize("die Schule", "de") == ["schule"]


def test_words_that_newspapers_write_about_are_kept():
    assert not {"ai", "fire", "research"} & stop_words("en")


def test_no_language_has_no_stop_words():
    assert stop_words(None) == stop_words("und") == frozenset()
    assert tokenize("the school", None) == ["the", "school"]


@pytest.mark.parametrize(
    "tag, base",
    [("zh-Hant-TW", "zh"), ("yue", "zh"), ("pt_BR", "pt"), ("und", None), ("", None), (None, None)],
)
def test_primary_subtag(tag, base):
    assert primary_subtag(tag) == base


def test_long_japanese_without_punctuation():
    assert len(tokenize("裁判所" * 20_000, "ja")) > 15_000


@settings(deadline=None)  # dictionaries are read when they are first needed
@given(st.text(max_size=60), st.sampled_from(["zh", "ja", "th", "en", "ko", None]))
def test_tokens_are_normal_and_never_digits(text, lang):
    for word in tokenize(text, lang):
        assert len(word) > 1
        assert not any(character.isdigit() and unicodedata.category(character) == "Nd" for character in word)
        assert not any(character.isspace() for character in word)


def test_a_number_with_its_measure_word_is_no_word():
    words = tokenize("老人今年七旬，捐出三件棉衣，四川和两会除外。", "zh")
    assert not {"七旬", "三件"} & set(words)
    assert {"四川", "两会"} <= set(words)
