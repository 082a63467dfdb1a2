"""Issues in one row each: what models of a theme's course are fitted to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.trends.panel import Floats, Panel, sum_by
from analysis.trends.periods import Integers


@dataclass(frozen=True)
class Issues:
    """Issues in one row each: R issues, K themes.

    `successes` (R, K) expected articles on each theme, `trials` (R,) articles, `source` (R,) code, `day` (R,)
    days since 1970.
    """

    successes: Floats
    trials: Floats
    source: Integers
    day: Floats

    @property
    def sources(self) -> int:
        """Number of codes of sources."""
        return int(self.source.max(initial=0)) + 1

    def only(self, source: int) -> Issues:
        """Return the issues of one source, as source 0."""
        mine = self.source == source
        return Issues(self.successes[mine], self.trials[mine], np.zeros(mine.sum(), np.int64), self.day[mine])


def whole_issues(panel: Panel) -> Issues:
    """Put the parts of issues whose date is an interval together again, at the middle of the interval."""
    size = int(panel.issue.max()) + 1
    first = np.full(size, -1, dtype=np.int64)
    first[panel.issue[::-1]] = np.arange(len(panel.issue))[::-1]
    trials, successes = sum_by(panel.issue, panel.weight, size), sum_by(panel.issue, panel.members, size)
    return Issues(successes, trials, panel.source[first], panel.day[first])
