"""Design formulas: `share ~ source + s(month) + season` to columns of a design, in the words of a study.

The parser and its algebra (`+`, `:`, `*`, `C(…)`, `poly(…)`, `log(…)`) are formulaic's, as in statsmodels;
this file adds what a study of shares needs and the errors a reader can act on.
"""

from __future__ import annotations

import ast
import difflib
import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.trends.panel import UNKNOWN_SOURCE, Floats
from analysis.trends.periods import Days
from analysis.trends.seasons import YEAR, season_design
from corpus.schema import SOURCE

RESPONSE: Final = "share"
SEASON: Final = "season"
DATE_VARIABLES: Final = ("time", "year", "quarter", "month", "weekday", "day")
"""What a date gives: `time` in years from the middle of the study, `year`, `quarter` (1–4), `month` (1–12)
and `weekday` (Monday: 1) as numbers, `day` in days since 1970."""
_SMOOTH: Final = re.compile(r"(?<![\w.])s\(\s*([^(),]+?)\s*(?:,\s*df\s*=\s*(\d+)\s*)?\)")
_SEASON: Final = re.compile(rf"(?<![\w.]){SEASON}(?![\w(])")


class FormulaError(ValueError):
    """A formula can't be read, or names something that the table of articles hasn't."""


@dataclass(frozen=True)
class Formula:
    """A formula as given, and as formulaic reads it."""

    text: str
    right: str

    @classmethod
    def of(cls, text: str) -> Formula:
        """Read a formula.

        `s(x)` is a natural cubic spline of x with 4 columns (`s(x, df=6)`: 6), `s(month)` a cyclic one over
        the year; `season` is the sine and cosine of once and twice the year.

        Raises
        ------
        FormulaError
            If it doesn't begin with `share ~` or has a `s(…)` that can't be read.
        """
        left, tilde, right = text.partition("~")
        if not tilde or left.strip() != RESPONSE or not right.strip():
            raise FormulaError(
                f"the formula is {text!r}; expected '{RESPONSE} ~ …', such as "
                "'share ~ source + s(time) + season'"
            )
        spelled = _SMOOTH.sub(_spline, right)
        if re.search(r"(?<![\w.])s\(", spelled):
            raise FormulaError(f"{text!r} has a s(…) that can't be read; expected s(x) or s(x, df=5)")
        return cls(text, _SEASON.sub("waves(day)", spelled).strip())


def study_variables(frame: pd.DataFrame, days: Days, *, middle: float | None = None) -> pd.DataFrame:
    """Return the frame's columns and what its dates give; a column of the frame goes before one of a date.

    `middle` is the day that `time` counts from; the middle of the days by default.
    """
    number = days.astype(np.int64).astype(np.float64)
    centre = (number.min() + number.max()) / 2 if middle is None else middle
    months = days.astype("datetime64[M]").astype(np.int64)
    given: dict[str, Any] = {
        "time": (number - centre) / YEAR, "year": months // 12 + 1970, "quarter": months % 12 // 3 + 1,
        "month": months % 12 + 1, "weekday": (days.astype(np.int64) + 3) % 7 + 1, "day": number,
    }  # fmt: skip
    own = {str(name): frame[name].to_numpy() for name in frame.columns}
    table = pd.DataFrame(given | own)
    if SOURCE in table:
        table[SOURCE] = table[SOURCE].astype(object).where(table[SOURCE].notna(), UNKNOWN_SOURCE).astype(str)
    return table


def variables_of(formula: Formula, table: pd.DataFrame) -> list[str]:
    """Return the columns of the table that a formula uses.

    Raises
    ------
    FormulaError
        If it names one that the table hasn't, or can't be read.
    """
    import formulaic
    from formulaic.errors import FormulaicError

    try:
        parsed = formulaic.Formula(formula.right)
        names = sorted({name for term in parsed for factor in term.factors for name in _names(factor.expr)})
    except (FormulaicError, SyntaxError) as error:
        raise FormulaError(f"{formula.text!r} can't be read: {_plain(error)}") from error
    unknown = [name for name in names if name not in table.columns]
    if unknown:
        known = sorted({*table.columns, SEASON} - {"text"})
        near = difflib.get_close_matches(unknown[0], known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
        raise FormulaError(f"{formula.text!r} names {unknown[0]!r}, which the articles have not; {hint}")
    for name in names:
        if table[name].isna().any():
            raise FormulaError(
                f"{formula.text!r} names {name!r}, which {int(table[name].isna().sum())} of {len(table)} "
                "articles have no value of; fill them or leave the articles out"
            )
    return names


def design_of(formula: Formula, table: pd.DataFrame) -> tuple[Floats, list[str], dict[str, slice], Any]:
    """Return the design (R, p), its columns' names, the columns of each term, and formulaic's spec."""
    from formulaic import model_matrix
    from formulaic.errors import FormulaicError

    try:
        matrix = model_matrix(formula.right, table, context={"waves": waves}, output="numpy")
    except (FormulaicError, ValueError, TypeError) as error:
        raise FormulaError(f"{formula.text!r} can't be worked out: {_plain(error)}") from error
    spec = matrix.model_spec
    names = [_spoken(name) for name in spec.column_names]
    terms = {_spoken(str(term)): columns for term, columns in spec.term_slices.items()}
    return np.asarray(matrix, dtype=np.float64), names, terms, spec


def design_again(spec: Any, table: pd.DataFrame) -> Floats:
    """Return the design of other rows by the spec of a fitted one: same levels, same knots."""
    return np.asarray(spec.get_model_matrix(table, context={"waves": waves}), dtype=np.float64)


def waves(day: Any) -> dict[str, Floats]:
    """Return the columns of the season."""
    design = season_design(np.asarray(day, dtype=np.float64))
    return dict(zip(("sin1", "cos1", "sin2", "cos2"), design.T, strict=True))


def _spline(match: re.Match[str]) -> str:
    """Spell `s(x, df=…)` out as formulaic's spline."""
    name, columns = match[1], match[2] or "4"
    if name == "month":
        return f"cc(month, df={columns}, lower_bound=0.5, upper_bound=12.5, constraints='center')"
    return f"cr({name}, df={columns}, constraints='center')"


def _spoken(name: str) -> str:
    """Turn formulaic's names back into those of the formula."""
    name = re.sub(r"c[cr]\(([^,()]+), df=(\d+)[^()]*\)", r"s(\1, df=\2)", name)
    return name.replace("waves(day)", SEASON)


def _names(expression: str) -> set[str]:
    """Return the variables of a factor: names that are neither called nor the roots of attributes."""
    if not expression.strip("`").isidentifier():
        tree = list(ast.walk(ast.parse(expression, mode="eval")))
        called = {id(node.func) for node in tree if isinstance(node, ast.Call)}
        roots = {id(node.value) for node in tree if isinstance(node, ast.Attribute)}
        names = [node for node in tree if isinstance(node, ast.Name) and id(node) not in called | roots]
        return {node.id for node in names}
    return {expression.strip("`")}


def _plain(error: Exception) -> str:
    """Return an error's first line without terminal colours."""
    lines = re.sub(r"\x1b\[[0-9;]*m|[⧛⧚]", "", str(error)).strip().splitlines()
    return lines[0] if lines else type(error).__name__
