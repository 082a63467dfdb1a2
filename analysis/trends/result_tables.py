"""Arrays laid out as the tables of a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import (
    ALL_SOURCES,
    CHANGE_POINT_COLUMNS,
    EFFECT_COLUMNS,
    STATUSES,
    TEST_COLUMNS,
    TREND_COLUMNS,
)
from analysis.trends.adjustment import Adjusted
from analysis.trends.change_points import Steps
from analysis.trends.dated_steps import DatedSteps
from analysis.trends.issues import whole_issues
from analysis.trends.multiplicity import false_discovery_rates
from analysis.trends.panel import Floats, Panel
from analysis.trends.seasons import can_have_season
from analysis.trends.shares import Shares
from analysis.trends.trend_tests import TrendTest, estimate_trend

Column = NDArray[np.object_] | NDArray[np.float64] | NDArray[np.bool_]

SEASON_RATE: Final = 0.05
"""A theme is called seasonal when the false discovery rate of its season's test is below this."""


def groups_of(panel: Panel) -> tuple[str, ...]:
    """Return the values of `source` in the tables: all together first."""
    return (ALL_SOURCES, *panel.sources)


def trend_table(panel: Panel, shares: Shares, adjusted: Adjusted, min_articles: int) -> pd.DataFrame:
    """Lay the arrays (group, period, theme) out as rows: theme, then group, then period."""
    groups, periods, themes = len(groups_of(panel)), len(panel.calendar), len(panel.themes)

    def rows(values: Floats) -> Floats:
        return np.broadcast_to(values, (groups, periods, themes)).transpose(2, 0, 1).ravel()

    def only_all(values: Floats) -> Floats:
        padded = np.full((groups, periods, themes), np.nan)
        padded[0] = values
        return rows(padded)

    n = rows(shares.articles[:, :, None])
    status = np.array(STATUSES, dtype=object)[np.where(n <= 0, 2, np.where(n < min_articles, 1, 0))]
    columns: tuple[Column, ...] = (
        np.repeat(np.array(panel.themes, dtype=object), groups * periods),
        np.tile(np.repeat(np.array(groups_of(panel), dtype=object), periods), themes),
        np.tile(panel.calendar.starts.astype(str).astype(object), groups * themes),
        np.tile(panel.calendar.ends.astype(str).astype(object), groups * themes),
        n, rows(shares.members), rows(shares.share), rows(shares.low), rows(shares.high),
        only_all(adjusted.share), only_all(adjusted.low), only_all(adjusted.high), status,
    )  # fmt: skip
    return _table(dict(zip(TREND_COLUMNS, columns, strict=True)))


def trends_of_groups(panel: Panel, steps: Sequence[DatedSteps], level: float) -> list[TrendTest]:
    """Test every theme in all sources together and in each."""
    issues = whole_issues(panel)
    groups_of_issues = [issues, *(issues.only(code) for code in range(len(panel.sources)))]
    seasonal = can_have_season(issues.day)
    return [
        estimate_trend(of_group, level=level, step_days=dated.days(panel), seasonal=seasonal)
        for of_group, dated in zip(groups_of_issues, steps, strict=True)
    ]


def tables_of_tests(panel: Panel, found: Sequence[TrendTest]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lay out the tests, and their effects in shares."""

    def rows(name: str) -> Floats:
        return np.stack([np.asarray(getattr(test, name)) for test in found], axis=1).ravel()

    themes, groups = np.array(panel.themes, dtype=object), np.array(groups_of(panel), dtype=object)
    names = (np.repeat(themes, len(groups)), np.tile(groups, len(themes)))
    effects, slope, p = tuple(rows(name) for name in ("effect", "low", "high")), rows("slope"), rows("p")
    season_q = false_discovery_rates(rows("season_p"))
    tests = (*names, *effects, p, false_discovery_rates(p), season_q < SEASON_RATE)
    in_shares = (*names, *(effect * slope for effect in effects), rows("season_p"), season_q)
    return (
        _table(dict(zip(TEST_COLUMNS, tests, strict=True))),
        _table(dict(zip(EFFECT_COLUMNS, in_shares, strict=True))),
    )


def change_point_table(
    panel: Panel, found: Sequence[DatedSteps], shares: Shares, adjusted: Adjusted
) -> pd.DataFrame:
    """Give a row to each step that no straight line beats; q is over all that were sought."""
    starts, groups = panel.calendar.starts.astype(str).astype(object), groups_of(panel)
    parts = []
    for group, (name, dated) in enumerate(zip(groups, found, strict=True)):
        steps, held = dated.steps, dated.held
        share = adjusted.share if group == 0 else shares.share[group]
        before, after = _levels(share[held], shares.articles[group][held], steps)
        dates = (starts[held[at]] for at in (steps.place, steps.low, steps.high))
        names = (np.array(panel.themes, dtype=object), np.full(len(panel.themes), name, dtype=object))
        columns = (*names, *dates, before, after, steps.p, np.full(len(steps.p), np.nan))
        part = pd.DataFrame(dict(zip(CHANGE_POINT_COLUMNS, columns, strict=True)))
        parts.append(part.assign(dated=steps.dated, order=np.arange(len(part))))
    table = pd.concat(parts, ignore_index=True).sort_values("order", kind="stable")
    table["q"] = false_discovery_rates(table["p"])
    table = table.loc[table["dated"], list(CHANGE_POINT_COLUMNS)].reset_index(drop=True)
    return table.astype(dict.fromkeys(CHANGE_POINT_COLUMNS[:5], "str"))


def _levels(share: Floats, articles: Floats, steps: Steps) -> tuple[Floats, Floats]:
    """Return each theme's mean share, weighted by articles, before its step and from it on."""
    later = np.arange(len(share))[:, None] >= steps.place
    early, late = (np.where(part, articles[:, None], 0.0) for part in (~later, later))
    known = ~np.isnan(share)
    filled = np.where(known, share, 0.0)
    before, after = (
        (filled * part).sum(axis=0) / np.maximum((known * part).sum(axis=0), 1e-12) for part in (early, late)
    )
    return before, after


def _table(columns: Mapping[str, Column]) -> pd.DataFrame:
    """Make a table, its words in pandas' own string type."""
    table = pd.DataFrame(columns)
    words = [name for name, values in columns.items() if values.dtype == object]
    return table.astype(dict.fromkeys(words, "str"))
