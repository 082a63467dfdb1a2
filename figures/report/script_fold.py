"""Traditional characters to simplified ones, so that a search finds a word in either script.

OpenCC's table of single characters; where one stands for several (乾), the commonest. Search needs no more:
both sides are folded alike.
"""

from __future__ import annotations

from functools import lru_cache

_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


@lru_cache(maxsize=1)
def simplified_pairs() -> tuple[str, str]:
    """Characters that fold, and what they fold to, place by place."""
    from opencc import OpenCC

    every = [chr(code) for first, last in _BLOCKS for code in range(first, last)]
    folded = OpenCC("t2s").convert("\n".join(every)).split("\n")
    pairs = [
        (old, new) for old, new in zip(every, folded, strict=True) if old != new and len(new) == 1 <= len(old)
    ]
    # Characters outside the basic plane are two units in JavaScript and would shift the rest.
    kept = [(old, new) for old, new in pairs if ord(new) < 0x10000]
    return "".join(old for old, _ in kept), "".join(new for _, new in kept)
