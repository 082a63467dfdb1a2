"""What a dated event did to a theme: its share at once, and its course from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.schema import EVENT_COLUMNS, THEME
from analysis.trends.issues import Issues, whole_issues
from analysis.trends.methods.clustered import Slopes, contrast, estimate_slopes, spans_of
from analysis.trends.multiplicity import false_discovery_rates
from analysis.trends.panel import Floats, Panel, sum_by
from analysis.trends.periods import DateError, Integers, read_days
from analysis.trends.quasibinomial import expit
from analysis.trends.seasons import YEAR, can_have_season, season_design

LEAST_PERIODS: Final = 4
"""An event with fewer periods with articles than this on either side isn't tested."""
SERIAL_LEVEL: Final = 0.1
"""Level of the test for correlation between periods, above which none is modelled."""


@dataclass(frozen=True)
class Event:
    """Something that happened: its name, and the ISO date of its first day."""

    name: str
    date: str


def estimate_events(panel: Panel, events: Sequence[Event], *, level: float = 0.95) -> pd.DataFrame:
    """Estimate what each event did to each theme: an interrupted time series.

    Model, one event at a time: logit share = source + b · years + c · [day ≥ event] + d · years since the
    event (0 before) [+ season]. `level` is c, the change at once in log-odds; `slope` is d, the change of the
    trend in log-odds a year. The season (two harmonics) is in the model where the study is long enough for
    one. Where the other events of the study fall in its span, their level changes are in the model as well,
    so that two events aren't taken for one.

    Errors are clustered by issue and allow for shocks of whole periods (`clustered.estimate_slopes`). The
    residuals of periods are tested for serial correlation by the Ljung–Box test with a Bartlett-weighted
    reach of 4 (T/100)^(2/9) periods; where it is significant at 10 % the covariance is multiplied by Newey &
    West's long-run variance over the variance of the same scores, and never made smaller.

    Parameters
    ----------
    panel
        From `gather_issues`.
    events
        Names and dates, chosen before the data were looked at.
    level
        Confidence level of the intervals.

    Returns
    -------
    DataFrame
        `theme`, `event`, `date`, `kind` ("level" or "slope"), `effect`, `low`, `high`, `expected` and
        `observed` (model shares at the event, at the study's mix of sources, without and with the change at
        once; for "level" alone), `p`, `q` (Benjamini–Hochberg over all events and themes of one kind).

    Raises
    ------
    DateError
        If an event's date can't be read or lies outside the study.
    ValueError
        If two events have one name.

    Notes
    -----
    References: Bernal, Cummins & Gasparrini (2017), *Int. J. Epidemiol.* 46, 348; Newey & West (1987),
    *Econometrica* 55, 703; Ljung & Box (1978), *Biometrika* 65, 297. Assumptions: without the event the
    straight line in log-odds and the season would have gone on, and nothing else happened on that day. A
    significant change says that the share changed then, not that the event is why. Don't use it for a date
    that was picked because the series jumps there (see `change_points`), nor for news that is over in a
    period or two (see `bursts`). In a study of two years season, trend and event are
    hardly to be told apart, and intervals are wide. Not tested (NaN): fewer than four periods with articles
    before or after; a theme that was absent before.
    """
    days = _event_days(panel, events)
    issues = whole_issues(panel)
    parts = []
    for place, event in enumerate(events):
        found = _estimate(panel, issues, days, place, level)
        for kind, values in found.items():
            names = {THEME: panel.themes, "event": event.name, "date": str(days[place]), "kind": kind}
            parts.append(pd.DataFrame(names | values))
    if not parts:
        return pd.DataFrame(columns=list(EVENT_COLUMNS))
    table = pd.concat(parts, ignore_index=True)
    for kind in ("level", "slope"):
        mine = table["kind"] == kind
        table.loc[mine, "q"] = false_discovery_rates(table.loc[mine, "p"])
    return table[list(EVENT_COLUMNS)]


def _event_days(panel: Panel, events: Sequence[Event]) -> np.ndarray:
    """Return the events' days; they must be dates within the study, under different names."""
    names = [event.name for event in events]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"two events are called {name!r}; give each its own name")
    days = read_days(pd.Series([event.date for event in events], dtype=object), name="an event's date")
    first, last = panel.calendar.starts[0], panel.calendar.ends[-1]
    for event, day in zip(events, days, strict=True):
        if np.isnat(day) or not first <= day <= last:
            raise DateError(
                f"event {event.name!r} has the date {event.date!r}; expected a day from {first} to {last}, "
                "which the articles span"
            )
    return days


def _estimate(
    panel: Panel, issues: Issues, days: np.ndarray, place: int, level: float
) -> dict[str, dict[str, Floats]]:
    """Estimate level and slope of one event for all themes."""
    at = float(days[place].astype(np.int64))
    nothing = np.full(len(panel.themes), np.nan)
    names = ("effect", "low", "high", "expected", "observed", "p")
    empty = {kind: dict.fromkeys(names, nothing) for kind in ("level", "slope")}
    spans = spans_of(issues.day, panel.calendar.period)
    after = issues.day >= at
    if min(len(np.unique(spans[after])), len(np.unique(spans[~after]))) < LEAST_PERIODS:
        return empty
    design = _design(panel, issues, days, place)
    if len(issues.day) < design.shape[1] + issues.source.max() + 4:
        return empty
    slopes = estimate_slopes(issues, design, groups=issues.source, spans=spans, lost=design.shape[1] + 1)
    result = {}
    for column, kind in enumerate(("level", "slope")):
        weights = np.eye(design.shape[1])[column]
        widened = _allow_for_serial(slopes, spans, column)
        found = contrast(widened, weights, level=level)
        expected, observed = nothing, nothing
        if kind == "level":
            expected, observed = _shares(slopes, issues, at)
        columns = (found.estimate, found.low, found.high, expected, observed, found.p)
        result[kind] = dict(zip(names, columns, strict=True))
    return result


def _design(panel: Panel, issues: Issues, days: np.ndarray, place: int) -> Floats:
    """Columns: level and slope of the event, the trend (0 at the event), season, levels of other events."""
    at = float(days[place].astype(np.int64))
    years = (issues.day - at) / YEAR
    after = (issues.day >= at).astype(np.float64)
    columns = [after, after * years, years]
    if panel.calendar.period != "year" and can_have_season(issues.day):
        columns += list(season_design(issues.day).T)
    for other in np.unique(days):
        step = (issues.day >= float(other.astype(np.int64))).astype(np.float64)
        apart = np.abs(step - after).sum()
        if other != days[place] and apart > 0 and 0 < step.sum() < len(step):
            columns.append(step)
    return np.column_stack(columns)


def _allow_for_serial(slopes: Slopes, spans: Integers, column: int) -> Slopes:
    """Widen the covariance by the long-run variance of the scores where periods are correlated."""
    from dataclasses import replace

    from scipy.stats import chi2

    fit, count = slopes.fit, int(spans.max()) + 1
    reach = int(np.floor(4 * (count / 100) ** (2 / 9)))
    error = sum_by(spans, fit.residual, count)
    spread = np.sqrt(np.maximum(sum_by(spans, fit.variance, count), 1e-12))
    resid = error / spread
    energy = np.maximum((resid**2).sum(axis=0), 1e-12)
    influence = np.einsum("ki,irk->rk", fit.bread[:, column, :], fit.centred) * fit.residual
    score = sum_by(spans, influence, count)
    plain = np.maximum((score**2).sum(axis=0), 1e-300)
    statistic, extra = np.zeros(resid.shape[1]), np.zeros(resid.shape[1])
    for lag in range(1, reach + 1):
        rho = (resid[lag:] * resid[:-lag]).sum(axis=0) / energy
        # Residuals of a fitted model lean below 0: by about the parameters a period.
        rho = rho + len(fit.centred) / count / 2
        statistic += rho**2 / (count - lag) * count * (count + 2)
        extra += 2 * (1 - lag / (reach + 1)) * (score[lag:] * score[:-lag]).sum(axis=0) / plain
    found = chi2.sf(statistic, reach) < SERIAL_LEVEL
    factor = np.where(found, np.maximum(1 + extra, 1.0), 1.0)
    left = np.maximum(count - len(fit.centred) - 1.0, 2.0)
    degrees = np.where(factor > 1, np.minimum(left, slopes.degrees), slopes.degrees)
    return replace(slopes, covariance=slopes.covariance * factor[:, None, None], degrees=degrees)


def _shares(slopes: Slopes, issues: Issues, at: float) -> tuple[Floats, Floats]:
    """Return (K,) the model's shares at the event, at the study's mix, without and with the level change."""
    mix = np.bincount(issues.source, issues.trials) / issues.trials.sum()
    waves = slopes.estimate.shape[0] - 3
    season = season_design(np.array([at]))[0] if waves >= 4 else np.empty(0)
    rest = season @ slopes.estimate[3 : 3 + len(season)]
    odds = slopes.fit.intercepts + rest
    without, with_it = (np.einsum("s,sk->k", mix, expit(odds + jump)) for jump in (0.0, slopes.estimate[0]))
    tested = slopes.tested
    return np.where(tested, without, np.nan), np.where(tested, with_it, np.nan)
