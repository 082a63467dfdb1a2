"""Does a theme's share bend? A curve beyond the straight line, tested, with its highest and lowest period."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from analysis.schema import CURVE_COLUMNS, THEME
from analysis.trends.issues import Issues, whole_issues
from analysis.trends.methods.clustered import estimate_slopes, groups_of, joint_test, spans_of
from analysis.trends.multiplicity import false_discovery_rates
from analysis.trends.panel import Floats, Panel
from analysis.trends.periods import Integers
from analysis.trends.seasons import can_have_season, season_design

KNOTS: Final = (0.05, 0.275, 0.5, 0.725, 0.95)
"""Quantiles of the articles' days where the spline's knots lie (Harrell 2015, table 2.3)."""
LEAST_PERIODS: Final = 8
"""Fewer periods with articles than this hold no curve."""


def estimate_curves(panel: Panel) -> pd.DataFrame:
    """Test each theme, in all sources and in each, for change that no straight line tells.

    Model: logit share = source + β · years + Σ_j c_j N_j(day) [+ season], N_j the three curved columns of a
    restricted cubic spline with five knots at fixed quantiles of the days. The test is that all c_j are 0:
    Wald's with Hotelling's correction, referred to F, with errors clustered by issue and allowing for shocks
    of whole periods (`clustered.estimate_slopes`). A season (two harmonics) is in the model where the study
    is long enough for one, so that a yearly ritual is no curve.

    Parameters
    ----------
    panel
        From `gather_issues`.

    Returns
    -------
    DataFrame
        `theme`, `source`, `statistic` (F), `p`, `q` (Benjamini–Hochberg over the table), and `peak` and
        `trough`: first days of the periods where the fitted curve, season apart, is highest and lowest.

    Notes
    -----
    Reference: Harrell (2015), *Regression Modeling Strategies*, 2nd ed., §2.4. Assumptions: issues (periods,
    where shocks are found) are independent given the curve. A step and a burst are curves too: see
    `change_points` and `bursts` for which of them it is. Don't read `peak` and `trough` where the test isn't
    significant, nor as dates with an error: they are where a smooth curve has its ends or turns. Not tested
    (NaN): fewer than eight periods with articles, or five expected articles on or off the theme.
    """
    issues = whole_issues(panel)
    parts = []
    for name, own in groups_of(panel, issues):
        part = pd.DataFrame({THEME: panel.themes, "source": name, "statistic": np.nan, "p": np.nan})
        part["peak"] = part["trough"] = pd.Series([None] * len(part), dtype="str")
        parts.append(_fill(part, panel, own))
    table = pd.concat(parts, ignore_index=True)
    order = {theme: place for place, theme in enumerate(panel.themes)}
    table = table.sort_values(THEME, key=lambda names: names.map(order), kind="stable", ignore_index=True)
    table["q"] = false_discovery_rates(table["p"])
    return table[list(CURVE_COLUMNS)]


def curve_columns(days: Floats, knots: Floats) -> Floats:
    """Return (R, knots - 2) curved columns of a restricted cubic spline: linear beyond the outer knots.

    Harrell's truncated power basis over the squared span of the knots, without the linear column.
    """

    def cubed(value: Floats) -> Floats:
        return np.maximum(value, 0.0) ** 3

    last, before = knots[-1], knots[-2]
    columns = [
        cubed(days - knot)
        - cubed(days - before) * (last - knot) / (last - before)
        + cubed(days - last) * (before - knot) / (last - before)
        for knot in knots[:-2]
    ]
    return np.asarray(np.column_stack(columns) / (last - knots[0]) ** 2)


def _fill(part: pd.DataFrame, panel: Panel, own: Issues) -> pd.DataFrame:
    """Test one group's themes."""
    if len(own.day) == 0:
        return part
    held = np.unique(_places(panel, own.day))
    knots = np.unique(np.quantile(np.repeat(own.day, np.ceil(own.trials).astype(np.int64)), KNOTS))
    if len(held) < LEAST_PERIODS or len(knots) < len(KNOTS):
        return part
    basis, change = _orthonormal(np.column_stack([own.day, curve_columns(own.day, knots)]), own.trials)
    bent, design = basis.shape[1] - 1, basis
    if panel.calendar.period != "year" and can_have_season(own.day):
        design = np.hstack([basis, season_design(own.day)])
    if len(own.day) < design.shape[1] + own.source.max() + 3:
        return part
    spans = spans_of(own.day, panel.calendar.period)
    slopes = estimate_slopes(own, design, groups=own.source, spans=spans, lost=design.shape[1] + 1)
    statistic, p = joint_test(slopes, slice(1, 1 + bent))
    days = (panel.calendar.starts.astype(np.float64) + panel.calendar.ends.astype(np.float64))[held] / 2
    path = change(np.column_stack([days, curve_columns(days, knots)])) @ slopes.estimate[: 1 + bent]
    starts = panel.calendar.starts.astype(str)[held]
    for name, place in (("peak", path.argmax(axis=0)), ("trough", path.argmin(axis=0))):
        part[name] = pd.Series(starts[place], dtype="str").where(~np.isnan(p))
    return part.assign(statistic=statistic, p=p)


def _orthonormal(columns: Floats, weight: Floats) -> tuple[Floats, Callable[[Floats], Floats]]:
    """Make columns of mean 0 and variance 1 that don't correlate, each of those before it; and how."""
    mean = np.average(columns, axis=0, weights=weight)
    root = np.sqrt(weight / weight.sum())[:, None]
    triangle = np.linalg.qr((columns - mean) * root)[1]
    inverse = np.linalg.inv(triangle)
    return (columns - mean) @ inverse, lambda others: np.asarray((others - mean) @ inverse)


def _places(panel: Panel, days: Floats) -> Integers:
    """Return the place in the calendar of each day."""
    return panel.calendar.positions(days.astype(np.int64).astype("datetime64[D]"))
