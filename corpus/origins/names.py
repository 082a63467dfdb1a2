"""One spelling for each source: `THE HARBOUR GAZETTE` in a masthead is `The Harbour Gazette` in a table."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import Final

import pandas as pd

_QUOTES: Final = "《》「」«»\"'“”‘’ "


def unify_sources(sources: pd.Series[str]) -> pd.Series[str]:
    """Give names that differ in case, width, spaces, quotation marks or a leading article one spelling.

    The spelling that isn't all capitals wins, then the commonest, then the first in the alphabet. Missing
    sources stay missing.
    """
    counts = Counter(sources.dropna().tolist())
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        spellings[_key(name)].append(name)
    chosen = {
        name: min(names, key=lambda one: (one.isupper(), one != one.strip(_QUOTES), -counts[one], one))
        for names in spellings.values()
        for name in names
    }
    return sources.map(chosen).astype("str")


def _key(name: str) -> str:
    plain = re.sub(rf"[\s{_QUOTES}]+", "", unicodedata.normalize("NFKC", name).casefold())
    return plain.removeprefix("the") or plain
