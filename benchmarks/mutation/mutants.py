"""Every mutant of a module.

Not mutated, as no test could or should notice: annotations, docstrings, decorators, imports, `__all__`, the
wording of errors and of reasons (`why=`), and the check of lengths in `zip(strict=True)`.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from benchmarks.mutation.operators import LEFT_ALONE, replacements
from benchmarks.mutation.rooms import ROOT

_KINDS_LEFT_ALONE = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.Raise)


@dataclass(frozen=True)
class Mutant:
    """One change to a module: the lines of the statement that it stands in, None at the top of a module."""

    file: str
    line: int
    operator: str
    number: int
    lines: tuple[int, int] | None
    node: cst.CSTNode
    new: cst.CSTNode
    module: cst.Module

    @property
    def name(self) -> str:
        """What tells it from all others of its version of the module."""
        return f"{self.file}:{self.line} {self.operator} {self.number}"

    def source(self) -> str:
        """Return the module with the change made."""
        changed = self.module.deep_replace(self.node, self.new)
        assert isinstance(changed, cst.Module)
        return changed.code

    def difference(self) -> str:
        """Return the lines before and after the change."""
        lines = difflib.unified_diff(
            self.module.code.splitlines(), self.source().splitlines(), lineterm="", n=0
        )
        return "\n".join(line for line in lines if line[:3] not in {"---", "+++"} and line[:2] != "@@")


def mutants_of(path: Path) -> list[Mutant]:
    """Find the mutants of a module, in the order in which they stand."""
    wrapper = MetadataWrapper(cst.parse_module(path.read_text("utf-8")))
    finder = _Finder(path.relative_to(ROOT).as_posix(), wrapper.module)
    wrapper.visit(finder)
    return finder.found


class _Finder(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, file: str, module: cst.Module) -> None:
        super().__init__()
        self.file, self.module = file, module
        self.found: list[Mutant] = []
        self.functions: list[cst.FunctionDef] = []
        self.statements: list[cst.CSTNode] = []
        self.line = 1

    def on_visit(self, node: cst.CSTNode) -> bool:
        where = self.get_metadata(PositionProvider, node, None)
        if isinstance(where, CodeRange):
            self.line = where.start.line
        if isinstance(node, _KINDS_LEFT_ALONE) or _is_left_alone(node):
            return False
        if isinstance(node, cst.FunctionDef):
            self.functions.append(node)
        if isinstance(node, cst.BaseStatement):
            self.statements.append(node)
        for operator, new in replacements(node):
            self.found.append(
                Mutant(self.file, self.line, operator, len(self.found), self._lines(), node, new, self.module)
            )
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if self.functions and self.functions[-1] is original_node:
            self.functions.pop()
        if self.statements and self.statements[-1] is original_node:
            self.statements.pop()

    def _lines(self) -> tuple[int, int] | None:
        """First and last line of the innermost statement within a function, without its body."""
        if not self.functions or not self.statements:
            return None
        statement = self.statements[-1]
        where = self.get_metadata(PositionProvider, statement)
        body = getattr(statement, "body", None)
        if isinstance(body, cst.IndentedBlock) and statement is not self.functions[-1]:
            return where.start.line, self.get_metadata(PositionProvider, body).start.line - 1
        return where.start.line, where.end.line


def _is_left_alone(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value in LEFT_ALONE:
        return True
    if isinstance(node, cst.Assign):
        return any(isinstance(t.target, cst.Name) and t.target.value == "__all__" for t in node.targets)
    return isinstance(node, cst.Expr) and isinstance(node.value, cst.BaseString)
