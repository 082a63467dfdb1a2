"""Which pairs are proposed for comparison."""

from __future__ import annotations

import random

import numpy as np
import pytest

from corpus.reprint_candidates import CandidateOptions, propose_pairs

LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 600)]
OPTIONS = CandidateOptions()


def text(rng: random.Random, length: int = 500) -> str:
    return "".join(rng.choices(LETTERS, k=length))


def misread(rng: random.Random, original: str, rate: float) -> str:
    return "".join(rng.choice(LETTERS) if rng.random() < rate else letter for letter in original)


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.2])
def test_misread_and_shortened_texts_are_proposed(rate: float) -> None:
    rng = random.Random(4)
    originals = [text(rng) for _ in range(100)]
    copies = [misread(rng, original[: rng.randint(280, 500)], rate) for original in originals]
    found = {tuple(pair) for pair in propose_pairs([*originals, *copies], options=OPTIONS).tolist()}
    assert sum((place, 100 + place) in found for place in range(100)) >= 97
    assert len(found) <= 130


def test_most_of_those_that_agree_on_little_are_proposed() -> None:
    """Both misread at every tenth character, in an alphabet, and the copy shortened."""
    rng = random.Random(8)
    words = ["".join(rng.choices("etaoinshrdlu", k=rng.randint(3, 8))) for _ in range(900)]
    letters = sorted({letter for word in words for letter in word})

    def scan(original: str) -> str:
        return "".join(rng.choice(letters) if rng.random() < 0.1 else letter for letter in original)

    originals = ["".join(rng.choices(words, k=40)) for _ in range(100)]
    copies = [scan(original[: round(0.7 * len(original))]) for original in originals]
    texts = [*map(scan, originals), *copies]
    found = {tuple(pair) for pair in propose_pairs(texts, options=OPTIONS).tolist()}
    assert sum((place, 100 + place) in found for place in range(100)) >= 93


def test_a_long_text_that_lost_its_beginning_is_proposed_by_the_whole() -> None:
    rng = random.Random(5)
    originals = [text(rng, 2000) for _ in range(30)]
    pairs = propose_pairs([*originals, *(original[700:] for original in originals)], options=OPTIONS)
    assert {(place, 30 + place) for place in range(30)} <= {tuple(pair) for pair in pairs.tolist()}


def test_no_article_is_compared_with_all_fillings_of_a_pattern() -> None:
    rng = random.Random(6)
    pattern = text(rng, 400)
    pairs = propose_pairs([misread(rng, pattern, 0.05) for _ in range(300)], options=OPTIONS)
    assert 300 <= len(pairs) <= 300 * 2 * OPTIONS.nearest
    assert (pairs[:, 0] < pairs[:, 1]).all()


@pytest.mark.parametrize("texts", [[], ["短"], ["", ""], [text(random.Random(1))]])
def test_too_few_or_too_short(texts: list[str]) -> None:
    pairs = propose_pairs(texts, options=OPTIONS)
    assert pairs.shape == (0, 2)
    assert pairs.dtype == np.int64
