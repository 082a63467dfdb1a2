import numpy as np
import pytest

from analysis.trends.multiplicity import false_discovery_rates


def test_oracle_of_benjamini_and_hochberg() -> None:
    # The 15 p-values of Benjamini & Hochberg (1995), section 3.2: at a rate of .05 four are discoveries.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    q = false_discovery_rates(p)
    assert (q < 0.05).sum() == 4
    assert q[0] == pytest.approx(0.0015)
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


def test_tests_that_were_not_made_do_not_count() -> None:
    with_gaps = false_discovery_rates([0.01, np.nan, 0.04, np.nan])
    assert with_gaps[[0, 2]] == pytest.approx(false_discovery_rates([0.01, 0.04]))
    assert np.isnan(with_gaps[[1, 3]]).all()


def test_order_does_not_matter_and_q_is_never_below_p() -> None:
    p = np.random.default_rng(0).random(50)
    order = np.random.default_rng(1).permutation(50)
    assert false_discovery_rates(p[order]) == pytest.approx(false_discovery_rates(p)[order])
    assert (false_discovery_rates(p) >= p).all()


def test_nothing_in_nothing_out() -> None:
    assert false_discovery_rates([]).shape == (0,)
    assert np.isnan(false_discovery_rates([np.nan, np.nan])).all()


def test_false_discoveries_stay_at_their_rate() -> None:
    rng = np.random.default_rng(7)
    shares = []
    for _ in range(300):
        p = rng.random(40)
        p[:10] = p[:10] ** 8
        found = false_discovery_rates(p) < 0.1
        shares.append(found[10:].sum() / max(found.sum(), 1))
    assert np.mean(shares) < 0.1
