"""The door to trends: a table of articles with themes in, shares by period, tests and change points out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.trends.adjustment import standardise
from analysis.trends.dated_steps import find_all_steps
from analysis.trends.decomposition import decompose
from analysis.trends.misclassification import Calibrated, correct_memberships
from analysis.trends.panel import gather_issues
from analysis.trends.periods import Period, check_period
from analysis.trends.result_tables import change_point_table, tables_of_tests, trend_table
from analysis.trends.shares import cells_of, estimate_shares


@dataclass(frozen=True)
class Trends:
    """What `estimate_trends` found, and the parameters that made it.

    Attributes
    ----------
    trends, tests, change_points, effects, decomposition
        Tables with the columns of `analysis.schema`.
    period, level, draws, seed, min_articles
        As given.
    undated
        Number of articles left out because they have neither a date nor an interval.
    """

    trends: pd.DataFrame
    tests: pd.DataFrame
    change_points: pd.DataFrame
    effects: pd.DataFrame
    decomposition: pd.DataFrame
    period: Period
    level: float
    draws: int
    seed: int
    min_articles: int
    undated: int


def estimate_trends(
    frame: pd.DataFrame,
    *,
    period: str = "month",
    level: float = 0.95,
    draws: int = 20,
    seed: int = 0,
    min_articles: int = 5,
    themes: Sequence[str] | None = None,
    calibrated: Calibrated = "study",
) -> Trends:
    """Estimate each theme's share of articles by period, for all sources and for each, and test its changes.

    Parameters
    ----------
    frame
        One row an article: `article_id`; `source` (missing: "unknown"); `date`, an ISO calendar date, or
        where that is missing `date_start` and `date_end`, between which the article is spread by days over
        the periods; and `p_<theme>` columns of calibrated probabilities (an article may belong to several
        themes), or `theme`, one label an article (`unmapped` or missing: none). Probabilities count where
        both are there.
    period
        "day", "week" (ISO, from Monday), "month", "quarter" or "year".
    level
        Confidence level of all intervals.
    draws
        Imputations of the assignment that Rubin's rules are applied for.
    seed
        Seed of the sign flips behind the p of change points; nothing else is random.
    min_articles
        A period with fewer articles than this (and more than none) has the status "few".
    themes
        The themes to follow, in order; all by default.

    Returns
    -------
    Trends
        `trends`: every period from the first to the last, for every theme, for `ALL` and each source; how the
        numbers come about is told in `shares.estimate_shares` and `adjustment.standardise`.
        `tests`: one row a theme and source, `ALL` being adjusted for source (`trend_tests`).
        `change_points`: the likeliest step of each series, significant or not, unless a straight line fits
        decisively better: choose by q (`change_points`). `q` is Benjamini–Hochberg over all tests
        made in a table.

    Raises
    ------
    corpus.schema.TableError, analysis.trends.periods.DateError
        If the frame lacks something or holds what can't be read.
    ValueError
        If a parameter is out of its range.
    """
    length = check_period(period)
    _check_parameters(level, draws, min_articles)
    panel, errors = correct_memberships(
        gather_issues(frame, period=length, themes=themes), calibrated=calibrated
    )
    cells = cells_of(panel)
    shares = estimate_shares(cells, errors, level=level, draws=draws)
    adjusted = standardise(cells, shares, errors, level=level)
    steps = find_all_steps(panel, level=level, seed=seed)
    tests, effects = tables_of_tests(panel, steps, level)
    return Trends(
        trend_table(panel, shares, adjusted, min_articles),
        tests,
        change_point_table(panel, steps, shares, adjusted),
        effects,
        decompose(panel, shares, level=level),
        length, level, draws, seed, min_articles, panel.undated,
    )  # fmt: skip


def _check_parameters(level: float, draws: int, min_articles: int) -> None:
    """Raise `ValueError` for a parameter out of its range."""
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; expected a confidence level between 0 and 1, such as 0.95")
    if draws < 2:
        raise ValueError(f"draws is {draws}; Rubin's rules need 2 imputations or more")
    if min_articles < 1:
        raise ValueError(f"min_articles is {min_articles}; expected 1 or more")
