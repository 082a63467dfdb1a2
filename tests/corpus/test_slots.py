"""Scanning told from words exchanged, on runs drawn from the two models and on an oracle."""

from __future__ import annotations

import random
from itertools import groupby, product

import numpy as np
import pytest

from corpus.alignment import Run
from corpus.slots import (
    _DIFFERS,
    _LENGTH,
    _NOISE,
    _OTHER_DIGIT,
    _SHARES,
    _log_likelihoods,
    _of_figures,
    judge,
)


def runs_of(equal: list[bool]) -> list[Run]:
    return [Run(len(list(group)), same) for same, group in groupby(equal)]


def scanned(rng: random.Random, length: int, noise: float) -> list[bool]:
    return [rng.random() >= noise for _ in range(length)]


def refilled(rng: random.Random, length: int, noise: float, share: float) -> list[bool]:
    """Words of four characters exchanged, one in so many that they make up `share` of the text."""
    equal: list[bool] = []
    while len(equal) < length:
        slot = rng.random() < share
        equal += [False] * 4 if slot else scanned(rng, 4, noise)
    return equal


def test_the_likelihood_is_that_of_all_paths_summed() -> None:
    """An oracle by brute force: the 2^7 paths of seven characters, for one e and share of the grid."""
    equal = [True, True, False, False, True, False, True]
    place, share = _SHARES.index(0.1), 0.1
    noise, leave = _NOISE[3], 1 / _LENGTH[True]
    moves = np.array([[1 - share * leave / (1 - share), share * leave / (1 - share)], [leave, 1 - leave]])
    differs = (noise, _DIFFERS[True])
    total = 0.0
    for path in product((0, 1), repeat=len(equal)):
        chance, before = 1.0, 0
        for state, same in zip(path, equal, strict=True):
            chance *= moves[before, state] * ((1 - differs[state]) if same else differs[state])
            before = state
        total += chance
    found = _log_likelihoods(runs_of(equal), unspaced=True).reshape(len(_NOISE), len(_SHARES))
    assert found[3, place] == pytest.approx(np.log(total))


@pytest.mark.parametrize("noise", [0.0, 0.05, 0.1, 0.19])
def test_scanning_is_no_pattern_and_its_rate_is_estimated(noise: float) -> None:
    rng = random.Random(f"scan{noise}")
    verdicts = [judge(runs_of(scanned(rng, 400, noise)), unspaced=True) for _ in range(100)]
    assert sum(verdict.evidence > 1 for verdict in verdicts) <= 2
    assert np.mean([verdict.noise for verdict in verdicts]) == pytest.approx(noise, abs=0.02)


@pytest.mark.parametrize("noise", [0.0, 0.05, 0.1])
@pytest.mark.parametrize("share", [0.15, 0.3])
def test_words_exchanged_are_a_pattern(noise: float, share: float) -> None:
    rng = random.Random(f"refill{noise}{share}")
    verdicts = [judge(runs_of(refilled(rng, 400, noise, share)), unspaced=True) for _ in range(100)]
    assert sum(verdict.evidence > 1 for verdict in verdicts) >= 97


def test_a_word_that_an_editor_changed_is_no_pattern_but_it_is_a_slot() -> None:
    verdict = judge([Run(150, True), Run(2, False), Run(148, True)], unspaced=True)
    assert verdict.evidence < 0 < verdict.any_slot


def test_equal_texts_and_very_long_runs() -> None:
    assert judge([Run(50_000, True)], unspaced=False).evidence < 0
    assert judge([Run(5_000, False)], unspaced=True).evidence > 0
    assert judge([], unspaced=True).evidence == 0


def test_numbers_filled_in_anew_are_a_pattern_and_misread_ones_are_not() -> None:
    """Letters misread at every tenth place on either side, and numbers of two digits among them."""
    rng = random.Random("numbers")
    evidence: dict[str, list[float]] = {"few": [], "many": []}
    for _ in range(60):
        letters = runs_of(scanned(rng, 130, 0.1))
        few = judge(letters, unspaced=True, kept=[2] * 8, changed=[2] * 2, edits=[1] * 2)
        many = judge(letters, unspaced=True, kept=[1, 2], changed=[2] * 8, edits=[2] * 6 + [1] * 2)
        evidence["few"].append(few.evidence)
        evidence["many"].append(many.evidence)
    assert sum(value > 1 for value in evidence["few"]) <= 1
    assert sum(value > 1 for value in evidence["many"]) >= 57


def test_long_numbers_of_which_a_digit_was_misread_are_no_pattern_and_other_numbers_are() -> None:
    rng = random.Random("digits")
    misread, filled = [], []
    for _ in range(60):
        letters = runs_of(scanned(rng, 200, 0.1))
        misread.append(judge(letters, unspaced=True, changed=[4] * 6, edits=[1] * 6).evidence)
        filled.append(judge(letters, unspaced=True, changed=[4] * 6, edits=[4, 3] * 3).evidence)
    assert sum(value > 1 for value in misread) <= 1
    assert sum(value > 1 for value in filled) == 60


def test_one_number_that_differs_proves_nothing() -> None:
    clean = [Run(300, equal=True)]
    assert judge(clean, unspaced=True, kept=[3, 4], changed=[2]).evidence < 1
    assert judge(clean, unspaced=True, kept=[], changed=[2] * 6).evidence > 1


def test_numbers_of_any_length_are_weighed_without_a_warning() -> None:
    """A number of 400 digits is misread for certain, and its kept copy is as sure a sign of a reprint."""
    runs = runs_of([True] * 900)
    kept = judge(runs, unspaced=True, kept=[400, 400, 400])
    changed = judge(runs, unspaced=True, changed=[400, 400, 400])
    assert np.isfinite([kept.evidence, changed.evidence]).all()
    assert kept.evidence < changed.evidence


@pytest.mark.parametrize(("length", "edits"), [(1, 0), (1, 1), (3, 1), (3, 3), (9, 4)])
def test_the_chance_of_a_number_is_that_of_the_formula(length: int, edits: int) -> None:
    """Against the formula as written: it is another number, or each of its digits was misread or not."""
    shares, noise = np.array([0.02, 0.2, 0.5, 0.8])[:, None], np.array(_NOISE)
    another = _OTHER_DIGIT**edits * (1 - _OTHER_DIGIT) ** (length - edits)
    wanted = np.log(shares * another + (1 - shares) * noise**edits * (1 - noise) ** (length - edits))
    reprint, pattern = _of_figures(np.array([float(length)]), np.array([float(edits)]))
    assert reprint == pytest.approx(wanted[0])
    assert pattern == pytest.approx(np.maximum(wanted[0], wanted[1:].max(axis=0) - 2.0))
