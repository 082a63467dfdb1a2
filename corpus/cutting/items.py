"""Items of lists and columns of briefs: bullets, numbers, headlines that run into the text."""

from __future__ import annotations

import re

_RUN_IN = re.compile(r"[■●◆▲★◎▶]?\s*[【〖\[]([^】〗\]\n]{3,40})[】〗\]]\s*\S")
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]\s*|第[一二三四五六七八九十]{1,3}[章节编部]"
)
_COUNTED = re.compile(r"[（(]?\d{1,2}(?:[）)、．]|[.,，](?=\D))")
_COUNT = re.compile(r"[（(]?(\d{1,2})[）)、．.,，]")
_ITEM = re.compile(r"[●■◆▲★◎▶◼•]\s*\S")


def run_in_title(text: str) -> str | None:
    """Return the headline that a brief carries in brackets before its first sentence, or None."""
    found = _RUN_IN.match(text[:60])
    if (
        not found
        or len(text) < len(found.group()) + 12
        or re.search(r"[讯訊电電]$|记者|記者|报道|報導", found.group(1))
    ):
        return None
    return found.group(1).strip()


def is_numbered(text: str) -> bool:
    """Tell whether a text begins with a number as items and sections do."""
    return bool(_NUMBERED.match(text[:12]))


def is_counted(text: str) -> bool:
    """Tell whether a text begins with a number as items of a list do: 1. 1、 (1) 一、."""
    return bool(_COUNTED.match(text[:8])) or is_numbered(text)


def count_of(text: str) -> int | None:
    """Return the number that a text begins with as items of a list do; `3,11月` may be one as well."""
    found = _COUNT.match(text[:8])
    return int(found[1]) if found else None


def is_item(text: str) -> bool:
    """Tell whether a text begins with the bullet of a brief."""
    return bool(_ITEM.match(text[:4]))
