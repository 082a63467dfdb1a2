"""The plan of the sample study: who publishes how much of what, and when; the truth about trends is set here.

The probability that an article of a source in a month is about a theme:

- `anti_corruption` steps up in June 2022 in every source (the change point);
- `transport` peaks every January (the season);
- `environment` rises steadily over the three years in every source (the trend within sources);
- `culture_tourism` is constant within each source, but much higher in the English paper, whose volume grows:
  its raw share over all sources rises, and adjusted for the mix of sources nothing happens;
- six themes and `unmapped` are constant; three themes take up what is left, so that everything adds to one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

MONTHS: Final = tuple(date(year, month, 1) for year in (2021, 2022, 2023) for month in range(1, 13))
"""First days of the 36 months of the study."""

STEP_THEME: Final = "anti_corruption"
STEP_DATE: Final = date(2022, 6, 1)
STEP_BEFORE: Final = 0.06
STEP_AFTER: Final = 0.18
SEASON_THEME: Final = "transport"
SEASON_PEAK: Final = 1
SEASON_LOW: Final = 0.04
SEASON_HIGH: Final = 0.16
RAMP_THEME: Final = "environment"
RAMP_FROM: Final = 0.05
RAMP_TO: Final = 0.14
MIX_THEME: Final = "culture_tourism"
UNMAPPED: Final = "unmapped"
FLAT: Final = {
    "education": 0.035,
    "health": 0.035,
    "rural_governance": 0.035,
    "women_family": 0.03,
    "charity": 0.025,
    "military": 0.02,
    UNMAPPED: 0.07,
}
REMAINDER: Final = {"business_environment": 0.42, "public_security": 0.31, "grassroots_governance": 0.27}
"""Themes that share what the others leave, and how they share it."""
THEMES: Final = (STEP_THEME, SEASON_THEME, RAMP_THEME, MIX_THEME, *FLAT, *REMAINDER)

MIXED_SHARE: Final = 0.12
"""Share of articles with a paragraph of a second theme."""
REPRINT_SHARE: Final = 0.15
"""Share of the evening paper's articles that it takes over from the city daily."""
CLUSTERING: Final = 0.15
"""Probability that an article repeats the theme of an earlier article of its issue."""


@dataclass(frozen=True)
class Source:
    """One invented newspaper: its language, articles in the first and the last month, and its house style.

    `mix` is the probability of the theme that only follows the mix of sources; `characters` is the range an
    article's length is drawn from; `cities` are the places it can write about.
    """

    key: str
    name: str
    lang: str
    first_volume: float
    last_volume: float
    mix: float
    characters: tuple[int, int]
    cities: tuple[str, ...]


CITY_DAILY: Final = Source("city", "澜津日报", "zh", 13, 13, 0.04, (250, 560), ("澜津市",))
EVENING: Final = Source(
    *("evening", "云泽晚报", "zh", 12, 12, 0.04, (260, 640)),
    ("澜津市", "汀陵市", "曲岸市", "渚阳市", "桐屿市", "梧坪市"),
)
ENGLISH: Final = Source("courier", "The Averley Courier", "en", 3, 19, 0.27, (720, 1750), ("Port Averley",))
RUSSIAN: Final = Source("vestnik", "Каменноборский вестник", "ru", 9, 9, 0.04, (720, 1500), ("Каменноборск",))
SOURCES: Final = (CITY_DAILY, EVENING, ENGLISH, RUSSIAN)


def probabilities(source: Source, month: date) -> dict[str, float]:
    """Return the probability of each theme for an article of `source` in `month`; they add to one."""
    done = (month.year - MONTHS[0].year) * 12 + month.month - MONTHS[0].month
    season = math.exp(1.6 * (math.cos(2 * math.pi * (month.month - SEASON_PEAK) / 12) - 1))
    chances = {
        STEP_THEME: STEP_AFTER if month >= STEP_DATE else STEP_BEFORE,
        SEASON_THEME: SEASON_LOW + (SEASON_HIGH - SEASON_LOW) * season,
        RAMP_THEME: RAMP_FROM + (RAMP_TO - RAMP_FROM) * done / (len(MONTHS) - 1),
        MIX_THEME: source.mix,
        **FLAT,
    }
    left = 1 - sum(chances.values())
    chances.update({theme: left * part for theme, part in REMAINDER.items()})
    return chances


def volume(source: Source, index: int) -> int:
    """Return how many articles `source` prints in the month number `index` (from 0)."""
    part = index / (len(MONTHS) - 1)
    wobble = (0, 1, -1, 0, 1, 0, -1)[(index + len(source.key)) % 7]
    return max(2, round(source.first_volume + (source.last_volume - source.first_volume) * part) + wobble)
