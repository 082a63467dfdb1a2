"""The kinds of simulated study that the promises of `estimate_trends` are held to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from analysis.trends.simulate import Design, Ritual, Signal

LEANINGS: Final = (0.0, 0.6, -0.6)
SMALL: Final = {"a": 20, "b": 12, "c": 8}
LARGE: Final = {"a": 200, "b": 120, "c": 80}
CHANGING: Final[Mapping[str, float | Sequence[float]]] = {
    "a": 40,
    "b": list(np.linspace(60, 10, 24)),
    "c": [0] * 8 + [40] * 16,
}
CHANGES: Final = {
    "ramp": Signal(0.05, ramp_to=0.08),
    "step": Signal(0.05, step=(12, 0.08)),
    "step08": Signal(0.05, step=(8, 0.08)),
}
RITUALS: Final = {
    "congress": Signal(0.03, rituals=(Ritual(3, 3, 12, 2.0),)),
    "floods": Signal(0.03, rituals=(Ritual(6, 10, 80, 1.0),)),
    "travel": Signal(0.03, rituals=(Ritual(12, 15, 40, 1.3, lunar=True),)),
    "once": Signal(0.03, burst=(9, 1, 1.5)),
    "flat": Signal(0.03),
}

KINDS: Final[Mapping[str, Design]] = {
    "small": Design(
        {"x05": Signal(0.05, leanings=LEANINGS), "x15": Signal(0.15), "season": Signal(0.3, season=(0.4, 2))},
        SMALL,
        clustering=0.03,
    ),
    "large": Design(
        {
            "x05": Signal(0.05, leanings=LEANINGS),
            "x30": Signal(0.3),
            "season": Signal(0.15, season=(0.5, 2)),
        },
        LARGE,
        clustering=0.05,
    ),
    "changing mix": Design(
        {
            "x05": Signal(0.05, leanings=LEANINGS),
            "x15": Signal(0.15, leanings=(0.5, -0.5, 0.8)),
            "season": Signal(0.08, season=(1.0, 3), leanings=LEANINGS),
        },
        CHANGING,
        clustering=0.05,
    ),
    "shocks": Design({"x05": Signal(0.05), "x15": Signal(0.15)}, LARGE, clustering=0.03, shock=0.25),
    "misclassified": Design(
        {
            "x05": Signal(0.05, leanings=LEANINGS),
            "x15": Signal(0.15),
            "season": Signal(0.15, season=(0.6, 2)),
        },
        LARGE,
        clustering=0.03,
        confusion=0.15,
    ),
    "all at once": Design(
        {
            "x05": Signal(0.05, leanings=LEANINGS),
            "x10": Signal(0.1),
            "x15": Signal(0.15, leanings=(0.3, -0.3, 0.0)),
            "season": Signal(0.1, season=(0.6, 2)),
            "step": Signal(0.05, step=(15, 0.1)),
            "ramp": Signal(0.05, ramp_to=0.1),
        },
        {"a": 100, "b": list(np.linspace(150, 30, 36)), "c": [0] * 10 + [80] * 26},
        months=36,
        clustering=0.03,
        confusion=0.1,
    ),
    "power": Design(CHANGES, LARGE),
    "power, clustered": Design(CHANGES, LARGE, clustering=0.03),
    "rituals": Design(RITUALS, {"a": 75, "b": 45, "c": 30}, clustering=0.02),
    "rituals, four years": Design(RITUALS, {"a": 75, "b": 45, "c": 30}, months=48, clustering=0.02),
}

ABOUT: Final[Mapping[str, str]] = {
    "small": (
        "24 months, 40 articles a month from three sources, issues clustered (.03); `season` is a weak "
        "yearly wave. Nothing else changes."
    ),
    "large": ("24 months, 400 articles a month, clustered (.05); a weak wave."),
    "changing mix": (
        "24 months; one source grows thin, one comes in the ninth month; clustered (.05); themes lean to "
        "sources; a strong wave."
    ),
    "shocks": (
        "24 months, 400 articles a month, clustered (.03); every month moves all sources by a shock of "
        ".25 in log-odds. Nothing changes."
    ),
    "misclassified": (
        "24 months, 400 articles a month, clustered (.03); 15 % of articles have the label of another "
        "theme, probabilities by Bayes."
    ),
    "all at once": (
        "36 months; changing mix, clustered (.03), 10 % errors, a wave, a ramp and a step from 5 to 10 %."
    ),
    "power": (
        "24 months, 400 articles a month; a ramp from 5 to 8 %, and steps from 5 to 8 % in the 13th and "
        "the 9th month."
    ),
    "power, clustered": ("The same with clustered issues (.03)."),
    "rituals": (
        "24 months, 150 articles a month from three sources, clustered (.02), themes of 3 %. In odds, "
        "`congress` is 7.4 times as frequent for twelve days every March, `floods` 2.7 times for eighty "
        "days from 10 June, `travel` 3.7 times for forty days from the fifteenth of the last lunar month;"
        " `once` was 4.5 times as frequent in one month of the first year, and isn't a season."
    ),
    "rituals, four years": ("The same in 48 months."),
}
"""What stands under the heading of each kind."""
