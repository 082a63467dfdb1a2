import numpy as np
import pytest

from analysis.coding.agreement import TooFewCodersError, agreement
from analysis.coding.filled import Codes
from tests.analysis.coding.simulated import THEMES, coder, corpus, kit_of


def codes(name, *given):
    themes = {f"A{i:03d}": (theme,) for i, theme in enumerate(given) if theme}
    return Codes(name, themes, frozenset(), {}, {})


def test_kappa_and_alpha_of_a_worked_example():
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section B: two observers code ten
    articles with binary data; alpha = .095. Cohen's kappa of the same table: po = .6, pe = .56, so .0909."""
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    named = {0: "unmapped", 1: "health"}
    table = agreement([codes("m", *map(named.get, first)), codes("j", *map(named.get, second))], ["health"])
    row = table.iloc[0]
    assert row["what"] == "main theme"
    assert row["agreement"] == pytest.approx(0.6)
    assert row["alpha"] == pytest.approx(0.095, abs=5e-4)
    assert row["kappa"] == pytest.approx((0.6 - 0.56) / 0.44)
    assert row["alpha_low"] <= row["alpha"] <= row["alpha_high"]


def test_agreement_of_coders_of_known_accuracy():
    """Two coders right with probability a, else uniform over k - 1 others, agree by a² + (1 - a)²/(k - 1)."""
    frame = corpus()
    truth = frame.set_index("article_id")["truth"]
    kit = kit_of(frame, 300)
    pair = [coder(name, kit, truth, accuracy=0.85, seed=i) for i, name in enumerate("ab")]
    row = agreement(pair, THEMES).iloc[0]
    assert row["agreement"] == pytest.approx(0.85**2 + 0.15**2 / 3, abs=0.06)
    assert 0.5 < row["kappa"] < row["agreement"]
    assert row["kappa"] == pytest.approx(row["alpha"], abs=0.01)
    assert row["kappa_high"] - row["kappa_low"] < 0.2


def test_coders_who_always_agree():
    same = agreement([codes(name, "health", "charity", "health") for name in "ab"], ["health"])
    assert same.loc[0, ["agreement", "kappa", "alpha"]].tolist() == [1.0, 1.0, 1.0]


def test_missing_codes_are_left_out_of_pairs():
    table = agreement(
        [codes("a", "health", "health", None), codes("b", "health", None, "charity"), codes("c", "health")],
        THEMES,
    )
    assert table.loc[0, "n_articles"] == 1
    assert np.isnan(table.loc[0, "kappa"])


def test_one_coder_is_not_enough():
    with pytest.raises(TooFewCodersError, match="two coders or more, each under a name of its own; given: a"):
        agreement([codes("a", "health")], THEMES)
    with pytest.raises(TooFewCodersError, match="given: a, a"):
        agreement([codes("a", "health"), codes("a", "health")], THEMES)
    with pytest.raises(TooFewCodersError, match="no article was coded by two"):
        agreement([codes("a", "health"), codes("b", None, "health")], THEMES)
