"""The lines of a page and the simplest things that can be said of them: width, script, how they end.

Widths are in ems: a Han character or a full-width mark is one em, anything else half an em, so that a
column of mixed text has one width. Line numbers are 1-based and count line feeds only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WIDE = re.compile(r"[\u2014-\u2026\u2e80-\ud7ff\uf900-\uffef]+")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_LETTER = re.compile(r"[^\W\d_]+")
_INDENT = re.compile(r"[\s\u3000\u00a0]*")
CLOSERS: Final = "”’“‟„」』）)】》〉\"'»›"
"""Marks that may stand after the stop of a sentence, wrong-way quotation marks included."""
_STOPS = frozenset("。！？!?….;；؟۔।॥．｡")
_MORE = re.compile(
    r"[\[【(（](?:详细|详情|查看详情|更多|全文|阅读全文|詳細|詳情|閱讀全文|続きを読む"
    r"|read more|more|mehr|weiterlesen|leer más|lire la suite|подробнее|далее)[.…]*\s?[\]】)）]$",
    re.I,
)
"""A link to the whole text, at the end of its first sentences."""
_COMMAS = re.compile(r"[，,、；;：:。.！？!?]")

LOOK = 4000
"""How many characters of a line are looked at when only its character matters (script, punctuation)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line of a page.

    Attributes
    ----------
    number
        1-based line number.
    text
        The line without the white space around it.
    indent
        Width in ems of the white space before it.
    gap
        Blank lines between it and the non-blank line before.
    width
        Width in ems without the indent.
    """

    number: int
    text: str
    indent: float
    gap: int
    width: float


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, headline or other unit: consecutive lines broken only by the column's width."""

    lines: tuple[Line, ...]
    text: str
    furniture: str | None = None

    @property
    def first(self) -> int:
        """Number of the first line."""
        return self.lines[0].number

    @property
    def last(self) -> int:
        """Number of the last line."""
        return self.lines[-1].number

    @property
    def gap(self) -> int:
        """Blank lines before the block."""
        return self.lines[0].gap

    @property
    def width(self) -> float:
        """Width in ems of the whole text."""
        return sum(line.width for line in self.lines)


def width(text: str) -> float:
    """Return the width of `text` in ems."""
    return (len(text) + _count(_WIDE, text)) / 2


def _count(runs: re.Pattern[str], text: str) -> int:
    """Count the characters of the runs in `text`."""
    return sum(map(len, runs.findall(text)))


def read_lines(text: str) -> list[Line]:
    """Return the non-blank lines of `text` with their numbers and the gaps between them."""
    found: list[Line] = []
    gap = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        visible = raw.strip()
        stripped = visible.strip("\ufeff\u200b").strip() or visible
        if not stripped:
            gap += 1
            continue
        indent = _INDENT.match(raw)
        space = indent.group() if indent else ""
        found.append(Line(number, stripped, width(space), gap, width(stripped)))
        gap = 0
    return found


def is_dense(text: str) -> bool:
    """Tell whether `text` is in a script written without spaces between words (Han, kana) or Korean."""
    head = text[:LOOK]
    han = _count(_HAN, head)
    return han > 0 and han * 2.5 >= _count(_LETTER, head)


def ends_sentence(text: str) -> bool:
    """Tell whether `text` ends as a sentence does, closing quotes and brackets aside."""
    tail = text[-12:].rstrip(CLOSERS + " \t\u3000")
    if text.endswith(("]", "】", ")", "）")) and (link := _MORE.search(text[-24:])):
        tail = text[-24:][: link.start()].rstrip(CLOSERS + " \t\u3000")
    return bool(tail) and tail[-1] in _STOPS


def clause_marks(text: str) -> int:
    """Count the punctuation marks that part clauses or sentences."""
    return len(_COMMAS.findall(text[:LOOK]))


def is_prose(line: Line) -> bool:
    """Tell whether a line is text: a sentence, or too long for a headline."""
    if line.width >= 45:
        return True
    return line.width >= 14 and ends_sentence(line.text) and clause_marks(line.text) > 1


def join(left: str, right: str) -> str:
    """Join two pieces of one paragraph: no space in Han text, a mended hyphen or one space elsewhere."""
    if not left or not right:
        return left or right
    a, b = left[-1], right[0]
    if a == "-" and len(left) > 1 and left[-2].isalpha() and b.islower():
        return left[:-1] + right
    if a == "\u00ad":
        return left[:-1] + right
    if _WIDE.match(a) or _WIDE.match(b) or _HAN.match(a) or _HAN.match(b):
        return left + right
    if is_dense(left[-40:]) and is_dense(right[:40]) and not (a.isalpha() and b.isalpha()):
        return left + right
    return f"{left} {right}"


def join_all(pieces: list[str]) -> str:
    """Join the lines of one paragraph in order."""
    if len(pieces) < 2:
        return pieces[0] if pieces else ""
    parts = [pieces[0]]
    for piece in pieces[1:]:
        glued = join(parts[-1][-50:], piece[:50])
        kept = len(parts[-1][-50:])
        # `join` may drop a hyphen or add a space at the seam; everything else stays as it was.
        if len(glued) == kept + len(piece[:50]) + 1:
            parts.append(" ")
        elif len(glued) < kept + len(piece[:50]):
            parts[-1] = parts[-1][:-1]
        parts.append(piece)
    return "".join(parts)
