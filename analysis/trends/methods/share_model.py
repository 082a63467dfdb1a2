"""A fitted model of a share: its coefficients and tests, and the shares that it predicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.trends.methods.formulas import (
    FormulaError,
    design_again,
    study_variables,
)
from analysis.trends.methods.logit import Estimates
from analysis.trends.panel import Floats
from analysis.trends.periods import DateError, read_days
from analysis.trends.quasibinomial import expit
from corpus.schema import DATE, require_columns

MOST_LEVELS: Final = 60


@dataclass(frozen=True)
class ShareModel:
    """A fitted model of one theme's share.

    Attributes
    ----------
    formula, theme, level, draws
        As given.
    coefficients
        `term`, `estimate` (log-odds), `error`, `low`, `high`, `p`, one row a column of the design.
    tests
        `term`, `columns`, `statistic` (F), `p`: Wald's test that all columns of a term are 0.
    n_articles, n_issues, undated
        Articles and issues in the fit, and articles left out because they have no date.
    """

    formula: str
    theme: str
    level: float
    draws: int
    coefficients: pd.DataFrame
    tests: pd.DataFrame
    n_articles: int
    n_issues: int
    undated: int
    _estimates: Estimates
    _spec: Any
    _table: pd.DataFrame
    _trials: Floats
    _middle: float

    def predict(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the share that the model expects of each row, with its interval.

        Parameters
        ----------
        frame
            The columns that the formula names, and `date` where it names what a date gives.

        Returns
        -------
        DataFrame
            `share`, `low`, `high`, with the frame's index. The interval is that of the expected share (delta
            method on the logit scale), not of an article or of a period's count.
        """
        table = self._new_table(frame)
        design = design_again(self._spec, table)
        rows = [self._mean_share(design[[row]], np.ones(1)) for row in range(len(design))]
        return pd.DataFrame(rows, columns=["share", "low", "high"], index=frame.index)

    def margins(self, variable: str, *, at: Sequence[Any] | None = None) -> pd.DataFrame:
        """Return standardised shares: what the share would be had all articles one value of a variable.

        For each value the model's share of every article is predicted with that value, all else as it is, and
        averaged: the average marginal prediction (Lane & Nelder 1982, *Biometrics* 38, 613; R's `margins` and
        Stata's command of that name). Intervals are the delta method's, on the logit scale for shares; the
        articles' other columns are taken as given.

        Parameters
        ----------
        variable
            A column that the formula uses.
        at
            Values; by default all there are of words, or of numbers with sixty values at most.

        Returns
        -------
        DataFrame
            A column named after the variable, `share`, `low`, `high`, and `difference` from the first row
            (percentage points as 0 to 1), with `difference_low` and `difference_high`.

        Raises
        ------
        FormulaError
            If the formula doesn't use the variable, or a value of words was not in the fit.
        ValueError
            If `at` is missing for a variable of more than sixty numbers.
        """
        values = self._values(variable, at)
        gradients, shares, rows = [], [], []
        for value in values:
            design = design_again(self._spec, self._table.assign(**{variable: value}))
            mean = expit(design @ self._estimates.estimate)
            weight = self._trials / self._trials.sum()
            gradients.append((weight * mean * (1 - mean)) @ design)
            shares.append(weight @ mean)
            rows.append(self._mean_share(design, self._trials))
        table = pd.DataFrame(rows, columns=["share", "low", "high"])
        lean = np.array(gradients) - gradients[0]
        error = np.sqrt(np.maximum(np.einsum("ri,ij,rj->r", lean, self._estimates.covariance, lean), 0.0))
        reach = self._estimates.quantile(self.level) * error
        difference = np.array(shares) - shares[0]
        table.insert(0, variable, values)
        return table.assign(
            difference=difference, difference_low=difference - reach, difference_high=difference + reach
        )

    def _mean_share(self, design: Floats, trials: Floats) -> tuple[float, float, float]:
        """Return the mean share of rows, and its interval."""
        mean, weight = expit(design @ self._estimates.estimate), trials / trials.sum()
        share = float(weight @ mean)
        gradient = (weight * mean * (1 - mean)) @ design
        error = np.sqrt(max(float(gradient @ self._estimates.covariance @ gradient), 0.0))
        reach = self._estimates.quantile(self.level) * error / (share * (1 - share))
        odds = np.log(share / (1 - share))
        return share, float(expit(odds - reach)), float(expit(odds + reach))

    def _values(self, variable: str, at: Sequence[Any] | None) -> list[Any]:
        """Return the values of a variable to predict at."""
        if variable not in self._table.columns:
            used = ", ".join(self._table.columns)
            raise FormulaError(f"{self.formula!r} doesn't use {variable!r}; it uses {used}")
        column = self._table[variable]
        there = sorted(column.unique().tolist())
        numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        if at is not None:
            unknown = [value for value in at if not numeric and value not in there]
            if unknown:
                raise FormulaError(f"{variable} {unknown[0]!r} was not in the fit; there were {there}")
            return list(at)
        if len(there) > MOST_LEVELS:
            raise ValueError(f"{variable} has {len(there)} values; say which to predict at, as in at=[0, 1]")
        return there

    def _new_table(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the variables of other rows."""
        names = list(self._table.columns)
        if DATE in frame.columns:
            days = read_days(frame[DATE], name=DATE)
            if np.isnat(days).any():
                raise DateError("a row to predict has no date")
            frame = study_variables(frame, days, middle=self._middle)
        require_columns(frame, names, name="the rows to predict")
        for name in names:
            column = self._table[name]
            if not pd.api.types.is_numeric_dtype(column):
                unknown = sorted(set(frame[name]) - set(column))
                if unknown:
                    raise FormulaError(f"{name} {unknown[0]!r} was not in the fit")
        return frame[names]
