"""Fitting one's own model of a share: a design formula, quasi-binomial, errors by issue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from analysis.schema import THEME, UNMAPPED, probability_column
from analysis.trends.methods.formulas import Formula, FormulaError, design_of, study_variables, variables_of
from analysis.trends.methods.logit import Estimates, fit_logit, pool
from analysis.trends.methods.share_model import ShareModel
from analysis.trends.panel import Floats
from analysis.trends.periods import DateError, Integers, read_days
from corpus.schema import ARTICLE_ID, DATE, SOURCE, TableError, require_columns

COEFFICIENT_COLUMNS: Final = ("term", "estimate", "error", "low", "high", "p")


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
        If the formula can't be read, names what the articles have not, or has columns that say the same; if a
        part of the articles is wholly on or wholly off the theme, so that its coefficient is infinite; or if
        a coefficient rests on a single issue, which can't show how much issues differ.
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

    variance = np.diag(estimates.covariance)
    # Issues that are all alike leave rounding alone, which on some processors is not above zero.
    least = np.finfo(float).eps * max(float(variance.max()), np.finfo(float).tiny)
    error = np.sqrt(np.where(variance > 0, variance, least))
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
