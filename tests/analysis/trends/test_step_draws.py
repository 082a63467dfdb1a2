import numpy as np
import pytest

from analysis.trends.step_draws import tail_p


def test_p_is_the_share_of_draws_that_reach_what_was_seen() -> None:
    drawn = np.arange(1999.0)
    assert tail_p(1900.0, drawn) == pytest.approx(100 / 2000)
    assert tail_p(150.0, np.arange(199.0)) == pytest.approx(50 / 200)
    # Too few draws for a tail, and none of them as large.
    assert tail_p(500.0, np.arange(199.0)) == pytest.approx(1 / 200)


def test_beyond_the_draws_p_is_that_of_their_exponential_tail() -> None:
    from scipy.stats import expon

    drawn = expon.ppf((np.arange(1999) + 0.5) / 1999)
    for seen in (8.0, 12.0, 20.0):
        assert np.log(tail_p(seen, drawn)) == pytest.approx(np.log(expon.sf(seen)), rel=0.03)


@pytest.mark.parametrize("seen", [1.0, 2.0])
def test_draws_that_are_all_alike_have_no_tail(seen) -> None:
    p = tail_p(seen, np.ones(999))
    assert p == pytest.approx(1.0 if seen == 1 else 1 / 1000)
