"""A run of invented articles with known truth, a model of known quality, and coders of known accuracy."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.coding.filled import Codes
from analysis.coding.kit import Kit
from analysis.coding.sampling import draw_sample

THEMES = ("health", "education", "charity")
SHARES = (0.5, 0.25, 0.05, 0.2)
"""Of the themes and of unmapped, in the whole corpus."""


def corpus(n: int = 4000, *, recall: float = 0.8, false: float = 0.02, seed: int = 0) -> pd.DataFrame:
    """`truth`, and a model that finds a theme with probability `recall` and else calls it unmapped.

    An article of no theme is called by each theme with probability `false`.
    """
    rng = np.random.default_rng(seed)
    names = np.array([*THEMES, "unmapped"], dtype=object)
    truth = rng.choice(names, size=n, p=SHARES)
    found = np.where((truth != "unmapped") & (rng.random(n) < recall), truth, "unmapped")
    wrong = (truth == "unmapped") & (rng.random(n) < false * len(THEMES))
    found = np.where(wrong, rng.choice(names[:-1], size=n), found)
    frame = pd.DataFrame({"article_id": [f"x{i:05d}" for i in range(n)], "truth": truth, "theme": found})
    frame["lang"] = rng.choice(["zh", "en"], size=n, p=[0.7, 0.3])
    for theme in THEMES:
        frame[f"p_{theme}"] = np.where(frame["theme"] == theme, 0.9, 0.1)
    return frame


def coder(name: str, kit: Kit, truth: pd.Series, *, accuracy: float, seed: int) -> Codes:
    """Someone who gives the true theme with probability `accuracy`, and else any other at random."""
    rng = np.random.default_rng(seed)
    names = [*THEMES, "unmapped"]
    themes = {}
    for item, article in zip(kit.articles["item"], kit.articles["article_id"], strict=True):
        true = truth[article]
        others = [theme for theme in names if theme != true]
        themes[item] = (true if rng.random() < accuracy else str(rng.choice(others)),)
    return Codes(name, themes, frozenset(), {}, {})


def kit_of(frame: pd.DataFrame, size: int, *, seed: int = 0) -> Kit:
    return Kit.from_tasks(draw_sample(frame, size=size, seed=seed), [], [])
