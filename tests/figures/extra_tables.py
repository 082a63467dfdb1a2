"""The tables beside the contract's, invented: steps, changes, events, reprints, levels, checks, coders."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from analysis.coding.agreement import AGREEMENT_COLUMNS, MAIN
from analysis.coding.theme_scores import PRIMARY, SCORE_COLUMNS
from analysis.schema import DECOMPOSITION_COLUMNS, EMERGING_COLUMNS, EVENT_COLUMNS
from figures.tables import flat


def extra_tables(
    themes: tuple[str, ...], sources: tuple[str, ...], periods: pd.PeriodIndex, *, topics: int
) -> dict[str, pd.DataFrame]:
    """Those tables for these themes, sources, periods and number of topics."""
    rng = np.random.default_rng(7)
    return {
        "decomposition": _decomposition(themes, periods, rng),
        "emerging": _emerging(themes, periods),
        "events": _events(themes, periods),
        "reprints": _reprints(sources, rng),
        "levels": _levels(topics),
        "validation": _validation(topics, rng),
        "agreement": _agreement(themes),
        "theme_scores": _scores(themes),
    }


def _decomposition(
    themes: tuple[str, ...], periods: pd.PeriodIndex, rng: np.random.Generator
) -> pd.DataFrame:
    days = [str(period.start_time.date()) for period in periods]
    rows = []
    for theme in themes:
        for before, day in itertools.pairwise(days):
            within, between = rng.normal(0, 0.02), rng.normal(0.001, 0.002)
            limits = (within - 0.05, within + 0.05), (between - 0.004, between + 0.004)
            rows.append((theme, day, before, within + between, within, *limits[0], between, *limits[1]))
    return pd.DataFrame(rows, columns=list(DECOMPOSITION_COLUMNS))


def _emerging(themes: tuple[str, ...], periods: pd.PeriodIndex) -> pd.DataFrame:
    since = str(periods[-(-len(periods) * 2 // 3) - 1].start_time.date())
    states = ("growing", "unclear", "steady", "fading", "new")
    rows = []
    for number, theme in enumerate(themes):
        effect = np.linspace(1.2, -0.9, len(themes))[number]
        before, recent = 0.08, 0.08 * np.exp(effect)
        row = (effect, effect - 0.4, effect + 0.4, before, before * 1.3, recent, recent * 0.7, since)
        rows.append((theme, states[number % 5], *row, 0.01, 0.02))
    return pd.DataFrame(rows, columns=list(EMERGING_COLUMNS))


def _events(themes: tuple[str, ...], periods: pd.PeriodIndex) -> pd.DataFrame:
    days = [str(periods[len(periods) * part // 4].start_time.date()) for part in (1, 2, 3)]
    rows = []
    for name, day in zip(("巡视组进驻", "The flood", "Выборы"), days, strict=True):
        for number, theme in enumerate(themes):
            sizes = (0.5, 0.1, 0.9, 0.1, 0.16, 0.01, 0.02 if number == 0 else 0.4)
            rows.append((theme, name, day, "level", *sizes))
            rows.append((theme, name, day, "slope", 0.1, 0.0, 0.2, np.nan, np.nan, 0.5, 0.6))
    return pd.DataFrame(rows, columns=list(EVENT_COLUMNS))


def _reprints(sources: tuple[str, ...], rng: np.random.Generator) -> pd.DataFrame:
    pairs = [(a, b) for a in sources[:8] for b in sources[:8] if a != b][:14]
    rows = [(a, b, float(rng.integers(1, 60)), float(rng.integers(0, 9))) for a, b in pairs]
    rows += [(sources[0], sources[0], 3.0, 7.0), (sources[0], None, 2.0, np.nan)]
    return pd.DataFrame(rows, columns=["from_source", "to_source", "n", "median_lag_days"])


def _levels(topics: int) -> pd.DataFrame:
    number = np.arange(topics)
    return pd.DataFrame({"topic": number, "level_1": number // 2 * 2, "level_2": number // 4 * 4})


def _validation(topics: int, rng: np.random.Generator) -> pd.DataFrame:
    return flat(
        {
            "coherence": {
                "npmi": 0.41,
                "c_v": 0.6,
                "words": 0.3,
                "by_topic": {str(k): {"npmi": rng.uniform(-0.2, 0.9)} for k in range(topics)},
            },
            "silhouette": -0.05,
            "stability": {
                "resampled": 0.8,
                "by_topic": {str(k): rng.uniform(0.3, 1.0) for k in range(topics)},
            },
            "diversity": {"zh": 0.9, "en": 0.8, "und": None},
            "language": {"nmi": 0.3, "chance": 0.01},
            "language_leakage": {"same_language": 0.7, "chance": 0.4, "verdict": "apart"},
        }
    )


def _agreement(themes: tuple[str, ...]) -> pd.DataFrame:
    rows = [
        (what, 200, 0.9, 0.7, 0.6, 0.8, 0.71, 0.61, 0.81) if number != 2 else (what, 200, 1.0, *(np.nan,) * 6)
        for number, what in enumerate((MAIN, *themes, "unmapped"))
    ]
    return pd.DataFrame(rows, columns=list(AGREEMENT_COLUMNS))


def _scores(themes: tuple[str, ...]) -> pd.DataFrame:
    single = (0.8, 0.7, 0.9)
    rows = [(PRIMARY, lang, 200, 200, *single, *(np.nan,) * 6) for lang in ("ALL", "zh")]
    rows += [(theme, lang, 20, 22, *single, *single, *single) for theme in themes for lang in ("ALL", "zh")]
    return pd.DataFrame(rows, columns=list(SCORE_COLUMNS))
