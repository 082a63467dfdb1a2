"""The score of how cleanly a text was read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quality import score_quality

CLEAN = "市长昨天出席了新学校的落成典礼。“很高兴！”他说（约三百名市民到场），经费2.5亿元、面积1200㎡。"


def test_clean_text_is_perfect() -> None:
    assert score_quality(CLEAN) == 1.0
    assert (
        score_quality("Mayor Li said: “We’re glad – at last!” A third of 1,200 guests came; $5m was spent.")
        == 1.0
    )


def test_an_empty_text_scores_nothing() -> None:
    assert score_quality(" \n ") == 0.0


@pytest.mark.parametrize("mark", ["\ufffd", "\ue123", "■", "中c国", "。。。。。。"])
def test_each_kind_of_damage_lowers_it(mark: str) -> None:
    assert score_quality(CLEAN + mark) < score_quality(CLEAN)


def test_lonely_letters_lower_it() -> None:
    assert score_quality("T h e m a y o r o p e n e d a s c h o o l") < 0.5


def test_more_damage_is_never_better() -> None:
    scores = [score_quality(CLEAN + "\ufffd" * 3 * count) for count in range(6)]
    assert scores == sorted(scores, reverse=True)


@given(st.text(max_size=200))
def test_it_lies_between_0_and_1(text: str) -> None:
    assert 0.0 <= score_quality(text) <= 1.0
