"""One normal form of texts."""

from __future__ import annotations

import unicodedata

import numpy as np

from analysis.words.scripts import compatible


def test_compatibility_forms_are_those_of_unicode() -> None:
    """Also next to marks that join with what stands before them."""
    random = np.random.default_rng(3)
    characters = [
        *"，：；！？（）％…\u3000、。「ａＡ１＜＞＝≠é",
        "e\u0301",
        *"\u0301\u0308\u0338\u3099\uff9eかｶ县廉①㈱ﬁ가ᄀ",
    ]
    for _ in range(3_000):
        text = "".join(random.choice(characters, random.integers(1, 9)))
        assert compatible(text) == unicodedata.normalize("NFKC", text)
