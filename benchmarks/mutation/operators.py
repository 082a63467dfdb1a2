"""The changes that are tried: operators of mutmut, and some that it lacks.

Two of mutmut's are left out, those that put None in the place of arguments and of assigned values: they make
half of all its mutants here, and nearly all raise an error at once, which flatters the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import libcst as cst
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_assignment

_ESCAPE = re.compile(r"\\[uU][0-9a-fA-F]{4}")

LEFT_ALONE = frozenset({"strict", "why"})
"""Arguments that are not mutated: the check of lengths in `zip`, and the wording of reasons."""

Operator = Callable[[Any], Iterable[cst.CSTNode]]


def replacements(node: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode]]:
    """Give the name of each change that can be made to a node, and what stands there after it."""
    for kind, operator in _OPERATORS:
        if isinstance(node, kind):
            for new in operator(node):
                if not _says_the_same(node, new):
                    yield operator.__name__.removeprefix("operator_"), new


def _says_the_same(node: cst.CSTNode, new: cst.CSTNode) -> bool:
    r"""Tell whether two strings differ by the case of an escape alone."""
    if not (isinstance(node, cst.SimpleString) and isinstance(new, cst.SimpleString)):
        return False
    return _ESCAPE.sub(_lower, node.value) == _ESCAPE.sub(_lower, new.value)


def _lower(found: re.Match[str]) -> str:
    return found.group().lower()


def operator_condition(node: cst.If | cst.While) -> Iterator[cst.CSTNode]:
    """Turn a condition round."""
    inside = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(operator=cst.Not(), expression=inside))


def operator_statement(node: cst.SimpleStatementLine) -> Iterator[cst.CSTNode]:
    """Leave out a call, a change in place, a raise, `continue` or `break`."""
    removable = (cst.Expr, cst.AugAssign, cst.Raise, cst.Continue, cst.Break)
    if isinstance(node.body[0], removable) and not _is_docstring(node.body[0]):
        yield node.with_changes(body=[cst.Pass()])


def operator_keyword(node: cst.Call) -> Iterator[cst.CSTNode]:
    """Leave out an argument that is given by name, which most often has a default."""
    for place, argument in enumerate(node.args):
        if argument.keyword is not None and argument.keyword.value not in LEFT_ALONE and len(node.args) > 1:
            yield node.with_changes(args=[*node.args[:place], *node.args[place + 1 :]])


def operator_return(node: cst.Return) -> Iterator[cst.CSTNode]:
    """Give None back."""
    if node.value is not None and not (isinstance(node.value, cst.Name) and node.value.value == "None"):
        yield node.with_changes(value=cst.Name("None"))


def _is_docstring(statement: cst.BaseSmallStatement) -> bool:
    return isinstance(statement, cst.Expr) and isinstance(statement.value, cst.BaseString)


_OPERATORS: list[tuple[Any, Operator]] = [
    *(pair for pair in mutation_operators if pair[1] not in (operator_arg_removal, operator_assignment)),
    ((cst.If, cst.While), operator_condition),
    (cst.SimpleStatementLine, operator_statement),
    (cst.Call, operator_keyword),
    (cst.Return, operator_return),
]
