"""Which words name, and which repeat each other."""

from __future__ import annotations

import pytest

from analysis.words.naming import naming_weight, say_the_same


@pytest.mark.parametrize(
    "one, other",
    [
        ("protest", "protesters"),
        ("travel", "travellers"),
        ("ski", "skiing"),
        ("lenses", "zoom lenses"),
        ("旅行", "旅行者"),
        ("警察局", "警察"),
        ("eu", "eu"),
    ],
)
def test_one_stem_says_the_same(one, other):
    assert say_the_same(one, other)
    assert say_the_same(other, one)


@pytest.mark.parametrize("one, other", [("internet", "international"), ("war", "germany"), ("月球", "地球")])
def test_other_stems_dont(one, other):
    assert not say_the_same(one, other)


def test_nouns_name_better_than_verbs_and_those_than_the_rest():
    noun, verb, rest = (naming_weight(word, form=word, latin=False) for word in ("医院", "送往", "只管"))
    assert noun > verb > rest == 0
    assert naming_weight("一带一路", form="一带一路", latin=False) == verb


def test_fragments_name_nothing_and_short_forms_do():
    assert naming_weight("ri", form="Ri", latin=True) == 0
    assert naming_weight("eu", form="EU", latin=True) == 1
    assert naming_weight("daddy", form="Daddy", latin=False) < naming_weight(
        "daddy", form="Daddy", latin=True
    )
    assert naming_weight("supreme court", form="Supreme Court", latin=True) > 1
