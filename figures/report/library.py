"""The library that draws in the browser: plotly.js, as the Python package ships it.

The bundle of plotly 7 makes functions of text (`eval`) for drawing with WebGL alone, which the page does not
use. It puts the style of a kind of map that we don't draw into every page, which a strict policy would refuse
aloud; it does not where an element with that style's id stands already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from figures.report.packing import pack, policy_hash

_STYLE_ID: Final = re.compile(r'getElementById\("([0-9a-f]{64})"\)')


@dataclass(frozen=True)
class Library:
    """The library packed, the hash that its policy needs, and ids of the styles it would inject."""

    packed: str
    hash: str
    style_ids: tuple[str, ...]


@lru_cache(maxsize=1)
def load_library() -> Library:
    """Read plotly.js out of the installed package."""
    from plotly.offline import get_plotlyjs

    code = get_plotlyjs()
    return Library(pack(code), policy_hash(code), tuple(sorted(set(_STYLE_ID.findall(code)))))
