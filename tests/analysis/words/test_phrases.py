"""Phrases: which pairs are, and how they are joined."""

from __future__ import annotations

import pytest

from analysis.words.cut_texts import cut_texts
from analysis.words.phrases import join_phrases
from analysis.words.tokens import tokenize

CLIMATE = [
    "Farmers fear climate change and drought.",
    "Ministers debate climate change before winter.",
    "Does climate change threaten wheat?",
    "Schools teach climate change, teachers agree.",
    "The wheat harvest failed and farmers protest.",
    "Ministers visit schools before the harvest.",
]


def tokenize_phrases(texts, langs):
    return list(join_phrases(cut_texts(texts, langs)))


def test_words_that_keep_together_are_a_phrase():
    tokens = tokenize_phrases(CLIMATE, ["en"] * 6)
    assert all("climate change" in words and "climate" not in words for words in tokens[:4])
    assert tokens[4:] == [tokenize(text, "en") for text in CLIMATE[4:]]


def test_chinese_phrases_are_written_without_a_space():
    texts = [
        "全县推动乡村振兴见成效。",
        "干部学习乡村振兴政策。",
        "银行支持乡村振兴项目。",
        "农民欢迎乡村振兴，粮食丰收。",
    ]
    tokens = tokenize_phrases(texts, ["zh"] * 4)
    assert all("乡村振兴" in words and "乡村" not in words for words in tokens)


def test_a_sentence_that_is_only_repeated_has_no_phrases():
    texts = ["Farmers fear climate change and drought."] * 20 + CLIMATE[4:]
    assert tokenize_phrases(texts, ["en"] * len(texts)) == [tokenize(text, "en") for text in texts]


def test_words_with_something_between_are_no_phrase():
    texts = ["Farmers fear climate, change and drought."] + [
        text.replace("climate change", "climate, change") for text in CLIMATE[1:]
    ]
    assert tokenize_phrases(texts, ["en"] * len(texts)) == [tokenize(text, "en") for text in texts]


def test_languages_do_not_share_phrases():
    tokens = tokenize_phrases([*CLIMATE, "climate change"], [*["en"] * 6, "de"])
    assert tokens[6] == ["climate", "change"]


def test_order_of_the_texts_does_not_matter():
    forth, back = tokenize_phrases(CLIMATE, ["en"] * 6), tokenize_phrases(CLIMATE[::-1], ["en"] * 6)
    assert forth == back[::-1]


def test_no_texts_and_bad_arguments():
    assert tokenize_phrases([], []) == []
    assert tokenize_phrases([""], [None]) == [[]]
    with pytest.raises(ValueError, match="2 texts but 1 languages"):
        tokenize_phrases(["a", "b"], ["en"])
