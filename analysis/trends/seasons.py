"""The yearly season: two harmonics of the calendar year, and how long a study must be to have one."""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.trends.panel import Floats
from analysis.trends.periods import months_spanned

YEAR: Final = 365.2425
"""Days in a mean calendar year."""
LEAST_MONTHS: Final = 24
"""A season needs two years: in one, a season and a change are the same thing."""
LEAST_COVERED: Final = 8
"""And articles in at least this many different calendar months."""
HARMONICS: Final = 2


def season_design(days: Floats) -> Floats:
    """Return (R, 4): sine and cosine of once and twice the year's phase on each day (days since 1970).

    Two harmonics can draw one peak or two a year, of about two months or wider. A ritual of a single week is
    caught in part only.
    """
    phase = 2 * np.pi * days / YEAR
    return np.column_stack(
        [wave(order * phase) for order in range(1, HARMONICS + 1) for wave in (np.sin, np.cos)]
    )


def can_have_season(days: Floats) -> bool:
    """Return whether days (since 1970) span `LEAST_MONTHS` and cover `LEAST_COVERED` months of the year."""
    if len(days) == 0:
        return False
    calendar = days.astype(np.int64).astype("datetime64[D]")
    months = calendar.astype("datetime64[M]").astype(np.int64) % 12
    return (
        months_spanned(calendar.min(), calendar.max()) >= LEAST_MONTHS
        and len(np.unique(months)) >= LEAST_COVERED
    )
