import numpy as np
import pandas as pd
import pytest

from analysis.coding.filled import Codes
from analysis.coding.intrusion import WordTask
from analysis.coding.kit import Kit
from analysis.coding.theme_scores import intrusion_scores, theme_scores, wilson
from tests.analysis.coding.simulated import THEMES, coder, corpus, kit_of


def true_scores(frame: pd.DataFrame, theme: str) -> tuple[float, float, float]:
    model, truth = frame["theme"] == theme, frame["truth"] == theme
    hit = (model & truth).sum()
    return hit / model.sum(), hit / truth.sum(), 2 * hit / (model.sum() + truth.sum())


def test_perfect_coders_find_the_models_true_scores():
    frame = corpus()
    truth = frame.set_index("article_id")["truth"]
    kit = kit_of(frame, 1500)
    pair = [coder(name, kit, truth, accuracy=1.0, seed=i) for i, name in enumerate("ab")]
    table = theme_scores(pair, kit, frame, themes=THEMES).set_index(["theme", "lang"])
    for theme in THEMES:
        found = table.loc[(theme, "ALL"), ["precision", "recall", "f1"]].tolist()
        assert found == pytest.approx(true_scores(frame, theme), abs=0.08)
        zh = true_scores(frame[frame["lang"] == "zh"], theme)
        assert table.loc[(theme, "zh"), "precision"] == pytest.approx(zh[0], abs=0.1)
    right = (frame["theme"] == frame["truth"]).mean()
    assert table.loc[("(primary)", "ALL"), "precision"] == pytest.approx(right, abs=0.03)


def test_weights_matter():
    """Strata of unmapped articles are drawn less often: unweighted, recall would come out too high."""
    frame = corpus(recall=0.6)
    kit = kit_of(frame, 400)
    flat = Kit(kit.articles.assign(weight=1.0), (), ())
    truth = frame.set_index("article_id")["truth"]
    codes = [coder("a", kit, truth, accuracy=1.0, seed=0)]
    weighted = theme_scores(codes, kit, frame, themes=THEMES).set_index(["theme", "lang"])
    plain = theme_scores(codes, flat, frame, themes=THEMES).set_index(["theme", "lang"])
    true = true_scores(frame, "charity")[1]
    assert plain.loc[("charity", "ALL"), "recall"] > true + 0.1
    row = weighted.loc[("charity", "ALL")]
    assert row["recall_low"] < true < row["recall_high"]


def test_intervals_cover_the_true_scores():
    """25 draws of 200 articles: 95 % intervals hold the true value nearly as often as they say."""
    frame = corpus()
    truth = frame.set_index("article_id")["truth"]
    hits: dict[str, list[bool]] = {"precision": [], "recall": [], "f1": []}
    for seed in range(25):
        kit = kit_of(frame, 200, seed=seed)
        codes = [coder("a", kit, truth, accuracy=1.0, seed=seed)]
        table = theme_scores(codes, kit, frame, themes=THEMES).set_index(["theme", "lang"])
        for theme in THEMES[:2]:
            row = table.loc[(theme, "ALL")]
            for name, value in zip(hits, true_scores(frame, theme), strict=True):
                hits[name].append(bool(row[f"{name}_low"] <= value <= row[f"{name}_high"]))
    assert min(np.mean(found) for found in hits.values()) > 0.85


def test_coders_who_differ_count_in_part():
    sample = pd.DataFrame({"article_id": ["x", "y"], "stratum": "s", "weight": 1.0})
    kit = Kit.from_tasks(sample, [], [])
    frame = pd.DataFrame({"article_id": ["x", "y"], "lang": "en", "theme": "health", "p_health": 0.9})
    first = Codes("a", {"A001": ("health",), "A002": ("health",)}, frozenset(), {}, {})
    second = Codes("b", {"A001": ("health",), "A002": ("unmapped",)}, frozenset(), {}, {})
    row = theme_scores([first, second], kit, frame, themes=["health"]).iloc[2]
    assert row["precision"] == pytest.approx(0.75)
    assert row["recall"] == pytest.approx(1.0)
    assert row["f1"] == pytest.approx(2 * 1.5 / (2 + 1.5))


def test_a_theme_nobody_gives_has_no_scores():
    frame = corpus(200).assign(p_charity=0.0)
    kit = kit_of(frame, 60)
    nobody = [Codes("a", dict.fromkeys(kit.articles["item"], ("health",)), frozenset(), {}, {})]
    row = theme_scores(nobody, kit, frame, themes=THEMES).set_index(["theme", "lang"]).loc[("charity", "ALL")]
    assert row[["precision", "recall", "f1"]].isna().all()


def test_intruders_found_and_their_interval():
    tasks = [WordTask(0, "en", ("a", "b", "c", "d", "e", "f"), intruder) for intruder in (1, 2, 3, 4)]
    kit = Kit.from_tasks(pd.DataFrame(columns=["article_id", "stratum", "weight"]), tasks, [])
    answers = {"W01": 1, "W02": 2, "W03": 3, "W04": 5}
    row = intrusion_scores([Codes("a", {}, frozenset(), answers, {})], kit).iloc[-1]
    assert (row["coder"], row["n_answers"], row["found"]) == ("ALL", 4, 0.75)
    assert row["chance"] == pytest.approx(1 / 6)
    assert (row["low"], row["high"]) == pytest.approx(wilson(0.75, 4))


def test_wilson_is_that_of_the_textbook():
    """Newcombe (1998), Two-sided confidence intervals for the single proportion, table I: 81 of 263."""
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
