"""Words as numbers: what goes in comes out, and counts are those of counting by hand."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.words import table as module
from analysis.words.cut_texts import cut_texts
from analysis.words.table import WordTable, frequencies, kept_of_each, looked_up
from analysis.words.tokens import tokenize

documents = st.lists(st.lists(st.sampled_from(["a", "b", "ccc", "é", "字"]), max_size=6), max_size=8)


@given(documents)
def test_documents_come_back(given):
    table = WordTable.from_documents(given)
    assert list(table) == given
    assert table[:2] == given[:2]
    assert table.vocabulary == sorted({word for words in given for word in words})
    assert table.lengths.tolist() == [len(words) for words in given]


@given(documents, st.randoms(use_true_random=False))
def test_counts_by_group_are_those_of_counters(given, random):
    groups = np.array([random.randrange(3) for _ in given], dtype=np.int64)
    table = WordTable.from_documents(given)
    counts, articles = table.by_group(groups, 3).toarray(), table.documents_by_group(groups, 3).toarray()
    for group in range(3):
        own = [words for words, at in zip(given, groups, strict=True) if at == group]
        often, within = Counter(w for words in own for w in words), Counter(w for ws in own for w in set(ws))
        assert [often[word] for word in table.vocabulary] == counts[group].tolist()
        assert [within[word] for word in table.vocabulary] == articles[group].tolist()
    assert list(table) == given


@given(documents.filter(bool), st.data())
def test_documents_are_taken_in_any_order_and_more_than_once(given, data):
    rows = data.draw(st.lists(st.integers(0, len(given) - 1), max_size=9))
    table = WordTable.from_documents(given)
    assert list(table.take(np.array(rows, dtype=np.int64))) == [given[row] for row in rows]


def test_a_word_has_a_place_if_it_is_there():
    table = WordTable.from_documents([["b", "a"], []])
    assert (table.place("a"), table.place("b"), table.place("c"), table.place("")) == (0, 1, None, None)


def test_texts_cut_together_have_the_words_of_each_alone():
    texts = [
        "The council's plan for die Schule",
        "Die Schule plant ein Fest",
        "廉潔政治與十二月三日",
        "",
        "東京の学校",
    ]
    langs = ["en", "de", "zh-TW", None, "ja"]
    words = cut_texts(texts, langs).words()
    assert list(words) == [tokenize(text, lang) for text, lang in zip(texts, langs, strict=True)]


def test_stop_words_are_those_of_each_texts_language():
    words = cut_texts(["die cast", "die Schule"], ["en", "de"]).words()
    assert list(words) == [["die", "cast"], ["schule"]]


@given(st.lists(st.integers(0, 6), max_size=20), st.integers(1, 5))
def test_places_are_looked_up_and_counted_some_at_a_time(given_ids, step):
    ids, values = np.array(given_ids, dtype=np.int32), np.arange(7) * 10
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WORDS", step)
        assert looked_up(values, ids).tolist() == [10 * one for one in given_ids]
        assert frequencies(ids, 7).tolist() == [given_ids.count(word) for word in range(7)]


@given(st.lists(st.lists(st.booleans(), max_size=5), max_size=6))
def test_kept_words_are_counted_document_by_document(given_documents):
    kept = np.array([one for own in given_documents for one in own], dtype=bool)
    starts = np.cumsum([0, *map(len, given_documents)])
    assert kept_of_each(kept, starts).tolist() == [sum(own) for own in given_documents]
