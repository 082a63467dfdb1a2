"""The door to trends: a table of articles with themes in, shares by period, tests and change points out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from analysis.schema import ALL_SOURCES, PERIOD_START, STATUS, TOPIC
from analysis.trends.adjustment import Adjusted, standardise
from analysis.trends.counting import (
    By,
    Count,
    as_themes,
    by_topic,
    check_counting,
    counted_stories,
    topics_in,
)
from analysis.trends.dated_steps import DatedSteps, find_all_steps
from analysis.trends.decomposition import decompose
from analysis.trends.misclassification import Calibrated, correct_memberships
from analysis.trends.panel import Panel, gather_issues
from analysis.trends.periods import Period, check_period
from analysis.trends.result_tables import (
    change_point_table,
    tables_of_tests,
    trend_table,
    trends_of_groups,
)
from analysis.trends.shares import Shares, cells_of, estimate_shares
from analysis.trends.topic_runs import combine_adjusted, combine_shares, combine_tests, match_topics
from analysis.trends.trend_tests import TrendTest
from corpus.engine import THIS_PROCESS, Engine
from corpus.rich_display import numbered, show_html
from corpus.schema import SOURCE, require_columns

_SURE: Final = 0.05
"""The false discovery rate below which a test is counted as sure where trends are shown."""


@dataclass(frozen=True)
class Trends:
    """What `estimate_trends` found, and the parameters that made it.

    Attributes
    ----------
    trends, tests, change_points, effects, decomposition
        Tables with the columns of `analysis.schema`; `topic` in place of `theme` for topics.
    period, level, draws, seed, min_articles, count, by, calibrated, topic_runs
        As given.
    undated
        Number of articles left out because they have neither a date nor an interval.
    reprints
        Number of articles left out because their story was counted already.
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
    count: Count
    by: By
    calibrated: Calibrated
    topic_runs: tuple[str, ...]
    undated: int
    reprints: int

    def _repr_html_(self) -> str:
        """Show trends in a notebook: what was followed, gaps, and the tests of all sources, surest first."""
        groups = self.trends[SOURCE].drop_duplicates()
        sources = int((groups != ALL_SOURCES).sum())
        periods = self.trends[PERIOD_START].nunique()
        head = (
            f"{numbered(self.trends[self.by].nunique(), self.by)}, {numbered(sources, 'source')}, "
            f"{numbered(periods, 'period')} ({self.period})"
        )
        tests = self.tests[self.tests[SOURCE] == ALL_SOURCES].sort_values("q", kind="stable")
        return show_html(head, tests, notes=_trend_facts(self), whole="trends.tests")


def _trend_facts(found: Trends) -> list[str]:
    """What has to be known to read the tables."""
    every = found.trends[found.trends[SOURCE] == ALL_SOURCES].drop_duplicates([PERIOD_START])
    few, none = (int((every[STATUS] == status).sum()) for status in ("few", "none"))
    sure = int((found.tests["q"] < _SURE).sum())
    tests = numbered(len(found.tests), "test")
    facts = [f"intervals at {found.level:.0%}; {tests} of a trend, {sure} with q < {_SURE}"]
    if few or none:
        facts.append(
            f"{numbered(none, 'period')} without articles, {few} with fewer than {found.min_articles}"
        )
    if found.undated:
        facts.append(f"{numbered(found.undated, 'article')} left out: no date")
    if found.reprints:
        facts.append(f"{numbered(found.reprints, 'reprint')} left out: the story is counted once")
    return facts


@dataclass(frozen=True)
class _Estimates:
    """What is estimated from one assignment of articles."""

    panel: Panel
    shares: Shares
    adjusted: Adjusted
    steps: list[DatedSteps]
    tests: list[TrendTest]


def estimate_trends(  # noqa: PLR0913
    frame: pd.DataFrame,
    *,
    period: str = "month",
    level: float = 0.95,
    draws: int = 20,
    seed: int = 0,
    min_articles: int = 5,
    themes: Sequence[str] | None = None,
    count: Count = "articles",
    by: By = "theme",
    calibrated: Calibrated = "study",
    topic_runs: Sequence[str] = (),
    engine: Engine = THIS_PROCESS,
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
        The themes (or topics, as words) to follow, in order; all by default.
    count
        "articles", or "stories": each story once, its reprints left out; `frame` then needs `reprint_of`.
    by
        "theme", or "topic": the column `topic` is followed (-1: none), and tables have a column `topic`.
    calibrated
        "study": probabilities are right on average over the study, and the pull to its mean is undone
        (`misclassification.correct_memberships`); "period": they are right in every period and source.
        Labels are the same in both.
    topic_runs
        Columns with the topics of the same articles from fits with other seeds: shares, effects and tests
        are then means over all fits, and their intervals carry what the seed changes (`topic_runs`). Change
        points are those of `topic`.
    engine
        What sums over articles, block for block.

    Returns
    -------
    Trends
        `trends`: every period from the first to the last, for every theme, for `ALL` and each source; how the
        numbers come about is told in `shares.estimate_shares` and `adjustment.standardise`. A period without
        an article has no share (NaN, status "none"); one with articles and none on the theme has the share 0
        with a real upper limit (status "ok", or "few").
        `tests`: one row a theme and source, `ALL` being adjusted for source (`trend_tests`); `effects`: the
        same effects in shares a year, and the p of each season.
        `change_points`: the likeliest step of each series, significant or not, unless a straight line fits
        decisively better: choose by q (`change_points`). `q` is Benjamini–Hochberg over all tests
        made in a table.
        `decomposition`: each change within and between sources (`decomposition.decompose`).

    Raises
    ------
    corpus.schema.TableError, analysis.trends.periods.DateError
        If the frame lacks something or holds what can't be read.
    ValueError
        If a parameter is out of its range.
    """
    from threadpoolctl import threadpool_limits

    length = check_period(period)
    _check_parameters(level, draws, min_articles)
    check_counting(count, by, calibrated, topic_runs)
    counted = counted_stories(frame) if count == "stories" else frame
    assignments = _assignments(counted, by, topic_runs)
    if by == "topic" and themes is None:
        themes = topics_in(counted)
    with threadpool_limits(limits=1):  # several threads add up in another order, and last digits would differ
        runs: list[_Estimates] = []
        for place, assigned in enumerate(assignments):
            panel = gather_issues(assigned, period=length, themes=themes, engine=engine)
            steps = runs[0].steps if place else None
            runs.append(_estimate(panel, level, draws, seed, calibrated, steps))
        whole = _combined(runs, level)
        tests, effects = tables_of_tests(whole.panel, whole.tests)
        tables = (
            trend_table(whole.panel, whole.shares, whole.adjusted, min_articles),
            tests,
            change_point_table(whole.panel, whole.steps, runs[0].shares, runs[0].adjusted),
            effects,
            decompose(whole.panel, whole.shares, level=level),
        )
    if by == "topic":
        tables = tuple(by_topic(table, whole.panel.themes) for table in tables)
    return Trends(
        *tables, length, level, draws, seed, min_articles, count, by, calibrated, tuple(topic_runs),
        whole.panel.undated, len(frame) - len(counted),
    )  # fmt: skip


def _check_parameters(level: float, draws: int, min_articles: int) -> None:
    """Raise `ValueError` for a parameter out of its range."""
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; expected a confidence level between 0 and 1, such as 0.95")
    if draws < 2:
        raise ValueError(f"draws is {draws}; Rubin's rules need 2 imputations or more")
    if min_articles < 1:
        raise ValueError(f"min_articles is {min_articles}; expected 1 or more")


def _assignments(frame: pd.DataFrame, by: By, topic_runs: Sequence[str]) -> list[pd.DataFrame]:
    """Return the articles with their themes, or with their topics in each of the runs."""
    if by == "theme":
        return [frame]
    require_columns(frame, (TOPIC, *topic_runs), name="the table of articles (which is followed by topic)")
    others = (match_topics(frame[TOPIC], frame[column]) for column in topic_runs)
    return [as_themes(frame), *(as_themes(frame.assign(**{TOPIC: other})) for other in others)]


def _estimate(
    panel: Panel, level: float, draws: int, seed: int, calibrated: Calibrated, steps: list[DatedSteps] | None
) -> _Estimates:
    """Estimate everything from one assignment; `steps` are taken from another where they are given."""
    panel, errors = correct_memberships(panel, calibrated=calibrated)
    cells = cells_of(panel)
    shares = estimate_shares(cells, errors, level=level, draws=draws)
    adjusted = standardise(cells, shares, errors, level=level)
    steps = find_all_steps(panel, level=level, seed=seed) if steps is None else steps
    return _Estimates(panel, shares, adjusted, steps, trends_of_groups(panel, steps, level))


def _combined(runs: Sequence[_Estimates], level: float) -> _Estimates:
    """Combine the runs by Rubin's rules."""
    if len(runs) == 1:
        return runs[0]
    return replace(
        runs[0],
        shares=combine_shares([run.shares for run in runs], level=level),
        adjusted=combine_adjusted([run.adjusted for run in runs], level=level),
        tests=[
            combine_tests(of_group, level=level)
            for of_group in zip(*(run.tests for run in runs), strict=True)
        ],
    )
