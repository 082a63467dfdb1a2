"""Jump lines: a story that goes on from another page, or on one."""

from __future__ import annotations

import re

_JUMP_IN = re.compile(
    r"[▲▼△◀▶]?[（(【\[]?\s*(?:紧?上接|緊?上接|紧接|接)\s*(?:本报)?(?:第?\s*[\dA-Z一二三四五六七八九"
    r"十]{1,4}\s*版|[一二三四]版|头版)"
)
_JUMP_EN = re.compile(
    r"(?:\W?\s*)(?:[Cc]ontinued from|CONTINUED FROM|FROM PAGE|From [Pp]age|Окончание\.? Начало|Начало на)\b"
)
_JUMP_OUT = re.compile(
    r"[▲▼△◀▶]?[（(【\[]?\s*下[转轉]\s*(?:第?\s*[\dA-Z一二三四五六七八九十]{1,4}\s*版)[^。]{0,10}$"
    r"|(?:Continued|Continues|CONTINUED) on .{0,20}$"
    r"|^(?:Please )?[Ss](?:ee|EE) [A-Z][A-Za-z ]{1,20},? (?:Page|PAGE|page) \w{1,4}$|Окончание на .{0,12}$"
)


def is_jump(text: str) -> bool:
    """Tell whether a line only says that the story goes on from or to another page."""
    return len(text) <= 60 and bool(_JUMP_IN.match(text) or _JUMP_EN.match(text))


def starts_with_jump(text: str) -> bool:
    """Tell whether a text begins with a jump mark."""
    return bool(_JUMP_IN.match(text[:40]) or _JUMP_EN.match(text[:60]))


def jumps_out(text: str) -> bool:
    """Tell whether a text ends by saying that the story goes on on another page."""
    return bool(_JUMP_OUT.search(text[-40:].strip()))
