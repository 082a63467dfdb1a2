"""One's own model of a share: a design formula, quasi-binomial, errors by issue, marginal predictions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.schema import THEME, UNMAPPED, probability_column
from analysis.trends.methods.formulas import (
    Formula,
    FormulaError,
    design_again,
    design_of,
    study_variables,
    variables_of,
)
from analysis.trends.methods.logit import Estimates, fit_logit, pool
from analysis.trends.panel import Floats
from analysis.trends.periods import DateError, Integers, read_days
from analysis.trends.quasibinomial import expit
from corpus.schema import ARTICLE_ID, DATE, SOURCE, TableError, require_columns

MOST_LEVELS: Final = 60
COEFFICIENT_COLUMNS: Final = ("term", "estimate", "error", "low", "high", "p")


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


def fit_share_model(
    frame: pd.DataFrame, formula: str, *, theme: str, level: float = 0.95, draws: int = 0, seed: int = 0
) -> ShareModel:
    """Fit a model of one's own to the share of a theme.

    logit E(article is on the theme) = the formula's right-hand side, by quasi-likelihood (Papke & Wooldridge
    1996, *J. Appl. Econometrics* 11, 619: the response is the probability of the theme, or 0 and 1 for
    labels). Errors are clustered by issue, with residuals freed of their leverage (CR3: Bell & McCaffrey
    2002, *Surv. Methodol.* 28, 169; Mancl & DeRouen 2001, *Biometrics* 57, 126), and t with issues less
    parameters degrees of freedom.

    With `draws`, labels are drawn from the probabilities so many times, the model is fitted to each, and the
    fits are combined by Rubin's rules (1987), with Barnard & Rubin's degrees of freedom (1999, *Biometrika*
    86, 948). That is the method of composition of R's `stm` (Roberts, Stewart & Tingley 2019, *J. Stat.
    Softw.* 91, 2) on the logit scale and with clusters. Without, the probabilities themselves are the
    response: the same estimates in expectation, without the noise of drawing.

    Parameters
    ----------
    frame
        One row an article: `article_id`, `source`, `date`, `p_<theme>` or `theme`, and whatever columns the
        formula names.
    formula
        `share ~ …` in formulaic's grammar (Wilkinson's): columns of the frame; of the date `time` (years from
        the middle of the study), `year`, `quarter`, `month`, `weekday`, `day`; `season` (two harmonics);
        `s(x)`, `s(x, df=6)` natural cubic splines, `s(month)` a cyclic one; `a:b`, `a*b`, `C(year)`,
        `poly(time, 2)`, `- 1`.
    theme
        The theme.
    level
        Confidence level of the intervals.
    draws, seed
        Number of draws of the labels (0: none, else 2 or more) and their seed.

    Returns
    -------
    ShareModel
        With `.coefficients`, `.tests`, `.margins(variable)` and `.predict(frame)`.

    Raises
    ------
    FormulaError
        If the formula can't be read, names what the articles have not, or has columns that say the same; or
        if a part of the articles is wholly on or wholly off the theme, so that its coefficient is infinite.
    corpus.schema.TableError, analysis.trends.periods.DateError
        If the frame lacks something.
    ValueError
        If a parameter is out of its range.

    Notes
    -----
    Assumptions: the formula is right, and issues are independent given it: shocks of whole months are not
    looked for here. Don't pick a formula by its p-values; with fewer than about twenty issues a parameter
    intervals are too narrow.
    """
    if not 0 < level < 1 or draws < 0 or draws == 1:
        raise ValueError(
            f"level is {level}, draws {draws}; expected a number between 0 and 1, and 0 or 2 and more"
        )
    require_columns(frame, (ARTICLE_ID, SOURCE, DATE), name="the table of articles")
    read = Formula.of(formula)
    days = read_days(frame[DATE], name=DATE)
    dated = ~np.isnat(days)
    if not dated.any():
        raise DateError(f"none of the {len(frame)} articles has a date")
    chance = _membership(frame, theme)[dated]
    days = days[dated]
    middle = float(days.min().astype(np.int64) + days.max().astype(np.int64)) / 2
    table = study_variables(frame[dated], days, middle=middle)
    names = variables_of(read, table)
    issue = np.asarray(pd.factorize(table[SOURCE] + "\n" + days.astype(str))[0], dtype=np.int64)
    cell, first = _cells(table[names], issue)
    cells = table.loc[first, names].reset_index(drop=True)
    design, columns, terms, spec = design_of(read, cells)
    _check_rank(design, columns, read)
    trials = np.bincount(cell).astype(np.float64)
    fits = []
    for responses in _responses(chance, draws, seed):
        successes = np.bincount(cell, responses, len(first)).astype(np.float64)
        fits.append(fit_logit(successes, trials, design, issue[first], columns=columns, formula=read.text))
    estimates = pool(fits)
    return ShareModel(
        formula, theme, level, draws, _coefficient_table(estimates, columns, level),
        _test_table(estimates, terms), len(chance), int(issue.max()) + 1, int((~dated).sum()),
        estimates, spec, cells, trials, middle,
    )  # fmt: skip


def _membership(frame: pd.DataFrame, theme: str) -> Floats:
    """Return each article's probability of the theme."""
    name = probability_column(theme)
    if name in frame.columns:
        values = frame[name].to_numpy(dtype=np.float64, na_value=np.nan)
        if not ((values >= 0) & (values <= 1)).all():
            raise TableError(f"{name} holds values that are no probabilities, 0 to 1")
        return np.asarray(values)
    require_columns(frame, (THEME,), name=f"the table of articles (which has no {name} either)")
    if not (frame[THEME] == theme).any():
        known = sorted(set(frame[THEME].dropna().astype(str)) - {UNMAPPED})
        raise TableError(f"no article has the theme {theme!r}; there are {', '.join(known)}")
    return np.asarray((frame[THEME] == theme).to_numpy(dtype=np.float64))


def _cells(table: pd.DataFrame, issue: Integers) -> tuple[Integers, Integers]:
    """Return the code of each article's cell (same issue, same variables), and the first row of each."""
    keys = [pd.factorize(table[name])[0] for name in table.columns]
    _, first, cell = np.unique(
        np.column_stack([issue, *keys]), axis=0, return_index=True, return_inverse=True
    )
    return cell.ravel(), first


def _responses(chance: Floats, draws: int, seed: int) -> list[Floats]:
    """Return the probabilities themselves, or labels drawn from them."""
    if draws == 0:
        return [chance]
    rng = np.random.default_rng(seed)
    return [(rng.random(len(chance)) < chance).astype(np.float64) for _ in range(draws)]


def _check_rank(design: Floats, columns: Sequence[str], formula: Formula) -> None:
    """Raise where a column is a combination of those before it."""
    scale = np.sqrt((design**2).sum(axis=0))
    scaled = design / np.where(scale > 0, scale, 1.0)
    triangle = np.abs(np.diag(np.linalg.qr(scaled)[1]))
    if len(design) <= design.shape[1]:
        raise FormulaError(
            f"{formula.text!r} has {design.shape[1]} columns for {len(design)} different rows; "
            "take a smaller one"
        )
    same = np.flatnonzero(triangle < 1e-7)
    if len(same):
        raise FormulaError(
            f"{formula.text!r}: the column {columns[same[0]]!r} says nothing that those before it don't; "
            "leave its term out"
        )


def _coefficient_table(estimates: Estimates, columns: Sequence[str], level: float) -> pd.DataFrame:
    """Lay the coefficients out."""
    from scipy.stats import t

    error = np.sqrt(np.diag(estimates.covariance))
    reach = t.ppf((1 + level) / 2, estimates.degrees) * error
    p = 2 * t.sf(np.abs(estimates.estimate) / error, estimates.degrees)
    values = (estimates.estimate, error, estimates.estimate - reach, estimates.estimate + reach, p)
    return pd.DataFrame(dict(zip(COEFFICIENT_COLUMNS, (list(columns), *values), strict=True)))


def _test_table(estimates: Estimates, terms: dict[str, slice]) -> pd.DataFrame:
    """Test each term but the intercept."""
    rows = [
        (term, columns.stop - columns.start, *estimates.wald(columns))
        for term, columns in terms.items()
        if term != "1"
    ]
    return pd.DataFrame(rows, columns=["term", "columns", "statistic", "p"])
