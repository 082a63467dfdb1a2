import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

from analysis.trends.methods.word_odds import WordCounts, compare_words, divergence_p, log_odds


def texts() -> tuple[list[list[str]], list[list[str]]]:
    rng = np.random.default_rng(3)
    words = [f"w{n}" for n in range(8)]
    one = [[words[n] for n in rng.integers(0, 8, 40)] for _ in range(5)]
    other = [[words[n] for n in rng.integers(0, 5, 30)] + ["w7"] for _ in range(5)]
    return one, other


def counts_of(lists, later, *, source=None, issue=None) -> WordCounts:
    size = len(lists)
    return WordCounts.of(
        lists,
        np.asarray(later, dtype=bool),
        np.zeros(size, np.int64) if source is None else np.asarray(source),
        np.arange(size) if issue is None else np.asarray(issue),
    )


def test_z_of_independent_words_is_that_of_topica() -> None:
    # topica 0.62.0: fighting_words(one, other, prior=0.5, informative=True), whose prior is half the counts.
    theirs = {
        "w5": 3.530025442523849, "w6": 3.031762245959063, "w7": 2.160271076062823,
        "w1": -0.9193375940060987, "w2": -1.1109431684911717, "w3": -1.1910376953857509,
        "w4": -1.598967343586846, "w0": -2.137705510928272,
    }  # fmt: skip
    one, other = texts()
    counts = [
        np.array([sum(words.count(word) for words in part) for word in theirs], float)
        for part in (one, other)
    ]
    estimate, variance = log_odds(*counts, prior=0.5 * sum(part.sum() for part in counts))
    assert estimate / np.sqrt(variance) == pytest.approx(list(theirs.values()), rel=1e-9)


def test_error_is_that_of_a_bootstrap_of_issues() -> None:
    rng = np.random.default_rng(0)
    lists = []
    for _ in range(120):
        share = rng.dirichlet(np.r_[4.0, 6.0, 10.0])
        lists.append(list(np.repeat(["a", "b", "c"], rng.multinomial(50, share))))
    later = np.arange(120) >= 60
    found = compare_words(counts_of(lists, later), prior=1e-6, level=0.95, least=1)
    error = (found["high"] - found["log_odds"]) / 1.98
    table = np.array([[part.count(word) for word in "abc"] for part in lists], float)
    draws = []
    for _ in range(2000):
        rows = [rng.choice(np.flatnonzero(side), 60) for side in (later, ~later)]
        draws.append(log_odds(*(table[row].sum(axis=0) for row in rows), prior=1e-6)[0])
    assert error == pytest.approx(np.std(draws, axis=0), rel=0.08)
    naive = np.sqrt(log_odds(table[later].sum(axis=0), table[~later].sum(axis=0), prior=1e-6)[1])
    assert (error > 1.4 * naive).all()


def test_a_change_of_the_mix_of_sources_is_no_drift() -> None:
    styles = {0: ["a"] * 8 + ["b"] * 2, 1: ["a"] * 2 + ["b"] * 8}
    rng = np.random.default_rng(1)
    source = np.array([0] * 40 + [1] * 10 + [0] * 10 + [1] * 40)
    lists = [list(rng.choice(styles[code], 30)) for code in source]
    counts = counts_of(lists, np.arange(100) >= 50, source=source)
    found = compare_words(counts, prior=10, level=0.95, least=5)
    assert np.abs(found["log_odds"]).max() < 0.3
    assert (found["p"] > 0.05).all()
    assert divergence_p(counts, 99, np.random.default_rng(0))[1] > 0.05


def test_swapping_the_sides_turns_the_signs_and_divergence_stays_in_its_range() -> None:
    one, other = texts()
    later = np.array([True] * 5 + [False] * 5)
    found = compare_words(counts_of(one + other, later), prior=50, level=0.95, least=1)
    back = compare_words(counts_of(one + other, ~later), prior=50, level=0.95, least=1)
    assert back["log_odds"] == pytest.approx(-found["log_odds"])
    assert back["p"] == pytest.approx(found["p"])
    divergence, p = divergence_p(counts_of(one + other, later), 199, np.random.default_rng(0))
    assert 0 < divergence < 1
    assert p < 0.05
    stronger = compare_words(counts_of(one + other, later), prior=5000, level=0.95, least=1)
    assert (np.abs(stronger["log_odds"]) < np.abs(found["log_odds"])).all()


def test_words_of_few_issues_are_left_out_and_words_apart_diverge_by_a_bit() -> None:
    lists = [["x", "y"]] * 10 + [["z", "y"]] * 3 + [["y"]] * 10
    found = compare_words(counts_of(lists, np.arange(23) >= 13), prior=10, level=0.95, least=5)
    assert "z" not in found["word"]
    apart = counts_of([["x"]] * 10 + [["z"]] * 10, np.arange(20) >= 10)
    assert divergence_p(apart, 19, np.random.default_rng(0)) == (1.0, 0.05)


def test_sides_are_weighed_to_the_same_mix_of_sources_and_keep_their_numbers() -> None:
    # Source 2 is on one side only, and weighs nothing.
    source = np.repeat([0, 1, 0, 1, 2], [40, 10, 10, 40, 7])
    later = np.arange(107) >= 50
    counts = counts_of([["a"]] * 107, later, source=source)
    own = np.where(later, counts.weights[:, 1], counts.weights[:, 0])
    for side in (later, ~later):
        parts = np.bincount(source[side], own[side], 3)
        assert parts.tolist() == pytest.approx([25, 25, 0])


def test_divergence_is_scipys_of_the_sides_at_the_same_mix() -> None:
    rng = np.random.default_rng(4)
    source = np.repeat([0, 1, 0, 1], [30, 10, 5, 20])
    later = np.arange(65) >= 40
    lists = [list(rng.choice(["a", "b", "c"], 20, p=[0.2, 0.3 + 0.2 * s, 0.5 - 0.2 * s])) for s in source]
    shares = np.array([[words.count(word) / 20 for word in "abc"] for words in lists])
    mix = np.array([35, 30]) / 65
    sides = [
        sum(part * shares[side & (source == code)].mean(axis=0) for code, part in enumerate(mix))
        for side in (later, ~later)
    ]
    found, _ = divergence_p(counts_of(lists, later, source=source), 19, np.random.default_rng(0))
    assert found == pytest.approx(jensenshannon(*sides, base=2) ** 2)
