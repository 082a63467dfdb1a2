"""The steps of a panel: which articles make a series, and which days the places of its step stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.trends.change_points import Steps, find_steps
from analysis.trends.panel import Floats, Panel, sum_by
from analysis.trends.periods import Integers
from analysis.trends.seasons import can_have_season, season_design
from analysis.trends.step_draws import MOST_BLOCKS
from analysis.trends.step_scores import Series

DOUBTFUL: Final = 0.1
"""A step with a larger p than this isn't taken for one where a season is tested beside it: it would make that
test timid."""


@dataclass(frozen=True)
class DatedSteps:
    """The steps of one group, and the periods that its places stand for."""

    steps: Steps
    held: Integers

    def days(self, panel: Panel) -> Floats:
        """Return each theme's first day after its step (since 1970), NaN where there is none to speak of."""
        starts = panel.calendar.starts.astype(np.float64)[self.held[self.steps.place]]
        return np.where((self.steps.place >= 0) & (self.steps.p < DOUBTFUL), starts, np.nan)


def find_all_steps(panel: Panel, *, level: float, seed: int) -> list[DatedSteps]:
    """Look for the step of every theme, in all sources together and in each."""
    everything = list(range(len(panel.sources)))
    found = []
    for members in [everything, *([code] for code in everything)]:
        series, held = series_of(panel, members)
        found.append(DatedSteps(find_steps(series, level=level, seed=seed), held))
    return found


def series_of(panel: Panel, members: Sequence[int]) -> tuple[Series, Integers]:
    """Return the articles of some sources by slot, and the periods that hold any.

    Where the whole study can have a season every source has one, however few months it was there: else the
    season of a source that came late would pass for a change.
    """
    mine = np.isin(panel.source, members)
    held, period = np.unique(panel.period[mine], return_inverse=True)
    starts, ends = (days.astype(np.float64) for days in (panel.calendar.starts, panel.calendar.ends))
    start, end = starts[held][period], ends[held][period]
    parts = max(1, MOST_BLOCKS // len(held))
    part = (np.clip(panel.day[mine], start, end) - start) * parts // (end - start + 1)
    slots, slot = np.unique(period * parts + part.astype(np.int64), return_inverse=True)
    source = np.unique(panel.source[mine], return_inverse=True)[1]
    cells, cell = np.unique(source * len(slots) + slot, return_inverse=True)
    middle = (
        starts[held][slots // parts]
        + (slots % parts + 0.5) / parts * (ends - starts + 1)[held][slots // parts]
    )
    seasonal = panel.calendar.period != "year" and can_have_season(panel.day)
    season = season_design(middle) if seasonal else np.empty((len(slots), 0))
    successes, trials = (sum_by(cell, table[mine], len(cells)) for table in (panel.members, panel.weight))
    return Series(successes, trials, cells // len(slots), cells % len(slots), slots // parts, season), held
