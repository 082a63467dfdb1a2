"""Agreement of topics with labels."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.topics.agreement import agreement_with_labels


def test_the_same_groups_agree_wholly():
    found = agreement_with_labels(np.array([3, 3, -1, -1]), ["a", "a", "b", "b"])
    assert found == {"agreement": 1.0, "agreement_ari": 1.0, "agreement_f1": 1.0}


def test_b_cubed_by_hand():
    """Amigó et al. 2009, by hand: labels aab, topics 0 0 0: precision (2/3+2/3+1/3)/3 = 5/9, recall 1."""
    found = agreement_with_labels(np.array([0, 0, 0]), ["a", "a", "b"])
    assert found["agreement_f1"] == pytest.approx(2 * (5 / 9) / (5 / 9 + 1))


def test_chance_is_nought_but_for_f1():
    random = np.random.default_rng(0)
    found = agreement_with_labels(random.integers(0, 4, 2000), random.choice(["a", "b"], 2000).tolist())
    assert found["agreement"] == pytest.approx(0, abs=0.01)
    assert found["agreement_ari"] == pytest.approx(0, abs=0.01)
    assert found["agreement_f1"] > 0.3


def test_articles_without_a_label_are_left_out():
    some = agreement_with_labels(np.array([0, 0, 1, 1, 1]), ["a", "a", "b", None, ""])
    assert some["agreement"] == 1.0
    assert set(agreement_with_labels(np.array([0, 1]), [None, None]).values()) == {None}
