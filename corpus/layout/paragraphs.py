"""Blocks in reading order to text: lines joined, paragraphs parted by indents and short last lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.cutting.lines import ends_sentence, join_all
from corpus.layout.blocks import Role, TypeBlock
from corpus.layout.sheet import TypeLine

_INDENT: Final = 0.9
_SHORT: Final = 1.6


def body_text(blocks: Sequence[TypeBlock]) -> str:
    """Return the text of `blocks`, one paragraph a line."""
    paragraphs: list[list[str]] = []
    previous: tuple[TypeBlock, TypeLine] | None = None
    for block in blocks:
        for line in block.lines:
            if previous is None or _begins(previous, block, line):
                paragraphs.append([])
            paragraphs[-1].append(line.text)
            previous = block, line
    return "\n".join(join_all(pieces) for pieces in paragraphs)


def is_indented(block: TypeBlock, line: TypeLine) -> bool:
    """Tell whether a line starts further right than its block's column."""
    return line.box.left > block.box.left + _INDENT * line.size


def _begins(previous: tuple[TypeBlock, TypeLine], block: TypeBlock, line: TypeLine) -> bool:
    """Tell whether a line begins a paragraph."""
    before, last = previous
    if Role.HEAD in (before.role, block.role):
        return True
    ended = ends_sentence(last.text)
    if before is not block:
        return ended
    short = last.box.right < block.box.right - _SHORT * line.size
    return is_indented(block, line) or (short and ended)
