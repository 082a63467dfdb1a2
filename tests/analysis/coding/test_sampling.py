import pandas as pd
import pytest

from analysis.coding.sampling import SampleError, draw_sample
from tests.analysis.coding.simulated import corpus


def test_weights_stand_for_the_whole_corpus_and_for_each_stratum():
    frame = corpus()
    drawn = draw_sample(frame, size=150)
    assert len(drawn) == 150
    assert drawn["article_id"].is_unique
    assert drawn["weight"].sum() == pytest.approx(len(frame))
    sizes = (frame["theme"] + "/" + frame["lang"]).value_counts()
    for stratum, group in drawn.groupby("stratum"):
        assert group["weight"].sum() == pytest.approx(sizes[stratum])


def test_rare_themes_are_drawn_more_often_than_their_share():
    frame = corpus()
    drawn = draw_sample(frame, size=150).merge(frame, on="article_id")
    assert (drawn["theme"] == "charity").mean() > 2 * (frame["theme"] == "charity").mean()
    assert drawn.groupby("stratum").size().min() >= 2


def test_the_draw_hangs_on_the_seed_and_not_on_the_order_of_the_articles():
    frame = corpus(600)
    first = draw_sample(frame, size=60, seed=1)
    pd.testing.assert_frame_equal(first, draw_sample(frame.sample(frac=1, random_state=3), size=60, seed=1))
    assert not first.equals(draw_sample(frame, size=60, seed=2))


def test_a_small_corpus_is_drawn_whole():
    frame = corpus(30)
    drawn = draw_sample(frame, size=500)
    assert sorted(drawn["article_id"]) == sorted(frame["article_id"])
    assert (drawn["weight"] == 1).all()


def test_too_small_a_sample_says_how_many_it_needs():
    with pytest.raises(SampleError, match=r"5 articles are too few for 8 strata .* ask for 16 or more"):
        draw_sample(corpus(), size=5)
    with pytest.raises(SampleError, match="no articles"):
        draw_sample(corpus()[:0], size=5)
